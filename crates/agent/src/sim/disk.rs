//! The store of a simulated world: the contract of [`crate::shell`] in a few lines, with the text that a real one keeps.

use std::collections::BTreeMap;

use crate::{
    AppendRefusal, Batch, Contents, Digest, Entry, Epoch, JournalError, Loaded, PrivateId, Seq, Session,
    Shelf, Snapshot, Time,
};

/// One session as it is stored.
#[derive(Clone, Debug, Default)]
pub struct Disk {
    /// The journal, one line per entry; settings stand beside it.
    pub lines: Vec<String>,
    /// The settings that lines name.
    pub settings: BTreeMap<Digest, String>,
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
        for settings in batch.entries.iter().filter_map(Entry::settings) {
            self.settings.entry(settings.digest()).or_insert_with(|| settings.to_line());
        }
        self.lines.extend(batch.entries.iter().map(Entry::to_slim_line));
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
        let shelf = self.shelf()?;
        self.lines.iter().map(|line| Entry::parse_slim(line, &shelf)).collect()
    }

    /// What a node loads.
    pub fn load(&self) -> Result<Session, JournalError> {
        let shelf = self.shelf()?;
        let read = |line| Snapshot::parse_slim(line, &shelf);
        let snapshot = self.snapshot.as_deref().map(read).transpose()?;
        let after = snapshot.as_ref().map_or(0, |snapshot| snapshot.seq().0 as usize);
        let tail = self.lines.iter().skip(after).map(|line| Entry::parse_slim(line, &shelf));
        let tail = tail.collect::<Result<_, _>>()?;
        Loaded { snapshot, tail, contents: self.contents.clone() }.session()
    }

    /// Keeps a snapshot of what is stored.
    pub fn take_snapshot(&mut self) -> Result<(), JournalError> {
        self.snapshot = Some(Snapshot::of(self.load()?.state()).to_slim_line());
        Ok(())
    }

    fn shelf(&self) -> Result<Shelf, JournalError> {
        let mut shelf = Shelf::default();
        for (digest, line) in &self.settings {
            shelf.put_line(*digest, line)?;
        }
        Ok(shelf)
    }
}
