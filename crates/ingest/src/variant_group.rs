//! Rows of variants put together to products: what all rows of a group agree on belongs to the product, what tells
//! them apart are the options of its variants.

use commerce::{Attribute, Attributes, CategoryPath, Image, Product, ProductId, Variant};

use crate::output::{IdKind, Output};
use crate::variant_notes::{self, Described};
use crate::{DiagnosticCode, Record, Severity, output::Place};

mod options;
mod title;

/// One row: a variant, and what its row says of the product.
#[derive(Clone, Debug)]
pub(crate) struct FlatRow {
    /// The line that it starts on.
    pub(crate) line: u64,
    /// The product's source id; the variant's own where `is_grouped` is false.
    pub(crate) product_id: String,
    /// Whether the feed says that the row is one variant of several.
    pub(crate) is_grouped: bool,
    pub(crate) title: String,
    pub(crate) description: String,
    pub(crate) brand: String,
    pub(crate) categories: Vec<CategoryPath>,
    pub(crate) url: String,
    pub(crate) images: Vec<Image>,
    /// All that is stated, options included.
    pub(crate) attributes: Attributes,
    /// What may be an option, with its text as the feed has it.
    pub(crate) choices: Vec<Choice>,
    /// Ids, numbers and offer; its title, options, attributes, images and page are filled in here.
    pub(crate) variant: Variant,
}

/// A property that feeds use to tell variants apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Choice {
    /// The attribute's key.
    pub(crate) key: &'static str,
    /// Such as `XL`.
    pub(crate) text: String,
    /// Whether it is an option wherever a title names it, even if all variants share it.
    pub(crate) is_usual: bool,
}

/// Gathers the rows of one product while they stand together.
#[derive(Debug, Default)]
pub(crate) struct VariantGroup {
    rows: Vec<FlatRow>,
}

impl VariantGroup {
    /// Takes one row; hands over the product before it where this one is of another.
    pub(crate) fn push(&mut self, row: FlatRow, output: &mut Output<'_>) {
        let is_same = row.is_grouped
            && self.rows.len() < output.options.max_group_rows
            && self.rows.last().is_some_and(|last| last.is_grouped && last.product_id == row.product_id);
        if !is_same {
            self.finish(output);
        }
        if row.variant.source_id != row.product_id && output.is_known(IdKind::Product, &row.variant.source_id)
        {
            report_cycle(&row, output);
        }
        self.rows.push(row);
    }

    /// Hands over what is left.
    pub(crate) fn finish(&mut self, output: &mut Output<'_>) {
        let rows = std::mem::take(&mut self.rows);
        let Some(first) = rows.first() else { return };
        let is_first_time = !first.is_grouped || output.is_new(IdKind::Product, &first.product_id);
        let product = if first.is_grouped { grouped(rows, is_first_time) } else { single(rows) };
        if let Some(product) = product {
            output.record(Record::Product(product));
        }
    }
}

fn report_cycle(row: &FlatRow, output: &mut Output<'_>) {
    output.diagnose(
        Severity::Warning,
        DiagnosticCode::VariantCycle,
        Place { line: Some(row.line), record: Some(&row.variant.source_id), ..Place::default() },
        "the row is in a group and its id is the name of another group; groups are not followed",
        "give all variants of a product the same group, which is no variant's id",
    );
}

/// A row without a group is a product with one variant, of which nothing is an option.
fn single(mut rows: Vec<FlatRow>) -> Option<Product> {
    let row = rows.pop()?;
    Some(Product {
        id: ProductId::of(&[&row.product_id]),
        source_id: row.product_id,
        title: row.title,
        description: row.description,
        brand: row.brand,
        categories: row.categories,
        url: row.url,
        images: row.images,
        attributes: row.attributes,
        links: commerce::Links::default(),
        variants: vec![row.variant],
    })
}

/// The rows of one group. Where the group was handed over before, its rows stand apart in the feed: what they agree on
/// need not hold for those before, so all of it is kept with the variants.
fn grouped(mut rows: Vec<FlatRow>, is_first_time: bool) -> Option<Product> {
    let options = options::choose(&rows);
    let mut title = title::common(&rows);
    for (row, options) in rows.iter_mut().zip(options) {
        row.variant.title = options.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>().join(", ");
        for (key, _) in &options {
            row.attributes.remove(key);
        }
        row.variant.options = options.into_iter().collect();
    }
    let common = if is_first_time { common_attributes(&rows) } else { Attributes::new() };
    let description = variant_notes::description(
        rows.iter().map(|row| Described { name: &row.variant.title, text: &row.description }),
    );
    let first = rows.first_mut()?;
    let mut product = Product {
        id: ProductId::of(&[&first.product_id]),
        source_id: first.product_id.clone(),
        title: std::mem::take(&mut title),
        description,
        brand: first.brand.clone(),
        categories: first.categories.clone(),
        url: first.url.clone(),
        images: first.images.clone(),
        attributes: common,
        links: commerce::Links::default(),
        variants: Vec::with_capacity(rows.len()),
    };
    for row in rows {
        add_variant(&mut product, row);
    }
    Some(product)
}

fn add_variant(product: &mut Product, row: FlatRow) {
    let mut variant = row.variant;
    variant.attributes =
        row.attributes.iter().filter(|own| product.attributes.find(&own.key).is_none()).cloned().collect();
    if row.images != product.images {
        variant.images = row.images;
    }
    if row.url != product.url {
        variant.url = row.url;
    }
    if product.brand.is_empty() {
        product.brand = row.brand;
    }
    if product.categories.is_empty() {
        product.categories = row.categories;
    }
    product.variants.push(variant);
}

/// What every row states in the same words.
fn common_attributes(rows: &[FlatRow]) -> Attributes {
    let Some((first, others)) = rows.split_first() else { return Attributes::new() };
    let is_common = |attribute: &&Attribute| {
        others
            .iter()
            .all(|row| row.attributes.find(&attribute.key).is_some_and(|own| own.values == attribute.values))
    };
    first.attributes.iter().filter(is_common).cloned().collect()
}

#[cfg(test)]
mod tests;
