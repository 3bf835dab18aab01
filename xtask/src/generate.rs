//! Files that are made from the code: the JSON Schemas of what crosses the process boundary.

use anyhow::bail;

use crate::command::{cargo, root};

/// Each generator: crate, example that writes into a folder, folder.
const GENERATORS: &[(&str, &str, &str)] =
    &[("wire", "schemas", "docs/schema"), ("ingest", "schema", "docs/schema")];

/// Writes them, or fails where one is out of date.
pub(crate) fn run(check: bool) -> anyhow::Result<()> {
    let mut stale = Vec::new();
    for (name, example, folder) in GENERATORS {
        let target = if check { root().join("target/generated").join(name) } else { root().join(folder) };
        std::fs::create_dir_all(&target)?;
        cargo(["run", "--quiet", "-p", name, "--example", example, "--"])
            .args([target.display().to_string()])
            .run()?;
        if check {
            for entry in std::fs::read_dir(&target)? {
                let path = entry?.path();
                let committed = root().join(folder).join(path.file_name().unwrap_or_default());
                if std::fs::read(&path)? != std::fs::read(&committed).unwrap_or_default() {
                    stale.push(committed.display().to_string());
                }
            }
        }
    }
    if !stale.is_empty() {
        bail!("out of date: {}. Run `cargo xtask gen`.", stale.join(", "));
    }
    Ok(())
}
