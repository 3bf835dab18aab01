//! A long session: its journal read from the store and replayed, without a snapshot.

use std::time::{Duration, Instant};

use agent::{
    Contents, DeviceId, Entry, Epoch, Event, EventKind, Message, MessageId, NodeId, Opened, Outcome, Phase,
    PrivateId, Session, SessionId, Thought, Time, Usage, step,
};
use serde_json::json;
use store::Runtime;

use super::place::{Place, opening, owner};
use super::{Extent, Row};

/// How often each time is taken.
const TIMES: usize = 11;

pub(super) async fn measure(place: &Place, extent: Extent) -> anyhow::Result<Vec<Row>> {
    let runtime = place.open().await?;
    let session = SessionId::new("ses_long");
    let lines = write(&runtime, &session, extent.long_session).await?;
    let mut from_store = Vec::new();
    let mut from_lines = Vec::new();
    for _ in 0..TIMES {
        let began = Instant::now();
        let loaded = runtime.load(&session).await?;
        loaded.session()?;
        from_store.push(began.elapsed());
        let began = Instant::now();
        let entries = lines.iter().map(|line| Entry::parse(line)).collect::<Result<Vec<_>, _>>()?;
        Session::replay(entries, Contents::default())?;
        from_lines.push(began.elapsed());
    }
    runtime.close().await;
    let size = format!("{} events, {} entries", extent.long_session, lines.len());
    Ok(vec![
        Row::of_times(format!("replay of a session of {size}: parsed and applied"), &from_lines, "50 ms"),
        Row::of_times("the same, read from the store with all words", &from_store, "–"),
    ])
}

/// Stores a session of so many events, in turns of a message and an answer; its journal.
pub(super) async fn write(runtime: &Runtime, id: &SessionId, events: usize) -> anyhow::Result<Vec<String>> {
    let node = NodeId::new("nod_writer");
    let now = Time::from_millis(0);
    let lease = runtime.acquire(id, &node, now, now.after(60_000)).await?;
    let lease = lease.ok_or_else(|| anyhow::anyhow!("{id} is held by another node"))?;
    let mut talk = Talk { session: begin(id, node, lease.epoch)?, epoch: lease.epoch, number: 0 };
    let mut lines = Vec::new();
    while talk.number < events {
        talk.turn();
        if talk.number % 100 < 2 || talk.number >= events {
            let batch = talk.session.take_unsaved();
            lines.extend(batch.entries.iter().map(Entry::to_line));
            runtime.append(batch).await?;
        }
    }
    runtime.release(lease).await?;
    Ok(lines)
}

fn begin(id: &SessionId, node: NodeId, epoch: Epoch) -> anyhow::Result<Session> {
    let opening = opening()?;
    let (settings, scopes) = (opening.settings.share(), opening.scopes);
    let opened = Opened { session: id.clone(), owner: owner(), node, settings, scopes, seed: 1 };
    let kind = EventKind::Opened(opened);
    let event = Event { at: Time::from_millis(0), epoch, kind, contents: Contents::default() };
    Session::open(event).ok_or_else(|| anyhow::anyhow!("a session begins with being opened"))
}

/// A session that is talked to.
struct Talk {
    session: Session,
    epoch: Epoch,
    number: usize,
}

impl Talk {
    /// A message and the answer to it.
    fn turn(&mut self) {
        let words = "Do you have the blue one in my size, and when would it be here?";
        self.happens(words, |number, text| {
            let (id, device) = (MessageId::new(format!("msg_{number}")), DeviceId::new("dev_1"));
            EventKind::Message(Message { id, device, text })
        });
        let thinking = self.session.state().turn.as_ref().and_then(|turn| match &turn.phase {
            Phase::Thinking(thinking) => Some(thinking.key),
            _ => None,
        });
        let Some(key) = thinking else { return };
        self.happens("Yes, the blue one is there in M, and it would be with you on Tuesday.", |_, text| {
            EventKind::Thought(Thought { key, usage: Usage::default(), outcome: Outcome::Reply { text } })
        });
    }

    fn happens(&mut self, words: &str, kind: impl FnOnce(usize, agent::Private) -> EventKind) {
        self.number += 1;
        let state = self.session.state();
        let mut contents = Contents::default();
        let id = PrivateId::of(&state.session, format!("words.{}", self.number));
        let text = contents.hold(id, json!(words), &state.settings.estimator);
        let at = state.now.after(Duration::from_secs(1).as_millis() as u64);
        let kind = kind(self.number, text);
        step(&mut self.session, Event { at, epoch: self.epoch, kind, contents });
    }
}
