//! What a question stands on.

use super::{Touched, note};
use crate::query::Query;
use crate::{Actor, Owner, Policy, State};

/// What a question touches, as far as one can tell from what is loaded.
pub fn touched_by_query(state: &State, policy: &Policy, actor: &Actor, query: &Query) -> Touched {
    let mut touched = Touched::default();
    match query {
        Query::FindShopper(proof) => touched.people.extend([proof.lookup()]),
        Query::Profile(id) | Query::Orders(id) => {
            touched.shoppers.insert(id.clone());
            touched.orders_of.insert(Owner::Shopper(id.clone()));
        }
        Query::Order(id) => {
            touched.orders.insert(id.clone());
            touched.returns_of.insert(id.clone());
        }
        Query::Product(product) => note(&mut touched.products, product),
        Query::Item(variant) => note(&mut touched.variants, variant),
        Query::Cart(id) | Query::Shipping(id) => touched.cart(state, policy, id),
        Query::Prices(variant) => {
            touched.variants.insert(variant.clone());
            touched.prices.insert(variant.clone());
        }
        Query::Alerts => {
            touched.alerts_of.extend(actor.owner());
            if let Some(Owner::Shopper(id)) = actor.owner() {
                touched.mandates_of.insert(id);
            }
        }
    }
    touched
}
