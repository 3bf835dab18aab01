//! What the environment has to say before a process begins: threads of a model wait for each other asleep, so that they
//! leave the processor to searches, and the allocator keeps few heaps, so that memory of an import is used again.
//!
//! Both are read before `main`, so a process that was started without them starts itself again, once, in its own place.

/// The variables and what they are where nobody has set them.
const DEFAULTS: [(&str, &str); 2] = [("OMP_WAIT_POLICY", "passive"), ("MALLOC_ARENA_MAX", "2")];

/// Goes on as the same process with the variables set. Where that is not possible, threads spin while they wait and
/// memory is kept longer, which changes no result.
#[cfg(unix)]
pub(crate) fn settle_environment() {
    use std::os::unix::process::CommandExt;

    let is_unset = |(name, _): &(&str, &str)| std::env::var_os(name).is_none();
    let unset: Vec<(&str, &str)> = DEFAULTS.into_iter().filter(is_unset).collect();
    if unset.is_empty() {
        return;
    }
    let Ok(program) = std::env::current_exe() else { return };
    let mut arguments = std::env::args_os();
    let mut command = std::process::Command::new(program);
    if let Some(name) = arguments.next() {
        command.arg0(name);
    }
    // It only returns when it has failed.
    let _ = command.args(arguments).envs(unset).exec();
}

/// Other systems cannot put a process in the place of another.
#[cfg(not(unix))]
pub(crate) fn settle_environment() {}
