//! What grouped products and bundles consist of, as `associated_skus` and `bundle_values` pack it into one field.

use super::pairs;
use crate::composed::Part;

/// The parts of `associated_skus`: `A=1.0000,B=0.0000`, with the number that is offered by default.
pub(super) fn associated(text: &str) -> Vec<Part> {
    let part = |piece: &str| {
        let (sku, count) = piece.rsplit_once('=').unwrap_or((piece, ""));
        let item = (sku.trim().to_owned(), count.trim().parse().unwrap_or(1.0));
        (!item.0.is_empty()).then(|| Part { label: String::new(), items: vec![item] })
    };
    text.split(',').filter_map(part).collect()
}

/// The choices of `bundle_values`: `name=Ball,type=radio,required=1,sku=A,default_qty=1.0000|name=Ball,…,sku=B`.
pub(super) fn bundled(text: &str) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for selection in text.split('|') {
        let (mut label, mut sku, mut count) = (String::new(), String::new(), 1.0);
        for (name, value) in pairs::pairs(selection) {
            match name.as_str() {
                "name" => label = pairs::values(&value).join(", "),
                "sku" => value.trim().clone_into(&mut sku),
                "default_qty" => count = value.trim().parse().unwrap_or(1.0),
                _ => {}
            }
        }
        if sku.is_empty() {
            continue;
        }
        match parts.iter_mut().find(|part| part.label == label) {
            Some(part) => part.items.push((sku, count)),
            None => parts.push(Part { label, items: vec![(sku, count)] }),
        }
    }
    parts
}
