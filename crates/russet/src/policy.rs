//! The shop's policy: the file of the settings, else `policy.toml` in the data folder, else the built-in example.

use std::io::Read;
use std::path::PathBuf;

use anyhow::Context;
use checkout::Policy;
use checkout::policy::{DEFAULT_POLICY, Fault, MAX_POLICY_BYTES};

use crate::config::Config;

/// The file in the data folder.
const FILE_NAME: &str = "policy.toml";

/// A policy as it was found.
pub(crate) struct Found {
    /// Where; `None` is the built-in example.
    pub(crate) file: Option<PathBuf>,
    /// What it says, or what is wrong with it.
    pub(crate) policy: Result<Policy, Vec<Fault>>,
}

/// Finds and reads the policy. A file that the settings name must be there.
pub(crate) fn find(config: &Config) -> anyhow::Result<Found> {
    let file = match &config.policy {
        Some(file) => Some(file.clone()),
        None => Some(config.data.join(FILE_NAME)).filter(|file| file.is_file()),
    };
    let Some(file) = file else { return Ok(Found { file, policy: Policy::parse(DEFAULT_POLICY) }) };
    let shown = || format!("the policy {} cannot be read", file.display());
    let mut text = String::new();
    // One byte more than is taken, so that a file that is too long is told as such.
    let limit = MAX_POLICY_BYTES as u64 + 1;
    std::fs::File::open(&file)
        .and_then(|open| open.take(limit).read_to_string(&mut text))
        .with_context(shown)?;
    Ok(Found { policy: Policy::parse(&text), file: Some(file) })
}
