//! A session in memory: its state, its contents, and what is not stored yet.

use crate::entry::{Body, Entry};
use crate::{Batch, Contents, Effect, Epoch, Event, EventKind, JournalError, Seq, Snapshot, State};

/// A session that a node works on.
#[derive(Clone, Debug, PartialEq)]
pub struct Session {
    pub(crate) state: State,
    pub(crate) contents: Contents,
    pub(crate) unsaved: Vec<Entry>,
    pub(crate) new_contents: Contents,
}

impl Session {
    /// Begins a session with its first event. Nothing happens when it is an event of another kind.
    pub fn open(event: Event) -> Option<Self> {
        let EventKind::Opened(opened) = &event.kind else { return None };
        let seq = Seq::default().next();
        let state = opened.state(event.at, event.epoch, seq);
        let entry = Entry { seq, at: event.at, epoch: event.epoch, body: Body::Event(event.kind) };
        let contents = event.contents;
        Some(Self { state, new_contents: contents.clone(), contents, unsaved: vec![entry] })
    }

    /// The state that a journal leads to. What was decided is read, not decided again, so a later version of this
    /// program comes to the same state.
    pub fn replay(
        entries: impl IntoIterator<Item = Entry>,
        contents: Contents,
    ) -> Result<Self, JournalError> {
        let mut entries = entries.into_iter();
        let Some(Entry { seq: Seq(1), at, epoch, body: Body::Event(EventKind::Opened(opened)) }) =
            entries.next()
        else {
            return Err(JournalError::NotOpened);
        };
        Self::follow(opened.state(at, epoch, Seq(1)), entries, contents)
    }

    /// The state that a snapshot and the entries after it lead to.
    pub fn resume(
        snapshot: Snapshot,
        tail: impl IntoIterator<Item = Entry>,
        contents: Contents,
    ) -> Result<Self, JournalError> {
        Self::follow(snapshot.into_state(), tail, contents)
    }

    fn follow(
        mut state: State,
        entries: impl IntoIterator<Item = Entry>,
        contents: Contents,
    ) -> Result<Self, JournalError> {
        for entry in entries {
            let expected = state.seq.next();
            if entry.seq != expected {
                return Err(JournalError::Gap { expected, found: entry.seq });
            }
            entry.apply(&mut state);
        }
        Ok(Self { state, contents, unsaved: Vec::new(), new_contents: Contents::default() })
    }

    /// The state.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// What the references in the state refer to.
    pub fn contents(&self) -> &Contents {
        &self.contents
    }

    /// Puts back contents that were stored and not loaded with the session.
    pub fn restore(&mut self, contents: &Contents) {
        self.contents.absorb(contents);
    }

    /// What must be stored, in one transaction, before any effect of the steps since the last batch is acted on.
    pub fn take_unsaved(&mut self) -> Batch {
        let entries = std::mem::take(&mut self.unsaved);
        let written = entries.len() as u64;
        Batch {
            session: self.state.session.clone(),
            owner: self.state.owner.clone(),
            expected: Seq(self.state.seq.0 - written),
            epoch: self.state.epoch,
            shredded: shredded(&entries),
            outbox: outbox(&entries),
            entries,
            contents: std::mem::take(&mut self.new_contents),
            due: self.state.due(),
        }
    }

    /// Takes an event in: the time goes on, and the entry is written.
    pub(crate) fn record(&mut self, event: Event) -> EventKind {
        let Event { at, epoch, kind, contents } = event;
        self.new_contents.absorb(&contents);
        self.contents.absorb(&contents);
        let entry = Entry { seq: self.state.seq.next(), at, epoch, body: Body::Event(kind.clone()) };
        entry.apply(&mut self.state);
        self.unsaved.push(entry);
        kind
    }

    /// Whether an event comes from a node that does not hold the session.
    pub(crate) fn is_foreign(&self, epoch: Epoch, kind: &EventKind) -> bool {
        match kind {
            EventKind::LeaseTaken(lease) => epoch != lease.epoch || epoch <= self.state.epoch,
            _ => epoch != self.state.epoch,
        }
    }
}

fn outbox(entries: &[Entry]) -> Vec<Seq> {
    let is_repeatable =
        |entry: &&Entry| matches!(&entry.body, Body::Effect(effect) if effect.is_repeatable());
    entries.iter().filter(is_repeatable).map(|entry| entry.seq).collect()
}

fn shredded(entries: &[Entry]) -> Vec<crate::PrivateId> {
    let shreds = entries.iter().filter_map(|entry| match &entry.body {
        Body::Effect(Effect::Shred(shred)) => Some(shred.contents.iter().cloned()),
        _ => None,
    });
    shreds.flatten().collect()
}
