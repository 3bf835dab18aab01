//! A generated catalog as Google Merchant product data, one line or item for each variant.

use std::fmt::Write;

use commerce::{Availability, Listing, Product, Variant};

/// The columns of the table.
const COLUMNS: &[&str] = &[
    "id",
    "item_group_id",
    "title",
    "description",
    "link",
    "image_link",
    "availability",
    "price",
    "sale_price",
    "brand",
    "gtin",
    "mpn",
    "product_type",
    "color",
    "size",
    "material",
    "product_detail",
];

/// The lines of a tab-separated feed, each with its line end; the first is the header.
pub fn google_tsv(listings: impl Iterator<Item = Listing>) -> impl Iterator<Item = String> {
    std::iter::once(COLUMNS.join("\t") + "\n").chain(listings.map(|listing| {
        let product = &listing.product;
        let lines = product.variants.iter().map(|variant| cells(product, variant).join("\t") + "\n");
        lines.collect()
    }))
}

/// The pieces of an RSS feed: the head, one piece for each product, the tail.
pub fn google_xml(listings: impl Iterator<Item = Listing>) -> impl Iterator<Item = String> {
    let head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" \
                xmlns:g=\"http://base.google.com/ns/1.0\">\n<channel>\n<title>Generated</title>\n\
                <link>https://shop.example</link>\n";
    let items = listings.map(|listing| {
        let product = &listing.product;
        product.variants.iter().map(|variant| item(&cells(product, variant))).collect::<String>()
    });
    std::iter::once(head.to_owned()).chain(items).chain(std::iter::once("</channel>\n</rss>\n".to_owned()))
}

fn item(cells: &[String]) -> String {
    let mut item = "<item>\n".to_owned();
    for (column, cell) in COLUMNS.iter().zip(cells) {
        if *column == "product_detail" {
            for detail in cell.split(',').filter(|detail| !detail.is_empty()) {
                let mut parts = detail.splitn(3, ':');
                let (_, name, value) = (parts.next(), parts.next(), parts.next());
                let (name, value) = (escape(name.unwrap_or("")), escape(value.unwrap_or("")));
                let _ = writeln!(
                    item,
                    "<g:product_detail><g:attribute_name>{name}</g:attribute_name>\
                     <g:attribute_value>{value}</g:attribute_value></g:product_detail>"
                );
            }
        } else if !cell.is_empty() {
            let _ = writeln!(item, "<g:{column}>{}</g:{column}>", escape(cell));
        }
    }
    item + "</item>\n"
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn cells(product: &Product, variant: &Variant) -> Vec<String> {
    let title = match variant.title.as_str() {
        "" => product.title.clone(),
        choices => format!("{} - {choices}", product.title),
    };
    let offer = &variant.offer;
    let price = |money: commerce::Money| format!("{} {}", money.amount(), money.currency.code());
    let option = |key: &str| variant.options.get(key).cloned().unwrap_or_default();
    let material = product.attributes.find("material").map(|material| material.values[0].display());
    let named = product.attributes.iter().filter(|attribute| attribute.key != "material");
    let stated = named.map(|attribute| format!(":{}:{}", attribute.label, attribute.values[0].display()));
    let others = variant.options.iter().filter(|(key, _)| !matches!(key.as_str(), "size" | "color"));
    let chosen = others.map(|(key, choice)| format!(":{}:{choice}", commerce::Attribute::label(key)));
    vec![
        variant.source_id.clone(),
        product.source_id.clone(),
        title,
        product.description.clone(),
        format!("{}?variant={}", product.url, variant.source_id),
        product.image().map(|image| image.location.clone()).unwrap_or_default(),
        (if offer.availability == Availability::InStock { "in_stock" } else { "out_of_stock" }).to_owned(),
        offer.price.map(price).unwrap_or_default(),
        offer.sale.as_ref().map(|sale| price(sale.price)).unwrap_or_default(),
        product.brand.clone(),
        variant.gtin.map(|gtin| gtin.to_string()).unwrap_or_default(),
        variant.mpn.clone(),
        product.categories.first().map(ToString::to_string).unwrap_or_default(),
        option("color"),
        option("size"),
        material.unwrap_or_default(),
        stated.chain(chosen).collect::<Vec<_>>().join(","),
    ]
}
