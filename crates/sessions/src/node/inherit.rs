//! Somebody shows that they are the owner of two sessions, such as a guest who signs in: the one goes on with what was said in the
//! other.

use agent::{
    Bequeathed, Contents, EventKind, Fact, FactId, FactScope, FactStatus, Inherited, Line, OwnerId, PastTurn,
    Private, PrivateId, Session, SessionId, State, TurnId,
};
use serde_json::Value;
use store::Resumed;

use super::{Node, Words};
use crate::decider::referred;
use crate::{NodeError, Receipt};

/// The session that goes on, and whose it is. Nobody need have stored it yet.
#[derive(Clone, Debug)]
pub struct Heir {
    /// Which.
    pub session: SessionId,
    /// Whose.
    pub owner: OwnerId,
}

/// What a session was left.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Legacy {
    /// Facts that are new to it.
    pub facts: Vec<Fact>,
    /// The words of these.
    pub words: Contents,
}

/// What a session is to tell with the reply to its next message, of what came along. It stays so until there is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Untold {
    /// As the session names it.
    pub id: PrivateId,
    /// The words.
    pub text: String,
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
    /// Says who goes on with a session: what a person has said yes to there may be done for them from then on. `false` where another
    /// one does already, for a session has one heir for ever.
    pub async fn name_heir(&self, from: &SessionId, heir: &Heir) -> Result<bool, NodeError> {
        match self.bequeath(from, heir, Vec::new()).await {
            Ok(_) => Ok(true),
            Err(NodeError::NotYours) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Moves what `from` knows by itself and what it said last to its heir, each once, however often this is asked for and whatever
    /// dies between. The caller has made sure that both are of one person. `hand_on` makes of the last reply there what it is worth
    /// here, `tell` what is to be told of it: all that is to be told and was not yet, is given.
    pub async fn inherit(
        &self,
        heir: &Heir,
        from: &SessionId,
        hand_on: impl Fn(&Value) -> Option<Value>,
        tell: impl FnOnce(&Legacy) -> Option<String> + Send + 'static,
    ) -> Result<Vec<Untold>, NodeError> {
        let Some(Resumed { session: left, .. }) = self.core.runtime.resume(from).await? else {
            return Ok(Vec::new());
        };
        if !self.name_heir(from, heir).await? {
            return Ok(Vec::new());
        }
        let (state, last) = (left.state(), left.state().history.last());
        let Some(turn) = last.map(|turn| turn.id).or(state.turn.as_ref().map(|turn| turn.id)) else {
            return Ok(Vec::new());
        };
        let facts: Vec<Fact> = own_facts(state).cloned().collect();
        let words = referred(left.contents(), facts.iter().flat_map(Fact::privates));
        let ids: Vec<FactId> = facts.iter().map(|fact| fact.id.clone()).collect();
        let reply = last.and_then(|last| reply(&left, last)).and_then(hand_on);
        let untold = self.leave(heir, Estate { from: from.clone(), turn, facts, words, reply }, tell).await?;
        if !ids.is_empty() {
            self.bequeath(from, heir, ids).await?;
        }
        self.read(heir, &untold).await
    }

    async fn bequeath(
        &self,
        from: &SessionId,
        heir: &Heir,
        facts: Vec<FactId>,
    ) -> Result<Receipt, NodeError> {
        let bequeathed = Bequeathed { to: heir.session.clone(), facts, owner: Some(heir.owner.clone()) };
        self.hand_in(from, move |state| match &state.heir {
            Some(heir) if *heir != bequeathed.to => Err(NodeError::NotYours),
            _ => Ok((EventKind::Bequeathed(bequeathed), Contents::default())),
        })
        .await
    }

    /// Hands it in where it goes; what is to be told there then.
    async fn leave(
        &self,
        heir: &Heir,
        estate: Estate,
        tell: impl FnOnce(&Legacy) -> Option<String> + Send + 'static,
    ) -> Result<Vec<PrivateId>, NodeError> {
        let (told, left) = std::sync::mpsc::channel();
        let receipt = self.hand_in(&heir.session, move |state| {
            let Estate { from, turn, facts, words, reply } = estate;
            let owner = &state.owner;
            let facts: Vec<Fact> =
                facts.into_iter().map(|fact| Fact { owner: owner.clone(), ..fact }).collect();
            let unknown = facts.iter().filter(|fact| !state.facts.contains_key(&fact.id)).cloned().collect();
            let text = tell(&Legacy { facts: unknown, words: words.clone() });
            let mut held = Words::of(state);
            let reply = reply.map(|reply| held.hold(&format!("inherited.{from}.{turn}"), reply));
            let name = format!("moved.{from}.{}", state.seq);
            let text: Option<Private> = text.map(|text| held.hold(&name, Value::String(text)));
            words.iter().for_each(|(id, value)| held.contents.restore(id.clone(), value.clone()));
            let id = |private: &Private| private.id.clone();
            // Nobody listens any more where the caller has gone.
            let _ = told.send((state.untold.iter().map(id).collect::<Vec<_>>(), text.as_ref().map(id)));
            Ok((EventKind::Inherited(Inherited { from, turn, reply, told: text, facts }), held.contents))
        });
        let is_news = receipt.await?.is_news;
        let (mut untold, new) = left.try_recv().unwrap_or_default();
        untold.extend(new.filter(|_| is_news));
        Ok(untold)
    }

    async fn read(&self, heir: &Heir, untold: &[PrivateId]) -> Result<Vec<Untold>, NodeError> {
        let words = self.core.runtime.words(&heir.session, untold).await?;
        let text = |(id, value): (&PrivateId, &Value)| {
            Some(Untold { id: id.clone(), text: value.as_str()?.to_owned() })
        };
        Ok(words.iter().filter_map(text).collect())
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
