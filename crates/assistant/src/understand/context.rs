//! Circumstances in a text: place and time, weather and season, person, occasion, use, measures of bodies and rooms.

mod place;
mod time;

pub(crate) use time::month_of;

use commerce::Quantity;
use jiff::Timestamp;
use search::analyse::{self, Word};

use crate::Snapshot;
use crate::lexicon::{circumstances, numbers, sizes};
use crate::request::{Circumstance, CircumstanceKind, Context, Size};

/// Words before a place or a time that go with it: `a trip to`, `early in`.
const LEADING: &[&str] = &[
    "trip",
    "week",
    "weeks",
    "weekend",
    "holiday",
    "vacation",
    "days",
    "visit",
    "visiting",
    "going",
    "travelling",
    "traveling",
    "early",
    "late",
    "mid",
    "around",
    "near",
    "through",
    "moving",
    "stay",
    "during",
    "month",
    "for",
];

/// Small words that lead to a place or a time.
const LED_BY: &[&str] = &["in", "to", "at", "on", "a", "an", "the", "this", "next", "of", "from"];

const CLIMATE: &[&str] = &[
    "winter", "summer", "spring", "autumn", "fall", "rain", "rainy", "snow", "snowy", "wind", "windy",
    "cold", "hot", "warm", "cool", "humid", "dry", "wet", "storm", "sunny", "freezing", "indoor", "outdoor",
];
const PERSONS: &[&str] = &[
    "wife",
    "husband",
    "daughter",
    "son",
    "mother",
    "father",
    "mom",
    "mum",
    "dad",
    "girlfriend",
    "boyfriend",
    "kid",
    "kids",
    "child",
    "children",
    "baby",
    "toddler",
    "teenager",
    "grandmother",
    "grandfather",
    "friend",
    "colleague",
    "beginner",
    "dog",
    "cat",
];
const OCCASIONS: &[&str] = &[
    "wedding",
    "birthday",
    "christmas",
    "easter",
    "halloween",
    "party",
    "gift",
    "office",
    "work",
    "school",
    "travel",
    "trip",
    "camping",
    "hiking",
    "running",
    "gym",
    "beach",
    "valentine",
    "anniversary",
    "picnic",
];

/// The longest of the runs of places that stand side by side: a name, without words of the title that stand elsewhere.
pub(super) fn run(places: &[usize]) -> Vec<usize> {
    let mut sorted = places.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    let runs = sorted.chunk_by(|a, b| a + 1 == *b);
    runs.fold(
        Vec::new(),
        |longest: Vec<usize>, run| if run.len() > longest.len() { run.to_vec() } else { longest },
    )
}

/// What the text names. Words of products' names, at these places, name nothing else; `now` is the month it is.
pub(super) fn read(snapshot: &Snapshot, text: &str, named: &[usize], now: Timestamp) -> Context {
    let words = analyse::words(text);
    let all = |known: &[&str]| {
        words.iter().filter(|w| known.contains(&w.text.as_str())).map(|w| w.text.clone()).collect()
    };
    let first =
        |known: &[&str]| words.iter().find(|w| known.contains(&w.text.as_str())).map(|w| w.text.clone());
    let free: Vec<Word> = words
        .iter()
        .enumerate()
        .map(|(place, word)| if named.contains(&place) { blank(word) } else { word.clone() })
        .collect();
    let time = time::read(&free, now);
    let place =
        place::read(Some(snapshot), text, &free, time.as_ref().is_some_and(|time| time.when.is_named));
    let is_south = place.as_ref().is_some_and(|place| place.spotted.spot.is_south());
    let mut spent: Vec<usize> = time.iter().flat_map(|time| time.places.clone()).collect();
    spent.extend(place.iter().flat_map(|place| place.places.clone()));
    let when = time.map(|time| time.when.on_side(is_south));
    let stems: Vec<String> = free.iter().map(|word| word.stem.clone()).collect();
    let circumstance = |found: &'static circumstances::Circumstance| Circumstance {
        kind: found.kind,
        name: found.name.clone(),
    };
    Context {
        climate: all(CLIMATE),
        person: first(PERSONS),
        occasion: first(OCCASIONS),
        place: place.as_ref().map(|place| place.spotted.spot.name.clone()),
        time: when,
        circumstances: circumstances::find(&stems)
            .into_iter()
            .map(|(found, _)| circumstance(found))
            .collect(),
        sizes: sizes(text, &stems),
        told: Vec::new(),
        spot: place.map(|place| place.spotted),
        rest: rest(text, &words, &spent),
    }
}

/// Where a text names a place and a time.
#[derive(Clone, Debug, Default)]
pub(super) struct Named {
    /// Places of the words for a place, and of those for a time.
    place: Vec<usize>,
    time: Vec<usize>,
    /// Whether a small word leads to them.
    pub(super) is_led: bool,
}

/// Where a text names a place and a time.
pub(super) fn named(snapshot: &Snapshot, text: &str, now: Timestamp) -> Named {
    Named::of(Some(snapshot), text, now)
}

impl Named {
    /// Without a snapshot no name is taken for a misspelt one.
    pub(super) fn of(snapshot: Option<&Snapshot>, text: &str, now: Timestamp) -> Self {
        let words = analyse::words(text);
        let time = time::read(&words, now);
        let is_named = time.as_ref().is_some_and(|time| time.when.is_named);
        let place = place::read(snapshot, text, &words, is_named);
        Self {
            place: place.map(|place| place.places).unwrap_or_default(),
            time: time.map(|time| time.places).unwrap_or_default(),
            is_led: words.first().is_some_and(|word| {
                analyse::is_stop_word(&word.text)
                    || matches!(word.text.as_str(), "next" | "during" | "around")
            }),
        }
    }

    /// Whether it names anything.
    pub(super) fn is_any(&self) -> bool {
        !self.place.is_empty() || !self.time.is_empty()
    }

    /// Whether a text says nothing else.
    pub(super) fn is_all_of(&self, text: &str) -> bool {
        let spent: Vec<usize> = self.place.iter().chain(&self.time).copied().collect();
        let words = analyse::words(text);
        self.is_any() && rest(text, &words, &spent).is_empty()
    }

    /// The text without what another one names: its place where that names a place, its time where that names a time.
    pub(super) fn without(&self, text: &str, other: &Self) -> String {
        let place = self.place.iter().filter(|_| !other.place.is_empty());
        let time = self.time.iter().filter(|_| !other.time.is_empty());
        let words = analyse::words(text);
        let leads =
            |word: &Word| LEADING.contains(&word.text.as_str()) || LED_BY.contains(&word.text.as_str());
        kept(text, &words, place.chain(time).copied().collect(), leads)
    }
}

/// A word of a name, which names nothing else.
fn blank(word: &Word) -> Word {
    Word { text: String::new(), stem: String::new(), ..word.clone() }
}

/// Measures and persons that words ask goods to serve: `195 cm tall`, `a beginner`.
pub(crate) fn served(words: &str) -> (Vec<Size>, Vec<Circumstance>) {
    let stems: Vec<String> = analyse::words(words).into_iter().map(|word| word.stem).collect();
    let persons = circumstances::find(&stems).into_iter().map(|(found, _)| found);
    let persons = persons.filter(|found| found.kind == CircumstanceKind::Person);
    let told = persons.map(|found| Circumstance { kind: found.kind, name: found.name.clone() });
    (sizes(words, &stems), told.collect())
}

/// Measures of bodies and rooms.
fn sizes(text: &str, stems: &[String]) -> Vec<Size> {
    let text = numbers::as_digits(text);
    // What two people of 80 kg each weigh together is not said.
    if stems.iter().any(|stem| stem == "each") {
        return Vec::new();
    }
    let found = Quantity::find_all(&text).into_iter().filter_map(|(_, quantity)| {
        let measured = sizes::of(stems, &quantity)?;
        Some(Size { name: measured.name.clone(), quantity })
    });
    let mut all: Vec<Size> = Vec::new();
    for size in found.chain(age(&text)) {
        if !all.iter().any(|known| known.name == size.name) {
            all.push(size);
        }
    }
    all
}

/// How old somebody is said to be by a bare number: `I'm 16, can I take this`, `my son is 5`.
fn age(text: &str) -> Option<Size> {
    const OF_SELF: &[&str] = &["im", "hes", "shes", "aged", "turned", "turns"];
    const PERSONS: &[&str] = &[
        "i",
        "he",
        "she",
        "son",
        "daughter",
        "child",
        "kid",
        "baby",
        "boy",
        "girl",
        "toddler",
        "grandson",
        "granddaughter",
        "nephew",
        "niece",
        "brother",
        "sister",
        "grandchild",
    ];
    let words = analyse::words(text);
    let is_led = |at: usize| {
        let before = |back: usize| at.checked_sub(back).map_or("", |at| words[at].text.as_str());
        OF_SELF.contains(&before(1))
            || matches!(before(1), "am" | "is" | "was" | "turned") && PERSONS.contains(&before(2))
            || before(1) == "m" && before(2) == "i"
    };
    let years = |at: usize| words[at].text.parse::<f64>().ok().filter(|years| (1.0..=99.0).contains(years));
    let is_bare = |at: usize| {
        let is_end = text[words[at].end..].starts_with([',', '.', ';', ':', '!', '?', '–', '—']);
        is_end
            || words
                .get(at + 1)
                .is_none_or(|next| analyse::is_stop_word(&next.text) || PERSONS.contains(&next.text.as_str()))
    };
    let at = (1..words.len()).find(|at| years(*at).is_some() && is_led(*at) && is_bare(*at))?;
    let quantity = Quantity::new(years(at)?, commerce::Unit::parse("year")?);
    sizes::by_name("age").map(|age| Size { name: age.name.clone(), quantity })
}

/// The text without the words at these places and the small words right before them.
fn rest(text: &str, words: &[Word], spent: &[usize]) -> String {
    let is_small = |word: &Word| analyse::is_stop_word(&word.text) || LEADING.contains(&word.text.as_str());
    kept(text, words, spent.to_vec(), is_small)
}

/// The text without the words at these places and those right before them that lead to them.
fn kept(text: &str, words: &[Word], mut gone: Vec<usize>, leads: impl Fn(&Word) -> bool) -> String {
    for place in (0..words.len()).rev() {
        if gone.contains(&(place + 1)) && !gone.contains(&place) && leads(&words[place]) {
            gone.push(place);
        }
    }
    let kept = (0..words.len()).filter(|place| !gone.contains(place));
    kept.filter_map(|place| text.get(words[place].start..words[place].end)).collect::<Vec<_>>().join(" ")
}
