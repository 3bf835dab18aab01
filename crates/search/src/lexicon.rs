//! Words of shoppers beside words of catalogs: synonyms and umbrella words, as data.

use std::collections::{BTreeMap, BTreeSet};

use crate::analyse;

/// Which other words count for a word. Keys and values are phrases; keys are looked up by their stems.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    synonyms: BTreeMap<String, Vec<String>>,
    narrower: BTreeMap<String, Vec<String>>,
    stems: BTreeSet<String>,
}

impl Lexicon {
    /// The lexicon that comes with the program.
    pub fn builtin() -> Self {
        let mut lexicon = Self::default();
        lexicon.add(include_str!("lexicon/en.txt"));
        lexicon
    }

    /// Adds lines such as `couch = sofa, settee` (the same) and `warm > wool, fleece` (an umbrella word). Lines that
    /// are blank, comments, or neither of these are passed over.
    pub fn add(&mut self, lines: &str) {
        for line in lines.lines().map(str::trim).filter(|line| !line.starts_with('#')) {
            self.stems.extend(analyse::words(line).into_iter().map(|word| word.stem));
            if let Some((head, rest)) = line.split_once('=') {
                let all: Vec<&str> = std::iter::once(head)
                    .chain(rest.split(','))
                    .map(str::trim)
                    .filter(|w| !w.is_empty())
                    .collect();
                for word in &all {
                    let others = all.iter().filter(|other| *other != word).map(|other| (*other).to_owned());
                    push(self.synonyms.entry(phrase_key(word)).or_default(), others);
                }
            } else if let Some((head, rest)) = line.split_once('>') {
                let others = rest.split(',').map(str::trim).filter(|w| !w.is_empty()).map(str::to_owned);
                push(self.narrower.entry(phrase_key(head)).or_default(), others);
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

    /// Phrases that fit under these stems.
    pub fn narrower(&self, key: &str) -> &[String] {
        self.narrower.get(key).map_or(&[], Vec::as_slice)
    }
}

/// The stems of a phrase, joined by spaces.
pub(crate) fn phrase_key(phrase: &str) -> String {
    let words = analyse::words(phrase);
    words.iter().map(|word| word.stem.as_str()).collect::<Vec<_>>().join(" ")
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
        let lexicon = Lexicon::builtin();
        assert!(lexicon.synonyms(&phrase_key("couches")).contains(&"sofa".to_owned()));
        assert!(lexicon.synonyms(&phrase_key("sofa")).contains(&"couch".to_owned()));
        assert!(lexicon.narrower(&phrase_key("warm")).contains(&"fleece".to_owned()));
        assert!(lexicon.narrower(&phrase_key("fleece")).is_empty());
    }
}
