//! The names by which reviews, questions and documents call products, as hashes.

use commerce::{Gtin, Product, ProductRef};
use sha2::{Digest, Sha256};
use url::Url;

/// One name: 64 bits of the SHA-256 of its kind and its text.
pub(crate) type NameHash = i64;

/// A name that something uses for a product.
pub(crate) struct Reference {
    pub(crate) hash: NameHash,
    /// A maker's part number counts only where it names a single product, since makers do not agree on them.
    pub(crate) is_part_number: bool,
}

/// The hash of a source id of a product or variant.
pub(crate) fn source_id(text: &str) -> NameHash {
    hash("source_id", text.trim())
}

/// All names of a product and its variants, none twice.
pub(crate) fn names(product: &Product) -> Vec<NameHash> {
    let mut names = vec![source_id(&product.source_id)];
    names.extend(page(&product.url));
    for variant in &product.variants {
        names.push(source_id(&variant.source_id));
        names.extend(variant.gtin.map(|gtin| hash("gtin", &gtin.to_string())));
        names.extend(part_number(&variant.mpn));
        names.extend(page(&variant.url));
    }
    names.sort_unstable();
    names.dedup();
    names
}

/// The names in a reference, in the order in which they are tried.
pub(crate) fn references(reference: &ProductRef) -> Vec<Reference> {
    let certain = |hash| Reference { hash, is_part_number: false };
    let mut all: Vec<Reference> = reference.source_ids.iter().map(|id| certain(source_id(id))).collect();
    all.extend(reference.gtins.iter().filter_map(|text| gtin(text)).map(certain));
    all.extend(
        reference
            .mpns
            .iter()
            .filter_map(|mpn| part_number(mpn))
            .map(|hash| Reference { hash, is_part_number: true }),
    );
    all.extend(reference.urls.iter().filter_map(|url| page(url)).map(certain));
    all
}

fn gtin(text: &str) -> Option<NameHash> {
    Gtin::parse(text).ok().map(|gtin| hash("gtin", &gtin.to_string()))
}

fn part_number(text: &str) -> Option<NameHash> {
    let text = text.trim();
    (!text.is_empty()).then(|| hash("mpn", &text.to_lowercase()))
}

/// Pages are the same with and without `https`, a slash at the end, a fragment, or the marks of a campaign.
fn page(text: &str) -> Option<NameHash> {
    let url = Url::parse(text.trim()).ok()?;
    let mut page = format!("{}{}", url.host_str()?, url.path().trim_end_matches('/'));
    for (key, value) in url.query_pairs() {
        if !key.starts_with("utm_") && !matches!(&*key, "gclid" | "fbclid" | "srsltid") {
            page.push_str(&format!("&{key}={value}"));
        }
    }
    Some(hash("page", &page))
}

fn hash(kind: &str, text: &str) -> NameHash {
    let mut hasher = Sha256::new();
    hasher.update(kind.as_bytes());
    hasher.update([0]);
    hasher.update(text.as_bytes());
    let mut bytes = [0; 8];
    bytes.copy_from_slice(&hasher.finalize()[..8]);
    i64::from_le_bytes(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_the_same_however_they_are_linked() {
        let plain = page("https://shop.example/tent.html");
        assert_eq!(page("http://SHOP.example/tent.html/?utm_source=mail#reviews"), plain);
        assert_ne!(page("https://shop.example/tent.html?id=2"), plain);
        assert_eq!(page("no page"), None);
    }
}
