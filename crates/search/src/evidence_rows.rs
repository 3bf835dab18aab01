//! The rows that a listing or a document can be cited by.

use std::collections::BTreeSet;

use commerce::{
    Answer, Attribute, Document, EvidenceId, LinkKind, Listing, Offer, Product, ProductId, Question, Review,
    Value, Variant,
};

use crate::sentences::{Sentence, sentences};
use crate::{EvidenceKind, EvidenceRow};

/// Rows of one origin beyond this are left out.
const MAX_ROWS_PER_ORIGIN: usize = 2_000;
/// Variants whose offers are told apart.
const MAX_OFFER_ROWS: usize = 60;

/// All rows of a product: attributes and options, offers, title and description, questions, reviews, documents.
pub fn evidence_rows(listing: &Listing) -> Vec<EvidenceRow> {
    let product = &listing.product;
    let mut rows = attribute_rows(product);
    rows.extend(offer_rows(product));
    rows.extend(description_rows(product));
    rows.extend(listing.questions.iter().flat_map(|question| question_rows(product, question)));
    rows.extend(listing.reviews.iter().flat_map(|review| review_rows(product, review)));
    for document in &listing.documents {
        let about = Some(&product.id);
        rows.extend(
            document_rows(document).into_iter().map(|row| EvidenceRow { product: about.cloned(), ..row }),
        );
    }
    rows
}

/// The rows of a document, its sentences under `Title > Heading`.
pub fn document_rows(document: &Document) -> Vec<EvidenceRow> {
    let kind = if document.kind.is_policy() { EvidenceKind::Policy } else { EvidenceKind::Page };
    let origin = Origin { kind, product: None, source: &document.source_id };
    let title = document.title.trim();
    let all = sentences(&document.text).into_iter().take(MAX_ROWS_PER_ORIGIN).enumerate();
    all.map(|(place, sentence)| {
        let context = match (title, sentence.heading) {
            (title, "") => title.to_owned(),
            ("", heading) => heading.to_owned(),
            (title, heading) => format!("{title} > {heading}"),
        };
        EvidenceRow { document: Some(document.kind), ..origin.row(place, sentence.text, context) }
    })
    .collect()
}

/// Where rows come from.
struct Origin<'a> {
    kind: EvidenceKind,
    product: Option<&'a ProductId>,
    source: &'a str,
}

impl Origin<'_> {
    fn row(&self, place: usize, quote: &str, context: String) -> EvidenceRow {
        let kind = format!("{:?}", self.kind);
        let product = self.product.map_or("", ProductId::as_str);
        let position = u32::try_from(place).unwrap_or(u32::MAX);
        EvidenceRow {
            id: EvidenceId::of(&[&kind, product, self.source, &position.to_string(), quote]),
            kind: self.kind,
            product: self.product.cloned(),
            source: self.source.to_owned(),
            quote: quote.to_owned(),
            context,
            rating: None,
            written: None,
            position,
            document: None,
        }
    }
}

fn attribute_rows(product: &Product) -> Vec<EvidenceRow> {
    let mut stated: Vec<(String, String, Vec<String>)> = Vec::new();
    let mut state = |key: &str, label: String, values: &mut dyn Iterator<Item = String>| {
        let place = stated.iter().position(|(known, ..)| known == key).unwrap_or_else(|| {
            stated.push((key.to_owned(), label, Vec::new()));
            stated.len() - 1
        });
        for value in values {
            if !value.is_empty() && !stated[place].2.contains(&value) {
                stated[place].2.push(value);
            }
        }
    };
    state("brand", "Brand".to_owned(), &mut std::iter::once(product.brand.clone()));
    state("category", "Category".to_owned(), &mut product.categories.iter().map(ToString::to_string));
    for variant in &product.variants {
        for (key, choice) in &variant.options {
            state(key, Attribute::label(key), &mut std::iter::once(choice.clone()));
        }
    }
    for attribute in
        product.attributes.iter().chain(product.variants.iter().flat_map(|v| v.attributes.iter()))
    {
        state(&attribute.key, attribute.label.clone(), &mut attribute.values.iter().map(Value::display));
    }
    for kind in LinkKind::ALL {
        let label = Attribute::label(kind.as_str());
        state(kind.as_str(), label, &mut product.links.of(kind).iter().cloned());
    }
    let rows = stated.into_iter().filter(|(.., values)| !values.is_empty()).enumerate();
    rows.map(|(place, (key, label, values))| {
        let origin = Origin { kind: EvidenceKind::Attribute, product: Some(&product.id), source: &key };
        origin.row(place, &format!("{label}: {}", values.join(", ")), label.clone())
    })
    .collect()
}

/// One row when all variants cost the same and can be had alike, else the span and one row for each variant.
fn offer_rows(product: &Product) -> Vec<EvidenceRow> {
    let origin = Origin { kind: EvidenceKind::Offer, product: Some(&product.id), source: "offer" };
    let texts: Vec<String> = product.variants.iter().map(|variant| offer_text(&variant.offer)).collect();
    let distinct: BTreeSet<&String> = texts.iter().collect();
    if distinct.len() <= 1 {
        return texts.first().map(|text| origin.row(0, text, "Offer".to_owned())).into_iter().collect();
    }
    let span = price_span(&product.variants).map(|span| origin.row(0, &span, "Offer".to_owned()));
    let each = product.variants.iter().zip(&texts).take(MAX_OFFER_ROWS).enumerate();
    let rows = each.map(|(place, (variant, text))| {
        let name = variant_name(variant);
        origin.row(place + 1, &format!("{name}: {text}"), name)
    });
    span.into_iter().chain(rows).collect()
}

fn variant_name(variant: &Variant) -> String {
    if !variant.title.is_empty() {
        variant.title.clone()
    } else if variant.options.is_empty() {
        variant.source_id.clone()
    } else {
        variant.options.values().cloned().collect::<Vec<_>>().join(", ")
    }
}

fn offer_text(offer: &Offer) -> String {
    let price = offer.price.map_or_else(|| "price not stated".to_owned(), |price| price.to_string());
    let sale = offer.sale.as_ref().map_or_else(String::new, |sale| {
        let day = |time: &jiff::Timestamp| time.strftime("%Y-%m-%d").to_string();
        let from = sale.from.as_ref().map_or_else(String::new, |from| format!(" from {}", day(from)));
        let until = sale.until.as_ref().map_or_else(String::new, |until| format!(" until {}", day(until)));
        format!(", {} on sale{from}{until}", sale.price)
    });
    let availability = match offer.availability.as_str() {
        "unknown" => "availability not stated".to_owned(),
        known => known.replace('_', " "),
    };
    let stock = offer.stock.map_or_else(String::new, |stock| format!(", {stock} left"));
    format!("Price: {price}{sale}; {availability}{stock}")
}

fn price_span(variants: &[Variant]) -> Option<String> {
    let prices = variants.iter().filter_map(|variant| variant.offer.price);
    let lowest = prices.clone().min_by_key(|price| price.amount_minor)?;
    let highest =
        prices.filter(|price| price.currency == lowest.currency).max_by_key(|price| price.amount_minor)?;
    Some(match lowest == highest {
        true => format!("Price: {lowest}"),
        false => format!("Price: {lowest} to {highest}"),
    })
}

fn description_rows(product: &Product) -> Vec<EvidenceRow> {
    let title = Origin { kind: EvidenceKind::Description, product: Some(&product.id), source: "title" };
    let text = Origin { kind: EvidenceKind::Description, product: Some(&product.id), source: "description" };
    let name = product.title.trim();
    let first = (!name.is_empty()).then(|| title.row(0, name, String::new()));
    let rest = numbered(&product.description).map(|(place, s)| text.row(place, s.text, s.heading.to_owned()));
    first.into_iter().chain(rest).collect()
}

fn numbered(text: &str) -> impl Iterator<Item = (usize, Sentence<'_>)> {
    sentences(text).into_iter().take(MAX_ROWS_PER_ORIGIN).enumerate()
}

fn question_rows(product: &Product, question: &Question) -> Vec<EvidenceRow> {
    let origin =
        Origin { kind: EvidenceKind::Question, product: Some(&product.id), source: &question.source_id };
    let said = question.answers.iter().flat_map(|Answer { text, .. }| sentences(text));
    let rows = said.take(MAX_ROWS_PER_ORIGIN).enumerate();
    rows.map(|(place, sentence)| origin.row(place, sentence.text, question.text.clone())).collect()
}

fn review_rows(product: &Product, review: &Review) -> Vec<EvidenceRow> {
    let origin = Origin { kind: EvidenceKind::Review, product: Some(&product.id), source: &review.source_id };
    let title = review.title.trim();
    let repeats = review.text.trim_start().starts_with(title.trim_end_matches(['.', '…', '!', '?']));
    let own_title = (!title.is_empty() && !repeats).then_some(title);
    let said = own_title.into_iter().chain(sentences(&review.text).into_iter().map(|sentence| sentence.text));
    let rows = said.take(MAX_ROWS_PER_ORIGIN).enumerate();
    rows.map(|(place, text)| EvidenceRow {
        rating: review.rating,
        written: review.written,
        ..origin.row(place, text, review.title.clone())
    })
    .collect()
}
