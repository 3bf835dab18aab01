//! What is reduced in price, where that is asked for.

use commerce::Product;
use search::{Field, Hit};

use crate::voice::{Line, Voice};
use crate::{Ask, Request};

/// What a product costs without its sale, rendered; the row of its offer states both.
pub(super) fn reason(request: &Request, ask: &Ask, product: &Product, hit: &Hit) -> Option<String> {
    let is_asked = request.need.constraints.iter().any(|constraint| constraint.field == Field::Saving);
    let now = hit.price.filter(|_| is_asked)?;
    let own = |id: &str| product.variants.iter().find(|variant| variant.source_id == id);
    let shown = hit.variant.as_ref().map_or(product.variants.first(), |variant| own(&variant.source_id))?;
    let before = shown.offer.price.filter(|before| before.currency == now.currency)?;
    let voice = Voice::of(&ask.locale);
    (before.amount_minor > now.amount_minor).then(|| voice.say(Line::ReducedFrom, &[&voice.money(before)]))
}
