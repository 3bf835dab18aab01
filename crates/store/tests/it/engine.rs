//! Where a test keeps its store.

use std::time::Duration;

use store::{Options, Store, StoreError};

/// A database of its own for one test.
pub(crate) struct Place {
    pub(crate) url: String,
    _folder: Option<tempfile::TempDir>,
}

impl Place {
    pub(crate) fn sqlite() -> anyhow::Result<Self> {
        let folder = tempfile::tempdir()?;
        let url = format!("sqlite:{}?mode=rwc", folder.path().join("store.db").display());
        Ok(Self { url, _folder: Some(folder) })
    }

    pub(crate) async fn postgres() -> anyhow::Result<Self> {
        let server = tokio::task::spawn_blocking(testkit::Postgres::shared).await??;
        Ok(Self { url: server.create_database().await?, _folder: None })
    }

    /// A place that another process has made.
    pub(crate) fn at(url: &str) -> Self {
        Self { url: url.to_owned(), _folder: None }
    }

    /// Where its books are: with SQLite in a file beside the catalog.
    pub(crate) fn books_url(&self) -> String {
        self.url.replace("store.db", "books.db")
    }

    /// The store, which gives up waiting soon.
    pub(crate) async fn open(&self) -> Result<Store, StoreError> {
        Store::open_with(&self.url, Options { patience: Duration::from_millis(300) }).await
    }
}
