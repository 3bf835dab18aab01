//! Prices, stock and numbers of a product or variant.
//!
//! A page may sum up its offers as a range of prices. That is no price: the lowest would be filtered, compared and paid by
//! as if it were what the goods cost, and no variant has it for certain. It is stated as an attribute instead, so that a
//! question for the price is answered with what the page says, until a feed gives the prices themselves.

use commerce::{Attribute, Currency, Money, Offer, PRICE_RANGE, Sale, Value, Variant};

use super::graph::{Node, word};
use crate::DiagnosticCode;
use crate::row::{Row, price_problem};

/// The variants of a product that is no group: one for each offer with a SKU of its own, else one.
pub(super) fn variants(node: &Node<'_>, source_id: &str, row: &mut Row<'_, '_>) -> Vec<Variant> {
    let offers = all_offers(node);
    let skus: Vec<String> = offers.iter().map(|offer| offer.text("sku").into_owned()).collect();
    let is_distinct = skus.len() > 1
        && skus.iter().enumerate().all(|(place, sku)| !sku.is_empty() && !skus[..place].contains(sku));
    if is_distinct {
        let variant = |(offer, sku): (&Node<'_>, &String)| {
            let mut variant = Variant::new(source_id, sku);
            read_numbers(offer, row, &mut variant);
            variant.title = offer.text("name").into_owned();
            variant.offer = read_offer(offer, row);
            variant
        };
        return offers.iter().zip(&skus).map(variant).collect();
    }
    let mut only = Variant::new(source_id, source_id);
    read_numbers(node, row, &mut only);
    only.offer = read(node, row);
    vec![only]
}

/// The SKU of the only offer of a product.
pub(super) fn only_sku(node: &Node<'_>) -> Option<String> {
    match all_offers(node).as_slice() {
        [only] => Some(only.text("sku").into_owned()).filter(|sku| !sku.is_empty()),
        _ => None,
    }
}

/// The range of prices that the offers of a product or variant are summed up as.
pub(super) fn range(node: &Node<'_>, row: &mut Row<'_, '_>) -> Option<Attribute> {
    let offers = all_offers(node);
    let [offer] = offers.as_slice() else { return None };
    let (low, high) = ends(offer, row)?;
    let has_none = offer.text("price").is_empty() && offer.nodes("priceSpecification").is_empty();
    if !has_none || is_one_price(offer, low, high) {
        return None;
    }
    let text = high.map_or_else(|| format!("from {low}"), |high| format!("{low} to {high}"));
    row.note(
        "offers",
        DiagnosticCode::MissingPrice,
        "the page gives a range of prices and not what each variant costs; the range is kept as an attribute",
        "list the offers inside the AggregateOffer, or describe the variants as a ProductGroup",
    );
    let label = Attribute::label(PRICE_RANGE);
    Some(Attribute { key: PRICE_RANGE.to_owned(), label, values: vec![Value::Text(text)] })
}

/// The first offer of a product or variant.
pub(super) fn read(node: &Node<'_>, row: &mut Row<'_, '_>) -> Offer {
    let offers = all_offers(node);
    match offers.first() {
        Some(offer) => read_offer(offer, row),
        None => {
            row.note(
                "offers",
                DiagnosticCode::MissingPrice,
                "the product has no offer, and so no price",
                "add an Offer with price, priceCurrency and availability",
            );
            Offer::default()
        }
    }
}

/// Trade item number and part number.
pub(super) fn read_numbers(node: &Node<'_>, row: &mut Row<'_, '_>, variant: &mut Variant) {
    let gtin = node.first_text(&["gtin", "gtin13", "gtin14", "gtin12", "gtin8", "isbn"]);
    variant.gtin = row.gtin("gtin", &gtin);
    variant.mpn = node.text("mpn").into_owned();
}

/// The offers of a product; those of a summary instead of the summary, where it has them.
fn all_offers<'a>(node: &Node<'a>) -> Vec<Node<'a>> {
    node.nodes("offers")
        .into_iter()
        .flat_map(|offer| match offer.nodes("offers") {
            inner if inner.is_empty() => vec![offer],
            inner => inner,
        })
        .collect()
}

fn read_offer(offer: &Node<'_>, row: &mut Row<'_, '_>) -> Offer {
    let specifications = offer.nodes("priceSpecification");
    let is_list = |node: &&Node<'_>| {
        matches!(word(&node.text("priceType")), "ListPrice" | "StrikethroughPrice" | "MSRP" | "SRP")
    };
    let listed = specifications.iter().find(is_list).and_then(|node| price(node, "price", offer, row));
    let paid = price(offer, "price", offer, row)
        .or_else(|| {
            specifications
                .iter()
                .find(|node| !is_list(node))
                .and_then(|node| price(node, "price", offer, row))
        })
        .or_else(|| only_price(offer, row));
    let (price, sale) = match (paid, listed) {
        (Some(paid), Some(listed))
            if listed.currency == paid.currency && listed.amount_minor > paid.amount_minor =>
        {
            let until = row.end_time("priceValidUntil", &offer.text("priceValidUntil"));
            (Some(listed), Some(Sale { price: paid, from: None, until }))
        }
        (paid, listed) => (paid.or(listed), None),
    };
    let level = offer.nodes("inventoryLevel").first().map(|level| level.text("value")).unwrap_or_default();
    let level = if level.is_empty() { offer.text("inventoryLevel") } else { level };
    Offer {
        price,
        sale,
        availability: row.availability("availability", &offer.text("availability")),
        stock: row.stock("inventoryLevel", &level),
        condition: row.condition("itemCondition", &offer.text("itemCondition")),
    }
}

/// A price in the currency that stands beside it or at its offer; blank is none, a wrong one is reported.
fn price(node: &Node<'_>, property: &str, offer: &Node<'_>, row: &mut Row<'_, '_>) -> Option<Money> {
    let text = node.text(property);
    if text.is_empty() {
        return None;
    }
    let stated = |node: &Node<'_>| Currency::parse(&node.text("priceCurrency"));
    let currency = stated(node).or_else(|| stated(offer)).or(row.output.options.default_currency);
    match Money::parse(&text, currency) {
        Ok(price) => Some(price),
        Err(error) => {
            let (reason, hint) = price_problem(&text, &error);
            row.warn(property, DiagnosticCode::InvalidPrice, reason, hint);
            None
        }
    }
}

/// The price of a summary of offers that all cost the same.
fn only_price(offer: &Node<'_>, row: &mut Row<'_, '_>) -> Option<Money> {
    let (low, high) = ends(offer, row)?;
    is_one_price(offer, low, high).then_some(low)
}

/// The lowest price of a summary, and the highest where it is given and can be compared.
fn ends(offer: &Node<'_>, row: &mut Row<'_, '_>) -> Option<(Money, Option<Money>)> {
    let low = price(offer, "lowPrice", offer, row)?;
    let high = price(offer, "highPrice", offer, row)
        .filter(|high| high.currency == low.currency && high.amount_minor >= low.amount_minor);
    Some((low, high))
}

/// Whether all offers of a summary cost the same. With the lowest price alone that is known of a single offer only.
fn is_one_price(offer: &Node<'_>, low: Money, high: Option<Money>) -> bool {
    high.map_or_else(|| offer.text("offerCount") == "1", |high| high == low)
}
