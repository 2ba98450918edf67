//! What a server says of how long its answer stays fresh, and when it wants to be asked again (RFC 9111, RFC 9110).

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use std::time::Duration;

/// No server is left alone for longer, and no answer kept as fresh.
const LONGEST: Duration = Duration::from_secs(30 * 24 * 3600);

/// How long an answer need not be asked for again; `None` where the server says nothing or forbids it.
pub(super) fn freshness(cache_control: Option<&str>, age: Option<&str>) -> Option<Duration> {
    let directives = || cache_control.unwrap_or("").split(',').map(str::trim);
    if directives().any(|d| d.eq_ignore_ascii_case("no-store") || d.eq_ignore_ascii_case("no-cache")) {
        return None;
    }
    let max_age = directives().find_map(|d| d.split_once('=').filter(|(name, _)| name.eq_ignore_ascii_case("max-age")));
    let seconds: u64 = max_age?.1.trim_matches('"').parse().ok()?;
    let age = age.and_then(|a| a.trim().parse().ok()).unwrap_or(0);
    Some(Duration::from_secs(seconds.saturating_sub(age)).min(LONGEST)).filter(|d| !d.is_zero())
}

/// How long a server wants to be left alone: `Retry-After`, seconds or a date, counted from `now`.
pub(super) fn retry_after(value: &str, now: Timestamp) -> Option<Duration> {
    let value = value.trim();
    let seconds = match value.parse::<u64>() {
        Ok(seconds) => seconds,
        Err(_) => u64::try_from(http_date(value)?.as_second() - now.as_second()).unwrap_or(0),
    };
    Some(Duration::from_secs(seconds).min(LONGEST))
}

/// `Mon, 21 Jan 2019 05:00:00 GMT`.
fn http_date(value: &str) -> Option<Timestamp> {
    const MONTHS: &[&str] = &["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let (_, rest) = value.split_once(", ")?;
    let mut words = rest.split_ascii_whitespace();
    let day: i8 = words.next()?.parse().ok()?;
    let month = words.next()?;
    let month = i8::try_from(MONTHS.iter().position(|m| *m == month)? + 1).ok()?;
    let year: i16 = words.next()?.parse().ok()?;
    let mut clock = words.next()?.split(':').map(|n| n.parse::<i8>().ok());
    let mut next = || clock.next().flatten();
    let time = DateTime::new(year, month, day, next()?, next()?, next()?, 0).ok()?;
    time.to_zoned(TimeZone::UTC).ok().map(|z| z.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fresh_for_as_long_as_the_server_says() {
        let seconds = |control, age| freshness(Some(control), age).map(|d| d.as_secs());
        assert_eq!(seconds("public, max-age=600", None), Some(600));
        assert_eq!(seconds("max-age=600", Some("500")), Some(100));
        assert_eq!(seconds("max-age=600, no-cache", None), None);
        assert_eq!(seconds("max-age=0", None), None);
        assert_eq!(seconds("max-age=99999999999", None), Some(LONGEST.as_secs()));
        assert_eq!(freshness(None, None), None);
    }

    #[test]
    fn left_alone_for_as_long_as_it_asks() {
        let now: Timestamp = "2019-01-21T05:00:00Z".parse().unwrap();
        let seconds = |value| retry_after(value, now).map(|d| d.as_secs());
        assert_eq!(seconds("120"), Some(120));
        assert_eq!(seconds("Mon, 21 Jan 2019 05:02:00 GMT"), Some(120));
        assert_eq!(seconds("Mon, 21 Jan 2019 04:00:00 GMT"), Some(0));
        assert_eq!(seconds("soon"), None);
    }
}
