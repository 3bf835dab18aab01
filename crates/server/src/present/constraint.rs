//! Constraints as they cross the wire.

use search::{Constraint, Field, Test};

/// Names that are not those of attributes.
const FIXED: [&str; 7] = ["price", "category", "brand", "rating", "saving", "availability", "text"];

/// The name of a field in filters, facets and constraints.
pub(crate) fn field_name(field: &Field) -> String {
    match field {
        Field::Price => "price".to_owned(),
        Field::Category => "category".to_owned(),
        Field::Brand => "brand".to_owned(),
        Field::Rating => "rating".to_owned(),
        Field::Saving => "saving".to_owned(),
        Field::Availability => "availability".to_owned(),
        Field::Text => "text".to_owned(),
        Field::Attribute(key) if FIXED.contains(&key.as_str()) => format!("attribute.{key}"),
        Field::Attribute(key) => key.clone(),
    }
}

/// One constraint.
pub(crate) fn constraint(constraint: &Constraint) -> wire::Constraint {
    wire::Constraint {
        field: field_name(&constraint.field),
        or_fields: constraint.or_fields.iter().map(field_name).collect(),
        test: test(&constraint.test),
        negated: constraint.is_negated,
        words: constraint.words.clone(),
    }
}

fn test(test: &Test) -> wire::Test {
    match test {
        Test::AnyOf(values) => wire::Test::AnyOf { values: values.clone() },
        Test::AtMost(max) => wire::Test::AtMost { max: *max },
        Test::AtLeast(min) => wire::Test::AtLeast { min: *min },
        Test::Between(min, max) => wire::Test::Between { min: *min, max: *max },
    }
}
