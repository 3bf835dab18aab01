//! What products read from shop exports have in common: keys of options, attributes that all variants
//! share, category paths.

use commerce::{Attribute, CategoryPath, Product};

/// The key of an option; `Colour` is `color`, as it is for attributes.
pub(crate) fn option_key(name: &str) -> String {
    let key = Attribute::key(name);
    if key == "colour" { "color".to_owned() } else { key }
}

/// The short description before the long one, unless that repeats it.
pub(crate) fn short_and_long(short: String, long: String) -> String {
    match (short.is_empty(), long.is_empty()) {
        (false, false) if !long.contains(&short) => format!("{short}\n{long}"),
        (false, true) => short,
        _ => long,
    }
}

/// Gives to the product what all its variants state in the same words, and takes out of both what is an option, and
/// out of the variants what the product states already.
pub(crate) fn settle_attributes(product: &mut Product) {
    let options: Vec<String> =
        product.variants.iter().flat_map(|variant| variant.options.keys().cloned()).collect();
    for key in &options {
        product.attributes.remove(key);
    }
    for attribute in common(product) {
        if product.attributes.find(&attribute.key).is_none() {
            product.attributes.add(attribute);
        }
    }
    for variant in &mut product.variants {
        let stated = std::mem::take(&mut variant.attributes);
        let is_own = |attribute: &&Attribute| {
            let common = product.attributes.find(&attribute.key);
            !variant.options.contains_key(&attribute.key)
                && common.is_none_or(|common| common.values != attribute.values)
        };
        variant.attributes = stated.iter().filter(is_own).cloned().collect();
    }
}

fn common(product: &Product) -> Vec<Attribute> {
    let Some((first, others)) = product.variants.split_first() else { return Vec::new() };
    let is_common = |attribute: &&Attribute| {
        let is_same = |own: &Attribute| own.values == attribute.values;
        others.iter().all(|variant| variant.attributes.find(&attribute.key).is_some_and(is_same))
            && !product.variants.iter().any(|variant| variant.options.contains_key(&attribute.key))
    };
    first.attributes.iter().filter(is_common).cloned().collect()
}

/// The paths without those that only lead to another one, each once, in order.
pub(crate) fn without_ancestors(paths: impl IntoIterator<Item = CategoryPath>) -> Vec<CategoryPath> {
    let mut kept: Vec<CategoryPath> = Vec::new();
    for path in paths {
        if !kept.iter().any(|old| old.names().starts_with(path.names())) {
            kept.retain(|old| !path.names().starts_with(old.names()));
            kept.push(path);
        }
    }
    kept
}
