//! Questions in the shopper's own language, told as statements.

use std::ops::Range;

use search::Language;

use super::words::Words;
use super::{MAX_WORDS, Restated, french, german, spanish};

/// A word of a question as it was typed.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Token {
    pub(super) text: String,
    /// Whether it is of a product's name.
    pub(super) is_name: bool,
}

impl Token {
    pub(super) fn word(text: &str) -> Self {
        Self { text: text.to_owned(), is_name: false }
    }

    pub(super) fn is_capital(&self) -> bool {
        self.text.starts_with(char::is_uppercase)
    }

    pub(super) fn is_number(&self) -> bool {
        self.text.starts_with(|c: char| c.is_ascii_digit())
    }
}

/// Tells a question as a statement of its language; `name` is where it names a product.
pub(super) fn restated(language: Language, text: &str, name: Option<Range<usize>>) -> Option<Restated> {
    let words = Words::of(language)?;
    let tokens = plain(text, name)?;
    match language {
        Language::English => None,
        Language::German => german::restated(words, &tokens),
        Language::French => french::restated(words, &tokens),
        Language::Spanish => spanish::restated(words, &tokens),
    }
}

/// The words of a question of one clause; `None` where it has more, or is shouted.
fn plain(text: &str, name: Option<Range<usize>>) -> Option<Vec<Token>> {
    let ends = |c: char| matches!(c, '?' | '!' | '.') || c.is_whitespace();
    let text = text.trim_end_matches(ends);
    let is_shouted = !text.contains(char::is_lowercase);
    let mut tokens: Vec<Token> = Vec::new();
    for word in text.split_whitespace() {
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        let bare = word.trim_start_matches(['¿', '¡']);
        let is_name = name.as_ref().is_some_and(|name| start < name.end && name.start < start + word.len());
        let is_number = bare.starts_with(|c: char| c.is_ascii_digit());
        let is_plain = |c: char| {
            c.is_alphanumeric()
                || matches!(c, '-' | '\'' | '’' | '€' | '$' | '£' | '%' | '°' | '/' | '&' | '+')
                || is_number && matches!(c, '.' | ',')
        };
        if bare.is_empty() || !bare.chars().all(is_plain) || bare.ends_with(['.', ',']) {
            return None;
        }
        tokens.push(Token { text: bare.to_owned(), is_name });
    }
    let is_short = (2..=MAX_WORDS).contains(&tokens.len());
    (is_short && !is_shouted).then_some(tokens)
}

/// Words as a text.
pub(super) fn join(tokens: &[Token]) -> String {
    tokens.iter().map(|token| token.text.as_str()).collect::<Vec<_>>().join(" ")
}
