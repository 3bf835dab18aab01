//! Whoever carries SQLite's log over into its file beside the commits, and empties it once something was erased: until then the log
//! holds the pages as they were before.

use std::sync::Arc;
use std::time::Duration;

use sqlx::AnyPool;
use tokio::sync::watch;

use crate::durable::{carry_over, empty_log};

/// How long a log that cannot be emptied now, since somebody reads, is left alone.
const PAUSE: Duration = Duration::from_millis(100);

/// How often something was wanted.
#[derive(Clone, Copy, Debug, Default)]
struct Wanted {
    carried: u64,
    emptied: u64,
}

/// Tells the carrier what to do. It works until all of these are gone.
#[derive(Clone, Debug)]
pub(super) struct Carrier(Arc<watch::Sender<Wanted>>);

impl Carrier {
    /// A carrier of this log. What was erased before a crash is taken out of it at once.
    pub(super) fn employ(readers: AnyPool) -> Self {
        let (wanted, told) = watch::channel(Wanted { carried: 0, emptied: 1 });
        tokio::spawn(work(readers, told));
        Self(Arc::new(wanted))
    }

    /// The log has become long.
    pub(super) fn carry(&self) {
        self.0.send_modify(|wanted| wanted.carried += 1);
    }

    /// Something was erased.
    pub(super) fn empty(&self) {
        self.0.send_modify(|wanted| wanted.emptied += 1);
    }
}

async fn work(readers: AnyPool, mut told: watch::Receiver<Wanted>) {
    let mut done = 0;
    loop {
        let wanted = *told.borrow_and_update();
        carry_over(&readers).await;
        if wanted.emptied > done && empty_log(&readers).await {
            done = wanted.emptied;
        }
        if readers.is_closed() {
            return;
        }
        let is_left = wanted.emptied > done;
        tokio::select! {
            told = told.changed() => if told.is_err() { return },
            () = tokio::time::sleep(PAUSE), if is_left => {}
        }
    }
}
