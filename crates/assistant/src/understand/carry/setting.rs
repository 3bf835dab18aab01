//! The question before in another place or at another time: `and in July?`, `what about Madrid?`. The rest of it stays.

use super::words_table::ASKING;
use super::{Said, points};
use crate::understand::context;
use crate::{Ask, AskError, Snapshot};

/// The question before with what is named now in place of what was named then; `None` where something else is said, or the
/// question before was about no place and no time.
pub(super) fn again(snapshot: &Snapshot, ask: &Ask, said: &Said<'_>) -> Result<Option<Ask>, AskError> {
    let Some(asked) = ask.thread.question.as_deref() else { return Ok(None) };
    let bare = said.bare();
    let now = context::named(snapshot, bare, ask.now);
    let before = context::named(snapshot, asked, ask.now);
    if said.rest().first().is_none_or(|first| ASKING.contains(first)) {
        return Ok(None);
    }
    if !now.is_all_of(bare) || !before.is_any() {
        return Ok(None);
    }
    let kept = before.without(asked, &now);
    let joint = if now.is_led { "" } else { "in " };
    let text = format!("{} {joint}{bare}", kept.trim_end_matches(['?', '.', '!', ' ']));
    let is_of_topic = ask.product.is_none() && points(snapshot, ask, &Said::of(&text))?;
    let topic = if is_of_topic { ask.thread.topic.clone() } else { None };
    let product = ask.product.clone().or(topic);
    Ok(Some(Ask { text, product, vector: None, shown: Vec::new(), ..ask.clone() }))
}

#[cfg(test)]
mod tests {
    use crate::understand::context::Named;

    fn after(asked: &str, said: &str) -> String {
        let now = jiff::Timestamp::UNIX_EPOCH;
        let (before, then) = (Named::of(None, asked, now), Named::of(None, said, now));
        before.without(asked, &then)
    }

    #[test]
    fn only_what_is_named_anew_makes_room() {
        assert_eq!(after("is it warm enough for Oslo in January", "in July"), "is it warm enough for Oslo");
        assert_eq!(after("would it do in Bergen in October", "in Madrid"), "would it do in October");
        assert_eq!(after("is it ok for a week in Reykjavik in March", "Rome in May"), "is it ok");
    }
}
