//! The place where bytes wait until they are proved right: `.pull` inside the model's folder.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use super::{Refusal, sum};
use crate::{InferError, ModelFile};

/// The staging folder of one model, locked against other processes for as long as this value lives.
pub(super) struct Staging {
    target: PathBuf,
    folder: PathBuf,
    _lock: File,
}

impl Staging {
    /// Makes the folder and waits until no other process pulls the same model.
    pub(super) async fn open(target: &Path) -> Result<Staging, InferError> {
        let target = target.to_owned();
        let made = tokio::task::spawn_blocking(move || {
            let folder = target.join(".pull");
            fs::create_dir_all(&folder).map_err(InferError::folder(&folder))?;
            let path = target.join(".lock");
            let lock = File::create(&path).map_err(InferError::folder(&path))?;
            lock.lock().map_err(InferError::folder(&path))?;
            // The process that held the lock may have removed the folder when it was done.
            fs::create_dir_all(&folder).map_err(InferError::folder(&folder))?;
            Ok(Staging { target, folder, _lock: lock })
        });
        made.await.map_err(InferError::failed)?
    }

    /// Where the bytes of a file gather.
    pub(super) fn whole(&self, file: &ModelFile) -> PathBuf {
        self.folder.join(&file.name)
    }

    /// Where a finished part of a file waits for the others.
    pub(super) fn part(&self, file: &ModelFile, number: u32) -> PathBuf {
        self.folder.join(format!("{}.{number:03}", file.name))
    }

    /// A scratch folder, emptied.
    pub(super) fn scratch(&self) -> std::io::Result<PathBuf> {
        let scratch = self.folder.join("scratch");
        if scratch.exists() {
            fs::remove_dir_all(&scratch)?;
        }
        fs::create_dir_all(&scratch)?;
        Ok(scratch)
    }

    /// Moves the gathered bytes into the model's folder if their sum is right, else drops them.
    pub(super) async fn accept(&self, file: &ModelFile) -> Result<(), Refusal> {
        let whole = self.whole(file);
        let found = sum(&whole).await?;
        if found != file.sha256 {
            self.drop_bytes(file);
            return Err(format!("sha256 is {found}, not {}", file.sha256));
        }
        fs::rename(&whole, self.target.join(&file.name)).map_err(|e| e.to_string())?;
        self.drop_bytes(file);
        Ok(())
    }

    /// Removes the whole folder after a pull that succeeded. A folder that stays does no harm.
    pub(super) fn remove(&self) {
        let _ = fs::remove_dir_all(&self.folder);
    }

    /// Drops everything gathered for a file, its parts included.
    fn drop_bytes(&self, file: &ModelFile) {
        let Ok(entries) = fs::read_dir(&self.folder) else { return };
        for entry in entries.flatten() {
            if entry.file_name().to_string_lossy().starts_with(file.name.as_str()) {
                let _ = fs::remove_file(entry.path());
            }
        }
    }
}
