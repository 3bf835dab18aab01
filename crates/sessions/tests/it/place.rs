//! Where a test keeps its sessions.

use std::time::Duration;

use store::Runtime;

/// A database of its own for one test.
pub(crate) struct Place {
    pub(crate) url: String,
    pub(crate) folder: tempfile::TempDir,
}

impl Place {
    pub(crate) fn sqlite() -> anyhow::Result<Self> {
        let folder = tempfile::tempdir()?;
        let url = format!("sqlite:{}?mode=rwc", folder.path().join("sessions.db").display());
        Ok(Self { url, folder })
    }

    pub(crate) async fn postgres() -> anyhow::Result<Self> {
        let server = tokio::task::spawn_blocking(testkit::Postgres::shared).await??;
        Ok(Self { url: server.create_database().await?, folder: tempfile::tempdir()? })
    }

    pub(crate) async fn open(&self) -> anyhow::Result<Runtime> {
        Ok(Runtime::open(&self.url, Duration::from_secs(10)).await?)
    }
}
