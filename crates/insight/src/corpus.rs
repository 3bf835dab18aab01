//! Reviews as numbers: each word once, each sentence the numbers of its words. Reviews come in one by one.
//!
//! A sentence of n words takes 4 n + 16 bytes, a review 16; texts are not kept.

use std::collections::HashSet;

use crate::language::Language;
use crate::nouns;
use crate::text::pieces;
use crate::vocabulary::{StemId, Vocabulary, WordId};

/// What is known of a review besides its words.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Review {
    /// From 0 to 1; `None` where no rating was given.
    pub rating: Option<f32>,
}

/// Ratings from here on praise.
const PRAISES: f32 = 0.7;
/// Ratings up to here fault.
const FAULTS: f32 = 0.3;
/// Pieces of one sentence beyond this are left out.
const MAX_PIECES: usize = 160;

/// Reviews that can be mined.
pub struct Corpus {
    pub(crate) vocabulary: Vocabulary,
    pub(crate) words: Vec<WordId>,
    pub(crate) sentences: Vec<Span>,
    pub(crate) reviews: Vec<Review>,
    /// How many reviews praise and how many fault, by their stars.
    pub(crate) stars: [u32; 2],
    /// Reviews counted in word statistics so far, kept or only learned from.
    seen: u32,
    line: Vec<WordId>,
}

/// A sentence.
#[derive(Clone, Copy)]
pub(crate) struct Span {
    pub(crate) review: u32,
    start: u32,
    end: u32,
}

impl Corpus {
    /// No reviews.
    pub fn new(language: Language) -> Self {
        Self {
            vocabulary: Vocabulary::new(language),
            words: Vec::new(),
            sentences: Vec::new(),
            reviews: Vec::new(),
            stars: [0; 2],
            seen: 0,
            line: Vec::new(),
        }
    }

    /// Adds a review; its sentences are numbered on from the last one. What comes back is the review's number.
    pub fn review<'a>(&mut self, review: Review, sentences: impl IntoIterator<Item = &'a str>) -> usize {
        let number = self.reviews.len();
        self.reviews.push(review);
        self.open(review);
        for sentence in sentences {
            self.read(sentence, review);
            let start = self.words.len() as u32;
            self.words.extend_from_slice(&self.line);
            self.sentences.push(Span { review: number as u32, start, end: self.words.len() as u32 });
        }
        number
    }

    /// Learns from a review how words are used, without counting what it says.
    pub fn learn<'a>(&mut self, review: Review, sentences: impl IntoIterator<Item = &'a str>) {
        self.open(review);
        for sentence in sentences {
            self.read(sentence, review);
        }
    }

    /// How many sentences there are.
    pub fn len(&self) -> usize {
        self.sentences.len()
    }

    /// Whether there is no sentence.
    pub fn is_empty(&self) -> bool {
        self.sentences.is_empty()
    }

    /// The bytes that the corpus takes.
    pub fn bytes(&self) -> usize {
        let words = self.vocabulary.entries.iter().map(|entry| 2 * entry.text.len() + 120).sum::<usize>();
        words + self.words.len() * 4 + self.sentences.len() * 12 + self.reviews.len() * 8
    }

    /// The stem that a word has here.
    pub fn stem(&self, word: &str) -> String {
        self.vocabulary.stem_of(&word.to_lowercase())
    }

    /// The numbers of the stems of these words, as far as they are written here.
    pub(crate) fn stem_ids(&self, words: &[String]) -> HashSet<StemId> {
        let stems: HashSet<String> = words.iter().map(|word| self.stem(word)).collect();
        let all = 0..self.vocabulary.stem_count() as StemId;
        all.filter(|stem| stems.contains(self.vocabulary.stem_name(*stem))).collect()
    }

    pub(crate) fn words_of(&self, span: Span) -> &[WordId] {
        &self.words[span.start as usize..span.end as usize]
    }

    fn open(&mut self, review: Review) {
        self.seen += 1;
        if let Some(side) = side(review) {
            self.stars[side] += 1;
        }
    }

    /// Reads one sentence into `line` and counts how its words are used.
    fn read(&mut self, sentence: &str, review: Review) {
        self.line.clear();
        let (line, vocabulary) = (&mut self.line, &mut self.vocabulary);
        pieces(sentence, |piece| {
            if line.len() < MAX_PIECES {
                line.push(vocabulary.id(piece));
            }
        });
        nouns::count_uses(vocabulary, line);
        let Some(side) = side(review) else { return };
        for word in line.iter() {
            let entry = &mut vocabulary.entries[*word as usize];
            if entry.counted != self.seen {
                entry.counted = self.seen;
                entry.stars[side] += 1;
            }
        }
    }
}

/// 0 where the stars praise, 1 where they fault.
fn side(review: Review) -> Option<usize> {
    match review.rating {
        Some(rating) if rating >= PRAISES => Some(0),
        Some(rating) if rating <= FAULTS => Some(1),
        _ => None,
    }
}
