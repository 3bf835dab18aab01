//! The stems of a catalog's texts in order, so that one is found, and so are those near it or ending like it, without a look
//! at all of them.

use crate::Language;

/// A stem with a shorter rest before the same ending is no compound.
const MIN_MODIFIER: usize = 3;

/// Stems with how many products have them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Words {
    /// In order.
    words: Vec<(Box<str>, u64)>,
    /// Places in `words` in the order of the stems read backwards; empty where the language has no use for it.
    backwards: Vec<u32>,
}

impl Words {
    /// The words of a catalog.
    pub(crate) fn new(words: impl IntoIterator<Item = (String, u64)>, language: Language) -> Self {
        let mut words: Vec<(Box<str>, u64)> =
            words.into_iter().map(|(word, count)| (word.into_boxed_str(), count)).collect();
        words.sort_unstable();
        let mut backwards = Vec::new();
        if language.has_closed_compounds() {
            let is_word =
                |place: &u32| words[*place as usize].0.bytes().all(|byte| byte.is_ascii_lowercase());
            backwards = (0..words.len() as u32).filter(is_word).collect();
            backwards.sort_unstable_by(|a, b| {
                words[*a as usize].0.bytes().rev().cmp(words[*b as usize].0.bytes().rev())
            });
        }
        Self { words, backwards }
    }

    /// How many products have a stem.
    pub(crate) fn count(&self, stem: &str) -> u64 {
        self.words.binary_search_by(|(word, _)| (**word).cmp(stem)).map_or(0, |place| self.words[place].1)
    }

    /// The compounds that end with a stem, the commonest first: `regenjack` for `jack`.
    pub(crate) fn ending_with(&self, stem: &str, limit: usize) -> Vec<&str> {
        let word = |place: u32| &*self.words[place as usize].0;
        let from = self.backwards.partition_point(|place| word(*place).bytes().rev().lt(stem.bytes().rev()));
        let ends = self.backwards[from..].iter().take_while(|place| word(**place).ends_with(stem));
        let is_compound = |place: &&u32| word(**place).len() >= stem.len() + MIN_MODIFIER;
        let mut found: Vec<u32> = ends.filter(is_compound).copied().collect();
        found.sort_unstable_by_key(|place| (std::cmp::Reverse(self.words[*place as usize].1), *place));
        found.into_iter().take(limit).map(word).collect()
    }

    /// The word with the fewest edits, and how many: of several the commonest, then the first by its letters. Edits are
    /// insertions, deletions, replacements and swaps of neighbours (optimal string alignment). Only words that begin
    /// with one of these letters and are accepted count.
    pub(crate) fn nearest(
        &self,
        typed: &[char],
        first: &[char],
        allowed: usize,
        is_accepted: impl Fn(&str) -> bool,
    ) -> Option<(usize, &str)> {
        let mut walk = Walk { typed, allowed, rows: Vec::new(), known: Vec::new() };
        let mut best: Option<(usize, std::cmp::Reverse<u64>, &str)> = None;
        for letter in first {
            let start = letter.to_string();
            let mut at = self.words.partition_point(|(word, _)| **word < *start);
            while let Some((word, count)) = self.words.get(at).filter(|(word, _)| word.starts_with(*letter)) {
                match walk.edits(word) {
                    Ok(edits) if is_accepted(word) => {
                        let found = (edits, std::cmp::Reverse(*count), &**word);
                        best = Some(best.map_or(found, |best| best.min(found)));
                        at += 1;
                    }
                    Ok(_) | Err(Miss::Word) => at += 1,
                    Err(Miss::Beginning(length)) => at = self.after_all_with(&word[..length], at),
                }
            }
        }
        best.map(|(edits, _, word)| (edits, word))
    }

    /// The place behind all stems that begin like this.
    fn after_all_with(&self, beginning: &str, from: usize) -> usize {
        from + self.words[from..].partition_point(|(word, _)| word.starts_with(beginning))
    }
}

/// Why a stem is not near.
enum Miss {
    /// It has too many edits itself.
    Word,
    /// All stems that share so many bytes with it have.
    Beginning(usize),
}

/// Compares one stem after another in their order, keeping what the last ones had in common.
struct Walk<'a> {
    typed: &'a [char],
    allowed: usize,
    /// Row by row of the letters of the stem, the edits to each beginning of the typed word.
    rows: Vec<Vec<usize>>,
    /// The letters that the rows stand for.
    known: Vec<char>,
}

impl Walk<'_> {
    fn edits(&mut self, word: &str) -> Result<usize, Miss> {
        let shared =
            self.known.iter().zip(word.chars()).take_while(|(known, letter)| **known == *letter).count();
        self.known.truncate(shared);
        self.rows.truncate(shared + 1);
        if self.rows.is_empty() {
            self.rows.push((0..=self.typed.len()).collect());
        }
        let mut length: usize = self.known.iter().map(|letter| letter.len_utf8()).sum();
        for letter in word.chars().skip(shared) {
            length += letter.len_utf8();
            let row = self.row(letter);
            let is_hopeless = row.iter().min().is_none_or(|least| *least > self.allowed);
            if is_hopeless || !letter.is_alphabetic() {
                return Err(Miss::Beginning(length));
            }
            self.known.push(letter);
            self.rows.push(row);
        }
        let edits = self.rows.last().and_then(|row| row.last()).copied().unwrap_or(usize::MAX);
        if edits <= self.allowed { Ok(edits) } else { Err(Miss::Word) }
    }

    fn row(&self, letter: char) -> Vec<usize> {
        let last = &self.rows[self.rows.len() - 1];
        let before = self.rows.len().checked_sub(2).map(|place| &self.rows[place]);
        let mut row = Vec::with_capacity(self.typed.len() + 1);
        row.push(last[0] + 1);
        for (at, typed) in self.typed.iter().enumerate() {
            let mut best = (last[at] + usize::from(*typed != letter)).min(last[at + 1] + 1).min(row[at] + 1);
            if let (Some(before), Some(previous), true) = (before, self.known.last(), at > 0)
                && *typed == *previous
                && self.typed[at - 1] == letter
            {
                best = best.min(before[at - 1] + 1);
            }
            row.push(best);
        }
        row
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(words: &[&str]) -> Words {
        Words::new(words.iter().map(|word| ((*word).to_owned(), 1)), Language::German)
    }

    /// The same by comparing with every word.
    fn naive(typed: &[char], known: &[char]) -> usize {
        let mut table = vec![vec![0; known.len() + 1]; typed.len() + 1];
        for i in 0..=typed.len() {
            for j in 0..=known.len() {
                table[i][j] = if i == 0 || j == 0 {
                    i + j
                } else {
                    let replaced = table[i - 1][j - 1] + usize::from(typed[i - 1] != known[j - 1]);
                    let mut best = replaced.min(table[i - 1][j] + 1).min(table[i][j - 1] + 1);
                    if i > 1 && j > 1 && typed[i - 1] == known[j - 2] && typed[i - 2] == known[j - 1] {
                        best = best.min(table[i - 2][j - 2] + 1);
                    }
                    best
                };
            }
        }
        table[typed.len()][known.len()]
    }

    #[test]
    fn finds_compounds_by_their_end() {
        let words = words(&["jack", "regenjack", "winterjack", "ajack", "jackett"]);
        assert_eq!(words.ending_with("jack", 10), ["regenjack", "winterjack"]);
        assert!(words.ending_with("hos", 10).is_empty());
    }

    proptest::proptest! {
        #[test]
        fn the_nearest_is_as_near_as_a_look_at_all_words_finds(
            known in proptest::collection::btree_set("a[a-d]{0,6}", 1..40),
            typed in "a[a-d]{0,6}",
        ) {
            let list: Vec<&str> = known.iter().map(String::as_str).collect();
            let typed: Vec<char> = typed.chars().collect();
            let found = words(&list);
            let found = found.nearest(&typed, &['a'], 2, |_| true);
            let distance = |word: &str| naive(&typed, &word.chars().collect::<Vec<_>>());
            let best = list.iter().map(|word| distance(word)).min().filter(|best| *best <= 2);
            proptest::prop_assert_eq!(found.map(|(edits, word)| (edits, distance(word))), best.map(|best| (best, best)));
        }
    }
}
