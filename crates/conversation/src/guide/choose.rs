//! Which variant is meant, where an action leaves that open.

use action::{Action, Step as Resolved, choice, resolve};
use store::StoreError;

use super::{Guide, Step, Telling};
use crate::remembered::{Asking, Remembered};
use crate::scene::Surroundings;

/// The question, with the action that goes on once it is answered.
pub(super) fn ask(text: String, action: Action, remembered: &Remembered) -> Step {
    let remembered = Remembered { asking: Some(Asking::Variant), action: Some(action), ..remembered.clone() };
    Step::Tell(Box::new(Telling::say(text, remembered)))
}

impl Guide {
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
                    return self.call(&around.party, (call.tool, call.input), &remembered).await.map(Some);
                }
                Resolved::Choose { text, fits: true } => return Ok(Some(ask(text, wanted, remembered))),
                _ => {}
            }
        }
        Ok(None)
    }
}
