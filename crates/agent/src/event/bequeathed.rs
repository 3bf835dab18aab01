//! Another session goes on with what this one knows.

use serde::{Deserialize, Serialize};

use super::Incoming;
use crate::{Activity, FactId, FactStatus, OwnerId, SessionId, State};

/// That session is this one's heir, for its owner has shown to be this one's as well; there is one heir for ever. These facts are
/// with it: they count here no more, and what was said around them here goes when they are erased there. What a person has said yes to
/// goes on, and may be done for the heir's owner, whose it may be by then.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bequeathed {
    /// To which session.
    pub to: SessionId,
    /// What has come there.
    pub facts: Vec<FactId>,
    /// Whose that session is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<OwnerId>,
}

impl Incoming for Bequeathed {
    fn is_news(&self, state: &State) -> bool {
        match &state.heir {
            None => true,
            Some(heir) if *heir != self.to => false,
            Some(_) => {
                let is_news_to_calls = self.owner.is_some() && state.activities.values().any(is_granted);
                is_news_to_calls || self.facts.iter().any(|fact| is_here(state, fact))
            }
        }
    }

    fn apply(&self, state: &mut State) {
        state.heir = Some(self.to.clone());
        if let Some(owner) = &self.owner {
            let granted = state.activities.values_mut().filter(|activity| is_granted(activity));
            granted.for_each(|activity| activity.heir = Some(owner.clone()));
        }
        let here: Vec<&FactId> = self.facts.iter().filter(|fact| is_here(state, fact)).collect();
        for id in here {
            if let Some(fact) = state.facts.get_mut(id) {
                fact.status = FactStatus::Moved { to: self.to.clone() };
            }
        }
    }
}

/// Whether a person has said yes to it, it goes on, and only this session's owner stands for it so far.
fn is_granted(activity: &Activity) -> bool {
    let mut asked = activity.approval.iter().chain(&activity.earlier);
    let has_yes = asked.any(|asked| asked.verdict.as_ref().is_some_and(|verdict| verdict.is_granted));
    has_yes && activity.heir.is_none() && !activity.stage.is_final()
}

fn is_here(state: &State, fact: &FactId) -> bool {
    let status = state.facts.get(fact).map(|fact| &fact.status);
    matches!(status, Some(FactStatus::Current | FactStatus::Superseded { .. }))
}
