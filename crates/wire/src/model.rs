//! The models that the registry knows.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The list of `russet models list --json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ModelList {
    /// In the registry's order.
    pub models: Vec<ModelEntry>,
}

/// One model.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ModelEntry {
    /// Its name in the registry.
    pub name: String,
    /// What it is for, such as `embedding` or `language`.
    pub role: String,
    /// An SPDX expression.
    pub licence: String,
    /// Bytes on disk.
    pub size_bytes: u64,
    /// Whether it lies in the models folder.
    pub is_installed: bool,
    /// Whether it is the one that is used for its role when none is named.
    pub is_default: bool,
}
