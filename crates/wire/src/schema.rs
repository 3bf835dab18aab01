//! The JSON Schema of everything that other programs read or write.

use schemars::{JsonSchema, generate::SchemaSettings};
use serde_json::Value;

use crate::{
    AskReply, AskRequest, DoctorReport, FactEdit, ImportReport, Memory, ModelList, Notice, NoticeMessage,
    Part, Problem, ProductReply, Review, ReviewList, ReviewVerdict, SearchReply, Settlement, ShopReply,
    Unsettled, UnsettledList,
};

/// File name and schema (draft 2020-12) of each document that crosses the process boundary.
pub fn schemas() -> Vec<(&'static str, Value)> {
    vec![
        ("ask-reply", written::<AskReply>()),
        ("ask-request", read::<AskRequest>()),
        ("doctor-report", written::<DoctorReport>()),
        ("fact-edit", read::<FactEdit>()),
        ("import-report", written::<ImportReport>()),
        ("memory", written::<Memory>()),
        ("model-list", written::<ModelList>()),
        ("notice", written::<Notice>()),
        ("notice-message", written::<NoticeMessage>()),
        ("problem", written::<Problem>()),
        ("product-reply", written::<ProductReply>()),
        ("review", written::<Review>()),
        ("review-list", written::<ReviewList>()),
        ("review-verdict", read::<ReviewVerdict>()),
        ("search-reply", written::<SearchReply>()),
        ("settlement", read::<Settlement>()),
        ("shop-reply", written::<ShopReply>()),
        ("stream-part", written::<Part>()),
        ("unsettled", written::<Unsettled>()),
        ("unsettled-list", written::<UnsettledList>()),
    ]
}

fn written<T: JsonSchema>() -> Value {
    SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<T>().to_value()
}

fn read<T: JsonSchema>() -> Value {
    SchemaSettings::draft2020_12().for_deserialize().into_generator().into_root_schema_for::<T>().to_value()
}
