//! The languages that catalogs and shoppers are read in: how words are stemmed, and the small words that ask, compare, join
//! and deny.
//!
//! A catalog has one language, in which its texts and all queries are stemmed. The small words of a query are those of the
//! language that it is written in, which may be another one (see [`Language::of_query`]).

use std::borrow::Cow;
use std::sync::LazyLock;

use rust_stemmers::Algorithm;
use serde::{Deserialize, Serialize};

use crate::analyse;

mod common_words;
mod grammar;

pub(crate) use grammar::{Comparator, Extreme, Grammar, Head, MeasureName, Measures, Side};

/// A language that there is a stemmer and a table of small words for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Language {
    /// English; also what is taken where nothing tells.
    #[default]
    #[serde(rename = "en")]
    English,
    /// German.
    #[serde(rename = "de")]
    German,
    /// French.
    #[serde(rename = "fr")]
    French,
    /// Spanish.
    #[serde(rename = "es")]
    Spanish,
}

/// Fewer small words than this tell no language.
const MIN_HITS: usize = 8;
/// A query in another language than the catalog has so many more small words of it.
const MORE_HITS: usize = 2;
/// How many times more small words than English another language must have: product names are often English anyway.
const CLEARLY: f64 = 1.2;

/// The small words of each language, in the order of [`Language::ALL`].
static GRAMMARS: LazyLock<[Grammar; 4]> = LazyLock::new(|| {
    [
        Grammar::parse(include_str!("language/en.txt")),
        Grammar::parse(include_str!("language/de.txt")),
        Grammar::parse(include_str!("language/fr.txt")),
        Grammar::parse(include_str!("language/es.txt")),
    ]
});

impl Language {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::English, Self::German, Self::French, Self::Spanish];

    /// The language subtag of BCP 47: `en`, `de`, `fr`, `es`.
    pub fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
            Self::French => "fr",
            Self::Spanish => "es",
        }
    }

    /// The language of a BCP 47 tag such as `de-AT`.
    pub fn parse(tag: &str) -> Option<Self> {
        let code = tag.split(['-', '_']).next()?.to_lowercase();
        Self::ALL.into_iter().find(|language| language.code() == code)
    }

    /// Whether a folded word is one of the small words that tell this language.
    pub fn has_small_word(self, word: &str) -> bool {
        self.grammar().tells(word)
    }

    /// The language that most small words of these texts belong to; English where they are too few to tell.
    pub fn of_texts<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        let mut hits = [0usize; Self::ALL.len()];
        for text in texts {
            analyse::each_word(text, |word, _, _| Self::count(&word, &mut hits));
        }
        let most = Self::ALL
            .into_iter()
            .max_by_key(|language| (hits[*language as usize], Self::English == *language));
        let is_clear = |language: Self| {
            let own = hits[language as usize];
            own >= MIN_HITS && own as f64 >= CLEARLY * hits[Self::English as usize] as f64
        };
        most.filter(|language| is_clear(*language)).unwrap_or_default()
    }

    /// The language that a query on a catalog of this language is written in: another one only where clearly more of its
    /// small words stand in it, for one alone may be a name.
    pub(crate) fn of_query(self, text: &str) -> Self {
        let mut hits = [0usize; Self::ALL.len()];
        analyse::each_word(text, |word, _, _| Self::count(&word, &mut hits));
        let order = |language: &Self| (hits[*language as usize], *language == Self::English);
        let most = Self::ALL.into_iter().max_by_key(order).unwrap_or(self);
        let is_clear = hits[most as usize] >= hits[self as usize] + MORE_HITS;
        if is_clear { most } else { self }
    }

    fn count(word: &str, hits: &mut [usize]) {
        for (hits, grammar) in hits.iter_mut().zip(GRAMMARS.iter()) {
            *hits += usize::from(grammar.tells(word));
        }
    }

    /// The small words.
    pub(crate) fn grammar(self) -> &'static Grammar {
        &GRAMMARS[self as usize]
    }

    /// How words of this language are stemmed.
    pub(crate) fn stemmer(self) -> Stemmer {
        let algorithm = match self {
            Self::English => Algorithm::English,
            Self::German => Algorithm::German,
            Self::French => Algorithm::French,
            Self::Spanish => Algorithm::Spanish,
        };
        Stemmer { language: self, snowball: rust_stemmers::Stemmer::create(algorithm) }
    }

    /// Whether its compounds are written as one word that ends with what the thing is: `Regenjacke` is a `Jacke`.
    pub fn has_closed_compounds(self) -> bool {
        self == Self::German
    }

    /// Words that are no form of the one that the stemmer takes them for: what is `weighted` need not be heavy.
    fn words_apart(self) -> &'static [&'static str] {
        match self {
            Self::English => &["weighted"],
            Self::German | Self::French | Self::Spanish => &[],
        }
    }

    /// Endings whose accent the stemmer needs, though shoppers leave it out and the analyser folds it away.
    fn accented_endings(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::English | Self::German => &[],
            Self::French => &[("ees", "ées"), ("ee", "ée")],
            Self::Spanish => &[("cion", "ción"), ("sion", "sión")],
        }
    }
}

/// The Snowball stemmer of a language (Porter, 2001), for folded words.
pub(crate) struct Stemmer {
    language: Language,
    snowball: rust_stemmers::Stemmer,
}

impl Stemmer {
    /// The stem of a folded word; numbers, codes and words of other scripts are their own.
    pub(crate) fn stem(&self, word: &str) -> String {
        let has_stem = word.len() > 2 && word.bytes().all(|byte| byte.is_ascii_lowercase());
        if !has_stem || self.language.words_apart().contains(&word) {
            return word.to_owned();
        }
        let endings = self.language.accented_endings().iter();
        let accented =
            endings.filter_map(|(plain, accented)| Some((word.strip_suffix(plain)?, accented))).next();
        let word =
            accented.map_or(Cow::Borrowed(word), |(rest, accented)| Cow::Owned(format!("{rest}{accented}")));
        let stem = self.snowball.stem(&word);
        if stem.is_ascii() { stem.into_owned() } else { analyse::fold(&stem) }
    }
}

#[cfg(test)]
mod tests;
