//! The one way in which a decision changes the state: it is written down, then applied.

use serde_json::Value;

use crate::entry::{Body, Entry};
use crate::{Contents, Effect, Key, Private, PrivateId, Session, State};

/// Writes effects into the journal of a session while an event is worked on.
pub(crate) struct Writer<'a> {
    session: &'a mut Session,
    effects: Vec<Effect>,
}

impl<'a> Writer<'a> {
    pub(crate) fn new(session: &'a mut Session) -> Self {
        Self { session, effects: Vec::new() }
    }

    /// The state after everything that was written so far.
    pub(crate) fn state(&self) -> &State {
        &self.session.state
    }

    pub(crate) fn contents(&self) -> &Contents {
        &self.session.contents
    }

    /// The key of an activity or thought that the next effect begins.
    pub(crate) fn next_key(&self) -> Key {
        self.session.state.seq.next().into()
    }

    /// How many effects have been written.
    pub(crate) fn written(&self) -> usize {
        self.effects.len()
    }

    /// Writes an effect and applies it.
    pub(crate) fn emit(&mut self, effect: Effect) {
        if let Effect::Shred(shred) = &effect {
            for id in &shred.contents {
                self.session.contents.shred(id);
                self.session.new_contents.shred(id);
            }
        }
        let state = &mut self.session.state;
        let entry =
            Entry { seq: state.seq.next(), at: state.now, epoch: state.epoch, body: Body::Effect(effect) };
        entry.apply(state);
        if let Body::Effect(effect) = &entry.body {
            self.effects.push(effect.clone());
        }
        self.session.unsaved.push(entry);
    }

    /// Holds a content that the runtime itself makes.
    pub(crate) fn hold(&mut self, name: &str, value: Value) -> Private {
        let state = &self.session.state;
        let id = PrivateId::of(&state.session, format_args!("{}.{name}", state.seq.next()));
        let estimator = state.settings.estimator;
        self.session.new_contents.hold(id.clone(), value.clone(), &estimator);
        self.session.contents.hold(id, value, &estimator)
    }

    pub(crate) fn finish(self) -> Vec<Effect> {
        self.effects
    }
}
