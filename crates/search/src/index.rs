//! The index as its readers see it: one immutable snapshot.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use commerce::{Currency, Product, ProductId};
use jiff::Timestamp;
use tantivy::{Directory, DocAddress, IndexSettings, ReloadPolicy};

use crate::evidence_search::{EvidenceHit, EvidenceQuery};
use crate::retrieve;
use crate::schema::{EvidenceFields, ProductFields, SHOP_TEXTS, register};
use crate::snapshot::Snapshot;
use crate::state::State;
use crate::stored::{PRODUCT, stored};
use crate::vectors::Vectors;
use crate::{EvidenceRow, Field, Hit, Hits, Language, Query, SearchError, Term};

/// What is unpacked at once to read a stored product: the hits of a page lie far from each other.
const PRODUCT_BLOCK_BYTES: usize = 4 << 10;
/// The same for rows: those of a product lie side by side.
const EVIDENCE_BLOCK_BYTES: usize = 16 << 10;

/// Where the two halves of an index are kept.
#[derive(Clone, Debug)]
pub struct Directories {
    /// The product index and the vectors.
    pub products: Box<dyn Directory>,
    /// The evidence index.
    pub evidence: Box<dyn Directory>,
}

/// One state of the catalog. Cloning is cheap; it stays valid and unchanged while newer ones are committed.
#[derive(Clone)]
pub struct Index {
    pub(crate) snapshot: Arc<Snapshot>,
}

impl Directories {
    /// Directories in memory, for tests and small catalogs.
    pub fn in_memory() -> Self {
        use tantivy::directory::RamDirectory;
        Self { products: Box::new(RamDirectory::create()), evidence: Box::new(RamDirectory::create()) }
    }
}

/// Both Tantivy indexes with their readers.
pub(crate) struct Halves {
    pub(crate) products: tantivy::Index,
    pub(crate) evidence: tantivy::Index,
    product_reader: tantivy::IndexReader,
    evidence_reader: tantivy::IndexReader,
    pub(crate) directory: Box<dyn Directory>,
}

impl Halves {
    /// Opens both halves, making them where there are none.
    pub(crate) fn open(directories: Directories) -> Result<Self, SearchError> {
        let open = |directory: Box<dyn Directory>, schema, docstore_blocksize| {
            let settings = IndexSettings { docstore_blocksize, ..IndexSettings::default() };
            let builder = tantivy::Index::builder().schema(schema).settings(settings);
            let index = builder.open_or_create(directory).map_err(|error| match error {
                tantivy::TantivyError::SchemaError(_) => {
                    SearchError::outdated("it was written by another version")
                }
                error => SearchError::Storage(error),
            })?;
            register(&index, Language::default());
            Ok::<_, SearchError>(index)
        };
        let directory = directories.products.clone();
        let products = open(directories.products, ProductFields::schema().0, PRODUCT_BLOCK_BYTES)?;
        let evidence = open(directories.evidence, EvidenceFields::schema().0, EVIDENCE_BLOCK_BYTES)?;
        let reader =
            |index: &tantivy::Index| index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into();
        let (product_reader, evidence_reader) = (reader(&products)?, reader(&evidence)?);
        let halves = Self { products, evidence, product_reader, evidence_reader, directory };
        halves.register(halves.state()?.language);
        Ok(halves)
    }

    /// Writes texts in this language from now on.
    pub(crate) fn register(&self, language: Language) {
        register(&self.products, language);
        register(&self.evidence, language);
    }

    /// What the last commit says of itself.
    pub(crate) fn state(&self) -> Result<State, SearchError> {
        let payload = |index: &tantivy::Index| index.load_metas().map(|metas| metas.payload);
        let (products, evidence) = (payload(&self.products)?, payload(&self.evidence)?);
        State::read(products.as_deref(), evidence.as_deref())
    }

    /// The snapshot of the last commit.
    pub(crate) fn snapshot(&self, vectors: Arc<Vectors>, last: Option<&Index>) -> Result<Index, SearchError> {
        self.product_reader.reload()?;
        self.evidence_reader.reload()?;
        let (products, evidence) = (self.product_reader.searcher(), self.evidence_reader.searcher());
        let last = last.map(|index| &*index.snapshot);
        let snapshot = Snapshot::new(self.state()?, products, evidence, vectors, last)?;
        Ok(Index { snapshot: Arc::new(snapshot) })
    }
}

impl Index {
    /// Opens the last commit for reading only. An empty directory is an empty index.
    pub fn open(directories: Directories) -> Result<Self, SearchError> {
        let halves = Halves::open(directories)?;
        let state = halves.state()?;
        let vectors = Vectors::read(&*halves.directory, &state.vectors)?;
        halves.snapshot(Arc::new(vectors), None)
    }

    /// The same state with the sales of this time; without it only sales that have no beginning hold.
    pub fn at(&self, now: Timestamp) -> Self {
        let mut snapshot = Snapshot::clone(&self.snapshot);
        snapshot.now = now.as_second();
        Self { snapshot: Arc::new(snapshot) }
    }

    /// Finds products. With a vector of the query's text the meaning counts beside the words.
    pub fn search(&self, query: &Query, vector: Option<&[f32]>) -> Result<Hits, SearchError> {
        retrieve::search(&self.snapshot, query, vector)
    }

    /// Finds evidence, best first.
    pub fn evidence(&self, query: &EvidenceQuery) -> Result<Vec<EvidenceHit>, SearchError> {
        crate::evidence_search::search(&self.snapshot, query)
    }

    /// All rows of a product, in the order of [`crate::evidence_rows`].
    pub fn evidence_of(&self, product: &ProductId) -> Result<Vec<EvidenceRow>, SearchError> {
        crate::evidence_search::rows_of(&self.snapshot, product)
    }

    /// All rows of documents that are about the whole shop or a category.
    pub fn shop_rows(&self) -> Result<Vec<EvidenceRow>, SearchError> {
        crate::evidence_search::shop_rows(&self.snapshot)
    }

    /// How near rows are in meaning to a vector, as cosines; `None` for rows without a vector.
    pub fn similarities(
        &self,
        rows: &[EvidenceRow],
        vector: &[f32],
    ) -> Result<Vec<Option<f32>>, SearchError> {
        crate::evidence_search::similarities(&self.snapshot, rows, vector)
    }

    /// A product as a search would show it, with the first variant that can be bought.
    pub fn hit(&self, id: &ProductId) -> Result<Option<Hit>, SearchError> {
        let term = tantivy::Term::from_field_text(self.snapshot.fields.id, id.as_str());
        let Some((part, doc)) = self.first(&term)? else { return Ok(None) };
        crate::page::hit_of(&self.snapshot, part, doc).map(Some)
    }

    /// The mean of a product's stars, from 1 to 5, and how many gave them; `None` where nobody did.
    pub fn rating(&self, id: &ProductId) -> Result<Option<(f32, u32)>, SearchError> {
        let term = tantivy::Term::from_field_text(self.snapshot.fields.id, id.as_str());
        let Some((part, doc)) = self.first(&term)? else { return Ok(None) };
        Ok(self.snapshot.parts[part].columns.rating(doc))
    }

    /// The number that the last commit was given.
    pub fn generation(&self) -> i64 {
        self.snapshot.state.generation
    }

    /// How many products there are.
    pub fn len(&self) -> usize {
        self.snapshot.len
    }

    /// Whether there is no product.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The currency of most prices, the one that price constraints are in.
    pub fn currency(&self) -> Option<Currency> {
        self.snapshot.currency
    }

    /// The language that texts and queries are stemmed in.
    pub fn language(&self) -> Language {
        self.snapshot.state.language
    }

    /// Every word that a product states, field by field, and every field that holds numbers.
    pub fn terms(&self) -> Vec<Term> {
        self.snapshot.catalog.terms()
    }

    /// The stems of what the shop says of its products, each with how many products at least have it, in order.
    pub fn words(&self) -> Result<Vec<(String, u64)>, SearchError> {
        let mut most: BTreeMap<String, u64> = BTreeMap::new();
        for text in 0..SHOP_TEXTS {
            let mut counts: BTreeMap<String, u64> = BTreeMap::new();
            for part in self.snapshot.parts.iter() {
                let mut stream = part.text(text).terms().stream()?;
                while stream.advance() {
                    let Ok(stem) = std::str::from_utf8(stream.key()) else { continue };
                    *counts.entry(stem.to_owned()).or_default() += u64::from(stream.value().doc_freq);
                }
            }
            for (stem, count) in counts {
                let known = most.entry(stem).or_default();
                *known = (*known).max(count);
            }
        }
        Ok(most.into_iter().collect())
    }

    /// By category, the fields that its products state, in a sample of the catalog that is large enough to tell.
    pub(crate) fn fields_of_categories(&self) -> BTreeMap<String, BTreeSet<Field>> {
        self.snapshot.catalog.fields_of_categories(&self.snapshot.parts)
    }

    /// The fields that variants state for themselves.
    pub(crate) fn options(&self) -> BTreeSet<Field> {
        self.snapshot.catalog.options(&self.snapshot.parts)
    }

    /// The words of titles, brands, categories and attributes as they are spelled, each with how many products have it,
    /// in order.
    pub fn spellings(&self) -> Result<Vec<(String, u64)>, SearchError> {
        let mut counts: BTreeMap<String, u64> = BTreeMap::new();
        for (place, _) in self.snapshot.parts.iter().enumerate() {
            let reader = self.snapshot.products.segment_reader(place as u32);
            let index = reader.inverted_index(self.snapshot.fields.spelling)?;
            let mut stream = index.terms().stream()?;
            while stream.advance() {
                let Ok(word) = std::str::from_utf8(stream.key()) else { continue };
                *counts.entry(word.to_owned()).or_default() += u64::from(stream.value().doc_freq);
            }
        }
        Ok(counts.into_iter().collect())
    }

    /// The product of an id.
    pub fn product(&self, id: &ProductId) -> Result<Option<Product>, SearchError> {
        let term = tantivy::Term::from_field_text(self.snapshot.fields.id, id.as_str());
        let Some((part, doc)) = self.first(&term)? else { return Ok(None) };
        let address = DocAddress::new(part as u32, doc);
        let text = stored::<PRODUCT>(&self.snapshot.products, address, self.snapshot.fields.product)?;
        serde_json::from_str(&text)
            .map(Some)
            .map_err(|_| SearchError::outdated("a stored product cannot be read"))
    }

    /// Whether any offer is on sale at any time.
    pub(crate) fn has_sales(&self) -> bool {
        self.snapshot.parts.iter().any(|part| part.columns.has_any_sale())
    }

    /// The product that a feed calls so, or that has a variant that it calls so.
    pub fn find(&self, source_id: &str) -> Result<Option<ProductId>, SearchError> {
        let fields = &self.snapshot.fields;
        for field in [fields.source, fields.variant_source] {
            let term = tantivy::Term::from_field_text(field, source_id);
            if let Some((part, doc)) = self.first(&term)? {
                return Ok(Some(crate::page::card(&self.snapshot, part, doc)?.id));
            }
        }
        Ok(None)
    }

    /// The living document with the smallest id that has a term.
    fn first(&self, term: &tantivy::Term) -> Result<Option<(usize, u32)>, SearchError> {
        use tantivy::schema::IndexRecordOption;
        let mut best: Option<(u64, usize, u32)> = None;
        for (place, part) in self.snapshot.parts.iter().enumerate() {
            let index = self.snapshot.products.segment_reader(place as u32).inverted_index(term.field())?;
            let Some(mut block) = index.read_block_postings(term, IndexRecordOption::Basic)? else {
                continue;
            };
            while !block.docs().is_empty() {
                for doc in block.docs().iter().copied().filter(|doc| part.is_alive(*doc)) {
                    let found = (part.columns.keys[doc as usize], place, doc);
                    best = Some(best.map_or(found, |best| best.min(found)));
                }
                block.advance();
            }
        }
        Ok(best.map(|(_, part, doc)| (part, doc)))
    }
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Index").field("generation", &self.generation()).field("len", &self.len()).finish()
    }
}
