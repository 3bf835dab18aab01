//! How many of the matches state each value: computed over all matches, each product counted once for a value that
//! it or one of its matching variants states.

use commerce::Dimension;

use crate::Field;
use crate::catalog::Catalog;
use crate::part::Part;

/// The values of one field among the matches.
#[derive(Clone, Debug, PartialEq)]
pub struct Facet {
    /// The field.
    pub field: Field,
    /// Its name as a shopper reads it.
    pub label: String,
    /// The commonest values, ties by the value.
    pub values: Vec<FacetValue>,
    /// The span of a field that holds numbers.
    pub range: Option<FacetRange>,
}

/// A value and how many matches state it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetValue {
    /// As the catalog spells it.
    pub value: String,
    /// Products.
    pub count: u64,
}

/// The span of the numbers of one dimension, in base units or minor units.
#[derive(Clone, Debug, PartialEq)]
pub struct FacetRange {
    /// The smallest.
    pub low: f64,
    /// The largest.
    pub high: f64,
    /// What is measured.
    pub dimension: Option<Dimension>,
    /// Products that state a number.
    pub count: u64,
}

/// Fields shown, the ones that most matches state first.
const MAX_FIELDS: usize = 30;
/// Values shown of one field.
const MAX_VALUES: usize = 50;
/// Longer values are sentences and no choices.
const MAX_VALUE_BYTES: usize = 60;

/// Counts while matches come in.
pub(crate) struct Counter<'a> {
    catalog: &'a Catalog,
    counts: Vec<u32>,
    /// The match that last raised the count of a term.
    seen: Vec<u32>,
    numbers: Vec<Span>,
    price: Span,
    matches: u32,
}

/// The numbers of one field, and how many matches state one.
#[derive(Clone, Copy)]
pub(crate) struct Span {
    low: f64,
    high: f64,
    pub(crate) count: u32,
    seen: u32,
}

impl Span {
    const EMPTY: Self = Self { low: f64::INFINITY, high: f64::NEG_INFINITY, count: 0, seen: 0 };

    fn add(&mut self, low: f64, high: f64, matching: u32) {
        self.low = self.low.min(low);
        self.high = self.high.max(high);
        self.count += u32::from(self.seen != matching);
        self.seen = matching;
    }

    fn range(self, dimension: Option<Dimension>) -> Option<FacetRange> {
        let count = u64::from(self.count);
        (count > 0).then_some(FacetRange { low: self.low, high: self.high, dimension, count })
    }
}

impl<'a> Counter<'a> {
    pub(crate) fn new(catalog: &'a Catalog) -> Self {
        Self {
            catalog,
            counts: vec![0; catalog.values.len()],
            seen: vec![0; catalog.values.len()],
            numbers: vec![Span::EMPTY; catalog.numbers.len()],
            price: Span::EMPTY,
            matches: 0,
        }
    }

    /// What the whole catalog states, as it was counted before.
    pub(crate) fn of_catalog(catalog: &'a Catalog) -> Self {
        let numbers = catalog.number_spans.clone();
        Self { counts: catalog.counts.clone(), seen: Vec::new(), numbers, ..Self::new(catalog) }
    }

    /// Counts a product with all its variants.
    pub(crate) fn add_product(&mut self, part: &Part, doc: u32) {
        self.matches += 1;
        for term in part.columns.all_terms.of(doc) {
            self.counts[part.term_ids[*term as usize] as usize] += 1;
        }
        self.add_numbers(part, part.columns.all_numbers.of(doc));
    }

    /// Counts a product with those of its variants that match.
    pub(crate) fn add(&mut self, part: &Part, doc: u32, variants: impl Iterator<Item = u32>) {
        self.matches += 1;
        let own = part.columns.slots(doc).start;
        // What a product states is stated by none of its variants, so it cannot be counted twice.
        for term in part.columns.terms(own) {
            self.counts[part.term_ids[*term as usize] as usize] += 1;
        }
        self.add_numbers(part, part.columns.numbers(own));
        for slot in variants {
            for term in part.columns.terms(slot) {
                let id = part.term_ids[*term as usize] as usize;
                self.counts[id] += u32::from(self.seen[id] != self.matches);
                self.seen[id] = self.matches;
            }
            self.add_numbers(part, part.columns.numbers(slot));
        }
    }

    fn add_numbers(&mut self, part: &Part, places: &[u32]) {
        for place in places {
            let (field, low, high) = part.columns.number_table[*place as usize];
            self.numbers[part.number_ids[field as usize] as usize].add(low, high, self.matches);
        }
    }

    /// Counts the prices from the lowest to the highest of the product that was added last.
    pub(crate) fn add_price(&mut self, low_minor: i64, high_minor: i64) {
        self.price.add(low_minor as f64, high_minor as f64, self.matches);
    }

    /// Begins with another product, whose price is counted alone.
    pub(crate) fn next(&mut self) {
        self.matches += 1;
    }

    /// How many matches state each term, and the numbers of each field.
    pub(crate) fn into_counts(self) -> (Vec<u32>, Vec<Span>) {
        (self.counts, self.numbers)
    }

    /// The facets: price first, then the fields that most matches state.
    pub(crate) fn facets(&self) -> Vec<Facet> {
        let mut found: Vec<(u64, Facet)> = Vec::new();
        for entry in &self.catalog.fields {
            let values = self.values(entry.terms.clone());
            if !values.is_empty() {
                let stated = values.iter().map(|value| value.count).sum();
                let label = entry.label.clone();
                found.push((stated, Facet { field: entry.field.clone(), label, values, range: None }));
            }
        }
        self.add_ranges(&mut found);
        found.sort_by(|(left, a), (right, b)| right.cmp(left).then_with(|| a.field.cmp(&b.field)));
        let price = self.price.range(None).map(|range| Facet {
            field: Field::Price,
            label: "Price".to_owned(),
            values: Vec::new(),
            range: Some(range),
        });
        price.into_iter().chain(found.into_iter().map(|(_, facet)| facet)).take(MAX_FIELDS).collect()
    }

    fn values(&self, terms: std::ops::Range<u32>) -> Vec<FacetValue> {
        let mut stated: Vec<(u32, u32)> = terms
            .map(|id| (self.counts[id as usize], id))
            .filter(|(count, id)| *count > 0 && self.catalog.values[*id as usize].1.len() <= MAX_VALUE_BYTES)
            .collect();
        let order = |(left, a): &(u32, u32), (right, b): &(u32, u32)| {
            let value = |id: &u32| &self.catalog.values[*id as usize].1;
            right.cmp(left).then_with(|| value(a).cmp(value(b))).then_with(|| a.cmp(b))
        };
        if stated.len() > MAX_VALUES {
            stated.select_nth_unstable_by(MAX_VALUES - 1, order);
            stated.truncate(MAX_VALUES);
        }
        stated.sort_unstable_by(order);
        let value = |id: u32| self.catalog.values[id as usize].1.to_string();
        stated
            .into_iter()
            .map(|(count, id)| FacetValue { value: value(id), count: u64::from(count) })
            .collect()
    }

    /// The range of a field is that of the dimension that most matches state.
    fn add_ranges(&self, found: &mut [(u64, Facet)]) {
        for (entry, span) in self.catalog.numbers.iter().zip(&self.numbers) {
            let facet = found.iter_mut().map(|(_, facet)| facet).find(|facet| facet.field == entry.field);
            if let (Some(facet), Some(range)) = (facet, span.range(entry.dimension))
                && facet.range.as_ref().is_none_or(|old| old.count < range.count)
            {
                facet.range = Some(range);
            }
        }
    }
}
