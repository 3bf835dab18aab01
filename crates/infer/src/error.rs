//! What can go wrong, by what the caller does next.

use std::path::PathBuf;
use std::time::Duration;

/// Every way in which a model may fail to serve.
#[derive(Debug, thiserror::Error)]
pub enum InferError {
    /// No model was chosen. Go on without one.
    #[error("no model is configured")]
    NoModel,
    /// No model has this name. Choose another.
    #[error("there is no model named {name:?}; known are {}", known.join(", "))]
    UnknownModel {
        /// The name that was asked for.
        name: String,
        /// The names that the registry holds.
        known: Vec<String>,
    },
    /// The weights are not on this machine. Pull them, or go on without.
    #[error("the model {model} is not installed; get it with `russet models pull {model}`")]
    NotInstalled {
        /// The registry name.
        model: String,
    },
    /// No source gave the weights. Go on without, and say so.
    #[error("{file} of the model {model} cannot be had{}", list(attempts))]
    CannotBeHad {
        /// The registry name.
        model: String,
        /// The file that is missing.
        file: String,
        /// What was tried, in order.
        attempts: Vec<Attempt>,
    },
    /// A file of the model is not what the registry says. Remove it and pull again.
    #[error("{} is damaged ({reason}); pull the model again", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// How it differs, or what the runtime said about it.
        reason: String,
    },
    /// This machine cannot run the model. Choose a remote model, or none.
    #[error("this machine cannot run the model: {reason}")]
    Unsupported {
        /// What is missing.
        reason: String,
    },
    /// Too much work is waiting. Come back after the given time.
    #[error("the model is busy; try again in {} s", retry_after.as_secs().max(1))]
    Overloaded {
        /// When there may be room.
        retry_after: Duration,
    },
    /// The model did not answer in time. Go on without its answer.
    #[error("the model did not answer in time ({stage})")]
    TimedOut {
        /// What was waited for.
        stage: &'static str,
    },
    /// The request can never succeed as it is. Mend it; trying again is of no use.
    #[error("the model cannot take this request: {reason}")]
    Rejected {
        /// What is wrong with it.
        reason: String,
    },
    /// The runtime or the server failed. Go on without, or try again later.
    #[error("the model failed: {reason}")]
    Failed {
        /// What it said.
        reason: String,
    },
    /// The models folder cannot be read or written. Mend the folder.
    #[error("cannot use {}", path.display())]
    Folder {
        /// The path that could not be used.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
}

/// One source that was tried for a file, and why it gave nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// The source, in words.
    pub source: String,
    /// Why it gave nothing.
    pub reason: String,
}

impl InferError {
    pub(crate) fn folder(path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> InferError {
        let path = path.into();
        |source| InferError::Folder { path, source }
    }

    pub(crate) fn failed(reason: impl ToString) -> InferError {
        InferError::Failed { reason: reason.to_string() }
    }

    pub(crate) fn rejected(reason: impl ToString) -> InferError {
        InferError::Rejected { reason: reason.to_string() }
    }
}

fn list(attempts: &[Attempt]) -> String {
    attempts.iter().map(|a| format!("\n  {}: {}", a.source, a.reason)).collect()
}
