//! How the threads of a model wait for each other: asleep, so that they leave the processor to searches.
//!
//! The runtime of a model reads this from the environment before `main` begins, so a process that was started without
//! it starts itself again, once, in its own place.

/// The variable and what it has to be.
const POLICY: (&str, &str) = ("OMP_WAIT_POLICY", "passive");

/// Goes on as the same process with the variable set, where nobody has set it. Where that is not possible, threads
/// spin while they wait, which costs time but changes no result.
#[cfg(unix)]
pub(crate) fn sleep_instead_of_spin() {
    use std::os::unix::process::CommandExt;

    if std::env::var_os(POLICY.0).is_some() {
        return;
    }
    let Ok(program) = std::env::current_exe() else { return };
    let mut arguments = std::env::args_os();
    let mut command = std::process::Command::new(program);
    if let Some(name) = arguments.next() {
        command.arg0(name);
    }
    // It only returns when it has failed.
    let _ = command.args(arguments).env(POLICY.0, POLICY.1).exec();
}

/// Other systems cannot put a process in the place of another.
#[cfg(not(unix))]
pub(crate) fn sleep_instead_of_spin() {}
