//! From a shopper's words to a typed query, in the catalog's own vocabulary: "waterproof jacket under $60 in blue, size
//! M" becomes constraints on features, price, colour and size, and the text "jacket".
//!
//! One pass after another takes its words out of the reading: bounds on numbers, named attributes, values of the
//! catalog with what negates them. What is left is the text; synonyms and umbrella words join it. One of its words is the
//! head, which says what is looked for (`bag` of `laptop bag`); it stays in the text whatever else it means.

use commerce::{Currency, Dimension};
use serde::Serialize;

use crate::analyse::{self, Word};
use crate::language::Grammar;
use crate::{Alternative, Constraint, Field, Query, Sort, Vocabulary};

mod ages;
mod bounds;
mod codes;
mod denied;
mod extremes;
mod grades;
mod head;
mod measures;
mod numerals;
mod order;
mod phrases;
mod sales;
mod spelled;
mod spelling;
mod stock;
mod widen;

#[cfg(test)]
mod tests;

pub use spelling::Spellings;

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
    /// Whether what a pack holds is what the order compares the price of: `cheapest per kilo`.
    pub per: Option<Dimension>,
    /// The word of the text that names the kind of goods that is looked for; empty where none does.
    pub head: String,
    /// Words of the text that only say what the goods are for.
    pub context: Vec<String>,
    /// What may be part numbers or trade item numbers.
    pub codes: Vec<String>,
    /// The last word of what is looked for, where it is a word for no kind of goods that is known here: `kettle` of `red
    /// kettle` in a shop of clothes.
    pub named: String,
    /// Words that the catalog does not have at all, and those of `unheld`.
    pub unknown: Vec<String>,
    /// What was asked and is not compared with any goods.
    pub unheld: Vec<Unheld>,
}

/// What was asked and cannot be held against what the catalog states, so that it decides nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unheld {
    /// The shopper's words.
    pub words: String,
    /// Why it is not compared.
    pub why: Why,
}

/// Why something decides nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// The amount is in another currency than the catalog's prices, which are in this one.
    Currency(Currency),
    /// No goods state such a measure.
    Measure,
    /// No goods say for which ages they are.
    Age,
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
        let exact = self.constraints.iter().filter_map(bounds::exactly);
        Query {
            text: self.text.clone(),
            constraints: self.constraints.clone(),
            preferences: self.preferences.iter().cloned().chain(exact).collect(),
            alternatives: self.alternatives.clone(),
            head: self.head.clone(),
            named: self.named.clone(),
            context: self.context.clone(),
            codes: self.codes.clone(),
            sort: self.sort.clone(),
            limit,
            cursor: None,
        }
    }
}

/// Reads a text.
pub fn understand(vocabulary: &Vocabulary, text: &str) -> Understood {
    let text = spelled::with_digits(vocabulary, text);
    let mut reading = Reading::new(vocabulary, &text);
    codes::read(&mut reading);
    ages::read(&mut reading);
    sales::read(&mut reading);
    stock::read(&mut reading);
    spelling::correct(&mut reading);
    order::read(&mut reading);
    denied::avoid(&mut reading);
    head::find(&mut reading);
    grades::read(&mut reading);
    bounds::read(&mut reading);
    phrases::read(&mut reading);
    widen::read(&mut reading);
    order::bind(&mut reading);
    reading.finish()
}

/// A text that is being read: its words, which of them are spent, and what was found.
struct Reading<'a> {
    vocabulary: &'a Vocabulary,
    /// The small words of the language that the text is written in.
    grammar: &'static Grammar,
    source: &'a str,
    tokens: Vec<Token>,
    /// Whether the order that was read is only leant to.
    is_leaning: bool,
    found: Understood,
}

/// A word with what became of it.
#[derive(Clone, Debug)]
struct Token {
    word: Word,
    /// Whether a pass has read it, so that it no longer stands in the text.
    is_spent: bool,
    /// Whether it says nothing of the goods.
    is_stop: bool,
    /// Whether it says what is looked for.
    is_head: bool,
    /// Whether it only says what for: `big house` of `wifi for a big house`.
    is_context: bool,
}

impl Token {
    fn new(word: Word, grammar: &Grammar) -> Self {
        Self {
            is_stop: grammar.is_request(&word.text),
            word,
            is_spent: false,
            is_head: false,
            is_context: false,
        }
    }
}

impl<'a> Reading<'a> {
    fn new(vocabulary: &'a Vocabulary, source: &'a str) -> Self {
        let grammar = vocabulary.language().of_query(source).grammar();
        let words = analyse::words_in(vocabulary.language(), source).into_iter().take(MAX_WORDS);
        let tokens = words.map(|word| Token::new(word, grammar)).collect();
        Self { vocabulary, grammar, source, tokens, is_leaning: false, found: Understood::default() }
    }

    /// The stems of some tokens joined by spaces, if none of them is spent.
    fn key(&self, range: std::ops::Range<usize>) -> Option<String> {
        let tokens = self.tokens.get(range)?;
        let is_free = tokens.iter().all(|token| !token.is_spent);
        is_free.then(|| tokens.iter().map(|token| token.word.stem.as_str()).collect::<Vec<_>>().join(" "))
    }

    /// Whether a word says no more than that goods are meant, and names no category either.
    fn is_general(&self, token: &Token) -> bool {
        self.grammar.is_general(&token.word.text) && !self.vocabulary.is_kind(&token.word.stem)
    }

    /// Whether a word names a category, or another word for it does.
    fn names_kind(&self, token: &Token) -> bool {
        let (vocabulary, stem) = (self.vocabulary, &token.word.stem);
        let lexicon = vocabulary.lexicon();
        let mut others = lexicon.synonyms(stem).iter().chain(lexicon.narrower(stem));
        vocabulary.is_kind(stem) || others.any(|other| vocabulary.is_kind(&lexicon.key(other)))
    }

    /// Whether goods of the kind asked for state a field, as far as is known.
    fn is_stated_of_head(&self, field: &Field) -> bool {
        let head = self.tokens.iter().find(|token| token.is_head);
        head.is_none_or(|head| self.vocabulary.is_stated_of(&head.word.stem, field))
    }

    /// The folded word at a place, unless it is spent.
    fn text(&self, place: usize) -> Option<&str> {
        self.tokens.get(place).filter(|token| !token.is_spent).map(|token| token.word.text.as_str())
    }

    /// Whether this phrase starts at a place.
    fn spells(&self, start: usize, phrase: &[String]) -> bool {
        phrase.iter().enumerate().all(|(at, word)| self.text(start + at) == Some(word.as_str()))
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

    /// Takes words that cannot be compared with anything out of the reading, and notes them.
    fn set_aside(&mut self, range: std::ops::Range<usize>, why: Why) {
        let words = self.words(range.clone());
        self.found.unheld.push(Unheld { words, why });
        self.spend(range);
    }

    fn spend(&mut self, range: std::ops::Range<usize>) {
        for token in self.tokens.get_mut(range).into_iter().flatten() {
            token.is_spent = true;
        }
    }

    /// Whether a word says what is looked for and means nothing else: no kind of goods, no value, and it is no umbrella
    /// over others.
    fn is_unplaced(&self, token: &Token) -> bool {
        let Token { word, .. } = token;
        let lexicon = self.vocabulary.lexicon();
        token.is_head
            && !self.names_kind(token)
            && !self.is_general(token)
            && self.vocabulary.meanings(&word.stem).is_empty()
            && self.vocabulary.attribute_named(&word.stem).is_none()
            && lexicon.narrower(&word.stem).is_empty()
    }

    fn finish(mut self) -> Understood {
        let mut left: Vec<&Token> =
            self.tokens.iter().filter(|token| !token.is_spent && !token.is_stop).collect();
        let is_general = |token: &&Token| self.is_general(token);
        if !self.found.constraints.is_empty() || !left.iter().all(is_general) {
            left.retain(|token| !is_general(token));
        }
        let text = |token: &&Token| token.word.text.clone();
        self.found.text = left.iter().map(text).collect::<Vec<_>>().join(" ");
        let is_binding = |token: &&&Token| token.is_head && self.names_kind(token);
        self.found.head = left.iter().find(is_binding).map(text).unwrap_or_default();
        self.found.context = left.iter().filter(|token| token.is_context).map(text).collect();
        let has_alternative = |word: &str| {
            self.found.alternatives.iter().any(|known| known.word.split(' ').any(|own| own == word))
        };
        let unknown: Vec<String> = left
            .iter()
            .filter(|token| !self.vocabulary.knows(&token.word.stem) && token.word.text.len() > 1)
            .filter(|token| !has_alternative(&token.word.text))
            .map(text)
            .collect();
        self.found.named = left.iter().find(|token| self.is_unplaced(token)).map(text).unwrap_or_default();
        let is_told = |word: &String| {
            let told = |unheld: &Unheld| analyse::words(&unheld.words).iter().any(|own| own.text == *word);
            self.found.unheld.iter().any(told)
        };
        let unheld = self.found.unheld.iter().map(|unheld| unheld.words.clone());
        let unknown = unknown.into_iter().filter(|word| !is_told(word)).chain(unheld).collect();
        self.found.unknown = unknown;
        self.found
    }
}
