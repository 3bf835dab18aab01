//! One variant of a Shopify product.

use commerce::{Attribute, Availability, Image, Money, Offer, Quantity, Sale, Unit, Value, Variant};

use super::product::Gathering;
use super::{Reader, metafield};
use crate::DiagnosticCode;
use crate::csv_rows::CsvRow;
use crate::output::{IdKind, Output};
use crate::row::Row;
use crate::table_product::option_key;

/// The option that Shopify gives to products without options.
const NO_OPTION: (&str, &str) = ("Title", "Default Title");

impl Reader {
    pub(super) fn read_variant(
        &mut self,
        product: &mut Gathering,
        cells: &CsvRow<'_>,
        output: &mut Output<'_>,
    ) -> Variant {
        let handle = product.handle().to_owned();
        let mut row = Row { output, line: cells.line, record: &handle };
        let options = self.options(product, cells);
        let title = options.iter().map(|(_, value)| value.as_str()).collect::<Vec<_>>().join(", ");
        let id = self.source_id(product, cells, &title, &mut row);
        let columns = &self.columns;
        let mut variant = Variant::new(&handle, &id);
        variant.gtin = row.gtin("Barcode", unprotected(cells.text(columns.barcode)));
        variant.mpn = unprotected(cells.text(columns.mpn)).to_owned();
        variant.images = Some(cells.text(columns.variant_image))
            .filter(|at| !at.is_empty())
            .map(Image::at)
            .into_iter()
            .collect();
        variant.attributes = metafield::attributes(&columns.variant_metafields, cells)
            .into_iter()
            .chain(self.weight(cells))
            .chain(self.contents(cells))
            .collect();
        variant.offer = self.offer(cells, &mut row);
        variant.offer.condition = product.condition;
        variant.title = title;
        variant.options = options.into_iter().map(|(name, value)| (option_key(&name), value)).collect();
        variant
    }

    /// Names and values of the options of a row.
    fn options(&self, product: &Gathering, cells: &CsvRow<'_>) -> Vec<(String, String)> {
        let values = self.columns.options.iter().map(|(_, value)| cells.text(*value));
        product
            .option_names
            .iter()
            .zip(values)
            .enumerate()
            .filter(|(_, (_, value))| !value.is_empty())
            .map(|(place, (name, value))| match name.as_str() {
                "" => (format!("Option {}", place + 1), value.to_owned()),
                name => (name.to_owned(), value.to_owned()),
            })
            .filter(|(name, value)| (name.as_str(), value.as_str()) != NO_OPTION && value != NO_OPTION.1)
            .collect()
    }

    /// The SKU, else the handle with the options. A SKU that stands at two variants of a product names neither.
    fn source_id(
        &self,
        product: &Gathering,
        cells: &CsvRow<'_>,
        title: &str,
        row: &mut Row<'_, '_>,
    ) -> String {
        let sku = unprotected(cells.text(self.columns.sku));
        let is_taken = |id: &str| product.variants.iter().any(|variant| variant.source_id == id);
        if !sku.is_empty() && !is_taken(sku) {
            if !row.output.is_new(IdKind::Variant, sku) {
                row.warn(
                    "SKU",
                    DiagnosticCode::DuplicateId,
                    "a variant of another product has this SKU too; what is looked up by it may be either",
                    "give every variant a SKU of its own",
                );
            }
            return sku.to_owned();
        }
        if !sku.is_empty() {
            row.warn(
                "SKU",
                DiagnosticCode::DuplicateId,
                "two variants of the product have this SKU; the second one is known by its options",
                "give every variant a SKU of its own",
            );
        }
        let base = if title.is_empty() {
            product.handle().to_owned()
        } else {
            format!("{}:{title}", product.handle())
        };
        if !is_taken(&base) {
            return base;
        }
        // Those of this name are counted, for to try every number anew would take the third power of the rows.
        let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let is_same = |variant: &&Variant| {
            let rest = variant.source_id.strip_prefix(&base);
            rest.is_some_and(|rest| rest.is_empty() || rest.strip_prefix(':').is_some_and(is_number))
        };
        let same = product.variants.iter().filter(is_same).count();
        let free = (same + 1..).map(|number| format!("{base}:{number}")).find(|id| !is_taken(id));
        free.unwrap_or(base)
    }

    fn offer(&mut self, cells: &CsvRow<'_>, row: &mut Row<'_, '_>) -> Offer {
        let columns = &self.columns;
        let price = self.prices.read(row, "Price", cells.text(columns.price));
        if price.is_none() && cells.text(columns.price).is_empty() && columns.price.is_there() {
            row.warn(
                "Price",
                DiagnosticCode::MissingPrice,
                "the variant has no price",
                "give it one, or leave the row out",
            );
        }
        let regular =
            price.and_then(|_| self.prices.read(row, "Compare-at price", cells.text(columns.compare_at)));
        let (price, sale) = regular_and_sale(price, regular);
        let is_tracked = !columns.tracker.is_there() || !cells.text(columns.tracker).is_empty();
        let stock = row.stock("Inventory quantity", cells.text(columns.quantity)).filter(|_| is_tracked);
        let sells_on =
            matches!(cells.text(columns.policy).to_ascii_lowercase().as_str(), "continue" | "true");
        let availability = match stock {
            Some(0) if sells_on => Availability::Backorder,
            Some(0) => Availability::OutOfStock,
            Some(_) => Availability::InStock,
            None if is_tracked => Availability::Unknown,
            None => Availability::InStock,
        };
        Offer { price, sale, availability, stock, ..Offer::default() }
    }

    /// How much is in it, as the shop gives it for unit prices.
    fn contents(&self, cells: &CsvRow<'_>) -> Option<Attribute> {
        let (measure, unit) = self.columns.contents;
        let text = format!("{} {}", cells.text(measure), cells.text(unit).to_lowercase());
        Quantity::parse(&text).map(|contents| Attribute {
            key: "contents".to_owned(),
            label: "Contents".to_owned(),
            values: vec![Value::Quantity(contents)],
        })
    }

    /// The weight in the unit in which the shop shows it.
    fn weight(&self, cells: &CsvRow<'_>) -> Option<Attribute> {
        let grams: f64 = cells.text(self.columns.grams).parse().ok()?;
        let gram = Unit::parse("g")?;
        let unit = Unit::parse(cells.text(self.columns.weight_unit))
            .filter(|unit| unit.dimension() == gram.dimension())
            .unwrap_or(gram);
        let value = (unit.of_base(gram.to_base(grams)) * 1_000.0).round() / 1_000.0;
        let is_weight = grams.is_finite() && value > 0.0;
        is_weight.then(|| Attribute {
            key: "weight".to_owned(),
            label: "Weight".to_owned(),
            values: vec![Value::Quantity(Quantity::new(value, unit))],
        })
    }
}

/// What is paid and what it is compared with, as regular price and sale. A comparison that is not above what is paid
/// is none.
fn regular_and_sale(paid: Option<Money>, compared: Option<Money>) -> (Option<Money>, Option<Sale>) {
    match (paid, compared) {
        (Some(paid), Some(compared)) if compared.amount_minor > paid.amount_minor => {
            (Some(compared), Some(Sale { price: paid, from: None, until: None }))
        }
        _ => (paid, None),
    }
}

/// A number without the apostrophe that keeps spreadsheets from rounding it.
fn unprotected(text: &str) -> &str {
    text.strip_prefix('\'').unwrap_or(text)
}
