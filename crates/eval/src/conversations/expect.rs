//! Whether a reply holds what was expected of it.

use wire::AskReply;

use super::transcript::Expected;

/// Why it does not; `None` where it does.
pub(super) fn mistake(expected: &Expected, reply: &AskReply) -> Option<String> {
    let shown: Vec<&str> = reply.products.iter().map(|shown| shown.hit.source_id.as_str()).collect();
    let is_shown = |id: &String| shown.contains(&id.as_str());
    let has = |parts: &[String]| parts.iter().any(|part| contains(&reply.text, part));
    let is_met = match expected {
        Expected::Intent(intents) => intents.contains(&reply.intent),
        Expected::Shows(ids) => ids.iter().all(is_shown),
        Expected::Some(ids) => ids.iter().any(is_shown),
        Expected::Only(ids) => !shown.is_empty() && shown.iter().all(|id| ids.iter().any(|own| own == id)),
        Expected::First(ids) => shown.first().is_some_and(|first| ids.iter().any(|id| id == first)),
        Expected::Hides(ids) => !ids.iter().any(is_shown),
        Expected::Says(parts) => has(parts),
        Expected::Unsaid(parts) => !has(parts),
        Expected::Quotes(parts) => {
            let rows = || reply.evidence.iter();
            parts
                .iter()
                .any(|part| rows().any(|row| contains(&row.quote, part) || contains(&row.context, part)))
        }
        Expected::Answers => !reply.abstained && !reply.text.is_empty(),
        Expected::Abstains => reply.abstained && reply.claims.is_empty(),
        Expected::Asks => reply.clarify.is_some(),
        Expected::Settles => reply.clarify.is_none(),
        Expected::Chips(ids) => ids.iter().all(|id| reply.constraints.iter().any(|chip| chip.id == *id)),
        Expected::NoChips(ids) => !reply.constraints.iter().any(|chip| ids.contains(&chip.id)),
        Expected::Cart(count) => {
            let pieces = |cart: &wire::Cart| cart.lines.iter().map(|line| line.quantity).sum::<u32>();
            reply.cart.as_ref().map(pieces) == Some(*count)
        }
        Expected::Confirms => reply.confirm.is_some(),
        Expected::Order(states) => reply.orders.iter().any(|order| states.contains(&order.status)),
        Expected::Dismisses(_) | Expected::Recalls(_) => true,
    };
    (!is_met).then(|| format!("not as expected: {expected:?}"))
}

/// Whether a text holds a part, whatever the case of letters and the shape of quotation marks and spaces.
pub fn contains(text: &str, part: &str) -> bool {
    plain(text).contains(&plain(part))
}

/// A text in small letters with plain marks.
pub(super) fn plain(text: &str) -> String {
    let letter = |letter: char| match letter {
        '’' | '‘' => '\'',
        '“' | '”' | '″' => '"',
        '‑' | '–' => '-',
        letter if letter.is_whitespace() => ' ',
        letter => letter,
    };
    text.to_lowercase().chars().map(letter).collect()
}
