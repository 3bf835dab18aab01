//! The rows that may hold an answer, scored by how they bear on the question.

mod original;

use std::collections::HashSet;

use commerce::ProductId;
use search::{EvidenceKind, EvidenceQuery, EvidenceRow, Hits, Language, Query};

use crate::bearing::{Measure, Scored, presence};
use crate::directive::is_quotable;
use crate::lexicon::stem_list;
use crate::reason::answer::Matter;
use crate::request::{Focus, Form, Term};
use crate::{Ask, AskError, Request, Snapshot};

pub(crate) use original::{in_english, restore};

/// Rows of documents that are looked at for one question.
const MAX_DOCUMENT_ROWS: usize = 64;
/// What a word of goods decides among documents that do not have it.
const WORD_OF_GOODS: f32 = 0.25;

/// What a search gives, without what the shopper turned down.
pub(crate) fn offered(
    snapshot: &Snapshot,
    ask: &Ask,
    query: &Query,
    vector: Option<&[f32]>,
) -> Result<Hits, AskError> {
    let mut found = snapshot.index.search(query, vector)?;
    found.hits.retain(|hit| !ask.thread.has_dismissed(&hit.source_id));
    Ok(found)
}

/// All rows about one product, scored, in the index's order.
pub(crate) fn of_product(
    snapshot: &Snapshot,
    request: &Request,
    vector: Option<&[f32]>,
    id: &ProductId,
) -> Result<Vec<Scored>, AskError> {
    let rows = snapshot.index.evidence_of(id)?;
    scored(snapshot, &request.focus, vector, rows, &|term| term.weight)
}

/// The rows of the shop's documents that come nearest to the question, scored, best first.
pub(crate) fn of_documents(
    snapshot: &Snapshot,
    request: &Request,
    vector: Option<&[f32]>,
    matter: Option<&Matter>,
) -> Result<Vec<Scored>, AskError> {
    let query = EvidenceQuery {
        text: search_text(snapshot, request),
        vector: vector.map(<[f32]>::to_vec),
        products: Vec::new(),
        kinds: vec![EvidenceKind::Policy, EvidenceKind::Page],
        limit: MAX_DOCUMENT_ROWS,
    };
    let hits = snapshot.index.evidence(&query)?;
    let mut rows: Vec<EvidenceRow> =
        hits.into_iter().map(|hit| hit.row).filter(|row| row.product.is_none()).collect();
    let ruling = matter.and_then(Matter::document).map_or(&[][..], |kind| snapshot.documents.ruling(kind));
    let known: HashSet<_> = rows.iter().map(|row| row.id.clone()).collect();
    rows.extend(ruling.iter().filter(|row| !known.contains(&row.id)).cloned());
    let weight = |term: &Term| document_weight(snapshot, request, matter, term);
    let focus = matter.map_or_else(|| request.focus.clone(), |matter| matter.without_places(&request.focus));
    let mut scored = scored(snapshot, &focus, vector, rows, &weight)?;
    scored.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.row.id.cmp(&b.row.id)));
    Ok(scored)
}

fn scored(
    snapshot: &Snapshot,
    focus: &Focus,
    vector: Option<&[f32]>,
    rows: Vec<EvidenceRow>,
    weight: &dyn Fn(&Term) -> f32,
) -> Result<Vec<Scored>, AskError> {
    let similarities = match vector {
        Some(vector) => snapshot.index.similarities(&rows, vector)?,
        None => vec![None; rows.len()],
    };
    let mut scored = match snapshot.vocabulary.language() {
        Language::English => Measure { focus, weight }.score(rows, &similarities),
        language => {
            let read = rows.iter().map(|row| original::in_english(language, row)).collect();
            let mut scored = Measure { focus, weight }.score(read, &similarities);
            scored.iter_mut().zip(rows).for_each(|(scored, row)| scored.original = Some(Box::new(row)));
            scored
        }
    };
    // What bears on nothing is not told anyway.
    scored.retain(|own| own.score <= 0.0 || !only_asks(&own.row) && is_quotable(&own.row));
    Ok(scored)
}

/// Whether a sentence asks, so that it states nothing: `is it loud?`
fn only_asks(row: &EvidenceRow) -> bool {
    // A value with a question in it is no fact.
    let is_value = row.kind == EvidenceKind::Attribute;
    is_value && row.quote.contains('?') || row.quote.trim_end().ends_with('?')
}

/// What a term decides among documents. Words of goods (`can I return a shirt`) that no document has decide little.
/// The words of goods that a rule does not name leave it as it is, whatever other pages say of these goods.
fn document_weight(snapshot: &Snapshot, request: &Request, matter: Option<&Matter>, term: &Term) -> f32 {
    let documents = &snapshot.documents;
    if term.concept.is_some() {
        return term.weight;
    }
    let Some(stem) = term.stems.first() else { return 0.0 };
    let ruling = matter.and_then(Matter::document).map_or(&[][..], |kind| documents.ruling(kind));
    let is_of_goods = |stem: &String| documents.lacks(stem) && snapshot.vocabulary.count(stem) > 0;
    let is_left_out = documents.lacks(stem) && (request.focus.form != Form::YesNo || is_of_goods(stem));
    let is_named = |row: &EvidenceRow| {
        let (stems, above) = (stem_list(&row.quote), stem_list(&row.context));
        presence(term, row, &stems, &above) > 0.0
    };
    let names_goods = snapshot.vocabulary.is_kind(stem);
    if !ruling.is_empty() && (is_left_out || names_goods && !ruling.iter().any(is_named)) {
        return 0.0;
    }
    let rarity = term.stems.iter().map(|stem| documents.rarity(stem)).fold(0.0, f32::max);
    rarity * if term.stems.iter().all(is_of_goods) { WORD_OF_GOODS } else { 1.0 }
}

/// The deciding words with what says the same, and what the shop's rules are called, as one text. Words of the
/// question come first: a search reads only so many. Documents in the shopper's language are searched with the shopper's.
fn search_text(snapshot: &Snapshot, request: &Request) -> String {
    let focus = &request.focus;
    let language = snapshot.vocabulary.language();
    if language != Language::English && language.code() == request.language {
        return request.own_words(&request.text);
    }
    let mut words: Vec<&str> = focus.terms.iter().map(|term| term.text.as_str()).collect();
    for concept in focus.concepts() {
        words.extend(concept.rule.iter().map(String::as_str));
        words.extend(concept.told.iter().chain(&concept.thing).map(String::as_str));
    }
    for term in focus.terms.iter().filter(|term| term.concept.is_none()) {
        words.extend(term.others.iter().map(|(other, _)| other.as_str()));
    }
    words.join(" ")
}
