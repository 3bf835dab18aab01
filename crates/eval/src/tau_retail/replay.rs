//! The actions of a task through the runtime: each is said in a session, becomes a call of a tool, is shown as a summary, gets
//! its yes, is carried out in the books, and its payments are answered. What it came to is read from the books.

use agent::{DeviceId, Fate, MessageId, Part, Seq, SessionId};
use anyhow::Context;
use checkout::payment::{PaymentAnswer, PaymentCommand, outstanding};
use checkout::query::{Query, View};
use checkout::tool::{Call, Fresh, call};
use checkout::{
    Actor, Change, Command, Confirmation, GuestId, Key, PersonProof, Policy, Refusal, Request, State, apply,
    decide, preview,
};
use conversation::Party;
use jiff::Timestamp;
use serde_json::{Value, json};
use sessions::{Node, Told};
use store::{Books, BooksError};

use super::stage::Stage;
use super::task::Action;
use super::world::{Index, World};

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
    stage: &'a Stage,
    world: &'a World,
    index: &'a Index,
    node: Node,
    books: Books,
    party: Party,
    session: Option<SessionId>,
    count: usize,
}

/// Replays the actions of a task on books of its own.
pub(super) async fn replay(
    stage: &Stage,
    (world, index): (&World, &Index),
    (number, actions): (usize, &[Action]),
) -> anyhow::Result<Replayed> {
    let (node, books) = stage.set(number).await?;
    let party = Party::Guest(guest());
    let mut talk = Conversation { stage, world, index, node, books, party, session: None, count: 0 };
    let mut refused = Vec::new();
    for action in actions {
        if let Some(code) = talk.act(action).await? {
            refused.push((action.name.clone(), code));
        }
    }
    let state = talk.books.everything().await?;
    talk.node.stop().await;
    talk.books.close().await;
    Ok(Replayed { state, refused })
}

/// Somebody who has not said who they are.
pub(super) fn nobody() -> Actor {
    Party::Guest(guest()).actor(None)
}

fn guest() -> GuestId {
    GuestId::parse("a session").expect("a short text")
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
    /// The code of the refusal, where it was refused.
    async fn act(&mut self, action: &Action) -> anyhow::Result<Option<String>> {
        if action.name.starts_with("find_user_id") {
            // A shopper who is not found is asked again; that is no refusal of an action.
            self.identify(proof(action)).await?;
            return Ok(None);
        }
        let Some((tool, input)) = self.call_of(action) else { return Ok(None) };
        if self.party.shopper().is_none() {
            self.identify_owner(action).await?;
        }
        if self.is_done(tool, &input).await? { Ok(None) } else { self.refusal(tool, input).await }
    }

    /// Says it, says yes where that is asked for, and waits for its end: whether it was done.
    async fn is_done(&mut self, tool: &str, input: &Value) -> anyhow::Result<bool> {
        self.count += 1;
        let session = self.session().await?;
        let message = (MessageId::new(format!("action {}", self.count)), DeviceId::new("replay"));
        let words = json!({ "tool": tool, "input": input });
        let by = agent::Actor::Shopper(self.party.owner_id());
        let said = self.node.say(&session, by.clone(), message, words).await?;
        let told = self.turn(&session, said.first).await?;
        if let Some(is_done) = ended(&told) {
            return Ok(is_done);
        }
        let asked = told.iter().find_map(|told| match &told.part.part {
            Part::ApprovalRequested { key, digest, .. } => Some((*key, *digest)),
            _ => None,
        });
        // Neither done nor asked about: what was given is no input of the tool.
        let Some(question) = asked else { return Ok(false) };
        let last = told.last().map_or(said.last, |told| told.part.position);
        self.node.approve(&session, by, question).await?;
        let told = self.turn(&session, last).await?;
        ended(&told).context("a call that was approved did not end")
    }

    /// The code of the refusal. What is refused has changed nothing, so the books still say why. What is looked up and not
    /// found changes nothing either, so no task depends on it.
    async fn refusal(&self, tool: &str, input: Value) -> anyhow::Result<Option<String>> {
        let command = match call(tool, input, fresh(self.count)) {
            Ok(Call::Command(command)) => command,
            Ok(Call::Query(_)) => return Ok(None),
            Err(_) => return Ok(Some("bad_input".to_owned())),
        };
        let key = Key::parse(&format!("why {}", self.count)).context("a short text")?;
        let request = Request { key, actor: self.party.actor(None), at: now(), command, confirmation: None };
        match self.books.preview(&self.stage.policy, &request).await {
            Ok(_) => Ok(Some("not_done".to_owned())),
            Err(BooksError::Refused(refusal)) => Ok(Some(refusal.code().to_owned())),
            Err(BooksError::Store(error)) => Err(error.into()),
        }
    }

    /// The session of whoever is speaking.
    async fn session(&mut self) -> anyhow::Result<SessionId> {
        if let Some(session) = &self.session {
            return Ok(session.clone());
        }
        let session = self.node.open(self.stage.opening(&self.party)).await?;
        self.session = Some(session.clone());
        Ok(session)
    }

    /// What is told from a place on until a turn has ended.
    async fn turn(&self, session: &SessionId, after: Seq) -> anyhow::Result<Vec<Told>> {
        let mut stream = self.node.listen(session, after);
        let mut told = Vec::new();
        while !told.iter().any(|told: &Told| matches!(told.part.part, Part::TurnEnded { .. })) {
            told.extend(stream.next().await?);
        }
        Ok(told)
    }

    /// Whoever is found first is helped; a conversation has one user, so nobody is after them.
    async fn identify(&mut self, proof: PersonProof) -> anyhow::Result<()> {
        if self.party.shopper().is_some() {
            return Ok(());
        }
        let query = Query::FindShopper(proof);
        match self.books.answer(&self.stage.policy, &nobody(), now(), &query).await {
            Ok(View::Shopper(id)) => (self.party, self.session) = (Party::Shopper(id), None),
            Ok(_) | Err(BooksError::Refused(_)) => {}
            Err(BooksError::Store(error)) => return Err(error.into()),
        }
        Ok(())
    }

    /// Tasks may leave the finding of the user out: then whoever an action is about gives their e-mail address.
    async fn identify_owner(&mut self, action: &Action) -> anyhow::Result<()> {
        let order = self.world.orders.get(action.text("order_id"));
        let user = order.map_or(action.text("user_id"), |order| &order.user_id);
        match self.world.users.get(user) {
            Some(user) => self.identify(PersonProof::Email(user.email.clone())).await,
            None => Ok(()),
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

/// How a call came to its end, if it has: whether it was done.
fn ended(told: &[Told]) -> Option<bool> {
    told.iter().find_map(|told| match &told.part.part {
        Part::ToolSettled { fate, .. } => Some(matches!(fate, Fate::Done { .. })),
        _ => None,
    })
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
