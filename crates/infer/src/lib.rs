//! Models: registry, download and verification, embedded runtimes, remote clients, batching.
//!
//! Nothing but this crate knows a model runtime. Callers hold an [`Embedder`] or a [`LanguageModel`] and never learn
//! whether it runs in this process or on a server. Having no model is ordinary: see [`InferError::NoModel`].

mod checksum;
mod choice;
mod embedder;
mod error;
mod language;
mod llama;
mod models;
mod progress;
mod pull;
mod registry;
mod remote;

pub use choice::Choice;
pub use embedder::{Embedder, EmbedderOptions, embedder};
pub use error::{Attempt, InferError};
pub use language::{
    Completion, Constraint, Generation, LanguageModel, LanguageOptions, Request, Stop, Usage, language_model,
    schema_to_grammar,
};
pub use llama::{Llama, LlamaOptions, WAIT_POLICY};
pub use models::{Installed, Models, State};
pub use progress::Progress;
pub use pull::PullOptions;
pub use registry::{Model, ModelFile, Rank, Registry, Role, Source};
pub use remote::{ApiKey, RemoteLanguage, RemoteOptions};
