//! How a command ends when it cannot do its work: a message, a way to mend it, and the exit status.

use std::fmt;
use std::io::{self, Write};
use std::process::ExitCode;

/// The input or the environment is at fault.
const FAULT: u8 = 1;
/// The command was used wrongly.
const USAGE: u8 = 2;

/// A wrong use that only shows while the command runs, such as a filter that cannot be read.
#[derive(Debug)]
pub(crate) struct UsageError(pub(crate) String);

/// What to do about a failure; attached to the error that it belongs to.
#[derive(Debug)]
pub(crate) struct Hint {
    pub(crate) message: String,
    pub(crate) hint: String,
}

/// A command that has already said all there is to say.
#[derive(Debug)]
pub(crate) struct Reported;

impl fmt::Display for UsageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for Hint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl fmt::Display for Reported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("it has been said above")
    }
}

impl std::error::Error for UsageError {}
impl std::error::Error for Hint {}
impl std::error::Error for Reported {}

/// An error with a way to mend it.
pub(crate) fn with_hint(message: impl Into<String>, hint: impl Into<String>) -> anyhow::Error {
    Hint { message: message.into(), hint: hint.into() }.into()
}

/// Says what went wrong on standard error, the cause of the cause last.
pub(crate) fn report(error: &anyhow::Error) -> ExitCode {
    if is_closed_pipe(error) {
        return ExitCode::SUCCESS;
    }
    let status = if error.is::<UsageError>() { USAGE } else { FAULT };
    if !error.is::<Reported>() {
        let mut lines = format!("error: {error}\n");
        error.chain().skip(1).for_each(|cause| lines.push_str(&format!("  because {cause}\n")));
        let hint = error.chain().find_map(|cause| cause.downcast_ref::<Hint>());
        if let Some(Hint { hint, .. }) = hint {
            lines.push_str(&format!("  hint: {hint}\n"));
        }
        // Where standard error itself is gone there is nobody left to tell.
        let _ = io::stderr().write_all(lines.as_bytes());
    }
    ExitCode::from(status)
}

/// Whether the reader of standard output has seen enough, as `head` does.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
}
