//! Nothing is longer than it may be, and no turn ran out of its budget.

use agent::{Body, Effect, Words};

use crate::conversations::held::{Held, HeldTurn};

/// Bytes of prose that a shopper is given at once.
const MAX_TEXT_BYTES: usize = 8_000;
/// Products that are shown at once.
const MAX_PRODUCTS: usize = 20;
/// Rows of evidence of one reply.
const MAX_EVIDENCE: usize = 1_000;
/// Questions that are offered next.
const MAX_FOLLOW_UPS: usize = 5;

/// What does not hold.
pub(super) fn faults(held: &Held<'_>) -> Vec<String> {
    let mut faults: Vec<String> = held.turns.iter().flat_map(faults_of).collect();
    let is_notice = |body: &Body| matches!(body, Body::Effect(Effect::Reply(reply)) if matches!(reply.words, Words::Notice(_)));
    let notices = held.journal.iter().filter(|entry| is_notice(&entry.body)).count();
    if notices > 0 {
        faults.push(format!("{notices} turns ended without words of their own"));
    }
    faults
}

fn faults_of(turn: &HeldTurn<'_>) -> Vec<String> {
    let reply = &turn.reply;
    let sizes = [
        ("bytes of text", reply.text.len(), MAX_TEXT_BYTES),
        ("products", reply.products.len(), MAX_PRODUCTS),
        ("rows of evidence", reply.evidence.len(), MAX_EVIDENCE),
        ("follow-ups", reply.follow_ups.len(), MAX_FOLLOW_UPS),
    ];
    let over = sizes.into_iter().filter(|(_, size, most)| size > most);
    over.map(|(what, size, most)| format!("{size} {what}, {most} at most: {}", turn.turn.text)).collect()
}
