//! Questions to begin with, made from the catalog itself: each of them finds something.

use commerce::Currency;
use search::{Field, Index, Term};

/// Questions at most.
const MAX_EXAMPLES: usize = 4;
/// Values of more products than this share say nothing of a product.
const MAX_SHARE: f64 = 0.6;

/// Questions that this catalog can answer: a category with a bound on its price, one with a stated value, and what
/// every shop is asked.
pub fn examples(index: &Index, has_policies: bool) -> Vec<String> {
    let terms = index.terms();
    let total = index.len() as f64;
    let is_telling = |term: &&Term| {
        !term.is_numeric
            && term.count >= 2
            && (term.count as f64) < total * MAX_SHARE
            && term.value.len() <= 30
    };
    let mut categories: Vec<&Term> =
        terms.iter().filter(|t| t.field == Field::Category).filter(is_telling).collect();
    categories.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
    let mut questions = Vec::new();
    if let Some(category) = categories.first() {
        questions.push(bounded(index, category));
    }
    if let Some(category) = categories.get(1) {
        questions.push(format!("What is rated best in {}?", category.value.to_lowercase()));
    }
    if let Some(term) = terms.iter().filter(is_colour).max_by_key(|term| term.count) {
        let category = categories.get(2).or(categories.first());
        questions.extend(category.map(|c| format!("{} in {}", c.value, term.value.to_lowercase())));
    }
    if has_policies {
        questions.push("Can I return something that does not fit?".to_owned());
    }
    questions.truncate(MAX_EXAMPLES);
    questions
}

fn is_colour(term: &&Term) -> bool {
    matches!(&term.field, Field::Attribute(key) if key == "color")
        && !term.is_numeric
        && term.value.len() <= 20
}

fn bounded(index: &Index, category: &Term) -> String {
    let query = search::Query {
        constraints: vec![search::Constraint::filter(
            Field::Category,
            search::Test::AnyOf(vec![category.value.clone()]),
        )],
        limit: 1,
        ..search::Query::default()
    };
    let range = index.search(&query, None).ok().and_then(|found| {
        found.facets.into_iter().find(|facet| facet.field == Field::Price).and_then(|facet| facet.range)
    });
    match (range, index.currency()) {
        (Some(range), Some(currency)) => {
            format!("{} under {}", category.value, round(f64::midpoint(range.low, range.high), currency))
        }
        _ => format!("What {} do you have?", category.value.to_lowercase()),
    }
}

/// An amount as people say it: tens of whole units, without decimals.
fn round(minor: f64, currency: Currency) -> String {
    let unit = 10f64.powi(currency.exponent().cast_signed());
    let tens = (minor / unit / 10.0).ceil() * 10.0;
    match currency.symbol() {
        Some(symbol) => format!("{symbol}{tens:.0}"),
        None => format!("{tens:.0} {currency}"),
    }
}
