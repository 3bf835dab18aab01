//! When something happens by itself.

use crate::{Activity, Phase, Stage, State, Time};

impl State {
    /// The next moment at which a [`crate::Woke`] event will change something, if no other event comes before. The
    /// shell keeps it in its table of timers, in the transaction that appends the entries.
    pub fn due(&self) -> Option<Time> {
        let activities = self.activities.values().filter_map(|activity| activity_due(activity, self.now));
        activities.chain(self.thinking_due()).chain(self.wall_due()).min()
    }

    fn thinking_due(&self) -> Option<Time> {
        match &self.turn.as_ref()?.phase {
            Phase::Thinking(thinking) => Some(thinking.deadline),
            _ => None,
        }
    }

    /// When the turn that is under way has used up its time.
    pub(crate) fn wall_due(&self) -> Option<Time> {
        let turn = self.turn.as_ref()?;
        let budget = &self.settings.budget;
        let of_turn = budget.turn.wall_ms.map(|wall| turn.started_at.after(wall));
        let of_session = budget.session.wall_ms.map(|wall| self.opened_at.after(wall));
        of_turn.into_iter().chain(of_session).min()
    }
}

fn activity_due(activity: &Activity, now: Time) -> Option<Time> {
    match activity.stage {
        Stage::Proposed { ready_at } if ready_at > now => Some(ready_at),
        // What was approved waits for its way and no longer for a text.
        Stage::Proposed { .. } if activity.is_granted() => None,
        Stage::Proposed { .. } => activity.preview_until,
        Stage::AwaitingApproval { expires_at } => Some(expires_at),
        Stage::Issued { deadline } => Some(deadline),
        Stage::Asking { next_at } => Some(next_at),
        _ => None,
    }
}
