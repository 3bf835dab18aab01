//! A shop with a clock that stands still, a catalog and books.

use std::collections::BTreeMap;
use std::time::Duration;

use checkout::cart::CartCommand;
use checkout::order::Tender;
use checkout::payment::{PaymentAnswer, PaymentCommand};
use checkout::placement::PlacementCommand;
use checkout::query::{Query, View};
use checkout::stock::StockCommand;
use checkout::{
    Actor, Address, CartId, Command, Confirmation, Key, Method, MethodId, MethodKind, Order, OrderId, Policy,
    Request, Shopper, ShopperId, StaffId, State, StockLevel, apply,
};
use commerce::{Product, VariantId};
use jiff::{SignedDuration, Timestamp};
use store::{Books, BooksError, ImportMode, Store};
use testkit::fixtures;

use crate::engine::Place;

pub(super) const POLICY: &str = r#"
currency = "USD"

[identity]
shopper = ["email", "name_and_postcode"]
guest = ["email"]

[stock]
reserve_for = "15 minutes"

[orders.cancel]
while = ["placed", "paid"]

[orders.change_payment]
while = ["paid"]

[orders.change_items]
while = ["paid"]

[returns]
is_offered = true
refund_to = ["original", "gift_card"]

[[returns.rule]]
window = "30 days"

[exchanges]
is_offered = true

[mandates]
is_offered = true
max_total = "100.00 USD"
max_quantity = 3
max_validity = "30 days"

[[price_rule]]
id = "limited"
title = "A tenth off for the first two"
max_uses = 2
deduct = { percent = "10%" }
when = { quantity_at_least = 3 }
"#;

pub(super) struct Shop {
    pub(super) store: Store,
    pub(super) books: Books,
    pub(super) policy: Policy,
    pub(super) now: Timestamp,
    /// What was there before the first request.
    pub(super) before: State,
    /// What tells the keys of this process from those of others.
    prefix: String,
    count: u32,
}

impl Shop {
    pub(super) async fn open(place: &Place) -> anyhow::Result<Self> {
        let store = Store::open(&place.url).await?;
        let books = Books::open(&place.books_url(), store.clone(), Duration::from_secs(30)).await?;
        Self::with(store, books).await
    }

    /// One that another process has opened already.
    pub(super) async fn reopen(place: &Place) -> anyhow::Result<Self> {
        let store = Store::open(&place.url).await?;
        let books = Books::open(&place.books_url(), store.clone(), Duration::from_secs(30)).await?;
        let now = Timestamp::from_second(1_760_000_000)?;
        let policy = Policy::parse(POLICY).unwrap();
        Ok(Self {
            store,
            books,
            policy,
            now,
            before: State::default(),
            prefix: std::process::id().to_string(),
            count: 0,
        })
    }

    pub(super) async fn with(store: Store, books: Books) -> anyhow::Result<Self> {
        let mut import = store.begin_import(ImportMode::Merge).await?;
        for product in products() {
            import.product(product).await?;
        }
        import.finish().await?;
        let mut before = State::default();
        for name in ["ann", "bob"] {
            before.shoppers.insert(ShopperId::parse(name).unwrap(), account(name));
        }
        for sku in ["TEE-S", "TEE-M", "MUG"] {
            before.stock.insert(variant(sku), StockLevel { on_hand: 10, ..StockLevel::default() });
        }
        books.put(&before).await?;
        let now = Timestamp::from_second(1_760_000_000)?;
        Ok(Self {
            store,
            books,
            policy: Policy::parse(POLICY).unwrap(),
            now,
            before,
            prefix: String::new(),
            count: 0,
        })
    }

    pub(super) fn wait(&mut self, minutes: i64) {
        self.now += SignedDuration::from_mins(minutes);
    }

    pub(super) fn request(&mut self, actor: &Actor, command: Command) -> Request {
        self.count += 1;
        let key = Key::parse(&format!("request {} {}", self.prefix, self.count)).unwrap();
        Request { key, actor: actor.clone(), at: self.now, command, confirmation: None }
    }

    /// Shows, confirms, carries out.
    pub(super) async fn run(&mut self, actor: &Actor, command: Command) -> Result<(), BooksError> {
        let request = self.request(actor, command);
        confirm_and_run(&self.books, &self.policy, request).await
    }

    pub(super) async fn ask(&self, actor: &Actor, query: Query) -> Result<View, BooksError> {
        self.books.answer(&self.policy, actor, self.now, &query).await
    }

    pub(super) async fn order(&self, id: &OrderId) -> anyhow::Result<Order> {
        match self.ask(&staff(), Query::Order(id.clone())).await? {
            View::Order(order, _) => Ok(*order),
            other => anyhow::bail!("{other:?}"),
        }
    }

    pub(super) async fn stock(&self, sku: &str) -> anyhow::Result<StockLevel> {
        let all = self.books.everything().await?;
        all.stock.get(&variant(sku)).cloned().ok_or_else(|| anyhow::anyhow!("not counted"))
    }

    pub(super) async fn cart(
        &mut self,
        who: &str,
        name: &str,
        goods: &[(&str, u32)],
    ) -> Result<CartId, BooksError> {
        let cart = CartId::parse(name).unwrap();
        let mut commands = vec![CartCommand::Open];
        commands.extend(
            goods
                .iter()
                .map(|(sku, quantity)| CartCommand::Add { variant: variant(sku), quantity: *quantity }),
        );
        for command in commands {
            self.run(&shopper(who), Command::Cart { cart: cart.clone(), command }).await?;
        }
        Ok(cart)
    }

    pub(super) async fn place(
        &mut self,
        who: &str,
        order: &str,
        goods: &[(&str, u32)],
        pay_with: Tender,
    ) -> Result<OrderId, BooksError> {
        let cart = self.cart(who, &format!("cart of {order}"), goods).await?;
        let order = OrderId::parse(order).unwrap();
        let command = PlacementCommand::Place { order: order.clone(), pay_with };
        self.run(&shopper(who), Command::Placement { cart, command }).await?;
        Ok(order)
    }

    /// The provider says this to all that it is asked, until it is asked nothing more.
    pub(super) async fn settle(&mut self, answer: PaymentAnswer) -> anyhow::Result<()> {
        loop {
            let tasks =
                self.books.take_payments(self.now, self.now + SignedDuration::from_mins(1), 10).await?;
            if tasks.is_empty() {
                return Ok(());
            }
            for task in tasks {
                let asked = task.command;
                let command = PaymentCommand::Answer {
                    movement: asked.movement,
                    operation: asked.operation,
                    answer: answer.clone(),
                };
                self.run(&Actor::System, Command::Payment { order: asked.order, command }).await?;
            }
        }
    }

    /// The feed comes again with this stock for the product.
    pub(super) async fn feed(&self, sku: &str, stock: Option<u32>) -> anyhow::Result<()> {
        let mut import = self.store.begin_import(ImportMode::Merge).await?;
        let mut product = products().into_iter().find(|product| product.source_id == sku).unwrap();
        product.variants[0].offer.stock = stock;
        import.product(product).await?;
        import.finish().await?;
        Ok(())
    }

    /// The feed comes again with this price for the variant.
    pub(super) async fn price(&self, sku: &str, price: &str) -> anyhow::Result<()> {
        let mut import = self.store.begin_import(ImportMode::Merge).await?;
        let is_of = |product: &Product| product.variants.iter().any(|variant| variant.source_id == sku);
        let mut product = products().into_iter().find(is_of).unwrap();
        let variant = product.variants.iter_mut().find(|variant| variant.source_id == sku).unwrap();
        variant.offer.price = Some(fixtures::price(price));
        import.product(product).await?;
        import.finish().await?;
        Ok(())
    }

    /// The ledger's changes give the records.
    pub(super) async fn check_ledger(&self) -> anyhow::Result<()> {
        let mut replayed = self.before.clone();
        for line in self.books.ledger_after(0, u32::MAX).await? {
            line.fed.iter().chain(&line.changes).for_each(|change| apply(&mut replayed, change));
        }
        let kept = self.books.everything().await?;
        similar(&replayed, &kept);
        Ok(())
    }
}

/// Asserts that two states have the same records.
pub(super) fn similar(left: &State, right: &State) {
    assert_eq!(left.carts, right.carts);
    assert_eq!(left.orders, right.orders);
    assert_eq!(left.returns, right.returns);
    assert_eq!(left.shoppers, right.shoppers);
    assert_eq!(left.alerts, right.alerts);
    assert_eq!(left.mandates, right.mandates);
    assert_eq!(left.prices, right.prices);
    assert_eq!(left.stock, right.stock);
}

pub(super) async fn confirm_and_run(
    books: &Books,
    policy: &Policy,
    mut request: Request,
) -> Result<(), BooksError> {
    let summary = books.preview(policy, &request).await?;
    request.confirmation = Some(Confirmation { digest: summary.digest });
    books.carry_out(policy, &request).await.map(|_| ())
}

/// The code of a refusal.
pub(super) fn code<T: std::fmt::Debug>(outcome: Result<T, BooksError>) -> &'static str {
    match outcome {
        Err(BooksError::Refused(refusal)) => refusal.code(),
        other => panic!("{other:?}"),
    }
}

pub(super) fn shopper(name: &str) -> Actor {
    Actor::Shopper(ShopperId::parse(name).unwrap())
}

pub(super) fn staff() -> Actor {
    Actor::Staff(StaffId::parse("sam").unwrap())
}

pub(super) fn saved(method: &str) -> Tender {
    Tender::Saved(MethodId::parse(method).unwrap())
}

pub(super) fn count(sku: &str, on_hand: u32) -> Command {
    Command::Stock(StockCommand::Count { variant: variant(sku), on_hand })
}

pub(super) fn variant(sku: &str) -> VariantId {
    products().into_iter().flat_map(|product| product.variants).find(|v| v.source_id == sku).unwrap().id
}

fn products() -> Vec<Product> {
    let mut tee = fixtures::product("TEE", "Tee");
    tee.variants = ["S", "M"]
        .iter()
        .map(|size| fixtures::variant("TEE", &format!("TEE-{size}"), &[("size", size)]))
        .collect();
    tee.variants[0].offer.price = Some(fixtures::price("19.99 USD"));
    tee.variants[1].offer.price = Some(fixtures::price("22.49 USD"));
    let mut mug = fixtures::product("MUG", "Mug");
    mug.variants[0].offer.price = Some(fixtures::price("12.50 USD"));
    let mut lamp = fixtures::product("LAMP", "Lamp");
    lamp.variants[0].offer.price = Some(fixtures::price("9.00 USD"));
    vec![tee, mug, lamp]
}

pub(super) fn account(name: &str) -> Shopper {
    let method = |kind, label: &str, balance_minor| Method { kind, label: label.to_owned(), balance_minor };
    let address = Address {
        line1: "1 Main Street".to_owned(),
        line2: String::new(),
        city: "Springfield".to_owned(),
        region: "IL".to_owned(),
        postcode: "62701".to_owned(),
        country: "US".to_owned(),
    };
    Shopper {
        id: ShopperId::parse(name).unwrap(),
        name: format!("{name} Doe"),
        email: format!("{name}@example.com"),
        address: Some(address),
        methods: BTreeMap::from([
            (MethodId::parse("card").unwrap(), method(MethodKind::Card, "Visa ending in 4242", None)),
            (MethodId::parse("gift").unwrap(), method(MethodKind::GiftCard, "your gift card", Some(20_000))),
        ]),
        mandate_keys: Vec::new(),
    }
}
