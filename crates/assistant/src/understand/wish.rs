//! What is looked for, in the catalog's words: people are called as the shop calls them, and words that only order the goods
//! are no words of the goods.

use commerce::{Dimension, Quantity, Unit};
use search::analyse::{self, Word};
use search::{Constraint, Field, Test, Understood, Vocabulary};

use crate::lexicon::{has_phrase, persons, stem_list, stems};
use crate::reason::comparative_asked;

/// Words before a person that say whose it is.
const WHOSE: &[&str] = &["my", "our", "his", "her", "their", "your"];
/// Words before a person that say so behind `for` only.
const ARTICLES: &[&str] = &["a", "an", "the", "little", "young", "old", "older", "elderly", "dear", "new"];
/// Words that stand for a person behind `for` only.
const PRONOUNS: &[&str] = &["her", "him"];

/// The end of a text that turns to something else.
const TURN: &str = " instead";

/// Words of an age: `5 year old`.
const AGE_WORDS: usize = 3;
/// A year of the calendar, in seconds.
const YEAR_SECONDS: f64 = 365.25 * 86_400.0;

/// Words that ask for all there is, and name nothing of it.
const LISTING: &[&str] = &[
    "list",
    "everything",
    "all",
    "whole",
    "entire",
    "shop",
    "store",
    "catalog",
    "catalogue",
    "assortment",
    "range",
    "goods",
    "today",
    "now",
    "right",
    "still",
    "articles",
    "every",
    "please",
];

/// Words that open a question about goods that are known.
const ASKING: &[&str] =
    &["is", "are", "does", "do", "did", "can", "could", "will", "would", "has", "have", "how", "why", "when"];

/// Whether a text wishes for goods within bounds, or for the cheapest of them: what it is to cost, weigh or hold is said of goods
/// that are not known yet.
pub(super) fn is_bounded(words: &[Word], need: &Understood) -> bool {
    let is_range = |own: &Constraint| !own.words.is_empty() && !matches!(own.test, Test::AnyOf(_));
    let is_question = words.first().is_some_and(|word| ASKING.contains(&word.text.as_str()));
    let is_cheapest = words.iter().any(|word| word.text == "cheapest");
    !is_question && (is_cheapest || need.constraints.iter().any(is_range))
}

/// Reads a wish.
pub(crate) fn need(vocabulary: &Vocabulary, text: &str) -> Understood {
    let text = without_turn(text);
    let told = ForWhom::of(vocabulary, text);
    let mut need = search::understand(vocabulary, &told.with);
    forget_comparing(&mut need, text);
    forget_listing(&mut need);
    if told.is_person && need.head.is_empty() && !says_nothing(&search::understand(vocabulary, &told.without))
    {
        lean_to(&mut need, &told.audience);
    }
    need
}

/// A text without the word at its end that turns from what was talked of before: `show me headphones instead`.
fn without_turn(text: &str) -> &str {
    let plain = text.trim_end_matches(|c: char| !c.is_alphanumeric());
    let turned = plain.get(plain.len().saturating_sub(TURN.len())..);
    match turned {
        Some(end) if end.eq_ignore_ascii_case(TURN) => &plain[..plain.len() - TURN.len()],
        _ => text,
    }
}

/// Where nothing says what the goods are, goods that are for nobody in particular will do as well.
fn lean_to(need: &mut Understood, audience: &str) {
    let is_of_audience = |own: &Constraint| own.words.to_lowercase() == audience;
    let (liked, demanded) = std::mem::take(&mut need.constraints).into_iter().partition(is_of_audience);
    need.constraints = demanded;
    need.preferences.extend::<Vec<Constraint>>(liked);
}

/// Where all goods in a state are asked for, words that only say so are no words of the goods: `list everything that is sold out`.
fn forget_listing(need: &mut Understood) {
    let is_of_state = |own: &Constraint| matches!(own.field, Field::Availability | Field::Saving);
    let only_lists = need.text.split(' ').all(|word| word.is_empty() || LISTING.contains(&word));
    if only_lists && need.constraints.iter().any(is_of_state) {
        let is_listing = |word: &String| LISTING.contains(&word.as_str());
        need.text.clear();
        need.head.clear();
        need.named.clear();
        need.context.clear();
        need.unknown.retain(|word| !is_listing(word));
        need.preferences.retain(|own| own.field != Field::Text && !is_listing(&own.words.to_lowercase()));
    }
}

fn says_nothing(need: &Understood) -> bool {
    need.text.is_empty() && need.constraints.is_empty() && need.preferences.is_empty()
}

/// Takes the words of an order out of the text: no tent is called `lighter`.
fn forget_comparing(need: &mut Understood, text: &str) {
    let Some(asked) = comparative_asked(text) else { return };
    let said = stem_list(text);
    // A word may have been read as another form of itself.
    let stands = |phrase: &String| !phrase.contains(' ') || has_phrase(&said, phrase);
    let phrases = asked.phrases.iter().map(|phrase| stems(phrase)).filter(stands);
    let spent: Vec<String> = phrases.flat_map(|phrase| stem_list(&phrase)).collect();
    let head = need.head.clone();
    let is_kept = |word: &str| word == head || !spent.contains(&analyse::stem(word));
    need.text = need.text.split(' ').filter(|word| is_kept(word)).collect::<Vec<_>>().join(" ");
    need.unknown.retain(|word| is_kept(word));
    need.context.retain(|word| is_kept(word));
}

/// A text with what the shop calls the person that it names: `for women` of `for my wife`. Where the catalog knows of no such
/// people, the person says nothing.
pub(super) struct ForWhom {
    /// With what the shop calls them.
    pub(super) with: String,
    /// Without the person.
    pub(super) without: String,
    audience: String,
    is_person: bool,
}

impl ForWhom {
    pub(super) fn of(vocabulary: &Vocabulary, text: &str) -> Self {
        let words = analyse::words(text);
        let age = age(&words);
        let person = (0..words.len()).find_map(|place| person(&words, place, age));
        let audiences = match (&person, age) {
            (Some((_, audiences)), _) => audiences,
            (None, Some((_, years))) => persons::audiences_of_age(years),
            (None, None) => return Self::nobody(text),
        };
        let is_known = |audience: &&&str| !says_nothing(&constrained(vocabulary, audience));
        let is_aged = age.is_some_and(|(_, years)| vocabulary.states_age(years));
        let audience = audiences.iter().find(is_known).filter(|_| !is_aged).copied().unwrap_or_default();
        let spent = match &person {
            Some((spent, _)) => spent.clone(),
            None => Vec::new(),
        };
        Self {
            with: format!("{} {audience}", without(text, &words, &spent)).trim().to_owned(),
            without: without(text, &words, &spent),
            audience: audience.to_owned(),
            is_person: true,
        }
    }

    fn nobody(text: &str) -> Self {
        let (with, without) = (text.to_owned(), text.to_owned());
        Self { with, without, audience: String::new(), is_person: false }
    }
}

/// A text without the words at these places.
fn without(text: &str, words: &[Word], spent: &[usize]) -> String {
    let mut left = String::new();
    let mut end = 0;
    for place in spent {
        left.push_str(&text[end..words[*place].start]);
        end = words[*place].end;
    }
    left.push_str(&text[end..]);
    left
}

/// What a word alone demands.
fn constrained(vocabulary: &Vocabulary, audience: &str) -> Understood {
    Understood { text: String::new(), ..search::understand(vocabulary, audience) }
}

/// The person at a place with the word that says whose it is, and what shops call it.
fn person(
    words: &[Word],
    place: usize,
    age: Option<(usize, f64)>,
) -> Option<(Vec<usize>, &'static [&'static str])> {
    let word = words[place].text.as_str();
    let audiences = persons::audiences(word);
    if audiences.is_empty() {
        return None;
    }
    // The age of `my 5 year old daughter` stands between.
    let start = age.filter(|(at, _)| at + AGE_WORDS == place).map_or(place, |(at, _)| at);
    let before = |back: usize| start.checked_sub(back).map_or("", |at| words[at].text.as_str());
    let is_whose = WHOSE.contains(&before(1));
    let is_for = before(1) == "for" || ARTICLES.contains(&before(1)) && before(2) == "for";
    let is_last = words.get(place + 1).is_none_or(|next| analyse::is_stop_word(&next.text));
    let is_meant = match PRONOUNS.contains(&word) {
        true => before(1) == "for" && is_last,
        false => is_whose || is_for || start < place,
    };
    let is_led = is_whose || ARTICLES.contains(&before(1));
    let lead = is_led.then(|| start - 1);
    is_meant.then(|| (lead.into_iter().chain([place]).collect(), audiences))
}

/// The place of an age with the years: `5 year old`, `6 months old`.
fn age(words: &[Word]) -> Option<(usize, f64)> {
    words.windows(AGE_WORDS).enumerate().find_map(|(place, own)| {
        let count: f64 = own[0].text.parse().ok()?;
        let unit = Unit::parse(&own[1].text).filter(|_| own[2].text == "old")?;
        let is_time = unit.dimension() == Dimension::Time;
        is_time.then(|| (place, Quantity::new(count, unit).base() / YEAR_SECONDS))
    })
}
