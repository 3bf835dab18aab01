//! Who asks, and whether what they ask about is theirs. Unknown and foreign things are refused alike, so that nobody
//! learns from a refusal that somebody else's order exists.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::policy::Proving;
use crate::{GuestId, Order, OrderId, Policy, Refusal, Shopper, ShopperId, StaffId, State};

/// Who a request comes from. The shell has checked the tokens of shoppers, guests' sessions and staff; the proof of a
/// guest about an order is checked here, every time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// A signed-in shopper.
    Shopper(ShopperId),
    /// Somebody who is not signed in.
    Guest {
        /// Their session.
        session: GuestId,
        /// What they know about an order that was placed elsewhere.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        proof: Option<OrderProof>,
    },
    /// Somebody who works for the shop.
    Staff(StaffId),
    /// Timers, the payment provider, the price feed.
    System,
}

/// What a guest knows of an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OrderProof {
    /// The order's number.
    pub order: OrderId,
    /// What else they know.
    pub who: PersonProof,
}

/// What somebody says to be known by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PersonProof {
    /// The e-mail address.
    Email(String),
    /// The full name and the postcode.
    NameAndPostcode {
        /// First and last name.
        name: String,
        /// The postcode of their address.
        postcode: String,
    },
    /// All of that, which is asked for where others have guessed too often.
    Whole {
        /// The e-mail address.
        email: String,
        /// First and last name.
        name: String,
        /// The postcode of their address.
        postcode: String,
    },
}

/// Whose a cart, order or mandate is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Owner {
    /// A shopper with an account.
    Shopper(ShopperId),
    /// A guest's session.
    Guest(GuestId),
}

impl Actor {
    /// The owner that this actor is, if any.
    pub fn owner(&self) -> Option<Owner> {
        match self {
            Self::Shopper(id) => Some(Owner::Shopper(id.clone())),
            Self::Guest { session, .. } => Some(Owner::Guest(session.clone())),
            Self::Staff(_) | Self::System => None,
        }
    }

    /// Whether the shop itself asks.
    pub fn is_shop(&self) -> bool {
        matches!(self, Self::Staff(_) | Self::System)
    }

    /// Whether this actor may see and change what belongs to that owner.
    pub fn is_owner(&self, owner: &Owner) -> bool {
        self.is_shop() || self.owner().as_ref() == Some(owner)
    }

    /// The order of this number if it is the actor's to see, else the one refusal for both cases.
    pub fn order<'a>(&self, state: &'a State, policy: &Policy, id: &OrderId) -> Result<&'a Order, Refusal> {
        let order = state.orders.get(id);
        order
            .filter(|order| self.is_owner(&order.owner) || self.proves(policy, order))
            .ok_or_else(|| Refusal::OrderNotFound { order: id.clone() })
    }

    fn proves(&self, policy: &Policy, order: &Order) -> bool {
        let Self::Guest { proof: Some(proof), .. } = self else { return false };
        let address = &order.address;
        proof.order == order.id
            && proof.who.is_taken(&policy.identity.guest)
            && proof.who.fits(&order.contact.email, &order.contact.name, &address.postcode)
    }
}

impl PersonProof {
    /// What a store finds the accounts by that this may point at.
    pub fn lookup(&self) -> String {
        match self {
            Self::Email(email) | Self::Whole { email, .. } => lookup_email(email),
            Self::NameAndPostcode { name, postcode } => lookup_person(name, postcode),
        }
    }

    /// Whether it is all that somebody can know.
    pub fn is_whole(&self) -> bool {
        matches!(self, Self::Whole { .. })
    }

    /// Whether some part of it fits an order: whoever says it knows more than the number.
    pub fn fits_in_part(&self, order: &Order) -> bool {
        let (contact, postcode) = (&order.contact, &order.address.postcode);
        match self {
            Self::Whole { email, name, postcode: code } => {
                is_same(email, &contact.email) || is_same(name, &contact.name) && is_same_code(code, postcode)
            }
            part => part.fits(&contact.email, &contact.name, postcode),
        }
    }

    /// Whether people are known by this. All together is at least as much as whatever they are known by.
    fn is_taken(&self, by: &[Proving]) -> bool {
        match self {
            Self::Email(_) => by.contains(&Proving::Email),
            Self::NameAndPostcode { .. } => by.contains(&Proving::NameAndPostcode),
            Self::Whole { .. } => !by.is_empty(),
        }
    }

    fn fits(&self, email: &str, name: &str, postcode: &str) -> bool {
        match self {
            Self::Email(said) => is_same(said, email),
            Self::NameAndPostcode { name: said, postcode: code } => {
                is_same(said, name) && is_same_code(code, postcode)
            }
            Self::Whole { email: address, name: said, postcode: code } => {
                is_same(address, email) && is_same(said, name) && is_same_code(code, postcode)
            }
        }
    }
}

impl Shopper {
    /// What [`PersonProof::lookup`] may ask for to find this account.
    pub fn lookups(&self) -> Vec<String> {
        let postcode = self.address.as_ref().map_or("", |address| address.postcode.as_str());
        vec![lookup_email(&self.email), lookup_person(&self.name, postcode)]
    }
}

fn lookup_email(email: &str) -> String {
    crate::decide::fingerprint(&["email", &folded(email)])
}

fn lookup_person(name: &str, postcode: &str) -> String {
    crate::decide::fingerprint(&["person", &folded(name), &bare_code(postcode)])
}

/// The shopper that this proof points at, where the shop's policy knows people by it. Where two people fit, neither is
/// taken.
pub fn identify<'a>(state: &'a State, policy: &Policy, proof: &PersonProof) -> Result<&'a Shopper, Refusal> {
    if !proof.is_taken(&policy.identity.shopper) {
        return Err(Refusal::ProofNotTaken);
    }
    let fits = |shopper: &&Shopper| {
        let postcode = shopper.address.as_ref().map_or("", |address| address.postcode.as_str());
        proof.fits(&shopper.email, &shopper.name, postcode)
    };
    let mut found = state.shoppers.values().filter(fits);
    match (found.next(), found.next()) {
        (Some(only), None) => Ok(only),
        _ => Err(Refusal::ShopperNotFound),
    }
}

/// Whether two names are the same to a person: case, accents and spacing do not count. Blank is never the same.
fn is_same(said: &str, known: &str) -> bool {
    let known = folded(known);
    !known.is_empty() && folded(said) == known
}

fn is_same_code(said: &str, known: &str) -> bool {
    !bare_code(known).is_empty() && bare_code(said) == bare_code(known)
}

fn bare_code(code: &str) -> String {
    folded(code).replace([' ', '-'], "")
}

fn folded(text: &str) -> String {
    let plain: String = text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}
