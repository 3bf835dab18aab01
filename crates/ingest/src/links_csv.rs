//! Tables of product links, as Magento exports them: `sku,linked_sku`, in each row a product and one that is set beside it.
//!
//! A column `link_type` or `type` says what kind of link a row is; without one the name of the file does where it has such a word,
//! else the products are related.

use commerce::{LinkKind, Links};

use crate::csv_rows::{Column, CsvRow, CsvRows};
use crate::output::{Output, Place};
use crate::text::Text;
use crate::{DiagnosticCode, Record, Severity};

/// Names of the column of what is set beside a product.
const LINKED: &[&str] = &["linked_sku", "linked_product_sku", "linked_id"];
/// Names of the column of the product.
const PRODUCT: &[&str] = &["sku", "product_sku", "id"];
/// Names of the column of the kind.
const KIND: &[&str] = &["link_type", "link_type_code", "type"];

/// Whether a table with these columns is of this format.
pub(crate) fn is_header(columns: &[&str]) -> bool {
    let has = |names: &[&str]| columns.iter().any(|column| names.contains(&column.to_lowercase().as_str()));
    has(LINKED) && has(PRODUCT)
}

/// Reads the whole table; rows of one product that follow each other are handed over together.
pub(crate) fn read(text: &mut Text<'_>, output: &mut Output<'_>) {
    let Some(mut rows) = CsvRows::open(text, output) else { return };
    let columns = Columns {
        product: rows.any_column(PRODUCT),
        linked: rows.any_column(LINKED),
        kind: rows.any_column(KIND),
        usual: of_name(&output.file),
    };
    let (mut product, mut links) = (String::new(), Links::default());
    while let Some(row) = rows.next(output) {
        output.count_row();
        let Some((own, kind, linked)) = columns.read(&row, output) else { continue };
        if own != product {
            hand_over(&mut product, &mut links, output);
            product = own.to_owned();
        }
        links.add(kind, linked);
    }
    hand_over(&mut product, &mut links, output);
}

/// Where the columns stand, and the kind of a row that says none.
struct Columns {
    product: Column,
    linked: Column,
    kind: Column,
    usual: LinkKind,
}

impl Columns {
    /// A row that can be used; else the reason is reported.
    fn read<'r>(&self, row: &CsvRow<'r>, output: &mut Output<'_>) -> Option<(&'r str, LinkKind, &'r str)> {
        let (product, linked) = (row.text(self.product), row.text(self.linked));
        let said = row.text(self.kind);
        let kind = if said.is_empty() { Some(self.usual) } else { LinkKind::parse(said) };
        let place = Place { line: Some(row.line), record: Some(product), ..Place::default() };
        let (field, reason, hint) = match kind {
            _ if product.is_empty() || linked.is_empty() => {
                ("linked_sku", "the row names one product and no other", "name both by their SKUs")
            }
            _ if product == linked => {
                ("linked_sku", "the product is linked with itself", "leave the row out")
            }
            None => ("link_type", "no such kind of link is known", "use related, crosssell or upsell"),
            Some(kind) => return Some((product, kind, linked)),
        };
        let place = Place { field: Some(field), ..place };
        output.diagnose(Severity::Warning, DiagnosticCode::InvalidValue, place, reason, hint);
        output.count_skipped();
        None
    }
}

/// The kind that a file name tells: `links-crosssell.csv`.
fn of_name(file: &str) -> LinkKind {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    let name = name.split('.').next().unwrap_or(name);
    name.split(['-', '_', ' ']).find_map(LinkKind::parse).unwrap_or(LinkKind::Related)
}

fn hand_over(product: &mut String, links: &mut Links, output: &mut Output<'_>) {
    let links = std::mem::take(links);
    if !links.is_empty() {
        output.record(Record::Links { product: std::mem::take(product), links });
    }
}
