//! Nothing is asked back twice.

use std::collections::BTreeSet;

use crate::conversations::held::Held;

/// What does not hold.
pub(super) fn faults(held: &Held<'_>) -> Vec<String> {
    let mut asked: BTreeSet<&str> = BTreeSet::new();
    let questions = held.turns.iter().filter_map(|turn| turn.reply.clarify.as_deref());
    questions
        .filter(|question| !asked.insert(question))
        .map(|again| format!("asked twice: {again}"))
        .collect()
}
