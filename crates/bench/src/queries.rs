//! Queries with their truth, both from the generator: what a shopper who wants a certain product would type, and which
//! products of the catalog fit these words.

use std::collections::BTreeMap;

use commerce::{Product, Value};

use crate::catalog::Catalog;

/// Grades beyond this many do not change the best order of ten hits.
const MAX_IDEAL: usize = 10;

/// What a query is made of; queries take them in turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Maker and model.
    Name,
    /// A kind of goods.
    Kind,
    /// A kind with one fact.
    Fact,
    /// A kind with two facts.
    Facts,
    /// A kind with a fact and a price.
    Price,
    /// A kind, misspelt.
    Misspelt,
}

impl Shape {
    /// All of them, in turn.
    pub const ALL: [Self; 6] = [Self::Name, Self::Kind, Self::Fact, Self::Facts, Self::Price, Self::Misspelt];

    /// What tables call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Name => "a name",
            Self::Kind => "a kind",
            Self::Fact => "one fact",
            Self::Facts => "two facts",
            Self::Price => "a price",
            Self::Misspelt => "misspelt",
        }
    }
}

/// One query.
#[derive(Clone, Debug)]
pub struct GeneratedQuery {
    /// What it is made of.
    pub shape: Shape,
    /// What is typed.
    pub text: String,
    /// What is typed without the price, and the price in minor units that it asks to be below.
    pub unpriced: Option<(String, i64)>,
    wanted: Wanted,
    /// How many products have each grade, at most ten of each.
    ideal: BTreeMap<u32, usize>,
}

#[derive(Clone, Debug)]
enum Wanted {
    /// The product with this beginning of its title: maker and model.
    Named { name: String, brand: String },
    /// Products of a kind for which all of this holds.
    Kind { noun: String, facts: Vec<Fact> },
}

#[derive(Clone, Debug)]
enum Fact {
    Attribute { key: String, value: String },
    Option { key: String, choice: String },
    Below { minor: i64 },
}

impl GeneratedQuery {
    /// 3 for a product that fits all words, 1 for one that fits all but one fact or is of the same maker, else 0.
    pub fn gain(&self, product: &Product) -> u32 {
        match &self.wanted {
            Wanted::Named { name, brand } => match product.title.starts_with(name.as_str()) {
                true => 3,
                false => u32::from(product.brand == *brand),
            },
            Wanted::Kind { noun, facts } => {
                if !product.title.ends_with(&format!(" {noun}")) {
                    return 0;
                }
                let missed = facts.iter().filter(|fact| !fact.holds(product)).count();
                match missed {
                    0 => 3,
                    1 if facts.len() > 1 => 1,
                    _ => 0,
                }
            }
        }
    }

    /// Counts a product of the catalog for the best order, if there is anything to gain by it.
    fn count(&mut self, product: &Product) {
        let gain = self.gain(product);
        if gain > 0 {
            let known = self.ideal.entry(gain).or_default();
            *known = (*known + 1).min(MAX_IDEAL);
        }
    }

    /// NDCG@10 of hits by their source ids, looked up in the generator.
    pub fn ndcg(&self, catalog: Catalog, found: &[String]) -> f64 {
        let grade = |id: &String| catalog.product(id).map_or(0, |product| self.gain(&product));
        let gains = found.iter().map(|id| (id.clone(), grade(id))).filter(|(_, gain)| *gain > 0);
        let mut relevant: BTreeMap<String, u32> = gains.collect();
        for (gain, count) in &self.ideal {
            let known = relevant.values().filter(|known| *known == gain).count();
            for filler in known..*count {
                relevant.insert(format!("not found {gain} {filler}"), *gain);
            }
        }
        eval::metric::ndcg(found, &relevant, MAX_IDEAL)
    }
}

impl Wanted {
    /// The maker or the kind without which a product gains nothing.
    fn end(&self) -> &str {
        match self {
            Self::Named { brand, .. } => brand,
            Self::Kind { noun, .. } => noun,
        }
    }
}

impl Fact {
    fn holds(&self, product: &Product) -> bool {
        match self {
            Self::Attribute { key, value } => {
                let values = product.attributes.find(key).map(|attribute| attribute.values.as_slice());
                values.unwrap_or_default().iter().any(|known| known.display() == *value)
            }
            Self::Option { key, choice } => {
                product.variants.iter().any(|variant| variant.options.get(key) == Some(choice))
            }
            Self::Below { minor } => prices(product).any(|price| price < *minor),
        }
    }
}

fn prices(product: &Product) -> impl Iterator<Item = i64> {
    product.variants.iter().filter_map(|variant| {
        let sale = variant.offer.sale.as_ref().map(|sale| sale.price);
        sale.or(variant.offer.price).map(|money| money.amount_minor)
    })
}

/// So many queries on a catalog.
pub fn generate(catalog: Catalog, count: usize) -> Vec<GeneratedQuery> {
    let step = (catalog.products / count).max(1);
    let mut queries: Vec<GeneratedQuery> = (0..count)
        .map(|place| query(place, &catalog.listing(place * step % catalog.products).product))
        .collect();
    let mut of_end: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (place, query) in queries.iter().enumerate() {
        of_end.entry(query.wanted.end().to_owned()).or_default().push(place);
    }
    for listing in catalog.listings() {
        let product = &listing.product;
        let kind = product.title.split(' ').skip(3).collect::<Vec<_>>().join(" ");
        for end in [kind.as_str(), product.brand.as_str()] {
            for place in of_end.get(end).into_iter().flatten() {
                queries[*place].count(product);
            }
        }
    }
    queries
}

fn query(place: usize, product: &Product) -> GeneratedQuery {
    let words: Vec<&str> = product.title.split(' ').collect();
    let noun = words.get(3..).unwrap_or_default().join(" ");
    let kind = noun.to_lowercase();
    let shape = Shape::ALL[place % Shape::ALL.len()];
    let (text, wanted) = match shape {
        Shape::Name => {
            let name = words.iter().take(2).copied().collect::<Vec<_>>().join(" ");
            (name.to_lowercase(), Wanted::Named { name, brand: product.brand.clone() })
        }
        Shape::Kind => (kind, Wanted::Kind { noun, facts: Vec::new() }),
        Shape::Fact => described(noun, facts(product).into_iter().take(1).collect()),
        Shape::Facts => described(noun, facts(product).into_iter().take(2).collect()),
        Shape::Price => {
            let minor = (prices(product).min().unwrap_or(0) / 1000 + 1) * 1000;
            let mut all: Vec<Fact> = facts(product).into_iter().take(1).collect();
            all.push(Fact::Below { minor });
            described(noun, all)
        }
        Shape::Misspelt => (misspelt(&kind), Wanted::Kind { noun, facts: Vec::new() }),
    };
    let (unpriced, below) = match &wanted {
        Wanted::Kind { facts, .. } => (text.split(" under $").next().unwrap_or_default(), below(facts)),
        Wanted::Named { .. } => ("", None),
    };
    let unpriced = below.map(|minor| (unpriced.to_owned(), minor));
    GeneratedQuery { shape, text, unpriced, wanted, ideal: BTreeMap::new() }
}

fn below(facts: &[Fact]) -> Option<i64> {
    facts.iter().find_map(|fact| match fact {
        Fact::Below { minor } => Some(*minor),
        Fact::Attribute { .. } | Fact::Option { .. } => None,
    })
}

/// What a shopper would name: a choice, and attributes that are words and not yes or no.
fn facts(product: &Product) -> Vec<Fact> {
    let option = product.variants.first().and_then(|variant| variant.options.iter().next());
    let option = option.map(|(key, choice)| Fact::Option { key: key.clone(), choice: choice.clone() });
    let attributes = product.attributes.iter().filter_map(|attribute| {
        let Some(Value::Text(value)) = attribute.values.first() else { return None };
        let is_word = value.chars().all(|letter| letter.is_alphabetic() || letter == ' ');
        (is_word && value != "None")
            .then(|| Fact::Attribute { key: attribute.key.clone(), value: value.clone() })
    });
    option.into_iter().chain(attributes).collect()
}

fn described(noun: String, facts: Vec<Fact>) -> (String, Wanted) {
    let words = facts.iter().filter_map(|fact| match fact {
        Fact::Attribute { value, .. } => Some(value.as_str()),
        Fact::Option { choice, .. } => Some(choice.as_str()),
        Fact::Below { .. } => None,
    });
    let mut text = words.chain([noun.as_str()]).collect::<Vec<_>>().join(" ").to_lowercase();
    if let Some(minor) = below(&facts) {
        text.push_str(&format!(" under ${}", minor / 100));
    }
    (text, Wanted::Kind { noun, facts })
}

/// Two letters in the middle change places.
fn misspelt(word: &str) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let middle = letters.len() / 2;
    if middle > 0 {
        letters.swap(middle - 1, middle);
    }
    letters.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_fits_the_product_it_was_made_of_and_the_best_order_is_one() {
        let catalog = Catalog { seed: 1, products: 300 };
        let queries = generate(catalog, 60);
        for (place, query) in queries.iter().enumerate() {
            let product = catalog.listing(place * 5).product;
            assert_eq!(query.gain(&product), 3, "{} for {}", query.text, product.title);
            let mut graded: Vec<(u32, String)> = catalog
                .listings()
                .map(|listing| (query.gain(&listing.product), listing.product.source_id))
                .collect();
            graded.sort_by_key(|graded| std::cmp::Reverse(graded.0));
            let best: Vec<String> = graded.into_iter().take(10).map(|(_, id)| id).collect();
            assert!((query.ndcg(catalog, &best) - 1.0).abs() < 1e-9, "{}", query.text);
        }
    }
}
