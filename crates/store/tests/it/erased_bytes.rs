//! What was erased is not in SQLite's files any more: neither in pages that are in use or free, nor in the log.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

use agent::{
    Actor, Contents, DeviceId, Epoch, Estimator, Event, EventKind, Fact, FactId, FactScope, FactStatus,
    Forgotten, Lease, Message, MessageId, NodeId, Opened, OwnerId, PrivateId, Provenance, Session, SessionId,
    Settings, Time, step,
};
use serde_json::json;
use store::Runtime;

const SESSIONS: u64 = 60;
const MESSAGES: u64 = 12;
/// How often the files are looked at until they are clean.
const TRIES: u32 = 3_000;

/// Numbers that are the same in each run and look like none.
fn scattered(number: u64) -> u64 {
    number.wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29) >> 7
}

fn owner() -> OwnerId {
    OwnerId::new("shp_ada")
}

/// A session in which somebody says things of many lengths, all with this word.
async fn talk(runtime: &Runtime, number: u64, word: &str) -> anyhow::Result<Session> {
    let (session, node) = (SessionId::new(format!("ses_{}", scattered(number))), NodeId::new("nod_1"));
    let until = Time::from_millis(1_000_000);
    let lease = Lease { session: session.clone(), node: node.clone(), epoch: Epoch(1), until };
    let settings = Settings { agent: "shop".to_owned(), ..Settings::default() };
    let opened = Opened {
        session: session.clone(),
        owner: owner(),
        node,
        settings: settings.into(),
        scopes: BTreeSet::new(),
        seed: 1,
    };
    let kind = EventKind::Opened(opened);
    let event = Event { at: Time::from_millis(0), epoch: Epoch(1), kind, contents: Contents::default() };
    let mut live = Session::open(event).ok_or_else(|| anyhow::anyhow!("not opened"))?;
    runtime.begin(live.take_unsaved(), lease).await?;
    for nth in 0..MESSAGES {
        let length = scattered(number * MESSAGES + nth) % 90;
        let text = format!("{word} ").repeat(1 + length as usize * length as usize / 30);
        let id = MessageId::new(format!("msg_{nth}"));
        let mut contents = Contents::default();
        let text = contents.hold(PrivateId::of(&session, &id), json!(text), &Estimator::default());
        let said = EventKind::Message(Message { id, device: DeviceId::new("dev_1"), text });
        happens(&mut live, said, contents);
        runtime.append(live.take_unsaved()).await?;
    }
    Ok(live)
}

fn happens(session: &mut Session, kind: EventKind, contents: Contents) {
    step(session, Event { at: Time::from_millis(10), epoch: Epoch(1), kind, contents });
}

/// How often a word stands in the files of a folder.
fn count(folder: &Path, word: &str) -> anyhow::Result<usize> {
    let mut count = 0;
    for file in std::fs::read_dir(folder)? {
        let bytes = std::fs::read(file?.path())?;
        count += bytes.windows(word.len()).filter(|window| *window == word.as_bytes()).count();
    }
    Ok(count)
}

async fn is_gone(folder: &Path, word: &str) -> anyhow::Result<()> {
    for _ in 0..TRIES {
        if count(folder, word)? == 0 {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    anyhow::bail!("{word} is still there {} times", count(folder, word)?)
}

#[tokio::test]
async fn forgotten_sessions_leave_no_bytes() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let url = format!("sqlite:{}?mode=rwc", folder.path().join("sessions.db").display());
    let runtime = Runtime::open(&url, Duration::from_secs(10)).await?;
    let mut forgotten = Vec::new();
    for number in 0..SESSIONS {
        let word = if number % 3 == 0 { "pemba" } else { "zanzibar" };
        let session = talk(&runtime, number, word).await?;
        if number % 3 != 0 {
            forgotten.push(session);
        }
    }
    assert!(count(folder.path(), "zanzibar")? > 0);
    forgotten.sort_by_key(|session| scattered(session.state().session.as_str().len() as u64));
    for mut session in forgotten {
        happens(
            &mut session,
            EventKind::Forgotten(Forgotten { by: Actor::Shopper(owner()) }),
            Contents::default(),
        );
        runtime.append(session.take_unsaved()).await?;
    }
    is_gone(folder.path(), "zanzibar").await?;
    assert!(count(folder.path(), "pemba")? > 0, "what was not forgotten is there");
    Ok(())
}

#[tokio::test]
async fn erased_facts_leave_no_bytes_while_others_read_and_write() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let url = format!("sqlite:{}?mode=rwc", folder.path().join("sessions.db").display());
    let runtime = Runtime::open(&url, Duration::from_secs(10)).await?;
    let words = ["zanzibar", "pemba"];
    for (nth, word) in words.iter().enumerate() {
        let (fact, contents) = fact(nth, word);
        runtime.remember(&fact, &contents).await?;
    }
    let writing = async {
        for number in 0..20 {
            talk(&runtime, number, "unguja").await?;
        }
        anyhow::Ok(())
    };
    let erasing = async {
        anyhow::ensure!(runtime.erase_fact(&owner(), &FactId::new("fct_0")).await?, "there is no such fact");
        is_gone(folder.path(), "zanzibar").await
    };
    let (written, gone) = tokio::join!(writing, erasing);
    written?;
    gone?;
    assert!(count(folder.path(), "pemba")? > 0);
    let put = (PrivateId::of(&SessionId::new("memory/shp_ada"), "put"), json!("mafia"));
    let mut contents = Contents::default();
    let private = contents.hold(put.0, put.1, &Estimator::default());
    let edited = (private, &contents);
    assert!(runtime.edit_fact(&owner(), &FactId::new("fct_1"), edited, Time::from_millis(20)).await?);
    // The words that said it stay: what it says now is another thing.
    assert!(count(folder.path(), "mafia")? > 0);
    Ok(())
}

fn fact(nth: usize, word: &str) -> (Fact, Contents) {
    let session = SessionId::new("ses_1");
    let mut contents = Contents::default();
    let mut hold = |name: &str, text: String| {
        let id = PrivateId::of(&session, format!("{name}.{nth}"));
        contents.hold(id, json!(text), &Estimator::default())
    };
    let topic = hold("topic", format!("island {nth}"));
    let (content, words) = (hold("content", word.to_owned()), hold("words", format!("I was on {word}")));
    let fact = Fact {
        id: FactId::new(format!("fct_{nth}")),
        owner: owner(),
        scope: FactScope::Shopper,
        topic,
        content,
        provenance: Provenance { session, message: None, words },
        confidence_permille: 1_000,
        learned_at: Time::from_millis(10),
        expires_at: None,
        status: FactStatus::Current,
    };
    (fact, contents)
}
