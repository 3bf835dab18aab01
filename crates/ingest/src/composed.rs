//! Products that are put together from others: sets, groups, bundles. Exports name their parts by SKU; a shopper reads
//! the names of the parts, which stand in other rows, so such products wait until the table ends.

use std::collections::HashMap;

use commerce::Attribute;

use crate::row::attribute;

/// Estimated bytes of names that are kept; parts whose name came after that are called by their SKU.
const MAX_NAME_BYTES: usize = 16 << 20;
/// Estimated bytes of one name besides its text.
const NAME_BYTES: usize = 100;
/// Composed products that wait; more are handed over with the names that are known.
const MAX_WAITING: usize = 2_000;

/// One thing that a composed product has in it, or a choice between several.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Part {
    /// What the choice is called; empty where there is nothing to choose.
    pub(crate) label: String,
    /// SKU and number of each.
    pub(crate) items: Vec<(String, f64)>,
}

/// Composed products that wait for the names of their parts.
pub(crate) struct Composed<T> {
    waiting: Vec<(T, Vec<Part>)>,
    names: HashMap<String, String>,
    name_bytes: usize,
}

impl<T> Default for Composed<T> {
    fn default() -> Self {
        Self { waiting: Vec::new(), names: HashMap::new(), name_bytes: 0 }
    }
}

impl<T> Composed<T> {
    /// Remembers what a SKU is called.
    pub(crate) fn name(&mut self, sku: &str, name: &str) {
        if self.name_bytes < MAX_NAME_BYTES {
            self.name_bytes += NAME_BYTES + sku.len() + name.len();
            self.names.insert(sku.to_owned(), name.to_owned());
        }
    }

    /// Lets a product wait.
    pub(crate) fn add(&mut self, product: T, parts: Vec<Part>) {
        self.waiting.push((product, parts));
    }

    /// Whether no more can wait.
    pub(crate) fn is_full(&self) -> bool {
        self.waiting.len() >= MAX_WAITING
    }

    /// All that wait, each with what it consists of.
    pub(crate) fn take(&mut self) -> Vec<(T, Option<Attribute>)> {
        let waiting = std::mem::take(&mut self.waiting);
        waiting.into_iter().map(|(product, parts)| (product, self.attribute(&parts))).collect()
    }

    fn attribute(&self, parts: &[Part]) -> Option<Attribute> {
        let values: Vec<String> = parts.iter().map(|part| self.shown(part)).collect();
        attribute("Consists of", values.iter().map(String::as_str))
    }

    /// `Yoga strap`, `2 × Yoga block`, `Ball: 55 cm ball / 65 cm ball`.
    fn shown(&self, part: &Part) -> String {
        let item = |(sku, count): &(String, f64)| {
            let name = self.names.get(sku).unwrap_or(sku);
            if *count > 1.0 { format!("{count} × {name}") } else { name.clone() }
        };
        let items: Vec<String> = part.items.iter().map(item).collect();
        match items.as_slice() {
            [only] => only.clone(),
            _ => format!("{}: {}", part.label, items.join(" / ")),
        }
    }
}
