//! The judgements, read from the folder `judged`; its `README.md` says what they mean.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use anyhow::Context;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::catalog::Catalog;

const SEARCHES: &str = "searches.jsonl";
const QUESTIONS: &str = "questions.jsonl";

/// A search with all products that are right for it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JudgedSearch {
    /// The shopper's words.
    pub query: String,
    /// What makes it hard, such as `negation`.
    pub kind: String,
    /// From the source id of a product to its gain, from 1 to 3.
    pub relevant: BTreeMap<String, u32>,
    /// Why a judgement is as it is, where that is not plain.
    #[serde(default)]
    pub note: String,
}

/// A question with what a right answer says.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JudgedQuestion {
    /// The shopper's words.
    pub question: String,
    /// The source id of the product that it is about; `None` for the shop, or for several products.
    pub product: Option<String>,
    /// Whether the shopper is on the page of that product. Otherwise the question has to name it.
    pub page: bool,
    /// Where the answer stands, such as `review`.
    pub kind: String,
    /// Whether the store's data says it.
    #[serde(rename = "answerable")]
    pub is_answerable: bool,
    /// What a right answer says; blank for a question that cannot be answered.
    pub expect: Expected,
}

/// What a right answer says.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expected {
    /// One of these stands in it; empty where yes or no is all.
    pub any_of: Vec<String>,
    /// None of these stands in it.
    pub none_of: Vec<String>,
    /// Yes or no, where the question is one and the evidence is not divided.
    pub polarity: Option<YesNo>,
    /// A quotation that supports the answer holds one of these.
    pub evidence_contains: Vec<String>,
}

/// Yes or no.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum YesNo {
    /// Yes.
    Yes,
    /// No.
    No,
}

/// The judged searches of a store.
pub fn searches(catalog: Catalog) -> anyhow::Result<Vec<JudgedSearch>> {
    read(catalog, SEARCHES)
}

/// The judged questions of a store.
pub fn questions(catalog: Catalog) -> anyhow::Result<Vec<JudgedQuestion>> {
    read(catalog, QUESTIONS)
}

fn read<T: DeserializeOwned>(catalog: Catalog, file: &'static str) -> anyhow::Result<Vec<T>> {
    let (name, text) = text(catalog, file)?;
    let lines = text.lines().enumerate();
    lines
        .map(|(place, line)| serde_json::from_str(line).with_context(|| format!("{name}:{}", place + 1)))
        .collect()
}

/// The judgements of the built-in store are built in as well; those of others stand in the source tree.
fn text(catalog: Catalog, file: &'static str) -> anyhow::Result<(String, Cow<'static, str>)> {
    match (catalog, file) {
        (Catalog::Demo, SEARCHES) => {
            Ok((file.to_owned(), include_str!("../judged/demo/searches.jsonl").into()))
        }
        (Catalog::Demo, QUESTIONS) => {
            Ok((file.to_owned(), include_str!("../judged/demo/questions.jsonl").into()))
        }
        _ => {
            let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/judged"));
            let path = folder.join(catalog.as_str()).join(file);
            let text =
                fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))?;
            Ok((path.display().to_string(), text.into()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_judgement_can_be_read_and_is_of_use() {
        for catalog in Catalog::judged() {
            for search in searches(catalog).unwrap() {
                assert!(!search.relevant.is_empty(), "{}", search.query);
                assert!(search.relevant.values().all(|gain| (1..=3).contains(gain)), "{}", search.query);
            }
            for question in questions(catalog).unwrap() {
                let expect = &question.expect;
                let is_testable = !expect.any_of.is_empty() || expect.polarity.is_some();
                assert_eq!(is_testable, question.is_answerable, "{}", question.question);
                assert_eq!(!expect.evidence_contains.is_empty(), question.is_answerable);
                assert!(!question.page || question.product.is_some(), "{}", question.question);
            }
        }
    }

    #[test]
    fn there_is_enough_to_judge_by_and_a_quarter_cannot_be_answered() {
        let all: Vec<_> = Catalog::judged().into_iter().flat_map(|c| questions(c).unwrap()).collect();
        let unanswerable = all.iter().filter(|question| !question.is_answerable).count();
        assert!(all.len() >= 120 && unanswerable * 4 >= all.len());
    }
}
