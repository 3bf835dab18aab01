//! How many packs of a product make so many pieces: two packs of ten are twenty bolts.

use commerce::{Dimension, Product, Quantity, Value};

use crate::lexicon::stem_list;
use crate::request::Wanted;

/// Names of attributes that count the pieces in a pack.
const COUNTING: &[&str] = &["pack", "pieces", "count", "quantity", "units", "pcs"];

/// The packs that have as many pieces as are wanted; packs that are counted as such stay as many.
pub(super) fn needed(product: &Product, wanted: &Wanted) -> u32 {
    let pieces = if wanted.is_of_packs || wanted.count == 1 { 1 } else { pieces(product) };
    wanted.count.div_ceil(pieces)
}

/// The pieces in one pack as the product states them; 1 where it states none.
fn pieces(product: &Product) -> u32 {
    let counts = |label: &str| {
        let label = stem_list(label);
        COUNTING.iter().any(|word| stem_list(word).iter().all(|stem| label.contains(stem)))
    };
    let stated = product
        .attributes
        .iter()
        .flat_map(|attribute| attribute.values.iter().map(|v| (&attribute.label, v)));
    let stated = stated.filter_map(|(label, value)| match value {
        Value::Quantity(quantity) => of(quantity),
        Value::Number(number) if counts(label) => whole(*number),
        _ => None,
    });
    let titled = Quantity::find_all(&product.title).into_iter().filter_map(|(_, quantity)| of(&quantity));
    stated.chain(titled).find(|pieces| *pieces > 1).unwrap_or(1)
}

fn of(quantity: &Quantity) -> Option<u32> {
    (quantity.dimension() == Dimension::Pieces).then(|| whole(quantity.base())).flatten()
}

fn whole(number: f64) -> Option<u32> {
    (number.fract() == 0.0 && (1.0..=f64::from(u16::MAX)).contains(&number)).then_some(number as u32)
}
