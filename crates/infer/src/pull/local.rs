//! A file, or a folder with the file, that the user has already.

use std::path::Path;

use super::staging::Staging;
use super::{Refusal, blocking};
use crate::ModelFile;

/// Copies the user's file into staging.
pub(super) async fn copy(given: &Path, file: &ModelFile, staging: &Staging) -> Result<(), Refusal> {
    let from = if given.is_dir() { given.join(&file.name) } else { given.to_owned() };
    let bytes = from.metadata().map_err(|e| format!("{}: {e}", from.display()))?.len();
    if bytes != file.bytes {
        return Err(format!("{} has {bytes} bytes, {} has {}", from.display(), file.name, file.bytes));
    }
    let to = staging.whole(file);
    blocking(move || std::fs::copy(from, to)).await.map(|_| ())
}
