//! What is written keeps to the schema that is published.

use serde_json::{Value, to_value};

use crate::values::{ask_reply, claim, search_reply};

fn check(name: &str, value: &Value) {
    let schemas = wire::schemas();
    let (_, schema) = schemas.iter().find(|(known, _)| *known == name).unwrap();
    let validator = jsonschema::validator_for(schema).unwrap();
    let errors: Vec<String> =
        validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{name}: {errors:#?}\n{value:#}");
}

#[test]
fn replies_keep_to_their_schemas() {
    check("search-reply", &to_value(search_reply()).unwrap());
    check("ask-reply", &to_value(ask_reply()).unwrap());
    check("stream-part", &to_value(wire::Part::DataClaim { id: "claim-0".into(), data: claim() }).unwrap());
    check("stream-part", &to_value(wire::Part::Finish {}).unwrap());
}

#[test]
fn the_published_schemas_are_those_of_the_types() {
    for (name, schema) in wire::schemas() {
        let published = match name {
            "ask-reply" => include_str!("../../../../docs/schema/ask-reply.json"),
            "ask-request" => include_str!("../../../../docs/schema/ask-request.json"),
            "doctor-report" => include_str!("../../../../docs/schema/doctor-report.json"),
            "fact-edit" => include_str!("../../../../docs/schema/fact-edit.json"),
            "memory" => include_str!("../../../../docs/schema/memory.json"),
            "import-report" => include_str!("../../../../docs/schema/import-report.json"),
            "model-list" => include_str!("../../../../docs/schema/model-list.json"),
            "problem" => include_str!("../../../../docs/schema/problem.json"),
            "product-reply" => include_str!("../../../../docs/schema/product-reply.json"),
            "review" => include_str!("../../../../docs/schema/review.json"),
            "review-list" => include_str!("../../../../docs/schema/review-list.json"),
            "review-verdict" => include_str!("../../../../docs/schema/review-verdict.json"),
            "search-reply" => include_str!("../../../../docs/schema/search-reply.json"),
            "shop-reply" => include_str!("../../../../docs/schema/shop-reply.json"),
            "stream-part" => include_str!("../../../../docs/schema/stream-part.json"),
            _ => panic!("{name} is not published"),
        };
        assert!(published == format!("{schema:#}\n"), "{name} has changed: run `cargo xtask gen`");
    }
}
