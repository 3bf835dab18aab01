//! How a need goes on: what is said later counts, where it is about the same.

use search::{Constraint, Field, Sort, Test, Understood, analyse};

use crate::lexicon::persons;

/// Adds what was said later to a need.
pub(crate) fn add(need: &mut Understood, later: Understood) {
    let is_first = need.head.is_empty() && need.text.is_empty();
    for constraint in later.constraints.iter().chain(&later.preferences) {
        need.constraints.retain(|earlier| !is_replaced(earlier, constraint));
        need.preferences.retain(|earlier| !is_replaced(earlier, constraint));
    }
    // Alone it could mean anything and is liked; said of goods that are looked for it is demanded: `what about in red?`.
    let is_demanded = |own: &Constraint| !is_first && own.field != Field::Category;
    let (demanded, liked): (Vec<_>, Vec<_>) = later.preferences.into_iter().partition(is_demanded);
    need.constraints.extend(later.constraints.into_iter().chain(demanded));
    need.preferences.extend(liked);
    // The words of what is looked for first say what it is, whatever else they mean.
    let values = if is_first { Vec::new() } else { later_words(&need.constraints, &need.preferences) };
    let is_new = |word: &&str| {
        !need.text.split(' ').any(|known| known == *word) && !values.iter().any(|value| value == word)
    };
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
    need.unheld.extend(later.unheld);
    if need.named.is_empty() && need.head.is_empty() {
        need.named = later.named;
    }
}

/// The folded words of conditions, which need not stand in the text as well.
fn later_words(constraints: &[Constraint], preferences: &[Constraint]) -> Vec<String> {
    let conditions = constraints.iter().chain(preferences).filter(|own| own.field != Field::Category);
    conditions.flat_map(|own| analyse::words(&own.words)).map(|word| word.text).collect()
}

/// Whether categories say for whom goods are.
pub(crate) fn is_audience(values: &[String]) -> bool {
    !values.is_empty() && values.iter().all(|value| persons::is_audience(value))
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
            (Test::AnyOf(before), Test::AnyOf(after)) if earlier.field == Field::Category => {
                is_audience(before) && is_audience(after)
            }
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
