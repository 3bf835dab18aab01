//! The product export of Magento 2 (Adobe Commerce).
//!
//! Every variant is a row of its own, a "simple" product that is usually not visible on its own; a "configurable"
//! product names the SKUs of its variants in `configurable_variations`. See `families` for how the two find each
//! other whichever comes first. Columns that are not read here are the shop's own housekeeping.

use commerce::{Attribute, Attributes, Image, Product, ProductId, Variant};

use crate::DiagnosticCode;
use crate::csv_rows::{CsvRow, CsvRows};
use crate::html_text::plain;
use crate::output::{IdKind, Output};
use crate::row::{Row, attribute};
use crate::table_price::TablePrices;
use crate::text::Text;

mod attribute_table;
mod categories;
mod columns;
mod families;
mod offer;
mod pairs;

use columns::Columns;
use families::{Configurable, Families, Simple};

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
        is_store_view_reported: false,
        is_weight_reported: false,
    };
    while let Some(row) = rows.next(output) {
        reader.read_row(&row, output);
    }
    reader.families.finish(output);
}

/// What is kept from row to row.
struct Reader {
    columns: Columns,
    prices: TablePrices,
    families: Families,
    is_store_view_reported: bool,
    is_weight_reported: bool,
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
        let is_new = row.output.is_new(IdKind::Variant, sku);
        if !cells.text(self.columns.store_view_code).is_empty() && (!is_new || !self.has_own_data(cells)) {
            self.report_store_view(&mut row);
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
        if cells.text(self.columns.product_type).eq_ignore_ascii_case("configurable") {
            let configurable = self.configurable(cells, &mut row);
            self.families.add_configurable(configurable, output);
        } else {
            let simple = self.simple(cells, &mut row);
            self.families.add_simple(simple, output);
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

    /// Products put together from others may leave their price to these.
    fn needs_price(&self, cells: &CsvRow<'_>) -> bool {
        !matches!(cells.text(self.columns.product_type), "grouped" | "bundle" | "giftcard")
            && cells.text(self.columns.price).is_empty()
    }

    fn configurable(&mut self, cells: &CsvRow<'_>, row: &mut Row<'_, '_>) -> Configurable {
        let mut product = self.product(cells, row, true);
        let mut variant = Variant::new(row.record, row.record);
        variant.offer = self.offer(cells, row);
        variant.offer.stock = None;
        for attribute in self.read_attributes(cells, row, &mut product, &mut variant) {
            product.attributes.add(attribute);
        }
        let links = pairs::variations(cells.text(self.columns.configurable_variations));
        if links.is_empty() {
            row.warn(
                "configurable_variations",
                DiagnosticCode::MissingField,
                "the configurable product names no variants",
                "export the column configurable_variations with it",
            );
        }
        Configurable { product, offer: variant.offer, links, line: cells.line }
    }

    /// What simple and configurable products share; `is_full` asks for what only products that are shown need.
    fn product(&self, cells: &CsvRow<'_>, row: &mut Row<'_, '_>, is_full: bool) -> Product {
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
            variants: Vec::new(),
        };
        if is_full {
            product.description = self.description(cells);
            product.categories = categories::paths(cells.text(self.columns.categories));
            let country = cells.text(self.columns.country_of_manufacture);
            product.attributes = Attribute::parse("Country of manufacture", [country]).into_iter().collect();
        }
        product
    }

    fn description(&self, cells: &CsvRow<'_>) -> String {
        let (short, long) =
            (plain(cells.text(self.columns.short_description)), plain(cells.text(self.columns.description)));
        match (short.is_empty(), long.is_empty()) {
            (false, false) if !long.contains(&short) => format!("{short}\n{long}"),
            (false, true) => short,
            _ => long,
        }
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
        self.report_weight(cells, row);
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
        attributes
    }

    fn report_store_view(&mut self, row: &mut Row<'_, '_>) {
        if !std::mem::replace(&mut self.is_store_view_reported, true) {
            row.note(
                "store_view_code",
                DiagnosticCode::InvalidValue,
                "rows of single store views are left out; the rows for all stores are read",
                "to import one store view, export it alone with names and types",
            );
        }
    }

    fn report_weight(&mut self, cells: &CsvRow<'_>, row: &mut Row<'_, '_>) {
        if !cells.text(self.columns.weight).is_empty()
            && !std::mem::replace(&mut self.is_weight_reported, true)
        {
            row.note(
                "weight",
                DiagnosticCode::InvalidValue,
                "the weights of this table name no unit; they are left out",
                "give the weight with its unit as an additional attribute, such as net_weight=1.2 kg",
            );
        }
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
