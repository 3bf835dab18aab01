//! What a product that was found states of what is asked for.

use commerce::Product;
use search::{Constraint, EvidenceKind, EvidenceRow, Field, Hit, Test};

use crate::reason::render;
use crate::voice::{Line, Voice};
use crate::{Ask, Request};

/// The row of the offer that is shown: the variant's own where there is one.
pub(super) fn offer_of<'a>(hit: &Hit, rows: &'a [EvidenceRow]) -> Option<&'a EvidenceRow> {
    let mut offers = rows.iter().filter(|row| row.kind == EvidenceKind::Offer);
    let title = hit.variant.as_ref().map(|variant| variant.title.as_str());
    let own = offers.clone().find(|row| title.is_some_and(|title| row.context == title));
    own.or_else(|| offers.next())
}

/// Whether the need is for a variant, so that it is told which one fits.
pub(super) fn names_variant(request: &Request, product: &Product) -> bool {
    let is_option = |key: &str| product.variants.iter().any(|variant| variant.options.contains_key(key));
    request
        .need
        .constraints
        .iter()
        .any(|constraint| matches!(&constraint.field, Field::Attribute(key) if is_option(key)))
}

/// What a product states that a constraint or liking asks for, rendered, with the row that states it.
pub(super) fn stated<'a>(
    constraint: &Constraint,
    product: &Product,
    hit: &Hit,
    rows: &'a [EvidenceRow],
    ask: &Ask,
) -> Option<(String, &'a EvidenceRow)> {
    let Field::Attribute(key) = &constraint.field else { return None };
    let row = rows.iter().find(|row| row.kind == EvidenceKind::Attribute && row.source == *key)?;
    let variant = product
        .variants
        .iter()
        .find(|v| hit.variant.as_ref().is_some_and(|hit| hit.source_id == v.source_id));
    let choice = variant.and_then(|variant| variant.options.get(key));
    let attribute = product.attributes.find(key).or_else(|| variant.and_then(|v| v.attributes.find(key)));
    let label =
        attribute.map_or_else(|| commerce::Attribute::label(key), |attribute| attribute.label.clone());
    let voice = Voice::of(&ask.locale);
    let values: Vec<String> = match (&constraint.test, attribute, choice) {
        (Test::AnyOf(wanted), _, Some(choice)) if wanted.contains(choice) => vec![voice.value(choice)],
        (Test::AnyOf(wanted), Some(attribute), _) => attribute
            .values
            .iter()
            .filter(|value| wanted.contains(&value.display()))
            .map(|value| render::value_of(key, value, &ask.locale))
            .collect(),
        (Test::AnyOf(_), None, _) => Vec::new(),
        (_, Some(attribute), _) => {
            attribute.values.iter().map(|value| render::value_of(key, value, &ask.locale)).collect()
        }
        (_, None, Some(choice)) => vec![voice.value(choice)],
        (_, None, None) => Vec::new(),
    };
    (!values.is_empty())
        .then(|| (voice.say(Line::Reason, &[&voice.label(&label), &voice.list(&values)]), row))
}
