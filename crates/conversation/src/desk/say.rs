//! Saying something: a message, or a yes or a no to what was asked.

use std::collections::BTreeMap;
use std::time::Duration;

use action::{Reply, reply, reply_to};
use agent::{
    Activity, Actor, Approved, Body, Configured, Contents, Denied, DeviceId, Digest, EventKind, Key, Line,
    Message, MessageId, Role, Seq, SessionId, Stage, State, Time, TurnId,
};
use checkout::tool::ToolName;
use jiff::Timestamp;
use sessions::{NodeError, Untold, Words, new_id};
use wire::Confirmed;

use super::{Desk, Exchange, Seat};
use crate::DeskError;
use crate::remembered::reply_of;
use crate::said::Said;

/// The device of those who name none.
const DEVICE: &str = "dev_any";
/// How long something that is said waits for what was said before it.
const PATIENCE: Duration = Duration::from_secs(60);
/// The longest name of a message.
const MAX_NAME_BYTES: usize = 96;

/// What somebody says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Utterance {
    /// The words.
    pub text: String,
    /// The source id of the product whose page they look at.
    pub product: Option<String>,
    /// Source ids of products that they chose.
    pub products: Vec<String>,
    /// Ids of conditions that no longer hold.
    pub drop: Vec<String>,
    /// How much things count for them in a decision, by key.
    pub weights: BTreeMap<String, f64>,
    /// A BCP 47 tag of their language and units.
    pub locale: Option<String>,
    /// The message's own name, so that one that is sent again is known.
    pub message: Option<String>,
    /// An answer to a question; then the words are not read.
    pub confirm: Option<Confirmed>,
}

/// The question that the last reply has put, which a bare yes or no answers.
struct Shown {
    turn: TurnId,
    question: String,
    digest: String,
}

/// What an utterance is in the state that it meets.
enum Meant {
    Yes(Key, Digest),
    No(Key, Digest),
    Message(Said),
}

impl Desk {
    /// Hears somebody out. When this has returned, what they said is on the disk and the reply is on its way.
    pub async fn say(&self, seat: &Seat, utterance: Utterance) -> Result<Exchange, DeskError> {
        let session = seat.handle.session.clone();
        if utterance.message.as_ref().is_some_and(|name| name.len() > MAX_NAME_BYTES) {
            return Err(DeskError::LongName { most: MAX_NAME_BYTES });
        }
        // A client that reads no further does not keep the next message waiting for ever.
        let turn = tokio::time::timeout(PATIENCE, self.line.wait(&session)).await.ok().transpose()?;
        let moved = seat.moved.clone();
        let shown = match utterance.confirm.is_none() && reply(&utterance.text).is_some() {
            true => self.shown_last(&session).await?,
            false => None,
        };
        let id = MessageId::new(utterance.message.clone().unwrap_or_else(|| new_id("msg")));
        let (by, own) = (Actor::Shopper(seat.party.owner_id()), id.clone());
        self.bring_up_to_date(&session, &by).await?;
        let receipt = self
            .node
            .hand_in(&session, move |state| {
                permit(state, &by)?;
                Ok(event(state, (by, own), (utterance, shown), moved))
            })
            .await?;
        let after = match receipt.is_news {
            true => receipt.first,
            false => self.place_of(seat, &id).await?.unwrap_or(receipt.last),
        };
        Ok(Exchange::new(self.node.listen(&session, after), &seat.handle).holding(turn))
    }

    /// A session that was opened under other rules goes on under those of now: what needs a yes by them is not called without one, and
    /// refused for want of it, and tools that have come since are there.
    async fn bring_up_to_date(&self, session: &SessionId, by: &Actor) -> Result<(), DeskError> {
        let (settings, by) = (self.settings.clone(), by.clone());
        self.node
            .hand_in(session, move |state| {
                permit(state, &by)?;
                let now = Configured { settings: settings.share() };
                Ok((EventKind::Configured(now), Contents::default()))
            })
            .await?;
        Ok(())
    }

    /// Goes on with the reply after an event that a client has seen; `None` where the session has no such event.
    pub async fn resume(&self, seat: &Seat, last_event: &str) -> Result<Option<Exchange>, DeskError> {
        let Some((position, nth)) = place(last_event) else { return Ok(None) };
        let session = &seat.handle.session;
        let row = self.node.runtime().session(session).await?;
        if row.is_none_or(|row| row.last < position) {
            return Ok(None);
        }
        let before = Seq(position.0.saturating_sub(1));
        let listening = self.node.listen(session, before);
        Ok(Some(Exchange::new(listening, &seat.handle).behind(position, nth)))
    }

    /// The question that the last reply has put to the shopper. A turn that nobody was there for, such as after a change by the
    /// staff, has put it to nobody.
    async fn shown_last(&self, session: &SessionId) -> Result<Option<Shown>, DeskError> {
        let loaded = self.node.runtime().load(session).await?;
        if loaded.tail.is_empty() && loaded.snapshot.is_none() {
            return Ok(None);
        }
        let session = loaded.session().map_err(NodeError::from)?;
        let Some(last) = session.state().history.last() else { return Ok(None) };
        let reply = last.lines.iter().rev().find_map(|line| match line {
            Line::Replied { text } => session.contents().value(text),
            _ => None,
        });
        let Some(confirm) = reply.and_then(reply_of).and_then(|reply| reply.confirm) else { return Ok(None) };
        let is_of_shop =
            |line: &Line| matches!(line, Line::Waiting { key, .. } if key.to_string() == confirm.id);
        if last.lines.iter().any(is_of_shop) {
            return Ok(None);
        }
        Ok(Some(Shown { turn: last.id, question: confirm.id, digest: confirm.digest }))
    }

    /// Where a message stands that was taken before.
    async fn place_of(&self, seat: &Seat, id: &MessageId) -> Result<Option<Seq>, DeskError> {
        let entries = self.node.runtime().entries(&seat.handle.session, Seq(0)).await?;
        let is_it = |body: &Body| match body {
            Body::Event(EventKind::Message(known)) => known.id == *id,
            Body::Event(EventKind::Approved(known)) => known.message.as_ref() == Some(id),
            Body::Event(EventKind::Denied(known)) => known.message.as_ref() == Some(id),
            _ => false,
        };
        Ok(entries.iter().find(|entry| is_it(&entry.body)).map(|entry| entry.seq))
    }
}

/// The place in the journal and the place in the batch that an event is named by.
fn place(event: &str) -> Option<(Seq, usize)> {
    let (position, nth) = event.split_once('.')?;
    Some((Seq(position.parse().ok()?), nth.parse().ok()?))
}

fn permit(state: &State, by: &Actor) -> Result<(), NodeError> {
    match by.may_touch(&state.owner) {
        true if state.closed => Err(NodeError::Closed),
        true => Ok(()),
        false => Err(NodeError::NotYours),
    }
}

/// A message that is sent again is a message whatever it says, so that it answers no later question.
fn event(
    state: &State,
    (by, id): (Actor, MessageId),
    (utterance, shown): (Utterance, Option<Shown>),
    moved: Vec<Untold>,
) -> (EventKind, Contents) {
    let is_known = state.recent.contains(&id);
    let message = Some(id.clone());
    match meant(state, utterance, shown.as_ref()) {
        Meant::Yes(key, digest) if !is_known => {
            (EventKind::Approved(Approved { key, digest, by, message }), Contents::default())
        }
        Meant::No(key, digest) if !is_known => {
            (EventKind::Denied(Denied { key, digest, by, message }), Contents::default())
        }
        Meant::Yes(..) | Meant::No(..) => {
            let text = Words::of(state).hold("message.again", serde_json::Value::Null);
            let again = Message { id, device: DeviceId::new(DEVICE), text };
            (EventKind::Message(again), Contents::default())
        }
        Meant::Message(said) => {
            let said = Said { moved: told_first(state, moved), ..said };
            let mut held = Words::of(state);
            let said = serde_json::to_value(said).unwrap_or_default();
            let text = held.hold(&format!("message.{id}"), said);
            (EventKind::Message(Message { id, device: DeviceId::new(DEVICE), text }), held.contents)
        }
    }
}

/// What has come along and was not told yet, in words.
fn told_first(state: &State, moved: Vec<Untold>) -> Option<String> {
    let is_untold = |moved: &Untold| state.untold.iter().any(|untold| untold.id == moved.id);
    let texts: Vec<String> = moved.into_iter().filter(is_untold).map(|moved| moved.text).collect();
    (!texts.is_empty()).then(|| format!("From before you signed in: {}", texts.join(" ")))
}

fn meant(state: &State, utterance: Utterance, last: Option<&Shown>) -> Meant {
    let Utterance { text, product, products, drop, weights, locale, confirm, .. } = utterance;
    let is_late = confirm.is_some();
    let answer = match &confirm {
        Some(confirm) => {
            let verdict = if confirm.yes { Reply::Yes } else { Reply::No };
            open(state, (&confirm.id, &confirm.digest)).map(|(key, digest)| (verdict, key, digest))
        }
        None => last.and_then(|last| {
            let is_last = |shown: &&Shown| {
                state.turn.is_none() && state.history.last().is_some_and(|turn| turn.id == shown.turn)
            };
            let shown = Some(last).filter(is_last)?;
            let (key, digest) = open(state, (&shown.question, &shown.digest))?;
            let tool = state.activities.get(&key).and_then(|own| ToolName::parse(own.tool.as_str()));
            Some((reply_to(&text, tool)?, key, digest))
        }),
    };
    match answer {
        Some((Reply::Yes, key, digest)) => Meant::Yes(key, digest),
        Some((Reply::No, key, digest)) => Meant::No(key, digest),
        None => {
            let (moved, question) = (None, confirm.map(|confirm| confirm.id));
            Meant::Message(Said { text, product, products, drop, weights, locale, is_late, question, moved })
        }
    }
}

/// A question that somebody answers, if it stands as it was shown.
fn open(state: &State, (id, seen): (&str, &str)) -> Option<(Key, Digest)> {
    let key = Key(id.parse().ok()?);
    let digest = question(state.activities.get(&key)?)?;
    (digest.to_string() == seen).then_some((key, digest))
}

/// What a yes to an activity repeats, while it is waited for.
fn question(activity: &Activity) -> Option<Digest> {
    let now = Time::from_millis(Timestamp::now().as_millisecond());
    let is_open = matches!(activity.stage, Stage::AwaitingApproval { expires_at } if expires_at > now);
    let own = activity.approval.as_ref().filter(|approval| is_open && approval.by == Role::Shopper);
    own.map(|approval| approval.digest)
}
