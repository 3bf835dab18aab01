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

/// The schemas that stand beside the documentation, by name.
macro_rules! published {
    ($($name:literal),* $(,)?) => {
        fn published(name: &str) -> Option<&'static str> {
            match name {
                $($name => Some(include_str!(concat!("../../../../docs/schema/", $name, ".json"))),)*
                _ => None,
            }
        }
    };
}

published!(
    "ask-reply",
    "ask-request",
    "doctor-report",
    "fact-edit",
    "import-report",
    "memory",
    "model-list",
    "notice",
    "notice-message",
    "problem",
    "product-reply",
    "review",
    "review-list",
    "review-verdict",
    "search-reply",
    "settlement",
    "shop-reply",
    "stream-part",
    "unsettled",
    "unsettled-list",
);

#[test]
fn the_published_schemas_are_those_of_the_types() {
    for (name, schema) in wire::schemas() {
        let published = published(name).unwrap_or_else(|| panic!("{name} is not published"));
        assert!(published == format!("{schema:#}\n"), "{name} has changed: run `cargo xtask gen`");
    }
}
