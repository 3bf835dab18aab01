//! The actions of a task through the tools: each is a call with JSON, is shown as a summary, gets its yes, is decided,
//! and its payments are answered.

use checkout::payment::{PaymentAnswer, PaymentCommand, outstanding};
use checkout::policy::Proving;
use checkout::query::{Query, View, answer};
use checkout::tool::{Call, Fresh, call};
use checkout::{
    Actor, Change, Command, Confirmation, GuestId, Key, PersonProof, Policy, Refusal, Request, State, apply,
    decide, preview,
};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::world::{Action, Index, Task, World};

/// What came of a task.
pub(super) struct Replayed {
    pub(super) state: State,
    /// Names of actions that were refused, with the code.
    pub(super) refused: Vec<(String, String)>,
}

impl Replayed {
    pub(super) fn refused_actions(&self) -> Vec<String> {
        self.refused.iter().map(|(name, _)| name.clone()).collect()
    }
}

/// A conversation with one person.
struct Conversation<'a> {
    world: &'a World,
    index: Index,
    policy: &'a Policy,
    state: State,
    actor: Actor,
    count: usize,
}

/// Replays the actions of a task.
pub(super) fn replay(world: &World, state: State, policy: &Policy, task: &Task) -> Replayed {
    let actor = nobody();
    let mut talk = Conversation { world, index: world.index(), policy, state, actor, count: 0 };
    let mut refused = Vec::new();
    for action in task.actions() {
        if let Err(code) = talk.act(action) {
            refused.push((action.name.clone(), code));
        }
    }
    Replayed { state: talk.state, refused }
}

/// Somebody who has not said who they are.
pub(super) fn nobody() -> Actor {
    Actor::Guest { session: GuestId::parse("a session").expect("a short text"), proof: None }
}

/// A moment after all that the world knows.
pub(super) fn now() -> Timestamp {
    Timestamp::from_second(1_750_000_000).expect("a moment in 2025")
}

/// Reads the summary, says yes to it, and decides.
pub(super) fn confirmed(
    state: &State,
    policy: &Policy,
    actor: &Actor,
    key: &str,
    command: &Command,
) -> Result<Vec<Change>, Refusal> {
    let key = Key::parse(key).expect("a short text");
    let (actor, command) = (actor.clone(), command.clone());
    let mut request = Request { key, actor, at: now(), command, confirmation: None };
    let summary = preview(state, policy, &request)?;
    request.confirmation = Some(Confirmation { digest: summary.digest });
    decide(state, policy, &request)
}

impl Conversation<'_> {
    fn act(&mut self, action: &Action) -> Result<(), String> {
        if action.name.starts_with("find_user_id") {
            // A shopper who is not found is asked again; that is no refusal of an action.
            self.identify(&proof(action));
            return Ok(());
        }
        let Some((tool, input)) = self.call_of(action) else { return Ok(()) };
        if self.actor == nobody() {
            self.identify_owner(action);
        }
        self.count += 1;
        match call(tool, input, fresh(self.count)).map_err(|fault| fault.to_string())? {
            Call::Query(query) => {
                // What is looked up and not found changes nothing, so no task depends on it.
                let _ = self.look(&query);
                Ok(())
            }
            Call::Command(command) => {
                let key = format!("action {}", self.count);
                let changes = confirmed(&self.state, self.policy, &self.actor, &key, &command);
                for change in &changes.map_err(|refusal| refusal.code().to_owned())? {
                    apply(&mut self.state, change);
                }
                settle(&mut self.state, self.policy);
                Ok(())
            }
        }
    }

    fn look(&self, query: &Query) -> Result<(), Refusal> {
        answer(&self.state, self.policy, &self.actor, now(), query).map(|_| ())
    }

    fn identify(&mut self, proof: &PersonProof) {
        let query = Query::FindShopper(proof.clone());
        if let Ok(View::Shopper(id)) = answer(&self.state, self.policy, &self.actor, now(), &query) {
            self.actor = Actor::Shopper(id);
        }
    }

    /// Tasks may leave the finding of the user out: then whoever an action is about gives their e-mail address.
    fn identify_owner(&mut self, action: &Action) {
        let order = self.world.orders.get(action.text("order_id"));
        let user = order.map_or(action.text("user_id"), |order| &order.user_id);
        debug_assert!(
            self.policy.identity.shopper.contains(&Proving::Email),
            "the rules know people by e-mail"
        );
        if let Some(user) = self.world.users.get(user) {
            self.identify(&PersonProof::Email(user.email.clone()));
        }
    }

    /// The tool and its input; `None` for what is no action on the shop.
    fn call_of(&self, action: &Action) -> Option<(&'static str, Value)> {
        let (order, method) = (action.text("order_id"), action.text("payment_method_id"));
        let address = action.address().to_address();
        Some(match action.name.as_str() {
            "get_order_details" => ("show_order", json!({ "order": order })),
            "get_user_details" => ("show_profile", json!({ "shopper": action.text("user_id") })),
            "get_product_details" => {
                let product = commerce::ProductId::of(&[action.text("product_id")]);
                ("show_product", json!({ "product": product }))
            }
            "get_item_details" => {
                ("show_item", json!({ "variant": self.index.variant(action.text("item_id")) }))
            }
            "cancel_pending_order" => {
                ("cancel_order", json!({ "order": order, "reason": action.text("reason") }))
            }
            "modify_pending_order_address" => {
                ("change_order_address", json!({ "order": order, "address": address }))
            }
            "modify_user_address" => {
                ("change_profile_address", json!({ "shopper": action.text("user_id"), "address": address }))
            }
            "modify_pending_order_payment" => {
                ("change_order_payment", json!({ "order": order, "pay_with": { "saved": method } }))
            }
            "modify_pending_order_items" => (
                "change_order_items",
                json!({ "order": order, "swaps": self.swaps(action), "settle_with": method }),
            ),
            "return_delivered_order_items" => {
                let items: Vec<Value> = action
                    .texts("item_ids")
                    .iter()
                    .map(|item| json!({ "variant": self.index.variant(item) }))
                    .collect();
                ("return_items", json!({ "order": order, "items": items, "refund_to": method }))
            }
            "exchange_delivered_order_items" => (
                "exchange_items",
                json!({ "order": order, "items": self.swaps(action), "settle_with": method }),
            ),
            _ => return None,
        })
    }

    fn swaps(&self, action: &Action) -> Value {
        let (old, new) = (action.texts("item_ids"), action.texts("new_item_ids"));
        let pairs = old.iter().zip(&new);
        let swap = |(old, new): (&String, &String)| json!({ "variant": self.index.variant(old), "to": self.index.variant(new) });
        // Lists that do not match are no swaps at all, which is refused.
        if old.len() == new.len() { pairs.map(swap).collect() } else { json!([]) }
    }
}

/// The provider says yes to everything that it is asked, until it is asked nothing more.
pub(super) fn settle(state: &mut State, policy: &Policy) {
    for round in 0..8 {
        for asked in outstanding(state) {
            let command = PaymentCommand::Answer {
                movement: asked.movement,
                operation: asked.operation,
                answer: PaymentAnswer::Succeeded,
            };
            let command = Command::Payment { order: asked.order, command };
            let key = Key::parse(&format!("answer {round} {}", asked.key)).expect("a short text");
            let request = Request { key, actor: Actor::System, at: now(), command, confirmation: None };
            for change in decide(state, policy, &request).into_iter().flatten() {
                apply(state, &change);
            }
        }
    }
}

fn proof(action: &Action) -> PersonProof {
    match action.name.as_str() {
        "find_user_id_by_email" => PersonProof::Email(action.text("email").to_owned()),
        _ => PersonProof::NameAndPostcode {
            name: format!("{} {}", action.text("first_name"), action.text("last_name")),
            postcode: action.text("zip").to_owned(),
        },
    }
}

fn fresh(count: usize) -> Fresh {
    let id = |name: &str| format!("{name} {count}");
    Fresh {
        cart: checkout::CartId::parse(&id("cart")).expect("a short text"),
        order: checkout::OrderId::parse(&id("order")).expect("a short text"),
        return_id: checkout::ReturnId::parse(&id("return")).expect("a short text"),
        alert: checkout::AlertId::parse(&id("alert")).expect("a short text"),
        mandate: checkout::MandateId::parse(&id("mandate")).expect("a short text"),
    }
}
