//! What is remembered of a shopper: told to their sessions, shown to them, put right and erased by them.

use std::collections::BTreeSet;

use agent::{
    Actor, Contents, Corrected, Erased, EventKind, Fact, FactId, FactScope, FactStatus, Learned, Memory,
    OwnerId, Private, PrivateId, SessionId,
};
use serde_json::Value;

use super::{Core, Node, Words};
use crate::actor::Held;
use crate::decider::referred;
use crate::{NodeError, Receipt, names};

/// How many facts a session is told.
const MAX_RECALLED: usize = 64;
/// How many sessions of an owner are looked at together.
const PAGE: u32 = 100;

/// A fact in words, to be remembered.
#[derive(Clone, Debug, PartialEq)]
pub struct NewFact {
    /// How far it reaches.
    pub scope: FactScope,
    /// What it is about.
    pub topic: String,
    /// What it says.
    pub content: String,
    /// The words that said so.
    pub words: String,
    /// How sure it is, in thousandths.
    pub confidence_permille: u16,
    /// When it stops holding.
    pub expires_at: Option<agent::Time>,
}

impl Node {
    /// Remembers a fact that was stated in a session.
    pub async fn learn(&self, session: &SessionId, by: Actor, fact: NewFact) -> Result<FactId, NodeError> {
        let id = FactId::new(names::new_id("fct"));
        self.learn_as(session, by, (id.clone(), None), fact).await?;
        Ok(id)
    }

    /// The same under a name of its own, under which it is learned once however often it is said. Where the words stand in
    /// the session already, they are referred to, so that erasing the fact erases what was said around them.
    pub(crate) async fn learn_as(
        &self,
        session: &SessionId,
        by: Actor,
        (named, said): (FactId, Option<Private>),
        fact: NewFact,
    ) -> Result<(), NodeError> {
        self.hand_in(session, move |state| {
            super::hand_in::permit(state, &by)?;
            let mut held = Words::of(state);
            let mut hold = |part, text| held.hold(&format!("fact.{named}.{part}"), Value::String(text));
            let (topic, content) = (hold("topic", fact.topic), hold("content", fact.content));
            let words = said.unwrap_or_else(|| hold("words", fact.words));
            let learned = Learned {
                id: named.clone(),
                scope: fact.scope,
                topic,
                content,
                words,
                message: None,
                confidence_permille: fact.confidence_permille,
                expires_at: fact.expires_at,
                by,
            };
            Ok((EventKind::Learned(learned), held.contents))
        })
        .await?;
        Ok(())
    }

    /// What is remembered of an owner, with the words.
    pub async fn memory(&self, owner: &OwnerId) -> Result<(Memory, Contents), NodeError> {
        Ok(self.core.runtime.memory(owner).await?)
    }

    /// Replaces what a fact says, in the memory and in every session of its owner. `false` where there is no such fact.
    pub async fn correct(&self, owner: &OwnerId, fact: &FactId, content: &str) -> Result<bool, NodeError> {
        let id = PrivateId::of(&SessionId::new(format!("memory/{owner}")), names::new_id("put"));
        let mut contents = Contents::default();
        let private = contents.hold(id, Value::String(content.to_owned()), &agent::Estimator::default());
        let change = (private.clone(), &contents);
        let mut is_known = self.core.runtime.edit_fact(owner, fact, change, self.core.now()).await?;
        for session in self.sessions_of(owner).await? {
            let (fact, content, contents) = (fact.clone(), private.clone(), contents.clone());
            let by = Actor::Shopper(owner.clone());
            let corrected = move |state: &agent::State| match state.facts.contains_key(&fact) {
                true => Ok((EventKind::Corrected(Corrected { fact, content, by }), contents)),
                false => Err(NodeError::Unknown),
            };
            is_known |= is_told(self.hand_in(&session, corrected).await)?;
        }
        Ok(is_known)
    }

    /// Erases a fact with its words, in the memory and in every session of its owner, and what was said around it there.
    /// `false` where there is no such fact. It may be done again after an error.
    pub async fn erase(&self, owner: &OwnerId, fact: &FactId) -> Result<bool, NodeError> {
        Ok(self.erase_all(owner, std::slice::from_ref(fact)).await? > 0)
    }

    /// Erases several facts; how many there were.
    pub async fn erase_all(&self, owner: &OwnerId, facts: &[FactId]) -> Result<usize, NodeError> {
        let mut known = BTreeSet::new();
        for fact in facts {
            if self.core.runtime.erase_fact(owner, fact).await? {
                known.insert(fact);
            }
        }
        let own = self.sessions_of(owner).await?;
        let mut said_in = BTreeSet::new();
        for session in &own {
            for fact in facts {
                let by = Actor::Shopper(owner.clone());
                if let Some(places) = self.erase_in(session, fact, by).await? {
                    known.insert(fact);
                    said_in.extend(places);
                }
            }
        }
        // What was said in a session of another name, before its owner was known.
        for (session, fact) in said_in.into_iter().filter(|(session, _)| !own.contains(session)) {
            self.erase_in(&session, &fact, Actor::Runtime).await?;
        }
        Ok(known.len())
    }

    /// Erases a fact in one session; where its words were said first, and as which facts, or `None` where it is not known there.
    async fn erase_in(
        &self,
        session: &SessionId,
        fact: &FactId,
        by: Actor,
    ) -> Result<Option<Vec<(SessionId, FactId)>>, NodeError> {
        let (fact, (told, places)) = (fact.clone(), std::sync::mpsc::channel());
        let erased = move |state: &agent::State| {
            let known = state.facts.get(&fact).ok_or(NodeError::Unknown)?;
            let words = &known.provenance.words.id;
            let same = state.facts.values().filter(|other| other.provenance.words.id == *words);
            // Nobody listens any more where the caller has gone.
            let _ =
                told.send(same.map(|other| (other.provenance.session.clone(), other.id.clone())).collect());
            Ok((EventKind::Erased(Erased { fact, by }), Contents::default()))
        };
        let is_known = is_told(self.hand_in(session, erased).await)?;
        Ok(is_known.then(|| places.try_recv().unwrap_or_default()))
    }

    async fn sessions_of(&self, owner: &OwnerId) -> Result<Vec<SessionId>, NodeError> {
        let mut sessions: Vec<SessionId> = Vec::new();
        loop {
            let page = self.core.runtime.sessions(Some(owner), sessions.last(), PAGE).await?;
            let is_last = page.len() < PAGE as usize;
            sessions.extend(page.into_iter().map(|row| row.session));
            if is_last {
                return Ok(sessions);
            }
        }
    }
}

/// Whether a session has taken it: one that knows no such fact has not.
fn is_told(done: Result<Receipt, NodeError>) -> Result<bool, NodeError> {
    match done {
        Ok(_) => Ok(true),
        Err(NodeError::Unknown) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Whether the session was told otherwise since, in itself only.
fn is_outdone(state: &agent::State, fact: &FactId) -> bool {
    let Some(FactStatus::Superseded { by }) = state.facts.get(fact).map(|fact| &fact.status) else {
        return false;
    };
    let later = state.facts.get(by);
    later.is_some_and(|later| later.scope == FactScope::Session && later.status == FactStatus::Current)
}

impl Core {
    /// Tells a session what is remembered of its owner now.
    pub(crate) async fn recall(&self, held: &mut Held) -> Result<(), NodeError> {
        let owner = held.session.state().owner.clone();
        let (memory, words) = self.runtime.memory(&owner).await?;
        let state = held.session.state();
        let recalled = memory.recall(self.now(), MAX_RECALLED).without(|fact| is_outdone(state, fact));
        if recalled.facts().is_empty() {
            return Ok(());
        }
        let contents = referred(&words, recalled.facts().iter().flat_map(Fact::privates));
        held.step(self.now(), EventKind::Recalled(recalled), contents);
        Ok(())
    }
}
