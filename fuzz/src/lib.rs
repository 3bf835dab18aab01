//! What the fuzz targets have in common: one reading, in which nothing may panic and nothing may be half.

use std::ops::ControlFlow;

use ingest::{Format, Item, Options, Record};

/// Reads bytes as this format, or as what they look like. Caps are small so that they are met.
pub fn read(mut bytes: &[u8], format: Option<Format>) {
    let options = Options {
        max_field_bytes: 1 << 10,
        max_row_bytes: 8 << 10,
        max_columns: 64,
        max_group_rows: 16,
        free_bytes: 1 << 20,
        max_members: 64,
        max_picture_bytes: 4 << 10,
        max_page_bytes: 64 << 10,
        max_known_ids: 64,
        ..Options::default()
    };
    let mut sink = |item| {
        if let Item::Record(Record::Product(product)) = item {
            assert!(!product.variants.is_empty());
            assert!(!product.source_id.is_empty());
        }
        ControlFlow::Continue(())
    };
    let summary = ingest::read("fuzz", &mut bytes, format, &options, &mut sink).expect("memory can be read");
    assert!(summary.skipped <= summary.rows);
}
