//! The product export of Shopify, with the headers of today and those used up to 2024.
//!
//! All rows of a product carry its handle and stand together. The first one has what holds for the product; each row
//! with an option or a price is a variant, and each row with a picture adds one, so that a row may be both or only
//! one of them. Prices name no currency. Pages have no address in the export.

use commerce::{CategoryPath, Image, Product, ProductId, Variant};

use crate::DiagnosticCode;
use crate::csv_rows::{CsvRow, CsvRows};
use crate::html_text::{plain, plain_with_facts, state};
use crate::output::Output;
use crate::row::{Row, attribute, list_values};
use crate::table_price::TablePrices;
use crate::text::Text;

mod columns;
mod metafield;
mod product;
mod variant;

use columns::Columns;
use product::Gathering;

/// Whether a table with these columns is of this format.
pub(crate) fn is_header(columns: &[&str]) -> bool {
    let has = |name: &str| columns.iter().any(|column| column.eq_ignore_ascii_case(name));
    (has("Handle") || has("URL handle")) && (has("Title") || has("Variant SKU") || has("Option1 name"))
}

/// Reads the whole table.
pub(crate) fn read(text: &mut Text<'_>, output: &mut Output<'_>) {
    let Some(mut rows) = CsvRows::open(text, output) else { return };
    let mut reader =
        Reader { columns: Columns::of(&rows), prices: TablePrices::default(), product: None, skipped: 0 };
    while let Some(row) = rows.next(output) {
        reader.read_row(&row, output);
    }
    reader.finish_product(output);
}

/// What is kept from row to row.
struct Reader {
    columns: Columns,
    prices: TablePrices,
    /// The product whose rows are being read.
    product: Option<Gathering>,
    /// Rows that were left out until now: what follows one of them may belong to it.
    skipped: u64,
}

impl Reader {
    fn read_row(&mut self, cells: &CsvRow<'_>, output: &mut Output<'_>) {
        if cells.is_blank() {
            return;
        }
        let handle = cells.text(self.columns.handle);
        let title = cells.text(self.columns.title);
        let follows_broken =
            std::mem::replace(&mut self.skipped, output.summary.skipped) != output.summary.skipped;
        if follows_broken && handle.is_empty() {
            self.finish_product(output);
        }
        let is_same = self.product.as_ref().is_some_and(|product| {
            product.handle() == handle || handle.is_empty() && (title.is_empty() || title == product.title())
        });
        if !is_same {
            self.finish_product(output);
            let handle = if handle.is_empty() { slug(title) } else { handle.to_owned() };
            let mut row = Row { output, line: cells.line, record: &handle };
            if handle.is_empty() {
                row.refuse(
                    "Handle",
                    DiagnosticCode::MissingField,
                    "the row has neither a handle nor a title",
                    "give every row the handle of its product",
                );
                return;
            }
            self.product = Some(self.start(&handle, cells, &mut row));
        }
        let Some(mut product) = self.product.take() else { return };
        if product.rows >= output.options.max_group_rows {
            product.hand_over(output);
        }
        self.add_row(&mut product, cells, output);
        self.product = Some(product);
    }

    fn finish_product(&mut self, output: &mut Output<'_>) {
        if let Some(mut product) = self.product.take() {
            product.hand_over(output);
        }
    }

    /// What the first row of a product says of it.
    fn start(&self, handle: &str, cells: &CsvRow<'_>, row: &mut Row<'_, '_>) -> Gathering {
        let columns = &self.columns;
        let title = plain(cells.text(columns.title)).replace('\n', " ");
        let (description, facts) = plain_with_facts(cells.text(columns.description));
        let mut product = Product {
            id: ProductId::of(&[handle]),
            source_id: handle.to_owned(),
            title,
            description,
            brand: cells.text(columns.vendor).to_owned(),
            categories: self.categories(cells),
            url: String::new(),
            images: Vec::new(),
            attributes: commerce::Attributes::new(),
            links: commerce::Links::default(),
            variants: Vec::new(),
        };
        let tags = list_values(cells.text(columns.tags));
        let gender = [cells.text(columns.gender)];
        let age_group = [cells.text(columns.age_group)];
        let stated = metafield::attributes(&columns.metafields, cells);
        for attribute in stated
            .into_iter()
            .chain(attribute("Gender", gender))
            .chain(attribute("Age group", age_group))
            .chain(attribute("Tags", tags))
        {
            if product.attributes.find(&attribute.key).is_none() {
                product.attributes.add(attribute);
            }
        }
        state(&facts, &mut product.attributes);
        let is_shown = self.is_shown(cells, row);
        let names = columns.options.iter().map(|(name, _)| cells.text(*name).to_owned()).collect();
        Gathering::new(
            product,
            names,
            row.condition("Google Shopping / Condition", cells.text(columns.condition)),
            is_shown,
        )
    }

    /// Whether the shop shows the product; one that it does not show is reported.
    fn is_shown(&self, cells: &CsvRow<'_>, row: &mut Row<'_, '_>) -> bool {
        let status = cells.text(self.columns.status).to_ascii_lowercase();
        let is_published = !cells.text(self.columns.published).eq_ignore_ascii_case("false");
        let reason = match status.as_str() {
            "" | "active" if is_published => return true,
            "" | "active" => "the product is not published in the online store; it is left out",
            "archived" => "the product is archived; it is left out",
            _ => "the product is a draft; it is left out",
        };
        row.note(
            "Status",
            DiagnosticCode::NotPublished,
            reason,
            "make it active and publish it to have it imported",
        );
        false
    }

    /// The category of the taxonomy, then the shop's own type.
    fn categories(&self, cells: &CsvRow<'_>) -> Vec<CategoryPath> {
        let is_path = |text: &&str| text.contains(|c: char| c.is_alphabetic());
        let google = [cells.text(self.columns.google_category)].into_iter().filter(is_path);
        let taxonomy = [cells.text(self.columns.category)].into_iter().filter(is_path).chain(google).next();
        let mut paths: Vec<CategoryPath> =
            taxonomy.and_then(|path| CategoryPath::parse(path, '>')).into_iter().collect();
        if let Some(own) = CategoryPath::parse(cells.text(self.columns.kind), '>')
            && !paths.iter().any(|path| path.leaf().eq_ignore_ascii_case(own.leaf()))
        {
            paths.push(own);
        }
        paths
    }

    /// Adds the variant and the picture of a row.
    fn add_row(&mut self, product: &mut Gathering, cells: &CsvRow<'_>, output: &mut Output<'_>) {
        product.rows += 1;
        let location = cells.text(self.columns.image);
        if !location.is_empty() {
            let alt = cells.text(self.columns.image_alt).to_owned();
            let position = cells.text(self.columns.image_position).parse().ok();
            product.add_image(position, Image { location: location.to_owned(), alt });
        }
        if !product.is_shown {
            return;
        }
        let Some(variant) = self.variant(product, cells, output) else { return };
        // Without a choice or a SKU nothing tells it from the one before.
        let is_told_apart = !variant.options.is_empty() || !cells.text(self.columns.sku).is_empty();
        if !is_told_apart && !product.variants.is_empty() {
            report_twice(product.handle(), cells.line, output);
        } else {
            product.variants.push(variant);
        }
    }

    fn variant(
        &mut self,
        product: &mut Gathering,
        cells: &CsvRow<'_>,
        output: &mut Output<'_>,
    ) -> Option<Variant> {
        let columns = &self.columns;
        let has_any = |columns: &[crate::csv_rows::Column]| {
            columns.iter().any(|column| !cells.text(*column).is_empty())
        };
        let is_variant = product.is_first_row() || has_any(&[columns.price, columns.sku]) || {
            columns.options.iter().any(|(_, value)| !cells.text(*value).is_empty())
        };
        is_variant.then(|| self.read_variant(product, cells, output))
    }
}

fn report_twice(handle: &str, line: u64, output: &mut Output<'_>) {
    let mut row = Row { output, line, record: handle };
    row.refuse(
        "Option1 value",
        DiagnosticCode::DuplicateId,
        "the product stood before; this row has neither choices nor a SKU and is left out",
        "give every variant choices or a SKU of its own",
    );
}

/// The handle that Shopify makes of a title.
fn slug(title: &str) -> String {
    let lower = title.to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join("-")
}
