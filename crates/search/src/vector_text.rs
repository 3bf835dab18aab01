//! The texts whose vectors stand for products and for rows of evidence. Vectors are kept by their text, so a change here makes
//! all of them anew.

use commerce::Product;

use crate::EvidenceRow;

/// Characters of a description that speak for a product.
const DESCRIPTION_CHARS: usize = 800;

/// What a product is, in the order of what matters: a model reads the beginning of a long text.
pub fn product_text(product: &Product) -> String {
    let categories: Vec<&str> = product.categories.iter().map(|path| path.leaf()).collect();
    let description: String = product.description.chars().take(DESCRIPTION_CHARS).collect();
    let parts = [product.title.as_str(), product.brand.as_str(), &categories.join(", "), &description];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(". ")
}

/// A row with what it stands under, without which an answer such as "Yes, both." means nothing.
pub fn row_text(row: &EvidenceRow) -> String {
    match row.context.is_empty() {
        true => row.quote.clone(),
        false => format!("{}: {}", row.context, row.quote),
    }
}
