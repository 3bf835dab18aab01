//! A return policy, written out in sentences.

use commerce::{Document, DocumentId, DocumentKind, Money, ProductRef};

use super::graph::{Node, word};
use crate::Record;
use crate::html_page::Page;
use crate::html_text::plain;
use crate::output::{IdKind, Output};

/// What the words of schema.org mean, property by property.
const SENTENCES: &[(&str, &str, &str)] = &[
    ("returnPolicyCategory", "MerchantReturnNotPermitted", "Returns are not accepted."),
    ("returnPolicyCategory", "MerchantReturnUnlimitedWindow", "Returns are accepted without a time limit."),
    ("returnFees", "FreeReturn", "Returns are free of charge."),
    ("returnFees", "ReturnFeesCustomerResponsibility", "The customer pays for the return."),
    ("returnFees", "RestockingFees", "A restocking fee applies."),
    ("returnFees", "OriginalShippingFees", "The original shipping fee is not refunded."),
    ("customerRemorseReturnFees", "FreeReturn", "Returns for a change of mind are free of charge."),
    (
        "customerRemorseReturnFees",
        "ReturnFeesCustomerResponsibility",
        "The customer pays for returns for a change of mind.",
    ),
    ("itemDefectReturnFees", "FreeReturn", "Returns of defective items are free of charge."),
    (
        "itemDefectReturnFees",
        "ReturnFeesCustomerResponsibility",
        "The customer pays for returns of defective items.",
    ),
    ("returnMethod", "ReturnByMail", "Items can be returned by mail."),
    ("returnMethod", "ReturnInStore", "Items can be returned in a store."),
    ("returnMethod", "ReturnAtKiosk", "Items can be returned at a kiosk."),
    ("returnMethod", "KeepProduct", "The customer keeps the product."),
    ("refundType", "FullRefund", "The full price is refunded."),
    ("refundType", "ExchangeRefund", "Items are exchanged."),
    ("refundType", "StoreCreditRefund", "Store credit is given for returned items."),
    ("itemCondition", "NewCondition", "Items must be returned as new."),
    ("returnLabelSource", "ReturnLabelInBox", "A return label is in the box."),
    ("returnLabelSource", "ReturnLabelDownloadAndPrint", "The return label is to be downloaded and printed."),
    ("returnLabelSource", "ReturnLabelCustomerResponsibility", "The customer provides the return label."),
];

/// Hands over a policy, once for a page, as a document about the whole shop.
pub(super) fn read(node: &Node<'_>, page: &Page, output: &mut Output<'_>) {
    let sentences = sentences(node);
    let countries = node.texts("applicableCountry").join(", ");
    let source_id = match node.id() {
        "" => format!("{}#return-policy {countries}", site(page)).trim().to_owned(),
        id => id.to_owned(),
    };
    if sentences.is_empty() || !output.is_new(IdKind::Document, &source_id) {
        return;
    }
    let mut text = sentences.join("\n\n");
    if !countries.is_empty() {
        text = format!("This holds for: {countries}.\n\n{text}");
    }
    let name = plain(&node.text("name"));
    output.record(Record::Document(Document {
        id: DocumentId::of(&[&source_id]),
        source_id,
        kind: DocumentKind::Returns,
        title: if name.is_empty() { "Return policy".to_owned() } else { name },
        text,
        url: node.text("merchantReturnLink").into_owned(),
        products: ProductRef::default(),
        categories: Vec::new(),
    }));
}

fn sentences(node: &Node<'_>) -> Vec<String> {
    let mut sentences: Vec<String> = Vec::new();
    if let Ok(days) = node.text("merchantReturnDays").parse::<u32>() {
        sentences.push(format!("Returns are accepted within {days} days."));
    }
    for (property, value, sentence) in SENTENCES {
        if node.texts(property).iter().any(|text| word(text) == *value) {
            sentences.push((*sentence).to_owned());
        }
    }
    for fee in node.nodes("returnShippingFeesAmount") {
        let text = format!("{} {}", fee.text("value"), fee.first_text(&["currency", "priceCurrency"]));
        if let Ok(amount) = Money::parse(&text, None) {
            sentences.push(format!("Return shipping costs {amount}."));
        }
    }
    let description = plain(&node.text("description"));
    sentences.extend((!description.is_empty()).then_some(description));
    sentences
}

/// The site that a page belongs to, else the page.
fn site(page: &Page) -> &str {
    let after_scheme = page.url.find("://").map(|place| place + 3);
    match after_scheme {
        Some(start) => page.url[start..].find('/').map_or(page.url.as_str(), |end| &page.url[..start + end]),
        None => &page.source_id,
    }
}
