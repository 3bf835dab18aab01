//! A line on the terminal that shows how far an import has come; nothing where there is no terminal.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use ingest::{Item, Record};

use super::inputs::Input;
use crate::output::grouped;

/// How often the line is drawn anew.
const PACE: Duration = Duration::from_millis(100);

/// The line.
pub(crate) struct Progress {
    bar: ProgressBar,
    meter: Arc<AtomicU64>,
    started: Instant,
    drawn: Instant,
    rows: u64,
}

impl Progress {
    /// Begins at nothing of all these files.
    pub(crate) fn begin(inputs: &[Input]) -> Self {
        let bar = ProgressBar::new(inputs.iter().map(Input::bytes).sum());
        let style = ProgressStyle::with_template("{bar:24} {percent:>3} %  {msg}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        let now = Instant::now();
        Self { bar, meter: Arc::default(), started: now, drawn: now, rows: 0 }
    }

    /// Counts the bytes that have been read.
    pub(crate) fn meter(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.meter)
    }

    /// Counts a row for each variant, review, question and document.
    pub(crate) fn advance(&mut self, item: &Item) {
        self.rows += match item {
            Item::Record(Record::Product(product)) => product.variants.len() as u64,
            Item::Record(_) => 1,
            Item::File { .. } | Item::Diagnostic(_) => 0,
        };
        if self.drawn.elapsed() >= PACE {
            self.draw();
        }
    }

    fn draw(&mut self) {
        self.drawn = Instant::now();
        let pace = self.rows as f64 / self.started.elapsed().as_secs_f64().max(0.001);
        self.bar.set_position(self.meter.load(Ordering::Relaxed));
        self.bar.set_message(format!("{} rows, {} rows/s", grouped(self.rows), grouped(pace as u64)));
    }

    /// Takes the line away.
    pub(crate) fn end(self) {
        self.bar.finish_and_clear();
    }
}
