//! What may be a part number in the text. Whether the catalog has such a code is for the search to find out.

use super::Reading;
use crate::codes::squash;

/// A code among other words has letters and digits and at least this length, or is a longer number.
const MIN_MIXED: usize = 5;
const MIN_NUMBER: usize = 8;
/// More are not looked up.
const MAX_CODES: usize = 8;

pub(super) fn read(reading: &mut Reading<'_>) {
    let mut codes: Vec<String> = squash(reading.source).into_iter().collect();
    let pieces = reading.source.split_whitespace().filter_map(squash).filter(|code| is_telling(code));
    codes.extend(pieces.take(MAX_CODES));
    codes.dedup();
    reading.found.codes = codes;
}

fn is_telling(code: &str) -> bool {
    let has_letters = code.contains(|c: char| c.is_alphabetic());
    code.len() >= if has_letters { MIN_MIXED } else { MIN_NUMBER }
}
