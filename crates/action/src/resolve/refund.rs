//! Where the money of a return goes, in words.

use checkout::{MethodId, MethodKind, Order};

use super::{Scene, Step, say};
use crate::WAYS_TO_PAY;

/// The way of the shopper's that words name; else what there is.
pub(super) fn method<'a>(words: &str, order: &'a Order, scene: &Scene<'a>) -> Result<&'a MethodId, Step> {
    let words = words.trim().to_lowercase();
    let known = known(order, scene);
    // "Gift card" is no card: the longest name that is said counts.
    let named = WAYS_TO_PAY.iter().flat_map(|(kind, names)| names.iter().map(move |name| (*kind, *name)));
    let kind = named.filter(|(_, name)| words.contains(name)).max_by_key(|(_, name)| name.len());
    let is_label = |(_, _, label): &&(&MethodId, MethodKind, &str)| {
        let label = label.to_lowercase();
        words.split_whitespace().all(|word| label.contains(word))
    };
    let is_kind = |(_, of, _): &&(&MethodId, MethodKind, &str)| kind.is_some_and(|(kind, _)| kind == *of);
    let is_original = words.split_whitespace().any(|word| matches!(word, "original" | "same" | "before"));
    let original = order.original_method().filter(|_| is_original);
    let found = known.iter().find(is_label).or_else(|| known.iter().find(is_kind)).map(|(id, _, _)| *id);
    original.or(found).ok_or_else(|| {
        let may = |(id, kind, _): &&(&MethodId, MethodKind, &str)| {
            order.may_receive(&scene.policy.returns.refund_to, id, *kind)
        };
        let labels: Vec<&str> = known.iter().filter(may).map(|(_, _, label)| *label).collect();
        say(format!(
            "I do not know that way to be paid. The money of this order can go to {}.",
            labels.join(" or ")
        ))
    })
}

/// Ways of the account, and what the order was paid with.
fn known<'a>(order: &'a Order, scene: &Scene<'a>) -> Vec<(&'a MethodId, MethodKind, &'a str)> {
    let own = scene.methods.iter().map(|(id, method)| (id, method.kind, method.label.as_str()));
    let mut known: Vec<_> = own.collect();
    for used in &order.movements {
        if !known.iter().any(|(id, _, _)| **id == used.method) {
            known.push((&used.method, used.kind, used.label.as_str()));
        }
    }
    known
}
