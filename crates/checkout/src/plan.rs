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
    /// As it reads once it has happened.
    pub(crate) lines: Vec<String>,
    /// As it reads before.
    pub(crate) ahead: Vec<String>,
    /// What the goods or the money that go back are worth, in minor units.
    pub(crate) at_stake_minor: i64,
    /// How many orders end as cancelled.
    pub(crate) called_off: u32,
}

/// Whether a sentence is read before something happens or afterwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mood {
    /// It has happened.
    Done,
    /// It would happen after a yes.
    Ahead,
}

impl Mood {
    /// The words of this mood.
    pub(crate) fn of<'a>(self, done: &'a str, ahead: &'a str) -> &'a str {
        match self {
            Self::Done => done,
            Self::Ahead => ahead,
        }
    }
}

impl Plan {
    pub(crate) fn push(&mut self, change: Change) {
        self.changes.push(change);
    }

    /// A line that reads the same before and afterwards, such as a row with its sum.
    pub(crate) fn say(&mut self, line: String) {
        self.ahead.push(line.clone());
        self.lines.push(line);
    }

    /// A sentence in both moods.
    pub(crate) fn tell(&mut self, sentence: impl Fn(Mood) -> String) {
        self.ahead.push(sentence(Mood::Ahead));
        self.lines.push(sentence(Mood::Done));
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
