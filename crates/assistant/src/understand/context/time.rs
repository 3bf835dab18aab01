//! When something is to be used: months, seasons, feasts, and `next week`.

use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use search::analyse::Word;

use crate::climate::Season;
use crate::request::When;

/// Names of the months and their short forms. Those with a question mark have another meaning, so that a word of
/// [`BEFORE`] has to stand before them.
const MONTHS: [&[&str]; 12] = [
    &["january", "jan", "januar", "janvier", "enero"],
    &["february", "feb", "februar", "fevrier", "febrero"],
    &["march?", "mar?", "marz", "marzo"],
    &["april", "apr", "avril", "abril"],
    &["may?", "mai", "mayo?"],
    &["june", "jun", "juni", "juin", "junio"],
    &["july", "jul", "juli", "juillet", "julio"],
    &["august", "aug", "aout", "agosto"],
    &["september", "sept", "sep", "septembre", "septiembre"],
    &["october", "oct", "oktober", "octobre", "octubre"],
    &["november", "nov", "novembre", "noviembre"],
    &["december", "dezember", "decembre", "diciembre"],
];
/// Feasts with their months.
const FEASTS: &[(&str, u8)] = &[
    ("christmas", 12),
    ("xmas", 12),
    ("hanukkah", 12),
    ("easter", 4),
    ("halloween", 10),
    ("thanksgiving", 11),
];
/// Words before a month or season whose word has another meaning.
const BEFORE: &[&str] = &[
    "in",
    "for",
    "during",
    "early",
    "late",
    "mid",
    "this",
    "next",
    "until",
    "till",
    "to",
    "and",
    "or",
    "of",
    "the",
    "from",
    "end",
    "beginning",
    "every",
    "last",
    "since",
    "spring",
    "february",
    "april",
    "june",
];
/// Seasons whose word has another meaning.
const DOUBTFUL_SEASONS: &[&str] = &["fall", "spring"];
/// What goes before a season when it is one: `in the fall`, not `the spring clip`.
const BEFORE_SEASON: &[&str] = &["in", "for", "during", "early", "late", "this", "next", "every"];
/// Words for a time that is near.
const NEAR: &[&str] = &["now", "today", "tonight", "tomorrow", "currently"];
/// Words that count from now on, after `next` and `this`.
const SPANS: &[(&str, i64)] = &[("week", 7), ("weekend", 7), ("month", 30)];

/// A time with the places of its words.
pub(super) struct Time {
    pub(super) when: When,
    pub(super) places: Vec<usize>,
}

/// The time that the words name.
pub(super) fn read(words: &[Word], now: Timestamp) -> Option<Time> {
    months(words).or_else(|| season(words)).or_else(|| feast(words)).or_else(|| near(words, now))
}

/// The month that a time lies in.
pub(crate) fn month_of(now: Timestamp) -> u8 {
    now.to_zoned(TimeZone::UTC).month().unsigned_abs()
}

/// One month or several: `June and July`, `from May to August`.
fn months(words: &[Word]) -> Option<Time> {
    let found: Vec<(usize, u8)> =
        (0..words.len()).filter_map(|place| Some((place, month(words, place)?))).collect();
    let (first, last) = (found.first()?, found.last()?);
    let mut months: Vec<u8> = found.iter().map(|(_, month)| *month).collect();
    let is_span = found.len() == 2
        && words[first.0..last.0]
            .iter()
            .any(|word| matches!(word.text.as_str(), "to" | "until" | "till" | "through"));
    if is_span {
        let length = (last.1 + 12 - first.1) % 12;
        months = (0..=length).map(|step| (first.1 + step - 1) % 12 + 1).collect();
    }
    months.dedup();
    let mut places: Vec<usize> = found.iter().map(|(place, _)| *place).collect();
    if is_span {
        places.extend(first.0..last.0);
    }
    let when = When { months, season: None, is_named: true };
    Some(Time { when, places })
}

fn month(words: &[Word], place: usize) -> Option<u8> {
    let text = words[place].text.as_str();
    let is_after = |before: &[&str]| place > 0 && before.contains(&words[place - 1].text.as_str());
    let is_name = |name: &&str| match name.strip_suffix('?') {
        Some(name) => name == text && is_after(BEFORE),
        None => **name == *text,
    };
    let at = MONTHS.iter().position(|names| names.iter().any(is_name))?;
    u8::try_from(at + 1).ok()
}

fn season(words: &[Word]) -> Option<Time> {
    let (place, season) = (0..words.len()).find_map(|place| {
        let text = words[place].text.as_str();
        let season = Season::parse(text)?;
        let before = |back: usize| place.checked_sub(back).map_or("", |place| words[place].text.as_str());
        let is_led =
            BEFORE_SEASON.contains(&before(1)) || before(1) == "the" && BEFORE_SEASON.contains(&before(2));
        (is_led || !DOUBTFUL_SEASONS.contains(&text)).then_some((place, season))
    })?;
    let when = When { months: season.months(false), season: Some(season), is_named: true };
    Some(Time { when, places: vec![place] })
}

fn feast(words: &[Word]) -> Option<Time> {
    let is_led = |place: usize| {
        place > 0 && matches!(words[place - 1].text.as_str(), "at" | "over" | "during" | "around" | "this")
    };
    let mut all = (0..words.len()).filter(|place| is_led(*place)).filter_map(|place| {
        let (_, month) = FEASTS.iter().find(|(name, _)| *name == words[place].text)?;
        Some((place, *month))
    });
    let (place, month) = all.next()?;
    let when = When { months: vec![month], season: None, is_named: true };
    Some(Time { when, places: vec![place] })
}

/// `now`, `next week`, `this weekend`.
fn near(words: &[Word], now: Timestamp) -> Option<Time> {
    let span = (1..words.len()).find_map(|place| {
        let (_, days) = SPANS.iter().find(|(word, _)| *word == words[place].text)?;
        match words[place - 1].text.as_str() {
            "next" => Some((vec![place - 1, place], *days)),
            "this" => Some((vec![place - 1, place], 0)),
            _ => None,
        }
    });
    let soon =
        || words.iter().position(|word| NEAR.contains(&word.text.as_str())).map(|place| (vec![place], 0));
    let (places, days) = span.or_else(soon)?;
    let then = now.checked_add(Span::new().hours(days * 24)).unwrap_or(now);
    let when = When { months: vec![month_of(then)], season: None, is_named: false };
    Some(Time { when, places })
}

impl When {
    /// The same where the year is turned around.
    pub(super) fn on_side(self, is_south: bool) -> Self {
        let months = self.season.map_or(self.months, |season| season.months(is_south));
        Self { months, ..self }
    }
}

#[cfg(test)]
mod tests {
    use search::analyse;

    use super::*;

    fn months_of(text: &str) -> Vec<u8> {
        let now = "2026-11-28T00:00:00Z".parse().unwrap_or_default();
        read(&analyse::words(text), now).map(|time| time.when.months).unwrap_or_default()
    }

    #[test]
    fn months_and_seasons_are_read() {
        assert_eq!(months_of("Oslo in November"), [11]);
        assert_eq!(months_of("from November to February"), [11, 12, 1, 2]);
        assert_eq!(months_of("in the fall"), [9, 10, 11]);
        assert_eq!(months_of("next week"), [12]);
        assert_eq!(months_of("at Christmas"), [12]);
    }

    #[test]
    fn words_that_mean_something_else_are_no_time() {
        for text in ["may I return it", "does the lid fall off", "a spring mattress", "a march hat"] {
            assert_eq!(months_of(text), Vec::<u8>::new(), "{text}");
        }
        assert_eq!(months_of("Rome in May"), [5]);
    }
}
