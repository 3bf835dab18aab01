//! What came of calls.

use action::{Action, Subject, read};
use agent::{Approval, Failure, Fate, Item, Key, Line, Private, Role};
use checkout::tool::{Effect, ToolName};
use checkout::{OrderId, Refusal};
use serde_json::{Value, json};
use sessions::Asked;
use store::StoreError;
use wire::Confirm;

use super::{Guide, Step, Telling, news};
use crate::desk::TAKEN_BACK;
use crate::remembered::{Asking, Batch, Remembered};
use crate::said::Said;
use crate::scene::Surroundings;
use crate::{Outcome, Party};

const DENIED: &str = "All right, I have not done that.";
const EXPIRED: &str = "You did not answer in time, so nothing was done.";
const NOT_NOW: &str = "That did not work just now, and nothing was done. Please try again.";
const UNKNOWN: &str = "I could not find out whether that was done. Somebody of the shop will look into it.";
const PASSED_ON: &str =
    "Thank you. Somebody of the shop looks at this before it is done; I tell you here what comes of it.";
const CHANGED: &str = "The shop has changed what you asked for. Please read it and say yes or no.";
const REFUSED: &str = "The shop has looked at what you asked for and did not agree, so nothing was done.";
const NOT_LOOKED_AT: &str =
    "Nobody of the shop has looked at what you asked for in time, so nothing was done.";
const NOT_HERE: &str = "I cannot do that here.";

const STILL_OPEN: &str = "This still waits for your yes.";
const ANSWERED: &str = "You have answered that already.";

/// How one call ended.
struct Ended {
    tool: Option<ToolName>,
    outcome: Outcome,
    is_done: bool,
}

impl Guide {
    /// Tells how calls ended, asks what a person is to say yes to, or goes on with buying.
    pub(super) async fn report(&self, asked: &Asked, party: &Party) -> Result<Step, StoreError> {
        let mut remembered = self.recall(asked);
        let before = Remembered::of(asked);
        if let Some(said) = asked.said() {
            self.listen(&mut Said::of(said), &mut remembered);
        }
        let asking = remembered.asking.take();
        remembered.pending = None;
        remembered.action = None;
        remembered.batch = Batch::default();
        let called: Vec<Key> =
            asked.lines.iter().filter(|line| !news::is_about(line)).filter_map(called).collect();
        let is_meant = |key: &Key| called.contains(key) || waiting(asked).any(|(of, _)| of == *key);
        let own = |(key, approval): &&(Key, Approval)| approval.by == Role::Shopper && is_meant(key);
        if let Some((key, approval)) = asked.questions.iter().find(own) {
            let text = asked.words.text(&approval.text).unwrap_or_default().to_owned();
            let confirm = confirm(key, approval, &text);
            let is_changed = waiting(asked).any(|(of, _)| of == *key);
            let text = match outdated(asked) {
                _ if is_changed => format!("{CHANGED}\n{text}"),
                Some(_) => format!("{}\n{text}", Refusal::SummaryOutdated),
                None => text,
            };
            let telling = Telling { confirm: Some(confirm), ..Telling::say(text, remembered) };
            return Ok(Step::Tell(Box::new(telling)));
        }
        if waiting(asked).any(|(_, by)| by == Role::Staff) {
            return Ok(Step::Tell(Box::new(Telling::say(PASSED_ON, remembered))));
        }
        if let Some(step) = self.ask_anew(asked, party, &remembered).await? {
            return Ok(step);
        }
        let own = asked.lines.iter().filter(|line| !news::is_about(line));
        let ended: Vec<Ended> = own.filter_map(|line| ended(asked, line)).collect();
        let waiting = waiting_call(asked, ToolName::PlaceOrder);
        let is_revised = waiting.is_some() && ended.iter().all(Ended::is_on_cart);
        let is_step = |ended: &Ended| ended.is_on_cart() || ended.is_on_the_way();
        let is_on_cart = !ended.is_empty() && ended.iter().all(is_step);
        let asks =
            is_on_cart && (self.asks_to_pay(asked) || self.answers_to_pay(asked, party, before).await?);
        let goes_on = is_revised || asks;
        if !ended.is_empty() && (ended.iter().all(Ended::is_on_the_way) || goes_on) {
            let around = Surroundings::load(&self.counter, party, &remembered).await?;
            let pay_with = waiting.and_then(|input| input.get("pay_with")).cloned();
            let next = self.buy(&around, pay_with, &remembered).await?;
            return Ok(if asks { self.after_goods(ended, next) } else { next });
        }
        remembered.asking = asking.filter(|asking| stays_open(*asking, &ended));
        Ok(Step::Tell(Box::new(self.sum_up(ended, remembered))))
    }

    /// The next thing to ask on the way to paying, behind what became of the goods that were named in the same message.
    fn after_goods(&self, ended: Vec<Ended>, next: Step) -> Step {
        let Step::Tell(telling) = next else { return next };
        let goods: Vec<Ended> = ended.into_iter().filter(Ended::is_on_cart).collect();
        let told = self.sum_up(goods, telling.remembered.clone());
        let remembered = Remembered { asking: telling.remembered.asking, ..told.remembered };
        let text = format!("{}\n{}", told.text, telling.text);
        Step::Tell(Box::new(Telling { text, cart: told.cart, remembered, ..*telling }))
    }

    /// Whether a message that changes the cart ends with the wish to pay: "add the mug and check out".
    fn asks_to_pay(&self, asked: &Asked) -> bool {
        let Some(said) = asked.said().map(Said::of) else { return false };
        match read(&self.answerer.in_english(&said.text, said.locale.as_deref())) {
            Some(Action::Each(actions)) => actions.last() == Some(&Action::Checkout),
            _ => false,
        }
    }

    /// Whether a message has said which goods were meant by an earlier one that ends with the wish to pay: what was called in this turn is
    /// what that answer calls.
    async fn answers_to_pay(
        &self,
        asked: &Asked,
        party: &Party,
        mut before: Remembered,
    ) -> Result<bool, StoreError> {
        let asking = before.asking.take();
        let is_open = matches!(asking, Some(Asking::Variant | Asking::Product | Asking::NewOrder));
        let ends = asking == Some(Asking::NewOrder) || before.batch.rest.last() == Some(&Action::Checkout);
        let Some(said) = asked.said().map(Said::of).filter(|_| is_open && ends) else { return Ok(false) };
        let english = self.answerer.in_english(&said.text, said.locale.as_deref());
        let answer = self.answered(party, asking, [&said.text, &english], &before).await?;
        let Some(Step::Call(wishes)) = answer else { return Ok(false) };
        let mut called = asked.lines.iter().filter_map(|line| match line {
            Line::Called { tool, input, .. } if !news::is_about(line) => {
                Some((tool, asked.words.value(input)?))
            }
            _ => None,
        });
        Ok(wishes.iter().all(|wish| called.any(|call| call == (&wish.tool, &wish.input))))
    }

    /// Asks for a yes to the summary as it is now, where the one that had a yes was out of date.
    async fn ask_anew(
        &self,
        asked: &Asked,
        party: &Party,
        remembered: &Remembered,
    ) -> Result<Option<Step>, StoreError> {
        let Some((tool, input)) = outdated(asked) else { return Ok(None) };
        let has_called = |name: ToolName| {
            let is_it =
                |line: &Line| matches!(line, Line::Called { tool, .. } if tool.as_str() == name.as_str());
            asked.lines.iter().any(is_it)
        };
        if has_called(tool) {
            return Ok(None);
        }
        if tool == ToolName::PlaceOrder && !has_called(ToolName::AcceptPrices) {
            let around = Surroundings::load(&self.counter, party, remembered).await?;
            if around.cart.as_ref().is_some_and(|(_, quote)| !quote.price_changes.is_empty()) {
                let input = json!({ "cart": around.cart_id });
                return self.call(party, (ToolName::AcceptPrices, input), remembered).await.map(Some);
            }
        }
        self.call(party, (tool, input), remembered).await.map(Some)
    }

    /// What was remembered, with what was proved by a call of this turn that was carried out.
    fn recall(&self, asked: &Asked) -> Remembered {
        let mut remembered = Remembered::of(asked);
        for line in &asked.lines {
            let Line::Called { key, input, .. } = line else { continue };
            let is_done = asked.lines.iter().any(
                |line| matches!(line, Line::Settled { key: of, fate: Fate::Done { .. }, .. } if of == key),
            );
            if !is_done {
                continue;
            }
            let proof = asked.words.value(input).and_then(|input| input.get("proof"));
            if let Some(proof) = proof.and_then(|proof| serde_json::from_value(proof.clone()).ok()) {
                remembered.proof = Some(proof);
            }
        }
        remembered
    }

    /// Shows what waits for a yes once more; `None` where nothing does.
    pub(super) fn repeat(&self, asked: &Asked, remembered: &Remembered) -> Option<Step> {
        let is_open =
            |(key, approval): &&(Key, Approval)| approval.by == Role::Shopper && !is_over(asked, *key);
        let (key, approval) = asked.questions.iter().rfind(is_open)?;
        let text = asked.words.text(&approval.text)?.to_owned();
        let confirm = Some(confirm(key, approval, &text));
        let text = format!("{STILL_OPEN}\n{text}");
        Some(Step::Tell(Box::new(Telling { confirm, ..Telling::say(text, remembered.clone()) })))
    }

    /// What became of a question that was answered once more.
    pub(super) async fn became(
        &self,
        asked: &Asked,
        key: &str,
        mut remembered: Remembered,
    ) -> Result<Option<Step>, StoreError> {
        let Ok(key) = key.parse().map(Key) else { return Ok(None) };
        let past = asked.context.items.iter().rev().filter_map(|item| match item {
            Item::Past(line) => Some(line),
            _ => None,
        });
        let settled = past.filter(|line| matches!(line, Line::Settled { key: of, .. } if *of == key));
        let mut ended = settled.filter_map(|line| ended(asked, line)).next();
        // The books know what was done, and how it is now.
        let own = checkout::Key::parse(&key.idempotency(&asked.session));
        if let Some(own) = own
            && let store::Fate::Done(line) = self.counter.books.fate(&own).await?
        {
            let outcome = Outcome::of_ledger(&self.counter, &line).await;
            ended = Some(Ended { tool: ToolName::parse(&line.tool), outcome, is_done: true });
        }
        let Some(ended) = ended else { return Ok(None) };
        let asking = remembered.asking.take();
        let telling = self.sum_up(vec![ended], remembered);
        let remembered = Remembered { asking: telling.remembered.asking.or(asking), ..telling.remembered };
        let text = format!("{ANSWERED}\n{}", telling.text);
        Ok(Some(Step::Tell(Box::new(Telling { text, remembered, ..telling }))))
    }

    fn sum_up(&self, ended: Vec<Ended>, mut remembered: Remembered) -> Telling {
        let mut telling = Telling::say(String::new(), Remembered::default());
        let mut texts = Vec::new();
        for Ended { tool, outcome, is_done } in ended {
            remembered.subject = tool.and_then(subject).or(remembered.subject);
            if !texts.contains(&outcome.text) {
                texts.push(outcome.text);
            }
            if let Some(order) = outcome.orders.first() {
                remembered.order = OrderId::parse(&order.id);
                let is_one =
                    matches!(tool, Some(ToolName::PlaceOrder | ToolName::RetryPayment | ToolName::ShowOrder));
                if is_one && order.status == "placed" && order.challenge_url.is_none() {
                    remembered.asking = Some(Asking::Payment);
                }
            }
            if let Some(product) = outcome.product.filter(|_| is_done) {
                remembered.focus = Some(product);
            }
            telling.cart = outcome.cart.or(telling.cart);
            telling.orders.extend(outcome.orders);
        }
        let text = if texts.is_empty() { NOT_HERE.to_owned() } else { texts.join("\n") };
        Telling { text, remembered, ..telling }
    }
}

impl Ended {
    /// Whether it was a step on the way to an order, which goes on with the next one.
    fn is_on_the_way(&self) -> bool {
        let is_step = matches!(
            self.tool,
            Some(
                ToolName::AcceptPrices
                    | ToolName::SetCartAddress
                    | ToolName::SetCartContact
                    | ToolName::ChooseShipping
            )
        );
        is_step && self.is_done
    }

    /// Whether it has changed what is in the cart.
    fn is_on_cart(&self) -> bool {
        self.is_done && self.tool.and_then(subject) == Some(Subject::Cart)
    }
}

/// What a call deals with.
fn subject(tool: ToolName) -> Option<Subject> {
    match tool {
        ToolName::ShowCart
        | ToolName::AddToCart
        | ToolName::SetCartQuantity
        | ToolName::SwapInCart
        | ToolName::AddCoupon
        | ToolName::DropCoupon => Some(Subject::Cart),
        ToolName::PlaceOrder
        | ToolName::RetryPayment
        | ToolName::ShowOrder
        | ToolName::ListOrders
        | ToolName::CancelOrder
        | ToolName::ChangeOrderAddress
        | ToolName::ChangeOrderItems
        | ToolName::ChangeOrderPayment
        | ToolName::ReturnItems
        | ToolName::ExchangeItems
        | ToolName::WithdrawReturn => Some(Subject::Order),
        ToolName::ListAlerts
        | ToolName::SetAlert
        | ToolName::DropAlert
        | ToolName::GiveMandate
        | ToolName::RevokeMandate => Some(Subject::Wishes),
        _ => None,
    }
}

/// Whether a call of a tool waits for the shopper's yes.
pub(super) fn waits_for(asked: &Asked, tool: ToolName) -> bool {
    waiting_call(asked, tool).is_some()
}

/// The input of the newest call of a tool that waits for the shopper's yes.
pub(super) fn waiting_call(asked: &Asked, tool: ToolName) -> Option<&Value> {
    let own = asked.questions.iter().rev().filter(|(_, approval)| approval.by == Role::Shopper);
    let open = own.map(|(key, _)| *key).filter(|key| !is_over(asked, *key));
    open.filter_map(|key| call_of(asked, key)).find_map(|(called, input)| (called == tool).then_some(input))
}

/// Whether what a question is about was done by another yes: the cart is an order by then, these goods were sent back, or these
/// orders were called off.
fn is_over(asked: &Asked, key: Key) -> bool {
    let Some((tool, input)) = call_of(asked, key) else { return false };
    let done = lines(asked).filter_map(|line| match line {
        Line::Settled { key: of, fate: Fate::Done { .. }, .. } if *of != key => call_of(asked, *of),
        _ => None,
    });
    done.into_iter().any(|(other, known)| other == tool && is_same_affair(tool, input, known))
}

/// Whether two calls of a tool do the same, in other ways: another delivery, another way for the money.
fn is_same_affair(tool: ToolName, one: &Value, other: &Value) -> bool {
    let variants = |input: &Value| -> Vec<Value> {
        let items = input["items"].as_array();
        items.into_iter().flatten().map(|item| item["variant"].clone()).collect()
    };
    match tool {
        ToolName::PlaceOrder => one["cart"] == other["cart"],
        ToolName::ReturnItems => one["order"] == other["order"] && variants(one) == variants(other),
        ToolName::CancelOrder => {
            let orders = |input: &Value| -> Vec<Value> {
                let also = input["also"].as_array().into_iter().flatten().cloned();
                also.chain([input["order"].clone()]).collect()
            };
            let done = orders(other);
            orders(one).iter().all(|order| done.contains(order))
        }
        _ => false,
    }
}

/// The tool of a call and its input.
fn call_of(asked: &Asked, wanted: Key) -> Option<(ToolName, &Value)> {
    lines(asked).find_map(|line| match line {
        Line::Called { key, tool, input, .. } if *key == wanted => {
            Some((ToolName::parse(tool.as_str())?, asked.words.value(input)?))
        }
        _ => None,
    })
}

/// The lines of earlier turns that are still known, and of this one.
fn lines(asked: &Asked) -> impl Iterator<Item = &Line> {
    let past = asked.context.items.iter().filter_map(|item| match item {
        Item::Past(line) => Some(line),
        _ => None,
    });
    past.chain(&asked.lines)
}

/// Whether what was asked on the way to an order can still be answered after these calls.
fn stays_open(asking: Asking, ended: &[Ended]) -> bool {
    let is_small = |ended: &Ended| ended.tool.is_none_or(|tool| tool.effect() != Effect::Irreversible);
    matches!(asking, Asking::Address | Asking::Delivery | Asking::Payment) && ended.iter().all(is_small)
}

/// A call of an earlier turn whose summary was out of date when its yes came.
fn outdated(asked: &Asked) -> Option<(ToolName, Value)> {
    let words = [Refusal::SummaryOutdated, Refusal::PricesChanged].map(|refusal| refusal.to_string());
    let (key, tool) = asked.lines.iter().find_map(|line| match line {
        Line::Settled { key, tool, fate: Fate::Failed(Failure::Refused { why }), .. }
            if asked.words.text(why).is_some_and(|why| words.iter().any(|known| known == why)) =>
        {
            Some((*key, ToolName::parse(tool.as_str())?))
        }
        _ => None,
    })?;
    let input = asked.context.items.iter().find_map(|item| match item {
        Item::Past(Line::Called { key: of, input, .. }) if *of == key => asked.words.value(input),
        _ => None,
    })?;
    Some((tool, input.clone()))
}

fn called(line: &Line) -> Option<Key> {
    match line {
        Line::Called { key, .. } => Some(*key),
        _ => None,
    }
}

/// Calls that wait for somebody, as this turn has to tell.
fn waiting(asked: &Asked) -> impl Iterator<Item = (Key, Role)> {
    asked.lines.iter().filter_map(|line| match line {
        Line::Waiting { key, by, .. } => Some((*key, *by)),
        _ => None,
    })
}

fn ended(asked: &Asked, line: &Line) -> Option<Ended> {
    let (tool, fate, is_reviewed) = match line {
        Line::Settled { tool, fate, is_reviewed, .. } => (tool, fate, *is_reviewed),
        Line::Refused { .. } => {
            return Some(Ended { tool: None, outcome: Outcome::say(NOT_HERE), is_done: false });
        }
        _ => return None,
    };
    let words = |private: &Private| asked.words.text(private).unwrap_or(NOT_NOW).to_owned();
    let outcome = match fate {
        Fate::Done { output, .. } => output
            .as_ref()
            .and_then(|output| asked.words.value(output))
            .map_or_else(|| Outcome::say("That is done."), Outcome::of),
        Fate::Failed(Failure::Refused { why }) => Outcome::say(words(why)),
        Fate::Failed(Failure::Denied) => Outcome::say(if is_reviewed { REFUSED } else { DENIED }),
        Fate::Failed(Failure::Expired) => Outcome::say(if is_reviewed { NOT_LOOKED_AT } else { EXPIRED }),
        Fate::Compensated if is_reviewed => Outcome::say(TAKEN_BACK),
        Fate::Failed(_) | Fate::Compensated => Outcome::say(NOT_NOW),
        Fate::Abandoned => Outcome::say(UNKNOWN),
    };
    let is_done = matches!(fate, Fate::Done { .. });
    Some(Ended { tool: ToolName::parse(tool.as_str()), outcome, is_done })
}

fn confirm(key: &Key, approval: &Approval, text: &str) -> Confirm {
    Confirm {
        id: key.to_string(),
        digest: approval.digest.to_string(),
        text: text.to_owned(),
        expires_at: rfc3339(approval.expires_at),
    }
}

fn rfc3339(at: agent::Time) -> String {
    jiff::Timestamp::from_millisecond(at.millis()).map(|at| at.to_string()).unwrap_or_default()
}
