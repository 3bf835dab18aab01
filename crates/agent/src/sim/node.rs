//! A node of a simulated world.

use crate::Session;

/// A process that runs the session while it holds the lease, or believes that it does.
#[derive(Debug, Default)]
pub(super) struct Node {
    /// Counts its lives.
    pub(super) life: u32,
    /// What it has in memory.
    pub(super) session: Option<Session>,
    /// Whether it waits for the disk.
    pub(super) is_writing: bool,
}

impl Node {
    /// Loses everything that it has in memory.
    pub(super) fn die(&mut self) {
        self.life += 1;
        self.session = None;
        self.is_writing = false;
    }
}
