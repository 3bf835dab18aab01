//! What came of calls.

use agent::{Approval, Failure, Fate, Key, Line, Private, Role};
use checkout::OrderId;
use checkout::tool::{Effect, ToolName};
use sessions::Asked;
use store::StoreError;
use wire::Confirm;

use super::{Guide, Step, Telling, news};
use crate::desk::TAKEN_BACK;
use crate::remembered::{Asking, Remembered};
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
        if let Some(said) = asked.said() {
            self.listen(&mut Said::of(said), &mut remembered);
        }
        let asking = remembered.asking.take();
        remembered.pending = None;
        remembered.action = None;
        let called: Vec<Key> =
            asked.lines.iter().filter(|line| !news::is_about(line)).filter_map(called).collect();
        let is_meant = |key: &Key| called.contains(key) || waiting(asked).any(|(of, _)| of == *key);
        let own = |(key, approval): &&(Key, Approval)| approval.by == Role::Shopper && is_meant(key);
        if let Some((key, approval)) = asked.questions.iter().find(own) {
            let text = asked.words.text(&approval.text).unwrap_or_default().to_owned();
            let confirm = Confirm {
                id: key.to_string(),
                digest: approval.digest.to_string(),
                text: text.clone(),
                expires_at: rfc3339(approval.expires_at),
            };
            let is_changed = waiting(asked).any(|(of, _)| of == *key);
            let text = if is_changed { format!("{CHANGED}\n{text}") } else { text };
            let telling = Telling { confirm: Some(confirm), ..Telling::say(text, remembered) };
            return Ok(Step::Tell(Box::new(telling)));
        }
        if waiting(asked).any(|(_, by)| by == Role::Staff) {
            return Ok(Step::Tell(Box::new(Telling::say(PASSED_ON, remembered))));
        }
        let own = asked.lines.iter().filter(|line| !news::is_about(line));
        let ended: Vec<Ended> = own.filter_map(|line| ended(asked, line)).collect();
        if !ended.is_empty() && ended.iter().all(Ended::is_on_the_way) {
            let around = Surroundings::load(&self.counter, party, &remembered).await?;
            return self.buy(&around, &remembered).await;
        }
        remembered.asking = asking.filter(|asking| stays_open(*asking, &ended));
        Ok(Step::Tell(Box::new(self.sum_up(ended, remembered))))
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

    fn sum_up(&self, ended: Vec<Ended>, mut remembered: Remembered) -> Telling {
        let mut telling = Telling::say(String::new(), Remembered::default());
        let mut texts = Vec::new();
        for Ended { tool, outcome, is_done } in ended {
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
}

/// Whether what was asked on the way to an order can still be answered after these calls.
fn stays_open(asking: Asking, ended: &[Ended]) -> bool {
    let is_small = |ended: &Ended| ended.tool.is_none_or(|tool| tool.effect() != Effect::Irreversible);
    matches!(asking, Asking::Address | Asking::Delivery | Asking::Payment) && ended.iter().all(is_small)
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

fn rfc3339(at: agent::Time) -> String {
    jiff::Timestamp::from_millisecond(at.millis()).map(|at| at.to_string()).unwrap_or_default()
}
