//! The analyser as Tantivy calls it: tokens are stems, joined compounds stand beside their parts, and what a text denies
//! (`no nuts`, `gluten-free`) stands once more with a mark, so that it can be told from what a text says.

use std::collections::HashMap;

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use crate::Language;
use crate::analyse::{each_word, is_joined};
use crate::denials::{Denials, denied};
use crate::language::Stemmer;

/// The name under which the tokenizer is registered.
pub(crate) const STEMS: &str = "stems";
/// Stems remembered before the memory is emptied.
const MAX_REMEMBERED: usize = 50_000;

/// Text to stems. It remembers stems, because a catalog says the same few thousand words over and over.
#[derive(Clone)]
pub(crate) struct Stems {
    language: Language,
    remembered: HashMap<String, String>,
    tokens: Vec<Token>,
}

impl Stems {
    /// The tokenizer of a catalog in this language.
    pub(crate) fn new(language: Language) -> Self {
        Self { language, remembered: HashMap::new(), tokens: Vec::new() }
    }
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
        let stemmer = self.language.stemmer();
        let (remembered, tokens) = (&mut self.remembered, &mut self.tokens);
        let mut compound = Compound::default();
        let mut denials = Denials::new(self.language.grammar(), text);
        let mut position = 0;
        each_word(text, |word, start, end| {
            let is_letters = word.chars().all(char::is_alphabetic);
            if !(is_letters && compound.is_letters && is_joined(text, compound.end, start)) {
                compound.finish(&stemmer, tokens);
                compound = Compound { position, start, is_letters, ..Compound::default() };
            }
            compound.parts += 1;
            compound.text.push_str(&word);
            compound.end = end;
            denials.read(&word, start, end, |word| {
                tokens.push(token(denied(&stemmer.stem(word)), position, start, end));
            });
            let stem = match remembered.get(&word) {
                Some(stem) => stem.clone(),
                None => {
                    let stem = stemmer.stem(&word);
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
            let stem = stemmer.stem(&self.text);
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
