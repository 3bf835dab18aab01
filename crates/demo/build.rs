//! Packs the built-in store into one archive: the same files give the same bytes.

use std::env;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let store = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("store");
    println!("cargo::rerun-if-changed={}", store.display());
    let mut files = Vec::new();
    if store.is_dir() {
        collect(&store, &mut files)?;
    }
    files.sort();
    let archive = File::create(PathBuf::from(env::var("OUT_DIR")?).join("store.zip"))?;
    let mut archive = ZipWriter::new(archive);
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(9));
    for file in files {
        archive.start_file(name_in_archive(&store, &file), options)?;
        archive.write_all(&fs::read(&file)?)?;
    }
    archive.finish()?;
    Ok(())
}

/// Feeds and pictures below the folder; anything else there is for those who write the store.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    println!("cargo::rerun-if-changed={}", folder.display());
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let is_content = path.extension().is_some_and(|extension| extension == "jsonl" || extension == "svg");
        if path.is_dir() {
            collect(&path, files)?;
        } else if is_content {
            println!("cargo::rerun-if-changed={}", path.display());
            files.push(path);
        }
    }
    Ok(())
}

/// The path below the folder, with `/` on every system.
fn name_in_archive(store: &Path, file: &Path) -> String {
    let below = file.strip_prefix(store).unwrap_or(file);
    let names: Vec<_> = below.iter().map(|name| name.to_string_lossy()).collect();
    names.join("/")
}
