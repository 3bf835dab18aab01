//! What a row sets beside its product, by SKU or by the shop's number, `id:123`. A product that has a SKU goes by it, so a
//! number leads to the SKU of its row; that row may come later, and then the links are told once more at the end.

use std::collections::HashMap;

use commerce::{LinkKind, Links};

use crate::Record;
use crate::output::Output;

/// Numbers whose SKU is remembered; beyond it a number stays a number.
const MAX_NAMES: usize = 1_000_000;
/// Products whose links wait for rows that come later.
const MAX_LATE: usize = 100_000;

/// The products that links name, as a row has them.
pub(super) type Named = [(LinkKind, Vec<String>); 2];

/// SKUs by number, and the links that wait for one.
#[derive(Default)]
pub(super) struct Linked {
    skus: HashMap<u64, Box<str>>,
    late: Vec<Late>,
}

struct Late {
    source_id: String,
    named: Named,
    told: Links,
}

impl Linked {
    /// Takes the number of a row that goes by its SKU.
    pub(super) fn name(&mut self, id: &str, source_id: &str) {
        if let Ok(number) = id.parse()
            && id != source_id
            && self.skus.len() < MAX_NAMES
        {
            self.skus.insert(number, source_id.into());
        }
    }

    /// The links of a product as far as the rows before tell them.
    pub(super) fn links(&mut self, source_id: &str, named: Named) -> Links {
        let (links, is_certain) = self.resolved(&named);
        if !is_certain && self.late.len() < MAX_LATE {
            self.late.push(Late { source_id: source_id.to_owned(), named, told: links.clone() });
        }
        links
    }

    /// Hands over the links that later rows have made clear.
    pub(super) fn finish(self, output: &mut Output<'_>) {
        for Late { source_id, named, told } in &self.late {
            let (links, _) = self.resolved(named);
            if links != *told {
                output.record(Record::Links { product: source_id.clone(), links });
            }
        }
    }

    /// The links by source id, and whether every number among them is that of a row with a SKU. A number that is none may
    /// be that of a product without a SKU, which goes by it.
    fn resolved(&self, named: &Named) -> (Links, bool) {
        let (mut links, mut is_certain) = (Links::default(), true);
        for (kind, names) in named {
            for name in names {
                let name = name.trim();
                let number = name.strip_prefix("id:").map(str::trim);
                let sku = number.and_then(|number| self.skus.get(&number.parse().ok()?));
                is_certain &= number.is_none() || sku.is_some();
                links.add(*kind, sku.map_or(number.unwrap_or(name), |sku| sku));
            }
        }
        (links, is_certain)
    }
}
