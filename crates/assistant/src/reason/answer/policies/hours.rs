//! Days and times of day in a question set against those of a rule: when the shop is open, and until when an order leaves on the same
//! day.

use search::analyse;

use crate::Request;
use crate::claim::Polarity;
use crate::request::Form;

const MINUTES: u32 = 60;
const NOON: u32 = 12 * MINUTES;
/// A time without `am` and `pm` before this hour is one of the afternoon: nobody asks whether a shop opens at three in the night.
const FIRST_HOUR: u32 = 7;
/// Days of the week by their beginnings, Monday first, and words for several of them.
const DAYS: &[&[&str]] = &[
    &["monday", "mon"],
    &["tuesday", "tue", "tues"],
    &["wednesday", "wed"],
    &["thursday", "thu", "thur", "thurs"],
    &["friday", "fri"],
    &["saturday", "sat"],
    &["sunday", "sun"],
];
const SEVERAL: &[(&str, &[usize])] = &[
    ("daily", &[0, 1, 2, 3, 4, 5, 6]),
    ("weekday", &[0, 1, 2, 3, 4]),
    ("workday", &[0, 1, 2, 3, 4]),
    ("weekend", &[5, 6]),
];
/// What stands between the first and the last of several days or times.
const TO: &[&str] = &["to", "till", "until", "through", "thru"];
/// Words before a time of day that is written as a bare number.
const BEFORE_TIMES: &[&str] =
    &["at", "by", "before", "until", "till", "from", "to", "around", "after", "between", "about", "and"];
/// Words before the last time of day at which an order leaves on the same day, and before the first at which it does not.
const CUT_OFF: &[&str] = &["by", "before", "until", "till"];
const PAST: &[&str] = &["after", "from", "past"];
/// Words for days on which orders leave, which the end of a week is not among.
const WORKING: &[&str] = &["working", "weekdays", "weekday", "business", "workdays", "monday"];
/// What is asked of an order.
const LEAVING: &[&str] = &[
    "leave",
    "leaves",
    "ship",
    "ships",
    "shipped",
    "go",
    "goes",
    "sent",
    "dispatched",
    "dispatch",
    "send",
    "out",
    "processed",
];

/// A day and a time of day that a question of yes or no names.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked {
    /// From 0 for Monday.
    day: Option<usize>,
    /// Minutes from midnight.
    time: Option<u32>,
    /// Whether it is about an order that may leave on the same day.
    is_of_order: bool,
}

impl Asked {
    /// What a request asks; `None` where it names neither a day nor a time.
    pub(super) fn of(request: &Request) -> Option<Self> {
        let tokens = tokens(&request.text);
        let says = |words: &[&str]| tokens.iter().any(|token| words.contains(&token.word.as_str()));
        let day = tokens.iter().find_map(|token| days_of(&token.word).filter(|days| days.len() == 1));
        let time = tokens.iter().find_map(|token| token.time.map(Time::of_day));
        let is_today = says(&["today", "tonight"]) || says(&["same"]) && says(&["day"]);
        let is_of_order = is_today && says(LEAVING) && time.is_some();
        let is_asked =
            request.focus.form == Form::YesNo && (day.is_some() || is_of_order) && !says(&["tomorrow"]);
        is_asked.then(|| Self { day: day.map(|days| days[0]), time, is_of_order })
    }

    /// Whether a sentence says until when an order leaves on the day that is asked about, so that it answers whatever else it says.
    pub(super) fn is_cut_off(&self, quote: &str) -> bool {
        self.is_of_order && self.side(quote).is_some()
    }

    /// Yes or no by a sentence; `None` where it says nothing of the day or the time.
    pub(super) fn side(&self, quote: &str) -> Option<Polarity> {
        let tokens = tokens(quote);
        let is_yes = if self.is_of_order { self.leaves(&tokens) } else { self.is_open(&tokens) }?;
        Some(if is_yes { Polarity::Positive } else { Polarity::Negative })
    }

    /// Whether an order of this time leaves on the same day.
    fn leaves(&self, tokens: &[Token]) -> Option<bool> {
        let time = self.time?;
        let says = |words: &[&str]| tokens.iter().any(|token| words.contains(&token.word.as_str()));
        let limits = |words: &[&str]| {
            tokens.windows(2).find_map(|pair| pair[1].time.filter(|_| words.contains(&pair[0].word.as_str())))
        };
        let is_weekend = self.day.is_some_and(|day| day >= 5);
        if is_weekend && says(WORKING) {
            return None;
        }
        if says(&["same"]) || says(&["today"]) {
            return limits(CUT_OFF).map(|limit| time <= limit.of_day());
        }
        let past = limits(PAST).filter(|_| says(&["next", "following", "tomorrow"]))?;
        (time > past.of_day()).then_some(false)
    }

    /// Whether the shop is open on the day, at the time where one is named.
    fn is_open(&self, tokens: &[Token]) -> Option<bool> {
        let day = self.day?;
        let is_of_hours =
            |token: &Token| matches!(token.word.as_str(), "open" | "opening" | "hours" | "opened");
        let is_closed = tokens.iter().any(|token| matches!(token.word.as_str(), "closed" | "shut"));
        let stated = schedule(tokens);
        let own = stated.iter().find(|span| span.days.contains(&day));
        match own {
            Some(Span { times: Some((open, close)), .. }) => {
                Some(self.time.is_none_or(|time| *open <= time && time < *close))
            }
            Some(_) if is_closed => Some(false),
            Some(_) if self.time.is_none() && tokens.iter().any(is_of_hours) => Some(true),
            _ => None,
        }
    }
}

/// Some days with the times from and to which the shop is open on them.
#[derive(Debug, Default)]
struct Span {
    days: Vec<usize>,
    times: Option<(u32, u32)>,
}

/// The days of a sentence, each run with the two times behind it.
fn schedule(tokens: &[Token]) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    let mut open: Option<Time> = None;
    let mut last_day: Option<usize> = None;
    for (place, token) in tokens.iter().enumerate() {
        if let Some(days) = days_of(&token.word) {
            let begins = spans.last().is_none_or(|span| span.times.is_some());
            if begins {
                spans.push(Span::default());
                last_day = None;
            }
            let is_to = place > 0 && (tokens[place - 1].is_to() || token.follows_dash);
            let Some(span) = spans.last_mut() else { continue };
            match (last_day.filter(|_| is_to), days) {
                (Some(first), [last]) if first < *last => span.days.extend(first + 1..=*last),
                (_, days) => span.days.extend(days),
            }
            last_day = days.last().copied();
        } else if let Some(time) = token.time {
            last_day = None;
            match open.take() {
                None => open = Some(time),
                Some(first) => {
                    let span = spans.last_mut().filter(|span| span.times.is_none());
                    if let Some(span) = span {
                        span.times = Some(between(first, time));
                    }
                }
            }
        }
    }
    spans
}

/// Two times of one day: `10 to 6 pm` opens in the morning.
fn between(first: Time, last: Time) -> (u32, u32) {
    let close = match last.is_marked || last.minutes > first.minutes {
        true => last.minutes,
        false => last.minutes + NOON,
    };
    (first.minutes, close)
}

/// A time of day as it is written.
#[derive(Clone, Copy, Debug)]
struct Time {
    minutes: u32,
    /// Whether it is said which half of the day it is in.
    is_marked: bool,
}

impl Time {
    /// Minutes from midnight, of the afternoon where it is early and not said.
    fn of_day(self) -> u32 {
        if !self.is_marked && self.minutes < FIRST_HOUR * MINUTES {
            self.minutes + NOON
        } else {
            self.minutes
        }
    }
}

/// A word of a text, in small letters, with the time of day that it begins.
#[derive(Debug)]
struct Token {
    word: String,
    time: Option<Time>,
    /// Whether a dash stands before it.
    follows_dash: bool,
}

impl Token {
    fn is_to(&self) -> bool {
        TO.contains(&self.word.as_str())
    }
}

/// The words of a text; minutes and `pm` belong to the hour before them.
fn tokens(text: &str) -> Vec<Token> {
    let words = analyse::words(text);
    let mut tokens: Vec<Token> = Vec::new();
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let gap_before =
            at.checked_sub(1).and_then(|before| text.get(words[before].end..word.start)).unwrap_or_default();
        let follows_dash = gap_before.contains(['-', '–', '—']);
        let (time, length) = time(text, &words, at, tokens.last(), follows_dash).unzip();
        tokens.push(Token { word: word.text.clone(), time, follows_dash });
        at += length.unwrap_or(1);
    }
    tokens
}

/// The time of day that begins at a word, with how many words it has.
fn time(
    text: &str,
    words: &[analyse::Word],
    at: usize,
    before: Option<&Token>,
    follows_dash: bool,
) -> Option<(Time, usize)> {
    let text_of = |place: usize| words.get(place).map_or("", |word| word.text.as_str());
    let word = text_of(at);
    match word {
        "noon" | "midday" => return Some((Time { minutes: NOON, is_marked: true }, 1)),
        "midnight" => return Some((Time { minutes: 2 * NOON, is_marked: true }, 1)),
        _ => {}
    }
    let digits = word.trim_end_matches(|c: char| c.is_alphabetic());
    let mut half = &word[digits.len()..];
    let hour: u32 = digits.parse().ok().filter(|hour| *hour <= 24 && digits.len() <= 2)?;
    let mut length = 1;
    let gap = words.get(at + 1).and_then(|next| text.get(words[at].end..next.start));
    let minutes = match gap {
        Some(":" | ".") if half.is_empty() => {
            text_of(at + 1).get(..2).and_then(|part| part.parse::<u32>().ok())
        }
        _ => None,
    };
    let is_clock = minutes.is_some();
    if let Some(part) = minutes {
        half = text_of(at + length).get(2..).unwrap_or_default();
        length += 1;
        if part >= MINUTES {
            return None;
        }
    }
    // `p.m.` is two words.
    if half.is_empty() {
        let next = text_of(at + length);
        let (is_half, more) = match (next, text_of(at + length + 1)) {
            ("am" | "pm", _) => (next, 1),
            ("a", "m") => ("am", 2),
            ("p", "m") => ("pm", 2),
            ("oclock" | "o" | "uhr" | "h", _) => ("clock", 1),
            _ => ("", 0),
        };
        half = is_half;
        length += more;
    }
    let is_led = before.is_some_and(|before| {
        BEFORE_TIMES.contains(&before.word.as_str())
            || days_of(&before.word).is_some()
            || before.time.is_some() && follows_dash
    });
    if half.is_empty() && !is_clock && !is_led {
        return None;
    }
    let of_half = match half {
        "pm" if hour < 12 => hour + 12,
        "am" if hour == 12 => 0,
        _ => hour,
    };
    let is_marked = matches!(half, "am" | "pm") || hour > 12 || is_clock && digits.len() == 2;
    Some((Time { minutes: of_half * MINUTES + minutes.unwrap_or(0), is_marked }, length))
}

/// The days that a word names: `saturdays`, `daily`.
fn days_of(word: &str) -> Option<&'static [usize]> {
    const ONE: [[usize; 1]; 7] = [[0], [1], [2], [3], [4], [5], [6]];
    let word = word.strip_suffix('s').filter(|rest| rest.len() > 3).unwrap_or(word);
    let day = DAYS.iter().position(|names| names.contains(&word));
    match day {
        Some(day) => Some(&ONE[day]),
        None => SEVERAL.iter().find(|(name, _)| *name == word).map(|(_, days)| *days),
    }
}

#[cfg(test)]
mod tests {
    use super::{Asked, Polarity, schedule, tokens};

    fn side(day: Option<usize>, time: Option<u32>, is_of_order: bool, quote: &str) -> Option<Polarity> {
        Asked { day, time, is_of_order }.side(quote)
    }

    #[test]
    fn hours_hold_for_the_days_before_them() {
        let spans = schedule(&tokens("Open Tuesday to Friday from 10 am to 6 pm and Saturday 9:00–14:30."));
        let read: Vec<_> = spans.into_iter().map(|span| (span.days, span.times)).collect();
        assert_eq!(read, [(vec![1, 2, 3, 4], Some((600, 1080))), (vec![5], Some((540, 870)))]);
        let weekdays = schedule(&tokens("Weekdays 10 to 6"));
        assert_eq!(weekdays[0].times, Some((600, 1080)));
    }

    #[test]
    fn a_time_is_within_the_hours_of_its_day() {
        let rule = "We are open Mon-Fri 10am-6pm and on Saturdays from 9 a.m. to 2 p.m.";
        assert_eq!(side(Some(4), Some(17 * 60), false, rule), Some(Polarity::Positive));
        assert_eq!(side(Some(4), Some(19 * 60), false, rule), Some(Polarity::Negative));
        assert_eq!(side(Some(5), Some(15 * 60), false, rule), Some(Polarity::Negative));
        assert_eq!(side(Some(5), None, false, rule), Some(Polarity::Positive));
        assert_eq!(side(Some(6), None, false, rule), None);
        assert_eq!(
            side(Some(6), None, false, "On Mondays and Sundays we are closed."),
            Some(Polarity::Negative)
        );
        assert_eq!(side(Some(1), None, false, "Yoga on Tuesday."), None);
    }

    #[test]
    fn an_order_leaves_on_its_day_up_to_the_cut_off() {
        let rule = "Orders placed by 1 pm on working days leave the same day.";
        assert_eq!(side(None, Some(11 * 60), true, rule), Some(Polarity::Positive));
        assert_eq!(side(None, Some(15 * 60), true, rule), Some(Polarity::Negative));
        assert_eq!(side(Some(5), Some(11 * 60), true, rule), None);
        let later = "What is ordered after 2 pm leaves on the next day.";
        assert_eq!(side(None, Some(15 * 60), true, later), Some(Polarity::Negative));
        assert_eq!(side(None, Some(13 * 60), true, later), None);
        assert_eq!(side(None, Some(13 * 60), true, "Delivery takes 2 days."), None);
    }
}
