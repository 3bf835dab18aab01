//! Forgetting, on request.

use agent::FactId;
use sessions::NodeError;

use super::{Guide, Heard, Mind, tell};
use crate::guide::Step;
use crate::remembered::Remembered;

const UNKNOWN: &str = "I remember nothing of the kind of you.";

impl Guide {
    /// Erases facts with the words that said them, in all conversations of the shopper.
    pub(super) async fn erase(
        &self,
        heard: &Heard<'_>,
        facts: Vec<FactId>,
        remembered: &mut Remembered,
        mind: &mut Mind,
    ) -> Result<Step, NodeError> {
        if facts.is_empty() {
            return Ok(tell(UNKNOWN, remembered, mind));
        }
        // The wish itself may say what is to be forgotten.
        heard.voice.repeats(facts.clone()).await?;
        heard.voice.erase(&facts).await?;
        let words: Vec<String> = mind
            .kept
            .iter()
            .filter(|own| facts.contains(&own.id) && !own.told.words.is_empty())
            .map(|own| serde_json::Value::from(own.told.words.as_str()).to_string())
            .collect();
        mind.kept.retain(|own| !facts.contains(&own.id));
        remembered.told.clear();
        let thread = remembered.thread.to_string();
        if words.iter().any(|words| thread.contains(words.trim_matches('"'))) {
            remembered.thread = serde_json::Value::Null;
        }
        mind.note.erased = facts.iter().map(ToString::to_string).collect();
        let text = match (facts.len(), mind.kept.is_empty()) {
            (_, true) => "That is forgotten. I remember nothing about you now.".to_owned(),
            (1, false) => "That is forgotten.".to_owned(),
            (count, false) => format!("That is forgotten: {count} things that I knew of you."),
        };
        Ok(tell(text, remembered, mind))
    }
}
