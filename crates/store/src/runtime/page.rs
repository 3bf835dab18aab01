//! A batch as the rows that are written of it.

use agent::{Batch, Body, Entry, Epoch, PrivateId, SharedSettings};
use serde_json::Value;

use super::{handover, number, review};

/// The rows of a batch. Whoever appends makes them: the one task that commits for all has no time for it.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) session: String,
    pub(super) owner: String,
    /// Where the journal has to end.
    pub(super) expected: i64,
    /// Under which epoch the session has to be held.
    pub(super) epoch: Epoch,
    /// Where the journal ends then.
    pub(super) last: i64,
    pub(super) due: Option<i64>,
    pub(super) entries: Vec<(i64, String)>,
    pub(super) contents: Vec<(String, String)>,
    pub(super) outbox: Vec<i64>,
    pub(super) shredded: Vec<String>,
    /// Entries of which the tables of reviews and handovers are told.
    pub(super) noted: Vec<Entry>,
    /// The calls that came to an end with some of them.
    pub(super) ended: Vec<i64>,
    /// Settings that entries name.
    pub(super) settings: Vec<SharedSettings>,
}

impl Page {
    pub(super) fn of(batch: Batch) -> Self {
        let line = |entry: &Entry| (number(entry.seq.0), entry.to_slim_line());
        let content = |(id, value): (&PrivateId, &Value)| (id.as_str().to_owned(), value.to_string());
        Self {
            session: batch.session.to_string(),
            owner: batch.owner.to_string(),
            expected: number(batch.expected.0),
            epoch: batch.epoch,
            last: number(batch.expected.0 + batch.entries.len() as u64),
            due: batch.due.map(agent::Time::millis),
            entries: batch.entries.iter().map(line).collect(),
            contents: batch.contents.iter().map(content).collect(),
            outbox: batch.outbox.iter().map(|seq| number(seq.0)).collect(),
            shredded: batch.shredded.iter().map(|id| id.as_str().to_owned()).collect(),
            ended: batch.entries.iter().filter_map(ended).collect(),
            settings: batch.entries.iter().filter_map(Entry::settings).cloned().collect(),
            noted: batch.entries.into_iter().filter(is_noted).collect(),
        }
    }

    /// Whether nothing in it is rare: neither that something is erased nor that the staff is asked.
    pub(super) fn is_plain(&self) -> bool {
        self.shredded.is_empty() && self.noted.len() == self.ended.len()
    }
}

fn ended(entry: &Entry) -> Option<i64> {
    match &entry.body {
        Body::Effect(effect) => handover::ended(effect).map(|key| number(key.0)),
        Body::Event(_) => None,
    }
}

fn is_noted(entry: &Entry) -> bool {
    matches!(&entry.body, Body::Effect(effect) if review::concerns(effect) || handover::concerns(effect))
}
