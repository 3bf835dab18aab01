//! Products of Russet's own feed.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};

use commerce::{Attributes, CategoryPath, Image, LinkKind, Links, Money, Offer, Product, ProductId, Variant};
use serde_json::{Map, Value};

use super::schema::{ImageLine, ProductLine, SaleLine, Scalar, VariantLine};
use crate::output::{IdKind, shortened};
use crate::row::{Row, attribute, price_problem};
use crate::{DiagnosticCode, Record, html_text};

/// The product of a line, or `None` with the reason reported.
pub(super) fn read(line: ProductLine, row: &mut Row<'_, '_>) -> Option<Record> {
    let title = html_text::plain(&line.title);
    for (name, text) in [("id", row.record), ("title", title.as_str())] {
        if text.is_empty() {
            let reason = format!("the product has no {name} and is left out");
            row.refuse(name, DiagnosticCode::MissingField, reason, "every product needs an id and a title");
            return None;
        }
    }
    if !row.output.is_new(IdKind::Product, row.record) {
        row.refuse(
            "id",
            DiagnosticCode::DuplicateId,
            "another product before it has the same id; this one is left out",
            "give every product an id of its own",
        );
        return None;
    }
    let variants = variants(&line, row);
    if variants.is_empty() {
        let reason = "none of the variants has an id of its own; the product is left out";
        row.refuse("variants", DiagnosticCode::MissingField, reason, "give every variant an id");
        return None;
    }
    Some(Record::Product(Product {
        id: ProductId::of(&[row.record]),
        source_id: row.record.to_owned(),
        title,
        description: html_text::plain(&line.description),
        brand: line.brand.trim().to_owned(),
        categories: line.categories.iter().filter_map(|text| CategoryPath::parse(text, '>')).collect(),
        url: row.url("url", &line.url),
        images: images(&line.images, row),
        attributes: attributes(&line.attributes, row),
        links: links(&line.links, row),
        variants,
    }))
}

fn links(named: &BTreeMap<String, Vec<Scalar>>, row: &mut Row<'_, '_>) -> Links {
    let mut links = Links::default();
    for (name, ids) in named {
        match LinkKind::parse(name) {
            Some(kind) => ids.iter().for_each(|id| links.add(kind, &id.text())),
            None => row.warn(
                "links",
                DiagnosticCode::UnknownField,
                format!("no kind of link is called \"{name}\""),
                "use cross_sell, up_sell or related",
            ),
        }
    }
    links
}

fn variants(line: &ProductLine, row: &mut Row<'_, '_>) -> Vec<Variant> {
    if line.variants.is_empty() {
        note_shared_id(row, "id", row.record);
        let mut only = Variant::new(row.record, row.record);
        only.gtin = row.gtin("gtin", &line.gtin.text());
        only.mpn = line.mpn.text().into_owned();
        only.offer = OfferLine {
            price: &line.price,
            sale: line.sale.as_ref(),
            availability: &line.availability,
            stock: &line.stock,
            condition: &line.condition,
        }
        .offer(row);
        return vec![only];
    }
    let mut seen = HashSet::new();
    line.variants.iter().filter_map(|line| variant(line, &mut seen, row)).collect()
}

/// Reports an id that a variant of another product has as well: both are kept, and an order or a page by it finds one of them.
fn note_shared_id(row: &mut Row<'_, '_>, field: &str, id: &str) {
    if !row.output.is_new(IdKind::Variant, id) {
        row.warn(
            field,
            DiagnosticCode::DuplicateId,
            format!(
                "a variant of another product has the id \"{}\" too; what is looked up by it may be either",
                shortened(id)
            ),
            "give every variant an id of its own",
        );
    }
}

fn variant(line: &VariantLine, seen: &mut HashSet<String>, row: &mut Row<'_, '_>) -> Option<Variant> {
    let id = line.id.text();
    if id.is_empty() || !seen.insert(id.clone().into_owned()) {
        let (code, problem) = match id.is_empty() {
            true => (DiagnosticCode::MissingField, "a variant has no id and is left out".to_owned()),
            false => (
                DiagnosticCode::DuplicateId,
                format!("two variants have the id \"{id}\"; the second is left out"),
            ),
        };
        row.warn("variants", code, problem, "give every variant an id of its own");
        return None;
    }
    note_shared_id(row, "variants", &id);
    let mut variant = Variant::new(row.record, &id);
    let options = options(&line.options, row);
    variant.title = match line.title.trim() {
        "" => options.iter().map(|(_, choice)| choice.as_str()).collect::<Vec<_>>().join(", "),
        title => title.to_owned(),
    };
    variant.options = options.into_iter().collect();
    variant.gtin = row.gtin("gtin", &line.gtin.text());
    variant.mpn = line.mpn.text().into_owned();
    variant.attributes = attributes(&line.attributes, row);
    variant.images = images(&line.images, row);
    variant.url = row.url("url", &line.url);
    variant.offer = OfferLine {
        price: &line.price,
        sale: line.sale.as_ref(),
        availability: &line.availability,
        stock: &line.stock,
        condition: &line.condition,
    }
    .offer(row);
    Some(variant)
}

/// The fields that a variant has, and a product without variants has itself.
struct OfferLine<'l> {
    price: &'l Scalar,
    sale: Option<&'l SaleLine>,
    availability: &'l str,
    stock: &'l Scalar,
    condition: &'l str,
}

impl OfferLine<'_> {
    fn offer(&self, row: &mut Row<'_, '_>) -> Offer {
        let price = self.price(row);
        let sale = self.sale.and_then(|sale| {
            let from = row.time("sale.from", &sale.from);
            let until = row.end_time("sale.until", &sale.until);
            row.sale("sale.price", &sale.price.text(), price, from, until)
        });
        Offer {
            price,
            sale,
            availability: row.availability("availability", self.availability),
            stock: row.stock("stock", &self.stock.text()),
            condition: row.condition("condition", self.condition),
        }
    }

    /// The price; without one the product is kept, for it can still be found.
    fn price(&self, row: &mut Row<'_, '_>) -> Option<Money> {
        let text = self.price.text();
        match row.price(&text) {
            Ok(price) => Some(price),
            Err(error) => {
                let (reason, hint) = price_problem(&text, &error);
                let code =
                    if text.is_empty() { DiagnosticCode::MissingPrice } else { DiagnosticCode::InvalidPrice };
                row.warn("price", code, format!("{reason}; it is shown without a price"), hint);
                None
            }
        }
    }
}

/// Options by attribute key, in the order of the line.
fn options(options: &Map<String, Value>, row: &mut Row<'_, '_>) -> Vec<(String, String)> {
    let mut read: Vec<(String, String)> = Vec::new();
    for (name, value) in options {
        let texts = texts(name, value, row);
        let text = texts.join("/");
        let Some(attribute) = attribute(name, [text.as_str()]) else { continue };
        if !read.iter().any(|(key, _)| *key == attribute.key) {
            read.push((attribute.key, text));
        }
    }
    read
}

fn attributes(attributes: &Map<String, Value>, row: &mut Row<'_, '_>) -> Attributes {
    let cap = row.output.options.max_columns;
    attributes
        .iter()
        .take(cap)
        .filter_map(|(name, value)| attribute(name, texts(name, value, row).iter().map(AsRef::as_ref)))
        .collect()
}

/// The texts of one value or several; what is neither is reported and left out.
fn texts<'v>(name: &str, value: &'v Value, row: &mut Row<'_, '_>) -> Vec<Cow<'v, str>> {
    let values = match value {
        Value::Array(values) => values.as_slice(),
        one => std::slice::from_ref(one),
    };
    let mut texts = Vec::with_capacity(values.len());
    for value in values {
        match value {
            Value::String(text) => texts.push(Cow::Borrowed(text.trim())),
            Value::Number(number) => texts.push(Cow::Owned(number.to_string())),
            Value::Bool(true) => texts.push(Cow::Borrowed("yes")),
            Value::Bool(false) => texts.push(Cow::Borrowed("no")),
            Value::Null => {}
            Value::Array(_) | Value::Object(_) => row.warn(
                name,
                DiagnosticCode::InvalidValue,
                "the value is no text, number or truth value; it is left out",
                "give a text, or a list of texts",
            ),
        }
    }
    texts
}

fn images(images: &[ImageLine], row: &mut Row<'_, '_>) -> Vec<Image> {
    let mut read = Vec::with_capacity(images.len());
    for image in images {
        let (location, alt) = match image {
            ImageLine::Location(location) => (location, ""),
            ImageLine::Described { location, alt } => (location, alt.trim()),
        };
        let location = row.url("images", location);
        if !location.is_empty() {
            read.push(Image { location, alt: alt.to_owned() });
        }
    }
    read
}
