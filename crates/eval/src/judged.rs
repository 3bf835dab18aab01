//! The judgements, read from the folder `judged`; its `README.md` says what they mean.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use anyhow::Context;
use search::Language;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::catalog::Catalog;

const SEARCHES: &str = "searches.jsonl";
const QUESTIONS: &str = "questions.jsonl";
/// What is judged in other languages, in the order of [`TRANSLATED`].
const SEARCHES_IN: [&str; 3] = ["searches_de.jsonl", "searches_fr.jsonl", "searches_es.jsonl"];
const QUESTIONS_IN: [&str; 3] = ["questions_de.jsonl", "questions_fr.jsonl", "questions_es.jsonl"];
/// Languages that some judgements are translated to.
pub const TRANSLATED: [Language; 3] = [Language::German, Language::French, Language::Spanish];
const COMPARISONS: &str = "comparisons.jsonl";
const DECISIONS: &str = "decisions.jsonl";
const SUITABILITY: &str = "suitability.jsonl";

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

/// A search or question as somebody would write it in another language; what is right is what is right in English.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Translated {
    /// In English, as it is judged.
    of: String,
    /// In the language of the file.
    text: String,
}

/// A comparison with what has to stand in its table.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JudgedComparison {
    /// The shopper's words.
    pub question: String,
    /// Source ids of products that the shopper chose.
    #[serde(default)]
    pub chosen: Vec<String>,
    /// Source ids of products that were shown before.
    #[serde(default)]
    pub shown: Vec<String>,
    /// The shopper's language tag.
    pub locale: Option<String>,
    /// Source ids of the products that are meant, in their order.
    pub columns: Vec<String>,
    /// What single cells say.
    pub cells: Vec<JudgedCell>,
    /// Who is ahead in single rows.
    pub ahead: Vec<JudgedRow>,
}

/// What a cell says.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JudgedCell {
    /// The label or the key of the row.
    pub row: String,
    /// The source id of the product.
    pub product: String,
    /// One of these stands in it; empty where the store does not state it.
    pub any_of: Vec<String>,
}

/// Who is ahead in a row.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JudgedRow {
    /// The label or the key of the row.
    pub row: String,
    /// Source ids; empty where nothing says which way is better.
    pub products: Vec<String>,
}

/// A decision with what follows from dominance or from the weights that are stated.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JudgedDecision {
    /// The shopper's words.
    pub question: String,
    /// Source ids of products that the shopper chose.
    #[serde(default)]
    pub chosen: Vec<String>,
    /// Source ids of products that were shown before.
    #[serde(default)]
    pub shown: Vec<String>,
    /// Weights that the shopper moved.
    #[serde(default)]
    pub weights: BTreeMap<String, f64>,
    /// Source ids of the products that are a right pick.
    pub best: Vec<String>,
    /// The source id of the product to save money with, where that is judged.
    pub save: Option<String>,
}

/// A question on what suits, with the verdicts, the needs and the goods that follow.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JudgedSuitability {
    /// The shopper's words.
    pub question: String,
    /// The source id of the product on whose page the shopper is.
    #[serde(default)]
    pub page: Option<String>,
    /// Source ids of products that were shown before.
    #[serde(default)]
    pub shown: Vec<String>,
    /// From the source id of a product to the verdicts that are right: `suits`, `reservations`, `unsuitable`, `unknown`.
    /// Empty where goods are looked for.
    pub verdicts: BTreeMap<String, Vec<String>>,
    /// Labels of needs that have to be named.
    pub needs: Vec<String>,
    /// Source ids one of which has to come first.
    #[serde(default)]
    pub first: Vec<String>,
    /// Source ids that have to come.
    #[serde(default)]
    pub shows: Vec<String>,
    /// Source ids that must not come.
    #[serde(default)]
    pub never: Vec<String>,
    /// Whether it is no question on what suits, and another reasoner has to answer.
    #[serde(default)]
    pub is_other: bool,
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

/// The judged searches of a store that are translated to a language; in English all of them.
pub fn searches_in(catalog: Catalog, language: Language) -> anyhow::Result<Vec<JudgedSearch>> {
    let judged = searches(catalog)?;
    let Some(place) = TRANSLATED.iter().position(|known| *known == language) else { return Ok(judged) };
    let translated: Vec<Translated> = read_if_there(catalog, SEARCHES_IN[place])?;
    let find = |own: Translated| {
        let of = judged.iter().find(|search| search.query == own.of);
        let of = of.with_context(|| format!("no judged search is \"{}\"", own.of))?;
        Ok(JudgedSearch { query: own.text, ..of.clone() })
    };
    translated.into_iter().map(find).collect()
}

/// The judged questions of a store that are translated to a language; in English all of them.
pub fn questions_in(catalog: Catalog, language: Language) -> anyhow::Result<Vec<JudgedQuestion>> {
    let judged = questions(catalog)?;
    let Some(place) = TRANSLATED.iter().position(|known| *known == language) else { return Ok(judged) };
    let translated: Vec<Translated> = read_if_there(catalog, QUESTIONS_IN[place])?;
    let find = |own: Translated| {
        let of = judged.iter().find(|question| question.question == own.of);
        let of = of.with_context(|| format!("no judged question is \"{}\"", own.of))?;
        Ok(JudgedQuestion { question: own.text, ..of.clone() })
    };
    translated.into_iter().map(find).collect()
}

/// The judged comparisons of a store; none where none were written.
pub fn comparisons(catalog: Catalog) -> anyhow::Result<Vec<JudgedComparison>> {
    read_if_there(catalog, COMPARISONS)
}

/// The judged decisions of a store; none where none were written.
pub fn decisions(catalog: Catalog) -> anyhow::Result<Vec<JudgedDecision>> {
    read_if_there(catalog, DECISIONS)
}

/// The judged questions on what suits of a store; none where none were written.
pub fn suitability(catalog: Catalog) -> anyhow::Result<Vec<JudgedSuitability>> {
    read_if_there(catalog, SUITABILITY)
}

fn read_if_there<T: DeserializeOwned>(catalog: Catalog, file: &'static str) -> anyhow::Result<Vec<T>> {
    let is_there = catalog == Catalog::Demo || path(catalog, file).is_file();
    if is_there { read(catalog, file) } else { Ok(Vec::new()) }
}

fn path(catalog: Catalog, file: &str) -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/judged")).join(catalog.as_str()).join(file)
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
        (Catalog::Demo, COMPARISONS) => {
            Ok((file.to_owned(), include_str!("../judged/demo/comparisons.jsonl").into()))
        }
        (Catalog::Demo, DECISIONS) => {
            Ok((file.to_owned(), include_str!("../judged/demo/decisions.jsonl").into()))
        }
        (Catalog::Demo, SUITABILITY) => {
            Ok((file.to_owned(), include_str!("../judged/demo/suitability.jsonl").into()))
        }
        (Catalog::Demo, file) if built_in(file).is_some() => {
            Ok((file.to_owned(), built_in(file).unwrap_or_default().into()))
        }
        _ => {
            let path = path(catalog, file);
            let text =
                fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))?;
            Ok((path.display().to_string(), text.into()))
        }
    }
}

/// The translated judgements of the built-in store.
fn built_in(file: &str) -> Option<&'static str> {
    Some(match file {
        "searches_de.jsonl" => include_str!("../judged/demo/searches_de.jsonl"),
        "searches_fr.jsonl" => include_str!("../judged/demo/searches_fr.jsonl"),
        "searches_es.jsonl" => include_str!("../judged/demo/searches_es.jsonl"),
        "questions_de.jsonl" => include_str!("../judged/demo/questions_de.jsonl"),
        "questions_fr.jsonl" => include_str!("../judged/demo/questions_fr.jsonl"),
        "questions_es.jsonl" => include_str!("../judged/demo/questions_es.jsonl"),
        _ => return None,
    })
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
    fn every_translation_is_of_something_that_is_judged() {
        for (catalog, language) in Catalog::judged().into_iter().flat_map(|c| TRANSLATED.map(|l| (c, l))) {
            searches_in(catalog, language).unwrap();
            questions_in(catalog, language).unwrap();
        }
    }

    #[test]
    fn there_is_enough_to_judge_by_and_a_quarter_cannot_be_answered() {
        let all: Vec<_> = Catalog::judged().into_iter().flat_map(|c| questions(c).unwrap()).collect();
        let unanswerable = all.iter().filter(|question| !question.is_answerable).count();
        assert!(all.len() >= 120 && unanswerable * 4 >= all.len());
    }
}
