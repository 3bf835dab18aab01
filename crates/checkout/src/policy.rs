//! A shop's policy as data: what may be done, until when, by whom, for how much. One TOML file per shop.
//!
//! The file fails closed: what it does not allow is refused. `policy/default.toml` is a commented example of every key.

mod alerts;
mod cart;
mod confirmation;
mod exchanges;
mod fault;
mod identity;
mod mandates;
mod orders;
mod pages;
mod payment;
mod price;
mod region;
mod returns;
mod review;
mod shape;
mod shipping;
mod stock;
mod tax;
mod window;

use commerce::Currency;
use serde::{Deserialize, Serialize};

pub use alerts::AlertPolicy;
pub use cart::{CartPolicy, QuantityLimit};
pub use confirmation::ConfirmationPolicy;
pub use exchanges::ExchangePolicy;
pub use fault::Fault;
pub use identity::{IdentityPolicy, Proving};
pub use mandates::MandatePolicy;
pub use orders::{ChangePolicy, OrderPolicy};
pub use pages::{Difference, PageText, differences};
pub use payment::{Capture, PaymentPolicy, RefundDays};
pub use price::Price;
pub use region::Region;
pub use returns::{KeptPer, KeptSum, RefundTo, ReturnPolicy, ReturnRule, Settle};
pub use review::{ReviewPolicy, ReviewRule};
pub use shipping::{ShippingMethod, ShippingPolicy, ShippingRate, Surcharge, SurchargePer};
pub use stock::StockPolicy;
pub use tax::{RoundPer, TaxPolicy, TaxRate};
pub use window::Window;

pub(crate) use fault::Check;

use crate::{Address, PriceRule, Refusal};

/// The example that is documented key by key, and what a shop without a file of its own starts with.
pub const DEFAULT_POLICY: &str = include_str!("policy/default.toml");

/// The largest policy file that is read.
pub const MAX_POLICY_BYTES: usize = 1024 * 1024;

/// All rules of a shop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// The currency in which the shop sells.
    pub currency: Currency,
    /// How people are known.
    #[serde(default)]
    pub identity: IdentityPolicy,
    /// What needs a yes besides what cannot be taken back.
    #[serde(default)]
    pub confirmation: ConfirmationPolicy,
    /// What somebody of the shop looks at first.
    #[serde(default)]
    pub review: ReviewPolicy,
    /// How much a cart holds.
    #[serde(default)]
    pub cart: CartPolicy,
    /// How long goods are held for somebody.
    #[serde(default)]
    pub stock: StockPolicy,
    /// Ways to pay, and when money moves.
    #[serde(default)]
    pub payment: PaymentPolicy,
    /// Ways to deliver and what they cost.
    #[serde(default)]
    pub shipping: ShippingPolicy,
    /// Taxes and their rounding.
    #[serde(default)]
    pub tax: TaxPolicy,
    /// What may be done to an order that is on its way.
    #[serde(default)]
    pub orders: OrderPolicy,
    /// What may come back, until when, and how the money goes back.
    #[serde(default)]
    pub returns: ReturnPolicy,
    /// What may be exchanged for what.
    #[serde(default)]
    pub exchanges: ExchangePolicy,
    /// Price alerts.
    #[serde(default)]
    pub alerts: AlertPolicy,
    /// Standing orders.
    #[serde(default)]
    pub mandates: MandatePolicy,
    /// Discounts, in any order; `priority` decides.
    #[serde(default, rename = "price_rule")]
    pub price_rules: Vec<PriceRule>,
}

impl Policy {
    /// Reads and checks a policy file. All faults of meaning are listed; of syntax, the first.
    pub fn parse(text: &str) -> Result<Self, Vec<Fault>> {
        if text.len() > MAX_POLICY_BYTES {
            return Err(vec![Fault::too_large()]);
        }
        let policy: Self = toml::from_str(text).map_err(|error| shape::faults(text, &error))?;
        let faults = policy.faults(text);
        if faults.is_empty() { Ok(policy) } else { Err(faults) }
    }

    /// Refuses an address that nothing can go to, or that leaves open which taxes and ways of delivery it has.
    pub(crate) fn checked(&self, address: &Address) -> Result<(), Refusal> {
        address.checked()?;
        let field = self.unclear(address);
        field.map_or(Ok(()), |field| Err(Refusal::AddressIncomplete { field: field.to_owned() }))
    }

    /// The code of the only country that the shop delivers to; `None` where there are several, or it delivers everywhere.
    pub fn only_country(&self) -> Option<&str> {
        let rates = self.shipping.methods.iter().flat_map(|method| &method.rates);
        let mut countries = rates.flat_map(|rate| match rate.regions.is_empty() {
            true => vec![None],
            false => rate.regions.iter().map(Region::country).collect(),
        });
        let first = countries.next()??;
        countries.all(|other| other == Some(first)).then_some(first)
    }

    /// The field of an address that taxes or delivery depend on and that it does not tell.
    pub fn unclear(&self, address: &Address) -> Option<&'static str> {
        let taxes = self.tax.rates.iter().flat_map(|rate| &rate.regions);
        let rates = self.shipping.methods.iter().flat_map(|method| &method.rates);
        let surcharges = self.shipping.surcharges.iter().flat_map(|surcharge| &surcharge.regions);
        let mut regions = taxes.chain(rates.flat_map(|rate| &rate.regions)).chain(surcharges);
        regions.find_map(|region| region.unclear(address))
    }

    fn faults(&self, text: &str) -> Vec<Fault> {
        let mut check = Check::new(text, self.currency);
        self.identity.check(&mut check);
        self.confirmation.check(&mut check);
        self.review.check(&mut check);
        self.cart.check(&mut check);
        self.payment.check(&mut check);
        self.shipping.check(&mut check);
        self.tax.check(&mut check);
        self.orders.check(&mut check);
        self.returns.check(&mut check);
        self.exchanges.check(&mut check);
        self.mandates.check(&mut check);
        for (place, rule) in self.price_rules.iter().enumerate() {
            rule.check(&mut check, place, &self.price_rules);
        }
        check.faults
    }
}
