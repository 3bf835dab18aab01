//! What can be cited.

use commerce::{DocumentKind, ProductId};
use search::{Directories, EvidenceKind, EvidenceQuery, IndexWriter, WriterOptions, evidence_rows};

use crate::fixture::{document, index, shop};

#[test]
fn a_listing_gives_rows_in_order() {
    let rows = evidence_rows(&shop()[0]);
    let text: Vec<String> = rows
        .iter()
        .map(|row| format!("{:?} {} [{}] {}", row.kind, row.source, row.context, row.quote))
        .collect();
    insta::assert_snapshot!(text.join("\n"), @r"
    Attribute brand [Brand] Brand: Fjell
    Attribute category [Category] Category: Clothing > Jackets
    Attribute color [Color] Color: Blue, Red
    Attribute size [Size] Size: S, M
    Attribute features [Features] Features: Waterproof, Windproof
    Attribute weight [Weight] Weight: 350 g
    Offer offer [Offer] Price: $55.00 to $69.00
    Offer offer [Blue, S] Blue, S: Price: $59.00; in stock
    Offer offer [Blue, M] Blue, M: Price: $69.00; in stock
    Offer offer [Red, M] Red, M: Price: $55.00; in stock
    Description title [] Storm Rain Jacket
    Review rain-r0 [] Kept me dry for hours.
    Review rain-r0 [] Runs small.
    Review rain-r1 [] The zip broke.
    ");
    let index = index(&shop());
    assert_eq!(index.evidence_of(&ProductId::of(&["rain"])).unwrap(), rows);
}

#[test]
fn evidence_is_found_by_words_product_and_kind() {
    let index = index(&shop());
    let asked = EvidenceQuery { text: "does it run small".to_owned(), limit: 5, ..EvidenceQuery::default() };
    assert_eq!(index.evidence(&asked).unwrap()[0].row.quote, "Runs small.");
    let other = EvidenceQuery { products: vec![ProductId::of(&["shell"])], ..asked.clone() };
    assert!(
        index.evidence(&other).unwrap().iter().all(|hit| hit.row.product == Some(ProductId::of(&["shell"])))
    );
    let weights = EvidenceQuery {
        text: "weight".to_owned(),
        kinds: vec![EvidenceKind::Attribute],
        products: vec![ProductId::of(&["tent"])],
        ..asked
    };
    let found: Vec<String> = index.evidence(&weights).unwrap().into_iter().map(|hit| hit.row.quote).collect();
    assert_eq!(found, ["Weight: 2.4 kg"]);
}

#[test]
fn documents_of_the_shop_replace_those_of_before() {
    let mut writer = IndexWriter::create(Directories::in_memory(), WriterOptions::default()).unwrap();
    let returns = |days: &str| {
        let text =
            format!("# How long\nYou can return goods within {days} days.\n# Costs\nReturns are free.");
        [document("returns", DocumentKind::Returns, "Returns", &text)]
    };
    writer.documents(&returns("14"), &[]).unwrap();
    writer.commit(1).unwrap();
    writer.documents(&returns("30"), &[]).unwrap();
    let index = writer.commit(2).unwrap();
    let asked = EvidenceQuery { text: "return days".to_owned(), limit: 5, ..EvidenceQuery::default() };
    let hits = index.evidence(&asked).unwrap();
    let found: Vec<String> =
        hits.iter().map(|hit| format!("{}: {}", hit.row.context, hit.row.quote)).collect();
    assert_eq!(
        found,
        ["Returns > How long: You can return goods within 30 days.", "Returns > Costs: Returns are free."]
    );
    assert_eq!(hits[0].row.kind, EvidenceKind::Policy);
    assert_eq!(index.generation(), 2);
}
