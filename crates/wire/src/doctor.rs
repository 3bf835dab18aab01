//! What is installed, and what is missing.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The report of `russet doctor --json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DoctorReport {
    /// Russet's own version.
    pub version: String,
    /// Whether no check failed; what is missing but optional does not count.
    pub is_healthy: bool,
    /// One for each thing that was looked at.
    pub checks: Vec<Check>,
}

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Check {
    /// A stable word for programs, such as `data_folder`.
    pub name: String,
    /// How it stands.
    pub status: Status,
    /// What was found.
    pub found: String,
    /// How to get what is missing; empty where nothing is.
    pub hint: String,
}

/// How a thing stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Good.
    Ok,
    /// Missing, and Russet works without it.
    Missing,
    /// Russet cannot work like this.
    Failed,
}
