//! The number of an attribute that decides the place of a product or variant, looked up once for every part of a snapshot.

use commerce::Dimension;

use crate::SearchError;
use crate::field_key::{of_field, parse_number_field};
use crate::part::{Part, all_words};
use crate::snapshot::Snapshot;
use crate::{Field, Sort};

/// What stands for a product that states none of the attributes.
pub(crate) const UNSTATED: f64 = f64::INFINITY;

/// Numbers that a list is ordered by.
pub(crate) struct Measure {
    /// For each part and each of the numbers that it states: which of the attributes it is of, and where it comes in the order;
    /// [`UNSTATED`] for a number of anything else.
    parts: Vec<Vec<(u8, f64)>>,
}

impl Measure {
    /// The numbers that this order looks at; `None` where it looks at none.
    pub(crate) fn new(snapshot: &Snapshot, sort: &Sort) -> Result<Option<Self>, SearchError> {
        let Sort::Attribute { keys, is_descending } = sort else { return Ok(None) };
        let fields: Vec<Field> = keys.iter().map(|key| Field::Attribute(key.clone())).collect();
        let dimension = fields.iter().find_map(|field| snapshot.catalog.dimension(field)).flatten();
        let names: Vec<String> = fields.iter().filter_map(of_field).collect();
        let places = |part: &Part| places(part, &names, dimension, *is_descending);
        Ok(Some(Self { parts: snapshot.parts.iter().map(places).collect::<Result<_, _>>()? }))
    }

    /// Where a slot of a document comes in the order: the number of the first attribute that it or the product states, the other
    /// way round where more comes first.
    pub(crate) fn of(&self, snapshot: &Snapshot, part: usize, doc: u32, slot: u32) -> f64 {
        let columns = &snapshot.parts[part].columns;
        let own = columns.slots(doc).start;
        let stated = columns.numbers(own).iter().chain(columns.numbers(slot));
        let first = stated.map(|place| self.parts[part][*place as usize]);
        let least = first.min_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.total_cmp(&b.1)));
        least.map_or(UNSTATED, |(_, number)| number)
    }
}

fn places(
    part: &Part,
    names: &[String],
    dimension: Option<Dimension>,
    is_descending: bool,
) -> Result<Vec<(u8, f64)>, SearchError> {
    let words = all_words(&part.columns.number_words)?;
    let rank = |text: &String| {
        let (field, of) = parse_number_field(text)?;
        names.iter().position(|name| name == field && of == dimension)
    };
    let ranks: Vec<Option<usize>> = words.iter().map(rank).collect();
    let place = |(field, low, high): &(u32, f64, f64)| match ranks[*field as usize] {
        Some(rank) => (rank.min(usize::from(u8::MAX - 1)) as u8, if is_descending { -high } else { *low }),
        None => (u8::MAX, UNSTATED),
    };
    Ok(part.columns.number_table.iter().map(place).collect())
}
