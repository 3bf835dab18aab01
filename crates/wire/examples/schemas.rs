//! Writes the JSON Schema of every document into a folder: `cargo run -p wire --example schemas -- docs/schema`.
#![expect(clippy::disallowed_methods, reason = "a tool around a pure crate writes what the crate returns")]

use std::path::PathBuf;

fn main() -> std::io::Result<()> {
    let folder = std::env::args_os().nth(1).map_or_else(|| PathBuf::from("docs/schema"), PathBuf::from);
    std::fs::create_dir_all(&folder)?;
    for (name, schema) in wire::schemas() {
        std::fs::write(folder.join(format!("{name}.json")), format!("{schema:#}\n"))?;
    }
    Ok(())
}
