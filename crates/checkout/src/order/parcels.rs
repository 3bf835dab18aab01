//! What of an order has left, what is on its way, and what has arrived. What goods were exchanged for has parcels of its own,
//! after the order's.

use commerce::VariantId;
use jiff::Timestamp;

use super::{Order, OrderLine, OrderStatus, Shipment};

impl Order {
    /// Whether a parcel is not known to have arrived. What was ordered arrives with the order, what it was exchanged for with
    /// a parcel of its own.
    pub fn is_on_the_way(&self, shipment: &Shipment) -> bool {
        let is_replacement =
            |(number, _): &(u32, u32)| self.line(*number).is_some_and(|line| line.in_place_of.is_some());
        let has_come = self.status == OrderStatus::Delivered && !shipment.lines.iter().any(is_replacement);
        shipment.delivered_at.is_none() && !has_come
    }

    /// Pieces of a line that are with the shopper, or were.
    pub fn arrived(&self, line: &OrderLine) -> u32 {
        if line.in_place_of.is_none() {
            return line.quantity;
        }
        self.parcels_of(line)
            .filter(|(parcel, _)| parcel.delivered_at.is_some())
            .map(|(_, pieces)| pieces)
            .sum()
    }

    /// When the last pieces of a line arrived.
    pub fn arrived_at(&self, line: &OrderLine) -> Option<Timestamp> {
        let own = self.parcels_of(line).filter_map(|(parcel, _)| parcel.delivered_at).max();
        own.or_else(|| self.delivered_at.filter(|_| line.in_place_of.is_none()))
    }

    /// Parcels with pieces of a line, and how many.
    pub fn parcels_of(&self, line: &OrderLine) -> impl Iterator<Item = (&Shipment, u32)> {
        let number = line.number;
        self.shipments.iter().filter_map(move |parcel| {
            let pieces = parcel.lines.iter().filter(|(of, _)| *of == number).map(|(_, pieces)| pieces).sum();
            (pieces > 0).then_some((parcel, pieces))
        })
    }

    /// Pieces of a line that have not left. Of an order that has arrived those are what something was exchanged for.
    pub fn to_leave(&self, line: &OrderLine) -> u32 {
        match self.status {
            OrderStatus::Delivered if line.in_place_of.is_none() => 0,
            _ => line.quantity.saturating_sub(line.shipped),
        }
    }

    /// Pieces of each variant that have not left.
    pub fn unshipped(&self) -> Vec<(VariantId, u32)> {
        let mut pieces = std::collections::BTreeMap::new();
        for line in &self.lines {
            *pieces.entry(line.item.variant.clone()).or_insert(0) += self.to_leave(line);
        }
        pieces.into_iter().filter(|(_, quantity)| *quantity > 0).collect()
    }
}
