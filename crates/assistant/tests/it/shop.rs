//! A shop and the questions to it, from one text file.
//!
//! `product ID | TITLE | BRAND | CATEGORY | PRICE` opens a product; `has LABEL = VALUE | VALUE`, `says SENTENCES` and
//! `review STARS [@DATE] TEXT` belong to it, `was PRICE` what it cost before it was reduced, and `links KIND ID ID` what the shop sets beside it. `page KIND | TITLE` opens a document of the shop, with its text in the lines behind `| `.
//! `stock STATE [COUNT]` says whether a product can be had, `choice OPTION VALUE STATE [COUNT]` gives it a variant, `with LABEL = VALUE`
//! what that variant has. `answered QUESTION? ANSWER` is a question of a shopper with the answer of the shop.
//! `ask [ID] QUESTION` opens a question, on the page of a product where an id is given; the lines behind it say what must
//! follow: `yes`, `no`, `silent`, `find`, `has TEXT`, `lacks TEXT`. Before them `shown ID ID` gives the products that were
//! shown before, `chosen ID ID` those that the shopper chose, `counts KEY WEIGHT` a weight that the shopper moved.
//! `say QUESTION` goes on with the conversation of the question before, with what it showed, and begins one behind a blank line.

use std::collections::BTreeMap;

use assistant::{Ask, Reply, Snapshot, Thread};
use commerce::{
    Answer as CustomerAnswer, Attribute, Attributes, Availability, CategoryPath, Document, DocumentId,
    DocumentKind, LinkKind, Listing, Money, Offer, Product, ProductId, ProductRef, Question, QuestionId,
    Review, ReviewId, Sale, Variant,
};
use search::{Directories, IndexWriter, Lexicon, WriterOptions};

/// A shop with the questions to it.
pub(crate) struct Shop {
    snapshot: Snapshot,
    pub(crate) questions: Vec<Asked>,
}

/// One question with what must follow.
#[derive(Debug, Default)]
pub(crate) struct Asked {
    pub(crate) page: Option<String>,
    pub(crate) text: String,
    /// Whether it goes on with the question before.
    pub(crate) goes_on: bool,
    pub(crate) shown: Vec<String>,
    pub(crate) chosen: Vec<String>,
    pub(crate) weights: BTreeMap<String, f64>,
    pub(crate) expected: Vec<String>,
}

#[derive(Default)]
struct Draft {
    /// Whether the last line said something that can be gone on with.
    is_open: bool,
    listings: Vec<Listing>,
    documents: Vec<Document>,
    questions: Vec<Asked>,
}

impl Shop {
    pub(crate) fn read(text: &str) -> Self {
        let mut draft = Draft::default();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            if line.trim().is_empty() {
                draft.is_open = false;
                continue;
            }
            let (word, rest) = line.trim().split_once(' ').unwrap_or((line.trim(), ""));
            draft.line(word, rest.trim());
        }
        let mut writer = IndexWriter::create(Directories::in_memory(), WriterOptions::default())
            .expect("an index in memory takes it");
        for listing in &draft.listings {
            writer.upsert(listing, None).expect("an index in memory takes it");
        }
        writer.documents(&draft.documents, &[]).expect("an index in memory takes it");
        let index = writer.commit(1).expect("an index in memory takes it");
        let lexicon = Lexicon::builtin(index.language());
        Self {
            snapshot: Snapshot::new(index, lexicon).expect("an index in memory takes it"),
            questions: draft.questions,
        }
    }

    /// Asks with what the reply before has left.
    pub(crate) fn ask_after(&self, asked: &Asked, before: Option<&Reply>) -> Reply {
        let Some(before) = before.filter(|_| asked.goes_on) else { return self.ask(asked) };
        let ids = before.answer.products.iter().map(|shown| shown.hit.source_id.clone());
        self.ask_in(asked, ids.collect(), before.thread.clone())
    }

    pub(crate) fn ask(&self, asked: &Asked) -> Reply {
        self.ask_in(asked, asked.shown.clone(), Thread::default())
    }

    fn ask_in(&self, asked: &Asked, shown: Vec<String>, thread: Thread) -> Reply {
        let now = "2025-09-01T00:00:00Z".parse().expect("a time");
        let ask = Ask {
            text: asked.text.clone(),
            product: asked.page.clone(),
            products: asked.chosen.clone(),
            shown,
            thread,
            weights: asked.weights.clone(),
            now,
            ..Ask::default()
        };
        assistant::ask(&self.snapshot, &ask).expect("an index in memory takes it")
    }
}

impl Draft {
    fn line(&mut self, word: &str, rest: &str) {
        if let Some(asked) = self.questions.last_mut()
            && !matches!(word, "ask" | "say")
        {
            let ids = || rest.split(' ').map(str::to_owned).collect();
            match word {
                "shown" => asked.shown = ids(),
                "chosen" => asked.chosen = ids(),
                "counts" => {
                    let (key, weight) = rest.rsplit_once(' ').expect("a key and a weight");
                    asked.weights.insert(key.to_owned(), weight.parse().expect("a weight"));
                }
                _ => asked.expected.push(format!("{word} {rest}").trim().to_owned()),
            }
            return;
        }
        match word {
            "product" => self.listings.push(product(rest)),
            "page" => self.documents.push(page(rest)),
            "|" => {
                let document = self.documents.last_mut().expect("a page is open");
                document.text.push_str(rest);
                document.text.push('\n');
            }
            "ask" => self.questions.push(asked(rest)),
            "say" => {
                self.questions.push(Asked { goes_on: self.is_open, ..asked(rest) });
                self.is_open = true;
            }
            _ => self.of_product(word, rest),
        }
    }

    fn of_product(&mut self, word: &str, rest: &str) {
        let listing = self.listings.last_mut().expect("a product is open");
        match word {
            "has" => {
                let (label, values) = rest.split_once(" = ").expect("a label and values");
                let attribute = Attribute::parse(label, values.split(" | ")).expect("an attribute");
                listing.product.attributes.add(attribute);
            }
            "was" => {
                let offer = &mut listing.product.variants[0].offer;
                let price = offer.price.expect("a price stands in the line of the product");
                offer.sale = Some(Sale { price, from: None, until: None });
                offer.price = Money::parse(rest, None).ok();
            }
            "stock" => set_stock(&mut listing.product.variants[0].offer, rest),
            "choice" => choice(&mut listing.product, rest),
            "with" => {
                let (label, value) = rest.split_once(" = ").expect("a label and a value");
                let attribute = Attribute::parse(label, [value]).expect("an attribute");
                let variant = listing.product.variants.last_mut().expect("a variant is open");
                variant.attributes.add(attribute);
            }
            "answered" => {
                let (text, answer) = rest.split_once("? ").expect("a question and an answer");
                let id = format!("{}-q{}", listing.product.source_id, listing.questions.len());
                listing.questions.push(Question {
                    id: QuestionId::of(&[&id]),
                    product: ProductRef::source_id(&listing.product.source_id),
                    source_id: id,
                    text: format!("{text}?"),
                    asked: None,
                    answers: vec![CustomerAnswer {
                        text: answer.to_owned(),
                        author: String::new(),
                        is_staff: true,
                        answered: None,
                    }],
                });
            }
            "says" => listing.product.description = rest.to_owned(),
            "links" => {
                let (kind, ids) = rest.split_once(' ').expect("a kind and ids");
                let kind = LinkKind::parse(kind).expect("a kind of link");
                ids.split(' ').for_each(|id| listing.product.links.add(kind, id));
            }
            "review" => {
                let (stars, text) = rest.split_once(' ').expect("stars and a text");
                let (date, text) = match text.strip_prefix('@').and_then(|rest| rest.split_once(' ')) {
                    Some((date, text)) => (Some(date), text),
                    None => (None, text),
                };
                let id = format!("{}-r{}", listing.product.source_id, listing.reviews.len());
                listing.reviews.push(Review {
                    id: ReviewId::of(&[&id]),
                    source_id: id,
                    product: ProductRef::source_id(&listing.product.source_id),
                    rating: Some((stars.parse::<f32>().expect("stars") - 1.0) / 4.0),
                    title: String::new(),
                    text: text.to_owned(),
                    author: String::new(),
                    written: date.map(|date| format!("{date}T00:00:00Z").parse().expect("a date")),
                    is_verified: false,
                });
            }
            other => panic!("{other} opens no line"),
        }
    }
}

fn product(rest: &str) -> Listing {
    let parts: Vec<&str> = rest.split('|').map(str::trim).collect();
    let [id, title, brand, category, price] = parts[..] else { panic!("{rest} is no product") };
    let mut variant = Variant::new(id, id);
    variant.offer = Offer {
        price: Money::parse(price, None).ok(),
        availability: Availability::InStock,
        ..Offer::default()
    };
    variant.options = BTreeMap::new();
    Listing::from(Product {
        id: ProductId::of(&[id]),
        source_id: id.to_owned(),
        title: title.to_owned(),
        description: String::new(),
        brand: brand.to_owned(),
        categories: CategoryPath::parse(category, '>').into_iter().collect(),
        url: String::new(),
        images: Vec::new(),
        attributes: Attributes::new(),
        links: commerce::Links::default(),
        variants: vec![variant],
    })
}

/// `Size M out_of_stock 0`: a variant beside those that the product has, at its price.
fn choice(product: &mut Product, rest: &str) {
    let [key, value, stock] = rest.splitn(3, ' ').collect::<Vec<_>>()[..] else {
        panic!("{rest} is no choice")
    };
    let first = product.variants[0].clone();
    product.variants.retain(|variant| !variant.options.is_empty());
    let id = format!("{}-{value}", product.source_id);
    let mut variant = Variant::new(&id, &id);
    variant.offer = first.offer;
    variant.options.insert(key.to_lowercase(), value.to_owned());
    set_stock(&mut variant.offer, stock);
    product.variants.push(variant);
}

/// `in_stock 7`: whether it can be had, and how many pieces there are where the shop counts.
fn set_stock(offer: &mut Offer, rest: &str) {
    let (state, count) = rest.split_once(' ').map_or((rest, None), |(state, count)| (state, Some(count)));
    offer.availability = Availability::parse(state).expect("a state of stock");
    offer.stock = count.map(|count| count.parse().expect("a number of pieces"));
}

fn page(rest: &str) -> Document {
    let (kind, title) = rest.split_once('|').expect("a kind and a title");
    let kind = match kind.trim() {
        "returns" => DocumentKind::Returns,
        "shipping" => DocumentKind::Shipping,
        "payment" => DocumentKind::Payment,
        "faq" => DocumentKind::Faq,
        "warranty" => DocumentKind::Warranty,
        "page" => DocumentKind::Page,
        other => panic!("{other} is no kind of page"),
    };
    let title = title.trim();
    Document {
        id: DocumentId::of(&[title]),
        source_id: title.to_owned(),
        kind,
        title: title.to_owned(),
        text: String::new(),
        url: String::new(),
        products: ProductRef::default(),
        categories: Vec::new(),
    }
}

fn asked(rest: &str) -> Asked {
    let page = rest.strip_prefix('[').and_then(|rest| rest.split_once(']'));
    match page {
        Some((page, text)) => {
            Asked { page: Some(page.to_owned()), text: text.trim().to_owned(), ..Asked::default() }
        }
        None => Asked { text: rest.to_owned(), ..Asked::default() },
    }
}
