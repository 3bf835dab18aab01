//! What is searched for: text, constraints on fields, an order and a page.

use commerce::{Dimension, Money};
use serde::{Deserialize, Serialize};

/// One search.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Query {
    /// Words that are matched against the text of products; empty lists everything that fits the constraints.
    pub text: String,
    /// All of them must hold on one and the same variant.
    pub constraints: Vec<Constraint>,
    /// What is liked but not demanded: a product for which it holds is ranked higher, none is left out.
    pub preferences: Vec<Constraint>,
    /// Other words that count for words of `text`, such as synonyms.
    pub alternatives: Vec<Alternative>,
    /// The word of `text` that names the kind of goods looked for, such as `bag` of `laptop bag`; empty where none does.
    pub head: String,
    /// The word of `text` that says what is looked for, where it is a word for no kind of goods that is known. Where no
    /// title and no category has it, that is said.
    pub named: String,
    /// Words of `text` that only say what the goods are for, such as `big house` of `wifi for a big house`: products are
    /// ranked by them, but do not have to have them.
    pub context: Vec<String>,
    /// Part numbers, trade item numbers and feed ids that stand in the words: what has one of them comes first.
    pub codes: Vec<String>,
    /// The order of the hits.
    pub sort: Sort,
    /// Hits on a page, at most 100.
    pub limit: usize,
    /// Where the page before ended, as that page said.
    pub cursor: Option<String>,
}

/// Other ways to say a word.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Alternative {
    /// The word as it stands in the text, or several that stand side by side.
    pub word: String,
    /// Words that mean the same or something near.
    pub others: Vec<String>,
    /// How much a match of another word is worth beside one of the word itself, from 0 to 1.
    pub weight: f32,
}

/// What must hold for a field.
///
/// A constraint that was read from a shopper's words knows three answers, because shops leave fields out. What a product
/// states decides; but a list of several values need not be whole, and a title is a statement too. Where nothing is
/// stated the text decides: such a product passes `waterproof` when its text says all of `words`, passes `under 2 kg`
/// when its text gives such a weight, and fails `not leather` when its text says leather and does not deny it. A filter
/// set by hand (`words` empty) looks at the field only.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Constraint {
    /// What is tested.
    pub field: Field,
    /// Fields that will do as well, where the words do not say which of several is meant: 40 cm may be a width or a
    /// height.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub or_fields: Vec<Field>,
    /// Fields that decide for goods that state none of the others: a size in inches, where no screen is stated.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub else_fields: Vec<Field>,
    /// What the numbers of the test measure: numbers of the field that measure something else do not count. `None`
    /// takes any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dimension: Option<Dimension>,
    /// How.
    pub test: Test,
    /// Whether the test must fail (`not leather`). A product that states nothing on the field passes a negated test
    /// and fails a plain one, but for `words`.
    #[serde(default)]
    pub is_negated: bool,
    /// The shopper's words that it was read from; empty for a filter set by hand.
    #[serde(default)]
    pub words: String,
}

impl Constraint {
    /// A filter set by hand.
    pub fn filter(field: Field, test: Test) -> Self {
        Self::read(field, test, "")
    }

    /// A constraint that was read from these words.
    pub fn read(field: Field, test: Test, words: impl Into<String>) -> Self {
        let words = words.into();
        Self {
            field,
            or_fields: Vec::new(),
            else_fields: Vec::new(),
            dimension: None,
            test,
            is_negated: false,
            words,
        }
    }

    /// The fields that decide.
    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        std::iter::once(&self.field).chain(&self.or_fields)
    }
}

/// A field of a product or variant.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// What is paid now, in minor units of the catalog's currency.
    Price,
    /// Any name on any category path.
    Category,
    /// The maker.
    Brand,
    /// The mean review rating, from 1 to 5.
    Rating,
    /// What is saved now, in percent of the price before.
    Saving,
    /// The words of [`commerce::Availability`].
    Availability,
    /// An attribute or an option, by key.
    Attribute(String),
    /// Any word of the product's text, with a minus before it where the text has to deny it (`-gluten`), or any measure
    /// in its title or description.
    Text,
}

/// What a field is compared with. Numbers are in base units (see [`Dimension`]), prices in minor units.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Test {
    /// One of these values, letter by letter as the catalog spells them.
    AnyOf(Vec<String>),
    /// This number or less.
    AtMost(f64),
    /// This number or more.
    AtLeast(f64),
    /// Between two numbers, both included.
    Between(f64, f64),
}

/// The order of hits.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// Best match first.
    #[default]
    Relevance,
    /// Cheapest first; without a price last.
    PriceAscending,
    /// Dearest first; without a price last.
    PriceDescending,
    /// Best mean rating first, shrunk towards the catalog's mean where reviews are few.
    Rating,
    /// By title.
    Title,
    /// By the numbers of an attribute, in base units; what states none comes last.
    Attribute {
        /// The attribute, and others that say the same of goods that do not state it.
        keys: Vec<String>,
        /// Whether the most comes first; of a range its upper end then, else its lower one.
        is_descending: bool,
    },
}

/// One value that the catalog states for a field, with how many products state it.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// The field.
    pub field: Field,
    /// The value as the catalog spells it; empty for a numeric field.
    pub value: String,
    /// What the numbers of a numeric field measure; `None` for words and plain numbers.
    pub dimension: Option<Dimension>,
    /// Whether the field holds numbers.
    pub is_numeric: bool,
    /// How many products state it.
    pub count: u64,
}

/// The price field compares minor units.
impl From<Money> for Test {
    fn from(money: Money) -> Self {
        Self::AtMost(money.amount_minor as f64)
    }
}
