//! What is stated of a product: a name, and values that are text, yes or no, numbers, or quantities with a unit.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Quantity, QuantityRange, quantity};

/// One stated property, such as `Climate: Cool, Windy` or `Weight: 1.2 kg`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Attribute {
    /// Lower-case words joined by `_`, the same for `Eco Collection` and `eco_collection`.
    pub key: String,
    /// The name as a shopper reads it.
    pub label: String,
    /// At least one, in the feed's order, none twice.
    pub values: Vec<Value>,
}

/// One typed value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// Words, as written.
    Text(String),
    /// Yes or no.
    Flag(bool),
    /// A number without a unit.
    Number(f64),
    /// A number with a unit.
    Quantity(Quantity),
    /// From one quantity to another.
    Range(QuantityRange),
}

/// The attributes of one thing, one for each key, in the feed's order.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Attributes(Vec<Attribute>);

impl Attribute {
    /// Reads one attribute from a feed: the name in any spelling, each value as text. `None` when the name or all
    /// values are blank.
    pub fn parse<'a>(name: &str, values: impl IntoIterator<Item = &'a str>) -> Option<Self> {
        let key = Self::key(name);
        let mut parsed: Vec<Value> = Vec::new();
        for value in values {
            let is_code = (is_size(&key) || is_current_rate(&key)) && is_size_code(value.trim());
            let read = match is_code || is_coded(&key) && is_letter_code(value.trim()) {
                true => Some(Value::Text(value.trim().to_owned())),
                false => Value::parse(value),
            };
            let read = read.map(|value| value.among(name));
            if let Some(value) = read.filter(|value| !parsed.contains(value)) {
                parsed.push(value);
            }
        }
        (!key.is_empty() && !parsed.is_empty()).then(|| Self {
            label: Self::label(name),
            key,
            values: parsed,
        })
    }

    /// The key of a name: `Eco Collection`, `eco-collection` and `EcoCollection` are all `eco_collection`.
    pub fn key(name: &str) -> String {
        words(name).join("_")
    }

    /// The name as a shopper reads it: `eco_collection` is `Eco collection`; a name that has spaces or capitals of
    /// its own is left alone.
    pub fn label(name: &str) -> String {
        let name = name.trim();
        if name.contains(' ') || name.chars().next().is_some_and(char::is_uppercase) && !name.contains('_') {
            return name.to_owned();
        }
        let text = words(name).join(" ");
        let mut chars = text.chars();
        chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
    }
}

/// Whether an attribute of this key holds sizes.
fn is_size(key: &str) -> bool {
    const SIZES: [&str; 6] = ["size", "größe", "taille", "talla", "taglia", "maat"];
    key.rsplit('_').next().is_some_and(|word| SIZES.contains(&word))
}

/// Whether an attribute of this key tells how fast a battery can be emptied or filled: `35C` is 35 times its capacity an hour.
fn is_current_rate(key: &str) -> bool {
    key.split('_').any(|word| matches!(word, "discharge" | "entladerate" | "décharge" | "descarga"))
        || matches!(key, "c_rate" | "c_rating" | "charge_rate" | "c_rate_max")
}

/// `34B`, `36C` or `40L`: a number with the letter of a cup, a width, a length or a rate, and no measure.
fn is_size_code(text: &str) -> bool {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_uppercase());
    text.len() == digits.len() + 1 && !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether an attribute of this key holds values that letters stand for, and no yes or no: a scale, a class, a country.
fn is_coded(key: &str) -> bool {
    const CODED: [&str; 24] = [
        "scale",
        "gauge",
        "size",
        "grade",
        "class",
        "type",
        "series",
        "model",
        "version",
        "mount",
        "thread",
        "profile",
        "form",
        "connector",
        "plug",
        "code",
        "key",
        "note",
        "tuning",
        "letter",
        "country",
        "region",
        "origin",
        "band",
    ];
    key.split('_').any(|word| CODED.contains(&word))
}

/// `N`, `Y` or `NO`: capitals that are read as yes or no where nothing says that they are a code.
fn is_letter_code(text: &str) -> bool {
    matches!(text, "N" | "Y" | "NO")
}

/// Lower-case words of a name, split at anything that is no letter or digit and where lower case turns to upper.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = ' ';
    for c in name.chars() {
        let starts_word = before.is_lowercase() && c.is_uppercase();
        if !c.is_alphanumeric() || starts_word {
            words.push(String::new());
        }
        if c.is_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.extend(c.to_lowercase());
        }
        before = c;
    }
    words.retain(|word| !word.is_empty());
    words
}

impl Value {
    /// Reads a value: yes and no words, a number, a quantity, a range of quantities, else the text itself.
    /// `None` for blank text.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        Some(match text.to_lowercase().as_str() {
            "yes" | "true" | "y" => Self::Flag(true),
            "no" | "false" | "n" => Self::Flag(false),
            _ => {
                if let Ok(number) = text.parse::<f64>()
                    && number.is_finite()
                    && text.starts_with(|c: char| c.is_ascii_digit() || c == '-' || c == '.')
                {
                    Self::Number(number)
                } else if let Some(number) = quantity::plain_number(text) {
                    Self::Number(number)
                } else if let Some(range) = QuantityRange::parse(text) {
                    Self::Range(range)
                } else if let Some(quantity) =
                    Quantity::parse(text).or_else(|| quantity::with_equivalent(text))
                {
                    Self::Quantity(quantity)
                } else {
                    Self::Text(text.to_owned())
                }
            }
        })
    }

    /// The value as the words around it mean it, where its unit is written like another.
    fn among(self, words: &str) -> Self {
        match self {
            Self::Quantity(quantity) => Self::Quantity(quantity.among(words)),
            Self::Range(QuantityRange { low, high }) => {
                Self::Range(QuantityRange { low: low.among(words), high: high.among(words) })
            }
            other => other,
        }
    }

    /// The value as the feed wrote it or, for typed values, in its own unit.
    pub fn display(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Flag(true) => "Yes".to_owned(),
            Self::Flag(false) => "No".to_owned(),
            Self::Number(number) => format!("{number}"),
            Self::Quantity(quantity) => quantity.to_string(),
            Self::Range(range) => range.to_string(),
        }
    }
}

impl Attributes {
    /// Nothing stated.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an attribute; values of a key that is there already are joined to it.
    pub fn add(&mut self, attribute: Attribute) {
        match self.0.iter_mut().find(|old| old.key == attribute.key) {
            Some(old) => {
                for value in attribute.values {
                    if !old.values.contains(&value) {
                        old.values.push(value);
                    }
                }
            }
            None => self.0.push(attribute),
        }
    }

    /// The attribute of this key.
    pub fn find(&self, key: &str) -> Option<&Attribute> {
        self.0.iter().find(|attribute| attribute.key == key)
    }

    /// Takes out the attribute of this key.
    pub fn remove(&mut self, key: &str) -> Option<Attribute> {
        let place = self.0.iter().position(|attribute| attribute.key == key)?;
        Some(self.0.remove(place))
    }

    /// All of them, in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Attribute> {
        self.0.iter()
    }

    /// Whether nothing is stated.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many are stated.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Lays newer attributes over these: a key that is there already takes the newer values.
    pub fn overlay(&mut self, newer: Attributes) {
        for attribute in newer.0 {
            match self.0.iter_mut().find(|old| old.key == attribute.key) {
                Some(old) => *old = attribute,
                None => self.0.push(attribute),
            }
        }
    }
}

impl<'a> IntoIterator for &'a Attributes {
    type Item = &'a Attribute;
    type IntoIter = std::slice::Iter<'a, Attribute>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl FromIterator<Attribute> for Attributes {
    fn from_iter<T: IntoIterator<Item = Attribute>>(attributes: T) -> Self {
        let mut all = Self::default();
        for attribute in attributes {
            all.add(attribute);
        }
        all
    }
}
