//! Words that the catalog does not know, read as ones that it does: typos within one or two edits, words written
//! together or apart (`back pack`, `sleepingbag`).

use super::{Correction, Reading};
use crate::Vocabulary;
use crate::analyse;

/// Shorter words are left as they are: too many others are near.
const MIN_LENGTH: usize = 4;
/// From this length on two edits are allowed.
const TWO_EDITS_FROM: usize = 8;
/// Words that fewer products have are no target.
const MIN_COUNT: u64 = 1;

pub(super) fn correct(vocabulary: &Vocabulary, reading: &mut Reading<'_>) {
    join_split_words(vocabulary, reading);
    for place in 0..reading.tokens.len() {
        let word = reading.tokens[place].word.clone();
        let is_word = word.text.chars().count() >= MIN_LENGTH && word.text.chars().all(char::is_alphabetic);
        if !is_word || super::is_stop_word(&word.text) || is_known(vocabulary, &word.stem) {
            continue;
        }
        if let Some((left, right)) = split(vocabulary, &word.text) {
            replace(reading, place, &format!("{left} {right}"));
        } else if let Some(near) = nearest(vocabulary, &word.stem) {
            replace(reading, place, &near);
        }
    }
}

fn is_known(vocabulary: &Vocabulary, stem: &str) -> bool {
    vocabulary.knows(stem)
        || !vocabulary.lexicon.synonyms(stem).is_empty()
        || !vocabulary.lexicon.narrower(stem).is_empty()
        || vocabulary.lexicon.mentions(stem)
}

/// `back pack` is `backpack` where the catalog has only the latter.
fn join_split_words(vocabulary: &Vocabulary, reading: &mut Reading<'_>) {
    let mut at = 0;
    while at + 1 < reading.tokens.len() {
        let (first, second) = (&reading.tokens[at].word, &reading.tokens[at + 1].word);
        let joined = format!("{}{}", first.text, second.text);
        let stem = crate::lexicon::phrase_key(&joined);
        let is_better = first.text.len() > 1
            && second.text.len() > 1
            && joined.chars().all(char::is_alphabetic)
            && vocabulary.count(&stem)
                > 2 * vocabulary.count(&first.stem).min(vocabulary.count(&second.stem));
        if is_better {
            let end = second.end;
            reading.tokens.remove(at + 1);
            reading.tokens[at].word.end = end;
            replace_word(reading, at, &joined);
        }
        at += 1;
    }
}

/// Two known words that a word is made of.
fn split(vocabulary: &Vocabulary, word: &str) -> Option<(String, String)> {
    let places =
        word.char_indices().map(|(place, _)| place).filter(|place| *place >= 3 && word.len() - place >= 3);
    places
        .filter_map(|place| {
            let (left, right) = word.split_at(place);
            let count = |part: &str| vocabulary.count(&crate::lexicon::phrase_key(part));
            let score = count(left).min(count(right));
            (score > 0).then(|| (score, left.to_owned(), right.to_owned()))
        })
        .max_by_key(|(score, ..)| *score)
        .map(|(_, left, right)| (left, right))
}

/// The nearest known stem: fewest edits, then the commonest, then by letters. Typos hardly ever change the first letter,
/// but for a swap with the second (Pollock and Zamora, 1984), and `weather` is not `leather`.
fn nearest(vocabulary: &Vocabulary, stem: &str) -> Option<String> {
    let typed: Vec<char> = stem.chars().collect();
    let allowed = if typed.len() >= TWO_EDITS_FROM { 2 } else { 1 };
    vocabulary
        .words()
        .filter(|(word, count)| *count >= MIN_COUNT && word.chars().all(char::is_alphabetic))
        .filter(|(word, _)| word.chars().count().abs_diff(typed.len()) <= allowed && word.len() >= 3)
        .filter_map(|(word, count)| {
            let known: Vec<char> = word.chars().collect();
            let edits = edits(&typed, &known, allowed)?;
            let is_same_start = known.first() == typed.first() || known.first() == typed.get(1);
            is_same_start.then_some((edits, std::cmp::Reverse(count), word))
        })
        .min()
        .map(|(.., word)| word.to_owned())
}

/// Insertions, deletions, replacements and swaps of neighbours between two words (optimal string alignment), if at
/// most `allowed`.
fn edits(a: &[char], b: &[char], allowed: usize) -> Option<usize> {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let mut best = (last[j] + usize::from(x != y)).min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                best = best.min(before[j - 1] + 1);
            }
            row.push(best);
        }
        if row.iter().min().is_none_or(|least| *least > allowed) {
            return None;
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().filter(|edits| *edits <= allowed)
}

fn replace(reading: &mut Reading<'_>, place: usize, to: &str) {
    let from = reading.tokens[place].word.text.clone();
    replace_word(reading, place, to);
    reading.found.corrections.push(Correction { from, to: to.to_owned() });
}

/// Puts other words in the place of one; they keep its place in the shopper's text.
fn replace_word(reading: &mut Reading<'_>, place: usize, to: &str) {
    let old = reading.tokens[place].clone();
    let words = analyse::words(to).into_iter().map(|mut word| {
        (word.start, word.end) = (old.word.start, old.word.end);
        super::Token { word, is_spent: false }
    });
    reading.tokens.splice(place..=place, words.collect::<Vec<_>>());
}
