//! From a message to clauses of words.

use super::GRAMMAR;

/// The clauses of a message: what stands between its marks, in lower case, with contractions written out and without polite
/// words around it. `40.50` and `#1042` are words.
pub(crate) fn clauses(message: &str) -> Vec<Vec<String>> {
    let mut clauses = vec![Vec::new()];
    for chunk in message.replace(['\u{2019}', '\u{2018}', '`'], "'").split_whitespace() {
        let bare = chunk.trim_matches(|c: char| !(c.is_alphanumeric() || "#$€£¥%👍".contains(c)));
        let ends = chunk.ends_with([',', ';', '.', '!', '?', ':']) || matches!(chunk, "-" | "–" | "—");
        if let Some(clause) = clauses.last_mut().filter(|_| !bare.is_empty()) {
            let before = &chunk[..chunk.find(bare).unwrap_or(0)];
            let is_number = bare.starts_with(|c: char| c.is_ascii_digit() || "$€£¥".contains(c));
            let sign = if is_number && before.ends_with(['-', '−']) { "-" } else { "" };
            let word = format!("{sign}{}", bare.to_lowercase());
            match GRAMMAR.written_out(&word) {
                Some(words) => clause.extend(words.iter().cloned()),
                None => clause.push(word),
            }
        }
        if ends {
            clauses.push(Vec::new());
        }
    }
    clauses.iter().map(|clause| GRAMMAR.bare(clause).to_vec()).collect()
}

/// Whether a word is another with one slip of the keyboard: a letter more, less or other, or two swapped.
pub(crate) fn is_near(word: &str, known: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (word.chars().collect(), known.chars().collect());
    let same = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[same..], &b[same..]);
    let end = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[..a.len() - end], &b[..b.len() - end]);
    match (a, b) {
        ([], [_]) | ([_], []) | ([_], [_]) | ([], []) => true,
        ([a, b], [c, d]) => a == d && b == c,
        _ => false,
    }
}
