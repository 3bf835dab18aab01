//! Which product or variant is meant, where an action leaves that open.

use action::{Action, Step as Resolved, Which, choice, pointed, read, resolve};
use store::StoreError;

use super::{Guide, Step, Telling};
use crate::remembered::{Asking, Remembered};
use crate::scene::Surroundings;

/// The question, with the action that goes on once it is answered.
pub(super) fn ask(text: String, action: Action, remembered: &Remembered) -> Step {
    let remembered = Remembered { asking: Some(Asking::Variant), action: Some(action), ..remembered.clone() };
    Step::Tell(Box::new(Telling::say(text, remembered)))
}

/// The question which product is meant, with the action that goes on with what is pointed at.
pub(super) fn ask_which(text: String, action: Action, remembered: &Remembered) -> Step {
    let (asking, action) = (Some(Asking::Product), Some(action));
    let remembered = Remembered { asking, action, ..remembered.clone() };
    Step::Tell(Box::new(Telling::say(text, remembered)))
}

impl Guide {
    /// Goes on with the action that waits for a product; `None` where the words point at none of those shown.
    pub(super) async fn point(
        &self,
        around: &Surroundings,
        english: &str,
        remembered: &Remembered,
    ) -> Result<Option<Step>, StoreError> {
        let at = if read(english).is_some() { None } else { pointed(english) };
        let action = remembered.action.as_ref().zip(at).and_then(|(action, at)| action.pointed_at(&at));
        let Some(action) = action else { return Ok(None) };
        let is_named = action.thing().is_some_and(|what| matches!(what.which, Which::Named(_)));
        match resolve(&action, &around.scene(&self.counter)) {
            Resolved::Nothing => Ok(None),
            // Any words may be a name; one that was not shown is a question of its own.
            Resolved::Seek { .. } if is_named => Ok(None),
            _ => {
                let remembered = Remembered { action: None, ..remembered.clone() };
                Box::pin(self.act(&around.party, &action, &remembered)).await
            }
        }
    }

    /// Goes on with the action that waits; `None` where the words name none of the variants.
    pub(super) async fn choose(
        &self,
        around: &Surroundings,
        text: &str,
        remembered: &Remembered,
    ) -> Result<Option<Step>, StoreError> {
        let (Some(action), Some(options)) = (&remembered.action, choice(text)) else { return Ok(None) };
        // What is said now is beside what was said before, or in place of what there is not.
        for is_instead in [false, true] {
            let Some(wanted) = action.with_options(&options, is_instead) else { return Ok(None) };
            match resolve(&wanted, &around.scene(&self.counter)) {
                Resolved::Call(call) => {
                    let remembered = Remembered { action: None, ..remembered.clone() };
                    return self.go_on_with(&around.party, vec![call], &remembered).await.map(Some);
                }
                Resolved::Choose { text, fits: true, .. } => return Ok(Some(ask(text, wanted, remembered))),
                _ => {}
            }
        }
        Ok(None)
    }
}
