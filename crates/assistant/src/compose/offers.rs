//! Lists of what there is to buy, and sums.

use crate::claim::{Difference, VariantLine};

/// `Pebble Grey: $419.00, in stock; Fern: $359.00 instead of $419.00, in stock.`
pub(super) fn variants(lines: &[VariantLine], more: usize) -> String {
    let told: Vec<String> = lines.iter().map(variant).collect();
    let more = if more > 0 { format!("; and {more} more") } else { String::new() };
    format!("{}{more}.", told.join("; "))
}

fn variant(line: &VariantLine) -> String {
    let price = match (&line.price, &line.regular) {
        (price, _) if price.is_empty() => "no price stated".to_owned(),
        (price, Some(regular)) => format!("{price} instead of {regular}"),
        (price, None) => price.clone(),
    };
    let state = if line.state.is_empty() { String::new() } else { format!(", {}", line.state) };
    format!("{}: {price}{state}", line.title)
}

/// `That comes to $237.00 ($119.00 + 2 × $59.00), $63.00 below your $300.00.`
pub(super) fn total(lines: &[String], total: &str, budget: Option<&(String, Difference)>) -> String {
    let sum = match lines {
        [only] if only == total => total.to_owned(),
        _ => format!("{total} ({})", lines.join(" + ")),
    };
    match budget {
        None => format!("That comes to {sum}."),
        Some((most, Difference::Below(left))) => format!("That comes to {sum}, {left} below your {most}."),
        Some((most, Difference::Exact)) => format!("That comes to {sum}, just your {most}."),
        Some((most, Difference::Over(over))) => {
            format!("Nothing fits into your {most}: the least comes to {sum}, {over} more.")
        }
    }
}
