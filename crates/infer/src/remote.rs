//! Models on any OpenAI-compatible server.

mod api_key;
mod breaker;
mod chat;
mod embeddings;
mod retry;
mod server;
mod sse;

pub use api_key::ApiKey;
pub(crate) use embeddings::RemoteEmbedding;

use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;
use url::Url;

use crate::InferError;
use crate::language::{Generation, Request};
use server::Server;

/// How a server is talked to.
#[derive(Clone, Debug)]
pub struct RemoteOptions {
    /// The key that the server wants, if it wants one.
    pub api_key: Option<ApiKey>,
    /// How long a connection may take.
    pub connect_timeout: Duration,
    /// How long the first part of an answer may take, and how long a stream may stand still.
    pub first_part_timeout: Duration,
    /// Tries of one request in all.
    pub attempts: u32,
    /// The pause before the second try; it doubles with every further one.
    pub backoff: Duration,
    /// Failures in a row after which the server is left alone.
    pub breaker_failures: u32,
    /// How long it is left alone.
    pub breaker_pause: Duration,
}

impl Default for RemoteOptions {
    fn default() -> RemoteOptions {
        RemoteOptions {
            api_key: None,
            connect_timeout: Duration::from_secs(3),
            first_part_timeout: Duration::from_secs(30),
            attempts: 3,
            backoff: Duration::from_millis(250),
            breaker_failures: 5,
            breaker_pause: Duration::from_secs(15),
        }
    }
}

/// A language model on a server. Cheap to clone; clones share the circuit breaker.
#[derive(Clone, Debug)]
pub struct RemoteLanguage {
    model: Arc<str>,
    server: Arc<Server>,
}

impl RemoteLanguage {
    /// A model by its name on a server. Sends nothing yet.
    pub fn new(base: &Url, model: &str, options: RemoteOptions) -> Result<RemoteLanguage, InferError> {
        Ok(RemoteLanguage { model: model.into(), server: Arc::new(Server::new(base, options)?) })
    }

    /// The name of the model on its server.
    pub fn name(&self) -> &str {
        &self.model
    }

    /// Asks the server; returns when the answer begins to come.
    pub async fn generate(&self, request: Request) -> Result<Generation, InferError> {
        let deadline = Instant::now() + request.time_limit;
        let body = chat::body(&self.model, &request)?;
        let response = self.server.post("chat/completions", &body, deadline).await?;
        Ok(chat::stream(self.server.clone(), response, deadline))
    }
}
