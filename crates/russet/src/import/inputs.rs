//! What an import reads: files, whole folders, and archives that the program carries itself.

use std::fs::File;
use std::io::{self, Cursor, Read};
use std::path::{Path, PathBuf};

use crate::failure::with_hint;

/// Files below a folder that are read; a file that is named itself is read whatever its name.
const EXTENSIONS: [&str; 12] =
    ["xml", "rss", "atom", "tsv", "csv", "txt", "jsonl", "ndjson", "html", "htm", "gz", "zip"];

/// Files below one folder, at most.
const MAX_FILES: usize = 200_000;

/// One file.
#[derive(Clone, Debug)]
pub(crate) enum Input {
    /// A file on disk.
    File {
        /// Where it is.
        path: PathBuf,
        /// How large it is.
        bytes: u64,
    },
    /// Bytes of the program itself.
    BuiltIn {
        /// A name for reports.
        name: &'static str,
        /// The content.
        bytes: &'static [u8],
    },
}

impl Input {
    /// The name that reports call it by.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::File { path, .. } => path.display().to_string(),
            Self::BuiltIn { name, .. } => (*name).to_owned(),
        }
    }

    /// How large it is.
    pub(crate) fn bytes(&self) -> u64 {
        match self {
            Self::File { bytes, .. } => *bytes,
            Self::BuiltIn { bytes, .. } => bytes.len() as u64,
        }
    }

    /// The folder that the paths of pictures are below of.
    pub(crate) fn folder(&self) -> Option<&Path> {
        match self {
            Self::File { path, .. } => path.parent(),
            Self::BuiltIn { .. } => None,
        }
    }

    /// Whether it is a zip archive, by its first bytes.
    pub(crate) fn is_archive(&self) -> bool {
        let mut start = [0; 4];
        self.open().and_then(|mut file| file.read_exact(&mut start)).is_ok() && start == *b"PK\x03\x04"
    }

    /// Whether it is a page, by its name.
    fn is_page(&self) -> bool {
        const PAGES: [&str; 2] = ["html", "htm"];
        matches!(self, Self::File { path, .. } if extension(path).is_some_and(|own| PAGES.contains(&own.as_str())))
    }

    /// Opens it from its beginning.
    pub(crate) fn open(&self) -> io::Result<Box<dyn Read + Send>> {
        Ok(match self {
            Self::File { path, .. } => Box::new(File::open(path)?),
            Self::BuiltIn { bytes, .. } => Box::new(Cursor::new(*bytes)),
        })
    }
}

/// The files of these paths, in their order; those of a folder by name. Pages come before everything else: they repeat
/// in part what the feeds of the shop say in full, and of two records of a product the later one holds.
pub(crate) fn find(paths: &[PathBuf]) -> anyhow::Result<Vec<Input>> {
    let mut inputs = Vec::new();
    for path in paths {
        let Ok(metadata) = path.metadata() else {
            return Err(with_hint(
                format!("there is no file or folder {}", path.display()),
                "check the path, and whether you may read it",
            ));
        };
        match metadata.is_dir() {
            true => walk(path, &mut inputs)?,
            false => inputs.push(Input::File { path: path.clone(), bytes: metadata.len() }),
        }
    }
    inputs.sort_by_key(|input| !input.is_page());
    Ok(inputs)
}

fn walk(folder: &Path, inputs: &mut Vec<Input>) -> anyhow::Result<()> {
    let mut paths: Vec<PathBuf> =
        folder.read_dir()?.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<_>>()?;
    paths.sort();
    for path in paths.into_iter().filter(|path| !is_hidden(path)) {
        anyhow::ensure!(inputs.len() < MAX_FILES, "{} has more than {MAX_FILES} files", folder.display());
        // A link could lead back to a folder above; those that were named are followed, those that were found are not.
        let metadata = path.symlink_metadata()?;
        if metadata.is_dir() {
            walk(&path, inputs)?;
        } else if metadata.is_file() && is_readable(&path) {
            inputs.push(Input::File { path, bytes: metadata.len() });
        }
    }
    Ok(())
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_none_or(|name| name.to_string_lossy().starts_with('.'))
}

fn is_readable(path: &Path) -> bool {
    extension(path).is_some_and(|extension| EXTENSIONS.contains(&extension.as_str()))
}

fn extension(path: &Path) -> Option<String> {
    path.extension().map(|extension| extension.to_string_lossy().to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_gives_its_feeds_by_name_and_leaves_out_the_rest() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b.csv", "a/z.XML", "c/p.html", "a/picture.png", ".hidden.xml", "notes.md"] {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "x").unwrap();
        }
        let inputs = find(&[folder.path().to_owned()]).unwrap();
        let names: Vec<_> = inputs
            .iter()
            .map(|input| Path::new(&input.name()).strip_prefix(folder.path()).unwrap().to_owned())
            .collect();
        assert_eq!(names, [Path::new("c/p.html"), Path::new("a/z.XML"), Path::new("b.csv")]);
    }
}
