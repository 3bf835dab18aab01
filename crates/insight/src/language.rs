//! The languages that there are tables for.

use std::sync::LazyLock;

use rust_stemmers::{Algorithm, Stemmer};

use crate::grammar::Grammar;
use crate::sentiment::Sentiment;

/// A language that reviews are read in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// English.
    #[default]
    English,
}

/// What is known of a language.
pub(crate) struct Tables {
    pub(crate) grammar: Grammar,
    pub(crate) sentiment: Sentiment,
    pub(crate) stemmer: Stemmer,
}

static ENGLISH: LazyLock<Tables> = LazyLock::new(|| {
    let stemmer = Stemmer::create(Algorithm::English);
    Tables {
        grammar: Grammar::parse(include_str!("grammar_en.txt"), &stemmer),
        sentiment: Sentiment::parse(include_str!("sentiment_en.txt"), &stemmer),
        stemmer,
    }
});

impl Language {
    pub(crate) fn tables(self) -> &'static Tables {
        match self {
            Self::English => &ENGLISH,
        }
    }
}
