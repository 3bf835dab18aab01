//! The objects of a page's scripts and the references between them.

use std::borrow::Cow;
use std::collections::HashMap;

use serde_json::{Map, Value};

/// Properties that lead from a page or a list to what it is about.
const LEADS: [&str; 7] = [
    "@graph",
    "mainEntity",
    "mainEntityOfPage",
    "itemListElement",
    "item",
    "about",
    "hasMerchantReturnPolicy",
];
/// How far such properties are followed.
const MAX_DEPTH: usize = 8;
/// Objects of one page that are read; no page for people has more.
const MAX_ENTITIES: usize = 5_000;

/// All objects of a page.
pub(super) struct Graph<'a> {
    roots: &'a [Value],
    by_id: HashMap<&'a str, &'a Map<String, Value>>,
}

/// One object.
#[derive(Clone, Copy)]
pub(super) struct Node<'a> {
    object: &'a Map<String, Value>,
    graph: &'a Graph<'a>,
}

impl<'a> Graph<'a> {
    pub(super) fn of(roots: &'a [Value]) -> Self {
        let mut graph = Self { roots, by_id: HashMap::new() };
        for root in roots {
            graph.index(root);
        }
        graph
    }

    /// The typed objects that the page is about, each once.
    pub(super) fn entities(&'a self) -> Vec<Node<'a>> {
        let mut entities: Vec<Node<'a>> = Vec::new();
        for root in self.roots {
            self.collect(root, MAX_DEPTH, &mut entities);
        }
        entities
    }

    fn collect(&'a self, value: &'a Value, depth: usize, entities: &mut Vec<Node<'a>>) {
        match value {
            Value::Array(items) => items.iter().for_each(|item| self.collect(item, depth, entities)),
            Value::Object(object) if depth > 0 && entities.len() < MAX_ENTITIES => {
                let node = self.resolve(object);
                if entities.iter().any(|known| std::ptr::eq(known.object, node.object)) {
                    return;
                }
                if node.object.contains_key("@type") {
                    entities.push(node);
                }
                for lead in LEADS {
                    if let Some(inner) = node.object.get(lead) {
                        self.collect(inner, depth - 1, entities);
                    }
                }
            }
            _ => {}
        }
    }

    /// Remembers every object that says more of itself than its id; the one that says most wins.
    fn index(&mut self, value: &'a Value) {
        match value {
            Value::Array(items) => items.iter().for_each(|item| self.index(item)),
            Value::Object(object) => {
                if let Some(id) = object.get("@id").and_then(Value::as_str) {
                    let known = self.by_id.entry(id).or_insert(object);
                    if known.len() < object.len() {
                        *known = object;
                    }
                }
                object.values().for_each(|inner| self.index(inner));
            }
            _ => {}
        }
    }

    /// The object itself or, for a reference, the one that it refers to.
    fn resolve(&'a self, object: &'a Map<String, Value>) -> Node<'a> {
        let id = object.get("@id").and_then(Value::as_str);
        let target =
            id.and_then(|id| self.by_id.get(id)).copied().filter(|target| target.len() > object.len());
        Node { object: target.unwrap_or(object), graph: self }
    }
}

impl<'a> Node<'a> {
    /// Whether both are the same object.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        std::ptr::eq(self.object, other.object)
    }

    /// Whether it is of this type of schema.org.
    pub(super) fn is(&self, wanted: &str) -> bool {
        values(self.object.get("@type")).any(|kind| kind.as_str().is_some_and(|kind| word(kind) == wanted))
    }

    /// The first text of a property, without white space around it; empty where there is none.
    pub(super) fn text(&self, property: &str) -> Cow<'a, str> {
        self.texts(property).into_iter().next().unwrap_or_default()
    }

    /// The texts of a property: strings, numbers, and names of objects.
    pub(super) fn texts(&self, property: &str) -> Vec<Cow<'a, str>> {
        let text = |value: &'a Value| match value {
            Value::String(text) => Cow::Borrowed(text.trim()),
            Value::Number(number) => Cow::Owned(number.to_string()),
            Value::Bool(flag) => Cow::Borrowed(if *flag { "true" } else { "false" }),
            Value::Object(object) => {
                let node = self.graph.resolve(object);
                ["@value", "name", "value"]
                    .into_iter()
                    .find_map(|name| node.object.get(name).and_then(Value::as_str))
                    .map_or(Cow::Borrowed(""), |text| Cow::Borrowed(text.trim()))
            }
            _ => Cow::Borrowed(""),
        };
        values(self.object.get(property)).map(text).filter(|text| !text.is_empty()).collect()
    }

    /// The first of these properties that has a text.
    pub(super) fn first_text(&self, properties: &[&str]) -> Cow<'a, str> {
        properties.iter().map(|name| self.text(name)).find(|text| !text.is_empty()).unwrap_or_default()
    }

    /// The objects of a property, references followed.
    pub(super) fn nodes(&self, property: &str) -> Vec<Node<'a>> {
        let objects = values(self.object.get(property)).filter_map(Value::as_object);
        objects.map(|object| self.graph.resolve(object)).collect()
    }

    /// Its id in the graph; empty where it has none.
    pub(super) fn id(&self) -> &'a str {
        self.object.get("@id").and_then(Value::as_str).unwrap_or("").trim()
    }

    /// The addresses of a property: strings, or `url` and `contentUrl` of objects.
    pub(super) fn addresses(&self, property: &str) -> Vec<(Cow<'a, str>, Cow<'a, str>)> {
        let address = |value: &'a Value| match value {
            Value::String(text) => (Cow::Borrowed(text.trim()), Cow::Borrowed("")),
            Value::Object(object) => {
                let node = self.graph.resolve(object);
                (node.first_text(&["url", "contentUrl", "@id"]), node.first_text(&["caption", "name"]))
            }
            _ => (Cow::Borrowed(""), Cow::Borrowed("")),
        };
        values(self.object.get(property)).map(address).filter(|(url, _)| !url.is_empty()).collect()
    }
}

/// The values of a property, whether it is a list or not.
fn values(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    let items: &[Value] = match value {
        Some(Value::Array(items)) => items,
        Some(only) => std::slice::from_ref(only),
        None => &[],
    };
    items.iter()
}

/// The last part of a name such as `https://schema.org/Product` or `schema:Product`.
pub(super) fn word(name: &str) -> &str {
    name.rsplit(['/', ':', '#']).next().unwrap_or(name).trim()
}
