//! Somebody shows that they are the owner of two sessions, such as a guest who signs in: the one goes on with what was said in the
//! other.

use agent::{
    Bequeathed, Contents, EventKind, Fact, FactId, FactScope, FactStatus, Inherited, Line, PastTurn, Session,
    SessionId, State, TurnId,
};
use serde_json::Value;

use super::{Node, Words};
use crate::decider::referred;
use crate::{NodeError, Receipt};

/// What a session was left.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Legacy {
    /// Facts that are new to it.
    pub facts: Vec<Fact>,
    /// The words of these.
    pub words: Contents,
}

/// What a session leaves to another one.
struct Estate {
    from: SessionId,
    turn: TurnId,
    facts: Vec<Fact>,
    words: Contents,
    reply: Option<Value>,
}

impl Node {
    /// Moves what `from` knows by itself and what it said last to the session `to`, each once, however often this is asked for and
    /// whatever dies between. The caller has made sure that both are of one person; a session has one heir for ever. `hand_on` makes
    /// of the last reply there what it is worth here.
    pub async fn inherit(
        &self,
        to: &SessionId,
        from: &SessionId,
        hand_on: impl Fn(&Value) -> Option<Value>,
    ) -> Result<Legacy, NodeError> {
        let loaded = self.core.runtime.load(from).await?;
        if loaded.tail.is_empty() && loaded.snapshot.is_none() {
            return Ok(Legacy::default());
        }
        match self.bequeath(from, to, Vec::new()).await {
            Ok(_) => {}
            // It is another one's.
            Err(NodeError::NotYours) => return Ok(Legacy::default()),
            Err(error) => return Err(error),
        }
        let left = loaded.session()?;
        let Some(last) = left.state().history.last() else { return Ok(Legacy::default()) };
        let facts: Vec<Fact> = own_facts(left.state()).cloned().collect();
        let words = referred(left.contents(), facts.iter().flat_map(Fact::privates));
        let ids: Vec<FactId> = facts.iter().map(|fact| fact.id.clone()).collect();
        let reply = reply(&left, last).and_then(hand_on);
        let estate = Estate { from: from.clone(), turn: last.id, facts, words: words.clone(), reply };
        let facts = self.leave(to, estate).await?;
        if !ids.is_empty() {
            self.bequeath(from, to, ids).await?;
        }
        Ok(Legacy { facts, words })
    }

    async fn bequeath(
        &self,
        from: &SessionId,
        to: &SessionId,
        facts: Vec<FactId>,
    ) -> Result<Receipt, NodeError> {
        let bequeathed = Bequeathed { to: to.clone(), facts };
        self.hand_in(from, move |state| match &state.heir {
            Some(heir) if *heir != bequeathed.to => Err(NodeError::NotYours),
            _ => Ok((EventKind::Bequeathed(bequeathed), Contents::default())),
        })
        .await
    }

    /// Hands it in where it goes; what is new there.
    async fn leave(&self, to: &SessionId, estate: Estate) -> Result<Vec<Fact>, NodeError> {
        let (told, new) = std::sync::mpsc::channel();
        self.hand_in(to, move |state| {
            let Estate { from, turn, facts, words, reply } = estate;
            let owner = &state.owner;
            let facts: Vec<Fact> =
                facts.into_iter().map(|fact| Fact { owner: owner.clone(), ..fact }).collect();
            let unknown = facts.iter().filter(|fact| !state.facts.contains_key(&fact.id));
            // Nobody listens any more where the caller has gone.
            let _ = told.send(unknown.cloned().collect());
            let mut held = Words::of(state);
            let reply = reply.map(|reply| held.hold(&format!("inherited.{from}.{turn}"), reply));
            words.iter().for_each(|(id, value)| held.contents.restore(id.clone(), value.clone()));
            Ok((EventKind::Inherited(Inherited { from, turn, reply, facts }), held.contents))
        })
        .await?;
        Ok(new.try_recv().unwrap_or_default())
    }
}

/// What was told to the session itself and is not gone.
fn own_facts(state: &State) -> impl Iterator<Item = &Fact> {
    let is_here = |fact: &&Fact| matches!(fact.status, FactStatus::Current | FactStatus::Superseded { .. });
    state.facts.values().filter(is_here).filter(|fact| fact.scope == FactScope::Session)
}

/// The words of a turn's reply.
fn reply<'a>(session: &'a Session, turn: &PastTurn) -> Option<&'a Value> {
    turn.lines.iter().rev().find_map(|line| match line {
        Line::Replied { text } => session.contents().value(text),
        _ => None,
    })
}
