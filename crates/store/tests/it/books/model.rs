//! Random requests to the books and to a state in memory: the answers and the records are the same.

use std::time::Duration;

use checkout::alert::AlertCommand;
use checkout::cart::CartCommand;
use checkout::order::{OrderCommand, Swap};
use checkout::payment::{PaymentAnswer, PaymentCommand, outstanding};
use checkout::placement::PlacementCommand;
use checkout::price_history::PriceCommand;
use checkout::returns::{ExchangePick, ReturnCommand, ReturnPick};
use checkout::{
    Actor, AlertId, CartId, Command, Confirmation, MethodId, OrderId, ReturnId, State, apply, decide, preview,
};
use commerce::{Currency, Money};
use proptest::prelude::*;
use store::{Books, BooksError, Store};

use super::shop::{Shop, count, saved, shopper, similar, staff, variant};

#[derive(Clone, Debug)]
enum Step {
    Cart { cart: u8, command: u8, sku: u8, quantity: u8 },
    Place { cart: u8, gift: bool },
    Order { order: u8, command: u8 },
    Return { order: u8, sku: u8, is_exchange: bool },
    OnReturn { number: u8, restock: bool },
    Answer { which: u8, how: u8 },
    Alert { number: u8, drops: bool },
    Price { sku: u8, price: u8 },
    Count { sku: u8, on_hand: u8 },
    Wait(u8),
    Again,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let small = 0u8..4;
    let step = prop_oneof![
        8 => (small.clone(), 0u8..8, 0u8..4, 0u8..4)
            .prop_map(|(cart, command, sku, quantity)| Step::Cart { cart, command, sku, quantity }),
        6 => (small.clone(), any::<bool>()).prop_map(|(cart, gift)| Step::Place { cart, gift }),
        8 => (small.clone(), 0u8..7).prop_map(|(order, command)| Step::Order { order, command }),
        3 => (small.clone(), 0u8..4, any::<bool>())
            .prop_map(|(order, sku, is_exchange)| Step::Return { order, sku, is_exchange }),
        2 => (small.clone(), any::<bool>()).prop_map(|(number, restock)| Step::OnReturn { number, restock }),
        8 => (any::<u8>(), 0u8..8).prop_map(|(which, how)| Step::Answer { which, how }),
        2 => (small.clone(), any::<bool>()).prop_map(|(number, drops)| Step::Alert { number, drops }),
        2 => (0u8..4, 1u8..30).prop_map(|(sku, price)| Step::Price { sku, price }),
        1 => (0u8..4, 0u8..12).prop_map(|(sku, on_hand)| Step::Count { sku, on_hand }),
        1 => (0u8..30).prop_map(Step::Wait),
        1 => Just(Step::Again),
    ];
    prop::collection::vec(step, 1..50)
}

struct Model {
    shop: Shop,
    state: State,
    returns: u8,
    last: Option<checkout::Request>,
}

fn sku(number: u8) -> &'static str {
    ["TEE-S", "TEE-M", "MUG", "LAMP"][usize::from(number) % 4]
}

fn id<T>(kind: &str, number: u8, parse: impl Fn(&str) -> Option<T>) -> T {
    parse(&format!("{kind}{number}")).unwrap()
}

fn usd(minor: i64) -> Money {
    Money::new(minor, Currency::parse("USD").unwrap())
}

/// Carts and orders of even numbers are Ann's.
fn owner(number: u8) -> Actor {
    shopper(if number.is_multiple_of(2) { "ann" } else { "bob" })
}

impl Model {
    async fn new() -> anyhow::Result<Self> {
        let store = Store::open("sqlite::memory:").await?;
        let books = Books::open("sqlite::memory:", store.clone(), Duration::from_secs(5)).await?;
        let shop = Shop::with(store, books).await?;
        let mut state = shop.before.clone();
        state.items = items(&shop).await?;
        Ok(Self { shop, state, returns: 0, last: None })
    }

    async fn step(&mut self, step: &Step) -> anyhow::Result<()> {
        let (actor, command) = match step.clone() {
            Step::Wait(minutes) => {
                self.shop.wait(i64::from(minutes));
                return Ok(());
            }
            Step::Again => return self.again().await,
            Step::Answer { which, how } => match self.answer(which, how) {
                Some(command) => (Actor::System, command),
                None => return Ok(()),
            },
            Step::Cart { cart, command, sku: number, quantity } => {
                let command = cart_command(command, sku(number), u32::from(quantity));
                (owner(cart), Command::Cart { cart: id("c", cart, CartId::parse), command })
            }
            Step::Place { cart, gift } => {
                let order = id("o", cart, OrderId::parse);
                let pay_with = saved(if gift { "gift" } else { "card" });
                let command = PlacementCommand::Place { order, pay_with };
                (owner(cart), Command::Placement { cart: id("c", cart, CartId::parse), command })
            }
            Step::Order { order, command } => on_order(order, command),
            Step::Return { order, sku: number, is_exchange } => {
                self.returns += 1;
                let id = id("r", self.returns, ReturnId::parse);
                (owner(order), Command::Return { id, command: on_return(order, sku(number), is_exchange) })
            }
            Step::OnReturn { number, restock } => {
                let id = id("r", self.returns.saturating_sub(number), ReturnId::parse);
                (staff(), Command::Return { id, command: ReturnCommand::Receive { restock } })
            }
            Step::Alert { number, drops } => {
                let alert = id("a", number, AlertId::parse);
                let set = AlertCommand::Set { variant: variant("MUG"), at_or_below: usd(1_000) };
                let command = if drops { AlertCommand::Drop } else { set };
                (owner(number), Command::Alert { alert, command })
            }
            Step::Price { sku: number, price } => {
                let seen =
                    PriceCommand::Seen { variant: variant(sku(number)), price: usd(i64::from(price) * 100) };
                (Actor::System, Command::Price(seen))
            }
            Step::Count { sku: number, on_hand } => (staff(), count(sku(number), u32::from(on_hand))),
        };
        let mut request = self.shop.request(&actor, command);
        let model = preview(&self.state, &self.shop.policy, &request);
        let shown = self.shop.books.preview(&self.shop.policy, &request).await;
        match (model, shown) {
            (Ok(model), Ok(shown)) => {
                assert_eq!(model, shown);
                request.confirmation = Some(Confirmation { digest: shown.digest });
            }
            (Err(model), Err(BooksError::Refused(shown))) => assert_eq!(model, shown),
            (model, shown) => panic!("{model:?} is not {shown:?}"),
        }
        self.both(request).await
    }

    async fn both(&mut self, request: checkout::Request) -> anyhow::Result<()> {
        let model = decide(&self.state, &self.shop.policy, &request);
        let kept = self.shop.books.carry_out(&self.shop.policy, &request).await;
        match (model, kept) {
            (Ok(model), Ok(kept)) => {
                assert_eq!(model, kept);
                model.iter().for_each(|change| apply(&mut self.state, change));
                self.last = Some(request);
            }
            (Err(model), Err(BooksError::Refused(kept))) => assert_eq!(model, kept),
            (model, kept) => panic!("{model:?} is not {kept:?}"),
        }
        Ok(())
    }

    /// The last request comes a second time.
    async fn again(&mut self) -> anyhow::Result<()> {
        let Some(request) = self.last.clone() else { return Ok(()) };
        assert_eq!(decide(&self.state, &self.shop.policy, &request), Ok(Vec::new()));
        self.shop.books.carry_out(&self.shop.policy, &request).await?;
        Ok(())
    }

    fn answer(&self, which: u8, how: u8) -> Option<Command> {
        let open = outstanding(&self.state);
        let asked = open.get(usize::from(which) % open.len().max(1))?.clone();
        let answer = match how {
            0 => PaymentAnswer::Declined { reason: "no".to_owned() },
            1 => PaymentAnswer::Unclear,
            2 => PaymentAnswer::NeverSeen,
            _ => PaymentAnswer::Succeeded,
        };
        let command = PaymentCommand::Answer { movement: asked.movement, operation: asked.operation, answer };
        Some(Command::Payment { order: asked.order, command })
    }
}

async fn items(
    shop: &Shop,
) -> anyhow::Result<std::collections::BTreeMap<commerce::VariantId, checkout::Item>> {
    let listings = shop.store.listings_after(None, 100).await?;
    let products = listings.iter().map(|listing| &listing.product);
    let all = products.flat_map(|product| product.variants.iter().map(move |variant| (product, variant)));
    Ok(all.map(|(p, v)| (v.id.clone(), checkout::Item::of(p, v, shop.now))).collect())
}

fn cart_command(which: u8, sku: &str, quantity: u32) -> CartCommand {
    let variant = variant(sku);
    match which {
        0 | 1 => CartCommand::Open,
        2 => CartCommand::SetQuantity { variant, quantity },
        3 => CartCommand::Swap { variant, to: super::variant("TEE-S") },
        _ => CartCommand::Add { variant, quantity },
    }
}

fn on_order(number: u8, which: u8) -> (Actor, Command) {
    let order = id("o", number, OrderId::parse);
    let (actor, command) = match which {
        0 => (owner(number), OrderCommand::Cancel { reason: None, also: Vec::new() }),
        1 => (staff(), OrderCommand::Deliver),
        2 => (owner(number), OrderCommand::ChangePayment { pay_with: saved("gift") }),
        3 => {
            let swaps = vec![Swap { variant: variant("TEE-S"), to: Some(variant("TEE-M")), quantity: 1 }];
            let settle_with = MethodId::parse("card").unwrap();
            (owner(number), OrderCommand::ChangeItems { swaps, settle_with })
        }
        4 => (staff(), OrderCommand::Lapse),
        _ => {
            let (carrier, tracking) = ("Post".to_owned(), "T".to_owned());
            (staff(), OrderCommand::Ship { items: Vec::new(), carrier, tracking })
        }
    };
    (actor, Command::Order { order, command })
}

fn on_return(order: u8, sku: &str, is_exchange: bool) -> ReturnCommand {
    let order = id("o", order, OrderId::parse);
    let method = MethodId::parse("card").unwrap();
    if is_exchange {
        let items =
            vec![ExchangePick { variant: variant(sku), to: variant("TEE-M"), quantity: 1, condition: None }];
        return ReturnCommand::Exchange { order, items, settle_with: method, reason: None };
    }
    let items = vec![ReturnPick { variant: variant(sku), quantity: 1, condition: None }];
    ReturnCommand::Request { order, items, refund_to: method, reason: None }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn the_books_are_the_state(steps in steps()) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let outcome: anyhow::Result<()> = runtime.block_on(async {
            let mut model = Model::new().await?;
            for step in &steps {
                model.step(step).await?;
            }
            similar(&model.state, &model.shop.books.everything().await?);
            model.shop.check_ledger().await
        });
        outcome.unwrap();
    }
}
