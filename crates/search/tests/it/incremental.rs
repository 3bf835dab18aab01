//! Changing an index step by step gives what building it at once gives, and readers never see a step half done.

use commerce::{Availability, ProductId};
use search::{Directories, Field, Index, IndexWriter, Query, Sort, Test, WriterOptions};

use crate::fixture::{any_of, attribute, constraint, index, product, query, review, shop, variant};

/// Everything that searches can see of an index.
fn seen(index: &Index) -> Vec<String> {
    let mut seen = Vec::new();
    let queries = [
        query("", vec![]),
        query("waterproof jacket", vec![]),
        query("running shoes", vec![any_of(attribute("size"), &["42", "43"])]),
        query("tent", vec![constraint(Field::Price, Test::AtMost(25_000.0))]),
        Query { sort: Sort::Title, ..query("", vec![]) },
        Query { sort: Sort::Rating, ..query("", vec![]) },
    ];
    for query in queries {
        seen.push(format!("{:#?}", index.search(&query, None).unwrap()));
    }
    seen.push(format!("{:?} {}", index.terms(), index.len()));
    for id in ["rain", "shell", "tent", "shoe", "mesh", "bare"] {
        let id = ProductId::of(&[id]);
        seen.push(format!("{:?} {:?}", index.product(&id).unwrap(), index.evidence_of(&id).unwrap()));
    }
    seen
}

#[test]
fn steps_give_what_one_build_gives() {
    let mut writer = IndexWriter::create(Directories::in_memory(), WriterOptions::default()).unwrap();
    let old = variant(product("rain", "Old Coat", "Coats", &[]), "color=Mauve", 100, Availability::Preorder);
    writer.upsert(&old, None).unwrap();
    writer.upsert(&review(old, 1.0, "Bad."), None).unwrap();
    writer.commit(1).unwrap();
    for (number, listing) in shop().iter().enumerate().rev() {
        writer.upsert(listing, None).unwrap();
        if number % 2 == 0 {
            writer.commit(2 + number as i64).unwrap();
        }
    }
    writer.remove(&ProductId::of(&["big-tent"])).unwrap();
    let stepwise = writer.commit(20).unwrap();
    let rest: Vec<_> = shop().into_iter().filter(|listing| listing.product.source_id != "big-tent").collect();
    assert_eq!(seen(&stepwise), seen(&index(&rest)));
}

#[test]
fn a_snapshot_does_not_change_and_nothing_shows_before_a_commit() {
    let directories = Directories::in_memory();
    let mut writer = IndexWriter::create(directories.clone(), WriterOptions::default()).unwrap();
    for listing in &shop()[..3] {
        writer.upsert(listing, None).unwrap();
    }
    let first = writer.commit(1).unwrap();
    let before = seen(&first);
    for listing in &shop() {
        writer.upsert(listing, None).unwrap();
    }
    writer.remove(&ProductId::of(&["rain"])).unwrap();
    assert_eq!(seen(&writer.index()), before);
    let second = writer.commit(2).unwrap();
    assert_eq!((first.generation(), second.generation()), (1, 2));
    assert_eq!(seen(&first), before);
    assert_eq!(second.len(), 6);
    assert_eq!(seen(&Index::open(directories).unwrap()), seen(&second));
}

#[test]
fn searches_run_while_commits_happen() {
    let mut writer = IndexWriter::create(Directories::in_memory(), WriterOptions::default()).unwrap();
    let current = std::sync::RwLock::new(writer.index());
    let is_done = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !is_done.load(std::sync::atomic::Ordering::Relaxed) {
                let index = current.read().unwrap().clone();
                let hits = index.search(&query("", vec![]), None).unwrap();
                // Each commit puts in a pair, so an odd number would be half a commit.
                assert_eq!(hits.total % 2, 0);
                assert_eq!(hits.total as usize, index.len());
            }
        });
        for round in 0..20 {
            for side in ["left", "right"] {
                let listing = product(&format!("{side}{round}"), "Pair of things", "Things", &[]);
                writer.upsert(&variant(listing, "", 100, Availability::InStock), None).unwrap();
            }
            *current.write().unwrap() = writer.commit(round).unwrap();
        }
        is_done.store(true, std::sync::atomic::Ordering::Relaxed);
    });
    assert_eq!(writer.index().len(), 40);
}

#[test]
fn rolling_back_and_clearing() {
    let mut writer = IndexWriter::create(Directories::in_memory(), WriterOptions::default()).unwrap();
    writer.upsert(&shop()[0], None).unwrap();
    writer.commit(1).unwrap();
    writer.upsert(&shop()[1], None).unwrap();
    writer.rollback().unwrap();
    assert_eq!(writer.commit(2).unwrap().len(), 1);
    writer.clear().unwrap();
    let empty = writer.commit(3).unwrap();
    assert!(empty.is_empty() && empty.terms().is_empty());
    assert!(empty.evidence_of(&ProductId::of(&["rain"])).unwrap().is_empty());
}
