use std::collections::BTreeMap;

use checkout::cart::CartCommand;
use checkout::order::Tender;
use checkout::payment::{Operation, PaymentAnswer, PaymentCommand, ProviderCommand, outstanding};
use checkout::placement::PlacementCommand;
use checkout::*;
use commerce::{CategoryPath, Currency, Money, ProductId, VariantId};
use jiff::{SignedDuration, Timestamp};

use crate::part::{is_part, part};

/// A shop with a clock that stands still, where every command is shown, confirmed, decided and applied.
pub(crate) struct Shop {
    pub(crate) state: State,
    pub(crate) policy: Policy,
    pub(crate) now: Timestamp,
    pub(crate) journal: Vec<Change>,
    count: u32,
}

pub(crate) const POLICY: &str = r#"
currency = "USD"

[identity]
shopper = ["email", "name_and_postcode"]
guest = ["email", "name_and_postcode"]

[stock]
reserve_for = "15 minutes"

[payment]
refund_days = { card = [5, 7], gift_card = [0, 0] }

[[shipping.method]]
id = "standard"
title = "Standard delivery"
days = [3, 5]

[[shipping.method.rate]]
price = "5.00 USD"

[[tax.rate]]
name = "Sales tax"
percent = "8.25%"
on_shipping = true

[orders.cancel]
while = ["placed", "paid"]
within = "24 hours"

[orders.change_address]
while = ["placed", "paid"]
max_times = 2

[orders.change_payment]
while = ["paid"]

[orders.change_items]
while = ["paid"]
max_times = 2

[returns]
is_offered = true
refund_to = ["original", "gift_card"]
is_label_free = true

[[returns.rule]]
goods = { category = "Outlet" }
is_final_sale = true

[[returns.rule]]
window = "30 days"
restocking_fee = "10%"

[exchanges]
is_offered = true
same_variant = true

[mandates]
is_offered = true
max_total = "500.00 USD"
max_quantity = 3
max_validity = "90 days"
"#;

pub(crate) fn usd(minor: i64) -> Money {
    Money::new(minor, Currency::parse("USD").unwrap())
}

pub(crate) fn variant(product: &str, name: &str) -> VariantId {
    VariantId::of(&[product, name])
}

pub(crate) fn item(product: &str, name: &str, price_minor: i64, category: &str) -> Item {
    Item {
        variant: variant(product, name),
        product: ProductId::of(&[product]),
        sku: format!("{product}-{name}"),
        title: product.to_owned(),
        options: BTreeMap::from([("version".to_owned(), name.to_owned())]),
        price: Some(usd(price_minor)),
        on_sale: false,
        is_available: true,
        categories: CategoryPath::parse(category, '>').into_iter().collect(),
        attributes: BTreeMap::new(),
        weight_grams: Some(700),
    }
}

pub(crate) fn address(line1: &str) -> Address {
    Address {
        line1: line1.to_owned(),
        line2: String::new(),
        city: "Springfield".to_owned(),
        region: "IL".to_owned(),
        postcode: "62701".to_owned(),
        country: "US".to_owned(),
    }
}

pub(crate) fn shopper(name: &str) -> Actor {
    Actor::Shopper(ShopperId::parse(name).unwrap())
}

pub(crate) fn order_id(name: &str) -> OrderId {
    OrderId::parse(name).unwrap()
}

pub(crate) fn return_id(name: &str) -> ReturnId {
    ReturnId::parse(name).unwrap()
}

pub(crate) fn saved(method: &str) -> Tender {
    Tender::Saved(MethodId::parse(method).unwrap())
}

fn account(name: &str) -> Shopper {
    let method = |kind, label: &str, balance_minor| Method { kind, label: label.to_owned(), balance_minor };
    Shopper {
        id: ShopperId::parse(name).unwrap(),
        name: format!("{name} Doe"),
        email: format!("{name}@example.com"),
        address: Some(address("1 Main Street")),
        methods: BTreeMap::from([
            (MethodId::parse("card").unwrap(), method(MethodKind::Card, "Visa ending in 4242", None)),
            (MethodId::parse("other").unwrap(), method(MethodKind::Card, "Visa ending in 1111", None)),
            (MethodId::parse("gift").unwrap(), method(MethodKind::GiftCard, "your gift card", Some(20_000))),
        ]),
        mandate_keys: Vec::new(),
    }
}

/// A summary that somebody is to say yes to never reads as if it had happened.
pub(crate) fn read_ahead(summary: &Summary) {
    assert_eq!(summary.ahead.len(), summary.lines.len());
    let is_ahead = |line: &String| ["would ", "could ", " already."].iter().any(|word| line.contains(word));
    assert!(!summary.needs_yes || summary.ahead.iter().any(is_ahead), "{:?}", summary.ahead);
}

impl Shop {
    pub(crate) fn new() -> Self {
        Self::with_policy(POLICY)
    }

    pub(crate) fn with_policy(policy: &str) -> Self {
        let mut state = State::default();
        let goods = [("Tee", "S", 1999), ("Tee", "M", 2099), ("Tee", "L", 1899), ("Mug", "blue", 1250)];
        for (product, name, price) in goods {
            let item = item(product, name, price, "Goods > Things");
            state.stock.insert(item.variant.clone(), StockLevel { on_hand: 5, ..StockLevel::default() });
            state.items.insert(item.variant.clone(), item);
        }
        let last = item("Lamp", "old", 4000, "Goods > Outlet");
        state.items.insert(last.variant.clone(), last);
        for name in ["ann", "bob"] {
            state.shoppers.insert(ShopperId::parse(name).unwrap(), account(name));
        }
        let now = Timestamp::from_second(1_760_000_000).unwrap();
        Self { state, policy: Policy::parse(policy).unwrap(), now, journal: Vec::new(), count: 0 }
    }

    pub(crate) fn wait(&mut self, minutes: i64) {
        self.now += SignedDuration::from_mins(minutes);
    }

    pub(crate) fn request(&mut self, actor: &Actor, command: Command) -> Request {
        self.count += 1;
        let key = Key::parse(&format!("request {}", self.count)).unwrap();
        Request { key, actor: actor.clone(), at: self.now, command, confirmation: None }
    }

    /// Shows, confirms, decides, applies.
    pub(crate) fn run(&mut self, actor: &Actor, command: Command) -> Result<Vec<String>, Refusal> {
        let mut request = self.request(actor, command);
        let summary = preview(&self.state, &self.policy, &request)?;
        read_ahead(&summary);
        request.confirmation = Some(Confirmation { digest: summary.digest });
        self.decide(&request)?;
        Ok(summary.lines)
    }

    pub(crate) fn decide(&mut self, request: &Request) -> Result<(), Refusal> {
        let mut part = part(&self.state, &self.policy, request);
        let decided = decide(&self.state, &self.policy, request);
        assert_eq!(decide(&part, &self.policy, request), decided, "what is touched decides it");
        for change in decided? {
            apply(&mut self.state, &change);
            apply(&mut part, &change);
            self.journal.push(change);
        }
        is_part(&part, &self.state);
        Ok(())
    }

    pub(crate) fn refused(&mut self, actor: &Actor, command: Command) -> &'static str {
        let before = self.state.clone();
        let refusal = self.run(actor, command).expect_err("this should be refused");
        assert_eq!(self.state, before, "what is refused changes nothing");
        refusal.code()
    }

    /// A cart with these goods, ready to be placed.
    pub(crate) fn cart(
        &mut self,
        actor: &Actor,
        name: &str,
        goods: &[(VariantId, u32)],
    ) -> Result<CartId, Refusal> {
        let cart = CartId::parse(name).unwrap();
        let mut commands = vec![CartCommand::Open];
        commands.extend(
            goods.iter().map(|(variant, quantity)| CartCommand::Add {
                variant: variant.clone(),
                quantity: *quantity,
            }),
        );
        if matches!(actor, Actor::Guest { .. }) {
            let contact = Contact { name: "Gus Guest".to_owned(), email: "gus@example.com".to_owned() };
            commands.push(CartCommand::SetContact { contact });
            commands.push(CartCommand::SetAddress { address: address("2 Side Street") });
        }
        if !self.policy.shipping.methods.is_empty() {
            commands.push(CartCommand::ChooseShipping { method: "standard".to_owned() });
        }
        for command in commands {
            self.run(actor, Command::Cart { cart: cart.clone(), command })?;
        }
        Ok(cart)
    }

    pub(crate) fn place(
        &mut self,
        actor: &Actor,
        name: &str,
        goods: &[(VariantId, u32)],
        pay_with: Tender,
    ) -> Result<OrderId, Refusal> {
        let cart = self.cart(actor, &format!("cart of {name}"), goods)?;
        let order = order_id(name);
        let command = PlacementCommand::Place { order: order.clone(), pay_with };
        self.run(actor, Command::Placement { cart, command })?;
        Ok(order)
    }

    pub(crate) fn answer(&mut self, asked: &ProviderCommand, answer: PaymentAnswer) {
        self.answer_to(&asked.order.clone(), &asked.movement.clone(), asked.operation, answer);
    }

    pub(crate) fn answer_to(
        &mut self,
        order: &OrderId,
        movement: &Key,
        operation: Operation,
        answer: PaymentAnswer,
    ) {
        let command = PaymentCommand::Answer { movement: movement.clone(), operation, answer };
        let request = self.request(&Actor::System, Command::Payment { order: order.clone(), command });
        self.decide(&request).unwrap();
    }

    /// The provider says yes to all that it is asked.
    pub(crate) fn settle(&mut self) {
        for _ in 0..10 {
            for asked in outstanding(&self.state) {
                self.answer(&asked, PaymentAnswer::Succeeded);
            }
        }
        assert!(outstanding(&self.state).is_empty());
    }

    pub(crate) fn order(&self, id: &OrderId) -> &Order {
        &self.state.orders[id]
    }

    pub(crate) fn balance(&self, name: &str) -> i64 {
        let shopper = &self.state.shoppers[&ShopperId::parse(name).unwrap()];
        shopper.methods[&MethodId::parse("gift").unwrap()].balance_minor.unwrap()
    }

    pub(crate) fn free(&self, variant: &VariantId) -> u32 {
        self.state.stock[variant].free_for(&[], self.now)
    }
}
