//! The rows of one Shopify product, gathered until they are all there.

use commerce::{Condition, Image, Product, Variant};

use crate::output::Output;
use crate::table_product::settle_attributes;
use crate::{DiagnosticCode, Record};

/// A product while its rows are read.
pub(super) struct Gathering {
    product: Product,
    /// The names of the options, by their place; blank where there is none.
    pub(super) option_names: Vec<String>,
    pub(super) condition: Condition,
    pub(super) is_shown: bool,
    pub(super) variants: Vec<Variant>,
    images: Vec<(Option<u32>, Image)>,
    /// Rows since the product was last handed over.
    pub(super) rows: usize,
    is_handed_over: bool,
}

impl Gathering {
    pub(super) fn new(
        product: Product,
        option_names: Vec<String>,
        condition: Condition,
        is_shown: bool,
    ) -> Self {
        Self {
            product,
            option_names,
            condition,
            is_shown,
            variants: Vec::new(),
            images: Vec::new(),
            rows: 0,
            is_handed_over: false,
        }
    }

    pub(super) fn handle(&self) -> &str {
        &self.product.source_id
    }

    pub(super) fn title(&self) -> &str {
        &self.product.title
    }

    /// Whether no row before this one was read.
    pub(super) fn is_first_row(&self) -> bool {
        self.rows <= 1 && !self.is_handed_over
    }

    pub(super) fn add_image(&mut self, position: Option<u32>, image: Image) {
        if self.images.iter().all(|(_, old)| old.location != image.location) {
            self.images.push((position, image));
        }
    }

    /// Hands over what was gathered; what comes later of the same product is laid over it.
    pub(super) fn hand_over(&mut self, output: &mut Output<'_>) {
        self.rows = 0;
        if !self.is_shown || self.variants.is_empty() {
            return;
        }
        let mut product = self.product.clone();
        if self.is_handed_over {
            product.attributes = commerce::Attributes::new();
        }
        if product.title.is_empty() && !self.is_handed_over {
            report_nameless(&product.source_id, output);
        }
        self.is_handed_over = true;
        self.images.sort_by_key(|(position, _)| position.unwrap_or(u32::MAX));
        product.images = self.images.iter().map(|(_, image)| image.clone()).collect();
        product.variants = std::mem::take(&mut self.variants);
        for image in product.variants.iter_mut().flat_map(|variant| &mut variant.images) {
            if let Some(known) = product.images.iter().find(|known| known.location == image.location) {
                image.alt.clone_from(&known.alt);
            }
        }
        settle_attributes(&mut product);
        output.record(Record::Product(product));
    }
}

fn report_nameless(handle: &str, output: &mut Output<'_>) {
    output.diagnose(
        crate::Severity::Note,
        DiagnosticCode::MissingField,
        crate::output::Place { record: Some(handle), field: Some("Title"), ..Default::default() },
        "no row of the product has a title; the rows are taken as changes of a product that is there already",
        "give the first row of every product its title",
    );
}
