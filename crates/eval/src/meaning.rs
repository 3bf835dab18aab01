//! Vectors for a store, kept in a database below the target folder so that no text is embedded twice. The texts are
//! those that the program embeds.

use std::collections::HashMap;
use std::path::PathBuf;

use commerce::{Document, EvidenceId, Listing};
use infer::Embedder;
use search::{EvidenceRow, ListingVectors, document_rows, evidence_rows, product_text, row_text};
use store::{Store, TextHash, text_hash};

/// Texts that are embedded at once.
const BATCH: usize = 64;

/// An embedder with its memory.
pub(crate) struct Meaning {
    embedder: Embedder,
    memory: Store,
}

impl Meaning {
    /// Opens the memory.
    pub(crate) async fn open(embedder: Embedder) -> anyhow::Result<Self> {
        let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(
            || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../target")),
            PathBuf::from,
        );
        let folder = target.join("eval");
        std::fs::create_dir_all(&folder)?;
        let memory = Store::open(&format!("sqlite:{}?mode=rwc", folder.join("vectors.db").display())).await?;
        Ok(Self { embedder, memory })
    }

    /// The vectors of listings, in their order.
    pub(crate) async fn of_listings(&mut self, listings: &[Listing]) -> anyhow::Result<Vec<ListingVectors>> {
        let rows: Vec<Vec<EvidenceRow>> = listings.iter().map(evidence_rows).collect();
        let products: Vec<String> = listings.iter().map(|listing| product_text(&listing.product)).collect();
        let texts: Vec<String> =
            products.iter().cloned().chain(rows.iter().flatten().map(row_text)).collect();
        let vectors = self.vectors(&texts).await?;
        let of = |text: &str| vectors.get(&text_hash(text)).cloned();
        let pairs = rows.iter().zip(&products);
        Ok(pairs
            .map(|(rows, product)| ListingVectors { product: of(product), evidence: of_rows(rows, &vectors) })
            .collect())
    }

    /// The vectors of the rows of documents.
    pub(crate) async fn of_documents(
        &mut self,
        documents: &[Document],
    ) -> anyhow::Result<Vec<(EvidenceId, Vec<f32>)>> {
        let rows: Vec<EvidenceRow> = documents.iter().flat_map(document_rows).collect();
        let texts: Vec<String> = rows.iter().map(row_text).collect();
        Ok(of_rows(&rows, &self.vectors(&texts).await?))
    }

    async fn vectors(&mut self, texts: &[String]) -> anyhow::Result<HashMap<TextHash, Vec<f32>>> {
        let by_hash: HashMap<TextHash, &String> = texts.iter().map(|text| (text_hash(text), text)).collect();
        let hashes: Vec<TextHash> = by_hash.keys().copied().collect();
        let name = self.embedder.name();
        let mut vectors = self.memory.embeddings(name, &hashes).await?;
        let missing: Vec<TextHash> = hashes.into_iter().filter(|hash| !vectors.contains_key(hash)).collect();
        for hashes in missing.chunks(BATCH) {
            let batch: Vec<String> = hashes.iter().map(|hash| by_hash[hash].clone()).collect();
            let made: Vec<(TextHash, Vec<f32>)> =
                hashes.iter().copied().zip(self.embedder.embed(&batch).await?).collect();
            self.memory.put_embeddings(name, &made).await?;
            vectors.extend(made);
        }
        Ok(vectors)
    }
}

fn of_rows(rows: &[EvidenceRow], vectors: &HashMap<TextHash, Vec<f32>>) -> Vec<(EvidenceId, Vec<f32>)> {
    let of_row = |row: &EvidenceRow| Some((row.id.clone(), vectors.get(&text_hash(&row_text(row)))?.clone()));
    rows.iter().filter_map(of_row).collect()
}
