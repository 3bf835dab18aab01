//! Names of owners and holders in columns, and times as numbers.

use checkout::{CartId, Holder, OrderId, Owner};
use jiff::Timestamp;

use crate::StoreError;

/// An owner, such as `shopper:ann`.
pub(super) fn owner(owner: &Owner) -> String {
    match owner {
        Owner::Shopper(id) => format!("shopper:{id}"),
        Owner::Guest(id) => format!("guest:{id}"),
    }
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
