//! Summaries of reviews, beside those that people wrote of the same reviews.
//!
//! A file has a line for each product: its category and id, eight reviews, three summaries and the eight ratings, with tabs
//! between. Each product is asked about on its page. Besides ROUGE it is checked, apart from the code that wrote the answer,
//! that every clause is supported: that it has evidence, that its counts are those of the reviewers behind it, and that its
//! quotes stand in their reviews letter by letter; and that no summary leans against the stars.

use std::collections::BTreeSet;

use assistant::{Answer, Ask, Claim, Polarity, Predicate, Snapshot};
use commerce::{CategoryPath, Listing, Product, ProductId, ProductRef, Review, ReviewId, Variant};
use search::{Directories, IndexWriter, Lexicon, WriterOptions};

use crate::metric::{mean, rouge, share};

/// Reviews and reference summaries of a product.
const REVIEWS: usize = 8;
const REFERENCES: usize = 3;
/// Words of a summary.
const WORDS: std::ops::RangeInclusive<usize> = 60..=90;
/// Means from here on praise, and up to here fault.
const PRAISES: f32 = 3.5;
const FAULTS: f32 = 2.5;

/// The scores of a file.
#[derive(Clone, Debug, Default)]
pub struct SummaryScores {
    /// How many products there are.
    pub count: usize,
    /// ROUGE-1, ROUGE-2 and ROUGE-L as F1, the mean over references and products.
    pub rouge: [f64; 3],
    /// The same of one review as a summary, taken at random by its place.
    pub of_a_review: [f64; 3],
    /// Share of clauses that are supported.
    pub support: f64,
    /// How many clauses there are.
    pub clauses: usize,
    /// Share of summaries that do not lean against the stars.
    pub balance: f64,
    /// Share of summaries of 60 to 90 words.
    pub length: f64,
    /// Clauses without support, and summaries that lean against the stars.
    pub failures: Vec<String>,
}

struct Entry {
    id: String,
    category: String,
    reviews: Vec<String>,
    references: Vec<String>,
    stars: Vec<f32>,
}

/// Asks about every product of a file.
pub fn run(text: &str) -> anyhow::Result<SummaryScores> {
    let entries: Vec<Entry> = text.lines().skip(1).filter_map(entry).collect();
    let mut writer = IndexWriter::create(Directories::in_memory(), WriterOptions::default())?;
    for entry in &entries {
        writer.upsert(&listing(entry), None)?;
    }
    let index = writer.commit(1)?;
    let lexicon = Lexicon::builtin(index.language());
    let view = Snapshot::new(index, lexicon)?;
    let mut scores = SummaryScores { count: entries.len(), ..SummaryScores::default() };
    let (mut own, mut single): (Vec<[f64; 3]>, Vec<[f64; 3]>) = (Vec::new(), Vec::new());
    let (mut supported, mut balanced, mut fitting) = (0, 0, 0);
    for (place, entry) in entries.iter().enumerate() {
        let ask = Ask {
            text: "What do reviewers say about it?".to_owned(),
            product: Some(entry.id.clone()),
            ..Ask::default()
        };
        let reply = assistant::ask(&view, &ask)?;
        let text = reply.text();
        own.extend(entry.references.iter().map(|reference| rouge(&text, reference)));
        let review = &entry.reviews[place % REVIEWS];
        single.extend(entry.references.iter().map(|reference| rouge(review, reference)));
        for clause in reply.prose.iter().filter(|clause| !clause.is_frame) {
            let is_supported = !clause.claims.is_empty()
                && clause.claims.iter().all(|place| {
                    reply.answer.claims.get(*place).is_some_and(|claim| stands(&reply.answer, claim))
                });
            scores.clauses += 1;
            supported += usize::from(is_supported);
            if !is_supported {
                scores.failures.push(format!("{}: {}", entry.id, clause.text));
            }
        }
        let leans = is_balanced(&reply.answer, &entry.stars);
        balanced += usize::from(leans);
        fitting += usize::from(WORDS.contains(&text.split_whitespace().count()));
        if !leans {
            scores.failures.push(format!("{} leans against {:?}: {text}", entry.id, entry.stars));
        }
    }
    let means = |all: &[[f64; 3]]| [0, 1, 2].map(|place| mean(all.iter().map(|scores| scores[place])));
    (scores.rouge, scores.of_a_review) = (means(&own), means(&single));
    scores.support = share(supported, scores.clauses);
    (scores.balance, scores.length) = (share(balanced, scores.count), share(fitting, scores.count));
    Ok(scores)
}

fn entry(line: &str) -> Option<Entry> {
    let cells: Vec<&str> = line.split('\t').map(|cell| cell.trim().trim_matches('"')).collect();
    if cells.len() < 2 + REVIEWS + REFERENCES + REVIEWS {
        return None;
    }
    let owned = |from: usize, count: usize| cells[from..from + count].iter().map(|cell| (*cell).to_owned());
    let ratings = &cells[2 + REVIEWS + REFERENCES..][..REVIEWS];
    Some(Entry {
        id: cells[1].to_owned(),
        category: cells[0].to_owned(),
        reviews: owned(2, REVIEWS).collect(),
        references: owned(2 + REVIEWS, REFERENCES).collect(),
        stars: ratings.iter().filter_map(|cell| cell.parse().ok()).collect(),
    })
}

fn listing(entry: &Entry) -> Listing {
    let mut listing = Listing::from(Product {
        id: ProductId::of(&[&entry.id]),
        source_id: entry.id.clone(),
        title: entry.id.clone(),
        description: String::new(),
        brand: String::new(),
        categories: CategoryPath::parse(&entry.category, '>').into_iter().collect(),
        url: String::new(),
        images: Vec::new(),
        attributes: commerce::Attributes::new(),
        links: commerce::Links::default(),
        variants: vec![Variant::new(&entry.id, &entry.id)],
    });
    for (place, text) in entry.reviews.iter().enumerate() {
        let id = format!("{}-{place}", entry.id);
        listing.reviews.push(Review {
            id: ReviewId::of(&[&id]),
            source_id: id,
            product: ProductRef::source_id(&entry.id),
            rating: entry.stars.get(place).map(|stars| (stars - 1.0) / 4.0),
            title: String::new(),
            text: text.clone(),
            author: String::new(),
            written: None,
            is_verified: false,
        });
    }
    listing
}

/// Whether a claim has evidence, counts as many reviewers as stand behind it, and quotes what they wrote.
pub fn stands(answer: &Answer, claim: &Claim) -> bool {
    let rows: Vec<_> = answer.evidence.iter().filter(|row| claim.evidence.contains(&row.id)).collect();
    let reviewers: BTreeSet<&str> = rows.iter().map(|row| row.source.as_str()).collect();
    let says = |quote: &String| rows.iter().any(|row| row.quote.contains(quote.as_str()));
    let counts = |count: u32| reviewers.len() == count as usize;
    !rows.is_empty()
        && match &claim.predicate {
            Predicate::Aspect { agree, disagree, mixed, quotes, .. } => {
                counts(agree + disagree + mixed) && quotes.iter().all(says)
            }
            Predicate::Spread { stars, .. } => counts(stars.iter().sum()),
            Predicate::Quote { quote, .. } => says(quote),
            Predicate::Selected { count, .. } => counts(*count),
            Predicate::Trend { before, recent, .. } => counts(before.1 + recent.1),
            _ => true,
        }
}

/// Whether the clauses behind the stars lean with them.
fn is_balanced(answer: &Answer, stars: &[f32]) -> bool {
    let mean = stars.iter().sum::<f32>() / stars.len().max(1) as f32;
    let told = answer.claims.iter().filter(|claim| !matches!(claim.predicate, Predicate::Spread { .. }));
    let (praise, fault) = told.fold((0, 0), |(praise, fault), claim| match claim.polarity {
        Polarity::Positive => (praise + 1, fault),
        Polarity::Negative => (praise, fault + 1),
        _ => (praise, fault),
    });
    match mean {
        mean if mean >= PRAISES => praise >= fault,
        mean if mean <= FAULTS => fault >= praise,
        _ => true,
    }
}
