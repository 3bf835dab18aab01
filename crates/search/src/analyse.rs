//! The one analyser of index and query: text becomes words, each with its stem and the bytes it stands in.
//!
//! A word is a run of letters and digits, a number with its decimals (`15.6`, `1,299` is `1299`), or a single ideograph.
//! Compounds fall apart (`15.6-inch`, `t-shirt`, `256gb`, `160x200`, `l'eau`); the index keeps the joined forms of
//! letters beside the parts. Case and diacritics are folded; stems are those of the language (see [`Language`]), which
//! leave words of other languages mostly alone.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::Language;

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

/// The words of a text in English, from left to right.
pub fn words(text: &str) -> Vec<Word> {
    words_in(Language::English, text)
}

/// The stem of one folded English word.
pub fn stem(word: &str) -> String {
    Language::English.stemmer().stem(word)
}

/// The words of a text in a language, from left to right.
pub fn words_in(language: Language, text: &str) -> Vec<Word> {
    let stemmer = language.stemmer();
    let mut words = Vec::with_capacity(text.len() / 6);
    each_word(text, |folded, start, end| {
        words.push(Word { stem: stemmer.stem(&folded), text: folded, start, end });
    });
    words
}

/// The stems of a phrase in a language, joined by spaces.
pub(crate) fn phrase_key(language: Language, phrase: &str) -> String {
    let stemmer = language.stemmer();
    let mut key = String::with_capacity(phrase.len());
    each_word(phrase, |folded, _, _| {
        if !key.is_empty() {
            key.push(' ');
        }
        key.push_str(&stemmer.stem(&folded));
    });
    key
}

/// Whether an English word says so little that it does not decide what a text is about.
pub fn is_stop_word(word: &str) -> bool {
    Language::English.grammar().is_stop(word)
}

/// Whether two neighbouring words are written as one with a hyphen (`t-shirt`) or after an elision (`l'eau`).
pub(crate) fn is_joined(text: &str, end: usize, start: usize) -> bool {
    matches!(text.get(end..start), Some("-" | "‐" | "‑" | "'" | "’"))
}

/// Calls back with every folded word and its bytes. The `x` between two numbers (`160 x 200`) is no word.
pub(crate) fn each_word(text: &str, mut found: impl FnMut(String, usize, usize)) {
    let mut from = 0;
    let mut follows_number = false;
    while let Some((start, end)) = next_run(text, from) {
        from = end;
        if end - start > MAX_WORD_BYTES {
            continue;
        }
        let is_times = follows_number && matches!(&text[start..end], "x" | "X");
        if is_times && text[end..].trim_start().starts_with(|c: char| c.is_ascii_digit()) {
            continue;
        }
        let mut part = start;
        while part < end {
            let length = part_length(&text[part..end]);
            let folded = fold(&text[part..part + length]);
            follows_number = folded.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
            if !folded.is_empty() {
                found(folded, part, part + length);
            }
            part += length + usize::from(is_times_sign(text.as_bytes(), part + length, end));
        }
    }
}

/// How much of a run is its first word: up to the `x` of `160x200`, or a number up to its unit, as in `256gb`.
fn part_length(run: &str) -> usize {
    let bytes = run.as_bytes();
    let whole = (1..bytes.len()).find(|at| is_times_sign(bytes, *at, bytes.len())).unwrap_or(bytes.len());
    unit_boundary(&run[..whole]).unwrap_or(whole)
}

/// Whether a letter `x` between two digits stands here.
fn is_times_sign(bytes: &[u8], at: usize, end: usize) -> bool {
    let is_digit = |at: usize| at < end && bytes[at].is_ascii_digit();
    at > 0 && at < end && matches!(bytes[at], b'x' | b'X') && is_digit(at - 1) && is_digit(at + 1)
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
            || matches!(c, '\'' | '’')
                && before.is_alphabetic()
                && next.is_alphabetic()
                && !is_elision(place, next);
        if !continues {
            return Some((start, start + place));
        }
        before = c;
    }
    Some((start, text.len()))
}

/// Whether an apostrophe stands for a vowel left out before another one: `l'eau`, and not `men's` or `it's`.
fn is_elision(letters: usize, next: char) -> bool {
    letters <= 2 && fold(next.encode_utf8(&mut [0; 4])).starts_with(['a', 'e', 'i', 'o', 'u', 'h'])
}

/// Scripts that write words without spaces between them.
fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{0e00}'..='\u{0eff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

/// Where a number turns into the unit behind it, as in `256gb`. The `K` of `4K` counts pixels and not kelvins.
fn unit_boundary(run: &str) -> Option<usize> {
    run.as_bytes().first().filter(|byte| byte.is_ascii_digit())?;
    let place = run.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ','))?;
    let unit = commerce::Unit::parse(&run[place..])?;
    (unit.dimension() != commerce::Dimension::ColorTemperature).then_some(place)
}

/// Folds case, compatibility forms and diacritics, drops apostrophes and a possessive `'s`, and writes numbers with
/// a decimal point and without thousands separators.
pub fn fold(run: &str) -> String {
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
