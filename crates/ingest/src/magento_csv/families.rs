//! Variants and the configurable products that name them, whichever comes first.
//!
//! Only the configurable product knows its variants, so a simple product has to wait until one claims it or until it
//! is certain that none will. What waits is capped: beyond [`MAX_WAITING_BYTES`] the oldest stops waiting. A visible
//! one becomes a product of its own then; a hidden one is reported. Exports put variants right before their product.

use std::collections::{BTreeMap, HashMap, VecDeque};

use commerce::{Attribute, Attributes, Availability, Offer, Product, Value, Variant};

use super::pairs::Link;
use crate::output::{Output, Place, shortened};
use crate::table_product::option_key;
use crate::variant_notes::{self, Described};
use crate::{DiagnosticCode, Record, Severity};

/// Estimated bytes of simple products that wait to be claimed: about 50,000 variants.
const MAX_WAITING_BYTES: usize = 48 << 20;
/// Configurable products that wait for variants which come after them.
const MAX_OPEN: usize = 2_000;

/// A row that can be bought.
pub(super) struct Simple {
    /// Without variants.
    pub(super) product: Product,
    pub(super) variant: Variant,
    /// Options among them.
    pub(super) attributes: Vec<Attribute>,
    pub(super) is_visible: bool,
    pub(super) line: u64,
}

/// A row whose variants are rows of their own.
pub(super) struct Configurable {
    /// Without variants.
    pub(super) product: Product,
    pub(super) offer: Offer,
    pub(super) links: Vec<Link>,
    pub(super) line: u64,
}

/// What is known of a SKU that waits.
enum Waiting {
    Simple(Box<Simple>),
    /// Switched off in the shop: a product that names it goes without.
    Offline,
}

/// A configurable product with a place for each of its variants.
struct Open {
    configurable: Configurable,
    found: Vec<Option<Waiting>>,
    missing: usize,
}

/// Everything that waits.
#[derive(Default)]
pub(super) struct Families {
    waiting: HashMap<String, (u64, Waiting)>,
    /// SKUs in the order in which they came; those that were claimed are passed over.
    order: VecDeque<(u64, String)>,
    bytes: usize,
    open: BTreeMap<u64, Open>,
    /// The open product and the place in it that a SKU is awaited at.
    awaited: HashMap<String, (u64, usize)>,
    next: u64,
}

impl Families {
    pub(super) fn add_simple(&mut self, simple: Simple, output: &mut Output<'_>) {
        let sku = simple.product.source_id.clone();
        self.add(sku, Waiting::Simple(Box::new(simple)), output);
    }

    pub(super) fn add_offline(&mut self, sku: &str, output: &mut Output<'_>) {
        self.add(sku.to_owned(), Waiting::Offline, output);
    }

    pub(super) fn add_configurable(&mut self, configurable: Configurable, output: &mut Output<'_>) {
        self.next += 1;
        let mut open = Open { found: Vec::new(), missing: 0, configurable };
        for (place, link) in open.configurable.links.iter().enumerate() {
            let found = self.waiting.remove(&link.sku).map(|(_, waiting)| waiting);
            match &found {
                Some(waiting) => self.bytes -= waiting.bytes(),
                None => {
                    self.awaited.insert(link.sku.clone(), (self.next, place));
                    open.missing += 1;
                }
            }
            open.found.push(found);
        }
        if open.missing == 0 {
            open.finish(output);
        } else {
            self.open.insert(self.next, open);
            if self.open.len() > MAX_OPEN {
                self.finish_oldest_open(output);
            }
        }
    }

    /// Hands over everything that still waits.
    pub(super) fn finish(mut self, output: &mut Output<'_>) {
        while !self.open.is_empty() {
            self.finish_oldest_open(output);
        }
        while !self.order.is_empty() {
            self.drop_oldest(output);
        }
    }

    fn add(&mut self, sku: String, waiting: Waiting, output: &mut Output<'_>) {
        if let Some((id, place)) = self.awaited.remove(&sku) {
            self.join(id, place, waiting, output);
            return;
        }
        self.bytes += waiting.bytes();
        self.next += 1;
        self.order.push_back((self.next, sku.clone()));
        self.waiting.insert(sku, (self.next, waiting));
        while self.bytes > MAX_WAITING_BYTES {
            self.drop_oldest(output);
        }
    }

    fn join(&mut self, id: u64, place: usize, waiting: Waiting, output: &mut Output<'_>) {
        let Some(open) = self.open.get_mut(&id) else { return };
        open.found[place] = Some(waiting);
        open.missing -= 1;
        if open.missing == 0
            && let Some(open) = self.open.remove(&id)
        {
            open.finish(output);
        }
    }

    fn finish_oldest_open(&mut self, output: &mut Output<'_>) {
        if let Some((_, open)) = self.open.pop_first() {
            for link in &open.configurable.links {
                self.awaited.remove(&link.sku);
            }
            open.finish(output);
        }
    }

    fn drop_oldest(&mut self, output: &mut Output<'_>) {
        let Some((id, sku)) = self.order.pop_front() else {
            self.bytes = 0;
            return;
        };
        if self.waiting.get(&sku).is_some_and(|(own, _)| *own == id)
            && let Some((_, waiting)) = self.waiting.remove(&sku)
        {
            self.bytes -= waiting.bytes();
            match waiting {
                Waiting::Simple(simple) if simple.is_visible => {
                    output.record(Record::Product(simple.alone()))
                }
                Waiting::Simple(simple) => report_orphan(&simple, output),
                Waiting::Offline => {}
            }
        }
    }
}

fn report_orphan(simple: &Simple, output: &mut Output<'_>) {
    let sku = &simple.product.source_id;
    output.diagnose(
        Severity::Warning,
        DiagnosticCode::OrphanVariant,
        Place { line: Some(simple.line), record: Some(sku), field: Some("visibility") },
        "the product is not visible on its own and no configurable product near it names it; it is left out",
        "export it together with its configurable product, or make it visible",
    );
}

impl Waiting {
    /// An estimate of the memory that it takes.
    fn bytes(&self) -> usize {
        const ROW: usize = 700;
        const ATTRIBUTE: usize = 150;
        match self {
            Self::Simple(simple) => {
                ROW + simple.product.description.len()
                    + simple.product.title.len()
                    + simple.attributes.len() * ATTRIBUTE
                    + simple.variant.images.len() * ATTRIBUTE
            }
            Self::Offline => 100,
        }
    }
}

impl Simple {
    /// The product that it is where nothing else claims it.
    fn alone(self) -> Product {
        let Self { mut product, mut variant, attributes, .. } = self;
        product.images = std::mem::take(&mut variant.images);
        for attribute in attributes {
            product.attributes.add(attribute);
        }
        product.variants.push(variant);
        product
    }
}

impl Open {
    /// Hands over the product with the variants that were found. One that was not exported is made from what the
    /// product itself says of it, which is not whether it can be had.
    fn finish(self, output: &mut Output<'_>) {
        let Configurable { mut product, offer, links, line } = self.configurable;
        let id = product.source_id.clone();
        let (mut is_any_offline, mut missing, mut texts) = (false, Vec::new(), Vec::new());
        for (link, found) in links.into_iter().zip(self.found) {
            let mut variant = Variant::new(&id, &link.sku);
            let mut text = String::new();
            match found {
                Some(Waiting::Offline) => {
                    is_any_offline = true;
                    continue;
                }
                Some(Waiting::Simple(simple)) => {
                    let simple = *simple;
                    variant.gtin = simple.variant.gtin;
                    variant.mpn = simple.variant.mpn;
                    variant.images = simple.variant.images;
                    variant.offer = simple.variant.offer;
                    variant.offer.price = variant.offer.price.or(offer.price);
                    variant.attributes = own_attributes(simple.attributes, &link, &product.attributes);
                    if product.brand.is_empty() {
                        product.brand = simple.product.brand;
                    }
                    text = simple.product.description;
                }
                None => {
                    missing.push(link.sku);
                    variant.offer.price = offer.price;
                    variant.offer.sale = offer.sale.clone();
                    if offer.availability == Availability::OutOfStock {
                        variant.offer.availability = offer.availability;
                    }
                }
            }
            variant.title =
                link.options.iter().map(|(_, value)| value.as_str()).collect::<Vec<_>>().join(", ");
            variant.options =
                link.options.into_iter().map(|(name, value)| (option_key(&name), value)).collect();
            texts.push(text);
            product.variants.push(variant);
        }
        product.description = with_notes(&product, &texts);
        if let Some(first) = missing.first() {
            report_missing(&id, first, missing.len(), line, output);
        }
        if product.variants.is_empty() && is_any_offline {
            report_all_offline(&id, line, output);
            return;
        }
        if product.variants.is_empty() {
            let mut only = Variant::new(&id, &id);
            only.offer = offer;
            product.variants.push(only);
        }
        output.record(Record::Product(product));
    }
}

/// The description of a product with what its variants are described as; `texts` are those of its variants.
fn with_notes(product: &Product, texts: &[String]) -> String {
    let own = Described { name: "", text: &product.description };
    let each = product.variants.iter().zip(texts);
    let each = each.map(|(variant, text)| Described { name: &variant.title, text });
    variant_notes::description(std::iter::once(own).chain(each))
}

/// What a variant states beyond its options and beyond what its product states.
fn own_attributes(attributes: Vec<Attribute>, link: &Link, common: &Attributes) -> Attributes {
    let is_option =
        |attribute: &Attribute| link.options.iter().any(|(name, _)| Attribute::key(name) == attribute.key);
    let is_common = |attribute: &Attribute| {
        common
            .find(&attribute.key)
            .is_some_and(|own| attribute.values.iter().all(|value: &Value| own.values.contains(value)))
    };
    attributes.into_iter().filter(|attribute| !is_option(attribute) && !is_common(attribute)).collect()
}

fn report_missing(id: &str, sku: &str, count: usize, line: u64, output: &mut Output<'_>) {
    let others = if count > 1 { format!(" and {} more", count - 1) } else { String::new() };
    output.diagnose(
        Severity::Warning,
        DiagnosticCode::OrphanVariant,
        Place { line: Some(line), record: Some(id), field: Some("configurable_variations") },
        format!(
            "the table does not have \"{}\"{others}; whether such variants can be had is not known",
            shortened(sku)
        ),
        "export the variants together with the product",
    );
}

fn report_all_offline(id: &str, line: u64, output: &mut Output<'_>) {
    output.diagnose(
        Severity::Note,
        DiagnosticCode::NotPublished,
        Place { line: Some(line), record: Some(id), field: Some("configurable_variations") },
        "all variants of the product are switched off in the shop; it is left out",
        "switch one of them on to have it imported",
    );
}
