//! The analyser as Tantivy calls it: tokens are stems, and joined compounds stand beside their parts.

use std::collections::HashMap;

use rust_stemmers::{Algorithm, Stemmer};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use crate::analyse::{each_word, stem_with};

/// The name under which the tokenizer is registered.
pub(crate) const STEMS: &str = "stems";
/// Stems remembered before the memory is emptied.
const MAX_REMEMBERED: usize = 50_000;

/// Text to stems. It remembers stems, because a catalog says the same few thousand words over and over.
#[derive(Clone, Default)]
pub(crate) struct Stems {
    remembered: HashMap<String, String>,
    tokens: Vec<Token>,
}

/// The tokens of one text.
pub(crate) struct StemStream<'a> {
    tokens: &'a mut Vec<Token>,
    next: usize,
}

impl Tokenizer for Stems {
    type TokenStream<'a> = StemStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> StemStream<'a> {
        self.tokens.clear();
        if self.remembered.len() > MAX_REMEMBERED {
            self.remembered.clear();
        }
        let stemmer = Stemmer::create(Algorithm::English);
        let (remembered, tokens) = (&mut self.remembered, &mut self.tokens);
        let mut compound = Compound::default();
        let mut position = 0;
        each_word(text, |word, start, end| {
            let is_letters = word.chars().all(char::is_alphabetic);
            let is_joined = matches!(text.get(compound.end..start), Some("-" | "‐" | "‑"));
            if !(is_letters && compound.is_letters && is_joined) {
                compound.finish(&stemmer, tokens);
                compound = Compound { position, start, is_letters, ..Compound::default() };
            }
            compound.parts += 1;
            compound.text.push_str(&word);
            compound.end = end;
            let stem = match remembered.get(&word) {
                Some(stem) => stem.clone(),
                None => {
                    let stem = stem_with(&stemmer, &word);
                    remembered.insert(word, stem.clone());
                    stem
                }
            };
            tokens.push(token(stem, position, start, end));
            position += 1;
        });
        compound.finish(&stemmer, tokens);
        StemStream { tokens, next: 0 }
    }
}

fn token(text: String, position: usize, start: usize, end: usize) -> Token {
    Token { offset_from: start, offset_to: end, position, text, position_length: 1 }
}

/// The compound that the words since `start` may become.
#[derive(Default)]
struct Compound {
    text: String,
    position: usize,
    start: usize,
    end: usize,
    parts: usize,
    is_letters: bool,
}

impl Compound {
    fn finish(&mut self, stemmer: &Stemmer, tokens: &mut Vec<Token>) {
        if self.parts > 1 {
            let stem = stem_with(stemmer, &self.text);
            tokens.push(token(stem, self.position, self.start, self.end));
        }
    }
}

impl TokenStream for StemStream<'_> {
    fn advance(&mut self) -> bool {
        self.next += 1;
        self.next <= self.tokens.len()
    }

    fn token(&self) -> &Token {
        &self.tokens[self.next - 1]
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.tokens[self.next - 1]
    }
}
