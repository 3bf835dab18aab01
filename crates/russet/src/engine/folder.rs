//! The folder of the search index: its two halves, the lock of its writer, and a note on what it was made from.

use std::fs::{self, File, TryLockError};
use std::path::PathBuf;

use anyhow::Context;
use search::{Directories, MmapDirectory};
use serde::{Deserialize, Serialize};

const LOCK: &str = "writer.lock";
const NOTE: &str = "made-from.json";

/// The folder.
#[derive(Clone, Debug)]
pub(crate) struct IndexFolder {
    path: PathBuf,
}

/// The right to write the index; it ends with this value, also when the process is killed.
#[derive(Debug)]
pub(crate) struct WriterLock {
    _file: File,
}

/// What an index was made from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct MadeFrom {
    /// The identity of the store.
    pub(crate) store: String,
    /// The embedding model of its vectors; empty for none.
    pub(crate) model: String,
    /// The generation up to which there are vectors.
    pub(crate) vectors_generation: i64,
}

impl IndexFolder {
    /// Opens or makes the folder.
    pub(crate) fn open(path: PathBuf) -> anyhow::Result<Self> {
        let folder = Self { path };
        folder.make_halves()?;
        Ok(folder)
    }

    fn make_halves(&self) -> anyhow::Result<()> {
        for half in ["products", "evidence"] {
            let path = self.path.join(half);
            fs::create_dir_all(&path)
                .with_context(|| format!("the folder {} cannot be made", path.display()))?;
        }
        Ok(())
    }

    /// The right to write, if nobody has it.
    pub(crate) fn try_lock(&self) -> anyhow::Result<Option<WriterLock>> {
        let path = self.path.join(LOCK);
        let file = File::create(&path).with_context(|| format!("{} cannot be written", path.display()))?;
        match file.try_lock() {
            Ok(()) => Ok(Some(WriterLock { _file: file })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error).context("the index cannot be locked"),
        }
    }

    /// Both halves.
    pub(crate) fn directories(&self) -> anyhow::Result<Directories> {
        let open = |half| {
            let path = self.path.join(half);
            MmapDirectory::open(&path)
                .with_context(|| format!("the index in {} cannot be opened", path.display()))
        };
        Ok(Directories { products: Box::new(open("products")?), evidence: Box::new(open("evidence")?) })
    }

    /// Throws the index away: it is derived, and will be made anew.
    pub(crate) fn empty(&self, _lock: &WriterLock) -> anyhow::Result<()> {
        for half in ["products", "evidence"] {
            fs::remove_dir_all(self.path.join(half))?;
        }
        self.make_halves()
    }

    /// What the index was made from; blank where that is not known.
    pub(crate) fn made_from(&self) -> MadeFrom {
        let note = fs::read(self.path.join(NOTE)).ok();
        note.and_then(|note| serde_json::from_slice(&note).ok()).unwrap_or_default()
    }

    /// Notes what the index is made from, whole or not at all.
    pub(crate) fn note(&self, made_from: &MadeFrom, _lock: &WriterLock) -> anyhow::Result<()> {
        let draft = self.path.join("made-from.draft");
        fs::write(&draft, serde_json::to_vec(made_from)?)?;
        fs::rename(draft, self.path.join(NOTE)).context("the index cannot be noted")
    }
}
