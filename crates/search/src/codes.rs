//! Part numbers, trade item numbers and feed ids: what a shopper types to get one thing and nothing else.

use commerce::Product;

/// Shorter codes are ordinary numbers.
const MIN_LENGTH: usize = 4;
/// Longer ones are no codes.
const MAX_LENGTH: usize = 40;

/// A code without anything that people leave out or add: case, hyphens, spaces, leading zeros. `None` for what has no
/// digit or is too short or too long to be a code.
pub(crate) fn squash(text: &str) -> Option<String> {
    let letters = text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase);
    let squashed: String = letters.take(MAX_LENGTH + 1).collect();
    let code = squashed.trim_start_matches('0');
    let is_code =
        (MIN_LENGTH..=MAX_LENGTH).contains(&code.len()) && code.contains(|c: char| c.is_ascii_digit());
    is_code.then(|| code.to_owned())
}

/// A model number in a title starts with a letter and has at least this length.
const MIN_MODEL: usize = 5;

/// The codes of a product and its variants, and the model numbers of its title (`WH-1000XM5`), none twice.
pub(crate) fn codes(product: &Product) -> Vec<String> {
    let of_variants = product.variants.iter().flat_map(|variant| {
        let gtin = variant.gtin.as_ref().map(ToString::to_string);
        [squash(&variant.source_id), squash(&variant.mpn), gtin.as_deref().and_then(squash)]
    });
    let of_title = product.title.split_whitespace().filter_map(squash).filter(|code| is_model(code));
    let mut codes: Vec<String> =
        std::iter::once(squash(&product.source_id)).chain(of_variants).flatten().chain(of_title).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

fn is_model(code: &str) -> bool {
    code.len() >= MIN_MODEL && code.starts_with(char::is_alphabetic)
}
