//! The shop's policy: the file of the settings, else `policy.toml` in the data folder, else the built-in example; with the price
//! rules that were imported.

use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::Context;
use checkout::Policy;
use checkout::policy::{DEFAULT_POLICY, Fault, MAX_POLICY_BYTES};

use crate::config::Config;

/// The file in the data folder.
const FILE_NAME: &str = "policy.toml";
/// Price rules that were imported, beside it.
const RULES_NAME: &str = "price-rules.toml";

/// A policy as it was found.
pub(crate) struct Found {
    /// Where; `None` is the built-in example.
    pub(crate) file: Option<PathBuf>,
    /// What it says, or what is wrong with it.
    pub(crate) policy: Result<Policy, Vec<Fault>>,
}

/// A policy as it is printed.
pub(crate) struct Shown {
    /// Its text.
    pub(crate) text: String,
    /// Whether its file was empty, so that this is the example.
    pub(crate) was_empty: bool,
    /// Where imported price rules stand that hold besides.
    pub(crate) imported: Option<PathBuf>,
}

impl Found {
    /// Where it was found, for people.
    pub(crate) fn place(&self) -> String {
        self.file
            .as_ref()
            .map_or_else(|| "the built-in example".to_owned(), |file| file.display().to_string())
    }
}

/// Finds and reads the policy with the price rules that were imported. A file that the settings name must be there.
pub(crate) fn find(config: &Config) -> anyhow::Result<Found> {
    let own = own_text(config)?;
    let rules = imported_text(config)?;
    let policy = Policy::parse(&format!("{own}\n{rules}"));
    // The rules stand below the policy's own lines.
    let above = own.lines().count() + 1;
    let policy =
        policy.map_err(|faults| faults.into_iter().map(|fault| placed(fault, above, &own)).collect());
    Ok(Found { file: file(config), policy })
}

/// The policy without the price rules that were imported.
pub(crate) fn own(config: &Config) -> anyhow::Result<Found> {
    Ok(Found { file: file(config), policy: Policy::parse(&own_text(config)?) })
}

/// The policy as its file holds it, for reading and as a file to begin with; imported price rules stay in their own file. A
/// file that is empty gives the example: `russet policy show > policy.toml` has a shell empty it before it can be read.
pub(crate) fn shown(config: &Config) -> anyhow::Result<Shown> {
    let text = own_text(config)?;
    let was_empty = text.trim().is_empty();
    let text = if was_empty { DEFAULT_POLICY.to_owned() } else { text };
    let imported = Some(imported_rules(config)).filter(|file| file.is_file());
    Ok(Shown { text, was_empty, imported })
}

/// The text of the policy itself.
pub(crate) fn own_text(config: &Config) -> anyhow::Result<String> {
    match file(config) {
        Some(file) => read(&file),
        None => Ok(DEFAULT_POLICY.to_owned()),
    }
}

/// Where price rules that are imported go.
pub(crate) fn imported_rules(config: &Config) -> PathBuf {
    config.data.join(RULES_NAME)
}

/// Puts a policy into the data folder where there is none.
pub(crate) fn put(config: &Config, text: &str) -> anyhow::Result<()> {
    let file = config.data.join(FILE_NAME);
    if config.policy.is_some() || file.exists() {
        return Ok(());
    }
    std::fs::write(&file, text).with_context(|| format!("{} cannot be written", file.display()))
}

fn file(config: &Config) -> Option<PathBuf> {
    match &config.policy {
        Some(file) => Some(file.clone()),
        None => Some(config.data.join(FILE_NAME)).filter(|file| file.is_file()),
    }
}

fn imported_text(config: &Config) -> anyhow::Result<String> {
    let file = imported_rules(config);
    if file.is_file() { read(&file) } else { Ok(String::new()) }
}

fn read(file: &Path) -> anyhow::Result<String> {
    let shown = || format!("the policy {} cannot be read", file.display());
    let mut text = String::new();
    // One byte more than is taken, so that a file that is too long is told as such.
    let limit = MAX_POLICY_BYTES as u64 + 1;
    std::fs::File::open(file)
        .and_then(|open| open.take(limit).read_to_string(&mut text))
        .with_context(shown)?;
    Ok(text)
}

/// A fault of the imported rules is told with their file and their lines.
fn placed(fault: Fault, above: usize, own: &str) -> Fault {
    if fault.line <= above || own.is_empty() {
        return fault;
    }
    Fault { line: fault.line - above, key: format!("{RULES_NAME}: {}", fault.key), ..fault }
}
