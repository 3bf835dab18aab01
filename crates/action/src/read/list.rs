//! Goods that are named one after the other without an article or a number between them: `add tent and lamp`. A name may have an
//! `and` of its own, so that only who knows the goods can tell which it is.

use super::{GRAMMAR, MAX_MESSAGE_BYTES, read, reference};
use crate::{Action, Reference, Which};

/// The most goods of a list.
const MAX_PARTS: usize = 8;
/// What joins the parts of a list.
const AND: &str = " and ";

/// The actions that a message may ask for where each `and` and each comma of a name parts two goods; none where no name has one.
pub fn listed(message: &str) -> Vec<Action> {
    if message.len() > MAX_MESSAGE_BYTES {
        return Vec::new();
    }
    let joined = message.replace(", and ", AND).replace(", ", AND);
    let is_other = joined != message;
    let whole = read(message).and_then(|action| parted(&action));
    let joined = is_other.then(|| read(&joined)).flatten();
    // "Put a tent, a stove and two lamps in my cart" is a list only once its commas are no ends of clauses.
    let joined = joined.and_then(|action| parted(&action).or(Some(action).filter(are_several)));
    whole.into_iter().chain(joined).collect()
}

fn are_several(action: &Action) -> bool {
    matches!(action, Action::Each(_))
}

/// The same action on each of the goods of a list; `None` where it names none.
fn parted(action: &Action) -> Option<Action> {
    let each = |make: fn(Reference) -> Action, what: &Reference| -> Option<Vec<Action>> {
        parts(what).map(|parts| parts.into_iter().map(make).collect())
    };
    match action {
        Action::Add(what) => each(Action::Add, what).map(Action::Each),
        Action::Remove(what) => each(Action::Remove, what).map(Action::Each),
        Action::Return { what, also, order, reason, refund_to, condition } => {
            let goods = [what].into_iter().chain(also);
            let mut parted = goods.flat_map(|what| parts(what).unwrap_or_else(|| vec![what.clone()]));
            let what = parted.next()?;
            let more: Vec<Reference> = parted.collect();
            let (order, reason, refund_to) = (order.clone(), reason.clone(), refund_to.clone());
            let parted = Action::Return { what, also: more, order, reason, refund_to, condition: *condition };
            (parted != *action).then_some(parted)
        }
        Action::Each(actions) => {
            let mut all = Vec::new();
            for action in actions {
                match parted(action) {
                    Some(Action::Each(parts)) => all.extend(parts),
                    _ => all.push(action.clone()),
                }
            }
            (all != *actions).then_some(Action::Each(all))
        }
        _ => None,
    }
}

/// The parts of a name, each as something of its own. What was said of how many is said of the first, what was said of options of
/// the last.
fn parts(what: &Reference) -> Option<Vec<Reference>> {
    let Which::Named(name) = &what.which else { return None };
    let words: Vec<String> = name.split(' ').map(str::to_owned).collect();
    let named: Vec<&[String]> = words.split(|word| GRAMMAR.is_in("adding", word)).collect();
    if !(2..=MAX_PARTS).contains(&named.len()) {
        return None;
    }
    let mut parts: Vec<Reference> =
        named.into_iter().map(|words| reference::read(words, false)).collect::<Option<_>>()?;
    let is_named = |part: &Reference| matches!(part.which, Which::Named(_));
    if !parts.iter().all(is_named) {
        return None;
    }
    if let Some(first) = parts.first_mut() {
        first.quantity = what.quantity.or(first.quantity);
    }
    parts.last_mut()?.options.extend(what.options.iter().cloned());
    Some(parts)
}
