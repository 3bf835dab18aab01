//! Metafields: fields that a shop adds to its products, whose values are text, lists or small JSON objects.

use commerce::Attribute;
use serde_json::Value;

use crate::csv_rows::{Column, CsvRow};
use crate::html_text::plain;
use crate::row::{attribute, list_values};

/// The attributes that these columns state in a row.
pub(super) fn attributes(columns: &[(String, Column)], cells: &CsvRow<'_>) -> Vec<Attribute> {
    columns
        .iter()
        .filter_map(|(label, column)| {
            let values = values(cells.text(*column));
            attribute(label, values.iter().map(String::as_str))
        })
        .collect()
}

/// The values of a metafield as text. References to other things of the shop say nothing to a shopper and are left
/// out.
fn values(text: &str) -> Vec<String> {
    if text.is_empty() || text.starts_with("gid://") {
        return Vec::new();
    }
    if text.starts_with(['{', '['])
        && let Ok(value) = serde_json::from_str::<Value>(text)
    {
        return of_json(&value);
    }
    list_values(text).into_iter().map(plain).filter(|value| !value.is_empty()).collect()
}

fn of_json(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().flat_map(of_json).collect(),
        Value::String(text) if text.starts_with("gid://") => Vec::new(),
        Value::String(text) => Some(plain(text)).filter(|text| !text.is_empty()).into_iter().collect(),
        Value::Number(number) => vec![number.to_string()],
        Value::Bool(flag) => vec![flag.to_string()],
        Value::Object(object) => match (object.get("value"), object.get("unit"), object.get("children")) {
            (Some(value), Some(Value::String(unit)), _) => {
                vec![format!("{} {}", of_json(value).join(" "), unit.to_lowercase().replace('_', " "))]
            }
            (_, _, Some(children)) => {
                Some(rich_text(children)).filter(|text| !text.is_empty()).into_iter().collect()
            }
            _ => Vec::new(),
        },
        Value::Null => Vec::new(),
    }
}

/// The words of formatted text.
fn rich_text(value: &Value) -> String {
    match value {
        Value::Array(items) => {
            items.iter().map(rich_text).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ")
        }
        Value::Object(object) => match (object.get("value"), object.get("children")) {
            (Some(Value::String(text)), _) => text.trim().to_owned(),
            (_, Some(children)) => rich_text(children),
            _ => String::new(),
        },
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_lists_quantities_and_formatted_text() {
        assert_eq!(values("Wash cold"), ["Wash cold"]);
        assert_eq!(values(r#"["Oak", "Iron"]"#), ["Oak", "Iron"]);
        assert_eq!(values(r#"{"value": 2.5, "unit": "KILOGRAMS"}"#), ["2.5 kilograms"]);
        let rich = r#"{"type":"root","children":[{"type":"paragraph","children":[{"type":"text","value":"Oil it."}]}]}"#;
        assert_eq!(values(rich), ["Oil it."]);
        assert!(values("gid://shopify/Metaobject/1").is_empty());
        assert_eq!(values("[not json"), ["[not json"]);
    }
}
