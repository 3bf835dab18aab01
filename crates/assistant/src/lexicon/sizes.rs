//! Measures of bodies and rooms that goods have to serve, from `sizes_en.txt`; its head says what the lines mean.

use std::sync::LazyLock;

use commerce::{Dimension, Quantity};

use super::has_phrase;
use super::needs::phrases;

static SIZES: LazyLock<Vec<Measured>> = LazyLock::new(|| parse(include_str!("sizes_en.txt")));

/// A measure of a body or a room.
#[derive(Clone, Debug, Default)]
pub(crate) struct Measured {
    pub(crate) name: String,
    /// How it is told, with `{}` for the measure.
    pub(crate) label: String,
    dimension: Option<Dimension>,
    near: Vec<String>,
    from: f64,
    to: f64,
    /// Stems of phrases in the names of attributes that state it.
    pub(crate) keys: Vec<String>,
    /// Stems of phrases one of which a sentence with the measure has to have.
    pub(crate) about: Vec<String>,
    /// Stems of phrases that make it another measure.
    pub(crate) unless: Vec<String>,
    /// Whether the least that is stated counts as well.
    pub(crate) is_range: bool,
}

/// The measure of a name.
pub(crate) fn by_name(name: &str) -> Option<&'static Measured> {
    SIZES.iter().find(|size| size.name == name)
}

/// Which measure a quantity in a text of these stems is.
pub(crate) fn of(text: &[String], quantity: &Quantity) -> Option<&'static Measured> {
    SIZES.iter().find(|size| {
        size.can_be(quantity) && (size.near.is_empty() || size.near.iter().any(|near| has_phrase(text, near)))
    })
}

impl Measured {
    /// Whether a quantity is of its dimension.
    fn measures(&self, quantity: &Quantity) -> bool {
        self.dimension == Some(quantity.dimension())
    }

    /// Whether a quantity can be such a measure: nobody is 24 hours old who is asked about.
    pub(crate) fn can_be(&self, quantity: &Quantity) -> bool {
        self.measures(quantity) && (self.from..=self.to).contains(&quantity.base())
    }
}

fn parse(text: &str) -> Vec<Measured> {
    let mut sizes: Vec<Measured> = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
        if !line.starts_with(' ') {
            sizes.push(Measured { name: line.trim().to_owned(), ..Measured::default() });
            continue;
        }
        let (field, values) = line.trim().split_once(' ').unwrap_or((line.trim(), ""));
        let values = values.trim();
        let Some(size) = sizes.last_mut() else { continue };
        match field {
            "label" => size.label = values.to_owned(),
            "dimension" => {
                size.dimension = serde_json::from_value(serde_json::Value::String(values.to_owned())).ok();
            }
            "near" => size.near = phrases(values),
            "from" => size.from = values.parse().unwrap_or_default(),
            "to" => size.to = values.parse().unwrap_or_default(),
            "keys" => size.keys = phrases(values),
            "about" => size.about = phrases(values),
            "unless" => size.unless = phrases(values),
            "range" => size.is_range = true,
            _ => debug_assert!(false, "no field is called {field}"),
        }
    }
    sizes
}

#[cfg(test)]
mod tests {
    use super::super::stem_list;
    use super::*;

    #[test]
    fn a_quantity_is_told_from_others_by_the_words_around_it() {
        let name = |text: &str| {
            let (_, quantity) = Quantity::find_all(text).into_iter().next()?;
            of(&stem_list(text), &quantity).map(|size| size.name.as_str())
        };
        assert_eq!(name("for someone 190 cm tall"), Some("height"));
        assert_eq!(name("I weigh 110 kg"), Some("body weight"));
        assert_eq!(name("is it long enough at 190 cm"), None);
        assert_eq!(name("for a 20 m2 room"), Some("room"));
    }
}
