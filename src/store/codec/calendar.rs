//! Time expressions, events and their places on the calendar as bytes. Whole days are counted as days from the one before; a value or an interval that
//! follows from what stands beside it is not written again.

use super::Numbered;
use super::bytes::{Sink, Tape, fixed};
use crate::article::{EntityId, Event, Granularity, Interval, Timex, TimexType};
use jiff::civil::DateTime;

/// Minutes of a day.
const DAY: i64 = 1440;

/// What the next interval counts from: the first day of the one before, in days since 1970.
pub(super) type Day = i64;

/// The value of an expression is not known, or written out, or that of its interval.
const NO_VALUE: u8 = 0;
const OWN_VALUE: u8 = 1;
const VALUE_OF_INTERVAL: u8 = 2;

/// The value that TIMEX3 has for an interval of a day, a month or a year; `None` for others, which have more than one way.
fn value(interval: Interval) -> Option<String> {
    let format = match interval.granularity {
        Granularity::Day => "%Y-%m-%d",
        Granularity::Month => "%Y-%m",
        Granularity::Year => "%Y",
        _ => return None,
    };
    Some(interval.from.strftime(format).to_string())
}

pub(super) fn put_times(out: &mut Sink, times: &[Timex]) {
    out.number(times.len() as u64);
    let (mut last, mut day) = (0, 0);
    times.iter().for_each(|Timex { span, .. }| out.span(*span, &mut last));
    times.iter().for_each(|Timex { kind, .. }| out.byte(kind.number()));
    for Timex { span: _, kind: _, value: own, modifier, interval } in times {
        out.maybe(*interval, |o, i| put_interval(o, i, &mut day));
        out.maybe(*modifier, Sink::text);
        match own {
            None => out.byte(NO_VALUE),
            Some(own) if interval.and_then(value).as_ref() == Some(own) => out.byte(VALUE_OF_INTERVAL),
            Some(own) => {
                out.byte(OWN_VALUE);
                out.text(own);
            }
        }
    }
}

pub(super) fn take_times(tape: &mut Tape<'_>) -> Option<Vec<Timex>> {
    let (mut last, mut day) = (0, 0);
    let mut times =
        tape.list(|t| Some(Timex { span: t.span(&mut last)?, kind: TimexType::Date, value: None, modifier: None, interval: None }))?;
    for time in &mut times {
        time.kind = TimexType::of(tape.byte()?)?;
    }
    for time in &mut times {
        time.interval = tape.maybe(|t| take_interval(t, &mut day))?;
        time.modifier = tape.maybe(Tape::text)?.map(fixed);
        time.value = match tape.byte()? {
            NO_VALUE => None,
            OWN_VALUE => Some(tape.string()?),
            VALUE_OF_INTERVAL => Some(time.interval.and_then(value)?),
            _ => return None,
        };
    }
    Some(times)
}

/// Bits of an event's flags.
const FUTURE: u8 = 1;
const STATEMENT: u8 = 2;
const TIMED: u8 = 4;
const PLACED: u8 = 8;
/// Its interval is that of its expression.
const AS_TIMED: u8 = 16;

pub(super) fn put_events(out: &mut Sink, events: &[Event], times: &[Timex]) {
    out.number(events.len() as u64);
    let (mut last, mut before, mut day) = (0, 0, 0);
    events.iter().for_each(|Event { span, .. }| out.span(*span, &mut last));
    for Event { span: _, time, interval, entities, future, statement } in events {
        let told = time.and_then(|n| times.get(n as usize)).and_then(|t| t.interval);
        let same = interval.is_some() && told == *interval;
        let flag = |on: bool, bit: u8| if on { bit } else { 0 };
        out.byte(
            flag(*future, FUTURE)
                | flag(*statement, STATEMENT)
                | flag(time.is_some(), TIMED)
                | flag(interval.is_some(), PLACED)
                | flag(same, AS_TIMED),
        );
        if let Some(time) = time {
            out.signed(i64::from(*time) - before);
            before = i64::from(*time);
        }
        if let Some(interval) = interval.filter(|_| !same) {
            put_interval(out, interval, &mut day);
        }
        out.list(entities, |o, id| o.number(u64::from(id.0)));
    }
}

pub(super) fn take_events(tape: &mut Tape<'_>, times: &[Timex]) -> Option<Vec<Event>> {
    let (mut last, mut before, mut day) = (0, 0i64, 0);
    let mut events = tape.list(|t| {
        let span = t.span(&mut last)?;
        Some(Event { span, time: None, interval: None, entities: Vec::new(), future: false, statement: false })
    })?;
    for event in &mut events {
        let flags = tape.byte()?;
        (event.future, event.statement) = (flags & FUTURE > 0, flags & STATEMENT > 0);
        if flags & TIMED > 0 {
            before = before.checked_add(tape.signed()?)?;
            event.time = Some(u32::try_from(before).ok()?);
        }
        if flags & AS_TIMED > 0 {
            event.interval = Some(times.get(event.time? as usize)?.interval?);
        } else if flags & PLACED > 0 {
            event.interval = Some(take_interval(tape, &mut day)?);
        }
        event.entities = tape.list(|t| t.small().map(EntityId))?;
    }
    Some(events)
}

fn put_interval(out: &mut Sink, Interval { from, to, granularity }: Interval, last: &mut Day) {
    let (from, to) = (minute(from), minute(to));
    let (day, length) = (from.div_euclid(DAY), to - from + 1);
    // Whole days are nearly all there is.
    let whole = from.rem_euclid(DAY) == 0 && length > 0 && length % DAY == 0;
    out.byte(granularity.number() * 2 + u8::from(whole));
    out.signed(day - *last);
    if whole {
        out.signed(length / DAY);
    } else {
        out.signed(from.rem_euclid(DAY));
        out.signed(length);
    }
    *last = day;
}

fn take_interval(tape: &mut Tape<'_>, last: &mut Day) -> Option<Interval> {
    let packed = tape.byte()?;
    let granularity = Granularity::of(packed / 2)?;
    let day = last.checked_add(tape.signed()?)?;
    *last = day;
    let first = day.checked_mul(DAY)?;
    let (from, length) =
        if packed % 2 == 1 { (first, tape.signed()?.checked_mul(DAY)?) } else { (first.checked_add(tape.signed()?)?, tape.signed()?) };
    let to = from.checked_add(length)?.checked_sub(1)?;
    Some(Interval { from: moment(from)?, to: moment(to)?, granularity })
}

/// Minutes since 1970-01-01 00:00 of the civil calendar.
pub(crate) fn minute(at: DateTime) -> i64 {
    at.duration_since(DateTime::constant(1970, 1, 1, 0, 0, 0, 0)).as_secs().div_euclid(60)
}

/// The moment so many minutes after 1970-01-01 00:00.
pub(crate) fn moment(minute: i64) -> Option<DateTime> {
    let minutes = jiff::Span::new().try_minutes(minute).ok()?;
    DateTime::constant(1970, 1, 1, 0, 0, 0, 0).checked_add(minutes).ok()
}
