//! The embeddings endpoint.

use std::sync::Arc;
use std::time::Duration;

use serde::Deserialize;
use serde_json::json;
use tokio::time::{Instant, timeout_at};
use url::Url;

use super::RemoteOptions;
use super::server::{Server, words};
use crate::InferError;

/// Texts in one request.
const BATCH_TEXTS: usize = 64;

/// The longest that one batch may take.
const TIME_LIMIT: Duration = Duration::from_secs(60);

/// An embedding model on a server.
#[derive(Clone, Debug)]
pub(crate) struct RemoteEmbedding {
    model: Arc<str>,
    server: Arc<Server>,
}

#[derive(Deserialize)]
struct Answer {
    data: Vec<Row>,
}

#[derive(Deserialize)]
struct Row {
    index: usize,
    embedding: Vec<f32>,
}

impl RemoteEmbedding {
    pub(crate) fn new(
        base: &Url,
        model: &str,
        options: RemoteOptions,
    ) -> Result<RemoteEmbedding, InferError> {
        Ok(RemoteEmbedding { model: model.into(), server: Arc::new(Server::new(base, options)?) })
    }

    /// One vector of length 1 per text, in order.
    pub(crate) async fn embed(&self, texts: &[String]) -> Result<Vec<Vec<f32>>, InferError> {
        let mut vectors = Vec::with_capacity(texts.len());
        for batch in texts.chunks(BATCH_TEXTS) {
            vectors.extend(self.batch(batch).await?);
        }
        Ok(vectors)
    }

    async fn batch(&self, texts: &[String]) -> Result<Vec<Vec<f32>>, InferError> {
        let deadline = Instant::now() + TIME_LIMIT;
        let body = json!({"model": &*self.model, "input": texts, "encoding_format": "float"});
        let response = self.server.post("embeddings", &body, deadline).await?;
        let answer = timeout_at(deadline, response.json::<Answer>()).await;
        let answer = answer.map_err(|_| InferError::TimedOut { stage: "the vectors" })?;
        let mut rows = answer.map_err(|e| InferError::failed(words(&e)))?.data;
        rows.sort_by_key(|row| row.index);
        match rows.len() == texts.len() && rows.iter().zip(0..).all(|(row, at)| row.index == at) {
            true => Ok(rows.into_iter().map(|row| scaled(row.embedding)).collect()),
            false => Err(InferError::failed(format!(
                "the server gave {} vectors for {} texts",
                rows.len(),
                texts.len()
            ))),
        }
    }
}

/// The vector with length 1.
fn scaled(mut vector: Vec<f32>) -> Vec<f32> {
    let norm = vector.iter().map(|v| v * v).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
    vector.iter_mut().for_each(|v| *v /= norm);
    vector
}
