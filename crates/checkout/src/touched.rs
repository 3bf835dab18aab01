//! What a request or a question stands on, so that a store loads only that. What is touched depends on what is loaded (a
//! cart names its variants), so a caller asks again after each load until nothing new is named:
//!
//! ```text
//! loop { new = touched(&state, …).beyond(&loaded); if new.is_empty() { break } load(new, &mut state); loaded.add(new) }
//! ```
//!
//! **Invariant**: a decision on what is touched is the decision on the whole state.

mod by_query;

use std::collections::BTreeSet;

use commerce::{ProductId, VariantId};

use crate::alert::AlertCommand;
use crate::cart::CartCommand;
use crate::mandate::{MandateCommand, MandateStatus, contact_of};
use crate::order::OrderCommand;
use crate::placement::PlacementCommand;
use crate::price_history::PriceCommand;
use crate::returns::{ReturnCommand, ReturnKind};
use crate::shopper::ProfileCommand;
use crate::state::Redeemer;
use crate::stock::StockCommand;
use crate::{
    Actor, AlertId, CartId, Change, Command, Contact, GuestId, Holder, Key, MandateId, Order, OrderId, Owner,
    Policy, PriceRule, Request, ReturnId, ShopperId, State,
};

pub use by_query::touched_by_query;

macro_rules! sets {
    ($($(#[$doc:meta])* $name:ident: $of:ty,)*) => {
        /// Names of what is touched.
        #[derive(Clone, Debug, Default, PartialEq, Eq)]
        pub struct Touched {
            $($(#[$doc])* pub $name: BTreeSet<$of>,)*
        }

        impl Touched {
            /// Whether nothing is.
            pub fn is_empty(&self) -> bool {
                $(self.$name.is_empty())&&*
            }

            /// What of this is not in the other.
            pub fn beyond(&self, known: &Self) -> Self {
                Self { $($name: self.$name.difference(&known.$name).cloned().collect(),)* }
            }

            /// Takes all of the other in.
            pub fn add(&mut self, more: Self) {
                $(self.$name.extend(more.$name);)*
            }
        }
    };
}

sets! {
    /// Keys of requests, which may have been carried out.
    keys: Key,
    /// Carts.
    carts: CartId,
    /// Orders.
    orders: OrderId,
    /// All orders of these owners.
    orders_of: Owner,
    /// Returns.
    returns: ReturnId,
    /// All returns of these orders.
    returns_of: OrderId,
    /// Profiles.
    shoppers: ShopperId,
    /// Profiles that these details may point at ([`crate::Shopper::lookups`]).
    people: String,
    /// Price alerts.
    alerts: AlertId,
    /// All price alerts of these owners.
    alerts_of: Owner,
    /// All price alerts that wait for these variants.
    alerts_on: VariantId,
    /// Standing orders.
    mandates: MandateId,
    /// All standing orders of these shoppers.
    mandates_of: ShopperId,
    /// Items, with their stock.
    variants: VariantId,
    /// All variants of these products, with their stock.
    products: ProductId,
    /// Whose part of the stock has to be told from everybody else's.
    holders: Holder,
    /// Price histories.
    prices: VariantId,
    /// How often limited price rules were used, in all and by these.
    rule_uses: (String, Redeemer),
}

/// What a request touches, as far as one can tell from what is loaded.
pub fn touched(state: &State, policy: &Policy, request: &Request) -> Touched {
    let mut touched = Touched::default();
    touched.keys.insert(request.key.clone());
    if let Actor::Shopper(id) = &request.actor {
        touched.shoppers.insert(id.clone());
    }
    match &request.command {
        Command::Cart { cart, command } => {
            touched.cart(state, policy, cart);
            touched.named_in_cart(command);
            if let CartCommand::TakeOver { from } = command {
                touched.cart(state, policy, from);
                let codes = state.carts.get(from).map(|cart| cart.coupons.clone()).unwrap_or_default();
                if let Some(cart) = state.carts.get(cart) {
                    touched.limited_rules(policy, (&cart.owner, cart.contact.as_ref()), &codes);
                }
            }
            if let (CartCommand::AddCoupon { code }, Some(cart)) = (command, state.carts.get(cart)) {
                let who = (&cart.owner, cart.contact.as_ref());
                touched.limited_rules(policy, who, std::slice::from_ref(code));
            }
        }
        Command::Placement { cart, command } => {
            touched.cart(state, policy, cart);
            if let PlacementCommand::Place { order, .. } = command {
                touched.order(state, order);
            }
        }
        Command::Order { order, command } => {
            touched.order(state, order);
            if let OrderCommand::ChangeItems { swaps, .. } = command {
                touched.variants.extend(swaps.iter().filter_map(|swap| swap.to.clone()));
            }
            if let OrderCommand::Cancel { also, .. } = command {
                also.iter().for_each(|order| touched.order(state, order));
            }
        }
        Command::Payment { order, .. } => touched.order(state, order),
        Command::Return { id, command } => touched.on_return(state, id, command),
        Command::Profile(ProfileCommand::ChangeAddress { shopper, .. }) => {
            touched.shoppers.insert(shopper.clone());
        }
        Command::Profile(ProfileCommand::TakeOver { shopper, guest }) => {
            touched.take_over(state, shopper, guest);
        }
        Command::Stock(StockCommand::Count { variant, .. } | StockCommand::Receive { variant, .. }) => {
            touched.variants.insert(variant.clone());
        }
        Command::Alert { alert, command } => touched.alert(&request.actor, alert, command),
        Command::Mandate { mandate, command } => touched.mandate(state, policy, mandate, command),
        Command::Price(PriceCommand::Seen { variant, .. }) => {
            touched.prices.insert(variant.clone());
            touched.alerts_on.insert(variant.clone());
        }
        Command::Notices(_) => touched.news(state, &request.actor),
    }
    touched
}

/// What changes were made to: this has to be written.
pub fn changed(changes: &[Change]) -> Touched {
    let mut changed = Touched::default();
    for change in changes {
        match change {
            Change::Cart { cart, .. } => note(&mut changed.carts, cart),
            Change::Order { order, .. } => note(&mut changed.orders, order),
            Change::Return { id, .. } => note(&mut changed.returns, id),
            Change::Stock { variant, .. } => note(&mut changed.variants, variant),
            Change::Shopper { shopper, .. } => note(&mut changed.shoppers, shopper),
            Change::RuleUsed { rule, owner, mail, .. } => {
                let by = Redeemer::of(owner, mail.as_ref());
                changed.rule_uses.extend(by.map(|redeemer| (rule.clone(), redeemer)));
            }
            Change::Alert { alert, .. } => note(&mut changed.alerts, alert),
            Change::Mandate { mandate, .. } => note(&mut changed.mandates, mandate),
            Change::Price { variant, .. } => note(&mut changed.prices, variant),
            Change::Handled { key, .. } => note(&mut changed.keys, key),
        }
    }
    changed
}

fn note<T: Ord + Clone>(set: &mut BTreeSet<T>, id: &T) {
    set.insert(id.clone());
}

impl Touched {
    fn cart(&mut self, state: &State, policy: &Policy, id: &CartId) {
        self.carts.insert(id.clone());
        self.holders.insert(Holder::Cart(id.clone()));
        if let Some(cart) = state.carts.get(id) {
            self.owner(&cart.owner);
            self.limited_rules(policy, (&cart.owner, cart.contact.as_ref()), &cart.coupons);
            self.variants.extend(cart.lines.iter().map(|line| line.variant.clone()));
        }
    }

    fn named_in_cart(&mut self, command: &CartCommand) {
        match command {
            CartCommand::Add { variant, .. }
            | CartCommand::SetQuantity { variant, .. }
            | CartCommand::Swap { to: variant, .. } => {
                self.variants.insert(variant.clone());
            }
            CartCommand::Open
            | CartCommand::AddCoupon { .. }
            | CartCommand::DropCoupon { .. }
            | CartCommand::AcceptPrices
            | CartCommand::TakeOver { .. }
            | CartCommand::SetAddress { .. }
            | CartCommand::SetContact { .. }
            | CartCommand::ChooseShipping { .. } => {}
        }
    }

    fn order(&mut self, state: &State, id: &OrderId) {
        self.orders.insert(id.clone());
        self.holders.insert(Holder::Order(id.clone()));
        if let Some(order) = state.orders.get(id) {
            self.owner(&order.owner);
            self.variants.extend(order.lines.iter().map(|line| line.item.variant.clone()));
            self.rules_of(order);
        }
    }

    fn on_return(&mut self, state: &State, id: &ReturnId, command: &ReturnCommand) {
        self.returns.insert(id.clone());
        match command {
            ReturnCommand::Request { order, .. } => self.order_with_returns(state, order),
            ReturnCommand::Exchange { order, items, .. } => {
                self.order_with_returns(state, order);
                self.variants.extend(items.iter().map(|item| item.to.clone()));
            }
            ReturnCommand::Withdraw
            | ReturnCommand::SendLabel { .. }
            | ReturnCommand::Receive { .. }
            | ReturnCommand::Reject => {}
        }
        if let Some(known) = state.returns.get(id) {
            self.order_with_returns(state, &known.order);
            if let ReturnKind::Exchange { lines, .. } = &known.kind {
                self.variants.extend(lines.iter().map(|line| line.item.variant.clone()));
            }
        }
    }

    fn order_with_returns(&mut self, state: &State, id: &OrderId) {
        self.returns_of.insert(id.clone());
        self.order(state, id);
    }

    fn alert(&mut self, actor: &Actor, id: &AlertId, command: &AlertCommand) {
        self.alerts.insert(id.clone());
        if let AlertCommand::Set { variant, .. } = command {
            self.variants.insert(variant.clone());
            self.alerts_of.extend(actor.owner());
        }
    }

    fn mandate(&mut self, state: &State, policy: &Policy, id: &MandateId, command: &MandateCommand) {
        self.mandates.insert(id.clone());
        match command {
            MandateCommand::Sign { terms, .. } | MandateCommand::Agree { terms } => {
                self.shoppers.insert(terms.shopper.clone());
                self.variants.insert(terms.variant.clone());
                self.orders.extend(terms.as_order.clone());
            }
            MandateCommand::Revoke | MandateCommand::Lapse => {}
            MandateCommand::Act { order } => self.order(state, order),
        }
        if let Some(known) = state.mandates.get(id) {
            let owner = Owner::Shopper(known.terms.shopper.clone());
            self.owner(&owner);
            let contact = contact_of(state, &known.terms);
            self.limited_rules(policy, (&owner, contact.as_ref()), &[]);
            self.variants.insert(known.terms.variant.clone());
            self.orders.extend(known.terms.as_order.clone());
        }
    }

    /// Alerts and standing orders of somebody, with what is told of those that are news.
    fn news(&mut self, state: &State, actor: &Actor) {
        let Some(owner) = actor.owner() else { return };
        let alerts = state.alerts.values().filter(|alert| alert.owner == owner && alert.is_news());
        self.variants.extend(alerts.map(|alert| alert.variant.clone()));
        if let Owner::Shopper(id) = &owner {
            let own = state.mandates.values().filter(|known| known.terms.shopper == *id && known.is_news());
            for mandate in own {
                self.variants.insert(mandate.terms.variant.clone());
                if let MandateStatus::Acted { order } = &mandate.status {
                    self.orders.insert(order.clone());
                }
            }
            self.mandates_of.insert(id.clone());
        }
        self.alerts_of.insert(owner);
    }

    /// All orders and alerts of a guest, for the account that they come into.
    fn take_over(&mut self, state: &State, shopper: &ShopperId, guest: &GuestId) {
        let (from, to) = (Owner::Guest(guest.clone()), Owner::Shopper(shopper.clone()));
        self.shoppers.insert(shopper.clone());
        for order in state.orders.values().filter(|order| order.owner == from) {
            self.orders.insert(order.id.clone());
            self.rules_of(order);
            let own = Redeemer::Owner(to.clone());
            self.rule_uses.extend(order.limited_rules.iter().map(|rule| (rule.clone(), own.clone())));
        }
        let alerts = state.alerts.values().filter(|alert| alert.owner == from);
        self.variants.extend(alerts.map(|alert| alert.variant.clone()));
        self.orders_of.insert(from.clone());
        self.alerts_of.insert(from);
    }

    /// The limited price rules that an order has used.
    fn rules_of(&mut self, order: &Order) {
        let mail = Redeemer::mail(&order.contact);
        for rule in &order.limited_rules {
            let by = Redeemer::of(&order.owner, mail.as_ref());
            self.rule_uses.extend(by.map(|redeemer| (rule.clone(), redeemer)));
        }
    }

    fn owner(&mut self, owner: &Owner) {
        if let Owner::Shopper(id) = owner {
            self.shoppers.insert(id.clone());
        }
    }

    /// Rules whose uses count and that may work on a cart with these codes.
    fn limited_rules(
        &mut self,
        policy: &Policy,
        (owner, contact): (&Owner, Option<&Contact>),
        codes: &[String],
    ) {
        let is_meant = |rule: &&PriceRule| {
            rule.is_limited() && (rule.coupon.is_none() || codes.iter().any(|code| rule.takes_coupon(code)))
        };
        let mail = contact.and_then(Redeemer::mail);
        for rule in policy.price_rules.iter().filter(is_meant) {
            let by = Redeemer::of(owner, mail.as_ref());
            self.rule_uses.extend(by.map(|redeemer| (rule.id.clone(), redeemer)));
        }
    }
}
