//! Names of owners and holders in columns, and times as numbers.

use checkout::{CartId, GuestId, Holder, Key, OrderId, Owner, Redeemer, ShopperId};
use jiff::Timestamp;
use sha2::{Digest, Sha256};

use crate::StoreError;

/// An owner, such as `shopper:ann`.
pub(super) fn owner(owner: &Owner) -> String {
    match owner {
        Owner::Shopper(id) => format!("shopper:{id}"),
        Owner::Guest(id) => format!("guest:{id}"),
    }
}

/// Who used a price rule.
pub(super) fn redeemer(redeemer: &Redeemer) -> String {
    match redeemer {
        Redeemer::Owner(by) => owner(by),
        Redeemer::Mail(digest) => format!("mail:{digest}"),
    }
}

/// The owner of a name.
pub(super) fn parse_owner(name: &str) -> Result<Owner, StoreError> {
    let owner = match name.split_once(':') {
        Some(("shopper", id)) => ShopperId::parse(id).map(Owner::Shopper),
        Some(("guest", id)) => GuestId::parse(id).map(Owner::Guest),
        _ => None,
    };
    owner.ok_or_else(|| StoreError::corrupt("an owner", name))
}

/// A holder of stock, such as `order:1042`.
pub(super) fn holder(holder: &Holder) -> String {
    match holder {
        Holder::Cart(id) => format!("cart:{id}"),
        Holder::Order(id) => format!("order:{id}"),
    }
}

/// The holder of a name.
pub(super) fn parse_holder(name: &str) -> Result<Holder, StoreError> {
    let holder = match name.split_once(':') {
        Some(("cart", id)) => CartId::parse(id).map(Holder::Cart),
        Some(("order", id)) => OrderId::parse(id).map(Holder::Order),
        _ => None,
    };
    holder.ok_or_else(|| StoreError::corrupt("a hold", name))
}

/// The key of something that the shop does by itself: the same for the same thing, on every node.
pub(super) fn key(what: &str, of: &str) -> Key {
    let digest = Sha256::digest(format!("{what} {of}"));
    let name: String = digest[..12].iter().map(|byte| format!("{byte:02x}")).collect();
    Key::parse(&format!("{what}_{name}")).expect("a short text without control characters")
}

/// The number of an order that the shop places by itself for this.
pub(super) fn order(of: &str) -> OrderId {
    let digest = Sha256::digest(format!("order {of}"));
    let number = digest[..8].iter().fold(0u64, |number, byte| number << 8 | u64::from(*byte));
    OrderId::parse(&format!("{:012}", number % 1_000_000_000_000)).expect("a short text of digits")
}

/// A time as it is kept.
pub(super) fn micros(time: Timestamp) -> i64 {
    time.as_microsecond()
}

/// A time that was kept.
pub(super) fn time(micros: i64) -> Result<Timestamp, StoreError> {
    Timestamp::from_microsecond(micros).map_err(|error| StoreError::corrupt("a time", error))
}

/// A count that was kept.
pub(super) fn count(value: i64) -> u32 {
    u32::try_from(value.max(0)).unwrap_or(u32::MAX)
}
