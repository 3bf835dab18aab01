//! From words to an action.

mod grammar;
mod list;
mod pattern;
mod reference;
mod slot;
mod until;
mod words;

pub use list::listed;

pub(crate) use grammar::{Deed, GRAMMAR, Kind};
pub(crate) use slot::{Filled, Slot};
pub(crate) use words::{clauses, is_near};

use crate::{Action, OrderReference, Reference, Which, Wished, condition};
use pattern::{Captured, Meant};

/// The longest message that can be an action.
pub const MAX_MESSAGE_BYTES: usize = 400;
/// What stands before an address.
const TO: &str = " to ";
/// What joins the parts of a list.
const ADDING: &str = "and";
/// The most options that stand in a clause of their own.
const MAX_LOOSE_OPTIONS: usize = 3;
/// The most words of a clause; it bounds how often slots are tried.
const MAX_CLAUSE_WORDS: usize = 24;

/// The action that a message asks for; `None` where it asks for none that the grammar covers as a whole.
pub fn read(message: &str) -> Option<Action> {
    if message.len() > MAX_MESSAGE_BYTES {
        return None;
    }
    if let Some(action) = readdressed(message).or_else(|| cancelled(message)) {
        return Some(action);
    }
    let (mut meant, mut tail, mut more) = (Vec::new(), Vec::new(), Vec::new());
    let clauses = clauses(message);
    for clause in clauses.iter().filter(|clause| !clause.is_empty()) {
        if let Some(condition) = condition::whole(clause).filter(|_| meant.iter().any(Meant::goes_back)) {
            meant.push(Meant::in_condition(condition));
            continue;
        }
        match read_clause(clause) {
            Some(read) => meant.extend(read),
            // "in marigold, M": a clause of options belongs to the one before it, and so does "a kettle and the poncho".
            None if !meant.is_empty() => more.push(clause.as_slice()),
            None => {
                let (first, goods) = with_more(clause)?;
                meant.push(first);
                tail.extend(goods);
            }
        }
    }
    let buys = meant.iter().any(|meant| meant.kind == Kind::Buy);
    let action = assemble(meant)?;
    let action = if tail.is_empty() { action } else { action.and_also(tail)? };
    let action = match (&action, further(&more)) {
        _ if more.is_empty() => action,
        (Action::Add(_) | Action::Remove(_) | Action::Each(_), Some(goods)) => action.and_also(goods)?,
        (Action::Add(_) | Action::Remove(_) | Action::Exchange { .. }, None) => {
            let options: Option<Vec<_>> = more.iter().map(|clause| loose_options(clause)).collect();
            action.with_options(&options?.concat(), false)?
        }
        _ => return None,
    };
    let action = if buys { and_pay(action) } else { action };
    let goes_back =
        matches!(action, Action::Return { .. } | Action::Exchange { .. } | Action::TakeOut { .. });
    (!goes_back || !GRAMMAR.is_generic(message)).then_some(action)
}

/// Goods that are bought, with the way to paying.
fn and_pay(action: Action) -> Action {
    let mut actions = match action {
        Action::Add(_) => vec![action],
        Action::Each(actions) => actions,
        other => return other,
    };
    if actions.last() != Some(&Action::Checkout) {
        actions.push(Action::Checkout);
    }
    Action::Each(actions)
}

/// An order that is to go elsewhere, with the address as it was written: its commas are no ends of clauses.
fn readdressed(message: &str) -> Option<Action> {
    if message.trim_end().ends_with('?') {
        return None;
    }
    message.match_indices(TO).find_map(|(place, _)| {
        let before = clauses(&message[..place]);
        let [clause] = &before.iter().filter(|clause| !clause.is_empty()).collect::<Vec<_>>()[..] else {
            return None;
        };
        let Meant { kind, captured } = GRAMMAR.read(clause)?;
        let order = captured.order().unwrap_or(OrderReference::Mine);
        let to = Some(message[place + TO.len()..].trim().to_owned());
        matches!(kind, Kind::Readdress | Kind::Redirect).then_some(Action::Readdress { order, to })
    })
}

/// Several orders that are called off by their numbers, whose commas and `and` are no ends of clauses.
fn cancelled(message: &str) -> Option<Action> {
    let clauses = clauses(message);
    let parts: Vec<&[String]> = clauses.iter().map(Vec::as_slice).filter(|part| !part.is_empty()).collect();
    let whole = parts.join(&ADDING.to_owned());
    if whole.len() > MAX_CLAUSE_WORDS {
        return None;
    }
    let Meant { kind, captured } = GRAMMAR.read(&whole)?;
    (kind == Kind::CancelNumbers).then(|| captured.order().map(Action::Cancel)).flatten()
}

/// Goods that are put somewhere, and more of them behind the place: `put the stove in my cart and two lamps`.
fn with_more(clause: &[String]) -> Option<(Meant, Vec<Reference>)> {
    if clause.len() > MAX_CLAUSE_WORDS {
        return None;
    }
    let adds = |place: &usize| GRAMMAR.is_in("adding", &clause[*place]);
    (1..clause.len().saturating_sub(1)).filter(adds).find_map(|place| {
        let first = GRAMMAR.read(&clause[..place])?;
        let rest = &clause[place + 1..];
        let is_one = !rest.iter().any(|word| GRAMMAR.is_in("adding", word));
        let one = || reference::read(rest, false).filter(|_| is_one).map(|one| vec![one]);
        let goods = reference::several(rest, false).or_else(one)?;
        let are_own = reference::is_own(rest) && goods.iter().all(|one| one.which != Which::It);
        (matches!(first.kind, Kind::Add | Kind::Remove | Kind::Buy) && are_own).then_some((first, goods))
    })
}

/// More goods in clauses of their own: `2 mugs, a kettle and the poncho`. A clause such as `a medium` may be options as well, so that one of
/// them has to begin with a number or name several.
fn further(clauses: &[&[String]]) -> Option<Vec<Reference>> {
    let read = |clause: &&[String]| {
        let several = reference::several(clause, false);
        let one =
            || reference::read(clause, false).filter(|_| reference::is_own(clause)).map(|one| vec![one]);
        several.or_else(one)
    };
    let goods: Vec<Vec<Reference>> = clauses.iter().map(read).collect::<Option<_>>()?;
    let is_sure = |goods: &Vec<Reference>| goods.len() > 1 || goods.iter().any(|one| one.quantity.is_some());
    let is_it = |one: &Reference| one.which == Which::It;
    let are_meant = goods.iter().any(is_sure) && !goods.iter().flatten().any(is_it);
    are_meant.then(|| goods.concat())
}

/// The options that a short clause names, and nothing else.
fn loose_options(clause: &[String]) -> Option<Vec<String>> {
    reference::options(clause).filter(|options| options.len() <= MAX_LOOSE_OPTIONS)
}

/// The options that an answer to "which one?" names: `the moss one, M`; `None` where it asks something or is too long.
pub fn choice(message: &str) -> Option<Vec<String>> {
    if message.len() > MAX_MESSAGE_BYTES || message.trim_end().ends_with('?') {
        return None;
    }
    reference::options(&clauses(message).concat())
}

/// What an answer to "which product?" points at: `the second one`, `the Pip, in blue`; `None` where it asks something or is too
/// long.
pub fn pointed(message: &str) -> Option<Reference> {
    if message.trim_end().ends_with('?') {
        return None;
    }
    match read(&format!("add {message}"))? {
        Action::Add(what) => Some(what),
        _ => None,
    }
}

/// What a clause means: two that a joining word holds together, else one.
fn read_clause(clause: &[String]) -> Option<Vec<Meant>> {
    if clause.len() > MAX_CLAUSE_WORDS {
        return None;
    }
    let joins = |place: &usize| GRAMMAR.joins(&clause[*place]);
    let joined = (1..clause.len().saturating_sub(1)).filter(joins).find_map(|place| {
        let mut meant = vec![GRAMMAR.read(&clause[..place])?];
        let rest = GRAMMAR.bare(&clause[place + 1..]);
        match condition::whole(rest).filter(|_| meant[0].goes_back()) {
            Some(condition) => meant.push(Meant::in_condition(condition)),
            None if rest.is_empty() => {}
            None => meant.extend(read_clause(rest)?),
        }
        Some(meant)
    });
    let joined = joined.or_else(|| returned_as_it_is(clause));
    joined.or_else(|| GRAMMAR.read(clause).map(|meant| vec![meant]))
}

/// Something that goes back with its condition behind it: `return the headphones that are still in the box`.
fn returned_as_it_is(clause: &[String]) -> Option<Vec<Meant>> {
    (1..clause.len()).find_map(|place| {
        let condition = condition::whole(&clause[place..])?;
        let meant = GRAMMAR.read(&clause[..place]).filter(Meant::goes_back)?;
        Some(vec![meant, Meant::in_condition(condition)])
    })
}

/// One action with what the other clauses add to it, or several small ones.
fn assemble(meant: Vec<Meant>) -> Option<Action> {
    let (mut actions, mut reason, mut wanted) = (Vec::new(), None, Vec::new());
    let (mut price, mut until, mut refund_to, mut condition) = (None, None, None, None);
    let mut wrong = None;
    for Meant { kind, captured } in meant {
        match kind {
            Kind::Reason => reason = captured.text(),
            Kind::Instead => wanted = captured.options(),
            Kind::AtPrice => price = captured.amount(),
            Kind::Until => until = captured.until(),
            Kind::RefundTo => refund_to = captured.text(),
            Kind::Condition => condition = captured.condition(),
            Kind::Complaint => {
                reason = captured.text();
                wrong = captured.thing();
            }
            Kind::Buy => actions.push((Kind::Add, captured)),
            kind => actions.push((kind, captured)),
        }
    }
    let has_more = reason.is_some() || !wanted.is_empty() || condition.is_some();
    if let Some(numbers) = called_off(&actions)
        && wanted.is_empty()
        && refund_to.is_none()
    {
        return Some(Action::Cancel(OrderReference::Numbers(numbers)));
    }
    let is_small = !has_more && price.is_none() && until.is_none() && refund_to.is_none();
    let (kind, captured) = match (actions.pop(), actions.is_empty()) {
        (Some(only), true) => only,
        (Some(last), false) if is_small => return each(actions, &last),
        (None, _) if !has_more && price.is_none() && until.is_none() => {
            return refund_to.map(Action::RefundTo);
        }
        // "It does not fit, I want it in L" asks for another one without saying so.
        (None, _)
            if !wanted.is_empty()
                && reason.is_some()
                && price.is_none()
                && until.is_none()
                && refund_to.is_none() =>
        {
            let what = wrong.unwrap_or_else(it);
            return Some(Action::Exchange { what, order: None, wanted, reason, condition });
        }
        _ => return None,
    };
    let takes_several = matches!(kind, Kind::Add | Kind::AddToOrder | Kind::Remove | Kind::Return);
    if captured.several().is_some() && !takes_several {
        return None;
    }
    if let (Kind::Add, Some(at), false) = (kind, &price, has_more) {
        // "Buy it, when it drops below 30" is no order to buy it now.
        return Some(Action::SetMandate { what: pieces(&captured)?, at: at.clone(), until });
    }
    if let (Kind::Mandate, None, false) = (kind, &price, has_more) {
        let (what, at) = (pieces(&captured)?, captured.amount()?);
        return Some(Action::SetMandate { what, at, until: until.or_else(|| captured.until()) });
    }
    let has_more = has_more || price.is_some() || until.is_some();
    match kind {
        Kind::Return if !wanted.is_empty() && refund_to.is_none() && captured.several().is_none() => {
            let what = captured.thing().or(wrong).unwrap_or_else(it);
            Some(Action::Exchange { what, order: captured.order(), wanted, reason, condition })
        }
        Kind::Return | Kind::ReturnAll if wanted.is_empty() => {
            let said = captured.text();
            let mut several = captured.several().unwrap_or_default().iter().cloned();
            let all = (kind == Kind::ReturnAll).then(all);
            let what = all.or(captured.thing()).or(several.next()).or(wrong).unwrap_or_else(it);
            let (also, order) = (several.collect(), captured.order());
            let reason = reason.or(said);
            Some(Action::Return { what, also, order, reason, refund_to, condition })
        }
        Kind::Exchange => {
            let said = captured.options();
            let wanted = if wanted.is_empty() { said } else { wanted };
            let is_plain = refund_to.is_none();
            let what = captured.thing().filter(|_| is_plain)?;
            Some(Action::Exchange { what, order: captured.order(), wanted, reason, condition })
        }
        // The reason of a cancellation is the shopper's own affair.
        Kind::Cancel if wanted.is_empty() && refund_to.is_none() => {
            Some(Action::Cancel(captured.order().unwrap_or(OrderReference::It)))
        }
        Kind::TakeOut if wanted.is_empty() && refund_to.is_none() => {
            let order = captured.order().unwrap_or(OrderReference::Mine);
            Some(Action::TakeOut { what: captured.thing()?, order })
        }
        _ if has_more || refund_to.is_some() => None,
        kind => simple(kind, &captured),
    }
}

/// The numbers of several orders that are called off one by one.
fn called_off(actions: &[(Kind, Captured)]) -> Option<Vec<String>> {
    let number = |(kind, captured): &(Kind, Captured)| match captured.order()? {
        OrderReference::Number(number) if *kind == Kind::Cancel => Some(number),
        _ => None,
    };
    let numbers: Vec<String> = actions.iter().map(number).collect::<Option<_>>()?;
    (numbers.len() > 1).then_some(numbers)
}

/// Small actions in the order in which they were said; `None` where one of them is no small one.
fn each(first: Vec<(Kind, Captured)>, (kind, captured): &(Kind, Captured)) -> Option<Action> {
    let is_small =
        |kind: Kind| matches!(kind, Kind::Add | Kind::AddAll | Kind::AddBoth | Kind::Remove | Kind::Coupon);
    if !first.iter().all(|(kind, _)| is_small(*kind)) || !is_small(*kind) && *kind != Kind::Checkout {
        return None;
    }
    let mut actions = Vec::new();
    for (kind, captured) in first.iter().map(|(kind, captured)| (*kind, captured)).chain([(*kind, captured)])
    {
        match simple(kind, captured)? {
            Action::Each(each) => actions.extend(each),
            action => actions.push(action),
        }
    }
    Some(Action::Each(actions))
}

/// All of it.
fn all() -> Reference {
    Reference { which: Which::All, options: Vec::new(), quantity: None }
}

/// The same with each of several things; options that were said behind them are of the last one.
fn with_each(captured: &Captured, action: impl Fn(Reference) -> Action) -> Option<Action> {
    let Some(several) = captured.several() else { return captured.what().map(action) };
    let mut several = several.to_vec();
    several.last_mut()?.options.extend(captured.options());
    Some(Action::Each(several.into_iter().map(action).collect()))
}

/// What was talked about last.
fn it() -> Reference {
    Reference { which: Which::It, options: Vec::new(), quantity: None }
}

/// What is bought, and how many: "two" alone are two of what is talked about.
fn pieces(captured: &Captured) -> Option<Reference> {
    let named = captured.what().map(|what| match &what.which {
        Which::Named(name) => slot::number(std::slice::from_ref(name))
            .map_or(what.clone(), |number| Reference { quantity: Some(number), ..it() }),
        _ => what,
    });
    let what = match (named, captured.number()) {
        (Some(what), None) => what,
        (what, Some(number)) => Reference { quantity: Some(number), ..what.unwrap_or_else(it) },
        (None, None) => return None,
    };
    Some(what)
}

/// How many are meant, where that is more than one.
fn several_of(captured: &Captured) -> Option<u32> {
    captured.number().and_then(|number| u32::try_from(number).ok()).filter(|number| *number > 1)
}

fn wished(captured: &Captured) -> Wished {
    captured.what().map_or(Wished::Mine, Wished::On)
}

fn simple(kind: Kind, captured: &Captured) -> Option<Action> {
    Some(match kind {
        Kind::Add => with_each(captured, Action::Add)?,
        Kind::AddToOrder => {
            let what = match with_each(captured, Action::Add)? {
                Action::Each(actions) => actions,
                action => vec![action],
            };
            let what = what.iter().filter_map(Action::thing).cloned().collect();
            Action::AddToOrder { what, order: captured.order()? }
        }
        Kind::AddAll => Action::Add(all()),
        Kind::AddBoth => Action::Add(Reference { quantity: Some(2), ..all() }),
        Kind::Remove => with_each(captured, Action::Remove)?,
        Kind::Reorder => Action::Reorder { what: captured.what(), order: captured.order() },
        Kind::CancelAll => Action::Cancel(OrderReference::All),
        Kind::CancelSoMany => Action::Cancel(OrderReference::SoMany(several_of(captured)?)),
        Kind::CancelNewest => Action::Cancel(OrderReference::Newest(several_of(captured)?)),
        Kind::CancelBoth => Action::Cancel(OrderReference::These(Some(2))),
        Kind::CancelThese => {
            let many = captured.number().map(|_| several_of(captured).ok_or(())).transpose().ok()?;
            Action::Cancel(OrderReference::These(many))
        }
        Kind::CancelNumbers => Action::Cancel(captured.order()?),
        Kind::Quantity => {
            let Some(Filled::Number(quantity)) = captured.find(|filled| matches!(filled, Filled::Number(_)))
            else {
                return None;
            };
            let what = captured.what()?;
            Action::SetQuantity(crate::Reference { quantity: Some(*quantity), ..what })
        }
        Kind::Coupon => Action::AddCoupon { code: captured.code()? },
        Kind::Withdraw => Action::Withdraw { what: captured.what(), order: captured.order(), is_named: true },
        Kind::Keep => Action::Withdraw { what: captured.what(), order: captured.order(), is_named: false },
        Kind::Cart => Action::ShowCart,
        Kind::Checkout => Action::Checkout,
        Kind::Orders => Action::ListOrders,
        Kind::Order => Action::ShowOrder(captured.order()?),
        Kind::Expect => Action::Expect(captured.order()?),
        Kind::Readdress => {
            Action::Readdress { order: captured.order().unwrap_or(OrderReference::Mine), to: None }
        }
        Kind::Pieces => Action::Pieces(captured.number()?),
        Kind::More => captured.number().map_or(Action::OneMore, Action::More),
        Kind::Empty => Action::EmptyCart,
        Kind::DropCoupon => Action::DropCoupon { code: captured.code() },
        Kind::Alerts => Action::ListAlerts,
        Kind::DropAlert => Action::DropAlert(wished(captured)),
        Kind::DropAlerts => Action::DropAlert(Wished::All),
        Kind::DropMandate => Action::DropMandate(wished(captured)),
        Kind::DropMandates => Action::DropMandate(Wished::All),
        Kind::Alert => Action::SetAlert { what: captured.what()?, at: captured.amount()? },
        Kind::Cancel
        | Kind::Buy
        | Kind::Condition
        | Kind::Return
        | Kind::ReturnAll
        | Kind::RefundTo
        | Kind::TakeOut
        | Kind::Exchange
        | Kind::Mandate
        | Kind::AtPrice
        | Kind::Redirect
        | Kind::Until
        | Kind::Reason
        | Kind::Instead
        | Kind::Yes
        | Kind::No
        | Kind::Complaint
        | Kind::Again(_) => {
            return None;
        }
    })
}
