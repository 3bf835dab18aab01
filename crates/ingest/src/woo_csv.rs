//! The product export of WooCommerce, in any language that `header_table` knows.
//!
//! A variation is a row of its own that names its product in the column `Parent`, by SKU or as `id:123`; see
//! `families` for how the two find each other. Prices and measures have the shop's decimal sign and no currency; the
//! header names the units. A grouped product names its parts, see `composed`. Lists stand apart by commas, and a comma that belongs to a name has `\` before it.

use commerce::{Image, LinkKind, Links, Product, ProductId, Variant};

use crate::DiagnosticCode;
use crate::composed::{Composed, Part};
use crate::csv_rows::{CsvRow, CsvRows};
use crate::html_text::state;
use crate::output::{IdKind, Output};
use crate::row::Row;
use crate::table_price::TablePrices;
use crate::table_product::option_key;
use crate::text::Text;

mod columns;
mod families;
mod field;
mod header_table;
mod links;
mod meta;
mod offer;

use columns::Columns;
use families::{Families, Variation};
use header_table::Field;
use links::Linked;

/// Whether a table with these columns is of this format.
pub(crate) fn is_header(columns: &[&str]) -> bool {
    let fields: Vec<Field> = columns.iter().filter_map(|name| columns::field_of(name)).collect();
    let has = |field: Field| fields.contains(&field);
    let is_export =
        has(Field::Kind) && (has(Field::InStock) || has(Field::Categories) || has(Field::RegularPrice));
    has(Field::Name) && (is_export || has(Field::Sku) && has(Field::RegularPrice))
}

/// Reads the whole table.
pub(crate) fn read(text: &mut Text<'_>, output: &mut Output<'_>) {
    let Some(mut rows) = CsvRows::open(text, output) else { return };
    let mut reader = Reader {
        columns: Columns::of(&rows),
        prices: TablePrices::default(),
        families: Families::default(),
        composed: Composed::default(),
        linked: Linked::default(),
    };
    while let Some(row) = rows.next(output) {
        if !row.is_blank() {
            reader.read_row(&row, output);
        }
    }
    reader.hand_over_composed(output);
    reader.families.finish(output);
    reader.linked.finish(output);
}

/// What is kept from row to row.
struct Reader {
    columns: Columns,
    prices: TablePrices,
    families: Families,
    composed: Composed<Product>,
    linked: Linked,
}

impl Reader {
    fn text<'c>(&self, cells: &CsvRow<'c>, field: Field) -> &'c str {
        cells.text(self.columns.of_field(field))
    }

    fn read_row(&mut self, cells: &CsvRow<'_>, output: &mut Output<'_>) {
        let kind = self.text(cells, Field::Kind).to_ascii_lowercase();
        let is_kind = |wanted: &str| kind.split(',').any(|kind| kind.trim() == wanted);
        let id = field::unprotected(self.text(cells, Field::Id));
        let sku = field::unprotected(self.text(cells, Field::Sku));
        let source_id = if sku.is_empty() { id } else { sku };
        self.linked.name(id, source_id);
        if is_kind("variation") {
            self.read_variation(source_id, cells, output);
            return;
        }
        let mut row = Row { output, line: cells.line, record: source_id };
        if !is_usable(&mut row, self.text(cells, Field::Name)) {
            return;
        }
        if let Some(reason) = self.why_hidden(cells) {
            row.note(
                "Published",
                DiagnosticCode::NotPublished,
                reason,
                "publish it in the catalog to have it imported",
            );
            if is_kind("variable") {
                self.families.add_hidden(source_id, id);
            }
            return;
        }
        let mut product = self.product(cells, &mut row);
        self.composed.name(source_id, &product.title);
        self.composed.name(&format!("id:{id}"), &product.title);
        let mut variant = Variant::new(source_id, source_id);
        variant.offer = self.offer(cells, &mut row);
        self.read_numbers(cells, &mut row, &mut variant);
        if is_kind("variable") {
            self.families.add_product(product, variant.offer, id, cells.line, output);
            return;
        }
        let has_no_price = variant.offer.price.is_none() && self.text(cells, Field::RegularPrice).is_empty();
        if has_no_price && !is_kind("grouped") && !self.prices.is_currency_missing() {
            let hint = "give it one, or leave the row out";
            row.warn("Regular price", DiagnosticCode::MissingPrice, "the product has no price", hint);
        }
        product.variants.push(variant);
        let parts = self.parts(cells);
        if !is_kind("grouped") || parts.is_empty() {
            output.record(crate::Record::Product(product));
            return;
        }
        self.composed.add(product, parts);
        if self.composed.is_full() {
            self.hand_over_composed(output);
        }
    }

    /// The products that a grouped one consists of, by SKU or as `id:123`.
    fn parts(&self, cells: &CsvRow<'_>) -> Vec<Part> {
        let names = field::list(self.text(cells, Field::Grouped));
        names.into_iter().map(|name| Part { label: String::new(), items: vec![(name, 1.0)] }).collect()
    }

    fn hand_over_composed(&mut self, output: &mut Output<'_>) {
        for (mut product, consists_of) in self.composed.take() {
            consists_of.into_iter().for_each(|parts| product.attributes.add(parts));
            output.record(crate::Record::Product(product));
        }
    }

    /// Why the shop does not show the product, if so.
    fn why_hidden(&self, cells: &CsvRow<'_>) -> Option<&'static str> {
        match self.text(cells, Field::Published) {
            "0" => Some("the product is private; it is left out"),
            "-1" => Some("the product is a draft; it is left out"),
            _ if self.text(cells, Field::Visibility).eq_ignore_ascii_case("hidden") => {
                Some("the product is hidden in the catalog; it is left out")
            }
            _ => None,
        }
    }

    fn product(&mut self, cells: &CsvRow<'_>, row: &mut Row<'_, '_>) -> Product {
        let (description, facts) = field::description(
            self.text(cells, Field::ShortDescription),
            self.text(cells, Field::Description),
        );
        let mut attributes = self.attributes(cells, row.output.options.weight_unit);
        state(&facts, &mut attributes);
        Product {
            id: ProductId::of(&[row.record]),
            source_id: row.record.to_owned(),
            title: field::line(self.text(cells, Field::Name)),
            description,
            brand: field::list(self.text(cells, Field::Brands)).into_iter().next().unwrap_or_default(),
            categories: field::categories(self.text(cells, Field::Categories)),
            // Where a product of another shop can be bought.
            url: row.url("External URL", self.text(cells, Field::ExternalUrl)),
            images: self.images(cells),
            attributes,
            links: self.links(cells, row.record),
            variants: Vec::new(),
        }
    }

    /// What the row sets beside the product.
    fn links(&mut self, cells: &CsvRow<'_>, source_id: &str) -> Links {
        let fields = [(LinkKind::UpSell, Field::UpSells), (LinkKind::CrossSell, Field::CrossSells)];
        let named = fields.map(|(kind, field)| (kind, field::list(self.text(cells, field))));
        self.linked.links(source_id, named)
    }

    fn images(&self, cells: &CsvRow<'_>) -> Vec<Image> {
        field::images(self.text(cells, Field::Images)).into_iter().map(Image::at).collect()
    }

    fn read_numbers(&self, cells: &CsvRow<'_>, row: &mut Row<'_, '_>, variant: &mut Variant) {
        variant.gtin = row.gtin("GTIN", field::unprotected(self.text(cells, Field::Gtin)));
        variant.mpn = field::unprotected(self.text(cells, Field::Mpn)).to_owned();
    }

    fn read_variation(&mut self, source_id: &str, cells: &CsvRow<'_>, output: &mut Output<'_>) {
        let parent = field::unprotected(self.text(cells, Field::Parent));
        let mut row = Row { output, line: cells.line, record: source_id };
        if parent.is_empty() {
            row.refuse(
                "Parent",
                DiagnosticCode::OrphanVariant,
                "the variation names no product",
                "name its product by SKU or as id:123",
            );
            return;
        }
        if self.text(cells, Field::Published) == "0" || self.text(cells, Field::Published) == "-1" {
            row.note(
                "Published",
                DiagnosticCode::NotPublished,
                "the variation is switched off; it is left out",
                "switch it on to have it imported",
            );
            return;
        }
        let options = self.options(cells);
        let title = options.iter().map(|(_, value)| value.as_str()).collect::<Vec<_>>().join(", ");
        let known = if source_id.is_empty() { format!("{parent}:{title}") } else { source_id.to_owned() };
        if !row.output.is_new(IdKind::Variant, &known) {
            report_twice(&mut row);
            return;
        }
        let mut variant = Variant::new(parent, &known);
        variant.offer = self.offer(cells, &mut row);
        self.read_numbers(cells, &mut row, &mut variant);
        variant.images = self.images(cells);
        variant.attributes = self.measures(cells, row.output.options.weight_unit).into_iter().collect();
        variant.title = title;
        variant.options = options.into_iter().map(|(name, value)| (option_key(&name), value)).collect();
        let name = field::line(self.text(cells, Field::Name));
        let (description, _) = field::description(
            self.text(cells, Field::ShortDescription),
            self.text(cells, Field::Description),
        );
        let variation = Variation { variant, name, description, line: cells.line };
        self.families.add_variation(parent, variation, output);
    }
}

/// Whether a row that is no variation has what it needs; else it is reported.
fn is_usable(row: &mut Row<'_, '_>, name: &str) -> bool {
    if row.record.is_empty() {
        let hint = "give every product its SKU, or export the column ID";
        row.refuse("SKU", DiagnosticCode::MissingField, "the row has neither a SKU nor an ID", hint);
        return false;
    }
    if name.is_empty() {
        row.refuse(
            "Name",
            DiagnosticCode::MissingField,
            "the product has no name; it is left out",
            "name it",
        );
        return false;
    }
    if !row.output.is_new(IdKind::Variant, row.record) {
        report_twice(row);
        return false;
    }
    true
}

fn report_twice(row: &mut Row<'_, '_>) {
    row.refuse(
        "SKU",
        DiagnosticCode::DuplicateId,
        "the SKU or ID was there before; this row is left out",
        "give every product and variation a SKU of its own",
    );
}
