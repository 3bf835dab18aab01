//! Who does something.

use serde::{Deserialize, Serialize};

use crate::{OwnerId, StaffId};

/// Who decided, edited, cancelled or erased.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// The shopper, known by a token or a proof of a guest's order.
    Shopper(OwnerId),
    /// A member of the staff.
    Staff(StaffId),
    /// The runtime itself, such as a deadline.
    Runtime,
}

/// Whose approval is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The owner of the session, and nobody else.
    Shopper,
    /// Anybody of the staff.
    Staff,
}

impl Actor {
    /// Whether this actor may speak in that role in a session of this owner.
    pub fn is(&self, role: Role, owner: &OwnerId) -> bool {
        match (self, role) {
            (Self::Shopper(shopper), Role::Shopper) => shopper == owner,
            (Self::Staff(_), Role::Staff) => true,
            _ => false,
        }
    }

    /// Whether this actor may see and change what a session of this owner holds.
    pub fn may_touch(&self, owner: &OwnerId) -> bool {
        match self {
            Self::Shopper(shopper) => shopper == owner,
            Self::Staff(_) | Self::Runtime => true,
        }
    }
}
