//! Tables of product links.

use commerce::{LinkKind, Links};
use ingest::{Format, Record};

use crate::support::read;

/// The links of a table, a line for each product.
fn shown(name: &str, table: &str) -> (String, usize) {
    let found = read(name, None, table.as_bytes());
    assert_eq!(found.summary.formats, [Format::LinksCsv]);
    let line = |record: &Record| match record {
        Record::Links { product, links } => Some(format!("{product}: {}", told(links))),
        _ => None,
    };
    (found.records.iter().filter_map(line).collect::<Vec<_>>().join("\n"), found.diagnostics.len())
}

fn told(links: &Links) -> String {
    let of = |kind: LinkKind| format!("{} {}", kind.as_str(), links.of(kind).join(" "));
    let kinds = LinkKind::ALL.into_iter().filter(|kind| !links.of(*kind).is_empty());
    kinds.map(of).collect::<Vec<_>>().join(", ")
}

#[test]
fn the_name_of_the_file_tells_the_kind_where_no_column_does() {
    let table = "sku,linked_sku\nA,B\nA,C\nA,B\nD,A\n";
    let expected = "A: cross_sell B C\nD: cross_sell A";
    assert_eq!(shown("links-crosssell.csv", table), (expected.to_owned(), 0));
    assert_eq!(shown("export.csv", table).0, expected.replace("cross_sell", "related"));
}

#[test]
fn a_column_tells_it_row_by_row_and_bad_rows_are_left_out() {
    let table = "sku,linked_sku,link_type\nA,B,upsell\nA,C,crosssell\nA,A,related\nA,,related\nA,D,friend\n";
    assert_eq!(shown("links.csv", table), ("A: cross_sell C, up_sell B".to_owned(), 3));
}
