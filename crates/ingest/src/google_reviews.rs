//! Google product review feeds, versions 2.1 to 2.4: reviews with the ids by which their products are known. A review
//! without an id gets one from what it says. What the feed takes back, in `deleted_reviews` or by a mark of the review
//! itself, and what it calls spam, is a withdrawal; reviews for which no product is named are left out.

use std::borrow::Cow;

use commerce::{Gtin, ProductRef, Review, ReviewId};

use crate::output::{IdKind, Output, shortened};
use crate::row::Row;
use crate::text::Text;
use crate::xml::{Entry, Node, XmlEntries};
use crate::{DiagnosticCode, Record, html_text};

/// Ratings run from one to this where the feed does not say.
const DEFAULT_RANGE: (f32, f32) = (1.0, 5.0);
/// Ids of one product that are kept of each kind.
const MAX_IDS: usize = 32;

/// Reads the whole feed.
pub(crate) fn read(text: &mut Text<'_>, output: &mut Output<'_>) {
    let mut entries = XmlEntries::new(text, is_entry, output);
    while let Some(entry) = entries.next(output) {
        if entry.name() != "review" {
            withdraw(entry.own_value(), output);
            continue;
        }
        let mut row = Row { output, line: entry.line, record: entry.value("review_id") };
        if let Some(review) = review(entry, &mut row) {
            row.output.record(Record::Review(review));
        }
    }
}

/// A review, or the id of one that is taken back, which may stand in an element of its own.
fn is_entry(name: &str, inside: Option<&str>) -> bool {
    match name {
        "review" => true,
        "review_id" => matches!(inside, Some("deleted_reviews" | "deleted_review")),
        _ => false,
    }
}

fn withdraw(id: &str, output: &mut Output<'_>) {
    if !id.is_empty() {
        output.record(Record::WithdrawnReview(ReviewId::of(&[id])));
    }
}

/// One review, or `None` with the reason reported.
fn review(entry: &Entry, row: &mut Row<'_, '_>) -> Option<Review> {
    if entry.value("is_deleted") == "true" {
        withdraw(row.record, row.output);
        return None;
    }
    if entry.value("is_spam") == "true" {
        row.note(
            "is_spam",
            DiagnosticCode::NotPublished,
            "the feed says that the review is spam; it is left out",
            "say false where it is none",
        );
        withdraw(row.record, row.output);
        return None;
    }
    let text = text_of(entry);
    let title = html_text::plain(entry.value("title"));
    let rating = rating(entry, row);
    if text.is_empty() && title.is_empty() && rating.is_none() {
        row.refuse(
            "content",
            DiagnosticCode::Empty,
            "the review says nothing and is left out",
            "leave it out of the feed",
        );
        return None;
    }
    let product = product(entry);
    if product.is_empty() {
        row.refuse(
            "products",
            DiagnosticCode::UnknownProduct,
            "the review names no product and is left out",
            "give a SKU, a GTIN, an MPN or the product's address",
        );
        return None;
    }
    let author = author(entry);
    let id = source_id(entry, &product, &author, &text);
    if !row.output.is_new(IdKind::Review, &id) {
        row.refuse(
            "review_id",
            DiagnosticCode::DuplicateId,
            "another review before it has the same id; this one is left out",
            "give every review an id of its own",
        );
        return None;
    }
    Some(Review {
        id: ReviewId::of(&[&id]),
        source_id: id.into_owned(),
        product,
        rating,
        title,
        text,
        author,
        written: row.time("review_timestamp", entry.value("review_timestamp")),
        is_verified: is_verified(entry),
    })
}

/// The id that the feed gives. The schema does not ask for one: a review without it is known by who wrote when about
/// what, so that importing it again finds it.
fn source_id<'e>(entry: &'e Entry, product: &ProductRef, author: &str, text: &str) -> Cow<'e, str> {
    const KNOWN_BY_CHARS: usize = 40;
    let given = entry.value("review_id");
    if !given.is_empty() {
        return Cow::Borrowed(given);
    }
    let names = [&product.source_ids, &product.gtins, &product.mpns, &product.urls];
    let name = names.into_iter().flatten().next().map_or("", String::as_str);
    let start: String = text.chars().take(KNOWN_BY_CHARS).collect();
    Cow::Owned(format!("{name}/{author}/{}/{start}", entry.value("review_timestamp")))
}

/// The text, with the pros and cons that a reviewer listed apart on lines of their own.
fn text_of(entry: &Entry) -> String {
    let mut text = html_text::plain(entry.value("content"));
    for (list, item, label) in [("pros", "pro", "Pros"), ("cons", "con", "Cons")] {
        let Some(list) = entry.node(list) else { continue };
        let items: Vec<String> = list
            .nodes()
            .filter(|node| node.name() == item)
            .map(|node| html_text::plain(node.value()))
            .filter(|text| !text.is_empty())
            .collect();
        if !items.is_empty() {
            let break_before = if text.is_empty() { "" } else { "\n" };
            text.push_str(&format!("{break_before}{label}: {}", items.join("; ")));
        }
    }
    text
}

/// The overall rating on a scale from 0 to 1.
fn rating(entry: &Entry, row: &mut Row<'_, '_>) -> Option<f32> {
    let overall = entry.node("ratings")?.node("overall")?;
    let number = |text: &str| text.parse::<f32>().ok().filter(|number| number.is_finite());
    let lowest = number(overall.attribute("min")).unwrap_or(DEFAULT_RANGE.0);
    let highest = number(overall.attribute("max")).unwrap_or(DEFAULT_RANGE.1);
    match number(overall.value()) {
        Some(rating) if lowest < highest && (lowest..=highest).contains(&rating) => {
            Some((rating - lowest) / (highest - lowest))
        }
        _ if overall.value().is_empty() => None,
        _ => {
            row.warn(
                "overall",
                DiagnosticCode::InvalidRating,
                format!(
                    "\"{}\" is no rating from {lowest} to {highest}; it is left out",
                    shortened(overall.value())
                ),
                "give a number between min and max",
            );
            None
        }
    }
}

fn author(entry: &Entry) -> String {
    let Some(name) = entry.node("reviewer").and_then(|reviewer| reviewer.node("name")) else {
        return String::new();
    };
    let is_anonymous =
        name.attribute("is_anonymous") == "true" || name.value().eq_ignore_ascii_case("anonymous");
    if is_anonymous { String::new() } else { html_text::plain(name.value()) }
}

/// Version 2.4 says so in an element; before that, a review asked for after a purchase is one of a buyer.
fn is_verified(entry: &Entry) -> bool {
    match entry.value("is_verified_purchase") {
        "" => entry.value("collection_method") == "post_fulfillment",
        said => said == "true",
    }
}

/// All ids of all products that the review is about.
fn product(entry: &Entry) -> ProductRef {
    let mut found = ProductRef::default();
    let products =
        entry.node("products").into_iter().flat_map(Node::nodes).filter(|node| node.name() == "product");
    for product in products {
        for list in product.node("product_ids").into_iter().flat_map(Node::nodes) {
            let ids = list.nodes().map(Node::value);
            match list.name() {
                "skus" => ids.for_each(|id| keep(&mut found.source_ids, id.to_owned())),
                "mpns" => ids.for_each(|id| keep(&mut found.mpns, id.to_owned())),
                "gtins" => ids
                    .filter_map(|id| Gtin::parse(id).ok())
                    .for_each(|gtin| keep(&mut found.gtins, gtin.to_string())),
                _ => {}
            }
        }
        keep(&mut found.urls, product.value_of("product_url").to_owned());
    }
    found
}

fn keep(ids: &mut Vec<String>, id: String) {
    if !id.is_empty() && ids.len() < MAX_IDS && !ids.contains(&id) {
        ids.push(id);
    }
}
