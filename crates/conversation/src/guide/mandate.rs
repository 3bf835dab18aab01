//! Standing orders in words: how it is paid, where it goes and what it may cost in all follow from the account, or from the
//! last order where the account does not say. The summary tells all of it.

use action::MandateWish;
use checkout::cart::{CartLine, quote, shipping_options};
use checkout::mandate::MandateTerms;
use checkout::query::{Query, View};
use checkout::tool::ToolName;
use checkout::{Cart, Item, MethodId, MethodKind, Order, OrderStatus, Owner, Shopper, ShopperId, State};
use commerce::Money;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use store::{BooksError, StoreError};

use super::{Guide, Step, Telling};
use crate::remembered::Remembered;
use crate::scene::Surroundings;

const SIGN_IN: &str = "A standing order buys by itself, so please sign in first: I have to know whose it is.";
const NO_MEANS: &str = "A standing order pays by itself, so I have to know how you pay and where it goes. Your next order tells me \
                        that; after it I can set this up.";

impl Guide {
    /// Asks for a yes to a standing order, or says what is in its way.
    pub(super) async fn promise(
        &self,
        around: &Surroundings,
        wish: &MandateWish,
        remembered: &Remembered,
    ) -> Result<Step, StoreError> {
        let say = |text: &str| Step::Tell(Box::new(Telling::say(text, remembered.clone())));
        let Some(id) = around.party.shopper() else { return Ok(say(SIGN_IN)) };
        let profile = match self.counter.view(&around.actor, &Query::Profile(id.clone())).await {
            Ok(View::Profile(profile, _)) => profile,
            Err(BooksError::Store(error)) => return Err(error),
            _ => return Ok(say(SIGN_IN)),
        };
        let item = match self.counter.view(&around.actor, &Query::Item(wish.variant.clone())).await {
            Ok(View::Items(items)) => items.into_iter().next().map(|(item, _)| item),
            Err(BooksError::Store(error)) => return Err(error),
            _ => None,
        };
        let (Some(item), Some((pay_with, like))) = (item, means(&profile, &around.orders)) else {
            return Ok(say(NO_MEANS));
        };
        let (shipping, total) = self.cost(id, wish, (&item, &profile, like));
        let terms = MandateTerms {
            shopper: id.clone(),
            variant: wish.variant.clone(),
            quantity: wish.quantity,
            unit_cap: wish.unit_cap,
            total_cap: total,
            pay_with,
            shipping,
            valid_until: wish.valid_until.unwrap_or_else(|| self.latest(Timestamp::now())),
            as_order: like.map(|order| order.id.clone()),
        };
        self.call(&around.party, (ToolName::GiveMandate, json!({ "terms": terms })), remembered).await
    }

    /// The way of delivery that costs least, and what all costs at the price that is waited for.
    fn cost(
        &self,
        shopper: &ShopperId,
        wish: &MandateWish,
        (item, profile, like): (&Item, &Shopper, Option<&Order>),
    ) -> (Option<String>, Money) {
        let policy = self.counter.policy();
        let mut cart = Cart::new(Owner::Shopper(shopper.clone()));
        cart.address = profile.address.clone().or_else(|| like.map(|order| order.address.clone()));
        cart.lines.push(CartLine::new(wish.variant.clone(), wish.quantity, wish.unit_cap.amount_minor));
        let mut state = State::default();
        let item = Item { price: Some(wish.unit_cap), ..item.clone() };
        state.items.insert(wish.variant.clone(), item);
        let now = Timestamp::now();
        let options = shipping_options(&state, policy, &cart, now);
        cart.shipping =
            options.into_iter().min_by_key(|option| option.price_minor).map(|option| option.method);
        let total = quote(&state, policy, &cart, now).total_minor;
        (cart.shipping, Money::new(total, policy.currency))
    }

    /// The longest that the shop lets one wait, in whole days.
    fn latest(&self, now: Timestamp) -> Timestamp {
        let longest = self.counter.policy().mandates.max_validity.map_or(now, |window| window.after(now));
        let day = SignedDuration::from_hours(24).as_secs();
        Timestamp::from_second(longest.as_second().div_euclid(day) * day).unwrap_or(longest)
    }
}

/// What pays: something of the account, else what an earlier order was paid with; and that order.
fn means<'a>(profile: &Shopper, orders: &'a [Order]) -> Option<(MethodId, Option<&'a Order>)> {
    let is_lasting = |kind: MethodKind| kind != MethodKind::GiftCard;
    let paid = |order: &&Order| {
        let charges = order.movements.iter().filter(|charge| charge.is_secured());
        order.status != OrderStatus::Cancelled && charges.clone().any(|charge| is_lasting(charge.kind))
    };
    let like = orders.iter().find(paid);
    if let Some((id, _)) = profile.methods.iter().find(|(_, method)| is_lasting(method.kind)) {
        return Some((id.clone(), like));
    }
    let order = like?;
    let charge = order.movements.iter().find(|charge| charge.is_secured() && is_lasting(charge.kind))?;
    Some((charge.method.clone(), like))
}
