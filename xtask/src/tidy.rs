//! Habits that do not hold unless they are checked: layers, purity, module docs, names.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::bail;
use serde::Deserialize;

use crate::command::{program, root};

/// `layers.toml`.
#[derive(Deserialize)]
struct Layers {
    #[serde(rename = "crates")]
    rules: BTreeMap<String, Rules>,
    barred: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
struct Rules {
    layer: u32,
    pure: bool,
    may_use: Vec<String>,
}

/// The parts of a manifest that are looked at.
#[derive(Deserialize)]
struct Manifest {
    #[serde(default)]
    dependencies: BTreeMap<String, toml::Value>,
}

/// Checks everything and lists every fault.
pub(crate) fn check() -> anyhow::Result<()> {
    let mut faults = Vec::new();
    layers(&mut faults)?;
    sources(&mut faults)?;
    if !faults.is_empty() {
        bail!("not tidy:\n  {}", faults.join("\n  "));
    }
    Ok(())
}

fn layers(faults: &mut Vec<String>) -> anyhow::Result<()> {
    let layers: Layers = toml::from_str(&std::fs::read_to_string(root().join("xtask/layers.toml"))?)?;
    for (name, rules) in &layers.rules {
        let folder = if name == "xtask" { root().join("xtask") } else { root().join("crates").join(name) };
        let manifest: Manifest = toml::from_str(&std::fs::read_to_string(folder.join("Cargo.toml"))?)?;
        for used in manifest.dependencies.keys() {
            if let Some(other) = layers.rules.get(used)
                && (!rules.may_use.contains(used) || other.layer > rules.layer)
            {
                faults.push(format!("{name} must not use {used}: see xtask/layers.toml"));
            }
            if rules.pure && layers.barred.get("pure").is_some_and(|barred| barred.contains(used)) {
                faults.push(format!("{name} is pure and must not depend on {used}"));
            }
        }
        if rules.pure && folder.join("clippy.toml").exists() {
            faults.push(format!("{name} is pure and must not replace the root clippy.toml"));
        }
    }
    for entry in std::fs::read_dir(root().join("crates"))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if !layers.rules.contains_key(&name) {
            faults.push(format!("{name} is not in xtask/layers.toml"));
        }
    }
    Ok(())
}

fn sources(faults: &mut Vec<String>) -> anyhow::Result<()> {
    for path in tracked()?.into_iter().filter(|path| path.extension().is_some_and(|end| end == "rs")) {
        let shown = path.display();
        let text = std::fs::read_to_string(root().join(&path))?;
        let is_inner_test = path.file_stem().is_some_and(|stem| stem == "tests")
            || path.components().any(|c| c.as_os_str() == "tests");
        if !is_inner_test && !text.starts_with("//!") {
            faults.push(format!("{shown}: the first line should be a `//!` that says what the file is"));
        }
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if matches!(name, "mod.rs" | "utils.rs" | "helpers.rs" | "common.rs" | "manager.rs") {
            faults.push(format!("{shown}: name the file after what is in it"));
        }
    }
    Ok(())
}

/// The files that git knows, below the root.
fn tracked() -> anyhow::Result<Vec<PathBuf>> {
    let arguments = ["ls-files", "--cached", "--others", "--exclude-standard"].map(str::to_owned);
    let listed = program("git").args(arguments).output()?;
    Ok(listed
        .lines()
        .map(|line| Path::new(line).to_path_buf())
        .filter(|path| root().join(path).exists())
        .collect())
}
