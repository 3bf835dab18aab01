//! What a shopper asked, as types.

use std::collections::BTreeMap;

use commerce::{Dimension, Locale, Money, Product, ProductId, Quantity, Unit};
use jiff::Timestamp;
use search::Understood;
use serde::Serialize;

use crate::climate::{Season, Spot};
use crate::figure::Figure;
use crate::gloss::Reading;
use crate::lexicon::Concept;
use crate::person::About;
use crate::restate::Restated;
use crate::thread::Thread;

/// A question as it comes in.
#[derive(Clone, Debug, Default)]
pub struct Ask {
    /// The shopper's words.
    pub text: String,
    /// The source id of the product whose page the shopper looks at.
    pub product: Option<String>,
    /// Source ids of products that the shopper chose, such as a wish list or a comparison; empty where there is no such
    /// choice.
    pub products: Vec<String>,
    /// Source ids of the products that were last shown in the conversation, in their order.
    pub shown: Vec<String>,
    /// How much things count in a decision, by the key of [`crate::Weight`]; what is missing counts as usual.
    pub weights: BTreeMap<String, f64>,
    /// Units and language to show facts in; the language decides where a text may be in several.
    pub locale: Locale,
    /// What `text` was read from, where it was put into English already; `None` for the shopper's own words.
    pub reading: Option<Reading>,
    /// The time at which prices and sales are read.
    pub now: Timestamp,
    /// The embedding of `text`; `None` where there is no embedding model.
    pub vector: Option<Vec<f32>>,
    /// Products to show at most; 0 is the default of five.
    pub limit: usize,
    /// The conversation so far.
    pub thread: Thread,
    /// Ids of conditions that no longer hold.
    pub drop: Vec<String>,
    /// What the shopper told of themself and is to count.
    pub about: Vec<About>,
}

/// A question as it was read.
#[derive(Clone, Debug, Serialize)]
pub struct Request {
    /// The question in English: the shopper's words, or what they say in English.
    pub text: String,
    /// The language that the shopper wrote in, a BCP 47 tag.
    pub language: String,
    /// The words beside what they say in English.
    #[serde(skip)]
    pub(crate) reading: Reading,
    /// What is wanted.
    pub intent: Intent,
    /// The products that it is about: named in the text, else the page's.
    #[serde(skip)]
    pub products: Vec<Product>,
    /// All offers of the goods that are named, where all of them, the cheapest or others in their place are asked for.
    #[serde(skip)]
    pub offers: Vec<Product>,
    /// What the words say of several products.
    #[serde(skip)]
    pub set: Set,
    /// The question told as a statement, where its grammar is plain.
    #[serde(skip)]
    pub restated: Option<Restated>,
    /// Whether goods are wanted that cost less than the one on the page.
    #[serde(skip)]
    pub is_below_page: bool,
    /// The need as a search, with constraints.
    pub need: Understood,
    /// What is asked.
    pub focus: Focus,
    /// How it stands in its conversation.
    #[serde(skip)]
    pub place: Place,
    /// Where, when and for whom.
    pub context: Context,
    /// Goods that are wanted together.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub basket: Option<Basket>,
    /// How the goods that are wanted stand to the product that is named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub relation: Option<Relation>,
    /// The kind of goods that are to go with it, in the words of the shopper; empty for any.
    #[serde(skip)]
    pub mate: String,
    /// What is asked of the reviews, where something is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reviews: Option<ReviewsAsked>,
}

/// Several goods that are wanted together.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Basket {
    /// What the shop has something of, in the order of the text.
    pub items: Vec<Wanted>,
    /// What it has nothing of, in the shopper's words.
    pub unknown: Vec<String>,
    /// What all of them may cost; `None` where nothing is said of it.
    pub budget: Option<Money>,
}

/// One thing of several.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Wanted {
    /// Pieces.
    pub count: u32,
    /// What it is, in the shopper's words.
    pub words: String,
    /// Whether packs are counted, and not the pieces in them.
    #[serde(skip)]
    pub(crate) is_of_packs: bool,
}

/// How goods that are wanted stand to a product that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// They are used together with it.
    Together,
    /// They could be bought in its place.
    Instead,
}

/// What is asked of reviews.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ReviewsAsked {
    /// Praise, faults or both.
    pub side: Side,
    /// Stems of what they are to speak of; empty for anything.
    pub topic: Vec<String>,
    /// Words that may name the goods, where no product is named.
    pub goods: String,
    /// Which reviews count.
    pub filter: ReviewFilter,
    /// Whether a change over time is asked for.
    pub is_trend: bool,
}

/// Which side of the reviews is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Both.
    #[default]
    Both,
    /// What is liked.
    Praise,
    /// What is complained of.
    Fault,
}

/// Which reviews count.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ReviewFilter {
    /// Only with so many stars, first and last included.
    pub stars: Option<(u8, u8)>,
    /// Only those of so many days back.
    pub days: Option<u32>,
    /// Only of reviewers who write of this, in the shopper's words.
    pub who: Option<String>,
    /// Stems of phrases by which such reviewers are known: one of each list.
    #[serde(skip)]
    pub(crate) known_by: Vec<Vec<String>>,
}

/// What is wanted. Each has its reasoner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Intent {
    /// An answer about products or about the shop.
    Answer,
    /// Products for a need.
    Find,
    /// What reviewers say.
    Reviews,
    /// Products side by side.
    Compare,
    /// A decision between products.
    Decide,
    /// Whether something suits a place, a time, a use or a person.
    Suit,
    /// Small talk, or what is no matter of a shop.
    Chat,
    /// What would harm.
    Refuse,
}

/// How a request stands in its conversation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Whether its words stand for several products, or for places in a list.
    pub(crate) is_set: bool,
    /// Whether it goes on with a need of earlier messages.
    pub(crate) is_carried: bool,
    /// Whether it turns products down.
    pub(crate) is_dismissal: bool,
    /// Whether it asks if two products go together.
    pub(crate) is_between: bool,
    /// The text with `it` for the product that it names.
    pub(crate) bare: String,
}

/// What the words say of several products as one subject.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Set {
    /// The words without names and without what asks for the set: what is needed.
    pub rest: String,
    /// How many products of a search are wanted.
    pub top: Option<usize>,
    /// What has to be said of the products that were named.
    pub notes: Vec<String>,
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
    /// Where, as it is told.
    pub place: Option<String>,
    /// When.
    pub time: Option<When>,
    /// Activities, occasions, persons and spaces that are known by name.
    pub circumstances: Vec<Circumstance>,
    /// Measures that the goods have to serve: a body, a room.
    pub sizes: Vec<Size>,
    /// Names of the measures and persons that the shopper told of themself, and did not ask for here.
    #[serde(skip)]
    pub(crate) told: Vec<String>,
    /// The place with where it lies.
    #[serde(skip)]
    pub(crate) spot: Option<Spotted>,
    /// The text without the words for place and time: what is looked for.
    #[serde(skip)]
    pub(crate) rest: String,
}

/// When something is to be used.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct When {
    /// The months, from 1 to 12.
    pub months: Vec<u8>,
    /// The season, where one was named.
    pub season: Option<Season>,
    /// Whether a month or season was named, and not only `next week`.
    pub is_named: bool,
}

/// A circumstance of use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Circumstance {
    /// What it is.
    pub kind: CircumstanceKind,
    /// Its name, such as `hiking`.
    pub name: String,
}

/// What a circumstance is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CircumstanceKind {
    /// What is done.
    Activity,
    /// What is attended.
    Occasion,
    /// Who uses it.
    Person,
    /// Where it stands.
    Space,
}

/// A measure that goods have to serve.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Size {
    /// What is measured, by its name in the table of sizes, such as `height`.
    pub name: String,
    /// How large it is.
    pub quantity: Quantity,
}

/// A place that was read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Spotted {
    pub(crate) spot: &'static Spot,
    /// Whether it was typed as it is written.
    pub(crate) is_exact: bool,
}

/// What a question is after.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Focus {
    /// What decides, without the product's name.
    pub terms: Vec<Term>,
    /// The kind of question.
    pub form: Form,
    /// What a row has to hold to be an answer.
    pub expected: Expected,
    /// Facts of the snapshot that are asked for.
    pub asked: Vec<Asked>,
    /// Measures in the question.
    #[serde(skip)]
    pub measures: Vec<Quantity>,
    /// Numbers and letters that name something and measure nothing.
    #[serde(skip)]
    pub(crate) figures: Vec<Figure>,
    /// The unit that the answer is wanted in.
    #[serde(skip)]
    pub unit: Option<Unit>,
    /// Values of a concept's kind that are asked for, as stems: `bitcoin` of what can be paid with.
    pub values: Vec<String>,
    /// Whether it asks for an amount of one thing for each of another: `how many spoons per cup`.
    pub is_rate: bool,
    /// Whether it asks for what is not so, `does it come without a cable`, so that yes and no would be read either way.
    pub is_denied: bool,
    /// Whether it is about a rule of the shop, such as returns.
    pub is_policy: bool,
    /// Stems of things that are asked to be absent: `gluten` of `is it gluten free`.
    #[serde(skip)]
    pub(crate) absent: Vec<String>,
    /// The choice that is asked for in `does it come in blue`, in the shopper's words.
    pub choice: Option<String>,
}

/// One thing that decides: a word, or the words that ask for a concept.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Term {
    /// As typed, in lower case.
    pub text: String,
    /// The stems of its words, without those that decide nothing.
    pub stems: Vec<String>,
    /// How rare its rarest word is in the catalog, in nats; rare words decide more.
    pub weight: f32,
    /// Stems of phrases that say the same or something near, with what they are worth.
    pub others: Vec<(String, f32)>,
    /// Stems of phrases that say the contrary.
    pub opposites: Vec<String>,
    /// Whether it is asked to be absent: what says that it is there is against it.
    #[serde(skip)]
    pub(crate) is_absent: bool,
    /// The concept that it asks for.
    #[serde(skip)]
    pub(crate) concept: Option<&'static Concept>,
}

/// What a row has to hold to be an answer, besides the words.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Expected {
    /// Nothing more.
    #[default]
    Anything,
    /// What states the concept of this name: a measure, a value of a kind, a phrase.
    Concept(String),
    /// A number of things of this stem.
    Count(String),
    /// A measure of this dimension: `how many square metres`.
    Measured(Dimension),
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

/// A fact of the snapshot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Asked {
    /// What it costs.
    Price,
    /// Whether it can be bought.
    Availability,
    /// What reviewers say.
    Opinion,
    /// What buyers rated it.
    Rating,
    /// What there is to buy of it, each with its price.
    Variants,
}

impl Request {
    /// Whether only some of the reviews are asked about, so that nothing else can answer.
    pub(crate) fn is_of_some_reviewers(&self) -> bool {
        self.reviews.as_ref().is_some_and(|asked| asked.filter != ReviewFilter::default())
    }

    /// The shopper's own words for words of the question.
    pub(crate) fn own_words(&self, words: &str) -> String {
        self.reading.own_words(words)
    }

    /// The ids of the products it is about.
    pub fn product_ids(&self) -> Vec<ProductId> {
        self.products.iter().map(|product| product.id.clone()).collect()
    }
}

impl Focus {
    /// The deciding words as typed, joined by spaces.
    pub fn topic(&self) -> String {
        self.terms.iter().map(|term| term.text.as_str()).collect::<Vec<_>>().join(" ")
    }

    /// The concepts that are asked for.
    pub(crate) fn concepts(&self) -> impl Iterator<Item = &'static Concept> {
        self.terms.iter().filter_map(|term| term.concept)
    }

    /// The concept whose statement is the answer, where one is expected.
    pub(crate) fn expected_concept(&self) -> Option<&'static Concept> {
        let Expected::Concept(name) = &self.expected else { return None };
        self.concepts().find(|concept| concept.name == *name)
    }
}
