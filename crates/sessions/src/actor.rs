//! The one writer of a session: takes letters, steps, appends, acts.

mod act;
mod hold;

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use agent::{Batch, Key, Lease, SessionId};
use store::StoreError;
use tokio::sync::mpsc;
use tokio::task::{AbortHandle, JoinSet};

use crate::letter::{Answer, Letter, Make};
use crate::live::Fresh;
use crate::node::Core;
use crate::{NodeError, Receipt};

pub(crate) use hold::Held;

/// How many letters go into one commit.
const MAX_BATCH: usize = 64;

/// Empties the mailbox of a session.
pub(crate) struct Actor {
    core: Arc<Core>,
    session: SessionId,
    mail: mpsc::Receiver<Letter>,
    /// For the answers of workers.
    own: mpsc::Sender<Letter>,
    workers: JoinSet<()>,
    /// Workers that may be stopped at any time: thoughts.
    thoughts: HashMap<Key, AbortHandle>,
}

/// How it goes on after some letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Course {
    /// With the next letters.
    GoOn,
    /// The session is given back.
    GiveBack,
    /// The session is somebody else's.
    Lost,
}

impl Actor {
    pub(crate) fn new(core: Arc<Core>, session: SessionId, (own, mail): Fresh) -> Self {
        Self { core, session, mail, own, workers: JoinSet::new(), thoughts: HashMap::new() }
    }

    /// Works until nothing is to be done. A mailbox that was written to while the session was given back is emptied
    /// under a new lease.
    pub(crate) async fn run(mut self, opened: Option<Held>) {
        let mut opened = opened;
        loop {
            let held = match opened.take() {
                Some(held) => Ok(held),
                None => self.take().await,
            };
            match held {
                Ok(held) => {
                    self.core.live.note_held(&self.session, !held.is_begun);
                    self.serve(held).await;
                    self.core.live.note_held(&self.session, false);
                }
                Err(error) => self.refuse_all(&error),
            }
            self.stop_workers().await;
            if self.core.live.leave(&self.session, &mut self.mail) {
                return;
            }
        }
    }

    async fn serve(&mut self, mut held: Held) {
        let mut letters = Vec::with_capacity(MAX_BATCH);
        while self.mail.recv_many(&mut letters, MAX_BATCH).await > 0 {
            match self.work(&mut held, letters.drain(..)).await {
                Course::GoOn => {}
                Course::GiveBack => return self.give_back(held).await,
                Course::Lost => return,
            }
        }
    }

    /// Steps through the letters, appends what came of it, and only then acts and answers.
    async fn work(&mut self, held: &mut Held, letters: impl Iterator<Item = Letter>) -> Course {
        let mut course = Course::GoOn;
        let mut wants_rest = false;
        let mut answers: Vec<(Answer, Receipt)> = Vec::new();
        for letter in letters {
            match letter {
                Letter::Event { make, answer } => match self.take_in(held, make).await {
                    Ok(receipt) => answers.extend(answer.map(|answer| (answer, receipt))),
                    Err(error) => answer.into_iter().for_each(|answer| {
                        let _ = answer.send(Err(error.clone()));
                    }),
                },
                Letter::Store { answer } => answers.push((answer, held.standing())),
                Letter::Rest => wants_rest = true,
                Letter::Stop => course = Course::GiveBack,
                Letter::Lost => course = Course::Lost,
            }
        }
        if course == Course::Lost {
            answer_all(answers, Err(&NodeError::Elsewhere));
            return course;
        }
        if let Err(error) = self.commit(held).await {
            let is_lost = matches!(error, StoreError::Refused(_));
            answer_all(answers, Err(&error.into()));
            // What is not known to be stored is looked into under a new lease, by whoever takes it.
            return if is_lost { Course::Lost } else { Course::GiveBack };
        }
        answer_all(answers, Ok(()));
        self.act(held);
        if wants_rest && self.is_at_rest() { Course::GiveBack } else { course }
    }

    async fn take_in(&self, held: &mut Held, make: Make) -> Result<Receipt, NodeError> {
        let (kind, contents) = make(held.session.state())?;
        held.prepare(&self.core.runtime, &kind).await?;
        Ok(held.step(self.core.now(), kind, contents))
    }

    /// Stores what is not stored yet, durably.
    async fn commit(&mut self, held: &mut Held) -> Result<(), StoreError> {
        let mut batch = held.session.take_unsaved();
        if batch.entries.is_empty() {
            return Ok(());
        }
        self.core.keep_wanted(&mut batch);
        let stored = match held.take_begun() {
            Some(lease) => self.begin(batch, lease).await,
            None => self.core.runtime.append(batch).await,
        };
        if stored.is_err() {
            held.effects.clear();
            held.is_sure = false;
        }
        stored?;
        self.core.ears.tell(&self.session);
        if let Some((snapshot, stored_at)) = held.due_snapshot(self.core.options.snapshot_every) {
            let (core, session) = (Arc::clone(&self.core), self.session.clone());
            self.workers.spawn(async move {
                // A snapshot that was not stored is no loss: the next one is.
                if core.runtime.put_snapshot(&session, &snapshot).await.is_ok() {
                    stored_at.fetch_max(snapshot.seq().0, Ordering::Relaxed);
                }
            });
        }
        Ok(())
    }

    /// Stores a session that begins. A beat that came before would not have found it.
    async fn begin(&self, batch: Batch, lease: Lease) -> Result<(), StoreError> {
        self.core.runtime.begin(batch, lease).await?;
        self.core.live.note_held(&self.session, true);
        Ok(())
    }

    /// Comes back when no worker works any more, so that what becomes of a key is not asked while it is still sent.
    async fn stop_workers(&mut self) {
        self.workers.shutdown().await;
        self.thoughts.clear();
    }

    fn is_at_rest(&mut self) -> bool {
        while self.workers.try_join_next().is_some() {}
        self.workers.is_empty() && self.mail.is_empty()
    }

    fn refuse_all(&mut self, error: &NodeError) {
        while let Ok(letter) = self.mail.try_recv() {
            letter.refuse(error);
        }
    }
}

/// Who does not wait any more need not know.
fn answer_all(answers: Vec<(Answer, Receipt)>, stored: Result<(), &NodeError>) {
    for (answer, receipt) in answers {
        let _ = answer.send(stored.map(|()| receipt).map_err(Clone::clone));
    }
}
