//! The world's file and tasks, and the world as the state of the machines.

use std::collections::BTreeMap;

use anyhow::Context;
use checkout::order::{Direction, Movement, MovementStatus, Shipment};
use checkout::{
    Address, Contact, Item, Key, Method, MethodId, MethodKind, Order, OrderId, OrderLine, OrderStatus, Owner,
    Percent, Shopper, ShopperId, State,
};
use commerce::{Currency, Money, ProductId, VariantId};
use serde::{Deserialize, Serialize};

/// The world.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct World {
    /// By id.
    pub(super) products: BTreeMap<String, WorldProduct>,
    /// By id.
    pub(super) users: BTreeMap<String, WorldUser>,
    /// By number.
    pub(super) orders: BTreeMap<String, WorldOrder>,
}

/// A product.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct WorldProduct {
    pub(super) name: String,
    pub(super) product_id: String,
    pub(super) variants: BTreeMap<String, WorldVariant>,
}

/// A variant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct WorldVariant {
    pub(super) item_id: String,
    pub(super) options: BTreeMap<String, String>,
    pub(super) available: bool,
    #[serde(with = "cents")]
    pub(super) price: i64,
}

/// A user.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct WorldUser {
    pub(super) user_id: String,
    pub(super) name: WorldName,
    pub(super) address: WorldAddress,
    pub(super) email: String,
    pub(super) payment_methods: BTreeMap<String, WorldMethod>,
}

/// A name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct WorldName {
    pub(super) first_name: String,
    pub(super) last_name: String,
}

/// An address.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct WorldAddress {
    pub(super) address1: String,
    #[serde(default)]
    pub(super) address2: String,
    pub(super) city: String,
    pub(super) country: String,
    pub(super) state: String,
    pub(super) zip: String,
}

/// A way to pay.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct WorldMethod {
    pub(super) source: String,
    #[serde(default)]
    pub(super) brand: Option<String>,
    #[serde(default)]
    pub(super) last_four: Option<String>,
    #[serde(default, with = "maybe_cents")]
    pub(super) balance: Option<i64>,
}

/// An order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct WorldOrder {
    pub(super) order_id: String,
    pub(super) user_id: String,
    pub(super) address: WorldAddress,
    pub(super) items: Vec<WorldItem>,
    pub(super) status: String,
    #[serde(default)]
    pub(super) fulfillments: Vec<WorldParcel>,
    pub(super) payment_history: Vec<WorldPayment>,
    #[serde(default)]
    pub(super) cancel_reason: Option<String>,
    /// Items that were asked to be returned, and where the money goes.
    #[serde(default)]
    pub(super) returned: Option<(Vec<String>, String)>,
    /// Items that were asked to be exchanged, what for, with what, and the difference in cents.
    #[serde(default)]
    pub(super) exchanged: Option<(Vec<String>, Vec<String>, String, i64)>,
}

/// An item of an order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct WorldItem {
    pub(super) name: String,
    pub(super) product_id: String,
    pub(super) item_id: String,
    #[serde(with = "cents")]
    pub(super) price: i64,
    pub(super) options: BTreeMap<String, String>,
}

/// A parcel.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct WorldParcel {
    pub(super) tracking_id: Vec<String>,
    pub(super) item_ids: Vec<String>,
}

/// A payment or refund.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct WorldPayment {
    pub(super) transaction_type: String,
    #[serde(with = "cents")]
    pub(super) amount: i64,
    pub(super) payment_method_id: String,
}

/// Both ways between the world's item ids and variants.
pub(super) struct Index {
    pub(super) variants: BTreeMap<String, VariantId>,
    pub(super) items: BTreeMap<VariantId, String>,
}

impl World {
    pub(super) fn index(&self) -> Index {
        let mut index = Index { variants: BTreeMap::new(), items: BTreeMap::new() };
        for product in self.products.values() {
            for item in product.variants.keys() {
                let variant = VariantId::of(&[&product.product_id, item]);
                index.variants.insert(item.clone(), variant.clone());
                index.items.insert(variant, item.clone());
            }
        }
        index
    }
}

impl Index {
    /// The variant of an item; one that nobody sells for an item that is not in the world.
    pub(super) fn variant(&self, item: &str) -> VariantId {
        self.variants.get(item).cloned().unwrap_or_else(|| VariantId::of(&["unknown", item]))
    }
}

impl WorldAddress {
    pub(super) fn to_address(&self) -> Address {
        Address {
            line1: self.address1.clone(),
            line2: self.address2.clone(),
            city: self.city.clone(),
            region: self.state.clone(),
            postcode: self.zip.clone(),
            country: self.country.clone(),
        }
    }
}

/// The world as the state of the machines.
pub(super) fn import(world: &World) -> anyhow::Result<State> {
    let mut state = State::default();
    let currency = Currency::parse("USD").context("the dollar is a currency")?;
    for product in world.products.values() {
        for variant in product.variants.values() {
            let item = item(&product.product_id, &product.name, &variant.item_id, &variant.options);
            let price = Some(Money::new(variant.price, currency));
            let item = Item { price, is_available: variant.available, ..item };
            state.items.insert(item.variant.clone(), item);
        }
    }
    for user in world.users.values() {
        let shopper = shopper(user)?;
        state.shoppers.insert(shopper.id.clone(), shopper);
    }
    for known in world.orders.values() {
        let user = world.users.get(&known.user_id).context("an order of nobody")?;
        let order = order(known, user, currency).with_context(|| format!("order {}", known.order_id))?;
        state.orders.insert(order.id.clone(), order);
    }
    Ok(state)
}

fn item(product: &str, name: &str, item: &str, options: &BTreeMap<String, String>) -> Item {
    Item {
        variant: VariantId::of(&[product, item]),
        product: ProductId::of(&[product]),
        sku: item.to_owned(),
        title: name.to_owned(),
        options: options.clone(),
        price: None,
        on_sale: false,
        is_available: true,
        categories: Vec::new(),
        attributes: BTreeMap::new(),
        weight_grams: None,
    }
}

fn shopper(user: &WorldUser) -> anyhow::Result<Shopper> {
    let mut methods = BTreeMap::new();
    for (id, method) in &user.payment_methods {
        methods.insert(MethodId::parse(id).context("a method without an id")?, self::method(method)?);
    }
    Ok(Shopper {
        id: ShopperId::parse(&user.user_id).context("a user without an id")?,
        name: format!("{} {}", user.name.first_name, user.name.last_name),
        email: user.email.clone(),
        address: Some(user.address.to_address()),
        methods,
        mandate_keys: Vec::new(),
    })
}

fn method(method: &WorldMethod) -> anyhow::Result<Method> {
    let (kind, label) = match method.source.as_str() {
        "credit_card" => {
            let brand = method.brand.as_deref().unwrap_or("card");
            let digits = method.last_four.as_deref().unwrap_or("????");
            (MethodKind::Card, format!("{brand} ending in {digits}"))
        }
        "paypal" => (MethodKind::Wallet, "PayPal".to_owned()),
        "gift_card" => (MethodKind::GiftCard, "your gift card".to_owned()),
        other => anyhow::bail!("a way to pay that is not known: {other}"),
    };
    Ok(Method { kind, label, balance_minor: method.balance })
}

fn order(known: &WorldOrder, user: &WorldUser, currency: Currency) -> anyhow::Result<Order> {
    let id = OrderId::parse(&known.order_id).context("an order without a number")?;
    let status = status(&known.status)?;
    let mut lines = Vec::new();
    for (place, bought) in known.items.iter().enumerate() {
        lines.push(line(place as u32 + 1, bought, currency, status));
    }
    let mut movements: Vec<Movement> = Vec::new();
    for (place, payment) in known.payment_history.iter().enumerate() {
        let movement = movement(place, payment, user, &movements, &id)?;
        movements.push(movement);
    }
    let total: i64 = lines.iter().map(|line| line.paid_minor).sum();
    let parcels = known.fulfillments.iter().flat_map(|parcel| &parcel.tracking_id);
    Ok(Order {
        id,
        owner: Owner::Shopper(ShopperId::parse(&known.user_id).context("an order of nobody")?),
        contact: Contact {
            name: format!("{} {}", user.name.first_name, user.name.last_name),
            email: user.email.clone(),
        },
        address: known.address.to_address(),
        currency,
        total_minor: if status == OrderStatus::Cancelled { 0 } else { total },
        lines,
        shipping_minor: 0,
        shipping_title: String::new(),
        status,
        movements,
        shipments: parcels
            .map(|tracking| Shipment {
                carrier: String::new(),
                tracking: tracking.clone(),
                lines: Vec::new(),
                delivered_at: None,
            })
            .collect(),
        placed_at: None,
        delivered_at: None,
        cancel_reason: known.cancel_reason.clone(),
        cart: None,
        delivery: None,
        limited_rules: Vec::new(),
        history: Vec::new(),
    })
}

fn line(number: u32, bought: &WorldItem, currency: Currency, status: OrderStatus) -> OrderLine {
    let item = item(&bought.product_id, &bought.name, &bought.item_id, &bought.options);
    let has_left = matches!(status, OrderStatus::Shipped | OrderStatus::Delivered);
    OrderLine {
        number,
        item: Item { price: Some(Money::new(bought.price, currency)), ..item },
        quantity: 1,
        unit_minor: bought.price,
        discount_minor: 0,
        tax_minor: 0,
        tax_rate: Percent::default(),
        paid_minor: bought.price,
        shipped: u32::from(has_left),
        returned: 0,
        in_place_of: None,
    }
}

fn status(text: &str) -> anyhow::Result<OrderStatus> {
    Ok(match text {
        "pending" => OrderStatus::Paid,
        "processed" => OrderStatus::Shipped,
        "delivered" => OrderStatus::Delivered,
        "cancelled" => OrderStatus::Cancelled,
        other => anyhow::bail!("a state that is not known: {other}"),
    })
}

fn movement(
    place: usize,
    payment: &WorldPayment,
    user: &WorldUser,
    before: &[Movement],
    order: &OrderId,
) -> anyhow::Result<Movement> {
    let method =
        user.payment_methods.get(&payment.payment_method_id).context("a way to pay of somebody else")?;
    let Method { kind, label, .. } = self::method(method)?;
    let id = MethodId::parse(&payment.payment_method_id).context("a payment without a method")?;
    let is_charge = payment.transaction_type == "payment";
    let charge = before.iter().find(|charge| charge.direction == Direction::Charge && charge.method == id);
    Ok(Movement {
        key: Key::parse(&format!("{order}-{place}")).context("a key")?,
        method: id,
        kind,
        label,
        direction: if is_charge { Direction::Charge } else { Direction::Refund },
        amount_minor: payment.amount,
        status: if is_charge { MovementStatus::Captured } else { MovementStatus::Refunded },
        of: charge.filter(|_| !is_charge).map(|charge| charge.key.clone()),
        replaces: false,
    })
}

/// Amounts are dollars with decimals in the file, and cents here.
mod cents {
    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(cents: &i64, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_f64(*cents as f64 / 100.0)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<i64, D::Error> {
        f64::deserialize(from).map(|dollars| (dollars * 100.0).round() as i64)
    }
}

mod maybe_cents {
    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(cents: &Option<i64>, out: S) -> Result<S::Ok, S::Error> {
        match cents {
            Some(cents) => super::cents::serialize(cents, out),
            None => out.serialize_none(),
        }
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<i64>, D::Error> {
        let dollars = Option::<f64>::deserialize(from)?;
        Ok(dollars.map(|dollars| (dollars * 100.0).round() as i64))
    }
}
