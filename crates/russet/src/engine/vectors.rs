//! Meaning for the index: a vector for each product and each row of evidence, kept in the store so that no text is
//! embedded twice.

use std::collections::HashMap;

use commerce::{EvidenceId, Listing};
use infer::Embedder;
use search::{
    EvidenceRow, IndexWriter, ListingVectors, document_rows, evidence_rows, product_text, row_text,
};
use store::{TextHash, text_hash};

use super::Engine;
use super::folder::MadeFrom;
use super::source::{Source, shop_documents};

/// Texts that are embedded at once.
const BATCH: usize = 64;
/// Listings whose vectors are committed together, so that a restart has little to do again.
const COMMIT_EVERY: usize = 2_000;

/// What was embedded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Embedded {
    /// There is no model, nothing to do, or another process writes the index.
    Nothing,
    /// So many listings have their vectors now.
    Listings(u64),
}

impl Engine {
    /// Adds vectors for everything that has none yet, telling how many listings are done and how many there are.
    pub(crate) async fn embed(
        &self,
        progress: &(dyn Fn(u64, u64) + Send + Sync),
    ) -> anyhow::Result<Embedded> {
        let Some(embedder) = self.shop.embedder() else { return Ok(Embedded::Nothing) };
        let Some(lock) = self.folder.try_lock()? else { return Ok(Embedded::Nothing) };
        if self.is_embedded(embedder).await? {
            return Ok(Embedded::Nothing);
        }
        let mut writer = self.writer(&lock)?;
        let generation = self.bring_up(&mut writer).await?.generation();
        let made_from = self.folder.made_from();
        let done = if made_from.model == embedder.name() { made_from.vectors_generation } else { 0 };
        let changes = self.store.changes_since(done).await?;
        let total = changes.products.len() as u64;
        let mut source = Source::of(&changes, done == 0);
        let (mut count, mut waiting) = (0, 0);
        loop {
            let page = source.page(&self.store).await?;
            if page.is_empty() {
                break;
            }
            for listings in page.chunks(BATCH) {
                self.embed_listings(embedder, &mut writer, listings).await?;
                (count, waiting) = (count + listings.len() as u64, waiting + listings.len());
                progress(count, total);
            }
            if waiting >= COMMIT_EVERY {
                waiting = 0;
                let index = tokio::task::block_in_place(|| writer.commit(generation))?;
                self.show(index, made_from.clone()).await?;
            }
        }
        if done == 0 || changes.has_document_changes {
            self.embed_documents(embedder, &mut writer).await?;
        }
        let index = tokio::task::block_in_place(|| writer.commit(generation))?;
        let model = embedder.name().to_owned();
        let made_from = MadeFrom { model, vectors_generation: generation, ..made_from };
        self.folder.note(&made_from, &lock)?;
        self.show(index, made_from).await?;
        Ok(Embedded::Listings(count))
    }

    /// Whether everything has its vectors, so that nothing need be opened to find out.
    async fn is_embedded(&self, embedder: &Embedder) -> anyhow::Result<bool> {
        let made_from = self.folder.made_from();
        let is_same = made_from.model == embedder.name() && made_from.store == self.store.identity();
        Ok(is_same && made_from.vectors_generation == self.store.generation().await?)
    }

    async fn embed_listings(
        &self,
        embedder: &Embedder,
        writer: &mut IndexWriter,
        listings: &[Listing],
    ) -> anyhow::Result<()> {
        let rows: Vec<Vec<EvidenceRow>> = listings.iter().map(evidence_rows).collect();
        let products: Vec<String> = listings.iter().map(|listing| product_text(&listing.product)).collect();
        let texts: Vec<String> =
            products.iter().cloned().chain(rows.iter().flatten().map(row_text)).collect();
        let vectors = self.vectors(embedder, &texts).await?;
        let vector = |text: &str| vectors.get(&text_hash(text)).cloned();
        for ((listing, rows), product) in listings.iter().zip(&rows).zip(&products) {
            let evidence = rows.iter().filter_map(|row| Some((row.id.clone(), vector(&row_text(row))?)));
            let vectors = ListingVectors { product: vector(product), evidence: evidence.collect() };
            tokio::task::block_in_place(|| writer.upsert(listing, Some(&vectors)))?;
        }
        Ok(())
    }

    async fn embed_documents(&self, embedder: &Embedder, writer: &mut IndexWriter) -> anyhow::Result<()> {
        let documents = shop_documents(&self.store).await?;
        let rows: Vec<EvidenceRow> = documents.iter().flat_map(document_rows).collect();
        let texts: Vec<String> = rows.iter().map(row_text).collect();
        let vectors = self.vectors(embedder, &texts).await?;
        let of_row =
            |row: &EvidenceRow| Some((row.id.clone(), vectors.get(&text_hash(&row_text(row)))?.clone()));
        let vectors: Vec<(EvidenceId, Vec<f32>)> = rows.iter().filter_map(of_row).collect();
        Ok(writer.documents(&documents, &vectors)?)
    }

    /// The vectors of these texts by their hash: from the store, else from the model and then into the store.
    async fn vectors(
        &self,
        embedder: &Embedder,
        texts: &[String],
    ) -> anyhow::Result<HashMap<TextHash, Vec<f32>>> {
        let by_hash: HashMap<TextHash, &String> = texts.iter().map(|text| (text_hash(text), text)).collect();
        let hashes: Vec<TextHash> = by_hash.keys().copied().collect();
        let mut vectors = self.store.embeddings(embedder.name(), &hashes).await?;
        let missing: Vec<TextHash> = hashes.into_iter().filter(|hash| !vectors.contains_key(hash)).collect();
        for hashes in missing.chunks(BATCH) {
            let batch: Vec<String> = hashes.iter().map(|hash| by_hash[hash].clone()).collect();
            let made: Vec<(TextHash, Vec<f32>)> =
                hashes.iter().copied().zip(embedder.embed(&batch).await?).collect();
            self.store.put_embeddings(embedder.name(), &made).await?;
            vectors.extend(made);
        }
        Ok(vectors)
    }
}
