//! A shop whose payments succeed, fail, wait and get lost.

#![expect(clippy::unwrap_used, reason = "what is missing fails the test")]

use std::sync::Arc;
use std::time::Duration;

use checkout::cart::CartCommand;
use checkout::order::{MovementStatus, Tender};
use checkout::payment::{Operation, PaymentCommand};
use checkout::placement::PlacementCommand;
use checkout::query::{Query, View};
use checkout::{
    Actor, Address, CartId, Command, Confirmation, Contact, GuestId, Key, MethodId, MethodKind, Order,
    OrderId, OrderStatus, Policy, Request, StaffId,
};
use jiff::{SignedDuration, Timestamp};
use payments::{Settled, TestProvider, Till};
use store::{Books, BooksError, ImportMode, Store};
use testkit::fixtures;

const POLICY: &str =
    "currency = \"USD\"\n[payment]\nkinds = [\"card\"]\n[orders.cancel]\nwhile = [\"placed\", \"paid\"]\n";

struct Shop {
    books: Books,
    policy: Arc<Policy>,
    provider: Arc<TestProvider>,
    till: Till,
    now: Timestamp,
    count: u32,
}

impl Shop {
    async fn open() -> anyhow::Result<Self> {
        let store = Store::open("sqlite::memory:").await?;
        let mut import = store.begin_import(ImportMode::Merge).await?;
        let mut mug = fixtures::product("MUG", "Mug");
        mug.variants[0].offer.price = Some(fixtures::price("12.50 USD"));
        mug.variants[0].offer.stock = Some(3);
        import.product(mug).await?;
        import.finish().await?;
        let books = Books::open("sqlite::memory:", store, Duration::from_secs(5)).await?;
        let (policy, provider) =
            (Arc::new(Policy::parse(POLICY).unwrap()), Arc::new(TestProvider::default()));
        let till = Till::new(books.clone(), policy.clone(), provider.clone());
        let now = Timestamp::from_second(1_760_000_000)?;
        Ok(Self { books, policy, provider, till, now, count: 0 })
    }

    async fn run(&mut self, command: Command) -> Result<(), BooksError> {
        self.count += 1;
        let key = Key::parse(&format!("request {}", self.count)).unwrap();
        let actor = Actor::Guest { session: GuestId::parse("g1").unwrap(), proof: None };
        let mut request = Request { key, actor, at: self.now, command, confirmation: None };
        let summary = self.books.preview(&self.policy, &request).await?;
        request.confirmation = Some(Confirmation { digest: summary.digest });
        self.books.carry_out(&self.policy, &request).await.map(|_| ())
    }

    /// An order of one mug that is paid with this token.
    async fn order(&mut self, token: &str) -> Result<OrderId, BooksError> {
        let cart = CartId::parse(&format!("cart {token}")).unwrap();
        let variant = fixtures::product("MUG", "Mug").variants[0].id.clone();
        let contact = Contact { name: "Gus Guest".to_owned(), email: "gus@example.com".to_owned() };
        let address = Address {
            line1: "1 Main Street".to_owned(),
            city: "Springfield".to_owned(),
            postcode: "62701".to_owned(),
            country: "US".to_owned(),
            ..Address::default()
        };
        let commands = [
            CartCommand::Open,
            CartCommand::Add { variant, quantity: 1 },
            CartCommand::SetContact { contact },
            CartCommand::SetAddress { address },
        ];
        for command in commands {
            self.run(Command::Cart { cart: cart.clone(), command }).await?;
        }
        let order = OrderId::parse(&format!("order {token}")).unwrap();
        let command = PlacementCommand::Place { order: order.clone(), pay_with: pay_with(token) };
        self.run(Command::Placement { cart, command }).await?;
        Ok(order)
    }

    async fn see(&self, id: &OrderId) -> anyhow::Result<Order> {
        let staff = Actor::Staff(StaffId::parse("sam").unwrap());
        match self.books.answer(&self.policy, &staff, self.now, &Query::Order(id.clone())).await? {
            View::Order(order, _) => Ok(*order),
            other => anyhow::bail!("{other:?}"),
        }
    }

    async fn settle(&self) -> anyhow::Result<Settled> {
        Ok(self.till.settle(self.now).await?)
    }

    fn wait(&mut self, minutes: i64) {
        self.now += SignedDuration::from_mins(minutes);
    }
}

fn pay_with(token: &str) -> Tender {
    let method = MethodId::parse(token).unwrap();
    Tender::Token { method, kind: MethodKind::Card, label: "Visa ending in 4242".to_owned() }
}

#[tokio::test]
async fn authorises_and_captures() -> anyhow::Result<()> {
    let mut shop = Shop::open().await?;
    let order = shop.order("tok_fine").await?;
    assert_eq!(shop.settle().await?, Settled { asked: 2, unclear: 0 });
    assert_eq!(shop.see(&order).await?.captured_minor(), 1_250);
    assert_eq!(shop.settle().await?, Settled::default(), "nothing is asked twice");
    assert_eq!(shop.provider.sum(Operation::Capture), 1_250);
    Ok(())
}

#[tokio::test]
async fn tries_another_card_after_a_decline() -> anyhow::Result<()> {
    let mut shop = Shop::open().await?;
    let order = shop.order("tok_decline").await?;
    shop.settle().await?;
    assert!(matches!(shop.see(&order).await?.movements[0].status, MovementStatus::Declined { .. }));
    let retry = PaymentCommand::Retry { pay_with: pay_with("tok_fine") };
    shop.run(Command::Payment { order: order.clone(), command: retry }).await?;
    shop.settle().await?;
    assert_eq!(shop.see(&order).await?.status, OrderStatus::Paid);
    assert_eq!(shop.provider.sum(Operation::Capture), 1_250);
    Ok(())
}

#[tokio::test]
async fn waits_for_a_challenge() -> anyhow::Result<()> {
    let mut shop = Shop::open().await?;
    let order = shop.order("tok_challenge").await?;
    shop.settle().await?;
    let movement = shop.see(&order).await?.movements[0].clone();
    assert!(matches!(movement.status, MovementStatus::Challenged { .. }));
    assert_eq!(shop.settle().await?, Settled::default(), "it is the shopper's turn");
    shop.provider.pass_challenge(&format!("{}/authorise", movement.key));
    let webhooks = shop.provider.webhooks();
    // A webhook that comes twice does what one does.
    for webhook in webhooks.iter().chain(&webhooks) {
        shop.till.receive(shop.now, webhook.clone()).await?;
    }
    shop.settle().await?;
    assert_eq!(shop.see(&order).await?.captured_minor(), 1_250);
    Ok(())
}

#[tokio::test]
async fn asks_by_key_for_an_answer_that_was_lost() -> anyhow::Result<()> {
    for token in ["tok_timeout", "tok_lost"] {
        let mut shop = Shop::open().await?;
        let order = shop.order(token).await?;
        assert_eq!(shop.settle().await?.unclear, 1);
        for _ in 0..3 {
            shop.wait(1);
            shop.settle().await?;
        }
        assert_eq!(shop.see(&order).await?.captured_minor(), 1_250, "{token}");
        assert_eq!(shop.provider.sum(Operation::Authorise), 1_250, "{token}");
    }
    Ok(())
}

#[tokio::test]
async fn gives_back_what_comes_too_late() -> anyhow::Result<()> {
    let mut shop = Shop::open().await?;
    let order = shop.order("tok_late").await?;
    shop.settle().await?;
    shop.wait(15);
    shop.books.expire(&shop.policy, shop.now, 10).await?;
    assert_eq!(shop.see(&order).await?.status, OrderStatus::Cancelled);
    for webhook in shop.provider.webhooks() {
        shop.till.receive(shop.now, webhook).await?;
    }
    shop.settle().await?;
    assert_eq!((shop.provider.sum(Operation::Void), shop.provider.sum(Operation::Capture)), (1_250, 0));
    Ok(())
}
