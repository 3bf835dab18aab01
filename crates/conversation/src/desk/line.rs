//! The line before a session: what is said while an answer is made is answered after it, in the order in which it came.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use agent::SessionId;
use sessions::NodeError;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// How many may wait for one session.
const MAX_WAITING: usize = 8;

/// All lines of one process. Clones are one.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    places: Arc<Mutex<HashMap<SessionId, Place>>>,
}

/// Who speaks and who waits.
#[derive(Debug)]
struct Place {
    turn: Arc<Semaphore>,
    people: usize,
}

/// Somebody's turn; with it gone, the next one has theirs.
#[derive(Debug)]
pub(super) struct Turn {
    line: Line,
    session: SessionId,
    permit: Option<OwnedSemaphorePermit>,
}

impl Line {
    /// Waits until it is one's turn. Where too many wait already, that is said at once.
    pub(super) async fn wait(&self, session: &SessionId) -> Result<Turn, NodeError> {
        let (turn, mut mine) = self.join(session)?;
        mine.permit = Some(turn.acquire_owned().await.map_err(|_| NodeError::Stopped)?);
        Ok(mine)
    }

    fn join(&self, session: &SessionId) -> Result<(Arc<Semaphore>, Turn), NodeError> {
        let mut places = self.places.lock().unwrap_or_else(PoisonError::into_inner);
        let fresh = || Place { turn: Arc::new(Semaphore::new(1)), people: 0 };
        let place = places.entry(session.clone()).or_insert_with(fresh);
        if place.people > MAX_WAITING {
            return Err(NodeError::Overloaded);
        }
        place.people += 1;
        let mine = Turn { line: self.clone(), session: session.clone(), permit: None };
        Ok((Arc::clone(&place.turn), mine))
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mut places = self.line.places.lock().unwrap_or_else(PoisonError::into_inner);
        self.permit.take();
        if let Some(place) = places.get_mut(&self.session) {
            place.people -= 1;
            if place.people == 0 {
                places.remove(&self.session);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn those_who_wait_have_their_turn_in_their_order_and_a_long_line_is_refused() {
        let (line, session) = (Line::default(), SessionId::new("ses_1"));
        let first = line.wait(&session).await.expect("the first");
        let mut waiting: Vec<_> = (0..MAX_WAITING).map(|_| Box::pin(line.wait(&session))).collect();
        for one in &mut waiting {
            assert!(futures::poll!(one.as_mut()).is_pending());
        }
        assert!(matches!(line.wait(&session).await, Err(NodeError::Overloaded)));
        assert!(line.wait(&SessionId::new("ses_2")).await.is_ok(), "another session has its own line");
        drop(first);
        for (nth, one) in waiting.into_iter().enumerate() {
            assert!(one.await.is_ok(), "{nth}");
        }
        assert!(line.places.lock().is_ok_and(|places| places.is_empty()));
    }
}
