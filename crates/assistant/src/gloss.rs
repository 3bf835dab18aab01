//! A question in German, French or Spanish becomes one in English, word by word and with the word order mended, so that the
//! whole pipeline reads it as it reads English.
//!
//! What shoppers' words mean is data: `lexicon/gloss_de.txt` and its sisters. A word that is not there stays as it is, so that
//! names are still found. This is no translation for people: nobody sees it, and quotations stay in the original.

mod book;
mod compounds;
mod numerals;
mod order;
mod orders;
mod reading;
mod tokens;

#[cfg(test)]
mod tests;

use std::ops::Range;

use search::Language;

pub(crate) use book::{GlossBook, is_english};
pub(crate) use orders::order;
pub use reading::Reading;

use tokens::{Token, tokens};

/// A word of English with where its words stand in the source.
#[derive(Clone, Debug, PartialEq)]
struct Piece {
    english: String,
    kind: Kind,
    source: Range<usize>,
    /// Marks behind it, such as a comma.
    marks: String,
}

/// What a glossed word is in its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Noun,
    Adjective,
    Verb,
    /// `is`, `can`, `must`.
    Auxiliary,
    /// `the`, `this`, `a`.
    Determiner,
    Pronoun,
    /// `how much`, `which`.
    Question,
    /// Joins two nouns: `de`.
    Of,
    Other,
    /// Not in the book.
    Unknown,
}

/// The text in English. `kept` are parts of it that are names.
pub(crate) fn english(language: Language, text: &str, kept: &[Range<usize>]) -> Reading {
    let book = GlossBook::of(language);
    let tokens = tokens(language, text);
    let mut pieces = pieces(book, &tokens, kept);
    order::mend(language, text.trim_end().ends_with('?'), &mut pieces);
    reading::join(text, &pieces)
}

/// A sentence of a catalog in English. It asks nothing, so that little of its order has to be mended.
pub(crate) fn statement(language: Language, text: &str) -> String {
    read(language, text).english
}

/// The same with where each word came from.
pub(crate) fn read(language: Language, text: &str) -> Reading {
    if language == Language::English {
        return Reading::plain(text);
    }
    let book = GlossBook::of(language);
    let mut pieces = pieces(book, &tokens(language, text), &[]);
    order::mend_statement(language, &mut pieces);
    reading::join(text, &pieces)
}

/// Each longest phrase of the book as a piece; words that are none as they are.
fn pieces(book: &GlossBook, tokens: &[Token], kept: &[Range<usize>]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let framed = book.frames(tokens);
    let mut place = 0;
    while place < tokens.len() {
        let token = &tokens[place];
        let is_kept = kept.iter().any(|name| name.contains(&token.range.start));
        if let Some(framed) = framed.iter().find(|framed| framed.place == place).filter(|_| !is_kept) {
            // What is one phrase in English has no comma within: `hilf mir, … zu entscheiden`.
            let mut piece = piece(&framed.english, framed.kind, &tokens[place..place + framed.length]);
            piece.marks.retain(|mark| mark != ',');
            pieces.push(piece);
            place += framed.length;
            continue;
        }
        let phrase = if is_kept { None } else { book.longest(&tokens[place..], place == 0) };
        let (english, kind, length) = phrase.unwrap_or_else(|| unknown(book, token, is_kept));
        pieces.push(piece(&english, kind, &tokens[place..place + length]));
        place += length;
    }
    pieces
}

/// A word that the book does not have: a number, a compound of words that it has, or a name.
fn unknown(book: &GlossBook, token: &Token, is_kept: bool) -> (String, Kind, usize) {
    if !is_kept {
        if let Some(number) = numerals::plain(book.language(), &token.text) {
            return (number, Kind::Other, 1);
        }
        if let Some((english, kind)) = compounds::without_zu(book, &token.folded) {
            return (english, kind, 1);
        }
        if let Some((english, kind)) = compounds::split(book, &token.folded) {
            return (english, kind, 1);
        }
    }
    (token.text.clone(), Kind::Unknown, 1)
}

fn piece(english: &str, kind: Kind, tokens: &[Token]) -> Piece {
    let (start, end) = (tokens[0].range.start, tokens[tokens.len() - 1].range.end);
    let marks = tokens[tokens.len() - 1].marks.clone();
    Piece { english: english.to_owned(), kind, source: start..end, marks }
}
