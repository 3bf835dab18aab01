//! What a slot of a pattern takes.

use crate::grammar::GRAMMAR;
use crate::words::Word;

/// The most words of something that has no list.
const MAX_FREE_WORDS: usize = 3;
/// The most words of a phrase of a list.
const MAX_LISTED_WORDS: usize = 4;
/// The most words of a text.
const MAX_TEXT_WORDS: usize = 60;

/// A kind of slot.
#[derive(Debug)]
pub(crate) enum Slot {
    /// A size: letters, numbers, a waist and a length.
    Size,
    /// A size in letters.
    Letters,
    /// A size that is a number.
    NumberedSize,
    /// A whole number.
    Number,
    /// Some words that name something, and nothing that was shown.
    Free,
    /// Any words.
    Text,
    /// A phrase of this list.
    Listed(String),
}

impl Slot {
    pub(crate) fn parse(name: &str) -> Self {
        match name {
            "size" => Self::Size,
            "letters" => Self::Letters,
            "numbered" => Self::NumberedSize,
            "number" => Self::Number,
            "free" => Self::Free,
            "text" => Self::Text,
            list => Self::Listed(list.to_owned()),
        }
    }

    pub(crate) fn most_words(&self) -> usize {
        match self {
            Self::Size | Self::Letters | Self::NumberedSize => 3,
            Self::Number => 1,
            Self::Free => MAX_FREE_WORDS,
            Self::Listed(_) => MAX_LISTED_WORDS,
            Self::Text => MAX_TEXT_WORDS,
        }
    }

    /// What is kept of some words, if they fill it.
    pub(crate) fn fill(&self, words: &[Word], typed: &str) -> Option<String> {
        match self {
            Self::Size => lettered(words).or_else(|| numbered(words, typed)),
            Self::Letters => lettered(words),
            Self::NumberedSize => numbered(words, typed),
            Self::Number => typed.parse::<u32>().ok().filter(|number| *number > 0).map(|n| n.to_string()),
            Self::Free => {
                let is_loose = |word: &Word| GRAMMAR.is_in("loose", &word.text) || word.text.len() < 2;
                (!words.iter().any(is_loose)).then(|| typed.to_owned())
            }
            Self::Text => Some(typed.to_owned()),
            Self::Listed(list) => {
                let said: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
                let said = said.join(" ");
                GRAMMAR.is_in(list, &said).then_some(said)
            }
        }
    }
}

/// `m`, `xl`, `3xl`, `medium` as letters.
fn lettered(words: &[Word]) -> Option<String> {
    let said: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
    let said = said.join(" ");
    if let Some(letters) = GRAMMAR.spelled_size(&said) {
        return Some(letters.to_uppercase());
    }
    let digits = said.trim_start_matches(|c: char| c.is_ascii_digit());
    let crosses = digits.trim_start_matches('x');
    let is_size = digits.len() <= 4
        && said.len() - digits.len() <= 1
        && match crosses {
            "s" | "l" => true,
            "m" => digits == "m" && said == "m",
            _ => false,
        };
    is_size.then(|| said.to_uppercase())
}

/// `42`, `9.5`, `32/34`, `eu 42`, as typed but for a region in capitals.
fn numbered(words: &[Word], typed: &str) -> Option<String> {
    let is_region = |word: &Word| GRAMMAR.is_in("region", &word.text);
    let is_number = |word: &Word| {
        let digits = word.text.trim_start_matches('w');
        let is_made = digits.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '/' | '½'));
        is_made && digits.starts_with(|c: char| c.is_ascii_digit()) && digits.len() <= 7
    };
    match words {
        [number] if is_number(number) => Some(typed.to_uppercase()),
        [region, number] | [number, region] if is_region(region) && is_number(number) => {
            Some(typed.to_uppercase())
        }
        _ => None,
    }
}
