//! Reviews of a product.

use commerce::{ProductRef, Review, ReviewId};
use serde_json::Value;

use super::graph::Node;
use super::product::source_id;
use crate::html_page::Page;
use crate::html_text::plain;
use crate::output::{IdKind, Output, shortened};
use crate::row::Row;
use crate::{DiagnosticCode, Record};

/// Hands over the reviews that stand inside a product.
pub(super) fn read_all(product: &Node<'_>, product_id: &str, output: &mut Output<'_>) {
    for review in product.nodes("review").iter().chain(&product.nodes("reviews")) {
        read(review, product_id, output);
    }
}

/// What all reviews of a script say, wherever they stand in it.
pub(super) fn texts(value: &Value, found: &mut Vec<String>) {
    const MAX_TEXTS: usize = 5_000;
    match value {
        Value::Array(items) => items.iter().for_each(|item| texts(item, found)),
        Value::Object(object) => {
            if let Some(Value::String(text)) = object.get("reviewBody")
                && found.len() < MAX_TEXTS
            {
                found.push(plain(text));
            }
            object.values().for_each(|inner| texts(inner, found));
        }
        _ => {}
    }
}

/// Hands over a review that stands apart from its product, if it says which that is.
pub(super) fn read_alone(review: &Node<'_>, page: &Page, output: &mut Output<'_>) {
    if let Some(product) = review.nodes("itemReviewed").first() {
        read(review, &source_id(product, page), output);
    }
}

fn read(node: &Node<'_>, product_id: &str, output: &mut Output<'_>) {
    let author = plain(&node.text("author"));
    let date = node.first_text(&["datePublished", "dateCreated"]);
    let text = plain(&node.first_text(&["reviewBody", "description"]));
    let given = [node.id(), &node.text("url"), &node.text("identifier")]
        .into_iter()
        .find(|id| !id.is_empty())
        .map(str::to_owned);
    let source_id = given.unwrap_or_else(|| {
        let start: String = text.chars().take(40).collect();
        format!("{product_id}/{author}/{date}/{start}")
    });
    let mut row = Row { output, line: 0, record: &source_id };
    let rating = node.nodes("reviewRating").first().and_then(|rating| scaled(rating, &mut row));
    if text.is_empty() && rating.is_none() || !row.output.is_new(IdKind::Review, &source_id) {
        return;
    }
    let written = row.time("datePublished", &date);
    let review = Review {
        id: ReviewId::of(&[&source_id]),
        product: ProductRef::source_id(product_id),
        rating,
        title: plain(&node.first_text(&["name", "headline"])),
        text,
        author,
        written,
        is_verified: false,
        source_id,
    };
    output.record(Record::Review(review));
}

/// A rating from 0 to 1; without a scale it is one from 1 to 5.
fn scaled(rating: &Node<'_>, row: &mut Row<'_, '_>) -> Option<f32> {
    let number =
        |name: &str| rating.text(name).replace(',', ".").parse::<f32>().ok().filter(|n| n.is_finite());
    let text = rating.text("ratingValue");
    let value = number("ratingValue");
    let (worst, best) = (number("worstRating").unwrap_or(1.0), number("bestRating").unwrap_or(5.0));
    match value.filter(|value| worst < best && (worst..=best).contains(value)) {
        Some(value) => Some((value - worst) / (best - worst)),
        None if text.is_empty() => None,
        None => {
            row.warn(
                "ratingValue",
                DiagnosticCode::InvalidRating,
                format!("\"{}\" is no rating from {worst} to {best}; it is left out", shortened(&text)),
                "give bestRating and worstRating with it",
            );
            None
        }
    }
}
