//! Where each column of a WooCommerce export stands, whatever the language of its header.

use std::collections::{BTreeMap, HashMap};

use commerce::Unit;

use super::header_table::{FIELDS, Field};
use super::meta;
use crate::csv_rows::{Column, CsvRows};

/// The columns of one table.
pub(super) struct Columns {
    fields: HashMap<Field, Column>,
    /// The units that the header names for measures.
    units: HashMap<Field, Unit>,
    /// Name, values and visibility of each attribute, by its number.
    pub(super) attributes: Vec<[Column; 3]>,
    /// Fields of the shop's own.
    pub(super) meta: Vec<(String, Column)>,
}

impl Columns {
    pub(super) fn of(rows: &CsvRows<'_, '_>) -> Self {
        let mut columns =
            Self { fields: HashMap::new(), units: HashMap::new(), attributes: Vec::new(), meta: Vec::new() };
        let mut attributes: BTreeMap<u32, [Column; 3]> = BTreeMap::new();
        for (place, name) in rows.names().iter().enumerate() {
            let Some(field) = field_of(name) else { continue };
            let column = Column::at(place);
            let part = match field {
                Field::AttributeName => 0,
                Field::AttributeValues => 1,
                Field::AttributeVisible => 2,
                _ => {
                    columns.fields.entry(field).or_insert(column);
                    columns.units.extend(unit_of(name).map(|unit| (field, unit)));
                    continue;
                }
            };
            attributes.entry(number_of(name)).or_default()[part] = column;
        }
        let is_read = |column: &Column| columns.fields.values().any(|known| known == column);
        columns.meta = meta::columns(rows).into_iter().filter(|(_, column)| !is_read(column)).collect();
        columns.attributes = attributes.into_values().filter(|[name, ..]| name.is_there()).collect();
        columns
    }

    pub(super) fn of_field(&self, field: Field) -> Column {
        self.fields.get(&field).copied().unwrap_or_default()
    }

    pub(super) fn unit_of(&self, field: Field) -> Option<Unit> {
        self.units.get(&field).copied()
    }
}

/// What the column of this name holds.
pub(super) fn field_of(name: &str) -> Option<Field> {
    let name = name.trim().to_lowercase().replace('’', "'").replace('\u{a0}', " ");
    let without_unit = || name.rsplit_once('(').filter(|_| unit_of(&name).is_some());
    find(&name).or_else(|| find(without_unit()?.0.trim()))
}

/// The field of a name in lower case, whatever number it has.
fn find(name: &str) -> Option<Field> {
    let mut pattern = String::with_capacity(name.len());
    for letter in name.chars() {
        match letter.is_ascii_digit() {
            true if pattern.ends_with('#') => {}
            true => pattern.push('#'),
            false => pattern.push(letter),
        }
    }
    FIELDS.iter().find(|(_, names)| names.contains(&pattern.as_str())).map(|(field, _)| *field)
}

/// The unit in brackets at the end of a name such as `Weight (kg)`.
fn unit_of(name: &str) -> Option<Unit> {
    let (_, unit) = name.trim().strip_suffix(')')?.rsplit_once('(')?;
    Unit::parse(unit)
}

fn number_of(name: &str) -> u32 {
    let digits: String = name.chars().filter(char::is_ascii_digit).collect();
    digits.parse().unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_columns_in_several_languages() {
        assert_eq!(field_of("Regular price"), Some(Field::RegularPrice));
        assert_eq!(field_of("Regulärer Preis"), Some(Field::RegularPrice));
        assert_eq!(field_of("Gewicht (kg)"), Some(Field::Weight));
        assert_eq!(field_of("Attribute 1 value(s)"), Some(Field::AttributeValues));
        assert_eq!(field_of("Attribut 12 Wert(e)"), Some(Field::AttributeValues));
        assert_eq!(field_of("Nom de l’attribut 1"), Some(Field::AttributeName));
        assert_eq!(field_of("Download 1 URL"), None);
    }
}
