//! The journal leads to the same state, stream and answers.

use agent::{Contents, Part as Told, Seq, Session, Words};
use wire::{AskReply, Part};

use crate::conversations::held::{Held, say};
use crate::conversations::stage::Stage;

/// What replies say that something was done; their numbers of orders are new each time.
const ACT: &str = "act";

/// What does not hold.
pub(super) async fn faults(stage: &Stage, held: &Held<'_>) -> anyhow::Result<Vec<String>> {
    let mut faults = state(stage, held).await?;
    faults.extend(stream(stage, held).await?);
    faults.extend(answers(stage, held).await?);
    Ok(faults)
}

/// The journal and the stored snapshot lead to the same state.
async fn state(stage: &Stage, held: &Held<'_>) -> anyhow::Result<Vec<String>> {
    let whole = Session::replay(held.journal.iter().cloned(), Contents::default())?;
    let Some(snapshot) = stage.desk.node().runtime().snapshot(&held.session).await? else {
        return Ok(Vec::new());
    };
    let at = snapshot.seq();
    let tail = held.journal.iter().filter(|entry| entry.seq > at).cloned();
    let resumed = Session::resume(snapshot, tail, Contents::default())?;
    let is_same = resumed.state().digest() == whole.state().digest();
    Ok(if is_same { Vec::new() } else { vec!["the snapshot leads elsewhere than the journal".to_owned()] })
}

/// Whoever listens from the beginning hears what was heard, byte for byte.
async fn stream(stage: &Stage, held: &Held<'_>) -> anyhow::Result<Vec<String>> {
    let told = stage.desk.node().listen(&held.session, Seq(0)).look().await?;
    // What was erased with a fact of the shopper is gone; the rest stays as it was heard.
    let is_erased = told.iter().any(|told| {
        matches!(told.part.part, Told::Uttered { .. } | Told::Reply { words: Words::Said(_), .. })
            && told.words.is_none()
    });
    let (mut parts, mut replies) = (Vec::new(), Vec::new());
    for told in told {
        match (told.part.part, told.words) {
            (Told::Uttered { .. }, Some(words)) => {
                parts.extend(serde_json::from_value::<Vec<Part>>(words)?);
            }
            (Told::Reply { words: Words::Said(_), .. }, Some(words)) => {
                replies.push(serde_json::from_value::<AskReply>(words["reply"].clone())?);
            }
            _ => {}
        }
    }
    let heard: Vec<Part> = held.turns.iter().flat_map(|turn| &turn.parts).map(unnamed).collect();
    let said: Vec<AskReply> = held.turns.iter().map(|turn| turn.reply.clone()).collect();
    let mut faults = Vec::new();
    let parts: Vec<Part> = parts.iter().map(unnamed).collect();
    let is_heard = if is_erased { is_within(&parts, &heard, |a, b| a == b) } else { parts == heard };
    if !is_heard {
        faults.push("the stream from the journal differs from what was heard".to_owned());
    }
    let same = |a: &AskReply, b: &AskReply| a.text == b.text && a.claims == b.claims;
    if !is_erased && replies.len() != said.len() || !is_within(&replies, &said, same) {
        faults.push("the replies in the journal differ from what was heard".to_owned());
    }
    Ok(faults)
}

/// Whether all of a list stands in another one, in its order.
fn is_within<T>(list: &[T], whole: &[T], same: impl Fn(&T, &T) -> bool) -> bool {
    let mut rest = whole.iter();
    list.iter().all(|own| rest.any(|other| same(own, other)))
}

/// A part without the name of the session, which the journal does not hold.
fn unnamed(part: &Part) -> Part {
    match part.clone() {
        Part::Start { message_id, mut message_metadata } => {
            message_metadata.session.clear();
            Part::Start { message_id, message_metadata }
        }
        other => other,
    }
}

/// The same words in another session have the same answers.
async fn answers(stage: &Stage, held: &Held<'_>) -> anyhow::Result<Vec<String>> {
    let seat = stage.desk.seat(None, None).await?;
    let mut faults = Vec::new();
    for turn in &held.turns {
        let (again, _) = say(stage, &seat, turn.turn).await?;
        let is_act = turn.reply.intent == ACT && again.intent == ACT;
        if !is_act && (again.text != turn.reply.text || again.claims != turn.reply.claims) {
            faults.push(format!("answered otherwise the second time: {}", turn.turn.text));
        }
    }
    Ok(faults)
}
