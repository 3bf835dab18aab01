//! Last days on the calendar.

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use crate::{Span, Until};

/// The moment after the day that is meant; `None` where there is no such day. Days are those of UTC.
pub(super) fn end(until: Until, now: Timestamp) -> Option<Timestamp> {
    let today = now.to_zoned(TimeZone::UTC).date();
    let day = match until {
        Until::Day { year: Some(year), month, day } => Date::new(year, month, day).ok()?,
        Until::Day { year: None, month, day } => {
            let of = |year| Date::new(year, month, day).ok();
            of(today.year()).filter(|day| *day >= today).or_else(|| of(today.year() + 1))?
        }
        Until::Weekday(number) => {
            let weekday = Weekday::from_monday_one_offset(number).ok()?;
            today.nth_weekday(1, weekday).ok()?
        }
        Until::Days(days) => today.checked_add(i64::from(days).days()).ok()?,
        Until::EndOf(Span::Week) => {
            let left = 7 - i64::from(today.weekday().to_monday_one_offset());
            today.checked_add(left.days()).ok()?
        }
        Until::EndOf(Span::Month) => today.last_of_month(),
        Until::EndOf(Span::Year) => today.last_of_year(),
    };
    Some(day.tomorrow().ok()?.to_zoned(TimeZone::UTC).ok()?.timestamp())
}
