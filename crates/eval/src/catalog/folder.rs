//! All files of a store's folder, as an import of that folder takes them.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;

use super::folder_table::Folder;
use super::{Feed, read};

/// Its files by their paths, those of folders below it too, pages first as in an import; `None` where the folder is not on this
/// machine.
pub(super) fn feeds(folder: &Folder) -> anyhow::Result<Option<Vec<Feed>>> {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/judged")).join(folder.name).join("feed");
    if !root.is_dir() {
        return Ok(None);
    }
    let mut paths = Vec::new();
    gather(&root, &mut paths)?;
    paths.sort_by_key(|path| (path.extension().is_none_or(|own| own != "html"), path.clone()));
    let feed = |path: PathBuf| Ok(Feed { bytes: read(&path)?, name: path.display().to_string() });
    paths.into_iter().map(feed).collect::<anyhow::Result<_>>().map(Some)
}

fn gather(folder: &Path, paths: &mut Vec<PathBuf>) -> anyhow::Result<()> {
    let entries = fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            gather(&path, paths)?;
        } else {
            paths.push(path);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::folder_table::FOLDERS;

    #[test]
    fn every_folder_of_feeds_is_a_store() {
        let judged = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/judged"));
        let stores = fs::read_dir(judged).unwrap().map(|entry| entry.unwrap().path());
        let mut found: Vec<String> = stores
            .filter(|store| store.join("feed").is_dir())
            .map(|store| store.file_name().unwrap().to_string_lossy().into_owned())
            .collect();
        found.sort();
        let mut listed: Vec<&str> = FOLDERS.iter().map(|folder| folder.name).collect();
        listed.sort_unstable();
        assert_eq!(found, listed);
    }
}
