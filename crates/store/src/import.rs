//! One import: a transaction that takes records in any order and shows them to readers when it finishes.

mod entry;
mod links;
mod product;
mod removal;
mod resolve;
mod summary;
mod touched;
mod withdrawal;

use commerce::{Document, Product, Question, Review, ReviewId};
use jiff::Timestamp;
use sqlx::{Any, Transaction};

use crate::change::{read_state, write_state};
use crate::doc::Packer;
use crate::{Engine, Shop, Store, StoreError, journal, shop};

use entry::Entries;
pub use summary::{Counts, ImportMode, ImportSummary};

/// How many records wait before they are written together.
const MAX_WAITING: usize = 256;
/// How many bytes of text wait before they are written together.
const MAX_WAITING_BYTES: usize = 8 * 1024 * 1024;

/// A running import. Dropping it takes back everything; only [`Import::finish`] keeps it.
pub struct Import {
    transaction: Transaction<'static, Any>,
    engine: Engine,
    mode: ImportMode,
    started: Timestamp,
    /// The generation that this import leads to.
    generation: i64,
    last_product_key: i64,
    packer: Packer,
    products: Vec<Product>,
    product_bytes: usize,
    reviews: Entries,
    questions: Entries,
    documents: Entries,
    links: links::Waiting,
    /// Ids of reviews that are taken back and not written down yet.
    withdrawn: Vec<String>,
    is_shop_changed: bool,
}

impl Store {
    /// Begins an import, waiting for one that is running. Readers see the old catalog until it finishes.
    pub async fn begin_import(&self, mode: ImportMode) -> Result<Import, StoreError> {
        let mut transaction = self.pools.importers.begin_with(self.engine.begin_import()).await?;
        self.engine.lock_imports(&mut transaction, self.options.patience).await?;
        touched::create(self.engine, &mut transaction).await?;
        withdrawal::create(self.engine, &mut transaction).await?;
        Ok(Import {
            engine: self.engine,
            mode,
            started: Timestamp::now(),
            generation: read_state(&mut transaction, "generation").await? + 1,
            last_product_key: read_state(&mut transaction, "last_product_key").await?,
            packer: Packer::new()?,
            products: Vec::new(),
            product_bytes: 0,
            reviews: Entries::default(),
            questions: Entries::default(),
            documents: Entries::default(),
            links: links::Waiting::default(),
            withdrawn: Vec::new(),
            is_shop_changed: false,
            transaction,
        })
    }
}

impl Import {
    /// Takes a product. Records of the same product are laid over each other, see [`ImportMode`].
    pub async fn product(&mut self, product: Product) -> Result<(), StoreError> {
        self.product_bytes += product::weight(&product);
        self.products.push(product);
        if self.products.len() >= MAX_WAITING || self.product_bytes >= MAX_WAITING_BYTES {
            self.write_products().await?;
        }
        Ok(())
    }

    /// Takes a review. It replaces one of the same id; its product may come later, even in another import.
    pub async fn review(&mut self, review: Review) -> Result<(), StoreError> {
        let reference = review.product.clone();
        self.reviews.push(&mut self.packer, review.id.as_str(), &review, &reference)?;
        if self.reviews.is_full() { self.write_reviews().await } else { Ok(()) }
    }

    /// Takes back a review. It is not in the catalog after the import, even if the same import brings it, before or later:
    /// who asked for it to be gone is heard.
    pub async fn withdraw_review(&mut self, id: ReviewId) -> Result<(), StoreError> {
        self.withdrawn.push(id.as_str().to_owned());
        if self.withdrawn.len() >= MAX_WAITING { self.write_withdrawn().await } else { Ok(()) }
    }

    /// Takes a question. It replaces one of the same id; its product may come later, even in another import.
    pub async fn question(&mut self, question: Question) -> Result<(), StoreError> {
        let reference = question.product.clone();
        self.questions.push(&mut self.packer, question.id.as_str(), &question, &reference)?;
        if self.questions.is_full() { self.write_questions().await } else { Ok(()) }
    }

    /// Takes a document. It replaces one of the same id; its products may come later, even in another import.
    pub async fn document(&mut self, document: Document) -> Result<(), StoreError> {
        let reference = document.products.clone();
        self.documents.push(&mut self.packer, document.id.as_str(), &document, &reference)?;
        if self.documents.is_full() { self.write_documents().await } else { Ok(()) }
    }

    /// Takes what a feed says of the shop; what it leaves out stays.
    pub async fn shop(&mut self, newer: Shop) -> Result<(), StoreError> {
        let stored = shop::read(&mut self.transaction).await?;
        let mut shop = stored.clone().unwrap_or_default();
        shop.overlay(newer);
        if stored.as_ref() != Some(&shop) {
            shop::write(&mut self.transaction, &shop).await?;
            self.is_shop_changed = true;
        }
        Ok(())
    }

    /// Keeps the import: connects what names products with them, removes what a replacing feed left out, and shows
    /// the new catalog to readers. Where nothing changed, nothing is written but a line of the journal.
    pub async fn finish(mut self) -> Result<ImportSummary, StoreError> {
        let (summary, has_changes) = self.settle().await?;
        if !has_changes {
            return self.finish_unchanged(summary).await;
        }
        write_state(&mut self.transaction, "generation", self.generation).await?;
        if summary.documents.has_changes() {
            write_state(&mut self.transaction, "documents_generation", self.generation).await?;
        }
        write_state(&mut self.transaction, "last_product_key", self.last_product_key).await?;
        touched::drop(&mut self.transaction).await?;
        withdrawal::drop(&mut self.transaction).await?;
        journal::write(&mut self.transaction, self.mode, self.started, self.generation, &summary).await?;
        self.transaction.commit().await?;
        Ok(summary)
    }

    /// Says what keeping the import would do, and takes it back.
    pub async fn rehearse(mut self) -> Result<ImportSummary, StoreError> {
        let (summary, _) = self.settle().await?;
        self.transaction.rollback().await?;
        Ok(summary)
    }

    /// Writes what waits and connects it; also says whether anything is different from before.
    async fn settle(&mut self) -> Result<(ImportSummary, bool), StoreError> {
        self.write_products().await?;
        self.write_reviews().await?;
        self.write_questions().await?;
        self.write_documents().await?;
        let unknown_links = self.write_links().await?;
        touched::prepare_reading(self.engine, &mut self.transaction).await?;
        let mut summary = ImportSummary::default();
        summary.set_unknown_links(unknown_links);
        let withdrawn = self.remove_withdrawn().await?;
        touched::count(&mut self.transaction, &mut summary).await?;
        if self.mode == ImportMode::Replace {
            self.remove_untouched(&mut summary).await?;
        }
        summary.reviews.removed += withdrawn;
        let resolved = self.resolve_references().await?;
        self.mark_listings().await?;
        summary.set_totals(crate::count::read(&mut self.transaction).await?);
        let has_changes = summary.has_changes() || resolved > 0 || self.is_shop_changed;
        Ok((summary, has_changes))
    }

    /// A record that came twice with different contents was written back and forth: that is taken back too.
    async fn finish_unchanged(mut self, summary: ImportSummary) -> Result<ImportSummary, StoreError> {
        sqlx::query("ROLLBACK TO SAVEPOINT import").execute(&mut *self.transaction).await?;
        let generation = self.generation - 1;
        journal::write(&mut self.transaction, self.mode, self.started, generation, &summary).await?;
        self.transaction.commit().await?;
        Ok(summary)
    }
}
