//! Last days as people say them: a date, a feast, a weekday, a stretch of time.

use super::grammar::GRAMMAR;
use super::slot::number;
use crate::{Span, Until};

/// The most days that a stretch may have.
const MAX_DAYS: u32 = 3_660;

/// Reads a last day.
pub(super) fn read(words: &[String]) -> Option<Until> {
    if let Some(span) = end_of(words) {
        return Some(Until::EndOf(span));
    }
    let is_filler = |word: &&String| GRAMMAR.is_in("day_fillers", word);
    let named: Vec<&str> = words.iter().filter(|word| !is_filler(word)).map(String::as_str).collect();
    match named[..] {
        [] => None,
        [one] => iso(one).or_else(|| feast(one)).or_else(|| weekday(one)).or_else(|| stretch("1", one)),
        [first, second] => {
            let feast = || feast(&[first, second].join("-"));
            date(first, second, None).or_else(feast).or_else(|| stretch(first, second))
        }
        [first, second, third] => match third.parse() {
            Ok(year) => date(first, second, Some(year)),
            Err(_) => feast(&[first, second, third].join("-")),
        },
        _ => None,
    }
}

/// `the end of the month`.
fn end_of(words: &[String]) -> Option<Span> {
    let rest = match words {
        [the, end, of, rest @ ..] if the == "the" && end == "end" && of == "of" => rest,
        [end, of, rest @ ..] if end == "end" && of == "of" => rest,
        _ => return None,
    };
    let spans = [("span_week", Span::Week), ("span_month", Span::Month), ("span_year", Span::Year)];
    let last = rest.last().filter(|_| rest.len() <= 2)?;
    spans.into_iter().find(|(list, _)| GRAMMAR.is_in(list, last)).map(|(_, span)| span)
}

/// `2026-12-24`.
fn iso(word: &str) -> Option<Until> {
    let mut parts = word.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let until =
        Until::Day { year: Some(year.parse().ok()?), month: month.parse().ok()?, day: day.parse().ok()? };
    (parts.next().is_none() && year.len() == 4).then_some(until)
}

/// The number of a feast is its month and its day in two digits.
fn feast(word: &str) -> Option<Until> {
    let number = GRAMMAR.numbered("feast_", word)?;
    let (month, day) = (i8::try_from(number / 100).ok()?, i8::try_from(number % 100).ok()?);
    Some(Until::Day { year: None, month, day })
}

fn weekday(word: &str) -> Option<Until> {
    GRAMMAR.numbered("weekday_", word).and_then(|day| i8::try_from(day).ok()).map(Until::Weekday)
}

/// `24 december`, `december 24th`.
fn date(first: &str, second: &str, year: Option<i16>) -> Option<Until> {
    let month = |word: &str| GRAMMAR.numbered("month_", word).and_then(|month| i8::try_from(month).ok());
    let day = |word: &str| -> Option<i8> {
        let digits = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
        digits.parse().ok().filter(|day| (1..=31).contains(day))
    };
    let (month, day) = match (month(first), month(second)) {
        (Some(month), _) => (month, day(second)?),
        (None, Some(month)) => (month, day(first)?),
        (None, None) => return None,
    };
    Some(Until::Day { year, month, day })
}

/// `two weeks`, `30 days`, `a month`.
fn stretch(count: &str, unit: &str) -> Option<Until> {
    let count = if matches!(count, "a" | "an") { 1 } else { number(&[count.to_owned()])? };
    let days = u32::try_from(count).ok()?.checked_mul(GRAMMAR.numbered("days_", unit)?)?;
    (1..=MAX_DAYS).contains(&days).then_some(Until::Days(days))
}
