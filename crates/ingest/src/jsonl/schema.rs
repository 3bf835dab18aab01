//! The lines of Russet's own feed. The published JSON Schema is generated from these types.

use std::collections::BTreeMap;

use schemars::{JsonSchema, schema_for};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

/// One line: an object whose `type` says what it is.
#[derive(JsonSchema)]
#[schemars(tag = "type", rename_all = "snake_case", title = "Russet feed line")]
#[expect(dead_code, reason = "the published schema is generated from it; lines are read by their type")]
pub(super) enum Line {
    /// The shop itself; stands before the products that rely on its currency.
    Shop(ShopLine),
    /// A product with all its variants.
    Product(Box<ProductLine>),
    /// What a buyer wrote.
    Review(ReviewLine),
    /// What a shopper asked, with the answers.
    Question(QuestionLine),
    /// A page, guide or policy.
    Document(DocumentLine),
}

/// The JSON Schema (draft 2020-12) of one line of Russet's own feed.
pub fn jsonl_schema() -> Value {
    schema_for!(Line).to_value()
}

/// The shop.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub(super) struct ShopLine {
    /// What the shop is called.
    #[serde(deserialize_with = "null_as_default")]
    pub(super) name: String,
    /// ISO 4217 code of prices that name no currency.
    #[serde(deserialize_with = "null_as_default")]
    pub(super) currency: String,
    /// The home page.
    #[serde(deserialize_with = "null_as_default")]
    pub(super) url: String,
}

/// A product. One without `variants` carries its price and stock itself.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(extend("required" = ["id", "title"]))]
pub(super) struct ProductLine {
    /// The shop's own id, which never changes.
    pub(super) id: Scalar,
    /// Plain text, without the options of a variant.
    #[serde(deserialize_with = "null_as_default")]
    pub(super) title: String,
    /// The maker's name.
    #[serde(deserialize_with = "null_as_default")]
    pub(super) brand: String,
    /// Plain text; one paragraph a line, list items behind `- `.
    #[serde(deserialize_with = "null_as_default")]
    pub(super) description: String,
    /// Paths such as `Camping > Tents`, the main one first.
    #[serde(deserialize_with = "null_as_default")]
    pub(super) categories: Vec<String>,
    /// The product's page.
    #[serde(deserialize_with = "null_as_default")]
    pub(super) url: String,
    /// The main one first.
    #[serde(deserialize_with = "null_as_default")]
    pub(super) images: Vec<ImageLine>,
    /// Name to value or values. Quantities are texts with a unit, such as `1.9 kg`.
    #[serde(deserialize_with = "null_as_default")]
    #[schemars(with = "BTreeMap<String, Values>")]
    pub(super) attributes: Map<String, Value>,
    /// What is set beside it, as ids: `cross_sell` for what is bought with it, `up_sell` for what could be bought in its place,
    /// `related` for anything else.
    #[serde(deserialize_with = "null_as_default")]
    pub(super) links: BTreeMap<String, Vec<Scalar>>,
    /// What can be bought; none means that the product is sold in one form only.
    #[serde(deserialize_with = "null_as_default")]
    pub(super) variants: Vec<VariantLine>,
    /// Such as `129.00 USD`.
    pub(super) price: Scalar,
    /// A reduced price.
    pub(super) sale: Option<SaleLine>,
    /// `in_stock`, `out_of_stock`, `preorder` or `backorder`.
    #[serde(deserialize_with = "null_as_default")]
    pub(super) availability: String,
    /// Pieces at hand.
    pub(super) stock: Scalar,
    /// `new`, `refurbished` or `used`.
    #[serde(deserialize_with = "null_as_default")]
    pub(super) condition: String,
    /// The trade item number under the bar code.
    pub(super) gtin: Scalar,
    /// The maker's part number.
    pub(super) mpn: Scalar,
}

/// One buyable form of a product.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(extend("required" = ["id"]))]
pub(super) struct VariantLine {
    /// The shop's own id, which never changes.
    pub(super) id: Scalar,
    /// Names the options; made from them where it is left out.
    #[serde(deserialize_with = "null_as_default")]
    pub(super) title: String,
    /// Option to choice, such as `Colour` to `Moss`.
    #[serde(deserialize_with = "null_as_default")]
    #[schemars(with = "BTreeMap<String, Scalar>")]
    pub(super) options: Map<String, Value>,
    /// Such as `129.00 USD`.
    pub(super) price: Scalar,
    /// A reduced price.
    pub(super) sale: Option<SaleLine>,
    /// `in_stock`, `out_of_stock`, `preorder` or `backorder`.
    #[serde(deserialize_with = "null_as_default")]
    pub(super) availability: String,
    /// Pieces at hand.
    pub(super) stock: Scalar,
    /// `new`, `refurbished` or `used`.
    #[serde(deserialize_with = "null_as_default")]
    pub(super) condition: String,
    /// The trade item number under the bar code.
    pub(super) gtin: Scalar,
    /// The maker's part number.
    pub(super) mpn: Scalar,
    /// What holds for this variant only.
    #[serde(deserialize_with = "null_as_default")]
    #[schemars(with = "BTreeMap<String, Values>")]
    pub(super) attributes: Map<String, Value>,
    /// Pictures of this variant; none where the product's serve.
    #[serde(deserialize_with = "null_as_default")]
    pub(super) images: Vec<ImageLine>,
    /// The variant's own page.
    #[serde(deserialize_with = "null_as_default")]
    pub(super) url: String,
}

/// A reduced price with the time in which it holds.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(extend("required" = ["price"]))]
pub(super) struct SaleLine {
    /// Such as `99.00 USD`, below the price.
    pub(super) price: Scalar,
    /// A date or a time with its offset; from ever where it is left out.
    #[serde(deserialize_with = "null_as_default")]
    pub(super) from: String,
    /// A date, which is included, or a time, which is not; without end where it is left out.
    #[serde(deserialize_with = "null_as_default")]
    pub(super) until: String,
}

/// A picture: where it is, or that and what it shows.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(untagged, expecting = "an image is a URL or a path as text, or an object with `location`")]
pub(super) enum ImageLine {
    /// A URL, or a path below the folder or archive of the feed.
    Location(String),
    /// The same with a description.
    Described {
        /// A URL, or a path below the folder or archive of the feed.
        location: String,
        /// What it shows, for those who cannot see it.
        #[serde(default)]
        alt: String,
    },
}

/// What a buyer wrote.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(extend("required" = ["id", "product"]))]
pub(super) struct ReviewLine {
    /// The shop's own id, which never changes.
    pub(super) id: Scalar,
    /// The id of the product or variant.
    pub(super) product: Scalar,
    /// From 1 to `rating_scale`.
    pub(super) rating: Option<f32>,
    /// The best rating; 5 where it is left out.
    pub(super) rating_scale: Option<f32>,
    /// Plain text.
    #[serde(deserialize_with = "null_as_default")]
    pub(super) title: String,
    /// Plain text.
    #[serde(deserialize_with = "null_as_default")]
    pub(super) text: String,
    /// The name that the reviewer goes by.
    #[serde(deserialize_with = "null_as_default")]
    pub(super) author: String,
    /// A date or a time with its offset.
    #[serde(deserialize_with = "null_as_default")]
    pub(super) date: String,
    /// Whether the shop knows that the reviewer bought it.
    #[serde(deserialize_with = "null_as_default")]
    pub(super) verified: bool,
}

/// What a shopper asked.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(extend("required" = ["id", "product", "question"]))]
pub(super) struct QuestionLine {
    /// The shop's own id, which never changes.
    pub(super) id: Scalar,
    /// The id of the product or variant.
    pub(super) product: Scalar,
    /// Plain text.
    #[serde(deserialize_with = "null_as_default")]
    pub(super) question: String,
    /// A date or a time with its offset.
    #[serde(deserialize_with = "null_as_default")]
    pub(super) date: String,
    /// None while nobody has answered.
    #[serde(deserialize_with = "null_as_default")]
    pub(super) answers: Vec<AnswerLine>,
}

/// One answer.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(extend("required" = ["text"]))]
pub(super) struct AnswerLine {
    /// Plain text.
    #[serde(deserialize_with = "null_as_default")]
    pub(super) text: String,
    /// Who answered.
    #[serde(deserialize_with = "null_as_default")]
    pub(super) author: String,
    /// A date or a time with its offset.
    #[serde(deserialize_with = "null_as_default")]
    pub(super) date: String,
    /// Whether the shop itself answered.
    #[serde(deserialize_with = "null_as_default")]
    pub(super) by_staff: bool,
}

/// A page, guide or policy.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(extend("required" = ["id", "title", "text"]))]
pub(super) struct DocumentLine {
    /// The shop's own id, which never changes.
    pub(super) id: Scalar,
    /// What it is; a page where it is left out.
    #[serde(deserialize_with = "null_as_default")]
    #[schemars(with = "Option<commerce::DocumentKind>")]
    pub(super) kind: String,
    /// Plain text.
    #[serde(deserialize_with = "null_as_default")]
    pub(super) title: String,
    /// Headings behind `# `, blank lines between paragraphs, list items behind `- `.
    #[serde(deserialize_with = "null_as_default")]
    pub(super) text: String,
    /// Its page.
    #[serde(deserialize_with = "null_as_default")]
    pub(super) url: String,
    /// Ids of the products it is about; none for the whole shop.
    #[serde(deserialize_with = "null_as_default")]
    pub(super) products: Vec<Scalar>,
    /// Names of the categories it is about; none for all.
    #[serde(deserialize_with = "null_as_default")]
    pub(super) categories: Vec<String>,
}

/// A text, or a number or truth value that is taken as its text.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(
    untagged,
    expecting = "a value is text, a number, true or false, and no object or list (a price is `\"12.50 EUR\"`)"
)]
pub(super) enum Scalar {
    /// The text itself.
    Text(String),
    /// A number.
    Number(serde_json::Number),
    /// Yes or no.
    Flag(bool),
    /// Nothing.
    #[default]
    #[schemars(skip)]
    Null,
}

/// One value or several.
#[derive(JsonSchema)]
#[schemars(untagged)]
#[expect(dead_code, reason = "the published schema is generated from it; values are read one by one")]
enum Values {
    /// One value.
    One(Scalar),
    /// Several.
    Many(Vec<Scalar>),
}

/// Exporters write `null` for what they leave out.
fn null_as_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Default + Deserialize<'de>,
{
    Ok(Option::<T>::deserialize(deserializer)?.unwrap_or_default())
}

impl Scalar {
    /// The text without white space around it; empty for nothing.
    pub(super) fn text(&self) -> std::borrow::Cow<'_, str> {
        match self {
            Self::Text(text) => text.trim().into(),
            Self::Number(number) => number.to_string().into(),
            Self::Flag(true) => "yes".into(),
            Self::Flag(false) => "no".into(),
            Self::Null => "".into(),
        }
    }
}
