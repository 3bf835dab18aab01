//! How a need goes on: what is said later counts, where it is about the same.

use search::{Constraint, Sort, Test, Understood};

/// Adds what was said later to a need.
pub(crate) fn add(need: &mut Understood, later: Understood) {
    for constraint in later.constraints.iter().chain(&later.preferences) {
        need.constraints.retain(|earlier| !is_replaced(earlier, constraint));
        need.preferences.retain(|earlier| !is_replaced(earlier, constraint));
    }
    need.constraints.extend(later.constraints);
    need.preferences.extend(later.preferences);
    let is_new = |word: &&str| !need.text.split(' ').any(|known| known == *word);
    let words: Vec<&str> = later.text.split(' ').filter(|word| !word.is_empty()).filter(is_new).collect();
    let text = std::iter::once(need.text.as_str()).chain(words).filter(|word| !word.is_empty());
    need.text = text.collect::<Vec<_>>().join(" ");
    if need.head.is_empty() {
        need.head = later.head;
    }
    if later.sort != Sort::default() {
        need.sort = later.sort;
    }
    need.alternatives.extend(later.alternatives);
    need.corrections.extend(later.corrections);
    need.context.extend(later.context);
    need.codes.extend(later.codes);
    need.unknown.extend(later.unknown);
}

/// Whether a later constraint takes the place of an earlier one: another bound on the same side, another value of the same
/// field, or the contrary.
fn is_replaced(earlier: &Constraint, later: &Constraint) -> bool {
    if earlier == later {
        return true;
    }
    let is_same_field = earlier.fields().any(|field| later.fields().any(|other| other == field));
    is_same_field
        && match (&earlier.test, &later.test) {
            (Test::AnyOf(before), Test::AnyOf(after)) => {
                earlier.is_negated == later.is_negated && !later.is_negated
                    || earlier.is_negated != later.is_negated
                        && before.iter().any(|value| after.contains(value))
            }
            (Test::AtMost(_), Test::AtMost(_)) | (Test::AtLeast(_), Test::AtLeast(_)) => true,
            (Test::Between(..), _) | (_, Test::Between(..)) => true,
            _ => false,
        }
}
