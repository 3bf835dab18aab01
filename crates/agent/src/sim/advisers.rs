//! Language models that deciders ask, in some of the worlds.

use serde_json::json;

use super::Random;
use super::happening::{Happening, Process};
use super::world::World;
use crate::{Advised, Body, Consulted, Contents, Entry, EventKind, Key, Usage};

/// The models. Their chances are their own and they are asked in some worlds only, so that the seeds of the others lead where they
/// led.
#[derive(Debug)]
pub(super) struct Advisers {
    random: Random,
    are_asked: bool,
}

impl Advisers {
    pub(super) fn seeded(seed: u64) -> Self {
        Self { random: Random::seeded(seed.rotate_left(7)), are_asked: matches!(seed % 8, 1 | 4) }
    }
}

impl World<'_> {
    /// A decider wants a model asked while it thinks.
    pub(super) fn consult(&mut self, to: Process, key: Key) {
        if !self.advisers.are_asked || self.advisers.random.percent(50) {
            return;
        }
        let mut contents = Contents::default();
        let prompt = self.hold(&mut contents, &format!("consulted.{key}"), json!({ "prompt": "Which?" }));
        let output_tokens = 10 + self.advisers.random.below(400);
        let reserved = Usage { input_tokens: prompt.tokens.into(), output_tokens, money_micros: 2 };
        let model = "simulated".to_owned();
        let kind = EventKind::Consulted(Consulted { key, model, prompt, reserved });
        self.after(1, Happening::Deliver { to, kind, contents });
    }

    /// Models answer what stands in the journal: late, with less or more than was set aside, or never.
    pub(super) fn advise(&mut self, to: Process, consulted: Vec<Key>) {
        for key in consulted {
            let random = &mut self.advisers.random;
            let (is_lost, is_silent) = (random.percent(10), random.percent(20));
            let used = Usage { input_tokens: 5, output_tokens: random.below(500), money_micros: 1 };
            let usage = (!random.percent(20)).then_some(used);
            let pause = 1 + random.below(400);
            let mut contents = Contents::default();
            let output = self.hold(&mut contents, &format!("advised.{key}"), json!("This one."));
            let output = (!is_silent).then_some(output);
            let kind = EventKind::Advised(Advised { key, output, usage });
            if !is_lost {
                self.after(pause, Happening::Deliver { to, kind, contents });
            }
        }
    }
}

/// What models are asked by these entries.
pub(super) fn consulted(entries: &[Entry]) -> Vec<Key> {
    let asked = entries.iter().filter(|entry| matches!(&entry.body, Body::Event(EventKind::Consulted(_))));
    asked.map(|entry| entry.seq.into()).collect()
}
