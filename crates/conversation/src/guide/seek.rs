//! Goods that an action points at by a name that was not shown, or by what they have most of: `add the cheapest ladder`, `buy me
//! the lighter one`.

use action::{Action, Step as Resolved, resolve};
use commerce::ProductId;
use store::StoreError;

use super::{Guide, Step, choose};
use crate::Party;
use crate::answerer::Pointer;
use crate::remembered::Remembered;
use crate::scene::{MAX_PRODUCTS, Surroundings};

impl Guide {
    /// Goes on with an action once it is known which product its words mean; asks where they may mean several. `None` where they
    /// mean none.
    pub(super) async fn seek(
        &self,
        party: &Party,
        action: &Action,
        (words, among): (&str, &[ProductId]),
        remembered: &Remembered,
    ) -> Result<Option<Step>, StoreError> {
        let meant = self.answerer.meant(&Pointer { words, among });
        match &meant[..] {
            [] => Ok(None),
            [only] => self.go_on(party, action, only, remembered).await,
            several => {
                let remembered = Remembered { shown: several.to_vec(), focus: None, ..remembered.clone() };
                let around = Surroundings::load(&self.counter, party, &remembered).await?;
                let text = format!("Which one do you mean: {}?", around.told().join(" or "));
                Ok(Some(choose::ask_which(text, action.clone(), &remembered)))
            }
        }
    }

    /// The same action on this product. Words of its name that are none of its title may be options of it.
    async fn go_on(
        &self,
        party: &Party,
        action: &Action,
        product: &ProductId,
        remembered: &Remembered,
    ) -> Result<Option<Step>, StoreError> {
        let mut remembered = remembered.clone();
        if !remembered.shown.contains(product) {
            remembered.shown.truncate(MAX_PRODUCTS - 1);
            remembered.shown.push(product.clone());
        }
        remembered.focus = Some(product.clone());
        let around = Surroundings::load(&self.counter, party, &remembered).await?;
        let is_known = match resolve(action, &around.scene(&self.counter)) {
            Resolved::Seek { .. } | Resolved::Nothing | Resolved::Point(_) => false,
            Resolved::Choose { fits, .. } => fits,
            _ => true,
        };
        let on_focus = if is_known { Some(action.clone()) } else { action.on_focus() };
        match on_focus {
            Some(action) => Box::pin(self.act(party, &action, &remembered)).await,
            None => Ok(None),
        }
    }
}
