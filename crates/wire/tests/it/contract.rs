//! The replies as JSON, letter by letter.

use serde_json::{Value, to_value};
use wire::{AskRequest, Citation, ErrorCode, Part, Problem};

use crate::values::{ask_reply, claim, evidence, search_reply};

fn keys(value: &Value) -> String {
    value.as_object().unwrap().keys().cloned().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_search_reply_has_the_fields_that_programs_rely_on() {
    let reply = to_value(search_reply()).unwrap();
    insta::assert_snapshot!(keys(&reply), @"query understood hits total facets relaxed next_cursor timings_ms");
    insta::assert_snapshot!(reply["hits"][0], @r#"{"id":"prd_pbvewkg6qg7yrwbt","source_id":"T-1","title":"Ridge Tent","variant":{"source_id":"T-1-MOSS","title":"Moss"},"price":{"amount_minor":9900,"currency":"USD"},"regular_price":{"amount_minor":12900,"currency":"USD"},"availability":"in_stock","rating":{"stars":4.5,"count":12},"url":"https://shop.example/t-1","image":"/images/ab.svg","score":1.5}"#);
    insta::assert_snapshot!(reply["understood"], @r#"{"constraints":[{"field":"price","test":"at_most","max":10000.0,"negated":false,"words":"under $100"}],"preferences":[],"text":"tent","corrections":[],"unknown":[]}"#);
    insta::assert_snapshot!(reply["facets"], @r#"{"color":{"label":"Colour","values":[{"value":"Moss","count":3}],"range":null},"price":{"label":"Price","values":[],"range":{"min":9900.0,"max":12900.0}}}"#);
    insta::assert_snapshot!(reply["timings_ms"], @r#"{"total":1.25}"#);
}

#[test]
fn an_ask_reply_has_the_fields_that_programs_rely_on() {
    let reply = to_value(ask_reply()).unwrap();
    insta::assert_snapshot!(keys(&reply), @"session language intent text claims evidence products abstained missing looked_at relaxed follow_ups model timings_ms");
    insta::assert_snapshot!(reply["claims"], @r#"[{"text":"It weighs 1.9 kg.","product":"prd_pbvewkg6qg7yrwbt","polarity":"neutral","support":"stated","evidence":["evd_wh8j2hcezxg6xj3g"]}]"#);
    insta::assert_snapshot!(reply["evidence"], @r#"[{"id":"evd_wh8j2hcezxg6xj3g","kind":"attribute","product":"prd_pbvewkg6qg7yrwbt","source":"weight","quote":"Weight: 1.9 kg","context":"Weight"}]"#);
    insta::assert_snapshot!(keys(&reply["products"][0]), @"id source_id title variant price regular_price availability rating url image score reason");
    insta::assert_snapshot!(reply["model"], @r#"{"name":"none","tokens_in":0,"tokens_out":0}"#);
    insta::assert_snapshot!(reply["timings_ms"], @r#"{"first_part":2.5,"total":3.5}"#);
}

#[test]
fn parts_are_those_of_the_ui_message_stream() {
    let parts = [
        Part::Start { message_id: "msg_1".into(), message_metadata: Default::default() },
        Part::TextStart { id: "text".into() },
        Part::TextDelta { id: "text".into(), delta: "It weighs 1.9 kg.".into() },
        Part::DataClaim { id: "claim-0".into(), data: claim() },
        Part::SourceDocument {
            source_id: "evd_1".into(),
            media_type: "text/plain".into(),
            title: "Weight: 1.9 kg".into(),
        },
        Part::DataCitation {
            data: Citation {
                text_id: "text".into(),
                start: 0,
                end: 17,
                claims: vec![0],
                evidence: vec![evidence().id],
            },
        },
        Part::TextEnd { id: "text".into() },
        Part::Error { error_text: "It stopped.".into() },
        Part::Finish {},
    ];
    let lines: Vec<String> = parts.iter().map(|part| to_value(part).unwrap().to_string()).collect();
    insta::assert_snapshot!(lines.join("\n"), @r#"
    {"type":"start","messageId":"msg_1","messageMetadata":{"session":"","language":"","intent":""}}
    {"type":"text-start","id":"text"}
    {"type":"text-delta","id":"text","delta":"It weighs 1.9 kg."}
    {"type":"data-claim","id":"claim-0","data":{"text":"It weighs 1.9 kg.","product":"prd_pbvewkg6qg7yrwbt","polarity":"neutral","support":"stated","evidence":["evd_wh8j2hcezxg6xj3g"]}}
    {"type":"source-document","sourceId":"evd_1","mediaType":"text/plain","title":"Weight: 1.9 kg"}
    {"type":"data-citation","data":{"text_id":"text","start":0,"end":17,"claims":[0],"evidence":["evd_wh8j2hcezxg6xj3g"]}}
    {"type":"text-end","id":"text"}
    {"type":"error","errorText":"It stopped."}
    {"type":"finish"}
    "#);
}

#[test]
fn a_problem_names_its_code_and_whether_to_try_again() {
    let problem = Problem::new(ErrorCode::Overloaded, "32 answers are under way.", "req_1");
    insta::assert_snapshot!(to_value(problem).unwrap(), @r#"{"type":"urn:russet:error:overloaded","title":"Too many requests at once","status":429,"detail":"32 answers are under way.","code":"overloaded","retryable":true,"request_id":"req_1"}"#);
}

#[test]
fn the_word_of_a_code_is_its_json() {
    for code in ErrorCode::ALL {
        assert_eq!(to_value(code).unwrap(), Value::String(code.word()));
    }
}

#[test]
fn the_question_is_the_text_or_the_last_message_of_the_user() {
    let question = |body: &str| serde_json::from_str::<AskRequest>(body).unwrap().question();
    assert_eq!(question(r#"{"text":" Is it warm? "}"#).as_deref(), Some("Is it warm?"));
    assert_eq!(question(r#"{"text":"  "}"#), None);
    assert_eq!(question("{}"), None);
    let messages = r#"{"id":"chat1","trigger":"submit-message","messages":[
        {"id":"a","role":"user","parts":[{"type":"text","text":"Hello"}]},
        {"id":"b","role":"assistant","parts":[{"type":"text","text":"Hi"},{"type":"data-product","data":{}}]},
        {"id":"c","role":"user","parts":[{"type":"text","text":"Is it"},{"type":"text","text":"warm?"}]}]}"#;
    assert_eq!(question(messages).as_deref(), Some("Is it warm?"));
}
