//! Names and sentences.

use super::random::Random;

/// How many words there are beside those of the sentences, from common to rare.
const VOCABULARY: usize = 30_000;

pub(super) const ADJECTIVES: &[&str] = &[
    "Light",
    "Compact",
    "Classic",
    "Everyday",
    "Deluxe",
    "Slim",
    "Rugged",
    "Soft",
    "Portable",
    "Modern",
    "Premium",
    "Quiet",
    "Folding",
    "Insulated",
    "Wireless",
    "Natural",
    "Essential",
    "Professional",
    "Outdoor",
    "Recycled",
];

const SYLLABLES: &[&str] = &[
    "al", "ba", "bel", "bor", "ca", "cor", "da", "del", "dor", "el", "fa", "fen", "ga", "gor", "ha", "hel",
    "in", "ka", "kel", "la", "len", "lo", "ma", "mer", "mo", "na", "nor", "o", "pa", "pel", "ra", "ren",
    "ro", "sa", "sel", "sto", "ta", "ten", "tor", "u", "va", "ver", "vi", "wen", "wil", "za",
];

const OPENINGS: &[&str] = &[
    "Made for",
    "Built for",
    "Designed with care for",
    "A dependable choice for",
    "Ideal for",
    "Our favourite for",
    "Tested over years of",
    "Ready for",
];

const MIDDLES: &[&str] = &[
    "it keeps its shape after long use",
    "every part can be replaced",
    "it packs away in seconds",
    "the finish resists scratches",
    "it is easy to clean",
    "the seams are reinforced",
    "it comes with a storage bag",
    "it needs no tools to set up",
    "the weight is well balanced",
    "it stays quiet while in use",
    "the colours do not fade",
    "the grip is comfortable for small hands",
];

const PRAISE: &[&str] = &[
    "works exactly as described",
    "I use it every day",
    "better than the one I had before",
    "arrived well packed",
    "great value for the price",
    "my whole family likes it",
    "feels solid",
];

const COMPLAINTS: &[&str] = &[
    "broke after two weeks",
    "smaller than I expected",
    "the colour is different from the picture",
    "the instructions are poor",
    "it smells odd at first",
    "too heavy for me",
    "I sent it back",
];

/// A name of two to four syllables; the same number gives the same name.
pub(super) fn name(number: u64) -> String {
    let word = word(number);
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn word(number: u64) -> String {
    let mut random = Random::new(7, number);
    let count = 2 + random.below(3);
    (0..count).map(|_| *random.pick(SYLLABLES)).collect()
}

/// Writes texts about a thing.
pub(super) struct Prose<'a> {
    random: &'a mut Random,
    uses: &'a [&'static str],
}

impl<'a> Prose<'a> {
    pub(super) fn new(random: &'a mut Random, uses: &'a [&'static str]) -> Self {
        Self { random, uses }
    }

    /// Two to five sentences.
    pub(super) fn description(&mut self, noun: &str) -> String {
        let opening = format!("{} {}.", self.random.pick(OPENINGS), self.random.pick(self.uses));
        let mut sentences = vec![opening];
        for _ in 0..1 + self.random.below(4) {
            let words = self.words(6);
            let middle = *self.random.pick(MIDDLES);
            sentences.push(format!("With its {words} this {} means that {middle}.", noun.to_lowercase()));
        }
        sentences.join(" ")
    }

    /// One to three sentences that fit the stars.
    pub(super) fn review(&mut self, stars: f32) -> String {
        let mut sentences = Vec::new();
        for _ in 0..1 + self.random.below(3) {
            let is_praise = self.random.fraction() * 5.0 < f64::from(stars);
            let said = *self.random.pick(if is_praise { PRAISE } else { COMPLAINTS });
            sentences.push(format!("The {} {}, {said}.", self.words(1), self.words(2)));
        }
        sentences.join(" ")
    }

    fn words(&mut self, count: usize) -> String {
        let words: Vec<String> = (0..count).map(|_| word(self.random.zipf(VOCABULARY) as u64)).collect();
        words.join(" ")
    }
}
