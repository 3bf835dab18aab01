//! A JSON Schema as a grammar in GBNF.
//!
//! The subset: `type` (also a list of types), `enum`, `const`, `properties` with `required`, `items` with `minItems` and
//! `maxItems`, `maxLength` and `minLength` of strings, `anyOf`, `oneOf`, `$ref` into `$defs` or `definitions`. Annotations
//! and bounds of numbers are passed over: whoever reads the value checks those. Whatever else would change the meaning is
//! refused. Properties come in the order of the schema, and there is no choice of white space, since small models lose
//! themselves in it: `{"a": 1, "b": [2, 3]}`.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde_json::{Map, Value};

use crate::InferError;

/// Repetitions that a grammar spells out; beyond it a bound is left to the reader of the value.
const MAX_REPEAT: u64 = 256;

const IGNORED: &[&str] = &[
    "$schema",
    "$id",
    "$defs",
    "definitions",
    "title",
    "description",
    "default",
    "examples",
    "format",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "additionalProperties",
    "uniqueItems",
];

const PRIMITIVES: &str = r#"char ::= [^"\\\x00-\x1F] | "\\" (["\\/bfnrt] | "u" [0-9a-fA-F]{4})
boolean ::= "true" | "false"
null ::= "null"
integer ::= "-"? ("0" | [1-9] [0-9]{0,15})
number ::= integer ("." [0-9]{1,15})? ([eE] [-+]? [0-9]{1,3})?
"#;

/// The grammar whose texts are the values of a schema.
pub fn schema_to_grammar(schema: &Value) -> Result<String, InferError> {
    let mut writer = Writer { root: schema, rules: BTreeMap::new(), depth: 0 };
    let root = writer.value(schema)?;
    let mut grammar = format!("root ::= {root}\n");
    for (name, body) in &writer.rules {
        writeln!(grammar, "{name} ::= {body}").map_err(InferError::failed)?;
    }
    Ok(grammar + PRIMITIVES)
}

struct Writer<'a> {
    root: &'a Value,
    rules: BTreeMap<String, String>,
    depth: usize,
}

impl Writer<'_> {
    /// The expression for any value of a schema.
    fn value(&mut self, schema: &Value) -> Result<String, InferError> {
        const MAX_DEPTH: usize = 32;
        let Value::Object(schema) = schema else { return unsupported(schema) };
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(InferError::rejected("the schema is nested too deep"));
        }
        let expression = self.object_schema(schema);
        self.depth -= 1;
        expression
    }

    fn object_schema(&mut self, schema: &Map<String, Value>) -> Result<String, InferError> {
        if let Some(Value::String(path)) = schema.get("$ref") {
            return self.reference(path);
        }
        if let Some(constant) = schema.get("const") {
            return Ok(quoted(&constant.to_string()));
        }
        if let Some(Value::Array(values)) = schema.get("enum") {
            return alternatives(values.iter().map(|v| Ok(quoted(&v.to_string()))));
        }
        if let Some(Value::Array(options)) = schema.get("anyOf").or(schema.get("oneOf")) {
            return alternatives(options.iter().map(|option| self.value(option)));
        }
        match schema.get("type") {
            Some(Value::String(kind)) => self.typed(kind, schema),
            Some(Value::Array(kinds)) => {
                alternatives(kinds.iter().map(|kind| self.typed(kind.as_str().unwrap_or_default(), schema)))
            }
            _ => unsupported(&Value::Object(schema.clone())),
        }
    }

    fn typed(&mut self, kind: &str, schema: &Map<String, Value>) -> Result<String, InferError> {
        let known: &[&str] = match kind {
            "object" => &["type", "properties", "required"],
            "array" => &["type", "items", "minItems", "maxItems"],
            "string" => &["type", "minLength", "maxLength"],
            _ => &["type"],
        };
        // A list of types may carry the keywords of any of them.
        let is_list = schema["type"].is_array();
        if let Some(key) =
            schema.keys().find(|k| !is_list && !known.contains(&k.as_str()) && !IGNORED.contains(&k.as_str()))
        {
            return Err(InferError::rejected(format!(
                "a schema may not say {key:?} of a value of type {kind}"
            )));
        }
        match kind {
            "object" => self.object(schema),
            "array" => self.array(schema),
            "string" => Ok(format!(r#""\"" char{} "\"""#, repeat(schema, "minLength", "maxLength", 0))),
            "number" | "integer" | "boolean" | "null" => Ok(kind.to_owned()),
            _ => Err(InferError::rejected(format!("a schema may not name the type {kind:?}"))),
        }
    }

    /// `#/$defs/Name` becomes a rule of its own, so that a schema may refer to itself.
    fn reference(&mut self, path: &str) -> Result<String, InferError> {
        let target = path.strip_prefix('#').and_then(|pointer| self.root.pointer(pointer));
        let target = target.ok_or_else(|| InferError::rejected(format!("the schema has no {path}")))?;
        let words = path.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' });
        let name = format!("ref-{}", words.collect::<String>().trim_matches('-'));
        if !self.rules.contains_key(&name) {
            self.rules.insert(name.clone(), String::new());
            let depth = std::mem::take(&mut self.depth);
            let body = self.value(target)?;
            self.depth = depth;
            self.rules.insert(name.clone(), body);
        }
        Ok(name)
    }

    /// Properties in order, each optional one with the choice to pass over it. Whether a comma is due depends on whether
    /// anything came before, so the rest of an object has up to two rules at each property.
    fn object(&mut self, schema: &Map<String, Value>) -> Result<String, InferError> {
        let empty = Map::new();
        let properties = schema.get("properties").and_then(Value::as_object).unwrap_or(&empty);
        let required: Vec<&str> = schema
            .get("required")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        let (mut first, mut later) = (r#""""#.to_owned(), r#""""#.to_owned());
        for (key, value) in properties.iter().rev() {
            let pair =
                format!("{} {}", quoted(&format!("{}: ", Value::from(key.as_str()))), self.value(value)?);
            let pair = self.rule(pair);
            let with_comma = format!(r#"", " {pair} {later}"#);
            let without_comma = format!("{pair} {later}");
            (first, later) = match required.contains(&key.as_str()) {
                true => (without_comma, with_comma),
                false => (format!("({without_comma} | {first})"), format!("({with_comma} | {later})")),
            };
            (first, later) = (self.rule(first), self.rule(later));
        }
        Ok(format!(r#""{{" {first} "}}""#))
    }

    fn array(&mut self, schema: &Map<String, Value>) -> Result<String, InferError> {
        let items =
            schema.get("items").ok_or_else(|| InferError::rejected("an array in a schema needs items"))?;
        let item = self.value(items)?;
        let item = self.rule(item);
        let at_least = schema.get("minItems").and_then(Value::as_u64).unwrap_or(0);
        if schema.get("maxItems").and_then(Value::as_u64) == Some(0) {
            return Ok(r#""[]""#.to_owned());
        }
        let more = repeat(schema, "minItems", "maxItems", 1);
        let full = format!(r#"{item} (", " {item}){more}"#);
        Ok(match at_least {
            0 => format!(r#""[" ({full})? "]""#),
            _ => format!(r#""[" {full} "]""#),
        })
    }

    /// A rule with this body, made once.
    fn rule(&mut self, body: String) -> String {
        if !body.contains(' ') {
            return body;
        }
        if let Some((name, _)) = self.rules.iter().find(|(_, known)| **known == body) {
            return name.clone();
        }
        let name = format!("r{:03}", self.rules.len());
        self.rules.insert(name.clone(), body);
        name
    }
}

/// The repetition for a pair of bounds, of which `spent` are written out already.
fn repeat(schema: &Map<String, Value>, least: &str, most: &str, spent: u64) -> String {
    let bound = |key: &str| schema.get(key).and_then(Value::as_u64).map(|n| n.saturating_sub(spent));
    let least = bound(least).unwrap_or(0).min(MAX_REPEAT);
    match bound(most).filter(|most| *most <= MAX_REPEAT) {
        Some(most) => format!("{{{least},{}}}", most.max(least)),
        None if least == 0 => "*".to_owned(),
        None => format!("{{{least},}}"),
    }
}

fn alternatives(options: impl Iterator<Item = Result<String, InferError>>) -> Result<String, InferError> {
    let options: Vec<String> = options.collect::<Result<_, _>>()?;
    match options.is_empty() {
        true => Err(InferError::rejected("a schema may not leave a value without alternatives")),
        false => Ok(format!("({})", options.join(" | "))),
    }
}

/// A literal of the grammar.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', r"\\").replace('"', r#"\""#))
}

fn unsupported<T>(schema: &Value) -> Result<T, InferError> {
    Err(InferError::rejected(format!("a schema may not say only {schema}")))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// The grammar without the rules that all have.
    fn check(schema: Value) -> String {
        schema_to_grammar(&schema).unwrap().replace(PRIMITIVES, "")
    }

    #[test]
    fn objects_keep_the_order_and_may_leave_out_what_is_optional() {
        let grammar = check(json!({
            "type": "object",
            "properties": {
                "intent": {"enum": ["find", "answer"]},
                "colour": {"type": ["string", "null"], "maxLength": 20},
                "limit": {"type": "integer"}
            },
            "required": ["intent"]
        }));
        insta::assert_snapshot!(grammar, @r#"
        root ::= "{" r007 "}"
        r000 ::= "\"limit\": " integer
        r001 ::= (r000 "" | "")
        r002 ::= (", " r000 "" | "")
        r003 ::= "\"colour\": " ("\"" char{0,20} "\"" | null)
        r004 ::= (r003 r002 | r001)
        r005 ::= (", " r003 r002 | r002)
        r006 ::= "\"intent\": " ("\"find\"" | "\"answer\"")
        r007 ::= r006 r005
        r008 ::= ", " r006 r005
        "#);
    }

    #[test]
    fn arrays_and_references() {
        let grammar = check(json!({
            "type": "array", "items": {"$ref": "#/$defs/Node"}, "minItems": 1, "maxItems": 3,
            "$defs": {"Node": {"type": "object", "properties": {"next": {"anyOf": [{"$ref": "#/$defs/Node"}, {"type": "null"}]}}, "required": ["next"]}}
        }));
        insta::assert_snapshot!(grammar, @r#"
        root ::= "[" ref-defs-Node (", " ref-defs-Node){0,2} "]"
        r001 ::= "\"next\": " (ref-defs-Node | null)
        r002 ::= r001 ""
        r003 ::= ", " r001 ""
        ref-defs-Node ::= "{" r002 "}"
        "#);
    }

    #[test]
    fn what_would_change_the_meaning_is_refused() {
        for schema in [
            json!(true),
            json!({}),
            json!({"type": "string", "pattern": "a+"}),
            json!({"type": "array"}),
            json!({"enum": []}),
            json!({"$ref": "#/$defs/Missing"}),
        ] {
            assert!(matches!(schema_to_grammar(&schema), Err(InferError::Rejected { .. })), "{schema}");
        }
    }
}
