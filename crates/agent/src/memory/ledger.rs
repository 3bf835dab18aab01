//! The memory of one shopper across sessions.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::memory::rivals;
use crate::{Contents, Fact, FactId, FactScope, FactStatus, OwnerId, Private, PrivateId, Time};

/// Why a memory did not take something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MemoryError {
    /// The fact is another shopper's: a mistake of the caller.
    #[error("the fact belongs to another shopper")]
    OtherOwner,
    /// The fact does not outlive its session.
    #[error("the fact is of one session only")]
    OtherScope,
    /// There is no such fact.
    #[error("there is no such fact")]
    Unknown,
}

/// The facts of one owner that outlive a session. Append-only: what changes is a fact's status.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Memory {
    owner: OwnerId,
    facts: BTreeMap<FactId, Fact>,
}

/// What a session is told about its owner: the facts that held when it was asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Recalled {
    owner: OwnerId,
    facts: Vec<Fact>,
}

impl Recalled {
    /// Whose they are.
    pub fn owner(&self) -> &OwnerId {
        &self.owner
    }

    /// The facts.
    pub fn facts(&self) -> &[Fact] {
        &self.facts
    }

    /// The same without some of them.
    pub fn without(mut self, is_left_out: impl Fn(&FactId) -> bool) -> Self {
        self.facts.retain(|fact| !is_left_out(&fact.id));
        self
    }
}

impl Memory {
    /// An empty memory of this owner.
    pub fn of(owner: OwnerId) -> Self {
        Self { owner, facts: BTreeMap::new() }
    }

    /// A memory as it was stored. Facts of others are left out.
    pub fn restore(owner: OwnerId, facts: impl IntoIterator<Item = Fact>) -> Self {
        let own = facts.into_iter().filter(|fact| fact.owner == owner);
        Self { facts: own.map(|fact| (fact.id.clone(), fact)).collect(), owner }
    }

    /// Whose it is.
    pub fn owner(&self) -> &OwnerId {
        &self.owner
    }

    /// Takes a fact that a session wants to have remembered. The same fact twice is taken once, and one that was put
    /// right since takes the place of what it was; what it contradicts is superseded.
    pub fn learn(&mut self, fact: Fact, contents: &Contents) -> Result<(), MemoryError> {
        if fact.owner != self.owner {
            return Err(MemoryError::OtherOwner);
        }
        if fact.scope == FactScope::Session {
            return Err(MemoryError::OtherScope);
        }
        if let Some(known) = self.facts.get_mut(&fact.id) {
            if known.status != FactStatus::Erased && known.learned_at < fact.learned_at {
                let Fact { content, learned_at, confidence_permille, .. } = fact;
                *known = Fact { content, learned_at, confidence_permille, ..known.clone() };
            }
            return Ok(());
        }
        for rival in rivals(self.facts.values(), &fact.id, &fact.topic, contents) {
            if let Some(rival) = self.facts.get_mut(&rival) {
                rival.status = FactStatus::Superseded { by: fact.id.clone() };
            }
        }
        self.facts.insert(fact.id.clone(), fact);
        Ok(())
    }

    /// All facts, also those that do not hold any more, in the order of their names.
    pub fn list(&self) -> impl Iterator<Item = &Fact> {
        self.facts.values()
    }

    /// Replaces what a fact says, as its owner wants it, and returns what it said, which is to be shredded.
    pub fn edit(&mut self, id: &FactId, content: Private, at: Time) -> Result<Private, MemoryError> {
        let fact = self.facts.get_mut(id).ok_or(MemoryError::Unknown)?;
        let old = std::mem::replace(&mut fact.content, content);
        fact.learned_at = at;
        fact.confidence_permille = 1000;
        Ok(old)
    }

    /// Erases a fact and says which contents are to be shredded, and in which session its words stand.
    pub fn erase(&mut self, id: &FactId) -> Result<(crate::SessionId, Vec<PrivateId>), MemoryError> {
        let fact = self.facts.get_mut(id).ok_or(MemoryError::Unknown)?;
        fact.status = FactStatus::Erased;
        let contents = fact.privates().map(|private| private.id.clone()).to_vec();
        Ok((fact.provenance.session.clone(), contents))
    }

    /// What a session of this owner is told, best known and newest first, at most so many.
    pub fn recall(&self, now: Time, most: usize) -> Recalled {
        let mut facts: Vec<Fact> = self.facts.values().filter(|fact| fact.holds_at(now)).cloned().collect();
        facts.sort_by(|a, b| {
            let rank = |fact: &Fact| std::cmp::Reverse((fact.confidence_permille, fact.learned_at));
            rank(a).cmp(&rank(b)).then_with(|| a.id.cmp(&b.id))
        });
        facts.truncate(most);
        Recalled { owner: self.owner.clone(), facts }
    }
}
