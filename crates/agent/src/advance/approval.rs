//! Asking a person, and what they answer.

use serde_json::Value;

use super::settle;
use crate::tool::faults;
use crate::writer::Writer;
use crate::{
    About, Actor, ApprovalPolicy, ApprovalText, CloseApproval, Digest, Effect, Failure, Fate, Key, Preview,
    Private, Refusal, Refuse, RequestApproval, Review, Revise, Role, Stage,
};

/// Yes or no.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    Yes,
    No,
}

/// Gets an activity whose policy wants a person's yes on its way to one.
pub(super) fn seek(writer: &mut Writer<'_>, key: Key) {
    let state = writer.state();
    let Some(activity) = state.activities.get(&key) else { return };
    let ApprovalPolicy::Always { text, .. } = &activity.policy else { return };
    match text {
        ApprovalText::Template(template) => {
            let input = writer.contents().value(&activity.input).unwrap_or(&Value::Null);
            let text = fill(template, input);
            let text = writer.hold("approval", Value::String(text));
            ask_person(writer, key, text, None);
        }
        ApprovalText::Preview => match activity.preview_until {
            None => {
                let until = state.now.after(activity.rules.timeout_ms.max(1));
                let (tool, input) = (activity.tool.clone(), activity.input.clone());
                writer.emit(Effect::Preview(Preview { key, tool, input, until }));
            }
            Some(until) if until <= state.now => {
                settle(writer, key, Fate::Failed(Failure::NoPreview));
            }
            Some(_) => {}
        },
    }
}

/// Shows a text to a person.
pub(crate) fn ask_person(writer: &mut Writer<'_>, key: Key, text: Private, then: Option<Review>) {
    let state = writer.state();
    let Some(activity) = state.activities.get(&key) else { return };
    let ApprovalPolicy::Always { by, expires_ms, .. } = activity.policy else { return };
    let expires_at = state.now.after(expires_ms.max(1));
    let shown = writer.contents().text(&text).unwrap_or_default();
    let digest = Digest::of(&[key.idempotency(&state.session).as_bytes(), shown.as_bytes()]);
    // Whoever is asked anyway is not asked twice.
    let then = then.filter(|review| review.by != by);
    let asked = RequestApproval { key, by, text, digest, expires_at, then, follows: false };
    writer.emit(Effect::RequestApproval(asked));
}

/// Takes an answer of somebody who may give it and has seen the text as it is.
pub(crate) fn answer(writer: &mut Writer<'_>, key: Key, digest: &Digest, by: &Actor, verdict: Verdict) {
    if !may_answer(writer, key, digest, by) {
        return;
    }
    let is_granted = verdict == Verdict::Yes;
    let (digest, by) = (*digest, by.clone());
    writer.emit(Effect::CloseApproval(CloseApproval { key, digest, is_granted, by }));
    match is_granted {
        true => ask_next(writer, key),
        false => settle(writer, key, Fate::Failed(Failure::Denied)),
    }
}

/// Shows the text that somebody has said yes to to whoever has to say yes after them.
fn ask_next(writer: &mut Writer<'_>, key: Key) {
    let state = writer.state();
    let approval = state.activities.get(&key).and_then(|activity| activity.approval.clone());
    let Some((approval, next)) = approval.and_then(|approval| approval.then.map(|next| (approval, next)))
    else {
        return;
    };
    let expires_at = state.now.after(next.expires_ms.max(1));
    let (text, digest) = (approval.text, approval.digest);
    let asked = RequestApproval { key, by: next.by, text, digest, expires_at, then: None, follows: true };
    writer.emit(Effect::RequestApproval(asked));
}

/// Takes another input for what waits for approval.
pub(crate) fn revise(writer: &mut Writer<'_>, key: Key, digest: &Digest, input: &Private, by: &Actor) {
    if !may_answer(writer, key, digest, by) {
        return;
    }
    let state = writer.state();
    let tool = state.activities.get(&key).and_then(|activity| state.settings.tools.get(&activity.tool));
    let found = match (tool, writer.contents().value(input)) {
        (Some(tool), Some(value)) => faults(&tool.input, value),
        _ => vec![": missing".to_owned()],
    };
    if found.is_empty() {
        let asks_shopper = |activity: &crate::Activity| {
            matches!(activity.policy, ApprovalPolicy::Always { by: Role::Shopper, .. })
        };
        let is_asked = writer.state().activities.get(&key).is_some_and(asks_shopper);
        let is_news = is_asked && matches!(by, Actor::Staff(_));
        writer.emit(Effect::Revise(Revise { key, input: input.clone(), is_news }));
    } else {
        refuse(writer, key, Refusal::BadInput(found));
    }
}

/// Ends the questions that stood too long.
pub(super) fn expire(writer: &mut Writer<'_>) {
    let now = writer.state().now;
    let is_late =
        |stage: &Stage| matches!(stage, Stage::AwaitingApproval { expires_at } if *expires_at <= now);
    for (key, digest) in waiting(writer, is_late) {
        let by = Actor::Runtime;
        writer.emit(Effect::CloseApproval(CloseApproval { key, digest, is_granted: false, by }));
        settle(writer, key, Fate::Failed(Failure::Expired));
    }
}

fn waiting(writer: &Writer<'_>, is_wanted: impl Fn(&Stage) -> bool) -> Vec<(Key, Digest)> {
    let open = writer.state().open_activities().filter(|(_, activity)| is_wanted(&activity.stage));
    open.filter_map(|(key, activity)| Some((key, activity.approval.as_ref()?.digest))).collect()
}

fn may_answer(writer: &mut Writer<'_>, key: Key, digest: &Digest, by: &Actor) -> bool {
    let state = writer.state();
    let Some(activity) = state.activities.get(&key) else { return false };
    let is_late = activity.approval.as_ref().is_some_and(|approval| approval.expires_at <= state.now);
    let refusal = if !activity.may_answer(by, &state.owner) {
        Refusal::NotAllowed
    } else if activity.question(digest).is_none() || is_late {
        Refusal::OutdatedText
    } else {
        return true;
    };
    refuse(writer, key, refusal);
    false
}

fn refuse(writer: &mut Writer<'_>, key: Key, refusal: Refusal) {
    writer.emit(Effect::Refuse(Refuse { about: About::Approval(key), refusal }));
}

/// Puts the values of an input in the places of a template.
fn fill(template: &str, input: &Value) -> String {
    let mut text = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let Some((pointer, after)) = after.split_once('}') else {
            text.push('{');
            rest = after;
            continue;
        };
        match input.pointer(pointer) {
            Some(Value::String(value)) => text.push_str(value),
            Some(value) => text.push_str(&value.to_string()),
            None => text.push('–'),
        }
        rest = after;
    }
    text + rest
}
