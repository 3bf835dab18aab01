//! The sessions that are at work, by their mailboxes.

use std::collections::HashMap;
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

/// The time, and what a node takes at most.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Caps {
    /// Now.
    pub(crate) now: Time,
    /// Sessions at work.
    pub(crate) sessions: usize,
    /// Letters that wait in one mailbox.
    pub(crate) letters: usize,
}

impl Mailboxes {
    /// Makes a mailbox for a session that has none.
    fn make(&mut self, session: &SessionId, caps: Caps) -> Result<Fresh, NodeError> {
        if self.is_shut {
            return Err(NodeError::Stopped);
        }
        if self.open.len() >= caps.sessions {
            return Err(NodeError::Overloaded);
        }
        let (mail, letters) = mpsc::channel(caps.letters);
        self.open.insert(session.clone(), Mailbox { mail: mail.clone(), used: caps.now, tenure: None });
        Ok((mail, letters))
    }
}

impl Live {
    fn lock(&self) -> MutexGuard<'_, Mailboxes> {
        // A table of senders is whole after every statement.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes the mailbox of a session that begins; `None` where it has one.
    pub(crate) fn open(&self, session: &SessionId, caps: Caps) -> Result<Option<Fresh>, NodeError> {
        let mut boxes = self.lock();
        if boxes.open.contains_key(session) {
            return Ok(None);
        }
        boxes.make(session, caps).map(Some)
    }

    /// Puts a letter into the mailbox of a session, making one where there is none; then somebody must empty it.
    pub(crate) fn post(
        &self,
        session: &SessionId,
        letter: Letter,
        caps: Caps,
    ) -> Result<Option<Fresh>, NodeError> {
        let mut boxes = self.lock();
        if boxes.is_shut {
            return Err(NodeError::Stopped);
        }
        let post = |mail: &Sender<Letter>| mail.try_send(letter).map_err(|_| NodeError::Overloaded);
        if let Some(mailbox) = boxes.open.get_mut(session) {
            mailbox.used = caps.now;
            return post(&mailbox.mail).map(|()| None);
        }
        let fresh = boxes.make(session, caps)?;
        post(&fresh.0).map(|()| Some(fresh))
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
