//! Reading one file on a thread of its own; what it states comes through a channel of fixed length, so that a fast
//! reader waits for a slow store.

use std::io::{self, Read};
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use anyhow::Context;
use ingest::{Format, Item, Options, Summary};
use tokio::sync::mpsc::{self, Receiver};
use tokio::task::JoinHandle;

use super::inputs::Input;

/// Items that may wait for the store.
const MAX_WAITING: usize = 256;

/// A file that is being read. Dropping it ends the thread at the next item.
pub(crate) struct Reading {
    items: Receiver<Item>,
    thread: JoinHandle<anyhow::Result<Summary>>,
}

impl Reading {
    /// Begins to read; the bytes that were read are added to the meter.
    pub(crate) fn begin(
        input: Input,
        format: Option<Format>,
        options: Options,
        meter: Arc<AtomicU64>,
    ) -> Self {
        let (sender, items) = mpsc::channel(MAX_WAITING);
        let thread = tokio::task::spawn_blocking(move || {
            let mut reader = Metered { inner: input.open()?, meter };
            let mut sink = |item| match sender.blocking_send(item) {
                Ok(()) => ControlFlow::Continue(()),
                Err(_) => ControlFlow::Break(()),
            };
            Ok(ingest::read(&input.name(), &mut reader, format, &options, &mut sink)?)
        });
        Self { items, thread }
    }

    /// The next item; `None` at the end of the file.
    pub(crate) async fn next(&mut self) -> Option<Item> {
        self.items.recv().await
    }

    /// What was read in all.
    pub(crate) async fn end(self) -> anyhow::Result<Summary> {
        self.thread.await.context("the reader stopped")?
    }
}

/// A reader that counts its bytes.
struct Metered {
    inner: Box<dyn Read + Send>,
    meter: Arc<AtomicU64>,
}

impl Read for Metered {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.meter.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}
