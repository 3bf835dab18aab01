//! What a shopper asked, as types.

use commerce::{Locale, Product, ProductId, Quantity};
use jiff::Timestamp;
use search::Understood;
use serde::Serialize;

/// A question as it comes in.
#[derive(Clone, Debug, Default)]
pub struct Ask {
    /// The shopper's words.
    pub text: String,
    /// The source id of the product whose page the shopper looks at.
    pub product: Option<String>,
    /// Units and language to show facts in.
    pub locale: Locale,
    /// The time at which prices and sales are read.
    pub now: Timestamp,
    /// The embedding of `text`; `None` where there is no embedding model.
    pub vector: Option<Vec<f32>>,
    /// Products to show at most; 0 is the default of five.
    pub limit: usize,
}

/// A question as it was read.
#[derive(Clone, Debug, Serialize)]
pub struct Request {
    /// The shopper's words.
    pub text: String,
    /// The language that they are in, a BCP 47 tag.
    pub language: String,
    /// What is wanted.
    pub intent: Intent,
    /// The products that it is about: named in the text, else the page's.
    #[serde(skip)]
    pub products: Vec<Product>,
    /// The need as a search, with constraints.
    pub need: Understood,
    /// What is asked.
    pub focus: Focus,
    /// Where, when and for whom.
    pub context: Context,
}

/// What is wanted. Each has its reasoner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Intent {
    /// An answer about products or about the shop.
    Answer,
    /// Products for a need.
    Find,
}

/// The circumstances that the text names.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Context {
    /// Words for weather and season.
    pub climate: Vec<String>,
    /// For whom, such as `daughter`.
    pub person: Option<String>,
    /// For what, such as `wedding`.
    pub occasion: Option<String>,
}

/// What a question is after.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Focus {
    /// The words that decide, without the product's name.
    pub words: Vec<FocusWord>,
    /// The kind of question.
    pub form: Form,
    /// What kind of fact is asked for.
    pub asked: Vec<Asked>,
    /// Measures in the question.
    #[serde(skip)]
    pub measures: Vec<Quantity>,
    /// Whether it is about a rule of the shop, such as returns.
    pub is_policy: bool,
    /// Stems of the words that name the rule.
    #[serde(skip)]
    pub rules: Vec<String>,
    /// The choice that is asked for in `does it come in blue`, in the shopper's words.
    pub choice: Option<String>,
}

/// One deciding word.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FocusWord {
    /// As typed, in lower case.
    pub text: String,
    /// Its stem.
    pub stem: String,
    /// How rare it is in the catalog, in nats; rare words decide more.
    pub weight: f32,
    /// Stems of words that say the same or something near, with what they are worth.
    pub others: Vec<(String, f32)>,
    /// Whether it only names the kind of fact that is asked for, such as `weight`.
    pub names_fact: bool,
    /// Stems of words that say the contrary.
    pub opposites: Vec<String>,
}

/// The form of a question.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// Can be answered with yes or no.
    YesNo,
    /// How much, how long, how heavy.
    HowMuch,
    /// Anything else.
    #[default]
    Open,
}

/// A kind of fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Asked {
    /// What it costs.
    Price,
    /// Whether it can be bought.
    Availability,
    /// The maker.
    Brand,
    /// An attribute whose key has one of these words, or that measures one of these dimensions.
    Attribute {
        /// Words of keys.
        keys: Vec<String>,
        /// Dimensions.
        dimensions: Vec<commerce::Dimension>,
        /// Dimensions of measures that answer in a sentence.
        measured: Vec<commerce::Dimension>,
        /// Stems of words that answer in a sentence.
        #[serde(skip)]
        tellers: Vec<String>,
    },
    /// What reviewers say.
    Opinion,
    /// What buyers rated it.
    Rating,
}

impl Request {
    /// The ids of the products it is about.
    pub fn product_ids(&self) -> Vec<ProductId> {
        self.products.iter().map(|product| product.id.clone()).collect()
    }
}

impl Focus {
    /// The deciding words as typed, joined by spaces.
    pub fn topic(&self) -> String {
        self.words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ")
    }
}
