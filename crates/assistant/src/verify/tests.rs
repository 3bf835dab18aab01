use commerce::EvidenceId;

use super::*;
use crate::claim::{Answer, Claim, Polarity, Predicate, Support};
use crate::phrase::phrasing;
use crate::request::{Context, Focus, Form, Intent};

fn request() -> Request {
    Request {
        reading: crate::gloss::Reading::default(),
        text: "Is it warm and what does it cost?".to_owned(),
        language: "en".to_owned(),
        intent: Intent::Answer,
        is_below_page: false,
        set: crate::request::Set::default(),
        offers: Vec::new(),
        products: Vec::new(),
        need: search::Understood::default(),
        focus: Focus { form: Form::Open, ..Focus::default() },
        restated: None,
        context: Context::default(),
        reviews: None,
        place: crate::Place::default(),
        basket: None,
        relation: None,
        mate: String::new(),
    }
}

fn claim(predicate: Predicate) -> Claim {
    Claim {
        subject: None,
        predicate,
        polarity: Polarity::Neutral,
        support: Support::Stated,
        evidence: vec![EvidenceId::of(&["x"])],
        confidence: 1.0,
    }
}

fn answer() -> Answer {
    let material = Predicate::Attribute { label: "Material".to_owned(), values: vec!["Wool".to_owned()] };
    let price = Predicate::Price { price: "$52.00".to_owned(), regular: None };
    Answer { claims: vec![claim(material), claim(price)], ..Answer::default() }
}

/// What is told when a model writes this text.
fn check(text: &str, expected: &[&str], rejected: usize) {
    let (request, answer) = (request(), answer());
    let phrasing = phrasing(&request, &answer).unwrap();
    let templates: Vec<Clause> = answer
        .claims
        .iter()
        .enumerate()
        .map(|(place, claim)| Clause {
            text: crate::compose::sentence(
                crate::voice::Voice::default(),
                claim,
                &mut crate::compose::Told::default(),
            ),
            claims: vec![place],
            is_frame: false,
        })
        .collect();
    let verified = verify(&request, &phrasing, &templates, text);
    let told: Vec<&str> = verified.clauses.iter().map(|clause| clause.text.as_str()).collect();
    assert_eq!((told, verified.rejected), (expected.to_vec(), rejected), "{text}");
}

#[test]
fn facts_are_filled_into_a_models_sentences() {
    check(
        r#"{"sentences":[{"claims":[2],"text":"The price is {2a}."},{"claims":[1],"text":"So it is made of {1a}."}]}"#,
        &["The price is $52.00.", "So it is made of Wool."],
        0,
    );
}

#[test]
fn a_sentence_with_a_number_a_new_word_or_a_denial_is_replaced() {
    let templates = ["It is made of Wool.", "It costs $52.00."];
    check(r#"{"sentences":[{"claims":[2],"text":"It costs {2a}, 20 less."}]}"#, &templates, 1);
    check(r#"{"sentences":[{"claims":[1],"text":"The material is waterproof {1a}."}]}"#, &templates, 1);
    check(r#"{"sentences":[{"claims":[1],"text":"The material is not {1a}."}]}"#, &templates, 1);
    check(r#"{"sentences":[{"claims":[1],"text":"The material is wool."}]}"#, &templates, 1);
    check(r#"{"sentences":[{"claims":[7],"text":"It is {7a}."}]}"#, &templates, 1);
}

#[test]
fn what_is_no_json_leaves_the_templates() {
    check("I think you should buy it!", &["It is made of Wool.", "It costs $52.00."], 0);
    check("", &["It is made of Wool.", "It costs $52.00."], 0);
}

#[test]
fn a_claim_is_told_once() {
    check(
        r#"{"sentences":[{"claims":[2],"text":"The price is {2a}."},{"claims":[2],"text":"The cost is {2a}."}]}"#,
        &["The price is $52.00.", "It is made of Wool."],
        1,
    );
}

proptest::proptest! {
    #[test]
    fn no_text_of_a_model_makes_it_panic_or_lose_a_claim(text in ".*") {
        let (request, answer) = (request(), answer());
        let phrasing = phrasing(&request, &answer).unwrap();
        let templates = [Clause { text: "a".to_owned(), claims: vec![0], is_frame: false }, Clause { text: "b".to_owned(), claims: vec![1], is_frame: false }];
        let verified = verify(&request, &phrasing, &templates, &text);
        proptest::prop_assert_eq!(verified.clauses.len(), 2);
    }
}
