//! Variable products and their variations, whichever comes first.
//!
//! A variation names its product, but nothing says when the last one has come, so products wait until the table ends.
//! What waits is capped: beyond [`MAX_WAITING_BYTES`] the oldest is handed over, and a variation that comes later
//! still is handed over on its own, to be laid over its product.

use std::collections::{HashMap, VecDeque};

use commerce::{Offer, Product, ProductId, Variant, VariantId};

use crate::output::{IdKind, Output, Place};
use crate::table_product::settle_attributes;
use crate::variant_notes::{self, Described};
use crate::{DiagnosticCode, Record, Severity};

/// Estimated bytes of products and variations that wait: about 50,000 variations.
const MAX_WAITING_BYTES: usize = 48 << 20;
/// Estimated bytes of a row besides its description.
const ROW_BYTES: usize = 900;

/// A variation as it was read.
pub(super) struct Variation {
    pub(super) variant: Variant,
    /// Its name, which starts with that of the product.
    pub(super) name: String,
    pub(super) description: String,
    pub(super) line: u64,
}

#[derive(Default)]
struct Family {
    parent: Parent,
    variations: Vec<Variation>,
    /// What its variations may call it besides its source id.
    called: String,
    bytes: usize,
}

/// What is known of the product of a family.
#[derive(Default)]
enum Parent {
    /// It has not come yet.
    #[default]
    Unknown,
    /// The shop does not show it.
    Hidden,
    Known {
        product: Box<Product>,
        offer: Offer,
        line: u64,
    },
}

/// Everything that waits.
#[derive(Default)]
pub(super) struct Families {
    /// By the source id of the product, or by what the variations call it while it is not known.
    families: HashMap<String, Family>,
    /// In the order in which they came; those that were joined to others are passed over.
    order: VecDeque<String>,
    /// What variations may call a product, `id:123`, and its source id.
    names: HashMap<String, String>,
    bytes: usize,
}

impl Families {
    pub(super) fn add_product(
        &mut self,
        product: Product,
        offer: Offer,
        id: &str,
        line: u64,
        output: &mut Output<'_>,
    ) {
        let source_id = product.source_id.clone();
        let bytes = ROW_BYTES + product.description.len();
        let parent = Parent::Known { product: Box::new(product), offer, line };
        self.set_parent(&source_id, id, parent, bytes);
        self.shrink(output);
    }

    pub(super) fn add_hidden(&mut self, source_id: &str, id: &str) {
        self.set_parent(source_id, id, Parent::Hidden, ROW_BYTES);
    }

    pub(super) fn add_variation(&mut self, parent: &str, variation: Variation, output: &mut Output<'_>) {
        let key = self.names.get(parent).map_or(parent, String::as_str).to_owned();
        let bytes = ROW_BYTES + variation.description.len();
        let family = self.family(&key);
        family.variations.push(variation);
        family.bytes += bytes;
        self.bytes += bytes;
        self.shrink(output);
    }

    /// Hands over everything that still waits.
    pub(super) fn finish(mut self, output: &mut Output<'_>) {
        while !self.order.is_empty() {
            self.hand_over_oldest(output);
        }
    }

    fn family(&mut self, key: &str) -> &mut Family {
        if !self.families.contains_key(key) {
            self.order.push_back(key.to_owned());
        }
        self.families.entry(key.to_owned()).or_default()
    }

    /// Makes the product known, also to variations that came before it and call it by its id.
    fn set_parent(&mut self, source_id: &str, id: &str, parent: Parent, bytes: usize) {
        let called = format!("id:{id}");
        let early = if id.is_empty() { None } else { self.families.remove(&called) };
        if !id.is_empty() {
            self.names.insert(called.clone(), source_id.to_owned());
        }
        let family = self.family(source_id);
        family.parent = parent;
        family.called = called;
        family.bytes += bytes;
        if let Some(early) = early {
            family.bytes += early.bytes;
            family.variations.extend(early.variations);
        }
        self.bytes += bytes;
    }

    fn shrink(&mut self, output: &mut Output<'_>) {
        while self.bytes > MAX_WAITING_BYTES && !self.order.is_empty() {
            self.hand_over_oldest(output);
        }
    }

    fn hand_over_oldest(&mut self, output: &mut Output<'_>) {
        let Some(key) = self.order.pop_front() else { return };
        let Some(family) = self.families.remove(&key) else { return };
        self.bytes -= family.bytes;
        self.names.remove(&family.called);
        family.hand_over(&key, output);
    }
}

impl Family {
    fn hand_over(self, key: &str, output: &mut Output<'_>) {
        let (product, is_known) = match self.parent {
            Parent::Hidden => return,
            Parent::Known { product, offer, line } => {
                if self.variations.is_empty() {
                    hand_over_without_variations(*product, offer, line, output);
                    return;
                }
                (*product, true)
            }
            Parent::Unknown => (Self::stand_in(key, &self.variations), false),
        };
        let source_id = product.source_id.clone();
        let is_first = output.is_new(IdKind::Product, &source_id);
        if !is_known && is_first {
            report_orphans(&source_id, &self.variations, output);
        }
        output.record(Record::Product(with_variants(product, self.variations)));
    }

    /// The product as far as its variations tell: their names are its title with the options behind it.
    fn stand_in(key: &str, variations: &[Variation]) -> Product {
        let source_id = key.strip_prefix("id:").unwrap_or(key);
        let name = variations.first().map_or("", |variation| variation.name.as_str());
        Product {
            id: ProductId::of(&[source_id]),
            source_id: source_id.to_owned(),
            title: name.rsplit_once(" - ").map_or(name, |(title, _)| title).to_owned(),
            description: String::new(),
            brand: String::new(),
            categories: Vec::new(),
            url: String::new(),
            images: Vec::new(),
            attributes: commerce::Attributes::new(),
            links: commerce::Links::default(),
            variants: Vec::new(),
        }
    }
}

fn with_variants(mut product: Product, variations: Vec<Variation>) -> Product {
    let own = Described { name: "", text: &product.description };
    let texts = variations.iter().map(|own| Described { name: &own.variant.title, text: &own.description });
    product.description = variant_notes::description(std::iter::once(own).chain(texts));
    for Variation { mut variant, .. } in variations {
        variant.id = VariantId::of(&[&product.source_id, &variant.source_id]);
        product.variants.push(variant);
    }
    settle_attributes(&mut product);
    product
}

/// A variable product without variations cannot be bought, but the shop shows it.
fn hand_over_without_variations(mut product: Product, offer: Offer, line: u64, output: &mut Output<'_>) {
    output.diagnose(
        Severity::Warning,
        DiagnosticCode::OrphanVariant,
        Place { line: Some(line), record: Some(&product.source_id), field: Some("Type") },
        "the product has variations and none of them is in the table",
        "export the variations with it",
    );
    let mut only = Variant::new(&product.source_id, &product.source_id);
    only.offer = offer;
    product.variants.push(only);
    output.record(Record::Product(product));
}

fn report_orphans(source_id: &str, variations: &[Variation], output: &mut Output<'_>) {
    output.diagnose(
        Severity::Warning,
        DiagnosticCode::OrphanVariant,
        Place {
            line: variations.first().map(|variation| variation.line),
            record: Some(source_id),
            field: Some("Parent"),
        },
        "the product that the variation names is not in the table; only what its variations say of it is known",
        "export the product with its variations",
    );
}
