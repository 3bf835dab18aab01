//! Lists of goods whose names follow each other without an article: `add tent and lamp`. The whole name being one of the goods
//! wins; else each part has to be.

use action::{Action, Step as Resolved, listed, resolve};
use store::StoreError;

use super::Guide;
use crate::Party;
use crate::remembered::Remembered;
use crate::scene::Surroundings;

impl Guide {
    /// The action that a message asks for, by its parts where these are goods and the whole is none.
    pub(super) async fn by_parts(
        &self,
        party: &Party,
        action: Option<Action>,
        (english, remembered): (&str, &Remembered),
    ) -> Result<Option<Action>, StoreError> {
        let lists = listed(english);
        if lists.is_empty() {
            return Ok(action);
        }
        let around = Surroundings::load(&self.counter, party, remembered).await?;
        for reading in action.iter().chain(&lists) {
            if self.finds_all(reading, (&around, remembered)).await? {
                return Ok(Some(reading.clone()));
            }
        }
        Ok(action)
    }

    /// Whether all of an action is about something that there is.
    pub(super) async fn finds_all(
        &self,
        action: &Action,
        (around, remembered): (&Surroundings, &Remembered),
    ) -> Result<bool, StoreError> {
        for one in action.single() {
            let finds = match resolve(&one, &around.scene(&self.counter)) {
                Resolved::Seek { words, among } => {
                    self.seek(&around.party, &one, (&words, &among), remembered).await?.is_some()
                        || !self.kind(&one, &words).is_empty()
                }
                Resolved::Choose { fits, .. } => fits,
                Resolved::Nothing => false,
                _ => true,
            };
            if !finds {
                return Ok(false);
            }
        }
        Ok(true)
    }
}
