//! Price, sale and stock of a Magento row.

use std::borrow::Cow;

use commerce::{Availability, Offer};

use super::Reader;
use crate::csv_rows::CsvRow;
use crate::row::Row;

impl Reader {
    pub(super) fn offer(&mut self, cells: &CsvRow<'_>, row: &mut Row<'_, '_>) -> Offer {
        let columns = &self.columns;
        let price = self.prices.read(row, "price", cells.text(columns.price));
        let price = price.filter(|price| price.amount_minor > 0 || !self.is_composed(cells));
        let sale = match price {
            Some(_) => {
                let from = iso_date(cells.text(columns.special_price_from_date));
                let until = iso_date(cells.text(columns.special_price_to_date));
                let from = row.time("special_price_from_date", &from);
                let until = row.end_time("special_price_to_date", &until);
                row.sale("special_price", cells.text(columns.special_price), price, from, until)
            }
            None => None,
        };
        let stock = row.stock("qty", cells.text(columns.qty));
        let is_counted = !self.is_composed(cells)
            && (cells.text(columns.manage_stock) != "0"
                || cells.text(columns.use_config_manage_stock) == "1");
        Offer {
            price,
            sale,
            availability: self.availability(cells, stock.filter(|_| is_counted)),
            stock: stock.filter(|_| is_counted),
            ..Offer::default()
        }
    }

    fn availability(&self, cells: &CsvRow<'_>, stock: Option<u32>) -> Availability {
        let columns = &self.columns;
        let takes_backorders = matches!(cells.text(columns.allow_backorders), "1" | "2")
            && cells.text(columns.use_config_backorders) != "1";
        match (cells.text(columns.is_in_stock), stock) {
            ("0", _) => Availability::OutOfStock,
            ("1", Some(0)) if takes_backorders => Availability::Backorder,
            ("1", _) => Availability::InStock,
            (_, Some(0)) => Availability::OutOfStock,
            (_, Some(_)) => Availability::InStock,
            (_, None) => Availability::Unknown,
        }
    }
}

/// A date as the export may write it, `3/14/26` or `14.03.2026`, as `2026-03-14`; other texts as they are. With
/// slashes the month comes first unless it cannot be one.
fn iso_date(text: &str) -> Cow<'_, str> {
    let date = text.split([',', ' ']).next().unwrap_or(text);
    let Some(separator) = ['/', '.'].into_iter().find(|sign| date.matches(*sign).count() == 2) else {
        return Cow::Borrowed(text);
    };
    let numbers: Vec<u32> = date.split(separator).filter_map(|number| number.parse().ok()).collect();
    let &[first, second, year] = numbers.as_slice() else { return Cow::Borrowed(text) };
    let (month, day) = if separator == '.' || first > 12 { (second, first) } else { (first, second) };
    let year = if year < 100 { year + 2000 } else { year };
    Cow::Owned(format!("{year:04}-{month:02}-{day:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_dates_of_several_locales() {
        assert_eq!(iso_date("3/14/26, 12:00 AM"), "2026-03-14");
        assert_eq!(iso_date("14/3/2026"), "2026-03-14");
        assert_eq!(iso_date("14.03.26"), "2026-03-14");
        assert_eq!(iso_date("2026-03-14 00:00:00"), "2026-03-14 00:00:00");
    }
}
