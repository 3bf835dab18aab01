//! Something is to be remembered.

use serde::{Deserialize, Serialize};

use super::Incoming;
use crate::memory::rivals;
use crate::writer::Writer;
use crate::{
    About, Actor, Effect, Fact, FactId, FactScope, FactStatus, MessageId, Private, Provenance, Refusal,
    Refuse, Remember, Role, State, Supersede, Time,
};

/// A fact that somebody stated.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Learned {
    /// Its name.
    pub id: FactId,
    /// How far it reaches.
    pub scope: FactScope,
    /// What it is about.
    pub topic: Private,
    /// What it says.
    pub content: Private,
    /// The words that said so.
    pub words: Private,
    /// The message they stood in.
    pub message: Option<MessageId>,
    /// How sure it is, in thousandths.
    pub confidence_permille: u16,
    /// When it stops holding.
    pub expires_at: Option<Time>,
    /// Who said so.
    pub by: Actor,
}

impl Incoming for Learned {
    fn is_news(&self, state: &State) -> bool {
        !state.facts.contains_key(&self.id)
    }

    fn decide(&self, writer: &mut Writer<'_>) {
        let state = writer.state();
        // One shopper must not be able to teach the shop what other shoppers are told.
        let is_allowed = match self.scope {
            FactScope::Shop => self.by.is(Role::Staff, &state.owner),
            FactScope::Session | FactScope::Shopper => self.by.may_touch(&state.owner),
        };
        let refusal = match is_allowed {
            false => Some(Refusal::NotAllowed),
            true if state.facts.len() >= state.settings.caps.facts as usize => Some(Refusal::TooManyFacts),
            true => None,
        };
        if let Some(refusal) = refusal {
            writer.emit(Effect::Refuse(Refuse { about: About::Fact(self.id.clone()), refusal }));
            return;
        }
        let rivals = rivals(state.facts.values(), &self.id, &self.topic, writer.contents());
        let fact = self.fact(state);
        writer.emit(Effect::Remember(Remember { fact }));
        for fact in rivals {
            writer.emit(Effect::Supersede(Supersede { fact, by: self.id.clone() }));
        }
    }
}

impl Learned {
    fn fact(&self, state: &State) -> Fact {
        Fact {
            id: self.id.clone(),
            owner: state.owner.clone(),
            scope: self.scope,
            topic: self.topic.clone(),
            content: self.content.clone(),
            provenance: Provenance {
                session: state.session.clone(),
                message: self.message.clone(),
                words: self.words.clone(),
            },
            confidence_permille: self.confidence_permille.min(1000),
            learned_at: state.now,
            expires_at: self.expires_at,
            status: FactStatus::Current,
        }
    }
}
