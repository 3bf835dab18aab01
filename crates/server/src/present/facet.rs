//! Facets as they cross the wire.

use std::collections::BTreeMap;

use super::field_name;

/// All facets of a search by the name of their field.
pub(crate) fn facets(facets: &[search::Facet]) -> BTreeMap<String, wire::Facet> {
    facets.iter().map(|found| (field_name(&found.field), facet(found))).collect()
}

fn facet(facet: &search::Facet) -> wire::Facet {
    let values = facet.values.iter();
    wire::Facet {
        label: facet.label.clone(),
        values: values.map(|v| wire::FacetValue { value: v.value.clone(), count: v.count }).collect(),
        range: facet.range.as_ref().map(|range| wire::NumberRange { min: range.low, max: range.high }),
    }
}
