//! Words that praise and fault, from `sentiment_*.txt`.

use std::collections::{HashMap, HashSet};

use rust_stemmers::Stemmer;

/// What kind of judging a word does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Judges {
    /// On the whole: `great`, `problem`.
    #[default]
    Overall,
    /// By what is good or bad, so that who says it can be counted: `comfortable`.
    Quality,
    /// By what came to pass: `leaked`.
    Event,
}

/// How a word judges.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Judgement {
    /// From -3 to 3; 0 for words that do not judge.
    pub(crate) weight: f32,
    pub(crate) kind: Judges,
    /// Whether it stands in the form that describes: `clean` and `cleaner`, not `cleaned`.
    pub(crate) describes: bool,
}

/// The table of a language.
pub(crate) struct Sentiment {
    stems: HashMap<String, Judgement>,
    /// Words of qualities, as they describe.
    forms: HashSet<String>,
}

impl Sentiment {
    pub(crate) fn parse(lines: &str, stemmer: &Stemmer) -> Self {
        let (mut stems, mut forms) = (HashMap::new(), HashSet::new());
        for line in lines.lines().filter(|line| !line.starts_with('#')) {
            let mut words = line.split_whitespace();
            let kind = match words.next() {
                Some("quality") => Judges::Quality,
                Some("event") => Judges::Event,
                _ => Judges::Overall,
            };
            let Some(weight) = words.next().and_then(|number| number.parse().ok()) else { continue };
            for word in words {
                let judgement = Judgement { weight, kind, describes: false };
                stems.entry(stemmer.stem(word).into_owned()).or_insert(judgement);
                if kind == Judges::Quality {
                    forms.insert(word.to_owned());
                }
            }
        }
        Self { stems, forms }
    }

    /// How a word judges by the table.
    pub(crate) fn of(&self, word: &str, stem: &str) -> Judgement {
        let judgement = self.stems.get(stem).copied().unwrap_or_default();
        Judgement { describes: judgement.kind == Judges::Quality && self.describes(word), ..judgement }
    }

    /// Whether a word stands in the table, or is the comparative or superlative of one that does.
    fn describes(&self, word: &str) -> bool {
        let degrees = ["er", "est", "r", "st"].into_iter().filter_map(|ending| word.strip_suffix(ending));
        let of_y = ["ier", "iest"].into_iter().filter_map(|ending| word.strip_suffix(ending));
        self.forms.contains(word)
            || degrees.into_iter().any(|base| self.forms.contains(base))
            || of_y.map(|base| format!("{base}y")).any(|base| self.forms.contains(&base))
    }
}
