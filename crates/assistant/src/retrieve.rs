//! Evidence for a question, scored: how much of what decides the question a row speaks of.

use commerce::ProductId;
use search::{EvidenceKind, EvidenceQuery, EvidenceRow, analyse};

use crate::request::{Focus, FocusWord};
use crate::{AskError, Request, Snapshot};

/// Rows of documents that are looked at for one question.
const MAX_DOCUMENT_ROWS: usize = 48;
/// A word in what a row stands under counts less than in the row itself.
const CONTEXT: f32 = 0.75;
/// Below this similarity of embeddings two texts have nothing to do with each other (all-MiniLM-L6-v2).
const SIMILARITY_FLOOR: f32 = 0.3;
/// From this similarity on they say the same.
const SIMILARITY_CEILING: f32 = 0.75;
/// What a word of goods decides among documents that do not have it.
const WORD_OF_GOODS: f32 = 0.25;
/// How much of the score the embeddings can give on their own.
const SIMILARITY_SHARE: f32 = 0.45;

/// A row with how it bears on the question.
#[derive(Clone, Debug)]
pub(crate) struct Scored {
    pub(crate) row: EvidenceRow,
    /// Stems of the quote in order.
    pub(crate) stems: Vec<String>,
    /// The share of the deciding words' weight that the row has, from 0 to 1.
    pub(crate) coverage: f32,
    /// Coverage with what the embeddings add, from 0 to 1.
    pub(crate) score: f32,
}

/// All rows about one product, scored, in the index's order.
pub(crate) fn of_product(
    snapshot: &Snapshot,
    request: &Request,
    vector: Option<&[f32]>,
    id: &ProductId,
) -> Result<Vec<Scored>, AskError> {
    let rows = snapshot.index.evidence_of(id)?;
    scored(snapshot, request, vector, rows, &|word| word.weight)
}

/// Scores rows, with the similarity of meaning where there is a vector.
fn scored(
    snapshot: &Snapshot,
    request: &Request,
    vector: Option<&[f32]>,
    rows: Vec<EvidenceRow>,
    weight: &dyn Fn(&FocusWord) -> f32,
) -> Result<Vec<Scored>, AskError> {
    let similarities = match vector {
        Some(vector) => snapshot.index.similarities(&rows, vector)?,
        None => vec![None; rows.len()],
    };
    let pairs = rows.into_iter().zip(similarities);
    Ok(pairs.map(|(row, similarity)| score(row, &request.focus, similarity, weight)).collect())
}
/// The rows of the shop's documents that come nearest to the question, scored, best first.
pub(crate) fn of_documents(
    snapshot: &Snapshot,
    request: &Request,
    vector: Option<&[f32]>,
) -> Result<Vec<Scored>, AskError> {
    let query = EvidenceQuery {
        text: search_text(&request.focus),
        vector: vector.map(<[f32]>::to_vec),
        products: Vec::new(),
        kinds: vec![EvidenceKind::Policy, EvidenceKind::Page],
        limit: MAX_DOCUMENT_ROWS,
    };
    let hits = snapshot.index.evidence(&query)?;
    let rows = hits.into_iter().map(|hit| hit.row).filter(|row| row.product.is_none()).collect();
    let mut scored = scored(snapshot, request, vector, rows, &|word| document_weight(snapshot, word))?;
    scored.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.row.id.cmp(&b.row.id)));
    Ok(scored)
}

/// What a word decides among documents. Words of goods (`can I return a shirt`) that no document has decide little.
fn document_weight(snapshot: &Snapshot, word: &FocusWord) -> f32 {
    let is_of_goods = snapshot.documents.lacks(&word.stem) && snapshot.vocabulary.count(&word.stem) > 0;
    snapshot.documents.rarity(&word.stem) * if is_of_goods { WORD_OF_GOODS } else { 1.0 }
}

/// The deciding words with their synonyms, as one text.
fn search_text(focus: &Focus) -> String {
    let mut words: Vec<&str> = Vec::new();
    for word in &focus.words {
        words.push(&word.text);
        words.extend(word.others.iter().map(|(other, _)| other.as_str()));
    }
    words.join(" ")
}

fn score(
    row: EvidenceRow,
    focus: &Focus,
    similarity: Option<f32>,
    weight: &dyn Fn(&FocusWord) -> f32,
) -> Scored {
    let stems: Vec<String> = analyse::words(&row.quote).into_iter().map(|word| word.stem).collect();
    let context: Vec<String> = analyse::words(&row.context).into_iter().map(|word| word.stem).collect();
    let whole: f32 = focus.words.iter().map(weight).sum();
    let matched: f32 = focus.words.iter().map(|word| weight(word) * presence(word, &stems, &context)).sum();
    let coverage = if whole > 0.0 { matched / whole } else { 0.0 };
    let nearness = similarity.map_or(0.0, |similarity| {
        ((similarity - SIMILARITY_FLOOR) / (SIMILARITY_CEILING - SIMILARITY_FLOOR)).clamp(0.0, 1.0)
    });
    let score = (coverage + SIMILARITY_SHARE * nearness * (1.0 - coverage)).min(1.0);
    Scored { row, stems, coverage, score }
}

/// How far a word is present: 1 for itself, less for a synonym, a contrary, or a place in the context.
fn presence(word: &FocusWord, stems: &[String], context: &[String]) -> f32 {
    if stems.contains(&word.stem) {
        return 1.0;
    }
    let other = word
        .others
        .iter()
        .filter(|(other, _)| has_phrase(stems, other))
        .map(|(_, weight)| *weight)
        .fold(0.0, f32::max);
    let is_undone = stems.iter().any(|stem| stem.strip_prefix("un").is_some_and(|rest| rest == word.stem));
    let is_opposed = is_undone || word.opposites.iter().any(|opposite| has_phrase(stems, opposite));
    let opposite = if is_opposed { 0.8 } else { 0.0 };
    let above = if context.contains(&word.stem) { CONTEXT } else { 0.0 };
    other.max(opposite).max(above)
}

/// Whether the stems of a phrase stand side by side.
pub(crate) fn has_phrase(stems: &[String], phrase: &str) -> bool {
    place_of(stems, phrase).is_some()
}

/// Where the stems of a phrase stand side by side.
pub(crate) fn place_of(stems: &[String], phrase: &str) -> Option<usize> {
    let wanted: Vec<&str> = phrase.split(' ').filter(|word| !word.is_empty()).collect();
    (!wanted.is_empty() && wanted.len() <= stems.len())
        .then(|| {
            stems.windows(wanted.len()).position(|window| window.iter().zip(&wanted).all(|(a, b)| a == b))
        })
        .flatten()
}
