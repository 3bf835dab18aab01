//! Actions on returns and exchanges that were asked for: the goods are kept after all.

use checkout::tool::ToolName;
use checkout::{Order, OrderLine, Return, ReturnId};
use commerce::ProductId;
use serde_json::json;

use super::{Scene, Step, call, goods, on_order, say};
use crate::{OrderReference, Reference, Which};

/// Withdraws the return that is meant.
pub(super) fn withdraw(
    (what, order): (Option<&Reference>, Option<&OrderReference>),
    is_named: bool,
    scene: &Scene<'_>,
) -> Step {
    let order = match order.map(|order| on_order::find(order, scene, |_| true)).transpose() {
        Ok(order) => order,
        Err(step) => return step,
    };
    let open: Vec<Open<'_>> = scene.returns.iter().filter_map(|known| Open::of(known, scene)).collect();
    let of_order = |known: &&Open<'_>| order.is_none_or(|order| order.id == known.order.id);
    let meant: Vec<&Open<'_>> = open.iter().filter(of_order).filter(|known| known.has(what, scene)).collect();
    match meant[..] {
        [only] => call(ToolName::WithdrawReturn, json!({ "id": only.id })),
        // "I will keep it" is about something else where nothing is on its way back.
        [] if !is_named => Step::Nothing,
        [] if open.is_empty() => say("Nothing of yours is to be sent back."),
        [] => which(&open.iter().collect::<Vec<_>>()),
        _ => which(&meant),
    }
}

/// A return with its order.
struct Open<'a> {
    id: &'a ReturnId,
    order: &'a Order,
    lines: Vec<&'a OrderLine>,
}

impl<'a> Open<'a> {
    fn of((id, known): &'a (ReturnId, Return), scene: &Scene<'a>) -> Option<Self> {
        let order = scene.orders.iter().find(|order| order.id == known.order).filter(|_| known.is_open())?;
        let lines = known.items.iter().filter_map(|item| order.line(item.number)).collect();
        Some(Self { id, order, lines })
    }

    /// Whether it has what is meant; words that name nothing mean any.
    fn has(&self, what: Option<&Reference>, scene: &Scene<'_>) -> bool {
        let Some(what) = what else { return true };
        let is_meant = |line: &&&OrderLine| match &what.which {
            Which::Named(name)
            | Which::Most(name)
            | Which::Place(_, Some(name))
            | Which::Last(Some(name)) => goods::is_item(&line.item, name),
            Which::It => {
                let is_focus = |product: &ProductId| line.item.product == *product;
                let is_any =
                    |product: &ProductId| scene.returns.iter().any(|known| is_of(known, product, scene));
                scene.focus.filter(|focus| is_any(focus)).is_none_or(is_focus)
            }
            Which::Place(_, None) | Which::Last(None) | Which::All => true,
        };
        self.lines.iter().filter(is_meant).any(|line| goods::has_all(&line.item, &what.options))
    }
}

/// Whether something of a product is to be sent back by a return.
fn is_of((_, known): &(ReturnId, Return), product: &ProductId, scene: &Scene<'_>) -> bool {
    let order = scene.orders.iter().find(|order| order.id == known.order);
    let lines = known.items.iter().filter_map(|item| order?.line(item.number));
    lines.into_iter().any(|line| line.item.product == *product)
}

fn which(open: &[&Open<'_>]) -> Step {
    let names: Vec<String> = open.iter().flat_map(|open| &open.lines).map(|line| line.item.name()).collect();
    say(format!("Which one do you mean: {}?", names.join(" or ")))
}
