//! The terms and number fields of all segments together, in sorted order, with how many products state them.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use commerce::Dimension;

use crate::facets::{Counter, Span};
use crate::field_key::{parse_field, parse_number_field, parse_term};
use crate::part::{Part, all_words};
use crate::{Field, SearchError, Term};

/// So many products of a segment tell which fields the products of a category state.
const SAMPLE: usize = 20_000;

/// Everything that the catalog states, as one list.
#[derive(Default)]
pub(crate) struct Catalog {
    /// The fields in the order of their spelling.
    pub(crate) fields: Vec<FieldEntry>,
    /// For each term whether it is a number as shown, and the value.
    pub(crate) values: Vec<(bool, Box<str>)>,
    /// Fields that hold numbers, by field and dimension.
    pub(crate) numbers: Vec<NumberEntry>,
    /// How many products state each term.
    pub(crate) counts: Vec<u32>,
    /// The numbers of each number field.
    pub(crate) number_spans: Vec<Span>,
}

/// One field that has terms.
pub(crate) struct FieldEntry {
    pub(crate) field: Field,
    pub(crate) label: String,
    /// The places of its terms.
    pub(crate) terms: Range<u32>,
}

/// One field of numbers.
pub(crate) struct NumberEntry {
    pub(crate) field: Field,
    pub(crate) dimension: Option<Dimension>,
}

impl Catalog {
    /// Joins the dictionaries of the parts and tells each part the places of its words.
    pub(crate) fn join(parts: &mut [Part], labels: &BTreeMap<String, String>) -> Result<Self, SearchError> {
        let mut terms = Vec::new();
        let mut numbers = Vec::new();
        for part in parts.iter() {
            terms.push(all_words(&part.columns.term_words)?);
            numbers.push(all_words(&part.columns.number_words)?);
        }
        let (all_terms, term_ids) = merge(terms);
        let (all_numbers, number_ids) = merge(numbers);
        for ((part, term_ids), number_ids) in parts.iter_mut().zip(term_ids).zip(number_ids) {
            (part.term_ids, part.number_ids) = (term_ids, number_ids);
        }
        let mut catalog = Self::default();
        all_terms.iter().for_each(|term| catalog.push_term(term, labels));
        catalog.numbers = all_numbers.iter().map(|text| NumberEntry::parse(text)).collect();
        let mut counter = Counter::new(&catalog);
        for part in parts.iter() {
            for doc in part.alive() {
                counter.add_product(part, doc);
            }
        }
        (catalog.counts, catalog.number_spans) = counter.into_counts();
        Ok(catalog)
    }

    fn push_term(&mut self, term: &str, labels: &BTreeMap<String, String>) {
        let place = self.values.len() as u32;
        let (field, is_number, value) = parse_term(term).unwrap_or(("", false, term));
        let field = parse_field(field).unwrap_or(Field::Text);
        self.values.push((is_number, value.into()));
        match self.fields.last_mut() {
            Some(last) if last.field == field => last.terms.end = place + 1,
            _ => {
                let label = label_of(&field, labels);
                self.fields.push(FieldEntry { field, label, terms: place..place + 1 });
            }
        }
    }

    /// By category, the fields that its products and their variants state, numbers too.
    pub(crate) fn fields_of_categories(&self, parts: &[Part]) -> BTreeMap<String, BTreeSet<Field>> {
        let of_entry = |(place, entry): (usize, &FieldEntry)| entry.terms.clone().map(move |_| place);
        let field_of: Vec<usize> = self.fields.iter().enumerate().flat_map(of_entry).collect();
        let is_category = |field: usize| self.fields[field].field == Field::Category;
        let mut stated: BTreeMap<u32, Vec<bool>> = BTreeMap::new();
        let (mut fields, mut categories) = (Vec::new(), Vec::new());
        for part in parts {
            for doc in part.alive().take(SAMPLE) {
                fields.clear();
                categories.clear();
                for term in part.columns.all_terms.of(doc) {
                    let term = part.term_ids[*term as usize];
                    let field = field_of[term as usize];
                    if fields.last() != Some(&field) {
                        fields.push(field);
                    }
                    categories.extend(is_category(field).then_some(term));
                }
                for category in &categories {
                    let known = stated.entry(*category).or_insert_with(|| vec![false; self.fields.len()]);
                    fields.iter().for_each(|field| known[*field] = true);
                }
            }
        }
        let field = |(place, is_stated): (usize, bool)| is_stated.then(|| self.fields[place].field.clone());
        let named = |(category, stated): (u32, Vec<bool>)| {
            let fields = stated.into_iter().enumerate().filter_map(field).collect();
            (self.values[category as usize].1.to_string(), fields)
        };
        stated.into_iter().map(named).collect()
    }

    /// The fields that variants state for themselves, so that those of one product may differ by them.
    pub(crate) fn options(&self, parts: &[Part]) -> BTreeSet<Field> {
        let mut stated = vec![false; self.fields.len()];
        for part in parts {
            for doc in part.alive().take(SAMPLE) {
                for term in part.columns.slots(doc).skip(1).flat_map(|slot| part.columns.terms(slot)) {
                    let term = part.term_ids[*term as usize];
                    let field = self.fields.partition_point(|entry| entry.terms.end <= term);
                    stated[field] = true;
                }
            }
        }
        let fields = self.fields.iter().zip(stated).filter(|(_, is_stated)| *is_stated);
        fields
            .map(|(entry, _)| entry.field.clone())
            .filter(|field| matches!(field, Field::Attribute(_)))
            .collect()
    }

    /// What most numbers of a field measure, `None` for plain numbers; `None` of that where it holds no numbers.
    pub(crate) fn dimension(&self, field: &Field) -> Option<Option<Dimension>> {
        let stated = self.numbers.iter().zip(&self.number_spans).filter(|(number, _)| number.field == *field);
        stated.max_by_key(|(_, span)| span.count).map(|(number, _)| number.dimension)
    }

    /// The catalog's vocabulary: every stated word, and every field that holds numbers.
    pub(crate) fn terms(&self) -> Vec<Term> {
        let mut terms = Vec::new();
        for entry in &self.fields {
            for place in entry.terms.clone() {
                let ((is_number, value), count) = (&self.values[place as usize], self.counts[place as usize]);
                if count > 0 && !is_number {
                    terms.push(Term {
                        field: entry.field.clone(),
                        value: value.to_string(),
                        dimension: None,
                        is_numeric: false,
                        count: u64::from(count),
                    });
                }
            }
        }
        let stated = self.numbers.iter().zip(&self.number_spans).filter(|(_, span)| span.count > 0);
        terms.extend(stated.map(|(number, span)| Term {
            field: number.field.clone(),
            value: String::new(),
            dimension: number.dimension,
            is_numeric: true,
            count: u64::from(span.count),
        }));
        terms
    }
}

impl NumberEntry {
    fn parse(text: &str) -> Self {
        let (field, dimension) = parse_number_field(text).unwrap_or((text, None));
        Self { field: parse_field(field).unwrap_or(Field::Text), dimension }
    }
}

fn label_of(field: &Field, labels: &BTreeMap<String, String>) -> String {
    match field {
        Field::Attribute(key) => labels.get(key).cloned().unwrap_or_else(|| commerce::Attribute::label(key)),
        Field::Brand => "Brand".to_owned(),
        Field::Category => "Category".to_owned(),
        Field::Availability => "Availability".to_owned(),
        Field::Price => "Price".to_owned(),
        Field::Rating => "Rating".to_owned(),
        Field::Saving => "Saving".to_owned(),
        Field::Text => String::new(),
    }
}

/// Sorted lists into one, with the place of every entry in it.
fn merge(lists: Vec<Vec<String>>) -> (Vec<String>, Vec<Vec<u32>>) {
    let mut all: Vec<String> = lists.iter().flatten().cloned().collect();
    all.sort_unstable();
    all.dedup();
    let mut places = Vec::with_capacity(lists.len());
    for list in lists {
        let mut next = 0;
        let place = |word: &String| {
            while all[next] < *word {
                next += 1;
            }
            next as u32
        };
        places.push(list.iter().map(place).collect());
    }
    (all, places)
}
