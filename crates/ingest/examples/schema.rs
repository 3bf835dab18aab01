//! Writes the JSON Schema of Russet's own feed into a folder: `cargo run -p ingest --example schema -- docs/schema`.

use std::path::PathBuf;

#[expect(clippy::disallowed_methods, reason = "an example that writes the file it is for")]
fn main() -> std::io::Result<()> {
    let folder = std::env::args_os().nth(1).map_or_else(|| PathBuf::from("docs/schema"), PathBuf::from);
    let text = serde_json::to_string_pretty(&ingest::jsonl_schema()).map_err(std::io::Error::other)?;
    std::fs::write(folder.join("feed-line.json"), text + "\n")
}
