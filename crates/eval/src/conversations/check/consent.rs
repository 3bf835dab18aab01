//! Orders, money and stock change by a yes only, and to what was shown.

use crate::conversations::held::Held;

/// What does not hold.
pub(super) fn faults(held: &Held<'_>) -> Vec<String> {
    let mut faults = Vec::new();
    // A question stays open while something else is said, so any earlier one can be answered.
    let mut asked: Vec<&str> = Vec::new();
    for turn in &held.turns {
        let is_changed = turn.before.differs(&turn.after);
        let is_yes = action::reply(&turn.turn.text) == Some(action::Reply::Yes);
        if is_changed && (!is_yes || asked.is_empty()) {
            faults.push(format!("the books changed without a yes: {}", turn.turn.text));
        }
        if is_changed && is_yes {
            for order in turn.reply.orders.iter().filter(|order| order.status == "paid") {
                let total = order.total.to_string();
                if !asked.iter().any(|text| digits(text).contains(&digits(&total))) {
                    faults.push(format!("{total} was paid and never shown: {}", order.id));
                }
            }
        }
        asked.extend(turn.reply.confirm.iter().map(|confirm| confirm.text.as_str()));
    }
    faults
}

/// The digits of a text with what stands between them left out: `37,13 $` is `$37.13`.
fn digits(text: &str) -> String {
    let words = text.split_whitespace();
    let numbers = words.map(|word| word.chars().filter(char::is_ascii_digit).collect::<String>());
    format!(" {} ", numbers.filter(|number| !number.is_empty()).collect::<Vec<_>>().join(" "))
}
