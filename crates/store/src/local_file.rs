//! Reading pictures that stand beside a feed. The feed says which, and must not be able to say any file of the machine.

use std::path::{Component, Path};

use tokio::io::AsyncReadExt;

/// Why a file beside a feed was not read.
#[derive(Debug, thiserror::Error)]
pub enum LocalFileError {
    /// Correct the feed: the path is absolute, goes upwards, or leads out of the folder by a link.
    #[error("{location} is not below the folder of the feed")]
    Outside {
        /// As the feed gave it.
        location: String,
    },
    /// Use a smaller file.
    #[error("it is larger than {max_bytes} bytes")]
    TooLarge {
        /// The limit.
        max_bytes: usize,
    },
    /// Put the file there, or correct the feed.
    #[error("the file cannot be read")]
    Unreadable(#[from] std::io::Error),
}

/// The bytes of a file below a folder, such as `images/tent.jpg` below the folder of a feed.
pub async fn read_local(folder: &Path, location: &str, max_bytes: usize) -> Result<Vec<u8>, LocalFileError> {
    let outside = || LocalFileError::Outside { location: location.to_owned() };
    let relative = Path::new(location);
    let is_plain = |part: Component<'_>| matches!(part, Component::Normal(_) | Component::CurDir);
    if location.is_empty() || !relative.components().all(is_plain) {
        return Err(outside());
    }
    let folder = tokio::fs::canonicalize(folder).await?;
    let path = tokio::fs::canonicalize(folder.join(relative)).await?;
    if !path.starts_with(&folder) {
        return Err(outside());
    }
    // A pipe or a device would never end, or change when it is read.
    if !tokio::fs::metadata(&path).await?.is_file() {
        return Err(outside());
    }
    let mut bytes = Vec::new();
    tokio::fs::File::open(&path).await?.take(max_bytes as u64 + 1).read_to_end(&mut bytes).await?;
    if bytes.len() > max_bytes { Err(LocalFileError::TooLarge { max_bytes }) } else { Ok(bytes) }
}
