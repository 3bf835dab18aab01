//! Running other programs, in the project's root.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail};

/// A program with its arguments, run from the project's root.
pub(crate) struct Run(Command);

/// `cargo` with these arguments.
pub(crate) fn cargo<const N: usize>(arguments: [&str; N]) -> Run {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    program(&cargo).args(arguments.map(str::to_owned))
}

/// Any program.
pub(crate) fn program(name: &str) -> Run {
    let mut command = Command::new(name);
    command.current_dir(root());
    Run(command)
}

/// The project's root.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_path_buf).unwrap_or_default()
}

/// A file that cargo has built.
pub(crate) fn built(path: &str) -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| PathBuf::from("target"), PathBuf::from);
    root().join(target).join(path)
}

/// A headline for what comes now.
pub(crate) fn step(text: &str) {
    println!("\n── {text}");
}

impl Run {
    pub(crate) fn args(mut self, arguments: impl IntoIterator<Item = String>) -> Self {
        self.0.args(arguments);
        self
    }

    pub(crate) fn env(mut self, name: &str, value: &str) -> Self {
        self.0.env(name, value);
        self
    }

    /// Runs it with its output shown; an exit status other than 0 is an error.
    pub(crate) fn run(mut self) -> anyhow::Result<()> {
        let name = format!("{:?}", self.0);
        let status = self.0.status().with_context(|| format!("{name} could not be started"))?;
        if !status.success() {
            bail!("{name} ended with {status}");
        }
        Ok(())
    }

    /// Runs it and gives what it printed.
    pub(crate) fn output(mut self) -> anyhow::Result<String> {
        let name = format!("{:?}", self.0);
        let output = self.0.output().with_context(|| format!("{name} could not be started"))?;
        if !output.status.success() {
            bail!("{name} ended with {}: {}", output.status, String::from_utf8_lossy(&output.stderr));
        }
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }
}
