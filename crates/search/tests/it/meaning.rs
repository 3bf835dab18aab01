//! Vectors beside words: what only meaning finds, and what survives on disk.

use commerce::{EvidenceId, ProductId};
use search::{
    Directories, EvidenceQuery, Index, IndexWriter, ListingVectors, SearchError, WriterOptions, evidence_rows,
};

use crate::fixture::{any_of, attribute, query, shop};

/// Three dimensions: dryness, sleep, running.
fn vector(id: &str) -> Vec<f32> {
    match id {
        "rain" => vec![1.0, 0.0, 0.1],
        "shell" => vec![0.9, 0.1, 0.0],
        "tent" | "big-tent" => vec![0.2, 1.0, 0.0],
        _ => vec![0.0, 0.0, 1.0],
    }
}

fn write(writer: &mut IndexWriter) -> Index {
    for listing in shop() {
        let rows = evidence_rows(&listing);
        let of_row =
            |text: &str| if text.contains("Kept me dry") { vec![1.0, 0.0, 0.0] } else { vec![0.0, 0.6, 0.8] };
        let evidence: Vec<(EvidenceId, Vec<f32>)> =
            rows.iter().map(|row| (row.id.clone(), of_row(&row.quote))).collect();
        let vectors = ListingVectors { product: Some(vector(&listing.product.source_id)), evidence };
        writer.upsert(&listing, Some(&vectors)).unwrap();
    }
    writer.commit(1).unwrap()
}

fn ids(index: &Index, text: &str, vector: &[f32]) -> Vec<String> {
    let hits = index.search(&query(text, vec![]), Some(vector)).unwrap().hits;
    hits.into_iter().map(|hit| hit.source_id).collect()
}

#[test]
fn meaning_finds_what_no_word_does_and_constraints_still_decide() {
    let index = write(&mut IndexWriter::create(Directories::in_memory(), WriterOptions::default()).unwrap());
    assert_eq!(ids(&index, "umbrella", &[1.0, 0.0, 0.0]), ["rain", "shell"]);
    assert_eq!(ids(&index, "tent", &[0.2, 1.0, 0.0])[..2], ["big-tent", "tent"]);
    let asked = query("umbrella", vec![any_of(attribute("size"), &["L"])]);
    let hits = index.search(&asked, Some(&[1.0, 0.0, 0.0])).unwrap();
    assert_eq!((hits.total, hits.hits[0].source_id.as_str()), (1, "shell"));
}

#[test]
fn evidence_is_found_by_meaning() {
    let index = write(&mut IndexWriter::create(Directories::in_memory(), WriterOptions::default()).unwrap());
    let asked = EvidenceQuery {
        text: "umbrella".to_owned(),
        vector: Some(vec![1.0, 0.0, 0.0]),
        limit: 1,
        ..EvidenceQuery::default()
    };
    assert_eq!(index.evidence(&asked).unwrap()[0].row.quote, "Kept me dry for hours.");
}

#[test]
fn vectors_are_kept_changed_and_dropped_with_their_products() {
    let directories = Directories::in_memory();
    let mut writer = IndexWriter::create(directories.clone(), WriterOptions::default()).unwrap();
    write(&mut writer);
    assert_eq!(
        ids(&Index::open(directories.clone()).unwrap(), "umbrella", &[1.0, 0.0, 0.0]),
        ["rain", "shell"]
    );
    writer.remove(&ProductId::of(&["rain"])).unwrap();
    writer.commit(2).unwrap();
    assert_eq!(ids(&Index::open(directories.clone()).unwrap(), "umbrella", &[1.0, 0.0, 0.0]), ["shell"]);
    for generation in 3..20 {
        writer.upsert(&shop()[0], None).unwrap();
        writer.commit(generation).unwrap();
    }
    let index = Index::open(directories).unwrap();
    assert_eq!(ids(&index, "umbrella", &[1.0, 0.0, 0.0]), ["shell"]);
    assert!(matches!(
        index.search(&query("umbrella", vec![]), Some(&[1.0])),
        Err(SearchError::Dimensions { expected: 3, found: 1 })
    ));
}
