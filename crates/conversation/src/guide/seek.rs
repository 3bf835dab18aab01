//! Goods that an action points at by a name that was not shown, or by what they have most of: `add the cheapest ladder`, `buy me
//! the lighter one`.

use action::{Action, Reference, Step as Resolved, Which, resolve};
use commerce::ProductId;
use store::StoreError;

use super::{Guide, Step, choose};
use crate::Party;
use crate::answerer::Pointer;
use crate::remembered::Remembered;
use crate::scene::{MAX_PRODUCTS, Surroundings};

/// Products of a kind among which one is asked for, at most.
const MAX_OF_KIND: usize = 6;

/// The question which one of a kind is meant.
fn which_of(words: &str) -> String {
    format!("Which one for “{words}”?")
}

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
            [] => {
                if let Some(step) = self.seek_version(party, action, words, remembered).await? {
                    return Ok(Some(step));
                }
                match self.seek_plain(party, action, remembered).await? {
                    None if !remembered.batch.is_empty() => {
                        self.seek_kind(party, action, words, remembered).await
                    }
                    step => Ok(step),
                }
            }
            [only] => self.go_on(party, action, only, remembered).await,
            several => {
                let remembered = Remembered { shown: several.to_vec(), focus: None, ..remembered.clone() };
                let around = Surroundings::load(&self.counter, party, &remembered).await?;
                let text = format!("Which one do you mean: {}?", around.told().join(" or "));
                Ok(Some(choose::ask_which(text, action.clone(), &remembered)))
            }
        }
    }

    /// Goes on with an action on the version that a name means by a word that is none of a title: "the olive poncho" is the poncho that
    /// comes in olive. `None` where no such version is known.
    async fn seek_version(
        &self,
        party: &Party,
        action: &Action,
        words: &str,
        remembered: &Remembered,
    ) -> Result<Option<Step>, StoreError> {
        let words: Vec<&str> = words.split_whitespace().collect();
        if words.len() < 2 {
            return Ok(None);
        }
        for left_out in 0..words.len() {
            let rest = words.iter().enumerate().filter(|(place, _)| *place != left_out);
            let rest = rest.map(|(_, word)| *word).collect::<Vec<_>>().join(" ");
            let meant = self.answerer.meant(&Pointer { words: &rest, among: &[] });
            if meant.is_empty() {
                continue;
            }
            let remembered = Remembered { shown: meant, focus: None, ..remembered.clone() };
            let around = Surroundings::load(&self.counter, party, &remembered).await?;
            let resolved = resolve(action, &around.scene(&self.counter));
            if matches!(
                resolved,
                Resolved::Call(_) | Resolved::Point(_) | Resolved::Choose { fits: true, .. }
            ) {
                return Box::pin(self.act(party, action, &remembered)).await;
            }
        }
        Ok(None)
    }

    /// Goes on with an action on the product of a name without the options that were said: "the poncho in white" where no poncho is
    /// white, so that it is told what it comes in. `None` where the name alone means no one product.
    async fn seek_plain(
        &self,
        party: &Party,
        action: &Action,
        remembered: &Remembered,
    ) -> Result<Option<Step>, StoreError> {
        let Some(Reference { which: Which::Named(name), options, .. }) = action.thing() else {
            return Ok(None);
        };
        if options.is_empty() {
            return Ok(None);
        }
        let meant = self.answerer.meant(&Pointer { words: name, among: &[] });
        let ([only], Some(action)) = (&meant[..], action.on_focus()) else { return Ok(None) };
        let (shown, focus) = (vec![only.clone()], Some(only.clone()));
        let remembered = Remembered { shown, focus, ..remembered.clone() };
        Box::pin(self.act(party, &action, &remembered)).await
    }

    /// Goes on with one of several wishes for a kind of goods: with the only product of the kind, else once it is known which one. `None`
    /// where the words name no kind. A single wish of that sort is answered like a question, with what there is.
    async fn seek_kind(
        &self,
        party: &Party,
        action: &Action,
        words: &str,
        remembered: &Remembered,
    ) -> Result<Option<Step>, StoreError> {
        match &self.kind(action, words)[..] {
            [] => Ok(None),
            [only] => self.go_on(party, action, only, remembered).await,
            several => {
                let remembered = Remembered { shown: several.to_vec(), focus: None, ..remembered.clone() };
                let around = Surroundings::load(&self.counter, party, &remembered).await?;
                let text = format!("{}\n- {}", which_of(words), around.told().join("\n- "));
                Ok(Some(choose::ask_which(text, action.clone(), &remembered)))
            }
        }
    }

    /// The products of a kind that is to be put into the cart.
    pub(super) fn kind(&self, action: &Action, words: &str) -> Vec<ProductId> {
        let mut goods = match action {
            Action::Add(_) => self.answerer.of_kind(words),
            _ => Vec::new(),
        };
        goods.truncate(MAX_OF_KIND);
        goods
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
