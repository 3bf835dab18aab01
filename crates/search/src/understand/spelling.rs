//! Words that the catalog does not know, read as ones that it does: typos within one or two edits, words written
//! together or apart (`back pack`, `sleepingbag`).

use super::{Correction, Reading, Token};
use crate::Vocabulary;
use crate::analyse;
use crate::vocabulary::Words;

/// Shorter words are left as they are: too many others are near.
const MIN_LENGTH: usize = 4;
/// From this length on two edits are allowed.
const TWO_EDITS_FROM: usize = 8;
/// The shortest part of a word that is split.
const MIN_PART: usize = 3;
/// From this length on a letter may stand for another one.
const REPLACED_FROM: usize = 6;

/// Words among which the nearest to a misspelt one is found, for vocabularies beside the catalog's.
#[derive(Clone, Debug, Default)]
pub struct Spellings(Words);

impl Spellings {
    /// Takes the words, in any order.
    pub fn new(words: impl IntoIterator<Item = String>) -> Self {
        Self(Words::new(words.into_iter().map(|word| (word, 1)), crate::Language::English))
    }

    /// The word that was meant: one edit away, or two in a long word.
    pub fn nearest(&self, word: &str) -> Option<String> {
        let length = word.chars().count();
        let allowed = if length < TWO_EDITS_FROM { 1 } else { 2 };
        (length >= MIN_LENGTH).then(|| nearest(&self.0, word, allowed)).flatten()
    }
}

pub(super) fn correct(reading: &mut Reading<'_>) {
    join_split_words(reading);
    for place in 0..reading.tokens.len() {
        let Token { word, is_stop, .. } = &reading.tokens[place];
        let is_word = word.text.chars().count() >= MIN_LENGTH && word.text.chars().all(char::is_alphabetic);
        if *is_stop || !is_word || is_known(reading, &word.text, &word.stem) {
            continue;
        }
        let corrected = corrected(reading.vocabulary, &word.text);
        if let Some(corrected) = corrected {
            replace(reading, place, &corrected);
        }
    }
}

fn is_known(reading: &Reading<'_>, word: &str, stem: &str) -> bool {
    let vocabulary = reading.vocabulary;
    let is_small = || reading.grammar.is_small(word) || reading.grammar.denied_in(word).is_some();
    vocabulary.knows(stem)
        || is_common(reading, word)
        || vocabulary.lexicon().mentions(stem)
        || vocabulary.is_kind(stem)
        || is_small()
}

/// Whether a word is a common one of the catalog's language, in which the text is written. One of another language may well stand for
/// its sister: `mould` for `moule`.
fn is_common(reading: &Reading<'_>, word: &str) -> bool {
    let language = reading.vocabulary.language();
    language.of_query(reading.source) == language && language.is_common(word)
}

/// One edit is likelier than a missing space, and a missing space than two edits.
fn corrected(vocabulary: &Vocabulary, word: &str) -> Option<String> {
    let near = |allowed| {
        let lists = [&vocabulary.spellings, &vocabulary.words];
        lists.into_iter().find_map(|words| nearest(words, word, allowed))
    };
    let apart = || split(vocabulary, word).map(|(left, right)| format!("{left} {right}"));
    let far = || near(2).filter(|_| word.chars().count() >= TWO_EDITS_FROM);
    near(1).or_else(apart).or_else(far)
}

/// `back pack` is `backpack` where the catalog has only the latter.
fn join_split_words(reading: &mut Reading<'_>) {
    let mut at = 0;
    while at + 1 < reading.tokens.len() {
        let (first, second) = (&reading.tokens[at].word, &reading.tokens[at + 1].word);
        let joined = format!("{}{}", first.text, second.text);
        let count = |stem: &str| reading.vocabulary.count(stem);
        let is_small = |word: &str| reading.grammar.is_small(word);
        let is_better = first.text.len() > 1
            && !is_small(&first.text)
            && !is_small(&second.text)
            && second.text.len() > 1
            && joined.chars().all(char::is_alphabetic)
            && count(&reading.vocabulary.key(&joined)) > 2 * count(&first.stem).min(count(&second.stem));
        if is_better {
            let end = second.end;
            reading.tokens.remove(at + 1);
            reading.tokens[at].word.end = end;
            replace_word(reading, at, &joined);
        }
        at += 1;
    }
}

/// Two known words that a word is made of.
pub(super) fn split(vocabulary: &Vocabulary, word: &str) -> Option<(String, String)> {
    let places = word.char_indices().map(|(place, _)| place);
    places
        .filter(|place| *place >= MIN_PART && word.len() - place >= MIN_PART)
        .filter_map(|place| {
            let (left, right) = word.split_at(place);
            let count = |part: &str| vocabulary.count(&vocabulary.key(part));
            let score = count(left).min(count(right));
            (score > 0).then(|| (score, left.to_owned(), right.to_owned()))
        })
        .max_by_key(|(score, ..)| *score)
        .map(|(_, left, right)| (left, right))
}

/// The nearest known word. Typos hardly ever change the first letter, but for a swap with the second (Pollock and Zamora,
/// 1984): `weather` is not `leather`. In a short word another letter makes another word: `food` is not `foot`.
fn nearest(words: &Words, word: &str, allowed: usize) -> Option<String> {
    let typed: Vec<char> = word.chars().collect();
    let mut first: Vec<char> = typed.iter().take(2).copied().collect();
    first.dedup();
    let is_likely = |known: &str| {
        let known: Vec<char> = known.chars().collect();
        let is_swapped = known.first() == typed.get(1) && known.get(1) == typed.first();
        let is_short = typed.len() < REPLACED_FROM && known.len() == typed.len();
        (known.first() == typed.first() || is_swapped) && (!is_short || is_permutation(&typed, &known))
    };
    words.nearest(&typed, &first, allowed, is_likely).map(|(_, found)| found.to_owned())
}

fn is_permutation(left: &[char], right: &[char]) -> bool {
    let (mut left, mut right) = (left.to_vec(), right.to_vec());
    left.sort_unstable();
    right.sort_unstable();
    left == right
}

fn replace(reading: &mut Reading<'_>, place: usize, to: &str) {
    let from = reading.tokens[place].word.text.clone();
    replace_word(reading, place, to);
    reading.found.corrections.push(Correction { from, to: to.to_owned() });
}

/// Puts other words in the place of one; they keep its place in the shopper's text.
fn replace_word(reading: &mut Reading<'_>, place: usize, to: &str) {
    let old = reading.tokens[place].clone();
    let words = analyse::words_in(reading.vocabulary.language(), to).into_iter().map(|mut word| {
        (word.start, word.end) = (old.word.start, old.word.end);
        Token::new(word, reading.grammar)
    });
    let words: Vec<Token> = words.collect();
    reading.tokens.splice(place..=place, words);
}
