//! Which reviews count: by stars, by age, and by what their writers tell of themselves.

use jiff::Timestamp;
use search::EvidenceRow;

use super::Case;
use super::gather::{Gathered, Said};
use crate::claim::{Answer, Polarity, Predicate};
use crate::lexicon::{has_phrase, stem_list};
use crate::request::ReviewFilter;
use crate::voice::{Line, Voice};

/// Seconds of a day.
const DAY: i64 = 86_400;

/// Whether each review counts.
pub(super) fn passes(gathered: &Gathered, filter: &ReviewFilter, now: Timestamp) -> Vec<bool> {
    gathered.reviews.iter().map(|said| passes_one(gathered, said, filter, now)).collect()
}

fn passes_one(gathered: &Gathered, said: &Said, filter: &ReviewFilter, now: Timestamp) -> bool {
    let stars = said.rating.map(|rating| (1.0 + 4.0 * rating).round() as u8);
    let has_stars =
        filter.stars.is_none_or(|(least, most)| stars.is_some_and(|stars| (least..=most).contains(&stars)));
    let is_recent = filter.days.is_none_or(|days| {
        let from = now.as_second() - i64::from(days) * DAY;
        said.written.is_some_and(|written| written.as_second() >= from)
    });
    has_stars && is_recent && (filter.known_by.is_empty() || telling(gathered, said, filter).is_some())
}

/// The sentence in which a reviewer is known as one of those asked for; the others may stand elsewhere in the review.
fn telling(gathered: &Gathered, said: &Said, filter: &ReviewFilter) -> Option<usize> {
    let stems: Vec<Vec<String>> = said.rows.clone().map(|row| stem_list(gathered.english(row))).collect();
    let tells = |phrases: &Vec<String>| {
        stems.iter().position(|stems| phrases.iter().any(|phrase| has_phrase(stems, phrase)))
    };
    let places: Option<Vec<usize>> = filter.known_by.iter().map(tells).collect();
    places?.first().map(|place| said.rows.start + place)
}

/// States how many reviewers are listened to.
pub(super) fn state(answer: &mut Answer, case: &Case<'_>, filter: &ReviewFilter) {
    let passing = case.gathered.reviews.iter().enumerate().filter(|(number, _)| case.passes[*number]);
    let rows: Vec<usize> = passing
        .filter_map(|(_, said)| {
            let row = if filter.known_by.is_empty() { None } else { telling(case.gathered, said, filter) };
            row.or_else(|| said.rows.clone().next())
        })
        .collect();
    let predicate = Predicate::Selected {
        who: told(case.voice, filter),
        count: rows.len() as u32,
        of: case.gathered.reviews.len() as u32,
    };
    let claim = case.counted(predicate, Polarity::Neutral, &rows);
    case.state(answer, claim, &rows);
}

/// The filter in words.
pub(super) fn told(voice: Voice, filter: &ReviewFilter) -> String {
    let stars = filter.stars.map(|(least, most)| match (least, most) {
        (1, 1) => voice.say(Line::StarOnly, &[]),
        (least, most) if least == most => voice.say(Line::StarsOnly, &[&least.to_string()]),
        (least, most) => voice.say(Line::StarsBetween, &[&least.to_string(), &most.to_string()]),
    });
    let days = filter.days.map(|days| match days {
        365 => voice.say(Line::LastYear, &[]),
        days => voice.say(Line::LastDays, &[&days.to_string()]),
    });
    let who = filter.who.as_ref().map(|who| voice.quote(who));
    [who, stars, days].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Whether a row can be shown as a quote: a whole thought and no wall of text.
pub(super) fn is_quotable(row: &EvidenceRow) -> bool {
    let words = row.quote.split_whitespace().count();
    (3..=32).contains(&words)
}
