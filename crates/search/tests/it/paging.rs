//! Pages: everything once, in order, and cursors that belong to their query.

use commerce::Availability;
use search::{Field, Query, SearchError, Sort, Test};

use crate::fixture::{constraint, index, product, query, shop, variant};

fn many() -> Vec<commerce::Listing> {
    let listing = |number: usize| {
        let title = format!("Cup {}", number % 5);
        let volume = format!("{} ml", 150 + 10 * (number % 4));
        let listing = product(&format!("cup{number}"), &title, "Cups", &[("Volume", &volume)]);
        variant(listing, "", 100 * (number as i64 % 7), Availability::InStock)
    };
    (0..53).map(listing).collect()
}

fn all_pages(index: &search::Index, mut asked: Query) -> Vec<String> {
    let mut found = Vec::new();
    loop {
        let hits = index.search(&asked, None).unwrap();
        assert_eq!(hits.total, 53);
        found.extend(hits.hits.into_iter().map(|hit| hit.source_id));
        match hits.next_cursor {
            Some(cursor) => asked.cursor = Some(cursor),
            None => return found,
        }
    }
}

#[test]
fn pages_cover_everything_once_in_the_order_of_one_page() {
    let index = index(&many());
    let by_volume = Sort::Attribute { keys: vec!["volume".to_owned()], is_descending: true };
    let sorts =
        [Sort::Relevance, Sort::PriceAscending, Sort::PriceDescending, Sort::Rating, Sort::Title, by_volume];
    for sort in sorts {
        for text in ["", "cup"] {
            let asked = Query { sort: sort.clone(), limit: 100, ..query(text, vec![]) };
            let whole = all_pages(&index, asked.clone());
            let mut distinct = whole.clone();
            distinct.sort();
            distinct.dedup();
            assert_eq!(distinct.len(), 53);
            for limit in [1, 7, 53] {
                assert_eq!(all_pages(&index, Query { limit, ..asked.clone() }), whole, "{sort:?} {limit}");
            }
        }
    }
}

#[test]
fn a_cursor_of_another_query_is_refused() {
    let index = index(&many());
    let cursor = index.search(&Query { limit: 5, ..query("cup", vec![]) }, None).unwrap().next_cursor;
    assert!(cursor.is_some());
    let others = [
        Query { cursor: cursor.clone(), ..query("cups", vec![]) },
        Query { cursor: cursor.clone(), sort: Sort::Title, ..query("cup", vec![]) },
        Query { cursor, ..query("cup", vec![constraint(Field::Price, Test::AtMost(300.0))]) },
        Query { cursor: Some("nonsense €".to_owned()), ..query("cup", vec![]) },
        Query { cursor: Some(String::new()), ..query("cup", vec![]) },
    ];
    for other in others {
        assert!(matches!(index.search(&other, None), Err(SearchError::Cursor)));
    }
}

#[test]
fn limits_are_kept() {
    let index = index(&many());
    let hits = index.search(&Query { limit: 0, ..query("", vec![]) }, None).unwrap();
    assert_eq!((hits.hits.len(), hits.total, hits.facets.len()), (0, 53, 5));
    assert_eq!(index.search(&Query { limit: 5_000, ..query("", vec![]) }, None).unwrap().hits.len(), 53);
    let too_many = vec![constraint(Field::Price, Test::AtMost(1.0)); 33];
    assert!(matches!(
        index.search(&query("", too_many), None),
        Err(SearchError::TooManyConstraints { limit: 32, found: 33 })
    ));
}

#[test]
fn the_same_search_gives_the_same_page() {
    let asked = query("waterproof jacket or tent", vec![]);
    let first = index(&shop()).search(&asked, None).unwrap();
    let mut backwards = shop();
    backwards.reverse();
    assert_eq!(index(&backwards).search(&asked, None).unwrap(), first);
}

#[test]
fn passing_over_what_cannot_reach_a_page_changes_no_page() {
    let listings: Vec<_> = testkit::catalog::generate(11, 400).collect();
    let index = index(&listings);
    let likes = constraint(Field::Availability, Test::AnyOf(vec!["in_stock".to_owned()]));
    let mut most = 0;
    for text in ["jacket", "light cotton shirt", "running shoe", "folding tent", "comfortable grip"] {
        for preferences in [vec![], vec![likes.clone()]] {
            let asked = Query { preferences, limit: 100, ..query(text, vec![]) };
            let whole = index.search(&asked, None).unwrap();
            most = most.max(whole.total);
            for limit in [1, 3, 10] {
                let page = index.search(&Query { limit, ..asked.clone() }, None).unwrap();
                assert_eq!(page.hits[..], whole.hits[..page.hits.len()], "{text}");
                assert_eq!((page.total, page.facets), (whole.total, whole.facets.clone()));
            }
        }
    }
    assert!(most > 50, "where little is found nothing is passed over");
}
