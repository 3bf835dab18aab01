//! Trees of conditions, which Magento keeps as JSON with the names of its classes.

use commerce::{Currency, Money};
use serde::Deserialize;
use serde_json::Value;

use crate::goods::{Goods, MAX_NESTING};
use crate::policy::{Price, Region};
use crate::price_rule::When;

/// One node of a tree.
#[derive(Deserialize)]
struct Node {
    #[serde(rename = "type")]
    class: String,
    #[serde(default)]
    attribute: Option<String>,
    #[serde(default)]
    operator: Option<String>,
    #[serde(default)]
    value: Value,
    #[serde(default)]
    aggregator: Option<String>,
    #[serde(default)]
    conditions: Vec<Node>,
}

/// Reads trees of conditions.
pub(super) struct Reader<'a> {
    pub(super) currency: Currency,
    pub(super) category: &'a dyn Fn(&str) -> Option<String>,
}

impl Reader<'_> {
    /// What must hold for the cart.
    pub(super) fn when(&self, json: &str) -> Result<When, String> {
        match parse(json)? {
            Some(node) => self.cart_condition(&node, 0),
            None => Ok(When::Always),
        }
    }

    /// Which goods the rule works on.
    pub(super) fn goods(&self, json: &str) -> Result<Goods, String> {
        match parse(json)? {
            Some(node) => self.item_condition(&node, 0),
            None => Ok(Goods::Everything),
        }
    }

    fn cart_condition(&self, node: &Node, depth: usize) -> Result<When, String> {
        shallow(depth)?;
        match node.class_name() {
            "Combine" => {
                let parts: Result<Vec<When>, String> =
                    node.conditions.iter().map(|part| self.cart_condition(part, depth + 1)).collect();
                Ok(match (node.parts(), parts?) {
                    (_, parts) if parts.is_empty() => When::Always,
                    ((true, true), mut parts) if parts.len() == 1 => parts.remove(0),
                    ((true, true), parts) => When::All(parts),
                    ((true, false), parts) => When::Any(parts),
                    ((false, true), parts) => When::None(parts),
                    ((false, false), parts) => When::None(vec![When::All(parts)]),
                })
            }
            "Product\\Found" => {
                let goods = self.combined(node, depth)?;
                let found = When::Contains { goods, at_least: 1 };
                Ok(if node.is_true() { found } else { When::None(vec![found]) })
            }
            "Product\\Subselect" => self.subselect(node, depth),
            "Address" => self.address(node),
            other => Err(unknown("condition", other)),
        }
    }

    fn subselect(&self, node: &Node, depth: usize) -> Result<When, String> {
        let goods = self.combined(node, depth)?;
        let number: u32 = node.text().parse().map_err(|_| unknown("number", &node.text()))?;
        match (node.attribute.as_deref(), node.operator()) {
            (Some("qty"), ">=") => Ok(When::Contains { goods, at_least: number }),
            (Some("qty"), ">") => Ok(When::Contains { goods, at_least: number.saturating_add(1) }),
            (attribute, _) => Err(unknown("sum over items", attribute.unwrap_or_default())),
        }
    }

    fn address(&self, node: &Node) -> Result<When, String> {
        let attribute = node.attribute.as_deref().unwrap_or_default();
        let none = |when| When::None(vec![when]);
        Ok(match (attribute, node.operator()) {
            ("base_subtotal" | "base_subtotal_total_incl_tax", operator) => {
                let price = self.price(node)?;
                let above = |price: &Price| Price::of(Money::new(price.minor() + 1, self.currency));
                match operator {
                    ">=" => When::SubtotalAtLeast(price),
                    ">" => When::SubtotalAtLeast(above(&price)),
                    "<" => When::SubtotalBelow(price),
                    "<=" => When::SubtotalBelow(above(&price)),
                    other => return Err(unknown("comparison", other)),
                }
            }
            ("total_qty", operator @ (">=" | ">" | "<" | "<=")) => {
                let number: u32 = node.text().parse().map_err(|_| unknown("number", &node.text()))?;
                let least = number + u32::from(matches!(operator, ">" | "<="));
                let when = When::QuantityAtLeast(least);
                if operator.starts_with('<') { none(when) } else { when }
            }
            ("country_id", operator) => {
                let regions: Option<Vec<Region>> =
                    node.texts().iter().map(|text| Region::parse(text)).collect();
                let when = When::DeliveredTo(regions.ok_or_else(|| unknown("country", &node.text()))?);
                if operator.starts_with('!') { none(when) } else { when }
            }
            (other, _) => return Err(unknown("property of the cart", other)),
        })
    }

    fn item_condition(&self, node: &Node, depth: usize) -> Result<Goods, String> {
        shallow(depth)?;
        match node.class_name() {
            "Product\\Combine" | "Combine" => self.combined(node, depth),
            "Product" => self.product(node),
            other => Err(unknown("condition on items", other)),
        }
    }

    fn combined(&self, node: &Node, depth: usize) -> Result<Goods, String> {
        let parts: Result<Vec<Goods>, String> =
            node.conditions.iter().map(|part| self.item_condition(part, depth + 1)).collect();
        Ok(match (node.parts(), parts?) {
            (_, parts) if parts.is_empty() => Goods::Everything,
            ((_, true), mut parts) if parts.len() == 1 && node.is_true() => parts.remove(0),
            ((true, true), parts) => Goods::All(parts),
            ((true, false), parts) => Goods::Any(parts),
            ((false, true), parts) => Goods::None(parts),
            ((false, false), parts) => Goods::None(vec![Goods::All(parts)]),
        })
    }

    fn product(&self, node: &Node) -> Result<Goods, String> {
        let attribute = node.attribute.as_deref().unwrap_or_default();
        let operator = node.operator();
        let goods = match attribute {
            "category_ids" => self.categories(node)?,
            "sku" => Goods::Sku(node.texts()),
            "sale" | "special_price_active" => Goods::OnSale(node.is_true()),
            "quote_item_price" | "price" => match operator {
                ">=" => return Ok(Goods::PriceAtLeast(self.price(node)?)),
                "<" => return Ok(Goods::PriceBelow(self.price(node)?)),
                other => return Err(unknown("comparison", other)),
            },
            "" => return Err("the condition names no property; name one".to_owned()),
            key => Goods::Attribute { key: key.to_owned(), any_of: node.texts() },
        };
        match operator {
            "==" | "()" | "{}" => Ok(goods),
            "!=" | "!()" | "!{}" => Ok(Goods::None(vec![goods])),
            other => Err(unknown("comparison", other)),
        }
    }

    fn categories(&self, node: &Node) -> Result<Goods, String> {
        let mut parts = Vec::new();
        for key in node.texts() {
            let key = key.strip_prefix("url_key=").unwrap_or(&key);
            let path = (self.category)(key);
            let what = || format!("the category \"{key}\" is not known; import the catalog first");
            parts.push(Goods::Category(path.ok_or_else(what)?));
        }
        match parts.len() {
            0 => Err("the condition names no category; name one".to_owned()),
            1 => Ok(parts.remove(0)),
            _ => Ok(Goods::Any(parts)),
        }
    }

    fn price(&self, node: &Node) -> Result<Price, String> {
        let price = Money::parse(&node.text(), Some(self.currency));
        price.map(Price::of).map_err(|error| format!("{error}; write a number such as 50"))
    }
}

impl Node {
    /// What follows `…\Rule\Condition\`.
    fn class_name(&self) -> &str {
        self.class.rsplit_once("\\Condition\\").map_or(self.class.as_str(), |(_, name)| name)
    }

    fn operator(&self) -> &str {
        self.operator.as_deref().unwrap_or("==")
    }

    /// Whether the parts have to be true, and whether all of them.
    fn parts(&self) -> (bool, bool) {
        (self.is_true(), self.aggregator.as_deref() != Some("any"))
    }

    fn is_true(&self) -> bool {
        !matches!(self.text().as_str(), "0" | "false")
    }

    fn text(&self) -> String {
        match &self.value {
            Value::String(text) => text.clone(),
            Value::Null => String::new(),
            other => other.to_string(),
        }
    }

    /// A list, or words between commas.
    fn texts(&self) -> Vec<String> {
        let words: Vec<String> = match &self.value {
            Value::Array(list) => {
                list.iter().map(|one| one.as_str().map_or_else(|| one.to_string(), str::to_owned)).collect()
            }
            _ => self.text().split(',').map(str::to_owned).collect(),
        };
        words.iter().map(|word| word.trim().to_owned()).filter(|word| !word.is_empty()).collect()
    }
}

/// The tree in a cell; `None` for an empty cell. Exports for other shops write `%url_key=…%` where an id would stand.
fn parse(json: &str) -> Result<Option<Node>, String> {
    if json.is_empty() {
        return Ok(None);
    }
    let quoted: String = json
        .split('%')
        .enumerate()
        .map(|(place, part)| if place % 2 == 1 { format!("\"{part}\"") } else { part.to_owned() })
        .collect();
    let node = serde_json::from_str(json).or_else(|_| serde_json::from_str(&quoted));
    node.map(Some).map_err(|error| format!("the conditions are no JSON: {error}; export the rule again"))
}

fn shallow(depth: usize) -> Result<(), String> {
    if depth < MAX_NESTING {
        Ok(())
    } else {
        Err("the conditions are nested too deep; use flat lists".to_owned())
    }
}

fn unknown(what: &str, name: &str) -> String {
    format!("the {what} \"{name}\" cannot be said here; leave it out or write the rule by hand")
}
