//! The words of a name as sellers join and part them: `990PRO`, `990 Pro`.

use std::collections::HashSet;
use std::ops::Range;

use commerce::Product;
use search::analyse;

/// Words that sellers join or part: `Nimbus X`, `27 GP 85`.
pub(super) const JOINED: usize = 3;
/// Words in a title behind which stands what the goods are for.
const FOR: &[&str] = &[
    "for",
    "fits",
    "fit",
    "compatible",
    "replacement",
    "replaces",
    "für",
    "pour",
    "para",
    "with",
    "mit",
    "avec",
    "con",
];
const ROMAN: [(&str, &str); 7] =
    [("ii", "2"), ("iii", "3"), ("iv", "4"), ("v", "5"), ("vi", "6"), ("vii", "7"), ("viii", "8")];

/// The words of a title as sellers may join or part them, and part numbers.
pub(super) struct Units {
    own: HashSet<String>,
}

impl Units {
    pub(super) fn of(product: &Product) -> Self {
        let titles =
            std::iter::once(&product.title).chain(product.variants.iter().map(|variant| &variant.title));
        let mut own = HashSet::new();
        for title in titles {
            let words: Vec<String> = runs(title).into_iter().map(|(_, word)| word).collect();
            let end = words.iter().position(|word| FOR.contains(&word.as_str())).filter(|at| *at > 0);
            let pieces: Vec<String> =
                words[..end.unwrap_or(words.len())].iter().flat_map(|word| pieces(word)).collect();
            let arabic: Vec<String> = pieces.iter().map(|piece| arabic(piece)).collect();
            for count in 1..=2 * JOINED {
                own.extend(pieces.windows(count).chain(arabic.windows(count)).map(|run| run.concat()));
            }
        }
        let codes = product.variants.iter().map(|variant| squashed(&variant.mpn));
        own.extend(codes.chain([squashed(&product.source_id)]));
        Self { own }
    }

    pub(super) fn has(&self, word: &str) -> bool {
        self.own.contains(word) || self.own.contains(&squashed(word))
    }
}

/// The runs of letters and digits of a text, folded, whatever else they could mean: the x of a `7810X3D` multiplies nothing.
pub(super) fn runs(text: &str) -> Vec<(Range<usize>, String)> {
    let mut runs = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (start, c.is_alphanumeric()) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                runs.push((from..at, analyse::fold(&text[from..at])));
                start = None;
            }
            _ => {}
        }
    }
    runs
}

/// A word parted where letters and digits meet: `990pro`.
fn pieces(word: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut was_digit = None;
    for c in word.chars().filter(|c| c.is_alphanumeric()) {
        let is_digit = c.is_ascii_digit();
        match pieces.last_mut() {
            Some(piece) if was_digit == Some(is_digit) => piece.push(c),
            _ => pieces.push(c.to_string()),
        }
        was_digit = Some(is_digit);
    }
    pieces
}

/// A Roman numeral in digits, any other word as it is.
pub(super) fn arabic(word: &str) -> String {
    let roman = ROMAN.iter().find(|(roman, _)| *roman == word);
    roman.map_or(word, |(_, digits)| digits).to_owned()
}

pub(super) fn squashed(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
