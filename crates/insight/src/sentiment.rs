//! Words that praise and fault, from `sentiment_*.txt`.

use std::collections::HashMap;

use rust_stemmers::Stemmer;

/// How a word judges.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Judgement {
    /// From -3 to 3; 0 for words that do not judge.
    pub(crate) weight: f32,
    /// Whether it says what is good or bad, and not only that something is.
    pub(crate) is_quality: bool,
}

/// The table of a language.
pub(crate) struct Sentiment {
    stems: HashMap<String, Judgement>,
}

impl Sentiment {
    pub(crate) fn parse(lines: &str, stemmer: &Stemmer) -> Self {
        let mut stems = HashMap::new();
        for line in lines.lines().filter(|line| !line.starts_with('#')) {
            let mut words = line.split_whitespace();
            let is_quality = words.next() == Some("quality");
            let Some(weight) = words.next().and_then(|number| number.parse().ok()) else { continue };
            for word in words {
                stems.entry(stemmer.stem(word).into_owned()).or_insert(Judgement { weight, is_quality });
            }
        }
        Self { stems }
    }

    /// How a word judges by the table.
    pub(crate) fn of(&self, stem: &str) -> Judgement {
        self.stems.get(stem).copied().unwrap_or_default()
    }
}
