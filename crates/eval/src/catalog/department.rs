//! The department store's YAML catalog as a JSONL feed: category and style become the category path, the affinity to a
//! gender an attribute, and the stock decides what can be bought.

use anyhow::Context;
use serde::Deserialize;
use serde_json::json;

/// A product as the catalog has it; what a shop would not publish is left out.
#[derive(Deserialize)]
struct Row {
    id: String,
    name: String,
    category: String,
    style: String,
    description: String,
    price: f64,
    current_stock: u64,
    gender_affinity: Option<String>,
}

/// The feed.
pub(super) fn to_jsonl(yaml: &[u8]) -> anyhow::Result<String> {
    let rows: Vec<Row> = serde_norway::from_slice(yaml).context("the catalog is no YAML list of products")?;
    let shop = json!({"type": "shop", "name": "Department store", "currency": "USD"});
    let lines = rows.iter().map(|row| product(row).to_string());
    Ok(std::iter::once(shop.to_string()).chain(lines).collect::<Vec<_>>().join("\n"))
}

fn product(row: &Row) -> serde_json::Value {
    let gender = match row.gender_affinity.as_deref() {
        Some("F") => json!({"Gender": "Women"}),
        Some("M") => json!({"Gender": "Men"}),
        _ => json!({}),
    };
    json!({
        "type": "product",
        "id": row.id,
        "title": row.name,
        "description": row.description,
        "categories": [format!("{} > {}", capitalised(&row.category), capitalised(&row.style))],
        "price": format!("{:.2} USD", row.price),
        "stock": row.current_stock,
        "availability": if row.current_stock > 0 { "in_stock" } else { "out_of_stock" },
        "attributes": gender,
    })
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_product_becomes_a_line() {
        let yaml = "- {id: a, name: Mauve Daypack, category: accessories, style: backpack, \
                    description: Soft., price: 149.9, current_stock: 3, gender_affinity: F}";
        let feed = super::to_jsonl(yaml.as_bytes()).unwrap();
        assert_eq!(
            feed.lines().nth(1),
            Some(
                r#"{"type":"product","id":"a","title":"Mauve Daypack","description":"Soft.","categories":["Accessories > Backpack"],"price":"149.90 USD","stock":3,"availability":"in_stock","attributes":{"Gender":"Women"}}"#
            )
        );
    }
}
