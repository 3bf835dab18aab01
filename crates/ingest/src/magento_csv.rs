//! The product export of Magento 2 (Adobe Commerce).
//!
//! Every variant is a row of its own, a "simple" product that is usually not visible on its own; a "configurable"
//! product names the SKUs of its variants in `configurable_variations`. See `families` for how the two find each
//! other whichever comes first. Rows of a store view follow the row that holds for all of them, see `store_view`.
//! Columns that are not read here are the shop's own housekeeping.

use std::collections::HashSet;

use commerce::{Attribute, Attributes, Image, Links, Product, ProductId, Quantity, Value, Variant};

use crate::DiagnosticCode;
use crate::composed::Composed;
use crate::csv_rows::{CsvRow, CsvRows};
use crate::html_text::{plain, state};
use crate::output::{IdKind, Output};
use crate::row::{Row, attribute};
use crate::table_price::TablePrices;
use crate::text::Text;

mod attribute_table;
mod categories;
mod columns;
mod custom_option;
mod description;
mod families;
mod offer;
mod pairs;
mod parts;
mod store_view;

use columns::Columns;
use description::Description;
use families::{Configurable, Families, Simple};
use store_view::StoreViews;

/// Whether a table with these columns is of this format.
pub(crate) fn is_header(columns: &[&str]) -> bool {
    let has = |name: &str| columns.iter().any(|column| column.eq_ignore_ascii_case(name));
    has("sku") && (has("attribute_set_code") || has("product_type") || has("additional_attributes"))
}

/// Reads the whole table.
pub(crate) fn read(text: &mut Text<'_>, output: &mut Output<'_>) {
    let Some(mut rows) = CsvRows::open(text, output) else { return };
    let mut reader = Reader {
        columns: Columns::of(&rows),
        prices: TablePrices::default(),
        families: Families::default(),
        composed: Composed::default(),
        is_weight_reported: false,
        described: Description::default(),
    };
    let mut views = StoreViews::new(output.options.store_view.clone());
    while let Some(row) = rows.next(output) {
        if let Some(whole) = views.take(&row, &reader.columns, output) {
            reader.read_row(&whole.row(), output);
        }
    }
    if let Some(whole) = views.finish() {
        reader.read_row(&whole.row(), output);
    }
    reader.hand_over_composed(output);
    reader.families.finish(output);
}

/// What is kept from row to row.
struct Reader {
    columns: Columns,
    prices: TablePrices,
    families: Families,
    composed: Composed<Simple>,
    is_weight_reported: bool,
    described: Description,
}

impl Reader {
    fn read_row(&mut self, cells: &CsvRow<'_>, output: &mut Output<'_>) {
        let sku = cells.text(self.columns.sku);
        let mut row = Row { output, line: cells.line, record: sku };
        if sku.is_empty() {
            row.refuse(
                "sku",
                DiagnosticCode::MissingField,
                "the row has no SKU",
                "give every product its SKU",
            );
            return;
        }
        let is_of_view = !cells.text(self.columns.store_view_code).is_empty();
        let is_new = row.output.is_new(IdKind::Variant, sku);
        if is_of_view && (!is_new || !self.has_own_data(cells)) {
            store_view::report_apart(&mut row);
            return;
        }
        if !is_new {
            row.refuse(
                "sku",
                DiagnosticCode::DuplicateId,
                "the SKU was there before; this row is left out",
                "give every product a SKU of its own",
            );
            return;
        }
        if matches!(cells.text(self.columns.product_online), "2" | "0") {
            report_offline(&mut row);
            self.families.add_offline(sku, output);
            return;
        }
        let kind = cells.text(self.columns.product_type);
        if kind.eq_ignore_ascii_case("configurable") {
            let configurable = self.configurable(cells, &mut row);
            self.families.add_configurable(configurable, output);
            return;
        }
        let parts = match kind {
            "grouped" => parts::associated(cells.text(self.columns.associated_skus)),
            "bundle" => parts::bundled(cells.text(self.columns.bundle_values)),
            _ => Vec::new(),
        };
        let simple = self.simple(cells, &mut row);
        self.composed.name(sku, &simple.product.title);
        match parts.is_empty() {
            true => self.families.add_simple(simple, output),
            false => self.composed.add(simple, parts),
        }
        if self.composed.is_full() {
            self.hand_over_composed(output);
        }
    }

    fn hand_over_composed(&mut self, output: &mut Output<'_>) {
        for (mut product, consists_of) in self.composed.take() {
            product.attributes.extend(consists_of);
            self.families.add_simple(product, output);
        }
    }

    /// Whether a row of a store view says enough to stand for the product itself.
    fn has_own_data(&self, cells: &CsvRow<'_>) -> bool {
        !cells.text(self.columns.name).is_empty() && !cells.text(self.columns.product_type).is_empty()
    }

    fn simple(&mut self, cells: &CsvRow<'_>, row: &mut Row<'_, '_>) -> Simple {
        let is_visible = !is_hidden(cells.text(self.columns.visibility));
        let mut variant = Variant::new(row.record, row.record);
        variant.offer = self.offer(cells, row);
        let mut product = self.product(cells, row, is_visible);
        variant.images = std::mem::take(&mut product.images);
        let attributes = self.read_attributes(cells, row, &mut product, &mut variant);
        if variant.offer.price.is_none() && !self.prices.is_currency_missing() && self.needs_price(cells) {
            row.warn(
                "price",
                DiagnosticCode::MissingPrice,
                "the product has no price",
                "give it one, or leave the row out",
            );
        }
        Simple { product, variant, attributes, is_visible, line: cells.line }
    }

    /// Whether the product is put together from others: it leaves its price and stock to these, and says so with none
    /// or with 0.
    fn is_composed(&self, cells: &CsvRow<'_>) -> bool {
        matches!(
            cells.text(self.columns.product_type),
            "configurable" | "grouped" | "bundle" | "giftcard" | "gift-card"
        )
    }

    fn needs_price(&self, cells: &CsvRow<'_>) -> bool {
        !self.is_composed(cells) && cells.text(self.columns.price).is_empty()
    }

    fn configurable(&mut self, cells: &CsvRow<'_>, row: &mut Row<'_, '_>) -> Configurable {
        let mut product = self.product(cells, row, true);
        let mut variant = Variant::new(row.record, row.record);
        variant.offer = self.offer(cells, row);
        for attribute in self.read_attributes(cells, row, &mut product, &mut variant) {
            product.attributes.add(attribute);
        }
        let mut links = pairs::variations(cells.text(self.columns.configurable_variations));
        if links.is_empty() {
            row.warn(
                "configurable_variations",
                DiagnosticCode::MissingField,
                "the configurable product names no variants",
                "export the column configurable_variations with it",
            );
        }
        let mut known: HashSet<String> = HashSet::new();
        links.retain(|link| {
            let is_itself = link.sku == row.record;
            if is_itself {
                row.warn(
                    "configurable_variations",
                    DiagnosticCode::VariantCycle,
                    "the product names itself as its variant; it is passed over",
                    "name the SKUs of its variants",
                );
            }
            !is_itself && known.insert(link.sku.clone())
        });
        Configurable { product, offer: variant.offer, links, line: cells.line }
    }

    /// What simple and configurable products share; `is_full` asks for what only products that are shown need. A variant has
    /// a description too, which may tell it from the others.
    fn product(&mut self, cells: &CsvRow<'_>, row: &mut Row<'_, '_>, is_full: bool) -> Product {
        let name = cells.text(self.columns.name);
        if name.is_empty() && is_full {
            row.warn(
                "name",
                DiagnosticCode::MissingField,
                "the product has no name; its SKU stands for it",
                "name it",
            );
        }
        let mut product = Product {
            id: ProductId::of(&[row.record]),
            source_id: row.record.to_owned(),
            title: if name.is_empty() { row.record.to_owned() } else { plain(name).replace('\n', " ") },
            description: String::new(),
            brand: String::new(),
            categories: Vec::new(),
            url: String::new(),
            images: self.images(cells),
            attributes: Attributes::new(),
            links: self.links(cells),
            variants: Vec::new(),
        };
        let texts = [self.columns.short_description, self.columns.description];
        self.described.read(texts.map(|column| cells.text(column)));
        product.description = self.described.text().to_owned();
        if is_full {
            product.categories = categories::paths(cells.text(self.columns.categories));
            let country = cells.text(self.columns.country_of_manufacture);
            product.attributes = Attribute::parse("Country of manufacture", [country]).into_iter().collect();
        }
        product
    }

    /// The SKUs that the row sets beside the product.
    fn links(&self, cells: &CsvRow<'_>) -> Links {
        let mut links = Links::default();
        for (kind, column) in self.columns.links {
            cells.text(column).split(',').for_each(|sku| links.add(kind, sku));
        }
        links
    }

    fn images(&self, cells: &CsvRow<'_>) -> Vec<Image> {
        let mut images: Vec<Image> = Vec::new();
        let mut add = |location: &str, alt: &str| {
            let location = location.trim();
            let location = if location.contains("://") { location } else { location.trim_start_matches('/') };
            if !matches!(location, "" | "no_selection")
                && images.iter().all(|image| image.location != location)
            {
                images.push(Image { location: location.to_owned(), alt: alt.trim().to_owned() });
            }
        };
        add(cells.text(self.columns.base_image), cells.text(self.columns.base_image_label));
        let mut labels = cells.text(self.columns.additional_image_labels).split(',');
        for location in cells.text(self.columns.additional_images).split(',') {
            add(location, labels.next().unwrap_or(""));
        }
        images
    }

    /// The attributes of a row, after those that have a place of their own were put there.
    fn read_attributes(
        &mut self,
        cells: &CsvRow<'_>,
        row: &mut Row<'_, '_>,
        product: &mut Product,
        variant: &mut Variant,
    ) -> Vec<Attribute> {
        let mut attributes = Vec::new();
        let own =
            self.columns.own_attributes.iter().map(|(name, column)| (name.as_str(), cells.text(*column)));
        let additional = pairs::pairs(cells.text(self.columns.additional_attributes));
        let all = own
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .chain(additional);
        for (name, value) in all {
            match attribute_table::place(&name) {
                attribute_table::Place::Housekeeping => {}
                attribute_table::Place::Brand => product.brand = plain(&value),
                attribute_table::Place::Gtin => variant.gtin = row.gtin(&name, &value),
                attribute_table::Place::Mpn => variant.mpn = value,
                attribute_table::Place::Attribute => {
                    let values = pairs::values(&value);
                    attributes.extend(attribute(&name, values.iter().map(String::as_str)));
                }
            }
        }
        let is_stated = |attribute: &Attribute| attribute.key == "weight";
        if !attributes.iter().any(is_stated) {
            attributes.extend(self.weight(cells, row));
        }
        attributes.extend(custom_option::attributes(cells.text(self.columns.custom_options)));
        if !product.description.is_empty() {
            let mut all: Attributes = product.attributes.iter().chain(&attributes).cloned().collect();
            let known = all.len();
            state(self.described.facts(), &mut all);
            attributes.extend(all.iter().skip(known).cloned());
        }
        attributes
    }

    /// The weight in the unit that the caller says the shop has: the export names none, and the shop may have set
    /// pounds or kilograms, so that any default would be wrong for many.
    fn weight(&mut self, cells: &CsvRow<'_>, row: &mut Row<'_, '_>) -> Option<Attribute> {
        let text = cells.text(self.columns.weight);
        let value = text.parse::<f64>().ok().filter(|value| value.is_finite() && *value > 0.0)?;
        let Some(unit) = row.output.options.weight_unit else {
            if !std::mem::replace(&mut self.is_weight_reported, true) {
                row.note(
                    "weight",
                    DiagnosticCode::InvalidValue,
                    "the weights of this table name no unit; they are left out",
                    "say which unit the shop weighs in with --weight-unit kg or --weight-unit lb",
                );
            }
            return None;
        };
        let values = vec![Value::Quantity(Quantity::new(value, unit))];
        Some(Attribute { key: "weight".to_owned(), label: "Weight".to_owned(), values })
    }
}

fn report_offline(row: &mut Row<'_, '_>) {
    row.note(
        "product_online",
        DiagnosticCode::NotPublished,
        "the product is switched off in the shop; it is left out",
        "switch it on to have it imported",
    );
}

/// Whether this word says that a product is only shown as part of another.
fn is_hidden(visibility: &str) -> bool {
    visibility == "1" || visibility.eq_ignore_ascii_case("not visible individually")
}
