//! The folder that holds model files, one folder per model.

use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::checksum::sha256_of;
use crate::pull::{self, PullOptions};
use crate::{Choice, InferError, Model, Progress, Registry, Role};

/// The models of this machine: a registry and the folder where its files are kept.
#[derive(Clone, Debug)]
pub struct Models {
    folder: PathBuf,
    registry: Registry,
}

/// What is known about a model on this machine.
#[derive(Clone, Debug)]
pub struct Installed<'a> {
    /// The model.
    pub model: &'a Model,
    /// Whether it is here.
    pub state: State,
    /// The folder that holds it or would hold it.
    pub folder: PathBuf,
}

/// Whether a model is here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// All files have the right size.
    Ready,
    /// A part of a pull that was broken off.
    Partial,
    /// Nothing is here.
    Missing,
}

impl Models {
    /// The models in a folder, with the registry that this program carries. Touches nothing.
    pub fn new(folder: impl Into<PathBuf>) -> Models {
        Models::with_registry(folder, Registry::embedded())
    }

    /// The models in a folder, with another registry.
    pub fn with_registry(folder: impl Into<PathBuf>, registry: Registry) -> Models {
        Models { folder: folder.into(), registry }
    }

    /// The folder used when nothing is said: `models` in the platform's data folder for this program.
    pub fn default_folder() -> Option<PathBuf> {
        directories::ProjectDirs::from("", "", "russet").map(|dirs| dirs.data_dir().join("models"))
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The registry.
    pub fn registry(&self) -> &Registry {
        &self.registry
    }

    /// Every model of the registry and whether it is here. Looks at sizes only; see [`Models::verify`].
    pub fn list(&self) -> Vec<Installed<'_>> {
        let entry = |model| Installed { model, state: self.state(model), folder: self.folder_of(model) };
        self.registry.models().iter().map(entry).collect()
    }

    /// Whether a model is here, judged by the sizes of its files.
    pub fn state(&self, model: &Model) -> State {
        let folder = self.folder_of(model);
        let has_size = |path: PathBuf, bytes| path.metadata().is_ok_and(|m| m.len() == bytes);
        if model.files.iter().all(|file| has_size(folder.join(&file.name), file.bytes)) {
            State::Ready
        } else if folder.is_dir() {
            State::Partial
        } else {
            State::Missing
        }
    }

    /// The folder of a model that is here whole.
    pub fn installed(&self, name: &str) -> Result<PathBuf, InferError> {
        let model = self.registry.find(name)?;
        match self.state(model) {
            State::Ready => Ok(self.folder_of(model)),
            State::Partial | State::Missing => Err(InferError::NotInstalled { model: model.name.clone() }),
        }
    }

    /// Brings a model here, unless it is, and verifies it. What arrived before a break is kept for the next try.
    pub async fn pull(
        &self,
        name: &str,
        options: &PullOptions,
        progress: &(dyn Fn(Progress) + Send + Sync),
    ) -> Result<PathBuf, InferError> {
        let model = self.registry.find(name)?;
        let folder = self.folder_of(model);
        pull::model(model, &folder, options, progress).await?;
        Ok(folder)
    }

    /// Reads every byte of a model and compares the sums. Blocks.
    pub fn verify(&self, name: &str) -> Result<(), InferError> {
        let model = self.registry.find(name)?;
        let folder = self.installed(name)?;
        for file in &model.files {
            let path = folder.join(&file.name);
            let found = sha256_of(&path).map_err(InferError::folder(&path))?;
            if found != file.sha256 {
                let reason = format!("sha256 is {found}, not {}", file.sha256);
                return Err(InferError::Damaged { path, reason });
            }
        }
        Ok(())
    }

    /// The registry name that a choice stands for, if it stands for one.
    pub(crate) fn name_of<'a>(&'a self, choice: &'a Choice, role: Role) -> Option<&'a str> {
        match choice {
            Choice::Default => self.registry.default_of(role).map(|m| m.name.as_str()),
            Choice::Named(name) => Some(name),
            Choice::None | Choice::Path(_) | Choice::Remote { .. } => None,
        }
    }

    fn folder_of(&self, model: &Model) -> PathBuf {
        self.folder.join(&model.name)
    }
}
