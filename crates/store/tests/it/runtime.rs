//! Sessions of agents: what is stored, who may, and what a node finds after another has died.

use std::collections::BTreeSet;
use std::time::Duration;

use agent::{
    AppendRefusal, Budget, Caps, Contents, Decider, DeciderKind, DeciderName, DeviceId, Effect, Epoch,
    Estimator, Event, EventKind, LeaseTaken, Message, MessageId, NodeId, Opened, Outcome, OwnerId, Phase,
    PrivateId, Seq, Session, SessionId, Settings, Snapshot, Thought, Time, Usage, step,
};
use serde_json::json;
use store::{Runtime, StoreError};

use crate::engine::Place;
use crate::on_every_engine;

on_every_engine!(
    goes_on_where_another_node_stopped,
    refuses_a_node_that_has_lost_its_lease,
    stores_a_batch_whole_or_not_at_all,
    begins_no_session_that_is_known,
    a_commit_that_fails_leaves_nothing_behind,
    stores_batches_of_all_sizes,
    keeps_many_sessions_with_few_commits,
    loads_from_a_snapshot,
    keeps_settings_once_for_all_sessions,
    reads_sessions_with_settings_in_them,
    knows_whose_time_has_come,
    knows_who_waits_for_a_session,
    lists_what_waits_for_the_staff,
    lists_what_was_left_to_the_staff_until_it_ends,
    erases_words_and_replays_without_them,
);

const PATIENCE: Duration = Duration::from_secs(5);

async fn open(place: &Place) -> Result<Runtime, StoreError> {
    Runtime::open(&place.url, PATIENCE).await
}

fn at(millis: i64) -> Time {
    Time::from_millis(millis)
}

fn settings() -> Settings {
    Settings {
        agent: "shop".to_owned(),
        deciders: vec![Decider {
            name: DeciderName::new("grammar"),
            kind: DeciderKind::Reader,
            timeout_ms: 1_000,
            attempts: 2,
        }],
        budget: Budget::default(),
        caps: Caps::default(),
        ..Settings::default()
    }
}

/// Opens a session under a lease.
async fn begin(runtime: &Runtime, name: &str) -> anyhow::Result<Session> {
    let (session, node) = (SessionId::new(name), NodeId::new("nod_1"));
    let lease = runtime.acquire(&session, &node, at(0), at(1_000)).await?;
    let epoch = lease.ok_or_else(|| anyhow::anyhow!("somebody holds a new session"))?.epoch;
    let owner = OwnerId::new("shp_ada");
    let opened =
        Opened { session, owner, node, settings: settings().into(), scopes: BTreeSet::new(), seed: 1 };
    let event = Event { at: at(0), epoch, kind: EventKind::Opened(opened), contents: Contents::default() };
    let mut session = Session::open(event).ok_or_else(|| anyhow::anyhow!("not opened"))?;
    runtime.append(session.take_unsaved()).await?;
    Ok(session)
}

fn happens(session: &mut Session, now: i64, kind: EventKind, contents: Contents) -> Vec<Effect> {
    let epoch = session.state().epoch;
    step(session, Event { at: at(now), epoch, kind, contents })
}

fn say(session: &mut Session, now: i64, id: &str) -> Vec<Effect> {
    let mut contents = Contents::default();
    let name = PrivateId::of(&session.state().session.clone(), id);
    let text = contents.hold(name, json!("A secret wish"), &Estimator::default());
    let message = Message { id: MessageId::new(id), device: DeviceId::new("dev_1"), text };
    happens(session, now, EventKind::Message(message), contents)
}

fn reply(session: &mut Session, now: i64) -> Vec<Effect> {
    let Some(Phase::Thinking(thinking)) = session.state().turn.as_ref().map(|turn| turn.phase.clone()) else {
        return Vec::new();
    };
    let mut contents = Contents::default();
    let name = PrivateId::of(&session.state().session.clone(), thinking.key);
    let text = contents.hold(name, json!("Granted"), &Estimator::default());
    let thought = Thought { key: thinking.key, usage: Usage::default(), outcome: Outcome::Reply { text } };
    happens(session, now, EventKind::Thought(thought), contents)
}

async fn goes_on_where_another_node_stopped(place: Place) -> anyhow::Result<()> {
    let first = open(&place).await?;
    let mut session = begin(&first, "ses_1").await?;
    say(&mut session, 10, "msg_1");
    first.append(session.take_unsaved()).await?;

    let second = open(&place).await?;
    let (id, node) = (SessionId::new("ses_1"), NodeId::new("nod_2"));
    assert_eq!(second.acquire(&id, &node, at(500), at(2_000)).await?, None, "the lease has not run out");
    let lease = second.acquire(&id, &node, at(1_000), at(2_000)).await?;
    let epoch = lease.ok_or_else(|| anyhow::anyhow!("it has run out"))?.epoch;
    assert_eq!(epoch, Epoch(2));
    let mut resumed = second.load(&id).await?.session()?;
    assert_eq!(resumed.state().digest(), session.state().digest());
    let taken = EventKind::LeaseTaken(LeaseTaken { node, epoch });
    let event = Event { at: at(1_001), epoch, kind: taken, contents: Contents::default() };
    let effects = step(&mut resumed, event);
    assert!(matches!(&effects[..], [Effect::Think(_)]), "{effects:?}");
    second.append(resumed.take_unsaved()).await?;
    reply(&mut resumed, 1_010);
    second.append(resumed.take_unsaved()).await?;

    // The first node knows nothing of it.
    reply(&mut session, 1_011);
    let refused = first.append(session.take_unsaved()).await;
    assert!(
        matches!(refused, Err(StoreError::Refused(AppendRefusal::Fenced { held: Epoch(2) }))),
        "{refused:?}"
    );
    let waiting = second.outbox(10).await?;
    assert!(matches!(&waiting[..], [one] if matches!(one.effect, Effect::Reply(_))), "{waiting:?}");
    second.acted_on(&[(id.clone(), waiting[0].seq)]).await?;
    assert_eq!(first.outbox(10).await?, []);
    Ok(())
}

async fn refuses_a_node_that_has_lost_its_lease(place: Place) -> anyhow::Result<()> {
    let runtime = open(&place).await?;
    let session = begin(&runtime, "ses_1").await?;
    let (id, node) = (session.state().session.clone(), NodeId::new("nod_2"));
    let mut lease = runtime.acquire(&id, &node, at(1_000), at(2_000)).await?.ok_or(StoreError::Crowded)?;
    assert!(runtime.renew(&mut lease, at(3_000)).await?);
    assert_eq!(runtime.acquire(&id, &NodeId::new("nod_3"), at(2_500), at(9_000)).await?, None);
    let old = agent::Lease { epoch: Epoch(1), ..lease.clone() };
    assert!(!runtime.renew(&mut old.clone(), at(9_000)).await?);
    runtime.release(lease).await?;
    let next = runtime.acquire(&id, &NodeId::new("nod_3"), at(2_500), at(9_000)).await?;
    assert_eq!(next.map(|lease| lease.epoch), Some(Epoch(3)));
    Ok(())
}

async fn stores_a_batch_whole_or_not_at_all(place: Place) -> anyhow::Result<()> {
    let runtime = open(&place).await?;
    let mut session = begin(&runtime, "ses_1").await?;
    let mut twin = session.clone();
    say(&mut session, 10, "msg_1");
    say(&mut twin, 11, "msg_2");
    let other = begin(&runtime, "ses_2").await?;
    let mut other = other;
    say(&mut other, 12, "msg_3");
    // In one commit: one that fits, one that comes too late, one of another session.
    let (first, late, third) = tokio::join!(
        runtime.append(session.take_unsaved()),
        runtime.append(twin.take_unsaved()),
        runtime.append(other.take_unsaved()),
    );
    first?;
    third?;
    assert!(matches!(late, Err(StoreError::Refused(AppendRefusal::Moved { found: Seq(4) }))), "{late:?}");
    let stored = runtime.load(&SessionId::new("ses_1")).await?.session()?;
    assert_eq!(stored.state().digest(), session.state().digest());
    assert_eq!(stored.contents().len(), 1);
    Ok(())
}

/// The first batch of a session, and the lease under which it begins.
fn first_batch(name: &str) -> anyhow::Result<(Session, agent::Lease)> {
    let (session, node, epoch) = (SessionId::new(name), NodeId::new("nod_1"), Epoch(1));
    let lease = agent::Lease { session: session.clone(), node: node.clone(), epoch, until: at(1_000) };
    let owner = OwnerId::new("shp_ada");
    let opened =
        Opened { session, owner, node, settings: settings().into(), scopes: BTreeSet::new(), seed: 1 };
    let event = Event { at: at(0), epoch, kind: EventKind::Opened(opened), contents: Contents::default() };
    Ok((Session::open(event).ok_or_else(|| anyhow::anyhow!("not opened"))?, lease))
}

async fn begins_no_session_that_is_known(place: Place) -> anyhow::Result<()> {
    let runtime = open(&place).await?;
    // One that only has a lease is known as well.
    runtime.acquire(&SessionId::new("ses_0"), &NodeId::new("nod_1"), at(0), at(1_000)).await?;
    let (mut leased, lease) = first_batch("ses_0")?;
    let refused = runtime.begin(leased.take_unsaved(), lease).await;
    assert!(
        matches!(refused, Err(StoreError::Refused(AppendRefusal::Moved { found: Seq(0) }))),
        "{refused:?}"
    );
    let ((mut first, lease), (mut twin, same)) = (first_batch("ses_1")?, first_batch("ses_1")?);
    let (begun, refused) =
        tokio::join!(runtime.begin(first.take_unsaved(), lease), runtime.begin(twin.take_unsaved(), same));
    begun?;
    assert!(
        matches!(refused, Err(StoreError::Refused(AppendRefusal::Moved { found: Seq(1) }))),
        "{refused:?}"
    );
    assert_eq!(runtime.entries(&SessionId::new("ses_0"), Seq(0)).await?, []);
    assert_eq!(runtime.entries(&SessionId::new("ses_1"), Seq(0)).await?.len(), 1);
    Ok(())
}

async fn a_commit_that_fails_leaves_nothing_behind(place: Place) -> anyhow::Result<()> {
    let runtime = open(&place).await?;
    let (mut session, mut other) = (begin(&runtime, "ses_1").await?, begin(&runtime, "ses_2").await?);
    let (id, before) = (session.state().session.clone(), session.clone());
    // Something that should not be there is in the way of the third entry of what follows.
    let pool = sqlx::AnyPool::connect(&place.url).await?;
    let wrong = "INSERT INTO session_entry (session, seq, line) VALUES ('ses_1', 4, 'x')";
    sqlx::query(wrong).execute(&pool).await?;
    say(&mut session, 10, "msg_1");
    let failed = runtime.append(session.take_unsaved()).await;
    assert!(matches!(failed, Err(StoreError::Unknown { .. })), "{failed:?}");
    // Nothing of it is there, and nobody is kept from writing, on this connection or on another.
    sqlx::query("DELETE FROM session_entry WHERE session = 'ses_1' AND seq = 4").execute(&pool).await?;
    assert_eq!(runtime.entries(&id, Seq(1)).await?, []);
    assert_eq!(runtime.load(&id).await?.contents.len(), 0);
    say(&mut other, 12, "msg_2");
    runtime.append(other.take_unsaved()).await?;
    let mut session = before;
    say(&mut session, 20, "msg_1");
    runtime.append(session.take_unsaved()).await?;
    assert_eq!(runtime.load(&id).await?.session()?.state().digest(), session.state().digest());
    pool.close().await;
    Ok(())
}

async fn stores_batches_of_all_sizes(place: Place) -> anyhow::Result<()> {
    let runtime = open(&place).await?;
    let mut sessions = Vec::new();
    for (number, turns) in [1, 2, 3, 5, 9, 40, 90].into_iter().enumerate() {
        let mut session = begin(&runtime, &format!("ses_{number}")).await?;
        for turn in 0..turns {
            say(&mut session, turn * 10, &format!("msg_{turn}"));
            reply(&mut session, turn * 10 + 5);
        }
        sessions.push(session);
    }
    // All at once, the largest beside the smallest.
    let appends = sessions.iter_mut().map(|session| runtime.append(session.take_unsaved()));
    for appended in futures::future::join_all(appends.collect::<Vec<_>>()).await {
        appended?;
    }
    for session in sessions {
        let loaded = runtime.load(&session.state().session).await?;
        assert_eq!(loaded.tail.last().map(|entry| entry.seq), Some(session.state().seq));
        assert_eq!(loaded.contents.len(), session.contents().len());
        assert_eq!(loaded.session()?.state().digest(), session.state().digest());
        let waiting = runtime.outbox(1_000).await?;
        assert!(waiting.iter().any(|effect| effect.session == session.state().session));
    }
    Ok(())
}

async fn keeps_many_sessions_with_few_commits(place: Place) -> anyhow::Result<()> {
    let runtime = open(&place).await?;
    let mut tasks = tokio::task::JoinSet::new();
    for number in 0..40 {
        let runtime = runtime.clone();
        tasks.spawn(async move {
            let mut session = begin(&runtime, &format!("ses_{number}")).await?;
            for turn in 0..5 {
                say(&mut session, turn * 10, &format!("msg_{turn}"));
                runtime.append(session.take_unsaved()).await?;
                reply(&mut session, turn * 10 + 5);
                runtime.append(session.take_unsaved()).await?;
            }
            let stored = runtime.load(&session.state().session).await?.session()?;
            anyhow::ensure!(stored.state().digest() == session.state().digest());
            Ok(())
        });
    }
    while let Some(done) = tasks.join_next().await {
        done??;
    }
    Ok(())
}

async fn loads_from_a_snapshot(place: Place) -> anyhow::Result<()> {
    let runtime = open(&place).await?;
    let mut session = begin(&runtime, "ses_1").await?;
    say(&mut session, 10, "msg_1");
    runtime.append(session.take_unsaved()).await?;
    let id = session.state().session.clone();
    let early = Snapshot::of(session.state());
    reply(&mut session, 20);
    runtime.append(session.take_unsaved()).await?;
    runtime.put_snapshot(&id, &Snapshot::of(session.state())).await?;
    // An older one that comes late does not take its place.
    runtime.put_snapshot(&id, &early).await?;
    say(&mut session, 30, "msg_2");
    runtime.append(session.take_unsaved()).await?;
    let loaded = runtime.load(&id).await?;
    assert_eq!(loaded.snapshot.as_ref().map(Snapshot::seq), Some(Seq(7)));
    assert_eq!(loaded.tail.len(), 3);
    assert_eq!(loaded.session()?.state().digest(), session.state().digest());
    assert_eq!(runtime.entries(&id, Seq(7)).await?.len(), 3);
    Ok(())
}

/// How many rows there are, and how long the text of the first entries is.
async fn settings_kept(place: &Place) -> anyhow::Result<(i64, i64)> {
    let pool = sqlx::AnyPool::connect(&place.url).await?;
    let rows = sqlx::query_scalar("SELECT COUNT(*) FROM session_settings").fetch_one(&pool).await?;
    let longest = "SELECT MAX(LENGTH(line)) FROM session_entry WHERE seq = 1";
    let longest: Option<i64> = sqlx::query_scalar(longest).fetch_one(&pool).await?;
    pool.close().await;
    Ok((rows, longest.unwrap_or(0)))
}

async fn keeps_settings_once_for_all_sessions(place: Place) -> anyhow::Result<()> {
    let runtime = open(&place).await?;
    let first = begin(&runtime, "ses_1").await?;
    begin(&runtime, "ses_2").await?;
    runtime.put_snapshot(&first.state().session, &Snapshot::of(first.state())).await?;
    let (rows, longest) = settings_kept(&place).await?;
    assert_eq!(rows, 1);
    assert!(longest < 400, "{longest}");
    // A process that has not written them reads them.
    let second = open(&place).await?;
    let loaded = second.load(&SessionId::new("ses_1")).await?;
    assert!(loaded.snapshot.is_some());
    assert_eq!(loaded.session()?.state().digest(), first.state().digest());
    assert_eq!(second.entries(&SessionId::new("ses_2"), Seq(0)).await?.len(), 1);
    Ok(())
}

/// As they were stored before settings were kept apart.
async fn reads_sessions_with_settings_in_them(place: Place) -> anyhow::Result<()> {
    let runtime = open(&place).await?;
    let mut session = begin(&runtime, "ses_1").await?;
    let id = session.state().session.clone();
    let whole = runtime.entries(&id, Seq(0)).await?.remove(0).to_line();
    let pool = sqlx::AnyPool::connect(&place.url).await?;
    let (old, snapshot) = (r#"{"v":1,"#, Snapshot::of(session.state()).to_line());
    assert!(whole.starts_with(old) && snapshot.starts_with(old), "{whole}");
    sqlx::query("UPDATE session_entry SET line = $1").bind(whole).execute(&pool).await?;
    sqlx::query("INSERT INTO session_snapshot (session, seq, line) VALUES ($1, 1, $2)")
        .bind(id.to_string())
        .bind(snapshot)
        .execute(&pool)
        .await?;
    sqlx::query("DELETE FROM session_settings").execute(&pool).await?;
    pool.close().await;
    let second = open(&place).await?;
    let loaded = second.load(&id).await?;
    assert!(loaded.snapshot.is_some());
    assert_eq!(loaded.session()?.state().digest(), session.state().digest());
    say(&mut session, 10, "msg_1");
    second.append(session.take_unsaved()).await?;
    second.put_snapshot(&id, &Snapshot::of(session.state())).await?;
    assert_eq!(settings_kept(&place).await?.0, 1);
    assert_eq!(second.load(&id).await?.session()?.state().digest(), session.state().digest());
    Ok(())
}

async fn knows_whose_time_has_come(place: Place) -> anyhow::Result<()> {
    let runtime = open(&place).await?;
    let mut session = begin(&runtime, "ses_1").await?;
    begin(&runtime, "ses_2").await?;
    say(&mut session, 10, "msg_1");
    runtime.append(session.take_unsaved()).await?;
    assert_eq!(runtime.due(at(1_009), 10).await?, []);
    assert_eq!(runtime.due(at(1_010), 10).await?, [SessionId::new("ses_1")]);
    reply(&mut session, 20);
    runtime.append(session.take_unsaved()).await?;
    assert_eq!(runtime.due(at(99_999), 10).await?, []);
    Ok(())
}

async fn knows_who_waits_for_a_session(place: Place) -> anyhow::Result<()> {
    let runtime = open(&place).await?;
    let [one, other] = ["nod_1", "nod_2"].map(NodeId::new);
    let [first, second] = ["ses_1", "ses_2"].map(SessionId::new);
    runtime.want(&first, &one, (at(100), at(0))).await?;
    runtime.want(&first, &one, (at(110), at(0))).await?;
    runtime.want(&first, &other, (at(120), at(0))).await?;
    runtime.want(&second, &other, (at(130), at(0))).await?;
    let wanted = async |node: &NodeId, since| -> anyhow::Result<Vec<String>> {
        Ok(runtime.wanted(node, at(since)).await?.iter().map(ToString::to_string).collect())
    };
    let none: [&str; 0] = [];
    assert_eq!(wanted(&one, 0).await?, ["ses_1", "ses_2"]);
    assert_eq!(wanted(&other, 0).await?, ["ses_1"]);
    // A node may have died while it waited.
    assert_eq!(wanted(&other, 111).await?, none);
    runtime.want_no_more(&first, &other).await?;
    assert_eq!(wanted(&one, 0).await?, ["ses_2"]);
    runtime.want(&first, &other, (at(900), at(200))).await?;
    assert_eq!(wanted(&one, 0).await?, ["ses_1"]);
    assert_eq!(wanted(&other, 0).await?, none);
    Ok(())
}

async fn lists_what_waits_for_the_staff(place: Place) -> anyhow::Result<()> {
    let runtime = open(&place).await?;
    let session = begin(&runtime, "ses_1").await?;
    let (id, key) = (session.state().session.clone(), agent::Key(7));
    let mut end = session.state().seq;
    let mut append = async |effect: Effect| {
        let entry =
            agent::Entry { seq: end.next(), at: at(5), epoch: Epoch(1), body: agent::Body::Effect(effect) };
        let mut batch = session.clone().take_unsaved();
        batch.expected = end;
        batch.entries = vec![entry];
        end = end.next();
        runtime.append(batch).await
    };
    let digest = agent::Digest::of(&[b"text"]);
    let text = Contents::default().hold(PrivateId::of(&id, "text"), json!("?"), &Estimator::default());
    let asks = |by| agent::RequestApproval {
        key,
        by,
        text: text.clone(),
        digest,
        expires_at: at(900),
        then: None,
        follows: false,
    };
    append(Effect::RequestApproval(asks(agent::Role::Shopper))).await?;
    assert_eq!(runtime.reviews(10).await?, []);
    append(Effect::RequestApproval(asks(agent::Role::Staff))).await?;
    let waiting = runtime.reviews(10).await?;
    assert_eq!(waiting, [store::ReviewRow { session: id.clone(), key, until: at(900) }]);
    runtime.review_sent(&id, key).await?;
    assert_eq!(runtime.reviews(10).await?, waiting, "what waits was told to nobody");
    let by = agent::Actor::Staff(agent::StaffId::new("stf_bo"));
    let closed = agent::CloseApproval { key, digest, is_granted: true, by };
    append(Effect::CloseApproval(closed)).await?;
    assert_eq!(runtime.reviews(10).await?, []);
    assert_eq!(runtime.reviewed(None, 10).await?, waiting);
    assert_eq!(runtime.reviewed(waiting.first(), 10).await?, []);
    runtime.review_sent(&id, key).await?;
    assert_eq!(runtime.reviewed(None, 10).await?, []);
    Ok(())
}

async fn lists_what_was_left_to_the_staff_until_it_ends(place: Place) -> anyhow::Result<()> {
    let runtime = open(&place).await?;
    let session = begin(&runtime, "ses_1").await?;
    let (id, key, end) = (session.state().session.clone(), agent::Key(7), session.state().seq);
    let append = async |effect: Effect, expected: Seq| {
        let body = agent::Body::Effect(effect);
        let entry = agent::Entry { seq: expected.next(), at: at(5), epoch: Epoch(1), body };
        let mut batch = session.clone().take_unsaved();
        batch.expected = expected;
        batch.entries = vec![entry];
        runtime.append(batch).await
    };
    let settled = |fate| Effect::Settle(agent::Settle { key, fate });
    let done = || settled(agent::Fate::Done { output: None, fits: true });
    let left = agent::HandOver { key, idempotency_key: "ses_1.7".to_owned() };
    append(Effect::HandOver(left), end).await?;
    let waiting = runtime.handovers(10).await?;
    assert_eq!(waiting, [store::HandoverRow { session: id, key, since: at(5) }]);
    append(settled(agent::Fate::Abandoned), end.next()).await?;
    let refused = append(done(), end).await;
    assert!(matches!(refused, Err(StoreError::Refused(AppendRefusal::Moved { .. }))), "{refused:?}");
    assert_eq!(runtime.handovers(10).await?, waiting, "nothing of a refused batch is written");
    append(done(), end.next().next()).await?;
    assert_eq!(runtime.handovers(10).await?, []);
    Ok(())
}

async fn erases_words_and_replays_without_them(place: Place) -> anyhow::Result<()> {
    let runtime = open(&place).await?;
    let mut session = begin(&runtime, "ses_1").await?;
    say(&mut session, 10, "msg_1");
    runtime.append(session.take_unsaved()).await?;
    assert_eq!(runtime.load(&SessionId::new("ses_1")).await?.contents.len(), 1);
    let by = agent::Actor::Shopper(OwnerId::new("shp_ada"));
    happens(&mut session, 20, EventKind::Forgotten(agent::Forgotten { by }), Contents::default());
    runtime.append(session.take_unsaved()).await?;
    let loaded = runtime.load(&SessionId::new("ses_1")).await?;
    assert!(loaded.contents.is_empty());
    assert_eq!(loaded.session()?.state().digest(), session.state().digest());
    Ok(())
}
