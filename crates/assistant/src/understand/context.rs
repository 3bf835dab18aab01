//! Circumstances in a text: place and time, weather and season, person, occasion, use, measures of bodies and rooms.

mod place;
mod time;

pub(crate) use time::month_of;

use commerce::Quantity;
use jiff::Timestamp;
use search::analyse::{self, Word};

use crate::Snapshot;
use crate::lexicon::{circumstances, numbers, sizes};
use crate::request::{Circumstance, Context, Size};

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
    let place = place::read(snapshot, text, &free, time.as_ref().is_some_and(|time| time.when.is_named));
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
        spot: place.map(|place| place.spotted),
        rest: rest(text, &words, &spent),
    }
}

/// A word of a name, which names nothing else.
fn blank(word: &Word) -> Word {
    Word { text: String::new(), stem: String::new(), ..word.clone() }
}

/// Measures of bodies and rooms.
fn sizes(text: &str, stems: &[String]) -> Vec<Size> {
    let text = numbers::as_digits(text);
    let found = Quantity::find_all(&text).into_iter().filter_map(|(_, quantity)| {
        let measured = sizes::of(stems, &quantity)?;
        Some(Size { name: measured.name.clone(), quantity })
    });
    let mut all: Vec<Size> = Vec::new();
    for size in found {
        if !all.iter().any(|known| known.name == size.name) {
            all.push(size);
        }
    }
    all
}

/// The text without the words at these places and the small words right before them.
fn rest(text: &str, words: &[Word], spent: &[usize]) -> String {
    let is_small = |word: &Word| analyse::is_stop_word(&word.text) || LEADING.contains(&word.text.as_str());
    let mut gone: Vec<usize> = spent.to_vec();
    for place in (0..words.len()).rev() {
        if gone.contains(&(place + 1)) && !gone.contains(&place) && is_small(&words[place]) {
            gone.push(place);
        }
    }
    let kept = (0..words.len()).filter(|place| !gone.contains(place));
    kept.filter_map(|place| text.get(words[place].start..words[place].end)).collect::<Vec<_>>().join(" ")
}
