//! Which facts are about the same thing.

use crate::{Contents, Fact, FactId, Private};

/// The facts that hold and are about the same topic, other than this one. Case and spaces do not matter.
pub(crate) fn rivals<'a>(
    facts: impl Iterator<Item = &'a Fact>,
    id: &FactId,
    topic: &Private,
    contents: &Contents,
) -> Vec<FactId> {
    let Some(topic) = contents.text(topic).map(normal) else { return Vec::new() };
    facts
        .filter(|fact| fact.id != *id && fact.status == crate::FactStatus::Current)
        .filter(|fact| contents.text(&fact.topic).map(normal).as_ref() == Some(&topic))
        .map(|fact| fact.id.clone())
        .collect()
}

fn normal(topic: &str) -> String {
    topic.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}
