//! Prices: what is read, shown and read again is the same.

#![no_main]

use commerce::{Currency, Money};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(money) = Money::parse(text, Currency::parse("USD")) {
        let again = format!("{} {}", money.amount(), money.currency);
        assert_eq!(Money::parse(&again, None), Ok(money));
    }
});
