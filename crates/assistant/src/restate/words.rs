//! The words of a language by which its questions are told as statements, from `words_de.txt` and its sisters.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use search::Language;

static WORDS: LazyLock<[Words; 3]> = LazyLock::new(|| {
    [
        Words::parse(include_str!("words_de.txt")),
        Words::parse(include_str!("words_fr.txt")),
        Words::parse(include_str!("words_es.txt")),
    ]
});

/// The lists of a language by the names of their sections.
#[derive(Debug, Default)]
pub(super) struct Words {
    lists: HashMap<&'static str, HashSet<&'static str>>,
    pairs: HashMap<&'static str, HashMap<&'static str, &'static str>>,
}

impl Words {
    /// The words of a language; `None` for English, which has its own.
    pub(super) fn of(language: Language) -> Option<&'static Self> {
        match language {
            Language::English => None,
            Language::German => Some(&WORDS[0]),
            Language::French => Some(&WORDS[1]),
            Language::Spanish => Some(&WORDS[2]),
        }
    }

    /// Whether a word stands in a list.
    pub(super) fn has(&self, list: &str, word: &str) -> bool {
        self.lists.get(list).is_some_and(|words| words.contains(word.to_lowercase().as_str()))
    }

    /// What a word is turned into.
    pub(super) fn turned(&self, list: &str, word: &str) -> Option<&'static str> {
        self.pairs.get(list)?.get(word.to_lowercase().as_str()).copied()
    }

    fn parse(text: &'static str) -> Self {
        let mut words = Self::default();
        let mut section = "";
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
            if let Some(name) = line.strip_prefix('[') {
                section = name.trim_end_matches(']');
            } else if let Some((from, to)) = line.split_once(" = ") {
                words.pairs.entry(section).or_default().insert(from, to);
            } else {
                words.lists.entry(section).or_default().extend(line.split(' '));
            }
        }
        words
    }
}
