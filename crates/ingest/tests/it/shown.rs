//! What came out of a feed, as text for snapshots.

use std::fmt::Write;

use commerce::{Attributes, Product, Value};

use crate::support::Reading;

/// Products, then other records, then findings.
pub(crate) fn shown(reading: &Reading) -> String {
    let mut text = String::new();
    for product in &reading.products {
        show_product(product, &mut text);
    }
    for record in &reading.records {
        let _ = writeln!(text, "{record:?}");
    }
    for document in &reading.documents {
        let _ = writeln!(text, "{document:?}");
    }
    for diagnostic in &reading.diagnostics {
        let _ = writeln!(text, "! {diagnostic}");
    }
    text
}

/// The codes of the findings, in order.
pub(crate) fn codes(reading: &Reading) -> Vec<String> {
    reading.diagnostics.iter().map(|diagnostic| format!("{:?}", diagnostic.code)).collect()
}

pub(crate) fn show_attributes(attributes: &Attributes) -> String {
    let values = |values: &[Value]| values.iter().map(Value::display).collect::<Vec<_>>().join(" + ");
    attributes.iter().map(|one| format!("{}={}", one.key, values(&one.values))).collect::<Vec<_>>().join("; ")
}

fn show_product(product: &Product, text: &mut String) {
    let categories: Vec<String> = product.categories.iter().map(ToString::to_string).collect();
    let _ = writeln!(
        text,
        "{}: {} | {} | {}",
        product.source_id,
        product.title,
        product.brand,
        categories.join(" & ")
    );
    for line in product.description.lines() {
        let _ = writeln!(text, "  {line}");
    }
    let _ = writeln!(text, "  [{}] {}", show_attributes(&product.attributes), product.url);
    for variant in &product.variants {
        let options: Vec<String> =
            variant.options.iter().map(|(key, text)| format!("{key}={text}")).collect();
        let offer = &variant.offer;
        let price = offer.price.map_or("no price".to_owned(), |price| price.to_string());
        let _ = write!(
            text,
            "  - {} \"{}\" {{{}}} {price}",
            variant.source_id,
            variant.title,
            options.join(", ")
        );
        if let Some(sale) = &offer.sale {
            let _ = write!(text, " sale {} {:?}..{:?}", sale.price, sale.from, sale.until);
        }
        let _ = write!(text, " {}", offer.availability.as_str());
        if let Some(stock) = offer.stock {
            let _ = write!(text, " x{stock}");
        }
        if let Some(gtin) = variant.gtin {
            let _ = write!(text, " gtin {gtin}");
        }
        if !variant.attributes.is_empty() {
            let _ = write!(text, " [{}]", show_attributes(&variant.attributes));
        }
        let _ = writeln!(text);
    }
}
