//! What holds for the goods that are looked for, one by one, so that each can be taken away.

use search::{Constraint, Field, Understood};

/// One thing that holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Chip {
    /// The same as long as it is about the same field.
    pub id: String,
    /// What it is.
    pub constraint: Constraint,
    /// Why it holds, where it was not said for this search.
    pub because: Option<String>,
}

/// All that holds or is liked, each with an id of its own.
pub(crate) fn chips(need: &Understood) -> Vec<Chip> {
    let mut chips: Vec<Chip> = Vec::new();
    for constraint in need.constraints.iter().chain(&need.preferences) {
        // What is looked for is no condition of it: taking it away would leave nothing.
        if constraint.field == Field::Category && !constraint.is_negated {
            continue;
        }
        let name = name(constraint);
        let same = chips.iter().filter(|chip| self::name(&chip.constraint) == name).count();
        let id = if same == 0 { name } else { format!("{name}-{}", same + 1) };
        chips.push(Chip { id, constraint: constraint.clone(), because: None });
    }
    chips
}

/// Takes away the constraint of an id.
pub(super) fn drop(need: &mut Understood, id: &str) {
    let Some(chip) = chips(need).into_iter().find(|chip| chip.id == id) else { return };
    need.constraints.retain(|constraint| *constraint != chip.constraint);
    need.preferences.retain(|constraint| *constraint != chip.constraint);
}

fn name(constraint: &Constraint) -> String {
    let field = match &constraint.field {
        Field::Price => "price",
        Field::Category => "category",
        Field::Brand => "brand",
        Field::Rating => "rating",
        Field::Saving => "saving",
        Field::Availability => "availability",
        Field::Attribute(key) => key,
        Field::Text => "text",
    };
    if constraint.is_negated { format!("not-{field}") } else { field.to_owned() }
}
