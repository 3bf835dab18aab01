//! The sessions that are at work, by their mailboxes.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::{Mutex, MutexGuard, PoisonError};

use agent::{SessionId, Time};
use tokio::sync::mpsc::{self, Receiver, Sender};

use crate::NodeError;
use crate::letter::Letter;

/// All mailboxes of a node.
#[derive(Debug, Default)]
pub(crate) struct Live(Mutex<Mailboxes>);

#[derive(Debug, Default)]
struct Mailboxes {
    open: HashMap<SessionId, Mailbox>,
    tenures: u64,
    is_shut: bool,
}

#[derive(Debug)]
struct Mailbox {
    mail: Sender<Letter>,
    used: Time,
    /// Which time it is that this node holds the session; `None` while it waits for its lease.
    tenure: Option<u64>,
}

/// A mailbox that has just been made, for the actor that is to empty it.
pub(crate) type Fresh = (Sender<Letter>, Receiver<Letter>);

impl Live {
    fn lock(&self) -> MutexGuard<'_, Mailboxes> {
        // A table of senders is whole after every statement.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts a letter into the mailbox of a session, making one where there is none; then somebody must empty it.
    pub(crate) fn post(
        &self,
        session: &SessionId,
        letter: Letter,
        (now, most, letters): (Time, usize, usize),
    ) -> Result<Option<Fresh>, NodeError> {
        let mut boxes = self.lock();
        if boxes.is_shut {
            return Err(NodeError::Stopped);
        }
        let is_full = boxes.open.len() >= most;
        let (mailbox, fresh) = match boxes.open.entry(session.clone()) {
            Entry::Occupied(entry) => (entry.into_mut(), None),
            Entry::Vacant(_) if is_full => return Err(NodeError::Overloaded),
            Entry::Vacant(entry) => {
                let (mail, letters) = mpsc::channel(letters);
                (entry.insert(Mailbox { mail: mail.clone(), used: now, tenure: None }), Some((mail, letters)))
            }
        };
        mailbox.used = now;
        mailbox.mail.try_send(letter).map_err(|_| NodeError::Overloaded)?;
        Ok(fresh)
    }

    /// Closes a mailbox, if nothing is in it.
    pub(crate) fn leave(&self, session: &SessionId, mail: &mut Receiver<Letter>) -> bool {
        let mut boxes = self.lock();
        if !mail.is_empty() {
            return false;
        }
        boxes.open.remove(session);
        mail.close();
        true
    }

    /// How many sessions are at work.
    pub(crate) fn len(&self) -> usize {
        self.lock().open.len()
    }

    /// Notes that this node holds a session, or does no more.
    pub(crate) fn note_held(&self, session: &SessionId, is_held: bool) {
        let mut boxes = self.lock();
        boxes.tenures += 1;
        let tenure = is_held.then_some(boxes.tenures);
        if let Some(mailbox) = boxes.open.get_mut(session) {
            mailbox.tenure = tenure;
        }
    }

    /// The sessions that this node holds, each with the tenure.
    pub(crate) fn held(&self) -> HashMap<SessionId, u64> {
        let boxes = self.lock();
        let held =
            boxes.open.iter().filter_map(|(session, mailbox)| Some((session.clone(), mailbox.tenure?)));
        held.collect()
    }

    /// Tells a session that another node has taken it, unless this node has taken it back meanwhile.
    pub(crate) fn tell_lost(&self, session: &SessionId, tenure: u64) {
        if let Some(mailbox) = self.lock().open.get(session).filter(|known| known.tenure == Some(tenure)) {
            // A mailbox that is full belongs to a session that finds out when it writes.
            let _ = mailbox.mail.try_send(Letter::Lost);
        }
    }

    /// Sends a letter to those sessions that are at work already and for which this holds.
    pub(crate) fn send_where(
        &self,
        letter: impl Fn() -> Letter,
        is_meant: impl Fn(&SessionId, Time) -> bool,
    ) {
        let boxes = self.lock();
        for (_, mailbox) in boxes.open.iter().filter(|(session, mailbox)| is_meant(session, mailbox.used)) {
            // A mailbox that is full belongs to a session that is busy; it is told with the next beat.
            let _ = mailbox.mail.try_send(letter());
        }
    }

    /// Takes no letters from here on.
    pub(crate) fn shut(&self) {
        self.lock().is_shut = true;
    }
}
