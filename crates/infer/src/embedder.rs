//! Text to vectors.

mod averaging;
mod encoder;
mod network;
mod queue;
mod tokens;

use std::path::Path;
use std::sync::Arc;

use url::Url;

use crate::remote::{RemoteEmbedding, RemoteOptions};
use crate::{Choice, InferError, Models, Role};
use encoder::Encoder;
use queue::Queue;

/// How an embedder runs.
#[derive(Clone, Debug)]
pub struct EmbedderOptions {
    /// Threads that work on one batch. 0 takes one for each processor.
    pub threads: usize,
    /// Requests that may wait. One more is refused.
    pub queue: usize,
    /// For a model on a server.
    pub remote: RemoteOptions,
}

impl Default for EmbedderOptions {
    fn default() -> EmbedderOptions {
        EmbedderOptions { threads: 0, queue: 64, remote: RemoteOptions::default() }
    }
}

/// Turns texts into vectors of length 1, so that a dot product is their likeness. Cheap to clone.
#[derive(Clone)]
pub struct Embedder {
    name: Arc<str>,
    dimensions: usize,
    languages: Arc<[String]>,
    engine: Engine,
}

#[derive(Clone)]
enum Engine {
    Embedded(Queue),
    Remote(RemoteEmbedding),
}

/// Opens the embedder that was chosen. Without one, search is lexical alone: every error here is a reason for that.
pub async fn embedder(
    models: &Models,
    choice: &Choice,
    options: &EmbedderOptions,
) -> Result<Embedder, InferError> {
    match choice {
        Choice::None => Err(InferError::NoModel),
        Choice::Path(folder) => load(&folder.display().to_string(), folder, options).await,
        Choice::Remote { base, model } => connect(base, model, options).await,
        Choice::Default | Choice::Named(_) => {
            let name = models.name_of(choice, Role::TextEmbedding).ok_or(InferError::NoModel)?;
            let model = models.registry().find(name)?;
            if model.role != Role::TextEmbedding {
                return Err(InferError::rejected(format!("{name} is not an embedding model")));
            }
            let languages = model.languages.as_slice().into();
            Ok(Embedder { languages, ..load(name, &models.installed(name)?, options).await? })
        }
    }
}

async fn load(name: &str, folder: &Path, options: &EmbedderOptions) -> Result<Embedder, InferError> {
    let (folder, threads) = (folder.to_owned(), options.threads);
    let loaded = tokio::task::spawn_blocking(move || Encoder::load(&folder, threads));
    let encoder = loaded.await.map_err(InferError::failed)??;
    let dimensions = encoder.dimensions();
    let queue = Queue::start(encoder, options.queue)?;
    let languages = Arc::new([]);
    Ok(Embedder { name: name.into(), dimensions, languages, engine: Engine::Embedded(queue) })
}

/// A server is asked at once, since how many numbers its vectors have is known only by looking.
async fn connect(base: &Url, model: &str, options: &EmbedderOptions) -> Result<Embedder, InferError> {
    let remote = RemoteEmbedding::new(base, model, options.remote.clone())?;
    let vectors = remote.embed(&["dimensions".to_owned()]).await?;
    let dimensions = vectors.first().map_or(0, Vec::len);
    let languages = Arc::new([]);
    Ok(Embedder { name: model.into(), dimensions, languages, engine: Engine::Remote(remote) })
}

impl Embedder {
    /// The name of the model: vectors of different names do not compare.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How many numbers a vector has.
    pub fn dimensions(&self) -> usize {
        self.dimensions
    }

    /// Whether it is known to understand this language, by its ISO 639-1 code. Of a model that is no entry of the registry
    /// nothing is known.
    pub fn knows(&self, language: &str) -> bool {
        self.languages.iter().any(|known| known == language)
    }

    /// One vector per text, in order. A long text counts by its beginning. Many texts are worked on in turns with the
    /// requests of others, so that a search never waits for an import.
    pub async fn embed(&self, texts: &[String]) -> Result<Vec<Vec<f32>>, InferError> {
        match &self.engine {
            Engine::Embedded(queue) => queue.embed(texts).await,
            Engine::Remote(remote) => remote.embed(texts).await,
        }
    }
}

impl std::fmt::Debug for Embedder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Embedder").field("name", &self.name).field("dimensions", &self.dimensions).finish()
    }
}
