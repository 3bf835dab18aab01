//! Store views: a shop in several languages exports, behind the row of a product that holds everywhere, a row for each
//! view with what differs there. The view that the caller names is laid over what holds everywhere. None is by itself:
//! a view is often translated in part only, and nothing in the table says which one shoppers see first.

use super::columns::Columns;
use crate::DiagnosticCode;
use crate::csv_rows::{CsvRow, HeldRow};
use crate::output::{Output, shortened};
use crate::row::Row;

/// Joins the rows of a product.
pub(super) struct StoreViews {
    /// The view that was asked for.
    chosen: Option<String>,
    held: Option<HeldRow>,
    is_reported: bool,
}

impl StoreViews {
    pub(super) fn new(chosen: Option<String>) -> Self {
        Self { chosen, held: None, is_reported: false }
    }

    /// Takes one row; gives the product before it as soon as that is whole.
    pub(super) fn take(
        &mut self,
        row: &CsvRow<'_>,
        columns: &Columns,
        output: &mut Output<'_>,
    ) -> Option<HeldRow> {
        let (view, sku) = (row.text(columns.store_view_code), row.text(columns.sku));
        let held = self.held.as_mut().filter(|held| {
            let held = held.row();
            !view.is_empty() && held.text(columns.store_view_code).is_empty() && held.text(columns.sku) == sku
        });
        let Some(held) = held else { return self.held.replace(HeldRow::of(row)) };
        if self.chosen.as_deref() == Some(view) {
            held.overlay(row, columns.store_view_code, columns.additional_attributes);
        } else if self.chosen.is_none() && !std::mem::replace(&mut self.is_reported, true) {
            report(&mut Row { output, line: row.line, record: sku }, view);
        }
        None
    }

    /// The last product.
    pub(super) fn finish(&mut self) -> Option<HeldRow> {
        self.held.take()
    }
}

fn report(row: &mut Row<'_, '_>, view: &str) {
    let view = shortened(view);
    row.note(
        "store_view_code",
        DiagnosticCode::InvalidValue,
        format!("the table has rows of store views, such as \"{view}\"; the rows for all of them are read"),
        format!("to show a store view, name it: --store-view {view}"),
    );
}

/// Reports a row of a store view that does not follow the row of its product.
pub(super) fn report_apart(row: &mut Row<'_, '_>) {
    row.note(
        "store_view_code",
        DiagnosticCode::InvalidValue,
        "the row of a store view does not stand behind the row of its product; it is left out",
        "export the table with all rows of a product together",
    );
}
