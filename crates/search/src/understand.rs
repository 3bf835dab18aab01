//! From a shopper's words to a typed query, in the catalog's own vocabulary: "waterproof jacket under $60 in blue, size
//! M" becomes constraints on features, price, colour and size, and the text "jacket".
//!
//! One pass after another takes its words out of the reading: bounds on numbers, named attributes, values of the
//! catalog with what negates them. What is left is the text; synonyms and umbrella words join it.

use serde::Serialize;

use crate::analyse::{self, Word};
use crate::{Alternative, Constraint, Query, Sort, Vocabulary};

mod bounds;
mod comparator_table;
mod order;
mod phrases;
mod spelling;
mod stop_table;
mod widen;

#[cfg(test)]
mod tests;

use stop_table::is_stop_word;

/// Queries longer than this are cut: nobody searches with more words.
const MAX_WORDS: usize = 64;

/// What a text was read as. Shown to the shopper as removable parts.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Understood {
    /// The words that are matched against the text of products.
    pub text: String,
    /// What must hold.
    pub constraints: Vec<Constraint>,
    /// What is liked.
    pub preferences: Vec<Constraint>,
    /// Other words that count for words of the text.
    pub alternatives: Vec<Alternative>,
    /// Words that were read as other words.
    pub corrections: Vec<Correction>,
    /// The order that was asked for.
    pub sort: Sort,
    /// Words that the catalog does not have at all.
    pub unknown: Vec<String>,
}

/// A word that the catalog does not know, read as one that it does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Correction {
    /// As typed.
    pub from: String,
    /// As read.
    pub to: String,
}

impl Understood {
    /// The query that asks for this.
    pub fn query(&self, limit: usize) -> Query {
        Query {
            text: self.text.clone(),
            constraints: self.constraints.clone(),
            preferences: self.preferences.clone(),
            alternatives: self.alternatives.clone(),
            sort: self.sort,
            limit,
            cursor: None,
        }
    }
}

/// Reads a text.
pub fn understand(vocabulary: &Vocabulary, text: &str) -> Understood {
    let mut reading = Reading::new(text);
    spelling::correct(vocabulary, &mut reading);
    order::read(&mut reading);
    bounds::read(vocabulary, &mut reading);
    phrases::read(vocabulary, &mut reading);
    widen::read(vocabulary, &mut reading);
    reading.finish(vocabulary)
}

/// A text that is being read: its words, which of them are spent, and what was found.
struct Reading<'a> {
    source: &'a str,
    tokens: Vec<Token>,
    found: Understood,
}

/// A word with what became of it.
#[derive(Clone, Debug)]
struct Token {
    word: Word,
    /// Whether a pass has read it, so that it no longer stands in the text.
    is_spent: bool,
}

impl Token {
    fn is_stop(&self) -> bool {
        is_stop_word(&self.word.text)
    }
}

impl<'a> Reading<'a> {
    fn new(source: &'a str) -> Self {
        let words = analyse::words(source).into_iter().take(MAX_WORDS);
        let tokens = words.map(|word| Token { word, is_spent: false }).collect();
        Self { source, tokens, found: Understood::default() }
    }

    /// The stems of some tokens joined by spaces, if none of them is spent.
    fn key(&self, range: std::ops::Range<usize>) -> Option<String> {
        let tokens = self.tokens.get(range)?;
        let is_free = tokens.iter().all(|token| !token.is_spent);
        is_free.then(|| tokens.iter().map(|token| token.word.stem.as_str()).collect::<Vec<_>>().join(" "))
    }

    /// The shopper's own letters of some tokens.
    fn words(&self, range: std::ops::Range<usize>) -> String {
        let (first, last) = (self.tokens.get(range.start), self.tokens.get(range.end.saturating_sub(1)));
        match (first, last) {
            (Some(first), Some(last)) => {
                self.source.get(first.word.start..last.word.end).unwrap_or_default().to_owned()
            }
            _ => String::new(),
        }
    }

    fn spend(&mut self, range: std::ops::Range<usize>) {
        for token in self.tokens.get_mut(range).into_iter().flatten() {
            token.is_spent = true;
        }
    }

    fn finish(mut self, vocabulary: &Vocabulary) -> Understood {
        let left: Vec<&Word> =
            self.tokens.iter().filter(|token| !token.is_spent && !token.is_stop()).map(|t| &t.word).collect();
        self.found.text = left.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
        self.found.unknown = left
            .iter()
            .filter(|word| !vocabulary.knows(&word.stem) && word.text.len() > 1)
            .filter(|word| self.found.alternatives.iter().all(|known| known.word != word.text))
            .map(|word| word.text.clone())
            .collect();
        self.found
    }
}
