//! Words of shoppers beside words of catalogs: synonyms and umbrella words, as data.

use std::collections::{BTreeMap, BTreeSet};

use crate::Language;
use crate::analyse;

/// Which other words count for a word. Keys and values are phrases; keys are looked up by their stems.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    language: Language,
    synonyms: BTreeMap<String, Vec<String>>,
    narrower: BTreeMap<String, Vec<String>>,
    stems: BTreeSet<String>,
}

impl Lexicon {
    /// The lexicon that comes with the program for catalogs in this language.
    pub fn builtin(language: Language) -> Self {
        let mut lexicon = Self { language, ..Self::default() };
        lexicon.add(match language {
            Language::English => include_str!("lexicon/en.txt"),
            Language::German => include_str!("lexicon/de.txt"),
            Language::French => include_str!("lexicon/fr.txt"),
            Language::Spanish => include_str!("lexicon/es.txt"),
        });
        lexicon
    }

    /// The language of its words.
    pub fn language(&self) -> Language {
        self.language
    }

    /// Adds lines such as `couch = sofa, settee` (the same) and `warm > wool, fleece` (an umbrella word). Lines that
    /// are blank, comments, or neither of these are passed over.
    pub fn add(&mut self, lines: &str) {
        for line in lines.lines().map(str::trim).filter(|line| !line.starts_with('#')) {
            self.stems.extend(analyse::words_in(self.language, line).into_iter().map(|word| word.stem));
            if let Some((head, rest)) = line.split_once('=') {
                let all: Vec<&str> = std::iter::once(head)
                    .chain(rest.split(','))
                    .map(str::trim)
                    .filter(|w| !w.is_empty())
                    .collect();
                for word in &all {
                    let others = all.iter().filter(|other| *other != word).map(|other| (*other).to_owned());
                    push(self.synonyms.entry(self.key(word)).or_default(), others);
                }
            } else if let Some((head, rest)) = line.split_once('>') {
                let others = rest.split(',').map(str::trim).filter(|w| !w.is_empty()).map(str::to_owned);
                push(self.narrower.entry(self.key(head)).or_default(), others);
            }
        }
    }

    /// Phrases that mean the same as these stems.
    pub fn synonyms(&self, key: &str) -> &[String] {
        self.synonyms.get(key).map_or(&[], Vec::as_slice)
    }

    /// Whether this stem stands in any phrase.
    pub(crate) fn mentions(&self, stem: &str) -> bool {
        self.stems.contains(stem)
    }

    /// The key of a phrase: its stems joined by spaces.
    pub(crate) fn key(&self, phrase: &str) -> String {
        analyse::phrase_key(self.language, phrase)
    }

    /// Whether these stems stand for anything else.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.synonyms.contains_key(key) || self.narrower.contains_key(key)
    }

    /// Phrases that fit under these stems.
    pub fn narrower(&self, key: &str) -> &[String] {
        self.narrower.get(key).map_or(&[], Vec::as_slice)
    }
}

fn push(list: &mut Vec<String>, more: impl Iterator<Item = String>) {
    for word in more {
        if !list.contains(&word) {
            list.push(word);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn synonyms_stand_for_each_other_and_umbrellas_do_not() {
        let lexicon = Lexicon::builtin(Language::English);
        let synonyms = |word: &str| lexicon.synonyms(&lexicon.key(word)).to_vec();
        let narrower = |word: &str| lexicon.narrower(&lexicon.key(word)).to_vec();
        assert!(synonyms("couches").contains(&"sofa".to_owned()));
        assert!(synonyms("sofa").contains(&"couch".to_owned()));
        assert!(narrower("warm").contains(&"fleece".to_owned()));
        assert!(narrower("fleece").is_empty());
    }

    #[test]
    fn every_line_of_every_lexicon_says_something() {
        for language in Language::ALL {
            let builtin = Lexicon::builtin(language);
            assert!(builtin.synonyms.len() > 100 && builtin.narrower.len() > 20, "{language:?}");
        }
    }
}
