//! Pictures as files, named by the SHA-256 of their bytes: the same picture is kept once.

use std::path::PathBuf;

use sha2::{Digest, Sha256};

use crate::image_type::{ImageType, NotAnImage};
use crate::image_whole;

/// The most bytes of a picture unless the folder is told otherwise.
const MAX_IMAGE_BYTES: usize = 10 * 1024 * 1024;

/// A folder of pictures. Nodes that share the folder share the pictures.
#[derive(Clone, Debug)]
pub struct ImageFolder {
    root: PathBuf,
    max_bytes: usize,
}

/// A picture that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredImage {
    /// Its name in the folder: the digest and the kind, such as `9f86….png`.
    pub key: String,
    /// Its kind.
    pub kind: ImageType,
}

/// Why a picture was not kept or read.
#[derive(Debug, thiserror::Error)]
pub enum ImageError {
    /// Use a smaller file.
    #[error("it is larger than {max_bytes} bytes")]
    TooLarge {
        /// The limit.
        max_bytes: usize,
    },
    /// Use a picture.
    #[error(transparent)]
    NotAnImage(#[from] NotAnImage),
    /// Look at the folder's permissions and room.
    #[error("the image folder failed")]
    Folder(#[from] std::io::Error),
}

impl ImageFolder {
    /// The pictures below this folder, which is made when the first is put.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into(), max_bytes: MAX_IMAGE_BYTES }
    }

    /// The same folder with another limit for each picture.
    pub fn with_max_bytes(self, max_bytes: usize) -> Self {
        Self { max_bytes, ..self }
    }

    /// Keeps a picture, if it is one.
    pub async fn put(&self, bytes: &[u8]) -> Result<StoredImage, ImageError> {
        if bytes.len() > self.max_bytes {
            return Err(ImageError::TooLarge { max_bytes: self.max_bytes });
        }
        let kind = ImageType::sniff(bytes)?;
        image_whole::check(kind, bytes)?;
        let digest = Sha256::digest(bytes);
        let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        let key = format!("{hex}.{}", kind.extension());
        let path = self.path(&key);
        if !tokio::fs::try_exists(&path).await? {
            self.write(&path, bytes).await?;
        }
        Ok(StoredImage { key, kind })
    }

    /// The picture of a key with its kind; `None` for keys that are not here or are no keys.
    pub async fn read(&self, key: &str) -> Result<Option<(ImageType, Vec<u8>)>, ImageError> {
        let Some(kind) = kind_of(key) else { return Ok(None) };
        match tokio::fs::read(self.path(key)).await {
            Ok(bytes) => Ok(Some((kind, bytes))),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// The file gets its name when it is whole, so that no reader meets half a picture.
    async fn write(&self, path: &PathBuf, bytes: &[u8]) -> Result<(), ImageError> {
        if let Some(folder) = path.parent() {
            tokio::fs::create_dir_all(folder).await?;
        }
        let unfinished = path.with_extension(format!("{}.part", std::process::id()));
        tokio::fs::write(&unfinished, bytes).await?;
        tokio::fs::rename(&unfinished, path).await?;
        Ok(())
    }

    /// Two letters make a folder, since file systems are slow with a million names in one.
    fn path(&self, key: &str) -> PathBuf {
        self.root.join(&key[..2]).join(key)
    }
}

/// The kind of a key; `None` for anything that is no key, such as a path that leads elsewhere.
fn kind_of(key: &str) -> Option<ImageType> {
    let (hex, extension) = key.split_once('.')?;
    let is_digest = hex.len() == 64 && hex.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    ImageType::ALL.into_iter().find(|kind| is_digest && kind.extension() == extension)
}
