//! Filters as people write them: `color=Blue`, `price<60`, `weight<=2.5 kg`, `material!=Leather`, `price=20..60`.

use commerce::{Currency, Dimension, Money, Quantity, Value};
use search::{Constraint, Field, Index, Term, Test};

/// Why a filter cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FilterError {
    /// There is no comparison in it.
    #[error("\"{0}\" is no filter: write a field, =, !=, <, <=, > or >=, and a value, such as price<60")]
    NoComparison(String),
    /// Field or value are missing.
    #[error("the filter \"{0}\" lacks its field or its value")]
    Incomplete(String),
    /// The catalog has no such field.
    #[error("the catalog has no field \"{field}\"; it has {}", known.join(", "))]
    UnknownField {
        /// As it was written.
        field: String,
        /// The fields that there are.
        known: Vec<String>,
    },
    /// The value must be a number, a price or a measure.
    #[error("\"{value}\" is no number that {field} can be compared with")]
    NoNumber {
        /// The field.
        field: String,
        /// As it was written.
        value: String,
    },
}

/// How a filter compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Comparison {
    Equal,
    NotEqual,
    Below,
    AtMost,
    Above,
    AtLeast,
}

/// Fields that a message names.
const SHOWN: usize = 30;

/// The longer spellings first, so that `<=` is not read as `<`.
const COMPARISONS: [(&str, Comparison); 6] = [
    ("!=", Comparison::NotEqual),
    ("<=", Comparison::AtMost),
    (">=", Comparison::AtLeast),
    ("<", Comparison::Below),
    (">", Comparison::Above),
    ("=", Comparison::Equal),
];

/// Reads one filter in the words of this catalog.
pub fn parse_filter(text: &str, index: &Index) -> Result<Constraint, FilterError> {
    let (name, comparison, value) = split(text)?;
    let terms = index.terms();
    let field = field(name, &terms)?;
    let stated: Vec<&Term> = terms.iter().filter(|term| term.field == field).collect();
    let reader = Reader { name, field: &field, stated: &stated, currency: index.currency() };
    let test = match comparison {
        Comparison::Equal | Comparison::NotEqual => reader.equal(value)?,
        Comparison::Below => Test::AtMost(reader.just_below(value)?),
        Comparison::AtMost => Test::AtMost(reader.number(value)?),
        Comparison::Above => Test::AtLeast(reader.just_above(value)?),
        Comparison::AtLeast => Test::AtLeast(reader.number(value)?),
    };
    let is_negated = comparison == Comparison::NotEqual;
    let dimension = reader.dimension(value).filter(|_| !matches!(test, Test::AnyOf(_)));
    Ok(Constraint { is_negated, dimension, ..Constraint::filter(field, test) })
}

fn split(text: &str) -> Result<(&str, Comparison, &str), FilterError> {
    let place = text.find(['=', '!', '<', '>']).ok_or_else(|| FilterError::NoComparison(text.to_owned()))?;
    let (name, rest) = text.split_at(place);
    let found =
        COMPARISONS.iter().find_map(|(sign, comparison)| Some((*comparison, rest.strip_prefix(sign)?)));
    let (comparison, value) = found.ok_or_else(|| FilterError::NoComparison(text.to_owned()))?;
    match (name.trim(), value.trim()) {
        ("", _) | (_, "") => Err(FilterError::Incomplete(text.to_owned())),
        (name, value) => Ok((name, comparison, value)),
    }
}

/// The field of a name: one that every catalog has, else an attribute of this one, in any spelling.
fn field(name: &str, terms: &[Term]) -> Result<Field, FilterError> {
    let lower = name.to_lowercase();
    let (is_attribute, name) = match lower.strip_prefix("attribute.") {
        Some(rest) => (true, rest.to_owned()),
        None => (false, lower),
    };
    match name.as_str() {
        "price" if !is_attribute => return Ok(Field::Price),
        "category" if !is_attribute => return Ok(Field::Category),
        "brand" if !is_attribute => return Ok(Field::Brand),
        "rating" if !is_attribute => return Ok(Field::Rating),
        "saving" if !is_attribute => return Ok(Field::Saving),
        "availability" if !is_attribute => return Ok(Field::Availability),
        _ => {}
    }
    let field = Field::Attribute(attribute_key(&name));
    match terms.iter().any(|term| term.field == field) {
        true => Ok(field),
        false => Err(FilterError::UnknownField { field: name, known: known(terms) }),
    }
}

/// The key of an attribute in any spelling.
pub(crate) fn attribute_key(name: &str) -> String {
    let key = commerce::Attribute::key(name);
    if key == "colour" { "color".to_owned() } else { key }
}

/// The fields of a catalog, the commonest first, no more than fit a message.
fn known(terms: &[Term]) -> Vec<String> {
    let fixed = ["price", "category", "brand", "rating", "availability"].map(str::to_owned);
    let mut known = [fixed.to_vec(), known_attributes(terms.iter())].concat();
    known.truncate(SHOWN);
    known
}

/// The attributes that these state, the commonest first, no more than fit a message.
pub(crate) fn known_attributes<'a>(terms: impl Iterator<Item = &'a Term>) -> Vec<String> {
    let mut counts: Vec<(u64, &str)> = Vec::new();
    for term in terms {
        if let Field::Attribute(key) = &term.field {
            match counts.iter_mut().find(|(_, known)| known == key) {
                Some((count, _)) => *count += term.count,
                None => counts.push((term.count, key)),
            }
        }
    }
    counts.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    counts.into_iter().map(|(_, key)| key.to_owned()).take(SHOWN).collect()
}

/// Reads values of one field.
struct Reader<'a> {
    name: &'a str,
    field: &'a Field,
    stated: &'a [&'a Term],
    currency: Option<Currency>,
}

impl Reader<'_> {
    /// What the value measures, where goods state such measures: `3 people` are not set beside the litres of other capacities.
    fn dimension(&self, value: &str) -> Option<Dimension> {
        let measured = value.rsplit("..").find_map(|part| Quantity::parse(part.trim()))?.dimension();
        let is_stated = |term: &&Term| term.is_numeric && term.dimension == Some(measured);
        self.stated.iter().any(is_stated).then_some(measured)
    }

    /// A value in the catalog's own spelling, a number, or a range `20..60`.
    fn equal(&self, value: &str) -> Result<Test, FilterError> {
        if let Some((low, high)) = value.split_once("..") {
            return Ok(Test::Between(self.number(low)?, self.number(high)?));
        }
        let spellings: Vec<String> =
            value.split('|').flat_map(|value| self.spellings(value.trim())).collect();
        if !spellings.is_empty() {
            return Ok(Test::AnyOf(spellings));
        }
        let is_numeric = matches!(self.field, Field::Price | Field::Rating | Field::Saving)
            || self.stated.iter().any(|term| term.is_numeric);
        match self.number(value) {
            Ok(number) if is_numeric => Ok(Test::Between(number, number)),
            Err(error) if is_numeric => Err(error),
            _ => Ok(Test::AnyOf(vec![value.to_owned()])),
        }
    }

    /// How the catalog spells a value, in any case of letters; `yes` and `true` are the `Yes` of an attribute.
    fn spellings(&self, value: &str) -> Vec<String> {
        if *self.field == Field::Availability {
            return commerce::Availability::parse(value)
                .map(|known| known.as_str().to_owned())
                .into_iter()
                .collect();
        }
        let lower = value.to_lowercase();
        let shown = Value::parse(value).map(|value| value.display().to_lowercase());
        let same = |term: &&&Term| {
            let known = term.value.to_lowercase();
            !term.is_numeric && (known == lower || shown.as_ref() == Some(&known))
        };
        self.stated.iter().filter(same).map(|term| term.value.clone()).collect()
    }

    /// The greatest number below this one; for a price that is one minor unit less.
    fn just_below(&self, text: &str) -> Result<f64, FilterError> {
        let number = self.number(text)?;
        Ok(if *self.field == Field::Price { number - 1.0 } else { number.next_down() })
    }

    /// The least number above this one.
    fn just_above(&self, text: &str) -> Result<f64, FilterError> {
        let number = self.number(text)?;
        Ok(if *self.field == Field::Price { number + 1.0 } else { number.next_up() })
    }

    /// A number in the unit that the field is compared in: minor units for prices, base units for measures.
    fn number(&self, text: &str) -> Result<f64, FilterError> {
        let wrong = || FilterError::NoNumber { field: self.name.to_owned(), value: text.trim().to_owned() };
        let text = text.trim();
        if *self.field == Field::Price {
            return Money::parse(text, self.currency)
                .map(|money| money.amount_minor as f64)
                .map_err(|_| wrong());
        }
        let plain = text.parse::<f64>().ok().filter(|number| number.is_finite());
        plain.or_else(|| Quantity::parse(text).map(Quantity::base)).ok_or_else(wrong)
    }
}
