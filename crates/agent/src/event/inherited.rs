//! A session goes on with what its owner said in another one, under another name.

use serde::{Deserialize, Serialize};

use super::Incoming;
use crate::memory::rivals;
use crate::writer::Writer;
use crate::{
    Effect, Fact, FactId, FactStatus, Line, PastTurn, Private, Remember, SessionId, State, Supersede,
    TurnEnd, TurnId,
};

/// Whoever held that session has shown that they are this one's owner: what they told there counts here, and what was shown to
/// them last is what they speak of. Each turn and each fact comes along once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Inherited {
    /// From which session.
    pub from: SessionId,
    /// The last turn there.
    pub turn: TurnId,
    /// What was said last there, as far as it is anything to this session.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply: Option<Private>,
    /// What is to be told of it with the next reply.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub told: Option<Private>,
    /// What is remembered, with this session's owner.
    pub facts: Vec<Fact>,
}

impl Inherited {
    fn is_later(&self, state: &State) -> bool {
        state.inherited.get(&self.from).is_none_or(|known| *known < self.turn)
    }
}

impl Incoming for Inherited {
    /// Facts of anybody else do not even reach the journal.
    fn is_news(&self, state: &State) -> bool {
        let is_new = |fact: &Fact| !state.facts.contains_key(&fact.id);
        let is_own = self.facts.iter().all(|fact| fact.owner == state.owner);
        is_own && self.from != state.session && (self.is_later(state) || self.facts.iter().any(is_new))
    }

    fn apply(&self, state: &mut State) {
        state.untold.extend(self.told.clone());
        let is_later = self.is_later(state);
        let reply = self.reply.as_ref().filter(|_| is_later);
        if is_later {
            state.inherited.insert(self.from.clone(), self.turn);
        }
        if reply.is_some() || self.told.is_some() {
            state.history.push(PastTurn {
                id: state.seq.into(),
                lines: reply.map(|text| Line::Replied { text: text.clone() }).into_iter().collect(),
                uttered: self.told.iter().cloned().collect(),
                consulted: Vec::new(),
                // It may repeat any of them.
                repeats: self.facts.iter().map(|fact| fact.id.clone()).collect(),
                end: TurnEnd::Replied,
            });
        }
    }

    fn decide(&self, writer: &mut Writer<'_>) {
        for fact in &self.facts {
            let state = writer.state();
            let is_full = state.facts.len() >= state.settings.caps.facts as usize;
            if is_full || state.facts.contains_key(&fact.id) {
                continue;
            }
            writer.emit(Effect::Remember(Remember { fact: fact.clone() }));
            if fact.status == FactStatus::Current {
                contradict(writer, fact);
            }
        }
    }
}

/// Of two facts on one topic the one that was told later holds.
fn contradict(writer: &mut Writer<'_>, fact: &Fact) {
    let state = writer.state();
    let rivals = rivals(state.facts.values(), &fact.id, &fact.topic, writer.contents());
    let is_later =
        |rival: &FactId| state.facts.get(rival).is_some_and(|known| known.learned_at > fact.learned_at);
    let (later, earlier): (Vec<_>, Vec<_>) = rivals.into_iter().partition(is_later);
    for rival in earlier {
        writer.emit(Effect::Supersede(Supersede { fact: rival, by: fact.id.clone() }));
    }
    if let Some(by) = later.into_iter().next() {
        writer.emit(Effect::Supersede(Supersede { fact: fact.id.clone(), by }));
    }
}
