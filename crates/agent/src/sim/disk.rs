//! The store of a simulated world: the contract of [`crate::shell`] in a few lines, with the text that a real one keeps.

use crate::{
    AppendRefusal, Batch, Contents, Entry, Epoch, JournalError, Loaded, PrivateId, Seq, Session, Snapshot,
    Time,
};

/// One session as it is stored.
#[derive(Clone, Debug, Default)]
pub struct Disk {
    /// The journal, one line per entry.
    pub lines: Vec<String>,
    /// The newest snapshot.
    pub snapshot: Option<String>,
    /// The contents that are left.
    pub contents: Contents,
    /// The fencing token of the lease.
    pub epoch: Epoch,
    /// When the timer goes off.
    pub due: Option<Time>,
    /// What must never come back.
    pub shredded: Vec<PrivateId>,
}

impl Disk {
    /// The last entry.
    pub fn end(&self) -> Seq {
        Seq(self.lines.len() as u64)
    }

    /// Appends if the writer still holds the lease and knows the journal.
    pub fn append(&mut self, batch: Batch) -> Result<(), AppendRefusal> {
        if batch.epoch != self.epoch {
            return Err(AppendRefusal::Fenced { held: self.epoch });
        }
        if batch.expected != self.end() {
            return Err(AppendRefusal::Moved { found: self.end() });
        }
        self.force(batch);
        Ok(())
    }

    /// Appends whatever comes; a mistake.
    pub(super) fn force(&mut self, batch: Batch) {
        self.lines.extend(batch.entries.iter().map(Entry::to_line));
        for (id, value) in batch.contents.iter() {
            self.contents.restore(id.clone(), value.clone());
        }
        for id in batch.shredded {
            self.contents.shred(&id);
            self.shredded.push(id);
        }
        self.due = batch.due;
    }

    /// The entries.
    pub fn entries(&self) -> Result<Vec<Entry>, JournalError> {
        self.lines.iter().map(|line| Entry::parse(line)).collect()
    }

    /// What a node loads.
    pub fn load(&self) -> Result<Session, JournalError> {
        let snapshot = self.snapshot.as_deref().map(Snapshot::parse).transpose()?;
        let after = snapshot.as_ref().map_or(0, |snapshot| snapshot.seq().0 as usize);
        let tail = self.lines.iter().skip(after).map(|line| Entry::parse(line)).collect::<Result<_, _>>()?;
        Loaded { snapshot, tail, contents: self.contents.clone() }.session()
    }

    /// Keeps a snapshot of what is stored.
    pub fn take_snapshot(&mut self) -> Result<(), JournalError> {
        self.snapshot = Some(Snapshot::of(self.load()?.state()).to_line());
        Ok(())
    }
}
