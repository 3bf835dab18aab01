//! Finding evidence: BM25 over the quote and what it stands under, and the nearness of vectors where there are any.

use std::collections::{BTreeSet, HashMap};

use commerce::ProductId;
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, BoostQuery, ConstScoreQuery, Occur, Query, TermQuery, TermSetQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, Term};

use crate::analyse::words_in;
use crate::evidence_part::EvidencePart;
use crate::product_document::key_of;
use crate::snapshot::Snapshot;
use crate::stored::{ROW, stored};
use crate::writer::SHOP;
use crate::{EvidenceKind, EvidenceRow, SearchError};

/// What evidence is looked for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EvidenceQuery {
    /// Words; empty for all rows of the products.
    pub text: String,
    /// The vector of the text, where the index has vectors.
    pub vector: Option<Vec<f32>>,
    /// Rows of these products only; empty for rows of any product and of the shop.
    pub products: Vec<ProductId>,
    /// Rows of these kinds only; empty for all.
    pub kinds: Vec<EvidenceKind>,
    /// Rows at most.
    pub limit: usize,
}

/// One row that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct EvidenceHit {
    /// The row.
    pub row: EvidenceRow,
    /// How well it fits: 0 to 1, comparable within one search.
    pub score: f32,
}

/// Rows of one search.
const MAX_ROWS: usize = 1_000;
/// Rows that words find before meaning orders them.
const MAX_CANDIDATES: usize = 2_000;
/// Words of a query; later ones are left out.
const MAX_WORDS: usize = 24;
/// What a word is worth in what the quote stands under.
const CONTEXT_WEIGHT: f32 = 0.5;
/// What a stop word counts beside a word.
const STOP_WORD_WEIGHT: f32 = 0.05;
/// The share of words against meaning.
const LEXICAL_WEIGHT: f32 = 0.45;
/// Cosines this much below the best count for nothing.
const DENSE_SPAN: f32 = 0.4;

/// Runs a query. Rows of equal score stand in the order of product, then of the product's rows.
pub(crate) fn search(snapshot: &Snapshot, query: &EvidenceQuery) -> Result<Vec<EvidenceHit>, SearchError> {
    let limit = query.limit.min(MAX_ROWS);
    let mut found: HashMap<DocAddress, f32> = HashMap::new();
    let sought = lexical(snapshot, query);
    let is_listing = sought.is_none() && query.vector.is_none();
    if let Some(sought) = sought.or_else(|| restriction(snapshot, query)) {
        found.extend(top(snapshot, query, &*sought, if is_listing { limit } else { MAX_CANDIDATES })?);
    }
    let most = found.values().fold(0.0f32, |most, score| most.max(*score));
    found.values_mut().for_each(|score| *score /= most.max(f32::MIN_POSITIVE));
    let mut ranked: Vec<(f32, DocAddress)> = match &query.vector {
        Some(vector) if !snapshot.vectors.evidence.ids.is_empty() => fuse(snapshot, query, vector, &found)?,
        _ => found.into_iter().map(|(address, score)| (score, address)).collect(),
    };
    ranked.sort_by(|(left, a), (right, b)| right.total_cmp(left).then_with(|| a.cmp(b)));
    take_rows(snapshot, ranked, limit)
}

/// All rows of a product, in their order.
pub(crate) fn rows_of(snapshot: &Snapshot, product: &ProductId) -> Result<Vec<EvidenceRow>, SearchError> {
    let mut rows = Vec::new();
    for address in addresses_of(snapshot, product.as_str())? {
        let place = part(snapshot, address).place(address.doc_id);
        rows.push((place, row(snapshot, address)?));
    }
    rows.sort_by_key(|(place, _)| *place);
    Ok(rows.into_iter().map(|(_, row)| row).collect())
}

/// All rows that are about no product.
pub(crate) fn shop_rows(snapshot: &Snapshot) -> Result<Vec<EvidenceRow>, SearchError> {
    addresses_of(snapshot, SHOP)?.into_iter().map(|address| row(snapshot, address)).collect()
}

/// How near rows are to a vector.
pub(crate) fn similarities(
    snapshot: &Snapshot,
    rows: &[EvidenceRow],
    vector: &[f32],
) -> Result<Vec<Option<f32>>, SearchError> {
    let list = &snapshot.vectors.evidence;
    if list.ids.is_empty() {
        return Ok(vec![None; rows.len()]);
    }
    let vector = list.ready(vector)?;
    let similarity = |row: &EvidenceRow| {
        let group = key_of(row.product.as_ref().map_or(SHOP, ProductId::as_str));
        list.find((group, key_of(row.id.as_str()))).map(|place| list.similarity(place, &vector))
    };
    Ok(rows.iter().map(similarity).collect())
}

/// The documents of all rows of a product, or of the shop.
fn addresses_of(snapshot: &Snapshot, product: &str) -> Result<Vec<DocAddress>, SearchError> {
    let term = Term::from_field_text(snapshot.evidence_fields.product, product);
    let mut addresses = Vec::new();
    for (segment, reader) in snapshot.evidence.segment_readers().iter().enumerate() {
        let index = reader.inverted_index(snapshot.evidence_fields.product)?;
        let Some(mut block) = index.read_block_postings(&term, IndexRecordOption::Basic)? else { continue };
        while !block.docs().is_empty() {
            let alive = block.docs().iter().filter(|doc| !reader.is_deleted(**doc));
            addresses.extend(alive.map(|doc| DocAddress::new(segment as u32, *doc)));
            block.advance();
        }
    }
    Ok(addresses)
}

fn part(snapshot: &Snapshot, address: DocAddress) -> &EvidencePart {
    &snapshot.evidence_parts[address.segment_ord as usize]
}

fn row(snapshot: &Snapshot, address: DocAddress) -> Result<EvidenceRow, SearchError> {
    let text = stored::<ROW>(&snapshot.evidence, address, snapshot.evidence_fields.row)?;
    serde_json::from_str(&text).map_err(|_| SearchError::outdated("a stored row cannot be read"))
}

/// The query for the words; `None` without words.
fn lexical(snapshot: &Snapshot, query: &EvidenceQuery) -> Option<Box<dyn Query>> {
    let language = snapshot.state.language;
    let words = words_in(language, &query.text);
    let is_stop_word = |word: &str| language.grammar().is_stop(word);
    let says_something = words.iter().any(|word| !is_stop_word(&word.text));
    let mut seen = BTreeSet::new();
    let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::new();
    for word in words.into_iter().take(MAX_WORDS).filter(|word| seen.insert(word.stem.clone())) {
        let weight = if says_something && is_stop_word(&word.text) { STOP_WORD_WEIGHT } else { 1.0 };
        let fields = &snapshot.evidence_fields;
        for (field, own) in [(fields.quote, 1.0), (fields.context, CONTEXT_WEIGHT)] {
            let term = Term::from_field_text(field, &word.stem);
            let term = TermQuery::new(term, IndexRecordOption::WithFreqs);
            clauses.push((Occur::Should, Box::new(BoostQuery::new(Box::new(term), weight * own))));
        }
    }
    if clauses.is_empty() {
        return None;
    }
    let any: Box<dyn Query> = Box::new(BooleanQuery::new(clauses));
    Some(match restriction(snapshot, query) {
        Some(restriction) => {
            let restriction: Box<dyn Query> = Box::new(ConstScoreQuery::new(restriction, 0.0));
            Box::new(BooleanQuery::new(vec![(Occur::Must, any), (Occur::Must, restriction)]))
        }
        None => any,
    })
}

/// The query for rows of the products; `None` when there is no restriction.
fn restriction(snapshot: &Snapshot, query: &EvidenceQuery) -> Option<Box<dyn Query>> {
    let field = snapshot.evidence_fields.product;
    let terms = query.products.iter().map(|id| Term::from_field_text(field, id.as_str()));
    (!query.products.is_empty()).then(|| Box::new(TermSetQuery::new(terms)) as Box<dyn Query>)
}

/// The best rows of the asked kinds.
fn top(
    snapshot: &Snapshot,
    query: &EvidenceQuery,
    sought: &dyn Query,
    limit: usize,
) -> Result<Vec<(DocAddress, f32)>, SearchError> {
    if limit == 0 {
        return Ok(Vec::new());
    }
    let kinds: Vec<u64> = query.kinds.iter().map(|kind| *kind as u64).collect();
    let top = TopDocs::with_limit(limit).order_by_score();
    let found = match kinds.is_empty() {
        true => snapshot.evidence.search(sought, &top)?,
        false => {
            let is_kind = move |kind: u64| kinds.contains(&kind);
            let filtered = tantivy::collector::FilterCollector::new("kind".to_owned(), is_kind, top);
            snapshot.evidence.search(sought, &filtered)?
        }
    };
    Ok(found.into_iter().map(|(score, address)| (address, score)).collect())
}

/// Words and meaning together, over the rows of the products or those that words found and the nearest of all.
fn fuse(
    snapshot: &Snapshot,
    query: &EvidenceQuery,
    vector: &[f32],
    found: &HashMap<DocAddress, f32>,
) -> Result<Vec<(f32, DocAddress)>, SearchError> {
    let list = &snapshot.vectors.evidence;
    let vector = list.ready(vector)?;
    let mut groups: Vec<String> = query.products.iter().map(|id| id.as_str().to_owned()).collect();
    if groups.is_empty() {
        groups = nearest_groups(snapshot, &vector)?;
    }
    let mut nearness: HashMap<DocAddress, f32> = HashMap::new();
    let mut addresses: BTreeSet<DocAddress> = found.keys().copied().collect();
    for group in &groups {
        addresses.extend(addresses_of(snapshot, group)?);
    }
    let mut kept = Vec::new();
    for address in addresses {
        let kind = part(snapshot, address).kind(address.doc_id);
        if !query.kinds.is_empty() && !query.kinds.iter().any(|asked| *asked as u64 == kind) {
            continue;
        }
        let row = row(snapshot, address)?;
        let group = key_of(row.product.as_ref().map_or(SHOP, ProductId::as_str));
        if let Some(place) = list.find((group, key_of(row.id.as_str()))) {
            nearness.insert(address, list.similarity(place, &vector));
        }
        kept.push(address);
    }
    let top = nearness.values().fold(f32::NEG_INFINITY, |top, near| top.max(*near));
    let ranked = kept.into_iter().map(|address| {
        let words = found.get(&address).copied().unwrap_or(0.0);
        let meaning =
            nearness.get(&address).map_or(0.0, |near| (1.0 - (top - near) / DENSE_SPAN).clamp(0.0, 1.0));
        (LEXICAL_WEIGHT * words + (1.0 - LEXICAL_WEIGHT) * meaning, address)
    });
    Ok(ranked.collect())
}

/// The products, and the shop, whose rows are nearest.
fn nearest_groups(snapshot: &Snapshot, vector: &[i8]) -> Result<Vec<String>, SearchError> {
    const MAX_GROUPS: usize = 30;
    let list = &snapshot.vectors.evidence;
    let mut best: HashMap<u64, f32> = HashMap::new();
    for (place, (group, _)) in list.ids.iter().enumerate() {
        let near = list.similarity(place, vector);
        let known = best.entry(*group).or_insert(near);
        *known = known.max(near);
    }
    let mut groups: Vec<(u64, f32)> = best.into_iter().collect();
    groups.sort_by(|(a, left), (b, right)| right.total_cmp(left).then_with(|| a.cmp(b)));
    groups.truncate(MAX_GROUPS);
    let mut ids = Vec::new();
    for (group, _) in groups {
        if group == key_of(SHOP) {
            ids.push(SHOP.to_owned());
        } else if let Some((part, doc)) = snapshot.place_of_key(group) {
            ids.push(crate::page::card(snapshot, part, doc)?.id.as_str().to_owned());
        }
    }
    Ok(ids)
}

/// Reads the best rows; a row that stands in two places is given once.
fn take_rows(
    snapshot: &Snapshot,
    ranked: Vec<(f32, DocAddress)>,
    limit: usize,
) -> Result<Vec<EvidenceHit>, SearchError> {
    let mut hits: Vec<EvidenceHit> = Vec::new();
    let mut seen = BTreeSet::new();
    for (score, address) in ranked {
        if hits.len() == limit {
            break;
        }
        let row = row(snapshot, address)?;
        if seen.insert(row.id.clone()) {
            hits.push(EvidenceHit { row, score });
        }
    }
    Ok(hits)
}
