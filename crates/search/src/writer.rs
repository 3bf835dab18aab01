//! The one writer of an index. Nothing that it is told can be seen before a commit, and then all of it at once.
//!
//! Tantivy writes and merges on threads of its own: one for the products, one for the evidence, and its merging pool.

use std::collections::{BTreeMap, HashSet};
use std::path::Path;
use std::sync::Arc;

use commerce::{Document, EvidenceId, Listing, ProductId};
use tantivy::indexer::UserOperation;
use tantivy::{TantivyDocument, Term};

use crate::evidence_rows::{document_rows, evidence_rows};
use crate::index::{Directories, Halves};
use crate::product_document::{id_term, key_of, product_document};
use crate::schema::{EvidenceFields, ProductFields};
use crate::state::State;
use crate::vector_files::{Half, MAX_FILES, VectorChanges};
use crate::vectors::{Vectors, quantise};
use crate::{EvidenceRow, Index, Language, SearchError};

/// How much the writer may use.
#[derive(Clone, Copy, Debug)]
pub struct WriterOptions {
    /// Bytes of memory for what is not yet written, at least 30 MB, half of it for each index.
    pub memory_bytes: usize,
}

impl Default for WriterOptions {
    fn default() -> Self {
        Self { memory_bytes: 128 << 20 }
    }
}

/// The vectors of a listing: unit vectors of one embedding model.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListingVectors {
    /// Of the product as a whole; `None` for none.
    pub product: Option<Vec<f32>>,
    /// Of rows of its evidence.
    pub evidence: Vec<(EvidenceId, Vec<f32>)>,
}

/// Writes an index.
pub struct IndexWriter {
    halves: Halves,
    fields: ProductFields,
    evidence_fields: EvidenceFields,
    products: tantivy::IndexWriter,
    evidence: tantivy::IndexWriter,
    vectors: VectorChanges,
    index: Index,
    /// The language that the index is written in; `None` until there is text enough to tell.
    language: Option<Language>,
    /// What waits for the language.
    waiting: Vec<(Listing, Option<ListingVectors>)>,
    /// Whether nothing was there before what is written now. What is new then need not be taken out first, which is a
    /// search in every segment.
    is_fresh: bool,
    /// The products that were put in since the last commit.
    written: HashSet<u64>,
}

/// So many listings tell the language of a catalog.
const TELLING_LISTINGS: usize = 64;
/// The word that stands for the shop where a row names no product.
pub(crate) const SHOP: &str = "-";
/// What Tantivy needs at least for one thread.
const MIN_MEMORY_BYTES: usize = 15_000_000;

impl IndexWriter {
    /// Opens the index in these directories for writing; empty ones become an empty index. There can be one writer at
    /// a time.
    pub fn create(directories: Directories, options: WriterOptions) -> Result<Self, SearchError> {
        let halves = Halves::open(directories)?;
        let state = halves.state()?;
        let vectors = Vectors::read(&*halves.directory, &state.vectors)?;
        let index = halves.snapshot(Arc::new(vectors), None)?;
        let memory = (options.memory_bytes / 2).max(MIN_MEMORY_BYTES);
        Ok(Self {
            products: halves.products.writer_with_num_threads(1, memory)?,
            evidence: halves.evidence.writer_with_num_threads(1, memory)?,
            fields: ProductFields::schema().1,
            evidence_fields: EvidenceFields::schema().1,
            vectors: VectorChanges::default(),
            language: (!index.is_empty()).then(|| index.language()),
            waiting: Vec::new(),
            is_fresh: index.generation() == 0 && index.is_empty(),
            written: HashSet::new(),
            halves,
            index,
        })
    }

    /// The state of the last commit.
    pub fn index(&self) -> Index {
        self.index.clone()
    }

    /// Puts a listing in, instead of the one of the same product where there is one.
    pub fn upsert(&mut self, listing: &Listing, vectors: Option<&ListingVectors>) -> Result<(), SearchError> {
        if let Some(language) = self.language {
            return self.put(listing, vectors, language);
        }
        self.waiting.push((listing.clone(), vectors.cloned()));
        if self.waiting.len() >= TELLING_LISTINGS { self.settle() } else { Ok(()) }
    }

    fn put(
        &mut self,
        listing: &Listing,
        vectors: Option<&ListingVectors>,
        language: Language,
    ) -> Result<(), SearchError> {
        let id = &listing.product.id;
        let is_new = self.written.insert(key_of(id.as_str())) && self.is_fresh;
        if !is_new {
            self.products.delete_term(id_term(&self.fields, id));
        }
        self.products.add_document(product_document(&self.fields, listing, language))?;
        self.replace_rows(id.as_str(), evidence_rows(listing), is_new)?;
        self.replace_vectors(id.as_str(), vectors)
    }

    /// Decides in which language the index is written, and writes what has waited for it.
    fn settle(&mut self) -> Result<(), SearchError> {
        let waiting = std::mem::take(&mut self.waiting);
        let language = *self.language.get_or_insert_with(|| {
            let texts = waiting.iter().map(|(listing, _)| &listing.product);
            Language::of_texts(texts.flat_map(|product| [&*product.title, &*product.description]))
        });
        self.halves.register(language);
        waiting.iter().try_for_each(|(listing, vectors)| self.put(listing, vectors.as_ref(), language))
    }

    /// Takes a product out.
    pub fn remove(&mut self, id: &ProductId) -> Result<(), SearchError> {
        self.waiting.retain(|(listing, _)| listing.product.id != *id);
        self.products.delete_term(id_term(&self.fields, id));
        self.replace_rows(id.as_str(), Vec::new(), false)?;
        self.replace_vectors(id.as_str(), None)
    }

    /// Makes these the documents of the shop; those of before are gone.
    pub fn documents(
        &mut self,
        documents: &[Document],
        vectors: &[(EvidenceId, Vec<f32>)],
    ) -> Result<(), SearchError> {
        if !self.waiting.is_empty() {
            self.settle()?;
        }
        self.replace_rows(SHOP, documents.iter().flat_map(document_rows).collect(), false)?;
        let vectors = ListingVectors { product: None, evidence: vectors.to_vec() };
        self.replace_vectors(SHOP, Some(&vectors))
    }

    /// Takes everything out.
    pub fn clear(&mut self) -> Result<(), SearchError> {
        self.waiting.clear();
        self.language = None;
        self.products.delete_all_documents()?;
        self.evidence.delete_all_documents()?;
        self.is_fresh = true;
        let old = &self.index.snapshot.vectors;
        let groups = |half, list: &crate::vectors::VectorList| -> Vec<(Half, u64)> {
            list.ids.iter().map(|(group, _)| (half, *group)).collect()
        };
        let all =
            groups(Half::Products, &old.products).into_iter().chain(groups(Half::Evidence, &old.evidence));
        self.vectors.groups = all.map(|group| (group, Vec::new())).collect();
        Ok(())
    }

    /// Makes everything since the last commit visible in a new snapshot that carries this number.
    pub fn commit(&mut self, generation: i64) -> Result<Index, SearchError> {
        if !self.waiting.is_empty() {
            self.settle()?;
        }
        let old = self.index.snapshot.state.vectors.clone();
        let (files, vectors) = self.write_vectors(generation, &old)?;
        let state = State::new(generation, self.language.unwrap_or_default(), files);
        let payload = state.payload();
        for writer in [&mut self.evidence, &mut self.products] {
            let mut commit = writer.prepare_commit()?;
            commit.set_payload(&payload);
            commit.commit()?;
        }
        (self.is_fresh, self.written) = (false, HashSet::new());
        self.index = self.halves.snapshot(vectors, Some(&self.index))?;
        for file in old.iter().filter(|file| !state.vectors.contains(file)) {
            // A file that cannot be deleted now is only a waste of space.
            let _ = self.halves.directory.delete(Path::new(file));
        }
        Ok(self.index())
    }

    /// Forgets everything since the last commit.
    pub fn rollback(&mut self) -> Result<(), SearchError> {
        self.products.rollback()?;
        self.evidence.rollback()?;
        self.vectors = VectorChanges::default();
        self.waiting.clear();
        (self.is_fresh, self.written) = (false, HashSet::new());
        Ok(())
    }

    /// Waits until no merge is running, so that a process may end without leaving work behind.
    pub fn finish(self) -> Result<(), SearchError> {
        self.products.wait_merging_threads()?;
        self.evidence.wait_merging_threads()?;
        Ok(())
    }

    fn replace_rows(
        &mut self,
        product: &str,
        rows: Vec<EvidenceRow>,
        is_new: bool,
    ) -> Result<(), SearchError> {
        let fields = &self.evidence_fields;
        let old = Term::from_field_text(fields.product, product);
        let mut operations = Vec::with_capacity(rows.len() + 1);
        operations.extend((!is_new).then_some(UserOperation::Delete(old)));
        for (place, row) in rows.iter().enumerate() {
            operations.push(UserOperation::Add(evidence_document(fields, product, place, row)));
        }
        self.evidence.run(operations)?;
        Ok(())
    }

    fn replace_vectors(&mut self, id: &str, vectors: Option<&ListingVectors>) -> Result<(), SearchError> {
        let group = key_of(id);
        let known = &self.index.snapshot.vectors;
        let has_any =
            self.vectors.dimensions > 0 || known.products.dimensions > 0 || known.evidence.dimensions > 0;
        if vectors.is_none() && !has_any {
            return Ok(());
        }
        let product = vectors.and_then(|vectors| vectors.product.as_deref());
        let evidence = vectors.map_or(&[][..], |vectors| &vectors.evidence);
        for vector in product.into_iter().chain(evidence.iter().map(|(_, vector)| vector.as_slice())) {
            if self.vectors.dimensions == 0 {
                self.vectors.dimensions = vector.len();
            }
            let expected = self.vectors.dimensions;
            if vector.len() != expected {
                return Err(SearchError::Dimensions { expected, found: vector.len() });
            }
        }
        let product = product.into_iter().map(|vector| (0, quantise(vector))).collect();
        let mut rows: BTreeMap<u64, Vec<i8>> = BTreeMap::new();
        rows.extend(evidence.iter().map(|(id, vector)| (key_of(id.as_str()), quantise(vector))));
        self.vectors.groups.insert((Half::Products, group), product);
        self.vectors.groups.insert((Half::Evidence, group), rows.into_iter().collect());
        Ok(())
    }

    /// Writes what changed since the last commit; the names of all files that then hold the vectors.
    fn write_vectors(
        &mut self,
        generation: i64,
        old: &[String],
    ) -> Result<(Vec<String>, Arc<Vectors>), SearchError> {
        let mut changes = std::mem::take(&mut self.vectors);
        let last = &self.index.snapshot.vectors;
        let known = last.products.dimensions.max(last.evidence.dimensions);
        let is_idle = old.is_empty() && changes.groups.values().all(Vec::is_empty);
        if changes.groups.is_empty() || is_idle {
            return Ok((old.to_vec(), last.clone()));
        }
        if changes.dimensions == 0 {
            changes.dimensions = known;
        }
        let vectors = last.with(&changes);
        let is_joined = old.len() >= MAX_FILES || changes.dimensions != known;
        let bytes = if is_joined { VectorChanges::all_of(&vectors).to_bytes() } else { changes.to_bytes() };
        let mut files = if is_joined { Vec::new() } else { old.to_vec() };
        let serial =
            old.iter().filter_map(|name| name.split('-').nth(1)?.parse::<u64>().ok()).max().unwrap_or(0) + 1;
        let name = format!("vectors-{serial}-{generation}.bin");
        self.halves.directory.atomic_write(Path::new(&name), &bytes)?;
        files.push(name);
        Ok((files, Arc::new(vectors)))
    }
}

fn evidence_document(
    fields: &EvidenceFields,
    product: &str,
    place: usize,
    row: &EvidenceRow,
) -> TantivyDocument {
    let mut document = TantivyDocument::new();
    document.add_text(fields.product, product);
    document.add_u64(fields.kind, row.kind as u64);
    document.add_u64(fields.place, place as u64);
    document.add_text(fields.quote, &row.quote);
    document.add_text(fields.context, &row.context);
    document.add_text(fields.row, serde_json::to_string(row).unwrap_or_default());
    document
}
