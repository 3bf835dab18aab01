//! Price, stock, measures and attributes of a WooCommerce row.

use commerce::{Attribute, Attributes, Availability, Offer, Quantity, Unit, Value};

use super::header_table::Field;
use super::{Reader, field, meta};
use crate::csv_rows::CsvRow;
use crate::row::{Row, attribute};

impl Reader {
    pub(super) fn offer(&mut self, cells: &CsvRow<'_>, row: &mut Row<'_, '_>) -> Offer {
        let regular = self.text(cells, Field::RegularPrice);
        let reduced = self.text(cells, Field::SalePrice);
        let price =
            self.prices.read(row, "Regular price", if regular.is_empty() { reduced } else { regular });
        let sale = price.and_then(|_| {
            let from = row.time("Date sale price starts", self.text(cells, Field::SaleStarts));
            let until = row.end_time("Date sale price ends", self.text(cells, Field::SaleEnds));
            row.sale("Sale price", reduced, price, from, until)
        });
        let stock = match self.text(cells, Field::Stock) {
            "parent" => None,
            text => row.stock("Stock", &text.replace(',', ".")),
        };
        Offer { price, sale, availability: self.availability(cells, stock), stock, ..Offer::default() }
    }

    fn availability(&self, cells: &CsvRow<'_>, stock: Option<u32>) -> Availability {
        let takes_backorders = matches!(self.text(cells, Field::Backorders), "1" | "notify" | "yes");
        match (self.text(cells, Field::InStock).to_ascii_lowercase().as_str(), stock) {
            ("backorder" | "onbackorder", _) => Availability::Backorder,
            ("0" | "outofstock", _) => Availability::OutOfStock,
            ("1" | "instock" | "", Some(0)) if takes_backorders => Availability::Backorder,
            // A shop that counts its stock sells none of nothing, whatever the row says beside it.
            ("1" | "instock" | "", Some(0)) => Availability::OutOfStock,
            ("1" | "instock", _) | ("", Some(_)) => Availability::InStock,
            _ => Availability::Unknown,
        }
    }

    /// What a product that is no variation states: its attributes, measures and tags. The shop may keep an attribute
    /// off its page.
    pub(super) fn attributes(&self, cells: &CsvRow<'_>, weight_unit: Option<Unit>) -> Attributes {
        let mut attributes = Attributes::new();
        for [name, values, visible] in &self.columns.attributes {
            if cells.text(*visible) != "0" {
                let values = field::values(cells.text(*values));
                let read = attribute(attribute_name(cells.text(*name)), values.iter().map(String::as_str));
                read.into_iter().for_each(|read| attributes.add(read));
            }
        }
        let measures = self.measures(cells, weight_unit);
        for measure in measures.into_iter().chain(meta::attributes(&self.columns.meta, cells)) {
            if attributes.find(&measure.key).is_none() {
                attributes.add(measure);
            }
        }
        let tags = field::list(self.text(cells, Field::Tags));
        attribute("Tags", tags.iter().map(String::as_str)).into_iter().for_each(|tags| attributes.add(tags));
        attributes
    }

    /// Weight and size in the units of the header; a weight in the given unit where it names none.
    pub(super) fn measures(&self, cells: &CsvRow<'_>, weight_unit: Option<Unit>) -> Vec<Attribute> {
        let measures = [
            (Field::Weight, "Weight"),
            (Field::Length, "Length"),
            (Field::Width, "Width"),
            (Field::Height, "Height"),
        ];
        let measure = |(field, label): (Field, &str)| {
            let default = weight_unit.filter(|_| field == Field::Weight);
            let unit = self.columns.unit_of(field).or(default)?;
            let value = field::number(self.text(cells, field)).filter(|value| *value > 0.0)?;
            let values = vec![Value::Quantity(Quantity::new(value, unit))];
            Some(Attribute { key: Attribute::key(label), label: label.to_owned(), values })
        };
        measures.into_iter().filter_map(measure).collect()
    }

    /// The options of a variation; one that it leaves open is none.
    pub(super) fn options(&self, cells: &CsvRow<'_>) -> Vec<(String, String)> {
        let option = |[name, values, _]: &[crate::csv_rows::Column; 3]| {
            let name = attribute_name(cells.text(*name));
            let value = field::values(cells.text(*values)).join(", ");
            (!name.is_empty() && !value.is_empty()).then(|| (name.to_owned(), value))
        };
        self.columns.attributes.iter().filter_map(option).collect()
    }
}

/// The name of an attribute; those that all products share may have `pa_` before it.
fn attribute_name(name: &str) -> &str {
    name.strip_prefix("pa_").unwrap_or(name)
}
