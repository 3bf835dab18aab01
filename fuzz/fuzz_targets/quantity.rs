//! Quantities in running text: what is found stands in the text, in order, on character boundaries.

#![no_main]

use commerce::{Quantity, QuantityRange, Value};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let mut from = 0;
    for (range, quantity) in Quantity::find_all(text) {
        assert!(range.start >= from && range.start < range.end);
        assert!(text.get(range.clone()).is_some());
        assert!(quantity.value.is_finite());
        from = range.end;
    }
    let _ = (Quantity::parse(text), QuantityRange::parse(text), Value::parse(text));
});
