//! What was turned down does not come back.

use std::collections::BTreeSet;

use crate::conversations::held::Held;
use crate::conversations::transcript::Expected;

/// What does not hold.
pub(super) fn faults(held: &Held<'_>) -> Vec<String> {
    let mut dismissed: BTreeSet<&str> = BTreeSet::new();
    let mut faults = Vec::new();
    for turn in &held.turns {
        for expected in &turn.turn.expected {
            match expected {
                Expected::Dismisses(ids) => dismissed.extend(ids.iter().map(String::as_str)),
                Expected::Recalls(ids) => ids.iter().for_each(|id| {
                    dismissed.remove(id.as_str());
                }),
                _ => {}
            }
        }
        let shown = turn.reply.products.iter().map(|shown| shown.hit.source_id.as_str());
        let back = shown.filter(|id| dismissed.contains(id));
        faults.extend(back.map(|id| format!("{id} came back: {}", turn.turn.text)));
    }
    faults
}
