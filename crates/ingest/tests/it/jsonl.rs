//! Russet's own feed.

use ingest::{Options, jsonl_schema};

use crate::shown::{codes, shown};
use crate::support::{read, read_with};

const FEED: &str = r#"{"type":"shop","name":"Fern","currency":"EUR","url":"https://fern.example"}
{"type":"product","id":"T1","title":"Ridge Tent","brand":"Fern","description":"A tent.\n- Two doors","categories":["Camping > Tents"],"url":"https://fern.example/t1","images":["images/t1.svg",{"location":"images/t1b.svg","alt":"From the side"}],"attributes":{"Weight":"1.9 kg","Season":["Spring","Summer"],"Waterproof":true,"Poles":2},"variants":[{"id":"T1-M","options":{"Colour":"Moss","Size":"M"},"price":"129.00","sale":{"price":"99.00 EUR","from":"2026-06-01","until":"2026-07-01"},"availability":"in_stock","stock":12,"gtin":"4006381333931"},{"id":"T1-S","options":{"Colour":"Sand","Size":"M"},"price":149,"availability":"out_of_stock","stock":-1}]}

{"type":"product","id":7,"title":"Peg","brand":null,"price":"0.50 EUR","mpn":"P-7"}
{"type":"review","id":"r1","product":"T1","rating":4,"text":"Stays dry.","date":"2026-03-14","verified":true}
{"type":"review","id":"r2","product":"T1","rating":9,"rating_scale":10,"title":"Good"}
{"type":"question","id":"q1","product":7,"question":"Steel?","answers":[{"text":"Yes.","by_staff":true}]}
{"type":"document","id":"d1","kind":"returns","title":"Returns","text":"Within 30 days."}
"#;

#[test]
fn reads_every_type_of_line() {
    let reading = read_with("fern.jsonl", None, FEED.as_bytes(), &Options::default());
    insta::assert_snapshot!(shown(&reading), @r#"
    T1: Ridge Tent | Fern | Camping > Tents
      A tent.
      - Two doors
      [weight=1.9 kg; season=Spring + Summer; waterproof=Yes; poles=2] https://fern.example/t1
      - T1-M "Moss, M" {color=Moss, size=M} €129.00 sale €99.00 Some(2026-06-01T00:00:00Z)..Some(2026-07-02T00:00:00Z) in_stock x12 gtin 04006381333931
      - T1-S "Sand, M" {color=Sand, size=M} €149.00 out_of_stock x0
    7: Peg |  | 
      [] 
      - 7 "" {} €0.50 unknown
    Shop(Shop { name: "Fern", currency: Some(EUR), url: "https://fern.example" })
    Review(Review { id: rev_wsb6654xv86j3ykm, source_id: "r1", product: ProductRef { source_ids: ["T1"], gtins: [], mpns: [], urls: [] }, rating: Some(0.75), title: "", text: "Stays dry.", author: "", written: Some(2026-03-14T00:00:00Z), is_verified: true })
    Review(Review { id: rev_z08rkvph7sztr6cr, source_id: "r2", product: ProductRef { source_ids: ["T1"], gtins: [], mpns: [], urls: [] }, rating: Some(0.8888889), title: "Good", text: "", author: "", written: None, is_verified: false })
    Question(Question { id: qst_gmv1c3a5t60kz582, source_id: "q1", product: ProductRef { source_ids: ["7"], gtins: [], mpns: [], urls: [] }, text: "Steel?", asked: None, answers: [Answer { text: "Yes.", author: "", is_staff: true, answered: None }] })
    Document { id: doc_9s8k5zd5zrbn2127, source_id: "d1", kind: Returns, title: "Returns", text: "Within 30 days.", url: "", products: ProductRef { source_ids: [], gtins: [], mpns: [], urls: [] }, categories: [] }
    ! fern.jsonl:2: warning: [T1] stock: "-1" is below zero; it is taken as none left; give a whole number from 0 on
    "#);
}

#[test]
fn reports_wrong_lines_and_reads_on() {
    let feed = r#"{"type":"product","id":"A","title":"<b>Mug</b> &amp; lid","price":"free"}
{"type":"product","id":"A","title":"Again"}
{"type":"product","title":"Nameless"}
{"type":"product","id":"B","title":["x"]}
{"type":"gadget","id":"C"}
{"type":"review","id":"r","product":"A","rating":7}
{"type":"review","id":"s","text":"About what?"}
not json
{"type":"product","id":"D","title":"Cut o"#;
    insta::assert_snapshot!(shown(&read("bad.jsonl", None, feed.as_bytes())), @r#"
    A: Mug & lid |  | 
      [] 
      - A "" {} no price unknown
    ! bad.jsonl:1: warning: [A] price: "free": the price has no digits; it is shown without a price; give an amount with its currency, such as 12.50 USD; a gift is 0.00 USD
    ! bad.jsonl:2: error: [A] id: another product before it has the same id; this one is left out; give every product an id of its own
    ! bad.jsonl:3: error: id: the product has no id and is left out; every product needs an id and a title
    ! bad.jsonl:4: error: [B] column 35: invalid type: sequence, expected a string; the line is left out; compare the line with the JSON Schema
    ! bad.jsonl:5: error: [C] type: "gadget" is no type of line; the line is left out; use shop, product, review, question or document
    ! bad.jsonl:6: warning: [r] rating: 7 is no rating from 1 to 5; it is left out; give a number from 1 on, and rating_scale where the best is not 5
    ! bad.jsonl:6: error: [r] text: the review says nothing and is left out; leave the line out
    ! bad.jsonl:7: error: [s] product: the line names no product and is left out; give the id of the product or variant
    ! bad.jsonl:8: error: column 2: expected ident; the line is left out; put one whole JSON object on each line
    ! bad.jsonl:9: error: the file ends in the middle of this line; the line is left out; export or copy the file again
    "#);
}

#[test]
fn leaves_out_lines_that_are_too_long() {
    let options = Options { max_row_bytes: 200, ..Options::default() };
    let feed = format!(
        "{{\"type\":\"product\",\"id\":\"A\",\"title\":\"{}\"}}\n{{\"type\":\"product\",\"id\":\"B\",\"title\":\"b\",\"price\":\"1 EUR\"}}",
        "x".repeat(1000)
    );
    let reading = read_with("long.jsonl", None, feed.as_bytes(), &options);
    assert_eq!((reading.products.len(), codes(&reading)), (1, vec!["RowTooLong".to_owned()]));
}

#[test]
fn publishes_a_schema_of_every_line() {
    let schema = jsonl_schema();
    let types: Vec<&str> = schema["oneOf"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| line["properties"]["type"]["const"].as_str().unwrap())
        .collect();
    assert_eq!(types, ["shop", "product", "review", "question", "document"]);
    assert_eq!(schema["$defs"]["VariantLine"]["required"], serde_json::json!(["id"]));
}
