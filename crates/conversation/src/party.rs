//! Who takes part in a conversation, as the runtime, the books and the wire know them.

use agent::OwnerId;
use checkout::{Actor, CartId, GuestId, OrderProof, Owner, ShopperId};
use sha2::{Digest, Sha256};

/// Whose a session is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Party {
    /// A shopper who signed in.
    Shopper(ShopperId),
    /// Somebody who did not.
    Guest(GuestId),
}

impl Party {
    /// The party of a session's owner; `None` where the name is of neither kind.
    pub fn of(owner: &OwnerId) -> Option<Self> {
        match owner.as_str().split_once(':')? {
            ("shopper", id) => ShopperId::parse(id).map(Self::Shopper),
            ("guest", id) => GuestId::parse(id).map(Self::Guest),
            _ => None,
        }
    }

    /// The owner of their sessions.
    pub fn owner_id(&self) -> OwnerId {
        OwnerId::new(match self {
            Self::Shopper(id) => format!("shopper:{id}"),
            Self::Guest(id) => format!("guest:{id}"),
        })
    }

    /// The owner of their carts and orders.
    pub fn owner(&self) -> Owner {
        match self {
            Self::Shopper(id) => Owner::Shopper(id.clone()),
            Self::Guest(id) => Owner::Guest(id.clone()),
        }
    }

    /// Who asks the books, with what a guest knows of an order that was placed elsewhere.
    pub fn actor(&self, proof: Option<OrderProof>) -> Actor {
        match self {
            Self::Shopper(id) => Actor::Shopper(id.clone()),
            Self::Guest(id) => Actor::Guest { session: id.clone(), proof },
        }
    }

    /// The shopper, where they signed in.
    pub fn shopper(&self) -> Option<&ShopperId> {
        match self {
            Self::Shopper(id) => Some(id),
            Self::Guest(_) => None,
        }
    }

    /// Their how many-th cart: the same on every device of a shopper. A cart becomes one order, the next one follows.
    pub fn cart(&self, number: u32) -> CartId {
        let name = digest(&[self.owner_id().as_str()], 10);
        CartId::parse(&format!("cart_{name}_{number}")).expect("a short text without control characters")
    }
}

/// The first bytes of a digest over texts, each with its length, in hexadecimal.
pub(crate) fn digest(texts: &[&str], bytes: usize) -> String {
    let mut hasher = Sha256::new();
    for text in texts {
        hasher.update((text.len() as u64).to_le_bytes());
        hasher.update(text.as_bytes());
    }
    hasher.finalize().iter().take(bytes).map(|byte| format!("{byte:02x}")).collect()
}
