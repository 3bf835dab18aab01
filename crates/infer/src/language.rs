//! Text to text: no model, one in this process, or one on a server.

mod generation;
mod request;
mod schema_grammar;

pub use generation::{Completion, Generation, Stop, Usage};
pub(crate) use generation::{Part, Parts};
pub use request::{Constraint, Request};
pub use schema_grammar::schema_to_grammar;

use std::path::Path;

use crate::llama::{Llama, LlamaOptions};
use crate::remote::{RemoteLanguage, RemoteOptions};
use crate::{Choice, InferError, Models, Role};

/// How a language model runs, in process or remote.
#[derive(Clone, Debug, Default)]
pub struct LanguageOptions {
    /// For a model in this process.
    pub llama: LlamaOptions,
    /// For a model on a server.
    pub remote: RemoteOptions,
}

/// A language model, or the lack of one. Cheap to clone.
#[derive(Clone, Debug)]
pub enum LanguageModel {
    /// There is none; every request answers [`InferError::NoModel`].
    None,
    /// In this process.
    Embedded(Llama),
    /// On an OpenAI-compatible server.
    Remote(RemoteLanguage),
}

/// Opens the language model that was chosen.
pub async fn language_model(
    models: &Models,
    choice: &Choice,
    options: &LanguageOptions,
) -> Result<LanguageModel, InferError> {
    match choice {
        Choice::None => Ok(LanguageModel::None),
        Choice::Path(path) => load(&path.display().to_string(), path, options).await,
        Choice::Remote { base, model } => {
            RemoteLanguage::new(base, model, options.remote.clone()).map(LanguageModel::Remote)
        }
        Choice::Default | Choice::Named(_) => {
            let name = models.name_of(choice, Role::Language).ok_or(InferError::NoModel)?;
            if models.registry().find(name)?.role != Role::Language {
                return Err(InferError::rejected(format!("{name} is not a language model")));
            }
            load(name, &models.installed(name)?.join("model.gguf"), options).await
        }
    }
}

async fn load(name: &str, path: &Path, options: &LanguageOptions) -> Result<LanguageModel, InferError> {
    Llama::load(name, path, &options.llama).await.map(LanguageModel::Embedded)
}

impl LanguageModel {
    /// The name of the model; `none` without one.
    pub fn name(&self) -> &str {
        match self {
            LanguageModel::None => "none",
            LanguageModel::Embedded(llama) => llama.name(),
            LanguageModel::Remote(remote) => remote.name(),
        }
    }

    /// Whether there is no model.
    pub fn is_none(&self) -> bool {
        matches!(self, LanguageModel::None)
    }

    /// Starts a generation. Dropping it ends the work. A model with too much to do refuses at once.
    pub async fn generate(&self, request: Request) -> Result<Generation, InferError> {
        match self {
            LanguageModel::None => Err(InferError::NoModel),
            LanguageModel::Embedded(llama) => llama.generate(request),
            LanguageModel::Remote(remote) => remote.generate(request).await,
        }
    }
}
