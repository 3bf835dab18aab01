//! The cart: what somebody means to buy, where it goes, and what it costs at this moment.

mod discount;
mod limits;
mod quote;
mod shipping;
mod take_over;
mod tax;

use commerce::VariantId;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(crate) use discount::is_used_up;
pub use quote::{AppliedRule, PriceChange, Quote, QuoteLine, QuoteTax, quote};
pub(crate) use shipping::delivery_minor;
pub use shipping::{ShippingOption, SurchargeLine, shipping_options};
pub(crate) use tax::{OrderTaxes, combined_rate, order_taxes};

use crate::plan::{Case, Mood, Plan};
use crate::{Address, CartId, Change, Holder, Item, OrderId, Owner, Refusal, State};

/// A cart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cart {
    /// Whose it is.
    pub owner: Owner,
    /// In the order in which they were added; no variant twice.
    #[serde(default)]
    pub lines: Vec<CartLine>,
    /// Codes as they were entered.
    #[serde(default)]
    pub coupons: Vec<String>,
    /// Where the parcel goes; `None` until it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Address>,
    /// Who is told; `None` until it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<Contact>,
    /// The way of delivery, by its id in the policy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shipping: Option<String>,
    /// Until when the goods are held, while somebody is about to pay.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held_until: Option<Timestamp>,
    /// The order that it became; a cart becomes one order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<OrderId>,
}

/// One variant in a cart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CartLine {
    /// Which one.
    pub variant: VariantId,
    /// How many; never zero.
    pub quantity: u32,
    /// What one cost when the shopper last saw it, in minor units.
    pub seen_minor: i64,
    /// What one cost when it was put into the cart, where that was something else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub added_minor: Option<i64>,
}

impl CartLine {
    /// So many pieces at this price.
    pub fn new(variant: VariantId, quantity: u32, seen_minor: i64) -> Self {
        Self { variant, quantity, seen_minor, added_minor: None }
    }

    /// The same at another price, with what it was.
    fn at(&self, now_minor: i64) -> Self {
        let first = self.added_minor.unwrap_or(self.seen_minor);
        Self { seen_minor: now_minor, added_minor: (first != now_minor).then_some(first), ..self.clone() }
    }
}

/// Who an order is for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// First and last name.
    pub name: String,
    /// Where mail goes.
    pub email: String,
}

/// What can be done to a cart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CartCommand {
    /// A new one.
    Open,
    /// More of a variant.
    Add {
        /// Which one.
        variant: VariantId,
        /// How many more.
        quantity: u32,
    },
    /// So many of a variant; none takes it out.
    SetQuantity {
        /// Which one.
        variant: VariantId,
        /// How many in all.
        quantity: u32,
    },
    /// Another variant of the same product in place of one.
    Swap {
        /// What is in the cart.
        variant: VariantId,
        /// What is wanted in its place.
        to: VariantId,
    },
    /// A code.
    AddCoupon {
        /// As on the voucher.
        code: String,
    },
    /// Without that code.
    DropCoupon {
        /// As it was entered.
        code: String,
    },
    /// The prices as they are now are fine.
    AcceptPrices,
    /// Where the parcel goes.
    SetAddress {
        /// The address.
        address: Address,
    },
    /// Who the order is for.
    SetContact {
        /// Name and e-mail.
        contact: Contact,
    },
    /// How it is delivered.
    ChooseShipping {
        /// The method's id.
        method: String,
    },
    /// What is in a cart of the same person from before they signed in. Only the shop does this, once it knows who they are.
    TakeOver {
        /// Their other cart, which is empty afterwards.
        from: CartId,
    },
}

/// What became of a cart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CartChange {
    /// It was opened.
    Opened(Cart),
    /// A line is this from now on, in its place or at the end.
    LineSet(CartLine),
    /// A line gave its place to another variant.
    LineSwapped(VariantId, CartLine),
    /// A line was taken out.
    LineRemoved(VariantId),
    /// A code was taken.
    CouponAdded(String),
    /// A code was dropped.
    CouponDropped(String),
    /// Where it goes.
    AddressSet(Address),
    /// Who it is for.
    ContactSet(Contact),
    /// How it goes.
    ShippingChosen(String),
    /// Its goods are held until then; `None`: no longer.
    Held(Option<Timestamp>),
    /// It became an order.
    Ordered(OrderId),
}

impl Cart {
    /// An empty cart.
    pub fn new(owner: Owner) -> Self {
        Self {
            owner,
            lines: Vec::new(),
            coupons: Vec::new(),
            address: None,
            contact: None,
            shipping: None,
            held_until: None,
            order: None,
        }
    }

    /// The line of a variant.
    pub fn line(&self, variant: &VariantId) -> Option<&CartLine> {
        self.lines.iter().find(|line| line.variant == *variant)
    }

    fn apply(&mut self, change: &CartChange) {
        match change {
            CartChange::Opened(cart) => *self = cart.clone(),
            CartChange::LineSet(line) => match self.place(&line.variant) {
                Some(place) => self.lines[place] = line.clone(),
                None => self.lines.push(line.clone()),
            },
            CartChange::LineSwapped(variant, line) => {
                if let Some(place) = self.place(variant) {
                    self.lines[place] = line.clone();
                }
            }
            CartChange::LineRemoved(variant) => self.lines.retain(|line| line.variant != *variant),
            CartChange::CouponAdded(code) => self.coupons.push(code.clone()),
            CartChange::CouponDropped(code) => self.coupons.retain(|known| known != code),
            CartChange::AddressSet(address) => self.address = Some(address.clone()),
            CartChange::ContactSet(contact) => self.contact = Some(contact.clone()),
            CartChange::ShippingChosen(method) => self.shipping = Some(method.clone()),
            CartChange::Held(until) => self.held_until = *until,
            CartChange::Ordered(order) => {
                self.order = Some(order.clone());
                self.held_until = None;
            }
        }
    }

    fn place(&self, variant: &VariantId) -> Option<usize> {
        self.lines.iter().position(|line| line.variant == *variant)
    }
}

/// Lays a change over a cart.
pub(crate) fn apply(state: &mut State, id: &CartId, change: &CartChange) {
    if let CartChange::Opened(cart) = change {
        state.carts.insert(id.clone(), cart.clone());
    } else if let Some(cart) = state.carts.get_mut(id) {
        cart.apply(change);
    }
}

/// The actor's own cart of this id, if it is still open.
pub(crate) fn open_cart<'a>(case: &Case<'a>, id: &CartId) -> Result<&'a Cart, Refusal> {
    let cart = case.state.carts.get(id).filter(|cart| case.actor.is_owner(&cart.owner));
    let cart = cart.ok_or(Refusal::CartNotFound)?;
    match &cart.order {
        Some(order) => Err(Refusal::CartOrdered { order: order.clone() }),
        None => Ok(cart),
    }
}

/// Decides a command on a cart.
pub(crate) fn plan(case: &Case<'_>, id: &CartId, command: &CartCommand) -> Result<Plan, Refusal> {
    let mut plan = Plan::default();
    let change = match command {
        CartCommand::Open => opened(case, id)?,
        _ => {
            let cart = open_cart(case, id)?;
            if cart.held_until.is_some() {
                // What is held no longer fits a cart that changes.
                crate::stock::release_all(case.state, &mut plan, &Holder::Cart(id.clone()));
                plan.push(Change::Cart { cart: id.clone(), change: CartChange::Held(None) });
            }
            if *command == CartCommand::AcceptPrices {
                for line in seen(case, cart)? {
                    plan.push(Change::Cart { cart: id.clone(), change: CartChange::LineSet(line) });
                }
                plan.tell(|mood| {
                    format!("The prices in your cart {} those of today.", mood.of("are", "would be"))
                });
                return Ok(plan);
            }
            if let CartCommand::TakeOver { from } = command {
                take_over::plan(case, (id, cart), from, &mut plan)?;
                return Ok(plan);
            }
            changed(case, id, cart, command)?
        }
    };
    plan.tell(|mood| told(case, &change, mood));
    plan.push(Change::Cart { cart: id.clone(), change });
    Ok(plan)
}

fn opened(case: &Case<'_>, id: &CartId) -> Result<CartChange, Refusal> {
    let owner = case.actor.owner().ok_or(Refusal::ShopperOnly)?;
    if case.state.carts.contains_key(id) {
        return Err(Refusal::IdTaken { id: id.to_string() });
    }
    let mut cart = Cart::new(owner);
    if let Some(shopper) = case.account(&cart.owner) {
        cart.address = shopper.address.clone();
        cart.contact = Some(Contact { name: shopper.name.clone(), email: shopper.email.clone() });
    }
    Ok(CartChange::Opened(cart))
}

fn changed(case: &Case<'_>, id: &CartId, cart: &Cart, command: &CartCommand) -> Result<CartChange, Refusal> {
    Ok(match command {
        CartCommand::Add { variant, quantity } => {
            let has = cart.line(variant).map_or(0, |line| line.quantity);
            CartChange::LineSet(line(case, id, cart, variant, has.saturating_add(*quantity), None)?)
        }
        CartCommand::SetQuantity { variant, quantity } => {
            cart.line(variant).ok_or(Refusal::NotInCart)?;
            match quantity {
                0 => CartChange::LineRemoved(variant.clone()),
                _ => CartChange::LineSet(line(case, id, cart, variant, *quantity, None)?),
            }
        }
        CartCommand::Swap { variant, to } => swapped(case, id, cart, variant, to)?,
        CartCommand::AddCoupon { code } => limits::coupon(case, cart, code)?,
        CartCommand::DropCoupon { code } => {
            let known = cart.coupons.iter().find(|known| known.eq_ignore_ascii_case(code.trim()));
            CartChange::CouponDropped(
                known.ok_or(Refusal::CouponUnknown { code_entered: code.clone() })?.clone(),
            )
        }
        CartCommand::SetAddress { address } => {
            case.policy.checked(address)?;
            CartChange::AddressSet(address.clone())
        }
        CartCommand::SetContact { contact } => CartChange::ContactSet(checked(contact)?),
        CartCommand::ChooseShipping { method } => {
            let options = shipping_options(case.state, case.policy, cart, case.now);
            let option = options.iter().find(|option| option.method == *method);
            option.ok_or(Refusal::ShippingNotOffered { method: method.clone() })?;
            CartChange::ShippingChosen(method.clone())
        }
        CartCommand::Open | CartCommand::AcceptPrices | CartCommand::TakeOver { .. } => {
            return Err(Refusal::NothingToChange);
        }
    })
}

/// The line that a variant would have with so many pieces, if the shop sells that many.
fn line(
    case: &Case<'_>,
    id: &CartId,
    cart: &Cart,
    variant: &VariantId,
    quantity: u32,
    instead_of: Option<&VariantId>,
) -> Result<CartLine, Refusal> {
    let item = case.item(variant)?;
    if quantity == 0 {
        return Err(Refusal::QuantityZero);
    }
    let price = buyable_price(case, item)?;
    limits::quantity(case.policy, case.state, cart, item, quantity, instead_of)?;
    if let Some(level) = case.state.stock.get(variant) {
        let left = level.free_for(&[Holder::Cart(id.clone())], case.now);
        if left < quantity {
            return Err(Refusal::OutOfStock { item: item.name(), left });
        }
    }
    Ok(match cart.line(variant) {
        Some(known) => CartLine { quantity, ..known.at(price) },
        None => CartLine::new(variant.clone(), quantity, price),
    })
}

/// What one costs now, if orders are taken for it in the shop's currency.
pub(crate) fn buyable_price(case: &Case<'_>, item: &Item) -> Result<i64, Refusal> {
    if !item.is_available {
        return Err(Refusal::OutOfStock { item: item.name(), left: 0 });
    }
    let is_sane = |minor: i64| (0..=crate::exact::MAX_AMOUNT_MINOR).contains(&minor);
    let price =
        item.price.filter(|price| price.currency == case.policy.currency && is_sane(price.amount_minor));
    price.map(|price| price.amount_minor).ok_or_else(|| Refusal::NoPrice { item: item.name() })
}

fn swapped(
    case: &Case<'_>,
    id: &CartId,
    cart: &Cart,
    variant: &VariantId,
    to: &VariantId,
) -> Result<CartChange, Refusal> {
    let old = cart.line(variant).ok_or(Refusal::NotInCart)?;
    let product = &case.item(variant)?.product;
    case.variant_of(product, to)?;
    if variant == to {
        return Err(Refusal::NothingToChange);
    }
    if cart.line(to).is_some() {
        return Err(Refusal::AlreadyInCart { item: case.item(to)?.name() });
    }
    let line = line(case, id, cart, to, old.quantity, Some(variant))?;
    Ok(CartChange::LineSwapped(variant.clone(), line))
}

fn seen(case: &Case<'_>, cart: &Cart) -> Result<Vec<CartLine>, Refusal> {
    let mut lines = Vec::new();
    for line in &cart.lines {
        let seen_minor = buyable_price(case, case.item(&line.variant)?)?;
        if seen_minor != line.seen_minor {
            lines.push(line.at(seen_minor));
        }
    }
    Ok(lines)
}

fn checked(contact: &Contact) -> Result<Contact, Refusal> {
    let is_fine = |text: &str| {
        !text.trim().is_empty() && text.len() <= Address::MAX_LINE_BYTES && !text.contains(char::is_control)
    };
    if !is_fine(&contact.name) {
        return Err(Refusal::ContactIncomplete { field: "name".to_owned() });
    }
    if !is_fine(&contact.email) || !contact.email.contains('@') {
        return Err(Refusal::ContactIncomplete { field: "e-mail address".to_owned() });
    }
    Ok(contact.clone())
}

fn told(case: &Case<'_>, change: &CartChange, mood: Mood) -> String {
    let name = |variant| case.item(variant).map_or_else(|_| "the item".to_owned(), Item::name);
    let is = mood.of("is", "would be");
    let is_no_longer = mood.of("is no longer", "would no longer be");
    match change {
        CartChange::Opened(_) => format!("You {} a new cart.", mood.of("have", "would have")),
        CartChange::LineSet(line) | CartChange::LineSwapped(_, line) => {
            let has = mood.of("has", "would have");
            format!("Your cart {has} {} of {}.", line.quantity, name(&line.variant))
        }
        CartChange::LineRemoved(variant) => format!("{} {is_no_longer} in your cart.", name(variant)),
        CartChange::CouponAdded(code) => format!("The code {code} {is} in your cart."),
        CartChange::CouponDropped(code) => format!("The code {code} {is_no_longer} in your cart."),
        CartChange::AddressSet(address) => {
            format!("It {} to {}.", mood.of("goes", "would go"), address.one_line())
        }
        CartChange::ContactSet(contact) => format!("The order {is} for {}.", contact.name),
        CartChange::ShippingChosen(method) => format!("It {is} delivered by {method}."),
        CartChange::Held(_) | CartChange::Ordered(_) => String::new(),
    }
}
