//! Vectors of texts, kept so that a text is embedded once for each model.

use std::collections::HashMap;

use sha2::{Digest, Sha256};
use sqlx::Row;

use crate::statement::{Insert, select_among};
use crate::{Store, StoreError};

/// The SHA-256 of a text.
pub type TextHash = [u8; 32];

const INSERT: Insert = Insert {
    into: "embedding (key, model, vector)",
    columns: 3,
    conflict: "ON CONFLICT (key) DO UPDATE SET vector = excluded.vector",
};

/// The key of a text in the cache.
pub fn text_hash(text: &str) -> TextHash {
    Sha256::digest(text.as_bytes()).into()
}

impl Store {
    /// The vectors of this model that are known for these texts.
    pub async fn embeddings(
        &self,
        model: &str,
        hashes: &[TextHash],
    ) -> Result<HashMap<TextHash, Vec<f32>>, StoreError> {
        let mut connection = self.pools.readers.acquire().await?;
        let by_key: HashMap<Vec<u8>, TextHash> =
            hashes.iter().map(|hash| (key(model, hash), *hash)).collect();
        let keys: Vec<Vec<u8>> = by_key.keys().cloned().collect();
        let select = "SELECT key, vector FROM embedding WHERE key";
        let rows = select_among(self.engine, &mut connection, (select, ""), &keys).await?;
        let mut vectors = HashMap::with_capacity(rows.len());
        for row in rows {
            if let Some(hash) = by_key.get(&row.try_get::<Vec<u8>, _>(0)?) {
                vectors.insert(*hash, vector(&row.try_get::<Vec<u8>, _>(1)?));
            }
        }
        Ok(vectors)
    }

    /// Keeps vectors of this model. SQLite has one writer, so this waits while an import runs.
    pub async fn put_embeddings(
        &self,
        model: &str,
        vectors: &[(TextHash, Vec<f32>)],
    ) -> Result<(), StoreError> {
        let mut transaction = self.pools.importers.begin().await?;
        let rows = vectors.iter().map(|(hash, vector)| {
            let bytes: Vec<u8> = vector.iter().flat_map(|number| number.to_le_bytes()).collect();
            (key(model, hash), model.to_owned(), bytes)
        });
        INSERT
            .run(self.engine, &mut transaction, rows.collect(), |statement, (key, model, bytes)| {
                statement.bind(key).bind(model).bind(bytes)
            })
            .await?;
        Ok(transaction.commit().await?)
    }
}

/// The key of a row: model and text in one.
fn key(model: &str, text: &TextHash) -> Vec<u8> {
    let mut hasher = Sha256::new();
    hasher.update(text);
    hasher.update(model.as_bytes());
    hasher.finalize().to_vec()
}

fn vector(bytes: &[u8]) -> Vec<f32> {
    let (numbers, _) = bytes.as_chunks::<4>();
    numbers.iter().map(|number| f32::from_le_bytes(*number)).collect()
}
