//! schema.org data as JSON-LD in the scripts of a page.
//!
//! Read are Product and ProductGroup with their offers, reviews and ratings, FAQPage and MerchantReturnPolicy, at the
//! top of a script, in a `@graph`, or as what a page or list is about. Scripts of one page may refer to each other by
//! `@id`. Whatever else stands there is passed over.

use serde_json::Value;

use crate::html_page::Page;
use crate::output::{Output, Place};
use crate::{DiagnosticCode, Severity};

mod faq;
mod graph;
mod offer;
mod product;
mod return_policy;
mod review;
mod unit_code_table;

use graph::{Graph, Node};

/// What the structured data of a page told.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// The source ids of its products.
    pub(crate) products: Vec<String>,
    /// Its questions and answers, each as a text.
    pub(crate) faq_texts: Vec<String>,
    /// What its reviews say.
    pub(crate) review_texts: Vec<String>,
}

/// Reads the structured data of a page.
pub(crate) fn read(scripts: &[&str], page: &Page, output: &mut Output<'_>) -> Found {
    let values: Vec<Value> = scripts.iter().filter_map(|script| parse(script, page, output)).collect();
    let graph = Graph::of(&values);
    let entities = graph.entities();
    let of_type = |wanted: &'static [&'static str]| {
        entities.iter().copied().filter(move |node| wanted.iter().any(|name| node.is(name)))
    };
    let nodes: Vec<Node<'_>> =
        of_type(&["Product", "ProductGroup", "IndividualProduct", "ProductModel"]).collect();
    let mut found = Found { products: product::read(&nodes, &entities, page, output), ..Found::default() };
    values.iter().for_each(|value| review::texts(value, &mut found.review_texts));
    for node in of_type(&["Review", "UserReview", "CriticReview"]) {
        review::read_alone(&node, page, output);
    }
    let only_product = match found.products.as_slice() {
        [only] => Some(only.as_str()),
        _ => None,
    };
    for node in of_type(&["FAQPage", "QAPage"]) {
        found.faq_texts.extend(faq::read(&node, only_product, page, output));
    }
    for node in of_type(&["MerchantReturnPolicy"]) {
        return_policy::read(&node, page, output);
    }
    found
}

/// The JSON with a space for each comma that only a closing bracket follows.
fn without_last_commas(json: String) -> String {
    let mut bytes = json.into_bytes();
    let (mut is_string, mut is_escaped, mut comma) = (false, false, None);
    for place in 0..bytes.len() {
        match bytes[place] {
            b'"' if !is_escaped => (is_string, comma) = (!is_string, None),
            b',' if !is_string => comma = Some(place),
            b']' | b'}' if !is_string => {
                if let Some(comma) = comma.take() {
                    bytes[comma] = b' ';
                }
            }
            b' ' => {}
            _ => comma = None,
        }
        is_escaped = is_string && !is_escaped && bytes[place] == b'\\';
    }
    String::from_utf8(bytes).unwrap_or_default()
}

/// A script as JSON. Line breaks inside strings and commas behind the last entry, which are no JSON, are read as spaces,
/// and so are the marks that hide a script from old browsers.
fn parse(script: &str, page: &Page, output: &mut Output<'_>) -> Option<Value> {
    let script = script.trim().trim_start_matches("<!--").trim_end_matches("-->");
    let script = script
        .trim()
        .trim_start_matches("//<![CDATA[")
        .trim_end_matches("//]]>")
        .trim()
        .trim_end_matches(';');
    if script.is_empty() {
        return None;
    }
    let read = serde_json::from_str(script).or_else(|_| {
        let clean: String = script.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        serde_json::from_str(&clean).or_else(|_| serde_json::from_str(&without_last_commas(clean)))
    });
    match read {
        Ok(value) => Some(value),
        Err(error) => {
            output.diagnose(
                Severity::Warning,
                DiagnosticCode::Malformed,
                Place {
                    record: Some(&page.source_id),
                    field: Some("application/ld+json"),
                    ..Place::default()
                },
                format!("the structured data of the page is no JSON: {error}"),
                "check the page with a validator for structured data",
            );
            None
        }
    }
}
