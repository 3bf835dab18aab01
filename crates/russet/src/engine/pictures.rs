//! The folder of pictures as the server reads it.

use futures::future::BoxFuture;
use server::{Picture, Pictures};
use store::ImageFolder;

use crate::config::Config;

/// The folder that imports write.
pub(crate) struct Folder(ImageFolder);

impl Folder {
    /// The folder of these settings.
    pub(crate) fn open(config: &Config) -> Self {
        Self(ImageFolder::new(config.images()))
    }
}

impl Pictures for Folder {
    fn read<'a>(&'a self, name: &'a str) -> BoxFuture<'a, Option<Picture>> {
        Box::pin(async move {
            match self.0.read(name).await {
                Ok(found) => found.map(|(kind, bytes)| Picture { media_type: kind.media_type(), bytes }),
                Err(error) => {
                    tracing::error!(name, %error, "a picture could not be read");
                    None
                }
            }
        })
    }
}
