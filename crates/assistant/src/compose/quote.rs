//! What others wrote, with where it stands.

use search::EvidenceKind;

use crate::voice::{Line, Voice};

/// A quotation with its place.
pub(super) fn quoted(voice: Voice, kind: EvidenceKind, context: &str, quote: &str) -> String {
    let quote = &reading(quote);
    match (kind, context) {
        (EvidenceKind::Question, context) if !context.is_empty() => voice.say(Line::Asked, &[context, quote]),
        (EvidenceKind::Question, _) => voice.say(Line::AnswerToShopper, &[quote]),
        (EvidenceKind::Review, _) => voice.say(Line::ReviewerWrites, &[quote]),
        (EvidenceKind::Policy | EvidenceKind::Page, context) if !context.is_empty() => {
            in_place(voice, context, quote)
        }
        (EvidenceKind::Policy | EvidenceKind::Page, _) => voice.say(Line::StoreSays, &[quote]),
        (EvidenceKind::Attribute, _) => voice.say(Line::DetailsSay, &[quote]),
        _ => voice.say(Line::DescriptionSays, &[quote]),
    }
}

/// A quotation from where the last one stood.
pub(super) fn again(voice: Voice, kind: EvidenceKind, quote: &str) -> String {
    let quote = &reading(quote);
    match kind {
        EvidenceKind::Review => voice.say(Line::AnotherWrites, &[quote]),
        _ => voice.say(Line::AlsoSays, &[quote]),
    }
}

/// `Shipping > Shipping` is one place; a heading that asks is a question that the shop answers.
fn in_place(voice: Voice, context: &str, quote: &str) -> String {
    let (title, heading) = context.split_once(" > ").unwrap_or((context, ""));
    let heading = heading.trim();
    if heading.ends_with('?') {
        return voice.say(Line::StoreAnswers, &[heading, quote]);
    }
    if heading.is_empty() || heading.eq_ignore_ascii_case(title) {
        return voice.say(Line::PlaceSays, &[title, quote]);
    }
    voice.say(Line::PlaceSaysOn, &[title, heading, quote])
}

/// A quote as it reads: a row of a table as a sentence, anything else letter by letter.
pub(crate) fn reading(quote: &str) -> String {
    let cells: Vec<(&str, &str)> = quote.split("; ").filter_map(|cell| cell.split_once(": ")).collect();
    let is_row = cells.len() >= 2 && cells.len() == quote.split("; ").count();
    let Some(((name, value), rest)) = cells.split_first().filter(|_| is_row) else { return quote.to_owned() };
    let rest: Vec<String> = rest.iter().map(|(name, value)| format!("{name} {value}")).collect();
    format!("{name} {value}: {}", rest.join(", "))
}

/// The text with a full stop unless it ends a sentence already.
pub(super) fn end(text: &str) -> String {
    if text.trim_end_matches(['”', '“', '»', ' ', '\u{a0}']).ends_with(['.', '!', '?']) {
        text.to_owned()
    } else {
        format!("{text}.")
    }
}

#[cfg(test)]
mod tests {
    use super::{quoted, reading};
    use crate::voice::Voice;
    use search::EvidenceKind::Policy;

    #[test]
    fn a_row_of_a_table_reads_as_a_sentence() {
        assert_eq!(
            reading("Order: up to $50; Standard: $5; Express: $9"),
            "Order up to $50: Standard $5, Express $9"
        );
        assert_eq!(reading("We ship: fast."), "We ship: fast.");
    }

    #[test]
    fn a_place_is_named_once() {
        assert_eq!(
            quoted(Voice::default(), Policy, "Returns > Returns", "30 days."),
            "“Returns” says: “30 days.”"
        );
        assert_eq!(
            quoted(Voice::default(), Policy, "Help > Can I cancel?", "Yes."),
            "To “Can I cancel?” the store answers: “Yes.”"
        );
    }
}
