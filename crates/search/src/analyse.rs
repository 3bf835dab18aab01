//! The one analyser of index and query: text becomes words, each with its stem and the bytes it stands in.
//!
//! A word is a run of letters and digits, a number with its decimals (`15.6`, `1,299` is `1299`), or a single ideograph.
//! Compounds fall apart (`15.6-inch`, `t-shirt`, `256gb`); [`compounds`] gives their joined forms, which the index
//! keeps beside the parts. Case and diacritics are folded; stems are those of the Snowball English stemmer (Porter,
//! 2001), which leaves words of other languages mostly alone.

use rust_stemmers::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// One word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Lower case without diacritics.
    pub text: String,
    /// What is compared with other words.
    pub stem: String,
    /// Where it starts in the text, in bytes.
    pub start: usize,
    /// Where it ends, in bytes.
    pub end: usize,
}

/// The longest word that is kept; longer runs are no words.
const MAX_WORD_BYTES: usize = 64;

/// The words of a text, from left to right.
pub fn words(text: &str) -> Vec<Word> {
    let stemmer = Stemmer::create(Algorithm::English);
    let mut words = Vec::with_capacity(text.len() / 6);
    each_word(text, |folded, start, end| {
        let stem = stem_with(&stemmer, &folded);
        words.push(Word { stem, text: folded, start, end });
    });
    words
}

/// The stem of one folded word.
pub fn stem(word: &str) -> String {
    stem_with(&Stemmer::create(Algorithm::English), word)
}

/// The joined forms of hyphenated compounds of letters, such as `tshirt` of `t-shirt`, each with the place of its
/// first part among the words.
pub fn compounds(text: &str, words: &[Word]) -> Vec<(usize, Word)> {
    let mut found = Vec::new();
    let mut first = 0;
    while first < words.len() {
        let mut last = first;
        while last + 1 < words.len() && is_compound(text, &words[last], &words[last + 1]) {
            last += 1;
        }
        if last > first {
            let joined: String = words[first..=last].iter().map(|word| word.text.as_str()).collect();
            let stem = stem(&joined);
            found.push((first, Word { text: joined, stem, start: words[first].start, end: words[last].end }));
        }
        first = last + 1;
    }
    found
}

/// Whether a word says so little that it does not decide what a shopper looks for.
pub fn is_stop_word(word: &str) -> bool {
    STOP_WORDS.binary_search(&word).is_ok()
}

/// In alphabetical order.
const STOP_WORDS: &[&str] = &[
    "a",
    "about",
    "am",
    "an",
    "and",
    "any",
    "are",
    "as",
    "at",
    "be",
    "been",
    "but",
    "by",
    "can",
    "could",
    "do",
    "does",
    "find",
    "for",
    "from",
    "get",
    "give",
    "good",
    "had",
    "has",
    "have",
    "hi",
    "how",
    "i",
    "if",
    "im",
    "in",
    "into",
    "is",
    "it",
    "its",
    "ive",
    "like",
    "looking",
    "me",
    "my",
    "need",
    "of",
    "on",
    "one",
    "or",
    "please",
    "really",
    "sell",
    "shop",
    "should",
    "show",
    "so",
    "some",
    "something",
    "than",
    "that",
    "the",
    "their",
    "them",
    "there",
    "these",
    "they",
    "this",
    "those",
    "to",
    "very",
    "want",
    "was",
    "we",
    "were",
    "what",
    "when",
    "where",
    "which",
    "who",
    "will",
    "with",
    "would",
    "you",
    "your",
];

fn is_compound(text: &str, left: &Word, right: &Word) -> bool {
    matches!(text.get(left.end..right.start), Some("-" | "‐" | "‑"))
        && left.text.chars().all(char::is_alphabetic)
        && right.text.chars().all(char::is_alphabetic)
}

pub(crate) fn stem_with(stemmer: &Stemmer, word: &str) -> String {
    if word.len() > 2 && word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        stemmer.stem(word).into_owned()
    } else {
        word.to_owned()
    }
}

/// Calls back with every folded word and its bytes.
pub(crate) fn each_word(text: &str, mut found: impl FnMut(String, usize, usize)) {
    let mut from = 0;
    while let Some((start, end)) = next_run(text, from) {
        from = end;
        if end - start > MAX_WORD_BYTES {
            continue;
        }
        match unit_boundary(&text[start..end]) {
            Some(place) => {
                found(fold(&text[start..start + place]), start, start + place);
                found(fold(&text[start + place..end]), start + place, end);
            }
            None => {
                let folded = fold(&text[start..end]);
                if !folded.is_empty() {
                    found(folded, start, end);
                }
            }
        }
    }
}

/// The bytes of the next run of word characters.
fn next_run(text: &str, from: usize) -> Option<(usize, usize)> {
    let start = from + text[from..].find(|c: char| c.is_alphanumeric())?;
    let mut chars = text[start..].char_indices().peekable();
    let mut before = ' ';
    while let Some((place, c)) = chars.next() {
        let next = chars.peek().map_or(' ', |(_, next)| *next);
        if is_ideograph(c) {
            return Some(if place == 0 { (start, start + c.len_utf8()) } else { (start, start + place) });
        }
        let continues = c.is_alphanumeric()
            || is_combining_mark(c)
            || matches!(c, '.' | ',') && before.is_ascii_digit() && next.is_ascii_digit()
            || matches!(c, '\'' | '’') && before.is_alphabetic() && next.is_alphabetic();
        if !continues {
            return Some((start, start + place));
        }
        before = c;
    }
    Some((start, text.len()))
}

/// Scripts that write words without spaces between them.
fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{0e00}'..='\u{0eff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

/// Where a number turns into the unit behind it, as in `256gb`. The `K` of `4K` counts pixels and not kelvins.
fn unit_boundary(run: &str) -> Option<usize> {
    if !run.as_bytes()[0].is_ascii_digit() {
        return None;
    }
    let place = run.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ','))?;
    let unit = commerce::Unit::parse(&run[place..])?;
    (unit.dimension() != commerce::Dimension::ColorTemperature).then_some(place)
}

/// Folds case, compatibility forms and diacritics, drops apostrophes and a possessive `'s`, and writes numbers with
/// a decimal point and without thousands separators.
pub(crate) fn fold(run: &str) -> String {
    let mut folded: String = if run.is_ascii() {
        run.to_ascii_lowercase()
    } else {
        run.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).flat_map(plain).collect()
    };
    if folded.as_bytes().first().is_some_and(u8::is_ascii_digit) && folded.contains(',') {
        folded = fold_number(&folded);
    }
    if folded.contains(['\'', '’']) {
        let bare = folded.strip_suffix("'s").or(folded.strip_suffix("’s")).unwrap_or(&folded);
        folded = bare.chars().filter(|c| !matches!(c, '\'' | '’')).collect();
    }
    folded
}

/// Letters that have no decomposition but are commonly written with plain ones.
fn plain(c: char) -> std::vec::IntoIter<char> {
    let plain = match c {
        'ß' => "ss",
        'ø' => "o",
        'æ' => "ae",
        'œ' => "oe",
        'ł' => "l",
        'đ' => "d",
        'ı' => "i",
        _ => return vec![c].into_iter(),
    };
    plain.chars().collect::<Vec<_>>().into_iter()
}

fn fold_number(number: &str) -> String {
    let is_grouped = number.split(',').skip(1).all(|group| {
        let digits = group.split('.').next().unwrap_or("");
        digits.len() == 3
    });
    number.replace(',', if is_grouped { "" } else { "." })
}

#[cfg(test)]
mod tests;
