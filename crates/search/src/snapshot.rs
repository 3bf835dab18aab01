//! One immutable state of both indexes with what is derived from it once: columns, catalog terms, averages.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use commerce::Currency;
use tantivy::index::SegmentId;
use tantivy::schema::Field as IndexField;
use tantivy::{Searcher, SegmentReader};

use crate::SearchError;
use crate::catalog::Catalog;
use crate::columns::Columns;
use crate::evidence_part::EvidencePart;
use crate::part::{Part, all_words};
use crate::schema::{EvidenceFields, ProductFields, TEXTS};
use crate::state::State;
use crate::vectors::Vectors;

/// Everything that a search reads. Cloning is cheap.
#[derive(Clone)]
pub(crate) struct Snapshot {
    pub(crate) state: State,
    pub(crate) fields: Arc<ProductFields>,
    pub(crate) evidence_fields: Arc<EvidenceFields>,
    pub(crate) products: Searcher,
    pub(crate) evidence: Searcher,
    /// The columns of each segment of the evidence.
    pub(crate) evidence_parts: Arc<Vec<EvidencePart>>,
    pub(crate) parts: Arc<Vec<Part>>,
    pub(crate) catalog: Arc<Catalog>,
    pub(crate) vectors: Arc<Vectors>,
    /// For each product vector the place of its product; `u32::MAX` where it is gone.
    pub(crate) vector_places: Arc<Vec<u32>>,
    /// The currency of most prices.
    pub(crate) currency: Option<Currency>,
    /// How many words the texts have on average.
    pub(crate) averages: [f32; TEXTS.len()],
    /// Products that are alive.
    pub(crate) len: usize,
    /// The mean of all stars.
    pub(crate) mean_stars: f32,
    /// The second at which sales are looked at.
    pub(crate) now: i64,
    columns: Arc<HashMap<SegmentId, Arc<Columns>>>,
}

impl Snapshot {
    /// Derives what is derived, taking over the columns of segments that the last snapshot had.
    pub(crate) fn new(
        state: State,
        products: Searcher,
        evidence: Searcher,
        vectors: Arc<Vectors>,
        last: Option<&Snapshot>,
    ) -> Result<Self, SearchError> {
        let fields = ProductFields::schema().1;
        let mut columns = HashMap::new();
        let mut parts = Vec::new();
        let mut base = 0;
        for reader in products.segment_readers() {
            let known = last.and_then(|last| last.columns.get(&reader.segment_id()));
            let own = match known {
                Some(known) => known.clone(),
                None => Arc::new(Columns::read(reader)?),
            };
            columns.insert(reader.segment_id(), own.clone());
            parts.push(Part::new(reader, &fields, own, base)?);
            base += reader.max_doc();
        }
        let evidence_parts =
            evidence.segment_readers().iter().map(EvidencePart::open).collect::<Result<_, _>>()?;
        let labels = labels(products.segment_readers(), fields.label)?;
        let catalog = Catalog::join(&mut parts, &labels)?;
        let currency = main_currency(&mut parts)?;
        let len = parts.iter().map(|part| part.alive().count()).sum();
        Ok(Self {
            state,
            averages: averages(&parts, len),
            mean_stars: mean_stars(&parts),
            now: last.map_or(0, |last| last.now),
            fields: Arc::new(fields),
            evidence_fields: Arc::new(EvidenceFields::schema().1),
            vector_places: Arc::new(vector_places(&parts, &vectors)),
            parts: Arc::new(parts),
            catalog: Arc::new(catalog),
            columns: Arc::new(columns),
            evidence_parts: Arc::new(evidence_parts),
            products,
            evidence,
            vectors,
            currency,
            len,
        })
    }

    /// What the variant of a slot costs now, in the catalog's currency; `None` where it has no price in it.
    pub(crate) fn price(&self, part: &Part, doc: u32, slot: u32) -> Option<i64> {
        if part.columns.currencies[doc as usize] != part.currency {
            return None;
        }
        part.columns.price(doc, slot, self.now)
    }

    /// How many documents there are in all parts, dead ones too.
    pub(crate) fn width(&self) -> usize {
        self.parts.last().map_or(0, |part| part.base as usize + part.columns.len())
    }

    /// The part and document of a place among the documents of all parts.
    pub(crate) fn locate(&self, place: u32) -> (usize, u32) {
        let part = self.parts.partition_point(|part| part.base <= place) - 1;
        (part, place - self.parts[part].base)
    }

    /// The part and document of a product by the key of its id.
    pub(crate) fn place_of_key(&self, key: u64) -> Option<(usize, u32)> {
        let row = self.vectors.products.ids.binary_search_by_key(&key, |(group, _)| *group).ok();
        if let Some(place) =
            row.and_then(|row| self.vector_places.get(row)).filter(|place| **place != u32::MAX)
        {
            return Some(self.locate(*place));
        }
        let has = |part: &Part| part.alive().find(|doc| part.columns.keys[*doc as usize] == key);
        self.parts.iter().enumerate().find_map(|(place, part)| Some((place, has(part)?)))
    }

    /// Mean stars shrunk towards those of the catalog, as if five reviews more had given its mean.
    pub(crate) fn shrunk_stars(&self, part: &Part, doc: u32) -> f32 {
        const PRIOR_REVIEWS: f32 = 5.0;
        let (sum, count) = part.columns.ratings[doc as usize];
        (sum + self.mean_stars * PRIOR_REVIEWS) / (count as f32 + PRIOR_REVIEWS)
    }
}

/// For each attribute key the label that most products use, ties by the label.
fn labels(readers: &[SegmentReader], field: IndexField) -> Result<BTreeMap<String, String>, SearchError> {
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    for reader in readers {
        let index = reader.inverted_index(field)?;
        let mut stream = index.terms().stream()?;
        while stream.advance() {
            let text = String::from_utf8_lossy(stream.key()).into_owned();
            *counts.entry(text).or_default() += stream.value().doc_freq;
        }
    }
    let mut best: BTreeMap<String, (u32, String)> = BTreeMap::new();
    for (text, count) in counts {
        let Some((key, label)) = text.split_once('\u{1f}') else { continue };
        if best.get(key).is_none_or(|(known, _)| *known < count) {
            best.insert(key.to_owned(), (count, label.to_owned()));
        }
    }
    Ok(best.into_iter().map(|(key, (_, label))| (key, label)).collect())
}

/// The currency of most products, ties by the code; tells each part the place of it.
fn main_currency(parts: &mut [Part]) -> Result<Option<Currency>, SearchError> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut codes = Vec::new();
    for part in parts.iter() {
        let words = all_words(&part.columns.currency_words)?;
        for doc in part.alive() {
            if let Some(code) = words.get(part.columns.currencies[doc as usize] as usize) {
                *counts.entry(code.clone()).or_default() += 1;
            }
        }
        codes.push(words);
    }
    let most = counts.into_iter().rev().max_by_key(|(_, count)| *count).map(|(code, _)| code);
    for (part, codes) in parts.iter_mut().zip(codes) {
        let place = codes.iter().position(|code| Some(code) == most.as_ref());
        part.currency = place.map_or(u32::MAX - 1, |place| place as u32);
    }
    Ok(most.and_then(|code| Currency::parse(&code)))
}

fn vector_places(parts: &[Part], vectors: &Vectors) -> Vec<u32> {
    if vectors.products.ids.is_empty() {
        return Vec::new();
    }
    let mut places = HashMap::new();
    for part in parts {
        places.extend(part.alive().map(|doc| (part.columns.keys[doc as usize], part.base + doc)));
    }
    vectors.products.ids.iter().map(|(key, _)| places.get(key).copied().unwrap_or(u32::MAX)).collect()
}

fn averages(parts: &[Part], len: usize) -> [f32; TEXTS.len()] {
    std::array::from_fn(|text| {
        let count =
            |part: &Part| part.alive().map(|doc| u64::from(part.norms(text).fieldnorm(doc))).sum::<u64>();
        let words: u64 = parts.iter().map(count).sum();
        (words as f32 / len.max(1) as f32).max(1.0)
    })
}

fn mean_stars(parts: &[Part]) -> f32 {
    let rated = parts.iter().flat_map(|part| part.alive().map(|doc| part.columns.ratings[doc as usize]));
    let (sum, count) = rated.fold((0.0f64, 0u64), |(sum, count), (stars, reviews)| {
        (sum + f64::from(stars), count + u64::from(reviews))
    });
    if count == 0 { 3.0 } else { (sum / count as f64) as f32 }
}
