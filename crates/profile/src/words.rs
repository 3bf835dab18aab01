//! From a message to clauses of words that know where they stand.

use std::ops::Range;

use crate::grammar::GRAMMAR;

/// A word as the grammar reads it, with its place in the message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    /// In lower case, contractions written out.
    pub(crate) text: String,
    /// Where it stands, in bytes.
    pub(crate) span: Range<usize>,
}

/// The clauses of a message: what stands between its marks.
pub(crate) fn clauses(message: &str) -> Vec<Vec<Word>> {
    let mut clauses: Vec<Vec<Word>> = vec![Vec::new()];
    let mut place = 0;
    for chunk in message.split_inclusive(char::is_whitespace) {
        let begin = place;
        place += chunk.len();
        let chunk = chunk.trim_end();
        let bare = chunk.trim_matches(|c: char| !c.is_alphanumeric());
        let ends = chunk.ends_with([',', ';', '.', '!', '?', ':']) || matches!(chunk, "-" | "–" | "—");
        if chunk == "/"
            && let Some(clause) = clauses.last_mut()
        {
            clause.push(Word { text: "or".to_owned(), span: begin..begin + 1 });
        }
        if !bare.is_empty() {
            let start = begin + chunk.find(bare).unwrap_or(0);
            let span = start..start + bare.len();
            let text = bare.to_lowercase().replace(['\u{2019}', '\u{2018}', '`'], "'");
            let words = GRAMMAR.written_out(&text).map_or_else(|| vec![text.clone()], <[String]>::to_vec);
            if let Some(clause) = clauses.last_mut() {
                clause.extend(words.into_iter().map(|text| Word { text, span: span.clone() }));
            }
        }
        if ends {
            clauses.push(Vec::new());
        }
    }
    clauses.retain(|clause| !clause.is_empty());
    clauses
}

/// The part of a message that some words cover.
pub(crate) fn covered<'a>(message: &'a str, words: &[Word]) -> &'a str {
    match (words.first(), words.last()) {
        (Some(first), Some(last)) => message.get(first.span.start..last.span.end).unwrap_or_default(),
        _ => "",
    }
}
