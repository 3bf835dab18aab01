//! What people and deciders do in a simulated world.

use serde_json::json;

use super::happening::Happening;
use super::world::World;
use crate::{
    Actor, Approved, CallId, Cancelled, Contents, Denied, DeviceId, Edited, Erased, EventKind, FactId,
    FactScope, Key, Learned, Message, MessageId, OwnerId, PrivateId, Role, StaffId, Stage, Target, ToolName,
    Wanted,
};

impl World<'_> {
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
        let wanted = self.trade.wanted(&mut self.random).into_iter().zip(0..);
        let wanted = wanted.map(|((tool, input), number)| {
            let input = self.hold(contents, &format!("thought.{key}.{number}"), input);
            Wanted { call: CallId::new(format!("call_{number}")), tool: ToolName::new(tool), input }
        });
        wanted.collect()
    }

    pub(super) fn look(&mut self, key: Key) {
        let Ok(session) = self.disk.load() else { return };
        let activity = session.state().activities.get(&key);
        let Some(activity) = activity else { return };
        let Some(approval) = activity.approval.clone() else { return };
        let by = match approval.by {
            Role::Shopper => Actor::Shopper(self.owner.clone()),
            Role::Staff => Actor::Staff(StaffId::new("stf_1")),
        };
        let (digest, mut contents) = (approval.digest, Contents::default());
        let kind = match self.random.below(10) {
            0 => EventKind::Denied(Denied { key, digest, by, message: None }),
            1 => {
                let name = format!("edit.{key}.{}", self.scheduled);
                let edited = self.trade.edited(activity.tool.as_str(), &mut self.random);
                let input = self.hold(&mut contents, &name, edited);
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
