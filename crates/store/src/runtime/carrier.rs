//! Whoever empties SQLite's log once something was erased: until then it holds the pages as they were before.

use std::sync::Arc;
use std::time::Duration;

use sqlx::AnyPool;
use tokio::sync::watch;

use super::turn::Writer;
use crate::durable::{carry_over, empty_log};

/// How long a log that cannot be emptied now, since somebody reads, is left alone.
const PAUSE: Duration = Duration::from_millis(100);

/// Tells the carrier how often something was erased. It works until all of these are gone.
#[derive(Clone, Debug)]
pub(super) struct Carrier(Arc<watch::Sender<u64>>);

impl Carrier {
    /// A carrier of this log. What was erased before a crash is taken out of it at once.
    pub(super) fn employ(readers: AnyPool, writer: Writer) -> Self {
        let (wanted, told) = watch::channel(1);
        tokio::spawn(work(readers, writer, told));
        Self(Arc::new(wanted))
    }

    /// Something was erased.
    pub(super) fn empty(&self) {
        self.0.send_modify(|wanted| *wanted += 1);
    }
}

async fn work(readers: AnyPool, writer: Writer, mut told: watch::Receiver<u64>) {
    let mut done = 0;
    loop {
        let wanted = *told.borrow_and_update();
        if wanted > done {
            // Most of it beside the commits, which wait for the rest.
            carry_over(&readers).await;
            let turn = writer.turn().await;
            if empty_log(&readers).await {
                done = wanted;
            }
            drop(turn);
        }
        if readers.is_closed() {
            return;
        }
        let is_left = wanted > done;
        tokio::select! {
            told = told.changed() => if told.is_err() { return },
            () = tokio::time::sleep(PAUSE), if is_left => {}
        }
    }
}
