//! Common words of each language: one that is among them is what was meant, however near it is to a word of the catalog.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::Language;
use crate::analyse;

/// The files, in the order of [`Language::ALL`].
const FILES: [&str; 4] = [
    include_str!("common_en.txt"),
    include_str!("common_de.txt"),
    include_str!("common_fr.txt"),
    include_str!("common_es.txt"),
];

/// Their words as they are folded, and the stems of these.
static COMMON: LazyLock<[HashSet<String>; 4]> = LazyLock::new(|| {
    Language::ALL.map(|language| {
        let lines = FILES[language as usize].lines().filter(|line| !line.starts_with('#'));
        let words = lines.flat_map(|line| analyse::words_in(language, line));
        words.flat_map(|word| [word.text, word.stem]).collect()
    })
});

impl Language {
    /// Whether a folded word, or what it is a form of, is a common one.
    pub(crate) fn is_common(self, word: &str) -> bool {
        let common = &COMMON[self as usize];
        common.contains(word) || analyse::words_in(self, word).iter().any(|word| common.contains(&word.stem))
    }
}
