//! Checks what a language model phrased, clause by clause: what fails is replaced by the template's sentence.
//!
//! A sentence stands only if its claims exist and are told once, all their placeholders and no others stand in it, it has
//! no digit of its own, every word of it that carries meaning stands in its claims or in the question, and it denies
//! exactly as often as they do.

use std::collections::BTreeSet;

use search::{Language, analyse};

use crate::compose::Clause;
use crate::phrase::{Phrased, PhrasedSentence, Phrasing, placeholder};
use crate::request::Request;

mod plain_words_table;

use plain_words_table::PLAIN_WORDS;

/// Marks of a sentence, beside words and placeholders.
const MAX_MARKS: usize = 12;

/// Words that turn a sentence around.
const DENIALS: &[&str] = &[
    "not", "no", "never", "without", "none", "nor", "neither", "cannot", "cant", "isnt", "doesnt", "dont",
    "arent", "wont",
];
/// The same in other languages, by their codes.
const OTHER_DENIALS: &[(&str, &[&str])] = &[
    ("de", &["nicht", "nie", "ohne", "kein", "keine", "keinen", "keiner", "weder", "noch", "nein", "nichts"]),
    ("fr", &["ne", "pas", "jamais", "sans", "aucun", "aucune", "ni", "non", "rien", "n"]),
    ("es", &["no", "nunca", "sin", "ningun", "ninguna", "ni", "nada", "tampoco"]),
];

/// What became of a model's text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verified {
    /// The prose: the model's sentences that stand, templates for the rest.
    pub clauses: Vec<Clause>,
    /// Sentences of the model that stand.
    pub stood: usize,
    /// Sentences that did not stand.
    pub rejected: usize,
    /// Claims that the sentences of the model tell.
    pub told: usize,
}

/// Checks the text that a model wrote for a phrasing; `templates` are the clauses of deterministic composition.
pub fn verify(request: &Request, phrasing: &Phrasing, templates: &[Clause], text: &str) -> Verified {
    let mut verified = Verified::default();
    let phrased: Phrased = serde_json::from_str(text).unwrap_or(Phrased { sentences: Vec::new() });
    let mut told: BTreeSet<usize> = BTreeSet::new();
    verified.clauses.extend(templates.iter().filter(|clause| clause.is_frame).cloned());
    for sentence in &phrased.sentences {
        let claims: Vec<usize> = sentence.claims.iter().filter_map(|number| number.checked_sub(1)).collect();
        if stands(request, phrasing, sentence, &claims, &told) {
            told.extend(&claims);
            verified.stood += 1;
            verified.clauses.push(Clause {
                text: fill(phrasing, &claims, &sentence.text),
                claims,
                is_frame: false,
            });
        } else {
            verified.rejected += 1;
        }
    }
    verified.told = told.len();
    let missing =
        templates.iter().filter(|clause| !clause.is_frame && clause.claims.iter().all(|c| !told.contains(c)));
    verified.clauses.extend(missing.cloned());
    verified
}

fn stands(
    request: &Request,
    phrasing: &Phrasing,
    sentence: &PhrasedSentence,
    claims: &[usize],
    told: &BTreeSet<usize>,
) -> bool {
    let is_known = !claims.is_empty()
        && claims.len() == sentence.claims.len()
        && claims.iter().all(|claim| *claim < phrasing.facts.len() && !told.contains(claim));
    if !is_known {
        return false;
    }
    let mut rest = sentence.text.clone();
    for claim in claims {
        for fact in 0..phrasing.facts[*claim].len() {
            let name = placeholder(*claim, fact);
            if rest.matches(&name).count() != 1 {
                return false;
            }
            rest = rest.replacen(&name, " ", 1);
        }
    }
    let source: String =
        claims.iter().map(|claim| without_placeholders(&phrasing.sentences[*claim])).collect();
    !rest.contains(|c: char| c.is_numeric() || matches!(c, '{' | '}' | '“' | '”' | '"' | '„' | '«' | '»'))
        && is_worded(&rest)
        && says_only(&request.language, &rest, &format!("{source} {}", request.own_words(&request.text)))
        && denials(&request.language, &rest) == denials(&request.language, &source)
}

/// Whether a sentence is made of words: one of marks alone says what no list of words can look at.
fn is_worded(text: &str) -> bool {
    let marks = text.chars().filter(|c| !c.is_alphanumeric() && !c.is_whitespace()).count();
    marks <= MAX_MARKS
}

/// Whether every word that carries meaning stands in the source.
fn says_only(language: &str, text: &str, source: &str) -> bool {
    let source: BTreeSet<String> = analyse::words(source).into_iter().map(|word| word.stem).collect();
    let language = Language::parse(language).unwrap_or_default();
    analyse::words(text).into_iter().all(|word| {
        language.has_small_word(&word.text) && language != Language::English
            || analyse::is_stop_word(&word.text)
            || PLAIN_WORDS.binary_search(&word.text.as_str()).is_ok()
            || source.contains(&word.stem)
    })
}

fn denials(language: &str, text: &str) -> usize {
    let other = OTHER_DENIALS.iter().find(|(code, _)| *code == language);
    let own = other.map_or(DENIALS, |(_, own)| own);
    analyse::words(text).into_iter().filter(|word| own.contains(&word.text.as_str())).count()
}

fn without_placeholders(sentence: &str) -> String {
    let mut text = String::new();
    let mut depth = 0u32;
    for c in sentence.chars() {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ if depth == 0 => text.push(c),
            _ => {}
        }
    }
    text
}

/// Puts the facts into their places.
fn fill(phrasing: &Phrasing, claims: &[usize], text: &str) -> String {
    let mut filled = text.trim().to_owned();
    for claim in claims {
        for (fact, value) in phrasing.facts[*claim].iter().enumerate() {
            filled = filled.replacen(&placeholder(*claim, fact), value, 1);
        }
    }
    filled
}

#[cfg(test)]
mod tests;
