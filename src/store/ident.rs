//! What makes two arriving items the same article: their address without what only counts visitors, and their words.

use crate::text::fnv;

/// Parameters of an address that say where a visitor came from.
const COUNTERS: &[&str] =
    &["fbclid", "gclid", "mc_cid", "mc_eid", "igshid", "cmpid", "ref", "ref_src", "smid", "partner", "xtor", "at_medium", "at_campaign"];

/// The address of an article as it is compared: host and path, without scheme, `www.`, fragment and what counts visitors.
pub(super) fn canonical(url: &str) -> Option<String> {
    let (scheme, rest) = url.trim().split_once("://")?;
    if !matches!(scheme.to_ascii_lowercase().as_str(), "http" | "https") {
        return None;
    }
    let rest = rest.split('#').next().unwrap_or(rest);
    let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (host, path) = place.split_once('/').unwrap_or((place, ""));
    let host = host.to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    let mut out = format!("{host}/{}", path.trim_end_matches('/'));
    let counts = |name: &str| name.starts_with("utm_") || COUNTERS.contains(&name);
    let mut kept: Vec<&str> = query.split('&').filter(|p| !p.is_empty() && !counts(p.split('=').next().unwrap_or(p))).collect();
    kept.sort_unstable();
    for (n, part) in kept.iter().enumerate() {
        out.push(if n == 0 { '?' } else { '&' });
        out.push_str(part);
    }
    Some(out)
}

/// A number for words: FNV-1a.
pub(super) fn hash(words: &str) -> i64 {
    fnv(words.bytes()).cast_signed()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_mean_one_article() {
        let one = canonical("https://www.Example.org/a/?utm_source=x&id=7&b=1#top").unwrap();
        assert_eq!(one, "example.org/a?b=1&id=7");
        assert_eq!(canonical("http://example.org/a?b=1&id=7").unwrap(), one);
        assert_ne!(canonical("http://example.org/A?b=1&id=7").unwrap(), one);
        assert_eq!(canonical("mailto:a@b.org"), None);
        assert_eq!(canonical("https://example.org").unwrap(), "example.org/");
    }
}
