//! Noun phrases: runs of nouns, and which of them stand together often enough to be one thing.

use std::collections::HashMap;
use std::ops::Range;

use crate::grammar::Class;
use crate::nouns::is_noun;
use crate::vocabulary::{StemId, Vocabulary, WordId};

/// Words of a phrase.
pub(crate) const MAX_WORDS: usize = 3;
/// A phrase of several words stands together so often at least,
const LEAST_TOGETHER: u32 = 2;
/// and in this share of the uses of its rarer word.
const LEAST_SHARE: f32 = 0.12;

/// A phrase by the stems of its words; 0 where there are fewer.
pub(crate) type Key = [StemId; MAX_WORDS];

/// How often runs of nouns are used.
#[derive(Default)]
pub(crate) struct Phrases {
    counts: HashMap<Key, u32>,
}

/// The runs of nouns in a sentence.
pub(crate) fn runs(vocabulary: &Vocabulary, words: &[WordId]) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (place, word) in words.iter().enumerate() {
        if !is_noun(vocabulary.entry(*word)) || is_verb_here(vocabulary, words, place) {
            continue;
        }
        match found.last_mut().filter(|run| run.end == place) {
            Some(run) => run.end = place + 1,
            None => found.push(place..place + 1),
        }
    }
    found
}

/// Whether a word that is mostly a noun is a verb where it stands: `I use`, `did not work`.
fn is_verb_here(vocabulary: &Vocabulary, words: &[WordId], place: usize) -> bool {
    let class =
        |back: usize| place.checked_sub(back).map_or(Class::Stop, |place| vocabulary.class(words[place]));
    match class(1) {
        Class::Subject | Class::Modal => true,
        Class::Negation => matches!(class(2), Class::Do | Class::Modal),
        _ => false,
    }
}

/// The key of a phrase.
pub(crate) fn key(vocabulary: &Vocabulary, words: &[WordId]) -> Key {
    let mut key = [0; MAX_WORDS];
    for (place, word) in words.iter().take(MAX_WORDS).enumerate() {
        key[place] = vocabulary.stem(*word);
    }
    key
}

impl Phrases {
    /// Counts every part of a run.
    pub(crate) fn count(&mut self, vocabulary: &Vocabulary, words: &[WordId]) {
        for length in 1..=MAX_WORDS.min(words.len()) {
            for part in words.windows(length) {
                *self.counts.entry(key(vocabulary, part)).or_default() += 1;
            }
        }
    }

    fn of(&self, key: &Key) -> u32 {
        self.counts.get(key).copied().unwrap_or(0)
    }

    /// Whether several words are one thing.
    fn is_one(&self, vocabulary: &Vocabulary, words: &[WordId]) -> bool {
        let together = self.of(&key(vocabulary, words));
        let rarest = words.iter().map(|word| self.of(&key(vocabulary, std::slice::from_ref(word)))).min();
        together >= LEAST_TOGETHER && together as f32 >= LEAST_SHARE * rarest.unwrap_or(0) as f32
    }

    /// The things that a run speaks of: the longest that stand together, else its last word.
    pub(crate) fn split(
        &self,
        vocabulary: &Vocabulary,
        words: &[WordId],
        run: Range<usize>,
    ) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        let mut end = run.end;
        while end > run.start {
            let longest = (2..=MAX_WORDS.min(end - run.start))
                .rev()
                .find(|length| self.is_one(vocabulary, &words[end - length..end]));
            let start = end - longest.unwrap_or(1);
            if longest.is_some() || end == run.end {
                found.push(start..end);
            }
            end = start;
        }
        found
    }
}
