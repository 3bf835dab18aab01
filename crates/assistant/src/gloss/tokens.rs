//! The words of a text with the marks behind them.

use std::ops::Range;

use search::Language;
use search::analyse;

/// A word as typed, with its forms that are looked up.
#[derive(Clone, Debug)]
pub(super) struct Token {
    pub(super) text: String,
    /// In small letters.
    pub(super) lower: String,
    /// In small letters without accents.
    pub(super) folded: String,
    /// In its language.
    pub(super) stem: String,
    pub(super) range: Range<usize>,
    /// Punctuation behind it.
    pub(super) marks: String,
}

/// Marks that are kept in the English text.
const MARKS: &[char] = &['?', '!', '.', ',', ';', ':', '"', '“', '”', '(', ')'];
/// Letters before an apostrophe that stand for a word of their own: `l'eau`, `qu'il`.
const ELIDED: &[&str] = &["l", "d", "j", "n", "s", "c", "m", "t", "qu", "jusqu", "lorsqu", "puisqu"];

/// The words of a text. Words of French fall apart at hyphens (`peut-on`) and apostrophes.
pub(super) fn tokens(language: Language, text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut from = 0;
    while let Some(start) = text[from..].find(is_of_word).map(|at| from + at) {
        if let Some(last) = tokens.last_mut() {
            last.marks = text[from..start].chars().filter(|c| MARKS.contains(c)).collect();
        }
        let end = end_of_word(language, text, start);
        tokens.push(token(language, &text[start..end], start));
        from = end;
    }
    if let Some(last) = tokens.last_mut() {
        last.marks = text[from..].chars().filter(|c| MARKS.contains(c)).collect();
    }
    tokens
}

fn token(language: Language, text: &str, start: usize) -> Token {
    let words = analyse::words_in(language, text);
    let join = |own: fn(&analyse::Word) -> &str| words.iter().map(own).collect::<Vec<_>>().join(" ");
    Token {
        text: text.to_owned(),
        lower: text.to_lowercase(),
        folded: join(|word| &word.text),
        stem: join(|word| &word.stem),
        range: start..start + text.len(),
        marks: String::new(),
    }
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '€' | '$' | '£' | '%' | '°')
}

fn end_of_word(language: Language, text: &str, start: usize) -> usize {
    let mut chars = text[start..].char_indices().peekable();
    let mut before = ' ';
    while let Some((place, c)) = chars.next() {
        let next = chars.peek().map_or(' ', |(_, next)| *next);
        let is_inside = match c {
            '.' | ',' => before.is_ascii_digit() && next.is_ascii_digit(),
            '-' | '/' | '&' => {
                language != Language::French && before.is_alphanumeric() && next.is_alphanumeric()
            }
            '\'' | '’' => {
                let elided = text[start..start + place].to_lowercase();
                next.is_alphabetic() && !ELIDED.contains(&elided.as_str())
            }
            c => is_of_word(c),
        };
        if !is_inside {
            return start + place;
        }
        before = c;
    }
    text.len()
}
