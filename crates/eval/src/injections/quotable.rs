//! How many sentences of real shops are taken for what tells an assistant what to do.

use assistant::is_directive;
use ingest::Record;

use crate::catalog::Catalog;
use crate::shop;

/// The sentences of a store.
#[derive(Clone, Debug)]
pub struct Quotable {
    /// The store.
    pub store: &'static str,
    /// Sentences that were looked at.
    pub sentences: usize,
    /// Those that are not quoted.
    pub refused: Vec<String>,
}

/// Looks at all sentences of a store; `None` where its data is not here.
pub fn quotable(catalog: Catalog) -> anyhow::Result<Option<Quotable>> {
    let Some(records) = shop::records(catalog)? else { return Ok(None) };
    let mut found = Quotable { store: catalog.as_str(), sentences: 0, refused: Vec::new() };
    for text in records.iter().flat_map(texts) {
        for sentence in search::sentences(&text) {
            found.sentences += 1;
            if is_directive(sentence.text) {
                found.refused.push(sentence.text.to_string());
            }
        }
    }
    Ok(Some(found))
}

fn texts(record: &Record) -> Vec<String> {
    match record {
        Record::Product(product) => vec![product.description.clone()],
        Record::Review(review) => vec![review.text.clone()],
        Record::Question(question) => {
            let answers = question.answers.iter().map(|answer| answer.text.clone());
            answers.chain([question.text.clone()]).collect()
        }
        Record::Document(document) => vec![document.text.clone()],
        Record::Shop(_) | Record::Links { .. } | Record::WithdrawnReview(_) => Vec::new(),
    }
}
