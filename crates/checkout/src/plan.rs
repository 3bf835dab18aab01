//! What every machine takes and gives: a case to decide, and a plan of changes with the words that a shopper says yes to.

use commerce::{ProductId, VariantId};
use jiff::Timestamp;

use crate::{Actor, Change, Item, Key, Owner, Policy, Refusal, Shopper, State};

/// One request on the state as it is.
pub(crate) struct Case<'a> {
    pub(crate) state: &'a State,
    pub(crate) policy: &'a Policy,
    pub(crate) actor: &'a Actor,
    pub(crate) key: &'a Key,
    pub(crate) now: Timestamp,
}

/// What would happen, in changes and in words. The words hold no time of the clock, so that a summary that was shown
/// stays valid until something in it changes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Plan {
    pub(crate) changes: Vec<Change>,
    pub(crate) lines: Vec<String>,
}

impl Plan {
    pub(crate) fn push(&mut self, change: Change) {
        self.changes.push(change);
    }

    pub(crate) fn say(&mut self, line: String) {
        self.lines.push(line);
    }
}

impl<'a> Case<'a> {
    /// The item of this variant, if the shop sells it.
    pub(crate) fn item(&self, variant: &VariantId) -> Result<&'a Item, Refusal> {
        self.state.items.get(variant).ok_or(Refusal::ItemNotFound)
    }

    /// The item of this variant, if it is one of this product.
    pub(crate) fn variant_of(&self, product: &ProductId, variant: &VariantId) -> Result<&'a Item, Refusal> {
        let item = self.item(variant)?;
        if item.product == *product { Ok(item) } else { Err(Refusal::OtherProduct { item: item.name() }) }
    }

    /// The account behind an owner, if they have one.
    pub(crate) fn account(&self, owner: &Owner) -> Option<&'a Shopper> {
        match owner {
            Owner::Shopper(id) => self.state.shoppers.get(id),
            Owner::Guest(_) => None,
        }
    }
}
