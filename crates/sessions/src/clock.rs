//! Where the time comes from.

use std::time::{SystemTime, UNIX_EPOCH};

use agent::Time;

/// A clock. Nodes of one store should agree within a second or so: leases are compared by their clocks.
pub trait Clock: Send + Sync {
    /// What time it is.
    fn now(&self) -> Time;
}

/// The clock of the machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Time {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Time::from_millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }
}
