//! Showing what is remembered.

use super::{Mind, tell};
use crate::Party;
use crate::guide::Step;
use crate::recollection::{day, list as in_order};
use crate::remembered::Remembered;

const EMPTY: &str =
    "I remember nothing about you. Say “remember that I wear size M”, for example, and I will.";
const HOW: &str = "Say “forget my size”, for example, or “forget everything about me”.";

/// All that is known, what holds first, and how it is forgotten.
pub(super) fn list(party: &Party, remembered: &mut Remembered, mind: &mut Mind) -> Step {
    let (current, past): (Vec<_>, Vec<_>) =
        in_order(mind.kept.clone()).into_iter().partition(|own| own.holds);
    if current.is_empty() && past.is_empty() {
        return tell(EMPTY, remembered, mind);
    }
    let mut lines = vec!["This is what I remember about you:".to_owned()];
    lines.extend(current.iter().map(|own| {
        let until = own.told.expires_at.as_deref().map(|end| format!(", holds until {}", day(end)));
        let reach = match own.scope {
            agent::FactScope::Session => ", in this conversation only",
            _ => "",
        };
        let until = until.unwrap_or_default();
        format!("- {} You told me on {}{reach}{until}.", own.told.text, day(&own.told.said_at))
    }));
    lines.extend(past.iter().map(|own| format!("- Before: {} ({})", own.told.text, day(&own.told.said_at))));
    if party.shopper().is_none() {
        lines.push("You are not signed in, so it ends with this conversation.".to_owned());
    }
    lines.push(HOW.to_owned());
    mind.note.listed = current.into_iter().chain(past).map(|own| own.told).collect();
    tell(lines.join("\n"), remembered, mind)
}
