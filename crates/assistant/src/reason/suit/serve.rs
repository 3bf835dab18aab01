//! Whether goods that are looked for serve the measures and the persons that were told: a child of five, somebody 195 cm tall,
//! a beginner. Only what the shop states counts, and where it states nothing nothing follows.

use search::{EvidenceKind, EvidenceRow};

use super::case::{Case, Test};
use super::judge;
use crate::Ask;
use crate::request::{CircumstanceKind, Context};
use crate::step::Bearing;

/// What one product states of somebody.
pub(crate) struct Serving {
    /// How it is told: `an age of 5 years`.
    pub(crate) label: String,
    pub(crate) is_served: bool,
    pub(crate) row: EvidenceRow,
}

/// What a product states of the measures and persons of a context; empty where it states nothing.
pub(crate) fn serving(ask: &Ask, context: &Context, rows: &[EvidenceRow]) -> Vec<Serving> {
    let persons = context.circumstances.iter().filter(|own| own.kind == CircumstanceKind::Person);
    let context = Context {
        sizes: context.sizes.clone(),
        circumstances: persons.cloned().collect(),
        ..Context::default()
    };
    if context.sizes.is_empty() && context.circumstances.is_empty() {
        return Vec::new();
    }
    let own: Vec<EvidenceRow> = rows.iter().filter(|row| row.kind != EvidenceKind::Review).cloned().collect();
    let read = judge::read_all(&own);
    let demands = Case::new(ask, &context).demands_of(None);
    let is_of_person = |test: &Test| matches!(test, Test::Size(..) | Test::Made(_));
    let stated = demands.iter().filter(|demand| is_of_person(&demand.test)).filter_map(|demand| {
        let finding = judge::judge(demand, &read, ask);
        let is_served = match finding.bearing? {
            Bearing::For => true,
            Bearing::Against => false,
            Bearing::Partly | Bearing::Divided => return None,
        };
        let row = finding.rows.into_iter().next()?;
        Some(Serving { label: demand.label.clone(), is_served, row })
    });
    stated.collect()
}
