//! A small outdoor shop, and ways to build listings.

use commerce::{
    Attribute, Availability, CategoryPath, Currency, Document, DocumentId, DocumentKind, Listing, Money,
    Product, ProductId, ProductRef, Review, ReviewId, Variant,
};
use search::{Constraint, Directories, Field, Index, IndexWriter, Query, Test, WriterOptions};

/// A product without variants of its own; they are added by [`variant`].
pub(crate) fn product(id: &str, title: &str, category: &str, attributes: &[(&str, &str)]) -> Listing {
    let stated = attributes.iter().filter_map(|(name, values)| Attribute::parse(name, values.split('|')));
    Listing::from(Product {
        id: ProductId::of(&[id]),
        source_id: id.to_owned(),
        title: title.to_owned(),
        description: String::new(),
        brand: "Fjell".to_owned(),
        categories: CategoryPath::parse(category, '>').into_iter().collect(),
        url: format!("https://shop.example/{id}"),
        images: Vec::new(),
        attributes: stated.collect(),
        links: commerce::Links::default(),
        variants: Vec::new(),
    })
}

/// Adds a variant with options `key=choice` in words, a price in cents and its availability.
pub(crate) fn variant(
    mut listing: Listing,
    options: &str,
    price: i64,
    availability: Availability,
) -> Listing {
    let parent = listing.product.source_id.clone();
    let id = format!("{parent}-{}", listing.product.variants.len());
    let mut variant = Variant::new(&parent, &id);
    variant.options = options
        .split_whitespace()
        .filter_map(|option| option.split_once('='))
        .map(|(key, choice)| (key.to_owned(), choice.to_owned()))
        .collect();
    variant.title = variant.options.values().cloned().collect::<Vec<_>>().join(", ");
    variant.offer.price = Some(Money::new(price, dollars()));
    variant.offer.availability = availability;
    listing.product.variants.push(variant);
    listing
}

pub(crate) fn review(mut listing: Listing, stars: f32, text: &str) -> Listing {
    let id = format!("{}-r{}", listing.product.source_id, listing.reviews.len());
    listing.reviews.push(Review {
        id: ReviewId::of(&[&id]),
        source_id: id,
        product: ProductRef::source_id(listing.product.source_id.clone()),
        rating: Some((stars - 1.0) / 4.0),
        title: String::new(),
        text: text.to_owned(),
        author: String::new(),
        written: None,
        is_verified: true,
    });
    listing
}

pub(crate) fn document(id: &str, kind: DocumentKind, title: &str, text: &str) -> Document {
    Document {
        id: DocumentId::of(&[id]),
        source_id: id.to_owned(),
        kind,
        title: title.to_owned(),
        text: text.to_owned(),
        url: String::new(),
        products: ProductRef::default(),
        categories: Vec::new(),
    }
}

pub(crate) fn dollars() -> Currency {
    Currency::parse("USD").unwrap()
}

pub(crate) fn shop() -> Vec<Listing> {
    use Availability::{InStock, OutOfStock};
    let rain = product(
        "rain",
        "Storm Rain Jacket",
        "Clothing > Jackets",
        &[("Features", "Waterproof|Windproof"), ("Weight", "350 g")],
    );
    let rain = variant(rain, "color=Blue size=S", 5900, InStock);
    let rain = variant(rain, "color=Blue size=M", 6900, InStock);
    let rain = variant(rain, "color=Red size=M", 5500, InStock);
    let rain = review(review(rain, 5.0, "Kept me dry for hours. Runs small."), 2.0, "The zip broke.");
    let mut shell = product("shell", "Alpine Shell", "Clothing > Jackets", &[("Weight", "1.2 lb")]);
    shell.product.description =
        "A waterproof jacket for high winds.\n- Taped seams\n- Helmet hood".to_owned();
    let shell = variant(shell, "color=Blue size=M", 5900, OutOfStock);
    let shell = variant(shell, "color=Blue size=L", 5900, InStock);
    let tent =
        product("tent", "Trek Tent", "Camping > Tents", &[("Capacity", "3 people"), ("Weight", "2.4 kg")]);
    let tent = variant(tent, "", 19900, InStock);
    let big = product(
        "big-tent",
        "Family Tent",
        "Camping > Tents",
        &[("Capacity", "6 people"), ("Weight", "7 kg")],
    );
    let big = variant(big, "", 29900, InStock);
    let shoe = product("shoe", "Trail Running Shoes", "Footwear > Shoes", &[("Material", "Leather")]);
    let shoe = variant(shoe, "size=42", 8900, InStock);
    let mesh = product("mesh", "Road Running Shoes", "Footwear > Shoes", &[("Material", "Mesh")]);
    let mesh = variant(mesh, "size=42", 7900, InStock);
    let bare = product("bare", "Barefoot Running Shoes", "Footwear > Shoes", &[]);
    let bare = variant(bare, "size=43", 6900, InStock);
    vec![rain, shell, tent, big, shoe, mesh, bare]
}

pub(crate) fn index(listings: &[Listing]) -> Index {
    let mut writer = IndexWriter::create(Directories::in_memory(), WriterOptions::default()).unwrap();
    for listing in listings {
        writer.upsert(listing, None).unwrap();
    }
    writer.commit(1).unwrap()
}

pub(crate) fn query(text: &str, constraints: Vec<Constraint>) -> Query {
    Query { text: text.to_owned(), constraints, limit: 10, ..Query::default() }
}

pub(crate) fn any_of(field: Field, values: &[&str]) -> Constraint {
    constraint(field, Test::AnyOf(values.iter().map(|value| (*value).to_owned()).collect()))
}

pub(crate) fn attribute(key: &str) -> Field {
    Field::Attribute(key.to_owned())
}

pub(crate) fn constraint(field: Field, test: Test) -> Constraint {
    Constraint::filter(field, test)
}

pub(crate) fn not(constraint: Constraint) -> Constraint {
    Constraint { is_negated: true, ..constraint }
}

/// The hits as `source id/variant title`.
pub(crate) fn found(index: &Index, query: &Query) -> Vec<String> {
    let hits = index.search(query, None).unwrap().hits;
    let name = |hit: search::Hit| match hit.variant {
        Some(variant) => format!("{}/{}", hit.source_id, variant.title),
        None => hit.source_id,
    };
    hits.into_iter().map(name).collect()
}
