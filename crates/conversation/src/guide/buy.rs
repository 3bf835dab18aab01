//! On the way from a cart to an order: what is missing is asked for, one thing after the other.

use checkout::cart::ShippingOption;
use checkout::order::Tender;
use checkout::query::{Query, View};
use checkout::tool::ToolName;
use checkout::{Address, Cart, Contact, MethodKind, Order, OrderStatus};
use commerce::Money;
use serde_json::{Value, json};
use sessions::Wish;
use store::{BooksError, StoreError};

use super::{Guide, Step, Telling, address, naming, payment, wish};
use crate::Party;
use crate::remembered::{Asking, Remembered};
use crate::scene::Surroundings;

const ASK_ADDRESS: &str = "Where should it go? Write your name, e-mail, street, town, state, postcode and country, with commas \
                           between them: Ada Lovelace, ada@example.com, 12 Oak Street, Austin, TX, 78701, US.";
const BAD_ADDRESS: &str = "I could not read that as an address.";

impl Guide {
    /// The next thing to do or to ask before the order can be placed. `pay_with` is what it was to be paid with before something in
    /// it was changed.
    pub(super) async fn buy(
        &self,
        around: &Surroundings,
        pay_with: Option<Value>,
        remembered: &Remembered,
    ) -> Result<Step, StoreError> {
        let Some((cart, quote)) = around.cart.as_ref().filter(|(cart, _)| !cart.lines.is_empty()) else {
            return Ok(ask("Your cart is empty.", None, remembered));
        };
        if !quote.price_changes.is_empty() {
            let input = json!({ "cart": around.cart_id });
            return self.call(&around.party, (ToolName::AcceptPrices, input), remembered).await;
        }
        if cart.address.is_none() || cart.contact.is_none() {
            return self.ask_address(around, cart, remembered).await;
        }
        if !self.counter.policy.shipping.methods.is_empty() && quote.shipping.is_none() {
            return self.ask_delivery(around, remembered).await;
        }
        let known = match pay_with {
            Some(pay_with) => Some(pay_with),
            None => self.as_last(around).await?.and_then(|tender| serde_json::to_value(tender).ok()),
        };
        if let Some(pay_with) = known {
            let input = json!({ "cart": around.cart_id, "pay_with": pay_with });
            return self.call(&around.party, (ToolName::PlaceOrder, input), remembered).await;
        }
        Ok(ask(payment::question(&self.counter), Some(Asking::Payment), remembered))
    }

    /// The way to pay that a shopper used last: of their account, or the provider's token that they gave then.
    async fn as_last(&self, around: &Surroundings) -> Result<Option<Tender>, StoreError> {
        let Some(shopper) = around.party.shopper() else { return Ok(None) };
        let paid =
            |order: &&Order| order.status != OrderStatus::Cancelled && order.original_method().is_some();
        let Some(order) = around.orders.iter().find(paid) else { return Ok(None) };
        let profile = match self.counter.view(&around.actor, &Query::Profile(shopper.clone())).await {
            Ok(View::Profile(profile, _)) => profile,
            Err(BooksError::Store(error)) => return Err(error),
            _ => return Ok(None),
        };
        let Some(method) = order.original_method() else { return Ok(None) };
        if profile.methods.contains_key(method) {
            return Ok(Some(Tender::Saved(method.clone())));
        }
        let used = order.movements.iter().find(|charge| charge.method == *method && charge.is_secured());
        let token = used.filter(|charge| charge.kind != MethodKind::GiftCard).map(|charge| Tender::Token {
            method: method.clone(),
            kind: charge.kind,
            label: charge.label.clone(),
        });
        Ok(token)
    }

    /// What the shopper says to what they were asked; `None` where it is something else.
    pub(super) async fn answered(
        &self,
        party: &Party,
        asking: Option<Asking>,
        [text, english]: [&str; 2],
        remembered: &Remembered,
    ) -> Result<Option<Step>, StoreError> {
        let asking = match asking {
            None | Some(Asking::Proof) => return Ok(None),
            Some(Asking::Condition) => return self.in_condition(party, english, remembered).await,
            Some(Asking::Reason) => return self.because(party, english, remembered).await,
            Some(asking) => asking,
        };
        let around = Surroundings::load(&self.counter, party, remembered).await?;
        // Another address than the one that is known may be given until the order is placed.
        if let (Asking::Delivery | Asking::Payment, Some((contact, address))) = (asking, self.address(text))
            && self.counter.policy.unclear(&address).is_none()
        {
            return Ok(Some(Step::Call(set_address(&around, &address, &contact, remembered))));
        }
        match asking {
            Asking::Address => Ok(match self.address(text) {
                Some((_, address)) if self.counter.policy.unclear(&address).is_some() => {
                    let field = self.counter.policy.unclear(&address).unwrap_or_default();
                    let again = format!("Please check the {field} of the address. {ASK_ADDRESS}");
                    Some(ask(again, Some(Asking::Address), remembered))
                }
                Some((contact, address)) => {
                    Some(Step::Call(set_address(&around, &address, &contact, remembered)))
                }
                None if address::is_meant(text) => {
                    let again = format!("{BAD_ADDRESS} {ASK_ADDRESS}");
                    Some(ask(again, Some(Asking::Address), remembered))
                }
                None => None,
            }),
            Asking::Delivery => {
                let Some(named) = naming::names(english) else { return Ok(None) };
                let options = self.deliveries(&around).await?;
                let chosen =
                    options.iter().enumerate().find(|(place, option)| is_chosen(*place, option, &named));
                let Some((_, option)) = chosen else { return Ok(None) };
                let input = json!({ "cart": around.cart_id, "method": option.method });
                self.call(party, (ToolName::ChooseShipping, input), remembered).await.map(Some)
            }
            Asking::OrderAddress => self.readdressed(&around, text, remembered).await,
            Asking::Variant => match self.choose(&around, text, remembered).await? {
                None if english != text => self.choose(&around, english, remembered).await,
                step => Ok(step),
            },
            Asking::NewOrder => self.order_anew(&around, english, remembered).await,
            Asking::Product => self.point(&around, english, remembered).await,
            // The name of a card may be a word of another language.
            Asking::Payment => match self.pay(&around, text, remembered).await? {
                None if english != text => self.pay(&around, english, remembered).await,
                step => Ok(step),
            },
            Asking::Proof | Asking::Condition | Asking::Reason => Ok(None),
        }
    }

    /// Another delivery, way to pay or address than in the summary of an order that waits for a yes; `None` where the words are none.
    pub(super) async fn revised(
        &self,
        party: &Party,
        [text, english, offered]: [&str; 3],
        remembered: &Remembered,
    ) -> Result<Option<Step>, StoreError> {
        for asking in [Asking::Delivery, Asking::Payment] {
            for words in [english, offered] {
                let step = self.answered(party, Some(asking), [text, words], remembered).await?;
                // A question is no order to change.
                if let Some(Step::Call(_)) = step {
                    return Ok(step);
                }
            }
        }
        Ok(None)
    }

    fn address(&self, text: &str) -> Option<(Contact, Address)> {
        address::read(text, self.counter.policy.only_country())
    }

    /// Where a shopper's parcels go is known, from their account or from the order they gave last; a guest is asked.
    async fn ask_address(
        &self,
        around: &Surroundings,
        cart: &Cart,
        remembered: &Remembered,
    ) -> Result<Step, StoreError> {
        let Some((address, contact)) = self.known_address(around, cart).await? else {
            return Ok(ask(ASK_ADDRESS, Some(Asking::Address), remembered));
        };
        Ok(Step::Call(set_address(around, &address, &contact, remembered)))
    }

    async fn known_address(
        &self,
        around: &Surroundings,
        cart: &Cart,
    ) -> Result<Option<(Address, Contact)>, StoreError> {
        let Some(shopper) = around.party.shopper() else { return Ok(None) };
        let profile = match self.counter.view(&around.actor, &Query::Profile(shopper.clone())).await {
            Ok(View::Profile(profile, _)) => profile,
            Err(BooksError::Store(error)) => return Err(error),
            _ => return Ok(None),
        };
        let last = around.orders.iter().find(|order| order.owner == around.party.owner());
        let contact = match profile.email.is_empty() {
            false => Some(Contact { name: profile.name, email: profile.email }),
            true => last.map(|order| order.contact.clone()),
        };
        let address = cart.address.clone().or(profile.address).or(last.map(|order| order.address.clone()));
        let address = address.filter(|at| self.counter.policy.unclear(at).is_none());
        Ok(address.zip(contact))
    }

    async fn ask_delivery(&self, around: &Surroundings, remembered: &Remembered) -> Result<Step, StoreError> {
        let options = self.deliveries(around).await?;
        match &options[..] {
            [] => Ok(ask(
                format!("Nothing is delivered to this address. {ASK_ADDRESS}"),
                Some(Asking::Address),
                remembered,
            )),
            [only] => {
                let input = json!({ "cart": around.cart_id, "method": only.method });
                self.call(&around.party, (ToolName::ChooseShipping, input), remembered).await
            }
            several => {
                let lines = several.iter().enumerate().map(|(place, option)| {
                    let price = Money::new(option.price_minor, self.counter.policy.currency);
                    let days = match option.days {
                        [1, 1] => "1 business day".to_owned(),
                        [least, most] if least == most => format!("{most} business days"),
                        [least, most] => format!("{least} to {most} business days"),
                    };
                    format!("- {}. {}, {days}: {price}", place + 1, option.title)
                });
                let lines = lines.collect::<Vec<_>>().join("\n");
                let place = as_before(around).unwrap_or_default();
                let question = format!("{place}How should it be delivered?\n{lines}");
                Ok(ask(question, Some(Asking::Delivery), remembered))
            }
        }
    }

    async fn deliveries(&self, around: &Surroundings) -> Result<Vec<ShippingOption>, StoreError> {
        match self.counter.view(&around.actor, &Query::Shipping(around.cart_id.clone())).await {
            Ok(View::Shipping(options)) => Ok(options),
            Err(BooksError::Store(error)) => Err(error),
            _ => Ok(Vec::new()),
        }
    }
}

/// Where it goes, where that is known from an order before, so that another address can be given.
fn as_before(around: &Surroundings) -> Option<String> {
    around.party.shopper()?;
    let address = around.cart.as_ref()?.0.address.as_ref()?;
    let is_known = around.orders.iter().any(|order| order.address == *address);
    is_known.then(|| {
        let address = address.one_line();
        format!("It goes to {address}, as before; write name, e-mail and another address if it should not.\n")
    })
}

pub(super) fn set_address(
    around: &Surroundings,
    address: &Address,
    contact: &Contact,
    remembered: &Remembered,
) -> Vec<Wish> {
    let address = json!({ "cart": around.cart_id, "address": address });
    let contact = json!({ "cart": around.cart_id, "contact": contact });
    let calls = [(ToolName::SetCartAddress, address), (ToolName::SetCartContact, contact)];
    calls.into_iter().map(|(tool, input)| wish(&around.party, tool, input, remembered)).collect()
}

/// Whether a way of delivery is named: by its number in the list, its id, or words of its title.
fn is_chosen(place: usize, option: &ShippingOption, named: &[String]) -> bool {
    let name = naming::words(&format!("{} {} {}", place + 1, option.method, option.title));
    naming::are_of(named, &name)
}

pub(super) fn ask(text: impl Into<String>, asking: Option<Asking>, remembered: &Remembered) -> Step {
    let remembered = Remembered { asking, ..remembered.clone() };
    Step::Tell(Box::new(Telling::say(text, remembered)))
}
