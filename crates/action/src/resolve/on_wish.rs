//! Price alerts.

use checkout::tool::ToolName;
use commerce::{Currency, Money};
use serde_json::json;

use super::{Scene, Step, call, goods, say};
use crate::{Amount, Reference};

pub(super) fn alert(what: &Reference, at: &Amount, scene: &Scene<'_>) -> Step {
    if at.number.starts_with('-') {
        return say("Please give a price above zero.");
    }
    let item = match goods::cheapest(what, scene) {
        Ok(item) => item,
        Err(step) => return step,
    };
    let currency = scene.policy.currency;
    let said = at.currency.as_deref().map(Currency::parse);
    if said.is_some_and(|said| said != Some(currency)) {
        return say(format!("Prices here are in {}. Which price do you mean?", currency.code()));
    }
    match Money::parse(&at.number, Some(currency)) {
        Ok(at) => call(ToolName::SetAlert, json!({ "variant": item.variant, "at_or_below": at })),
        Err(_) => say("Which price do you mean?"),
    }
}
