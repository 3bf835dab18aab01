//! What people and deciders do in a simulated world.

use serde_json::json;

use super::cast::CALLED;
use super::happening::Happening;
use super::world::World;
use crate::{
    Actor, Approved, CallId, Cancelled, Contents, Denied, DeviceId, Edited, Erased, EventKind, FactId,
    FactScope, Key, Learned, Message, MessageId, OwnerId, PrivateId, Role, StaffId, Stage, Target, ToolName,
    Wanted,
};

impl World {
    pub(super) fn say(&mut self, number: u64) {
        let id = MessageId::new(format!("msg_{number}"));
        if self.said.contains(&id) {
            return;
        }
        let mut contents = Contents::default();
        let text = self.hold(&mut contents, id.as_str(), json!(format!("Message {number}, please.")));
        let device = DeviceId::new(format!("dev_{}", number % 2));
        self.tell_holder(EventKind::Message(Message { id, device, text }), contents);
        self.after(5_000, Happening::Say(number));
    }

    pub(super) fn wanted(&mut self, key: Key, contents: &mut Contents) -> Vec<Wanted> {
        let count = 1 + self.random.below(3);
        let wanted = (0..count).map(|number| {
            let tool = CALLED[self.random.below(CALLED.len() as u64) as usize];
            let tool = if self.random.percent(5) { "nothing" } else { tool };
            let amount = if self.random.percent(5) { json!("much") } else { json!(number) };
            let input = self.hold(contents, &format!("thought.{key}.{number}"), json!({ "amount": amount }));
            Wanted { call: CallId::new(format!("call_{number}")), tool: ToolName::new(tool), input }
        });
        wanted.collect()
    }

    pub(super) fn look(&mut self, key: Key) {
        let Ok(session) = self.disk.load() else { return };
        let activity = session.state().activities.get(&key);
        let Some(approval) = activity.and_then(|activity| activity.approval.clone()) else { return };
        let by = match approval.by {
            Role::Shopper => Actor::Shopper(self.owner.clone()),
            Role::Staff => Actor::Staff(StaffId::new("stf_1")),
        };
        let (digest, mut contents) = (approval.digest, Contents::default());
        let kind = match self.random.below(10) {
            0 => EventKind::Denied(Denied { key, digest, by, message: None }),
            1 => {
                let name = format!("edit.{key}.{}", self.scheduled);
                let input = self.hold(&mut contents, &name, json!({ "amount": 7 }));
                EventKind::Edited(Edited { key, digest, input, by })
            }
            2 => EventKind::Approved(Approved {
                key,
                digest,
                by: Actor::Shopper(OwnerId::new("shp_2")),
                message: None,
            }),
            _ => EventKind::Approved(Approved { key, digest, by, message: None }),
        };
        self.tell_holder(kind, contents);
    }

    pub(super) fn stop(&mut self) {
        let Ok(session) = self.disk.load() else { return };
        let turn = session.state().turn.as_ref().map(|turn| Target::Turn(turn.id));
        let issued = |stage: &Stage| matches!(stage, Stage::Issued { .. } | Stage::Asking { .. });
        let open = session.state().open_activities().find(|(_, a)| issued(&a.stage));
        let Some(what) = open.map(|(key, _)| Target::Activity(key)).or(turn) else { return };
        let by = Actor::Shopper(self.owner.clone());
        self.tell_holder(EventKind::Cancelled(Cancelled { what, by }), Contents::default());
    }

    pub(super) fn remember(&mut self) {
        let by = Actor::Shopper(self.owner.clone());
        if !self.said.contains(&MessageId::new("msg_0")) {
            return;
        }
        if self.facts > 0 && self.random.percent(50) {
            let fact = FactId::new(format!("fct_{}", self.facts - 1));
            self.tell_holder(EventKind::Erased(Erased { fact, by }), Contents::default());
            return;
        }
        let mut contents = Contents::default();
        let topic = self.hold(&mut contents, &format!("topic.{}", self.facts), json!("shoe size"));
        let content =
            self.hold(&mut contents, &format!("fact.{}", self.facts), json!(format!("{}", self.facts)));
        let words = crate::Private { id: PrivateId::of(&self.session, "msg_0"), tokens: 5 };
        let learned = Learned {
            id: FactId::new(format!("fct_{}", self.facts)),
            scope: FactScope::Shopper,
            topic,
            content,
            words,
            message: Some(MessageId::new("msg_0")),
            confidence_permille: 900,
            expires_at: None,
            by,
        };
        self.facts += 1;
        self.tell_holder(EventKind::Learned(learned), contents);
    }
}
