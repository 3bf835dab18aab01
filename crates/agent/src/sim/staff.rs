//! Somebody of the staff, who settles what nobody could say.

use std::collections::BTreeMap;

use serde_json::json;

use super::happening::Happening;
use super::world::World;
use super::{Breakage, Random};
use crate::{Contents, EventKind, Key, KeyFate, Seen, StaffId, Stage, Teller, Told};

/// Nobody looks sooner: by then everything has arrived that was on its way.
const SOONEST_MS: u64 = 120_000;
/// What is left to them they look into within so long after that.
const WITHIN_MS: u64 = 4 * 24 * 3_600_000;
/// After this they look whether what they said was taken.
const AGAIN_MS: u64 = 5_000;

/// What they make of what they find.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Judgement {
    Done,
    NotDone,
    TakenBack,
    TakeBack,
}

/// The staff. Their chances are their own, so that what happens before they come in is what it was.
#[derive(Debug)]
pub(super) struct Staff {
    random: Random,
    /// What they have said of a call; they say it until it is taken, and nothing else meanwhile.
    said: BTreeMap<Key, Judgement>,
}

impl Staff {
    pub(super) fn seeded(seed: u64) -> Self {
        Self { random: Random::seeded(!seed), said: BTreeMap::new() }
    }
}

impl World<'_> {
    /// Calls are left to the staff, some of them once more.
    pub(super) fn leave_to_staff(&mut self, left: Vec<Key>) {
        for key in left {
            self.staff.said.remove(&key);
            let pause = SOONEST_MS + self.staff.random.below(WITHIN_MS);
            self.after(pause, Happening::LookInto(key));
        }
    }

    /// They find out what became of a call, and say so until it is settled.
    pub(super) fn look_into(&mut self, key: Key) {
        let Ok(session) = self.disk.load() else { return };
        let Some(activity) = session.state().activities.get(&key) else { return };
        if activity.stage != Stage::Abandoned {
            return;
        }
        let shown = key.idempotency(&self.session);
        let has_undo = session.state().undo_of(activity).is_some();
        let judgement = match self.staff.said.get(&key) {
            Some(said) => *said,
            None => self.judge(&shown, has_undo),
        };
        self.staff.said.insert(key, judgement);
        let mut contents = Contents::default();
        let fate = match judgement {
            Judgement::Done => KeyFate::Done { output: None },
            Judgement::NotDone => {
                let why = self.hold(&mut contents, &format!("looked.{key}"), json!("It was not done."));
                KeyFate::Refused { why }
            }
            Judgement::TakenBack => KeyFate::TakenBack,
            Judgement::TakeBack => KeyFate::TakeBack,
        };
        let words = format!("What became of {shown}?");
        let text = self.hold(&mut contents, &format!("seen.{key}"), json!(words));
        let seen = Some(Seen { text, digest: Seen::digest(&shown, &words) });
        let by = Teller::Staff(StaffId::new("stf_1"));
        self.tell_holder(EventKind::Told(Told { key, by, fate, seen }), contents);
        self.after(AGAIN_MS, Happening::LookInto(key));
    }

    fn judge(&mut self, shown: &str, has_undo: bool) -> Judgement {
        let found = self.trade.ledger().get(shown).copied().unwrap_or_default();
        let is_done = match self.breakage {
            Breakage::StaffGuesses => self.staff.random.percent(50),
            _ => found.done > found.undone,
        };
        let is_taken_back = found.done > 0 && found.done == found.undone;
        match self.staff.random.below(4) {
            0 if has_undo => Judgement::TakeBack,
            1 if self.trade.take_back(shown) => Judgement::TakenBack,
            _ if is_done => Judgement::Done,
            _ if is_taken_back => Judgement::TakenBack,
            _ => {
                self.trade.bar(shown);
                Judgement::NotDone
            }
        }
    }
}
