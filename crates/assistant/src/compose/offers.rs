//! Lists of what there is to buy, and sums.

use crate::claim::{Difference, VariantLine};
use crate::voice::{Line, Voice};

/// `Pebble Grey: $419.00, in stock; Fern: $359.00 instead of $419.00, in stock.`
pub(super) fn variants(voice: Voice, lines: &[VariantLine], more: usize) -> String {
    let told = lines.iter().map(|line| variant(voice, line)).collect::<Vec<_>>().join("; ");
    match more {
        0 => voice.say(Line::Sentence, &[&told]),
        more => voice.say(Line::Sentence, &[&voice.say(Line::AndMoreOf, &[&told, &more.to_string()])]),
    }
}

fn variant(voice: Voice, line: &VariantLine) -> String {
    let price = match (&line.price, &line.regular) {
        (price, _) if price.is_empty() => voice.say(Line::NoPriceStated, &[]),
        (price, Some(regular)) => voice.say(Line::InsteadOf, &[price, regular]),
        (price, None) => price.clone(),
    };
    let state = if line.state.is_empty() { String::new() } else { format!(", {}", line.state) };
    voice.say(Line::Reason, &[&voice.value(&line.title), &format!("{price}{state}")])
}

/// `That comes to $237.00 ($119.00 + 2 × $59.00), $63.00 below your $300.00.`
pub(super) fn total(
    voice: Voice,
    lines: &[String],
    total: &str,
    budget: Option<&(String, Difference)>,
) -> String {
    let sum = match lines {
        [only] if only == total => total.to_owned(),
        _ => voice.say(Line::PartsOfSum, &[total, &lines.join(" + ")]),
    };
    match budget {
        None => voice.say(Line::Sum, &[&sum]),
        Some((most, Difference::Below(left))) => voice.say(Line::SumBelow, &[&sum, left, most]),
        Some((most, Difference::Exact)) => voice.say(Line::SumExact, &[&sum, most]),
        Some((most, Difference::Over(over))) => voice.say(Line::SumOver, &[most, &sum, over]),
    }
}
