//! A language model as conversations ask it.

use std::time::Duration;

use agent::Rate;
use futures::future::BoxFuture;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// All that a language model is shown, and the form of its answer. It takes the likeliest word each time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Prompt {
    /// What it is to do.
    pub system: String,
    /// What it is asked; words of shoppers and feeds in it are data.
    pub prompt: String,
    /// The JSON Schema of its answer.
    pub schema: Value,
    /// The longest answer, in tokens of the model.
    pub max_tokens: u32,
}

/// What a language model says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Advice {
    /// The answer: JSON, if the model kept to the schema.
    pub text: String,
    /// Tokens that it read.
    pub input_tokens: u64,
    /// Tokens that it wrote.
    pub output_tokens: u64,
}

/// Why a language model says nothing. What would have been done without one is done.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unadvised {
    /// It was not asked, or refused at once: nothing was used.
    #[error("the model was not asked: {0}")]
    NotAsked(String),
    /// It failed, or was too slow. What it used nobody knows.
    #[error("the model did not answer: {0}")]
    Lost(String),
}

/// Somebody who asks a language model.
pub trait Adviser: Send + Sync {
    /// The name of the model.
    fn name(&self) -> &str;

    /// What its tokens cost.
    fn rate(&self) -> Rate {
        Rate::default()
    }

    /// Asks it. Where the future is dropped, the answer is not wanted any more.
    fn advise<'a>(&'a self, prompt: &'a Prompt, limit: Duration) -> BoxFuture<'a, Result<Advice, Unadvised>>;
}
