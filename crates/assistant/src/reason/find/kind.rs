//! Which of the goods that were found are of the kind that is looked for: a laptop is no power bank for laptops.

use super::Found;
use crate::relevance::{KindMatch, Need};

/// Keeps what is of the kind that is looked for, where anything is, and says whether it is a kind that the shop files goods
/// under. Goods of a category that is called so keep out those that only mention it, and those that go by another word unless
/// they stand near it in the shop.
pub(super) fn keep(need: &Need, found: &mut Vec<Found>) -> bool {
    let kinds: Vec<KindMatch> = found.iter().map(|own| need.kind_of(&own.product)).collect();
    let shelves = |own: &Found| -> Vec<String> {
        own.product.categories.iter().filter_map(|path| path.names().first().cloned()).collect()
    };
    let best = kinds.iter().max().copied().unwrap_or(KindMatch::None);
    if !need.names_kind() && best < KindMatch::Named {
        return false;
    }
    let of = |least: KindMatch| {
        found.iter().zip(&kinds).filter(move |(_, kind)| **kind >= least).map(|(own, _)| own)
    };
    let near: Vec<String> = of(KindMatch::Named).flat_map(shelves).collect();
    let is_near = |own: &Found| shelves(own).iter().any(|shelf| near.contains(shelf));
    // Ink below `Printers` is no printer where that is what printers are filed under.
    let leaves: Vec<&str> =
        of(KindMatch::Filed).flat_map(|own| own.product.categories.iter().map(|path| path.leaf())).collect();
    let is_below = |own: &Found| {
        let above = own
            .product
            .categories
            .iter()
            .flat_map(|path| path.names().split_last().map_or(&[][..], |(_, above)| above));
        above.into_iter().any(|name| leaves.contains(&name.as_str()))
    };
    let keeps = |own: &Found, kind: KindMatch| match (best, kind) {
        (_, KindMatch::None) => false,
        (KindMatch::Filed, KindMatch::Alike) => is_near(own),
        (KindMatch::Filed, KindMatch::Within) => !is_below(own),
        (KindMatch::Filed, kind) => kind >= KindMatch::Named,
        (KindMatch::Named, kind) => kind >= KindMatch::InName,
        _ => true,
    };
    let kept: Vec<bool> = found.iter().zip(&kinds).map(|(own, kind)| keeps(own, *kind)).collect();
    if best > KindMatch::None {
        let mut kept = kept.into_iter();
        found.retain(|_| kept.next().unwrap_or_default());
    }
    need.names_kind() && best > KindMatch::None
}
