//! How a node runs.

use std::time::Duration;

/// Times and caps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// How long a lease lasts without being renewed: as long as a session may rest after its node has died.
    pub lease: Duration,
    /// How long a session at rest keeps its mailbox.
    pub idle: Duration,
    /// How long a letter waits for a session that another node holds. Longer than a lease, so that the death of a node
    /// is waited out.
    pub patience: Duration,
    /// How often timers, leases and the outbox are looked at. `None` leaves it to [`crate::Node::beat`].
    pub beat: Option<Duration>,
    /// How many sessions are at work at once.
    pub max_live: usize,
    /// How many letters wait for one session.
    pub max_letters: usize,
    /// After how many entries a snapshot is kept, and after a fourth of them where a session goes to rest. A snapshot of a long
    /// session is as much as a hundred entries and a commit of its own; to read a thousand entries takes milliseconds.
    pub snapshot_every: u64,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            lease: Duration::from_secs(3),
            idle: Duration::from_millis(500),
            patience: Duration::from_secs(5),
            beat: Some(Duration::from_millis(100)),
            max_live: 4_096,
            max_letters: 128,
            snapshot_every: 2_048,
        }
    }
}
