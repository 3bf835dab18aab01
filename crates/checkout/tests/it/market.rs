//! The shop as what a simulated session of `agent` calls: its books, decided and applied as a store does, a payment provider
//! that loses answers, staff, another shopper, and a feed that changes prices. Whatever goes on is checked against what the
//! provider took and what is on the shelf, which are kept apart from the books.

pub(crate) mod books;
pub(crate) mod errands;
pub(crate) mod mischief;
pub(crate) mod provider;
pub(crate) mod wants;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use agent::Time;
use agent::sim::{Asked, Ledger, Random, Says, Trade};
use checkout::cart::CartCommand;
use checkout::order::{OrderCommand, Tender};
use checkout::policy::Capture;
use checkout::returns::{ReturnCommand, ReturnPick};
use checkout::tool::{Call, Effect, Fresh, ToolName, call};
use checkout::*;
use commerce::VariantId;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use crate::shop::{Shop, order_id, return_id, saved, shopper, variant};
pub(crate) use mischief::Mischief;
use provider::Provider;

/// Carts of the shopper's that wait to be ordered.
const CARTS: u32 = 6;

/// The shop of one run.
#[derive(Clone, Debug)]
pub(crate) struct Market {
    pub(crate) state: State,
    pub(crate) policy: Policy,
    began: State,
    began_at: Timestamp,
    now: Timestamp,
    changes: Vec<Change>,
    mischief: Mischief,
    ledger: BTreeMap<String, Ledger>,
    /// The tool of each key that was carried out for the session.
    carried: BTreeMap<String, ToolName>,
    barred: BTreeSet<String>,
    provider: Provider,
    /// Pieces that lie in the house, as somebody would count them.
    shelf: BTreeMap<VariantId, i64>,
    requests: u32,
    faults: BTreeSet<String>,
}

/// What shops have been through before a session begins: one takes money with the order, the other with the parcel.
static BEFORE: LazyLock<[Market; 2]> =
    LazyLock::new(|| [Capture::AtOrder, Capture::AtShipping].map(Market::lived));

impl Market {
    /// The shop that a seed gets.
    pub(crate) fn of(seed: u64, mischief: Mischief) -> Self {
        Self { mischief, ..BEFORE[usize::from(seed.is_multiple_of(3))].clone() }
    }

    fn lived(capture: Capture) -> Self {
        let Shop { state, mut policy, now, .. } = Shop::new();
        policy.payment.capture = capture;
        let shelf = state.stock.iter().map(|(id, level)| (id.clone(), level.on_hand.into())).collect();
        let mut market = Self {
            began: state.clone(),
            state,
            policy,
            began_at: now,
            now,
            changes: Vec::new(),
            mischief: Mischief::None,
            ledger: BTreeMap::new(),
            carried: BTreeMap::new(),
            barred: BTreeSet::new(),
            provider: Provider::default(),
            shelf,
            requests: 0,
            faults: BTreeSet::new(),
        };
        market.live();
        market.began_at = market.now;
        assert_eq!(market.faults, BTreeSet::new());
        market
    }

    /// Some orders, one of which is to be sent back, and carts.
    fn live(&mut self) {
        let (ann, random) = (shopper("ann"), &mut Random::seeded(1));
        let goods = [(variant("Tee", "S"), 2), (variant("Mug", "blue"), 1)];
        self.buy(&ann, "a1", &goods, saved("card")).unwrap();
        self.buy(&ann, "a2", &[(variant("Tee", "M"), 1), (variant("Tee", "L"), 1)], saved("gift")).unwrap();
        self.buy(&shopper("bob"), "b1", &[(variant("Lamp", "old"), 1)], saved("card")).unwrap();
        self.settle(random);
        self.pack(&order_id("a1"), true);
        self.settle(random);
        self.staff(Command::Order { order: order_id("a1"), command: OrderCommand::Deliver }).unwrap();
        let items = vec![ReturnPick { variant: variant("Mug", "blue"), quantity: 1, condition: None }];
        let refund_to = MethodId::parse("card").unwrap();
        let command = ReturnCommand::Request { order: order_id("a1"), items, refund_to, reason: None };
        self.run(&ann, Command::Return { id: return_id("r1"), command }).unwrap();
        for number in 0..CARTS {
            let goods = [[("Tee", "S"), ("Tee", "M"), ("Mug", "blue")][number as usize % 3]];
            let goods = goods.map(|(product, name)| (variant(product, name), 1 + number / 3));
            self.cart(&ann, &wants::cart(number), &goods).unwrap();
        }
        self.now += SignedDuration::from_hours(2);
    }

    /// How many orders and returns the session has made.
    pub(crate) fn made(&self) -> (u64, u64) {
        let made =
            |tools: &[ToolName]| self.carried.values().filter(|tool| tools.contains(tool)).count() as u64;
        (made(&[ToolName::PlaceOrder]), made(&[ToolName::ReturnItems, ToolName::ExchangeItems]))
    }

    fn at(&mut self, now: Time) {
        self.now = self.began_at + SignedDuration::from_millis(now.millis());
    }

    /// Shows, confirms, decides and applies a command of somebody other than the session.
    fn run(&mut self, actor: &Actor, command: Command) -> Result<(), Refusal> {
        self.requests += 1;
        let key = Key::parse(&format!("request {}", self.requests)).unwrap();
        self.carry_out(Request { key, actor: actor.clone(), at: self.now, command, confirmation: None }, None)
    }

    fn staff(&mut self, command: Command) -> Result<(), Refusal> {
        self.run(&Actor::Staff(StaffId::parse("sam").unwrap()), command)
    }

    /// Carries a request out whole or not at all. The yes is to the text that was approved, or to whatever is shown where
    /// nobody is asked.
    fn carry_out(&mut self, mut request: Request, approved: Option<&str>) -> Result<(), Refusal> {
        let summary = preview(&self.state, &self.policy, &request)?;
        if approved.is_some_and(|approved| approved != shown(&summary)) {
            return Err(Refusal::SummaryOutdated);
        }
        request.confirmation = Some(Confirmation { digest: summary.digest });
        let mut changes = decide(&self.state, &self.policy, &request)?;
        self.mischief.tamper(&request, &mut changes);
        for change in changes {
            apply(&mut self.state, &change);
            self.changes.push(change);
        }
        self.check();
        Ok(())
    }

    fn cart(&mut self, actor: &Actor, name: &str, goods: &[(VariantId, u32)]) -> Result<CartId, Refusal> {
        let cart = CartId::parse(name).unwrap();
        let adds = goods
            .iter()
            .map(|(variant, quantity)| CartCommand::Add { variant: variant.clone(), quantity: *quantity });
        let chosen = CartCommand::ChooseShipping { method: "standard".to_owned() };
        for command in std::iter::once(CartCommand::Open).chain(adds).chain([chosen]) {
            self.run(actor, Command::Cart { cart: cart.clone(), command })?;
        }
        Ok(cart)
    }

    fn buy(
        &mut self,
        actor: &Actor,
        name: &str,
        goods: &[(VariantId, u32)],
        pay_with: Tender,
    ) -> Result<(), Refusal> {
        let cart = self.cart(actor, &format!("cart of {name}"), goods)?;
        let command = placement::PlacementCommand::Place { order: order_id(name), pay_with };
        self.run(actor, Command::Placement { cart, command })
    }

    /// The request that a call of the session is, if it is one.
    fn request(&self, asked: &Asked) -> Option<Result<Request, Call>> {
        let key = Key::parse(&asked.key)?;
        match call(&asked.tool, asked.input.clone(), fresh(&asked.key)).ok()? {
            Call::Command(command) => {
                let actor = shopper("ann");
                Some(Ok(Request { key, actor, at: self.now, command, confirmation: None }))
            }
            query => Some(Err(query)),
        }
    }
}

/// Ids for what a call makes: they follow from its key.
fn fresh(key: &str) -> Fresh {
    Fresh {
        cart: CartId::parse(&format!("cart {key}")).unwrap(),
        order: order_id(&format!("ord {key}")),
        return_id: return_id(&format!("ret {key}")),
        alert: AlertId::parse(&format!("alr {key}")).unwrap(),
        mandate: MandateId::parse(&format!("man {key}")).unwrap(),
    }
}

/// What a person says yes to.
fn shown(summary: &Summary) -> String {
    summary.ahead.join(" ")
}

impl Trade for Market {
    fn settings(&self, _: &mut Random) -> agent::Settings {
        wants::SETTINGS.clone()
    }

    fn most_messages(&self) -> u64 {
        10
    }

    fn wanted(&mut self, random: &mut Random) -> Vec<(String, Value)> {
        (0..2 + random.below(3)).map(|_| wants::wanted(self, random)).collect()
    }

    fn edited(&mut self, tool: &str, random: &mut Random) -> Value {
        wants::input(self, tool, random)
    }

    fn preview(&mut self, asked: &Asked, now: Time, random: &mut Random) -> Option<String> {
        self.at(now);
        let request = self.request(asked)?.ok()?;
        let summary = preview(&self.state, &self.policy, &request).ok()?;
        (!random.percent(5)).then(|| shown(&summary))
    }

    fn answers_within_ms(&mut self, random: &mut Random) -> u64 {
        if random.percent(85) { 15_000 } else { 3 * 24 * 3_600_000 }
    }

    fn call(&mut self, asked: &Asked, now: Time, random: &mut Random) -> Says {
        self.at(now);
        if random.percent(8) {
            return Says::Busy;
        }
        let is_known = self.ledger.get(&asked.key).is_some_and(|known| known.done > 0);
        if is_known && self.mischief != Mischief::DoesTwice {
            return Says::Done;
        }
        if self.barred.contains(&asked.key) {
            return Says::Refused;
        }
        let request = match self.request(asked) {
            Some(Ok(request)) if is_known => Request {
                key: Key::parse(&format!("{} again", request.key)).unwrap(),
                command: mischief::again(request.command),
                ..request
            },
            Some(Ok(request)) => request,
            Some(Err(_)) => return Says::Done,
            None => return Says::Refused,
        };
        match self.carry_out(request, asked.approved.as_deref()) {
            Ok(()) => {
                self.ledger.entry(asked.key.clone()).or_default().done += 1;
                self.carried.extend(ToolName::parse(&asked.tool).map(|tool| (asked.key.clone(), tool)));
                Says::Done
            }
            Err(_) => {
                // A refusal is the end of its key: what was sent before and comes late must not be done after it.
                if self.mischief != Mischief::ForgetsRefusals {
                    self.barred.insert(asked.key.clone());
                }
                Says::Refused
            }
        }
    }

    fn fate(&mut self, key: &str, _: Time) -> Says {
        match self.ledger.get(key) {
            Some(known) if known.done > 0 => Says::Done,
            _ if self.barred.contains(key) => Says::Refused,
            _ => Says::NotSeen,
        }
    }

    fn ledger(&self) -> &BTreeMap<String, Ledger> {
        &self.ledger
    }

    fn bar(&mut self, key: &str) {
        self.barred.insert(key.to_owned());
    }

    fn take_back(&mut self, _: &str) -> bool {
        false
    }

    fn counts(&self, tool: &str) -> bool {
        ToolName::parse(tool).is_some_and(|tool| tool.effect() != Effect::Read)
    }

    fn begins_after_ms(&self) -> Option<u64> {
        Some(500)
    }

    fn go_on(&mut self, now: Time, is_calm: bool, random: &mut Random) -> u64 {
        self.at(now);
        self.errands(is_calm, random);
        if is_calm { 3_600_000 * (1 + random.below(4)) } else { 300 + random.below(4_000) }
    }

    fn faults(&mut self, now: Time) -> Vec<String> {
        self.at(now);
        self.settle(&mut Random::seeded(2));
        self.check_at_end();
        std::mem::take(&mut self.faults).into_iter().collect()
    }
}
