//! Price alerts and standing orders.

use checkout::Item;
use checkout::tool::ToolName;
use commerce::{Currency, Money};
use serde_json::json;

use super::{MandateWish, Scene, Step, ToolCall, Waiting, call, goods, say, until};
use crate::{Amount, Bound, Reference, Until, Which, Wished};

pub(super) fn alert(what: &Reference, at: &Amount, scene: &Scene<'_>) -> Step {
    if let Some(step) = unfit(at, scene) {
        return step;
    }
    let item = match goods::watched(what, scene) {
        Ok(item) => item,
        Err(step) => return step,
    };
    match price(at, item, scene) {
        Ok(most) => call(ToolName::SetAlert, json!({ "variant": item.variant, "at_or_below": most })),
        Err(step) => step,
    }
}

pub(super) fn mandate(what: &Reference, at: &Amount, last: Option<Until>, scene: &Scene<'_>) -> Step {
    let item = match goods::shown(what, scene) {
        Ok(item) => item,
        Err(step) => return step,
    };
    let unit_cap = match price(at, item, scene) {
        Ok(unit_cap) => unit_cap,
        Err(step) => return step,
    };
    let Some(quantity) = u32::try_from(what.quantity.unwrap_or(1)).ok().filter(|pieces| *pieces > 0) else {
        return say("How many would you like? One or more.");
    };
    let valid_until = last.map(|last| until::end(last, scene.now));
    match valid_until {
        Some(None) => say("I do not know that day. Until when should I wait for the price?"),
        Some(Some(end)) if end <= scene.now => {
            say("That day is over. Until when should I wait for the price?")
        }
        end => {
            let (variant, valid_until) = (item.variant.clone(), end.flatten());
            Step::Mandate(MandateWish { variant, quantity, unit_cap, valid_until })
        }
    }
}

pub(super) fn drop_alert(which: &Wished, scene: &Scene<'_>) -> Step {
    let one =
        |known: &Waiting<_>| ToolCall { tool: ToolName::DropAlert, input: json!({ "alert": known.id }) };
    take_back(which, scene, (scene.alerts, "price alert"), one)
}

pub(super) fn drop_mandate(which: &Wished, scene: &Scene<'_>) -> Step {
    let one = |known: &Waiting<_>| ToolCall {
        tool: ToolName::RevokeMandate,
        input: json!({ "mandate": known.id }),
    };
    take_back(which, scene, (scene.mandates, "standing order"), one)
}

/// The one thing that is waited for, alert or standing order; asks where there are several.
pub(super) fn drop_it(scene: &Scene<'_>) -> Step {
    match (scene.alerts.len(), scene.mandates.len()) {
        (_, 0) => drop_alert(&Wished::Mine, scene),
        (0, _) => drop_mandate(&Wished::Mine, scene),
        _ => say("Do you mean a price alert or a standing order? Tell me on which product."),
    }
}

/// All that is waited for, alerts and standing orders, or those of one kind that there are so many of.
pub(super) fn drop_these(many: Option<u32>, scene: &Scene<'_>) -> Step {
    let (alerts, mandates) = (scene.alerts.len(), scene.mandates.len());
    let is_said = |count: usize| many.is_none_or(|many| usize::try_from(many) == Ok(count));
    let kinds = match (is_said(alerts + mandates), is_said(alerts), is_said(mandates)) {
        (true, ..) => (true, true),
        (_, is_alerts, is_mandates) if is_alerts != is_mandates => (is_alerts, is_mandates),
        _ => return say("Which ones do you mean? Tell me on which product, or say “my alerts” to see them."),
    };
    let mut all = Vec::new();
    for (step, _) in
        [(drop_alert(&Wished::All, scene), kinds.0), (drop_mandate(&Wished::All, scene), kinds.1)]
            .into_iter()
            .filter(|(_, is_meant)| *is_meant)
    {
        if let Step::Calls(calls) = step {
            all.extend(calls);
        }
    }
    if all.is_empty() { say("You have no price alerts and no standing orders.") } else { Step::Calls(all) }
}

/// A standing order is a yes to certain terms.
pub(super) fn unchanged() -> Step {
    say("A price alert or standing order stays as you set it. Stop it and set another one to change it.")
}

/// Takes back those that are meant.
fn take_back<I>(
    which: &Wished,
    scene: &Scene<'_>,
    (all, name): (&[Waiting<I>], &str),
    one: impl Fn(&Waiting<I>) -> ToolCall,
) -> Step {
    let fitting: Vec<&Waiting<I>> = match which {
        Wished::All => return calls(all.iter().map(one).collect(), name),
        Wished::Mine => all.iter().collect(),
        Wished::On(Reference { which: Which::Place(place, None), .. }) => {
            goods::nth(all.iter().collect(), *place).into_iter().collect()
        }
        Wished::On(Reference { which: Which::Last(None), .. }) => all.last().into_iter().collect(),
        Wished::On(what) => all.iter().filter(|known| is_on(what, known, scene)).collect(),
    };
    match fitting[..] {
        [] if all.is_empty() => say(format!("You have no {name}.")),
        [] => say(format!("You have no {name} on that.")),
        [only] => calls(vec![one(only)], name),
        _ => {
            let names = fitting.iter().map(|known| format!("{} at {}", known.item.name(), known.at));
            Step::Point(format!("Which {name} do you mean: {}?", names.collect::<Vec<_>>().join(" or ")))
        }
    }
}

fn is_on<I>(what: &Reference, known: &Waiting<I>, scene: &Scene<'_>) -> bool {
    let is_meant = match &what.which {
        Which::Named(name) | Which::Place(_, Some(name)) | Which::Last(Some(name)) => {
            goods::is_called(&known.item.title, name)
        }
        _ => scene.focus.is_none_or(|focus| *focus == known.item.product),
    };
    is_meant && goods::has_all(&known.item, &what.options)
}

fn calls(calls: Vec<ToolCall>, name: &str) -> Step {
    if calls.is_empty() { say(format!("You have no {name}.")) } else { Step::Calls(calls) }
}

/// The most that something may cost, in the shop's currency: below 40 is 39.99, 20 percent off is of the price of now.
fn price(at: &Amount, item: &Item, scene: &Scene<'_>) -> Result<Money, Step> {
    if let Some(step) = unfit(at, scene) {
        return Err(step);
    }
    let currency = scene.policy.currency;
    let unclear = || say("Which price do you mean?");
    if at.bound == Bound::PercentOff {
        let now = item.price.ok_or_else(unclear)?;
        let percent: u32 =
            at.number.parse().ok().filter(|percent| (1..100).contains(percent)).ok_or_else(unclear)?;
        let off = (i128::from(now.amount_minor) * i128::from(percent) + 99) / 100;
        let left = i64::try_from(i128::from(now.amount_minor) - off).ok().filter(|left| *left > 0);
        return left.map(|left| Money::new(left, now.currency)).ok_or_else(unclear);
    }
    let said = Money::parse(&at.number, Some(currency)).map_err(|_| unclear())?;
    Ok(Money::new(said.amount_minor - i64::from(at.bound == Bound::Below), said.currency))
}

/// What is said of an amount that is no price here, whatever it is for.
fn unfit(at: &Amount, scene: &Scene<'_>) -> Option<Step> {
    if at.number.starts_with('-') {
        return Some(say("Please give a price above zero."));
    }
    let currency = scene.policy.currency;
    let said = at.currency.as_deref().map(Currency::parse);
    said.is_some_and(|said| said != Some(currency))
        .then(|| say(format!("Prices here are in {}. Which price do you mean?", currency.code())))
}
