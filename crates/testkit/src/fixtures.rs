//! Short ways to make the nouns of a shop. Each states only what a test does not care about; change the fields that
//! matter.

use commerce::{
    Attribute, Attributes, Availability, CategoryPath, Document, DocumentId, DocumentKind, Listing, Money,
    Offer, Product, ProductId, ProductRef, Question, QuestionId, Review, ReviewId, Variant,
};

/// A product with one variant of the same source id, in stock, without a price.
pub fn product(source_id: &str, title: &str) -> Product {
    Product {
        id: ProductId::of(&[source_id]),
        source_id: source_id.to_owned(),
        title: title.to_owned(),
        description: String::new(),
        brand: String::new(),
        categories: Vec::new(),
        url: String::new(),
        images: Vec::new(),
        attributes: Attributes::new(),
        links: commerce::Links::default(),
        variants: vec![variant(source_id, source_id, &[])],
    }
}

/// A variant in stock with these options, such as `("size", "M")`, titled by its choices.
pub fn variant(product_source_id: &str, source_id: &str, options: &[(&str, &str)]) -> Variant {
    let choices: Vec<&str> = options.iter().map(|(_, choice)| *choice).collect();
    Variant {
        title: choices.join(", "),
        options: options.iter().map(|(key, choice)| (Attribute::key(key), (*choice).to_owned())).collect(),
        offer: Offer { availability: Availability::InStock, ..Offer::default() },
        ..Variant::new(product_source_id, source_id)
    }
}

/// The price of a text such as `12.50 USD`.
///
/// # Panics
/// When the text is no price.
pub fn price(text: &str) -> Money {
    Money::parse(text, None).expect("a fixture has a readable price")
}

/// Attributes from names and values as feeds write them; a value is split at `|`.
pub fn attributes(pairs: &[(&str, &str)]) -> Attributes {
    pairs.iter().filter_map(|(name, values)| Attribute::parse(name, values.split('|'))).collect()
}

/// A category from text such as `Camping > Tents`.
///
/// # Panics
/// When the text is blank.
pub fn category(text: &str) -> CategoryPath {
    CategoryPath::parse(text, '>').expect("a fixture has a category with a name")
}

/// A review of a product with so many stars, from 1 to 5.
pub fn review(source_id: &str, product_source_id: &str, stars: f32, text: &str) -> Review {
    Review {
        id: ReviewId::of(&[source_id]),
        source_id: source_id.to_owned(),
        product: ProductRef::source_id(product_source_id),
        rating: Some((stars - 1.0) / 4.0),
        title: String::new(),
        text: text.to_owned(),
        author: String::new(),
        written: None,
        is_verified: false,
    }
}

/// A question about a product with these answers.
pub fn question(source_id: &str, product_source_id: &str, text: &str, answers: &[&str]) -> Question {
    let answer = |text: &&str| commerce::Answer {
        text: (*text).to_owned(),
        author: String::new(),
        is_staff: false,
        answered: None,
    };
    Question {
        id: QuestionId::of(&[source_id]),
        source_id: source_id.to_owned(),
        product: ProductRef::source_id(product_source_id),
        text: text.to_owned(),
        asked: None,
        answers: answers.iter().map(answer).collect(),
    }
}

/// A document of the whole shop.
pub fn document(source_id: &str, kind: DocumentKind, title: &str, text: &str) -> Document {
    Document {
        id: DocumentId::of(&[source_id]),
        source_id: source_id.to_owned(),
        kind,
        title: title.to_owned(),
        text: text.to_owned(),
        url: String::new(),
        products: ProductRef::default(),
        categories: Vec::new(),
    }
}

/// A product with reviews.
pub fn listing(product: Product, reviews: Vec<Review>) -> Listing {
    Listing { reviews, ..Listing::from(product) }
}
