//! Misspelt words of questions, read as words by which concepts are asked for: `shiping`, `warrenty`.

use std::sync::LazyLock;

use search::Spellings;

use super::concepts;

/// Letters of the shortest word that is taken for a misspelt one.
const LEAST: usize = 6;

static WORDS: LazyLock<Spellings> = LazyLock::new(|| {
    let words = concepts::asking_words().filter(|word| word.len() >= LEAST);
    Spellings::new(words.map(str::to_owned))
});

/// The word that was meant: one edit away, or two in a long word.
pub(crate) fn nearest(word: &str) -> Option<String> {
    let is_word = word.chars().count() >= LEAST && word.chars().all(char::is_alphabetic);
    is_word.then(|| WORDS.nearest(word)).flatten()
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_long_word_may_be_misspelt() {
        assert_eq!(nearest("shiping").as_deref(), Some("shipping"));
        assert_eq!(nearest("warrenty").as_deref(), Some("warranty"));
        assert_eq!(nearest("ship"), None);
    }
}
