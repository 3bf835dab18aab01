//! Amounts in a question set against those of a rule: `$300` lies in `$200.01—500.00`, and 40 days are past `within 30
//! days`.

use commerce::{Currency, Dimension, Money, Quantity};
use search::analyse;

use crate::lexicon::{numbers, stem_list};

/// The longest number that is read.
const MAX_DIGITS: usize = 12;
/// Words before the most that a rule allows, and before the least.
const MOST: &[&str] =
    &["within", "up to", "at most", "no more than", "under", "less than", "before", "for", "maximum", "than"];
const LEAST: &[&str] = &["over", "above", "at least", "more than", "from", "minimum", "after"];
/// What stands between the ends of a range.
const RANGE_SIGNS: &[&str] = &["to", "-", "–", "—"];

/// Whether the amount of money in the question lies in the first range of the row; `None` where either has none.
pub(super) fn fits(question: &str, row: &str) -> Option<bool> {
    let asked = amounts(question).into_iter().find(|amount| amount.is_money)?.value;
    let (low, high) = range(row)?;
    Some(low <= asked && asked <= high)
}

/// Whether the amount of money in the question reaches the least that a rule names, `free from 40 GBP`; `None` where it names none or several.
pub(super) fn reaches(question: &str, row: &str) -> Option<bool> {
    const FROM: &[&str] = &["over", "above", "from", "least", "than", "exceeding", "exceed"];
    let asked = amounts(question).into_iter().find(|amount| amount.is_money)?.value;
    let is_least = |amount: &Amount| {
        let before = analyse::words(&row[..amount.start]);
        amount.is_money && before.last().is_some_and(|word| FROM.contains(&word.text.as_str()))
    };
    match amounts(row).into_iter().filter(is_least).collect::<Vec<_>>().as_slice() {
        [least] => Some(asked >= least.value),
        _ => None,
    }
}

/// Whether somebody of so many years is old enough for a rule, `sold to customers aged 18 or over`; `None` where it names no age from
/// which on it holds, or several.
pub(super) fn admits(years: f64, row: &str) -> Option<bool> {
    const BEHIND: &[&str] = &[
        "or over",
        "or older",
        "and over",
        "and older",
        "years or over",
        "years or older",
        "years and over",
        "years and older",
        "years of age",
        "and up",
    ];
    const BEFORE: &[&str] = &["aged", "over", "least", "under", "below"];
    let words = analyse::words(row);
    let text = |at: usize| words.get(at).map_or("", |word| word.text.as_str());
    let is_age = |at: &usize| {
        let follows =
            words[at + 1..].iter().take(3).map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
        BEHIND.iter().any(|phrase| follows.starts_with(phrase))
            || text(at + 1) == "years"
                && at.checked_sub(1).is_some_and(|before| BEFORE.contains(&text(before)))
    };
    let ages = (0..words.len()).filter(|at| text(*at).parse::<f64>().is_ok()).filter(is_age);
    let ages: Vec<f64> = ages.filter_map(|at| text(at).parse().ok()).collect();
    match ages.as_slice() {
        [least] => Some(years.round() >= *least),
        _ => None,
    }
}

/// Whether a span of time in the question keeps to the one in the row; `None` where either has none.
pub(super) fn keeps(measures: &[Quantity], row: &str) -> Option<bool> {
    let asked = measures.iter().find(|asked| asked.dimension() == Dimension::Time)?;
    let row = numbers::as_digits(row);
    let row = row.as_str();
    let (place, limit) =
        Quantity::find_all(row).into_iter().find(|(_, limit)| limit.dimension() == Dimension::Time)?;
    let before = analyse::words(&row[..place.start]);
    let before: Vec<&str> = before.iter().rev().take(3).map(|word| word.text.as_str()).collect();
    let before = format!(" {} ", before.into_iter().rev().collect::<Vec<_>>().join(" "));
    let ends = |words: &[&str]| words.iter().any(|word| before.contains(&format!(" {word} ")));
    let follows = row[place.end..].trim_start().to_lowercase();
    if ends(LEAST) && !ends(&["within", "no more than"]) {
        return Some(asked.base() >= limit.base());
    }
    let is_most =
        ends(MOST) || ["of ", "after ", "from ", "to "].iter().any(|word| follows.starts_with(word));
    is_most.then(|| asked.base() <= limit.base() * 1.000_001)
}

/// Whether measures in the question lie in what a row of a table gives for their names, as `chest 100 cm` in `Chest: 96 to 102 cm`;
/// `None` where the question names no cell of the row that holds a range.
pub(super) fn lies(question: &str, measures: &[Quantity], row: &str) -> Option<bool> {
    if measures.is_empty() {
        return None;
    }
    let stems = stem_list(question);
    let is_named = |name: &str| {
        let name = analyse::words(name);
        !name.is_empty() && name.iter().all(|word| stems.contains(&word.stem))
    };
    let cells = row.split("; ").filter_map(|cell| cell.split_once(": "));
    let ranges = cells.filter(|(name, _)| is_named(name)).filter_map(|(_, value)| measured_range(value));
    let held =
        ranges.filter_map(|(low, high)| {
            let mut asked = measures.iter().filter(|asked| asked.dimension() == low.dimension()).peekable();
            asked.peek()?;
            Some(asked.any(|asked| {
                low.base() <= asked.base() * 1.000_001 && asked.base() <= high.base() * 1.000_001
            }))
        });
    held.reduce(|all, next| all && next)
}

/// The ends of `80 to 86 cm` and `80–86 cm`.
fn measured_range(value: &str) -> Option<(Quantity, Quantity)> {
    let (place, high) = Quantity::find_all(value).into_iter().next_back()?;
    let number = |text: &str| text.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',')));
    let unit = &value[place.clone()][number(&value[place.clone()])?..];
    let before = value[..place.start].trim_end();
    let before = RANGE_SIGNS.iter().find_map(|sign| before.strip_suffix(sign))?.trim();
    let (_, low) = Quantity::find_all(&format!("{before}{unit}")).into_iter().next()?;
    (low.dimension() == high.dimension() && low.base() <= high.base()).then_some((low, high))
}

/// A number in a text.
struct Amount {
    value: f64,
    is_money: bool,
    start: usize,
    end: usize,
}

/// The range that a row opens with: `up to $200`, `over $1000`, `$200.01—500.00`.
fn range(row: &str) -> Option<(f64, f64)> {
    let amounts = amounts(row);
    let second = amounts.get(1);
    let first = amounts.first().filter(|first| {
        first.is_money
            || second.is_some_and(|second| second.is_money && row[first.end..second.start].trim() == "to")
    })?;
    let before = row[..first.start].to_lowercase();
    let before = before.trim_end_matches(|c: char| !c.is_alphanumeric());
    let ends = |words: &[&str]| words.iter().any(|word| before.ends_with(word));
    if ends(&["up to", "under", "below", "less than", "at most"]) {
        return Some((0.0, first.value));
    }
    if ends(&["over", "above", "more than", "from", "at least", "exceeding"]) {
        return Some((first.value, f64::INFINITY));
    }
    let second = second?;
    let gap = row[first.end..second.start].trim();
    let is_range = !gap.is_empty() && gap.chars().all(|c| matches!(c, '-' | '–' | '—' | ' ') || is_sign(c))
        || gap == "to";
    is_range.then_some((first.value, second.value))
}

fn amounts(text: &str) -> Vec<Amount> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(|c: char| c.is_ascii_digit()).map(|place| at + place) {
        let length = text[start..]
            .find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',')))
            .unwrap_or(text.len() - start);
        let digits = text[start..start + length].trim_end_matches(['.', ',']);
        at = start + length;
        let end = start + digits.len();
        let is_after_sign = text[..start].trim_end().chars().next_back().is_some_and(is_sign);
        let after = text[end..].trim_start();
        let is_before_sign = after.chars().next().is_some_and(is_sign) || names_money(after);
        let value = Money::parse(digits, Currency::parse("USD")).ok().filter(|_| digits.len() <= MAX_DIGITS);
        if let Some(value) = value {
            let is_money = is_after_sign || is_before_sign;
            found.push(Amount { value: value.amount_minor as f64 / 100.0, is_money, start, end });
        }
    }
    found
}

/// Whether a text opens with the name of a money: `40 euros`.
fn names_money(text: &str) -> bool {
    let word = text.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default().to_lowercase();
    matches!(
        word.trim_end_matches('s'),
        "euro" | "dollar" | "pound" | "eur" | "usd" | "gbp" | "franc" | "quid"
    )
}

fn is_sign(c: char) -> bool {
    Currency::of_symbol(&c.to_string()).is_some()
}

#[cfg(test)]
mod tests {
    use commerce::Quantity;

    use super::{fits, keeps, lies, reaches};

    #[test]
    fn an_amount_lies_in_the_row_of_its_range() {
        let question = "what is shipping for an order of $300";
        assert_eq!(fits(question, "Total: Up to $200; Standard: $16"), Some(false));
        assert_eq!(fits(question, "Total: $200.01—500.00; Standard: $21"), Some(true));
        assert_eq!(fits(question, "Total: Over $1000.00; Standard: $34"), Some(false));
        assert_eq!(fits(question, "Orders over $50 ship free"), Some(true));
        assert_eq!(fits("for 40 euros", "Order: 30.00 to 58.99 €; Germany: 3.90 €"), Some(true));
        assert_eq!(fits("do you ship in 3 days", "Orders over $50 ship free"), None);
        assert_eq!(
            reaches("free for 45 pounds", "Delivery costs 3.50 GBP and is free from 40 GBP"),
            Some(true)
        );
        assert_eq!(reaches("free for $20", "Orders over $50 ship free"), Some(false));
        assert_eq!(fits(question, "Allow 14 days"), None);
    }

    #[test]
    fn a_span_of_time_keeps_to_a_rule() {
        let asked = |text: &str| -> Vec<Quantity> {
            Quantity::find_all(text).into_iter().map(|(_, quantity)| quantity).collect()
        };
        let late = asked("can I return it after 40 days?");
        assert_eq!(keeps(&late, "Send it back within 30 days of delivery."), Some(false));
        assert_eq!(keeps(&late, "You have 60 days to return unused goods."), Some(true));
        assert_eq!(keeps(&asked("after 2 weeks"), "Returns are taken for 30 days."), Some(true));
        assert_eq!(keeps(&late, "We answer every email."), None);
    }

    #[test]
    fn a_measure_lies_in_the_row_of_its_range() {
        let lies = |question: &str, row: &str| {
            let measures: Vec<Quantity> =
                Quantity::find_all(question).into_iter().map(|(_, quantity)| quantity).collect();
            lies(question, &measures, row)
        };
        let row = "Size: M; Chest: 96 to 102 cm; Waist: 82–88 cm; Sleeve: 84 cm";
        assert_eq!(lies("my chest is 100 cm, which size", row), Some(true));
        assert_eq!(lies("my chest is 1.1 m, which size", row), Some(false));
        assert_eq!(lies("chest 100 cm and waist 84 cm", row), Some(true));
        assert_eq!(lies("waist 34 inches", row), Some(true));
        assert_eq!(lies("my sleeve is 84 cm", row), None);
        assert_eq!(lies("I am 180 cm tall", row), None);
    }
}
