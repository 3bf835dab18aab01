//! Which notices may be tried.

use std::sync::Arc;
use std::time::Duration;

use agent::{
    Actor, Batch, Body, CloseApproval, Contents, Digest, Effect, Entry, Epoch, Estimator, Key, Lease, NodeId,
    OwnerId, PrivateId, RequestApproval, Role, Seq, SessionId, StaffId, Time,
};
use checkout::Policy;
use checkout::policy::DEFAULT_POLICY;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use store::{Books, Runtime, Store};

use super::{MAX_ATTEMPTS, Notices, ReviewId};

/// More than one page of them.
const LOOKED_AT: usize = 300;

/// Stores a session in which somebody of the staff has said yes to a call.
async fn looked_at(runtime: &Runtime, number: usize) {
    let session = SessionId::new(format!("ses_{number:04}"));
    let (key, digest, at, epoch) = (Key(1), Digest::of(&[b"text"]), Time::from_millis(5), Epoch(1));
    let name = PrivateId::of(&session, "text");
    let text = Contents::default().hold(name, json!("Call it off?"), &Estimator::default());
    let (by, then) = (Role::Staff, None);
    let asked = RequestApproval { key, by, text, digest, expires_at: at, then, follows: false };
    let by = Actor::Staff(StaffId::new("stf_bo"));
    let closed = CloseApproval { key, digest, is_granted: true, by };
    let effects = [Effect::RequestApproval(asked), Effect::CloseApproval(closed)];
    let entry = |(nth, effect)| Entry { seq: Seq(nth + 1), at, epoch, body: Body::Effect(effect) };
    let batch = Batch {
        session: session.clone(),
        owner: OwnerId::new("shopper:ada"),
        expected: Seq(0),
        epoch,
        entries: (0_u64..).zip(effects).map(entry).collect(),
        contents: Contents::default(),
        shredded: Vec::new(),
        outbox: Vec::new(),
        due: None,
    };
    let lease = Lease { session, node: NodeId::new("nod_1"), epoch, until: at };
    runtime.begin(batch, lease).await.unwrap();
}

#[tokio::test]
async fn what_is_not_taken_keeps_nothing_else_waiting() {
    let folder = tempfile::tempdir().unwrap();
    let patience = Duration::from_secs(10);
    let url = |name: &str| format!("sqlite:{}?mode=rwc", folder.path().join(name).display());
    let runtime = Runtime::open(&url("sessions.db"), patience).await.unwrap();
    let catalog = Store::open(&url("catalog.db")).await.unwrap();
    let books = Books::open(&url("books.db"), catalog, patience).await.unwrap();
    let notices =
        Notices::new(books.clone(), Arc::new(Policy::parse(DEFAULT_POLICY).unwrap()), Some(runtime.clone()));
    for number in 0..=LOOKED_AT {
        looked_at(&runtime, number).await;
    }
    let now = Timestamp::now();
    let due = async |at: Timestamp| notices.calls_due(&runtime, at, 50).await.unwrap();
    assert_eq!(due(now).await.len(), 50);
    let later = now + SignedDuration::from_secs(30);
    for row in runtime.reviewed(None, LOOKED_AT as u32).await.unwrap() {
        let id = ReviewId::of(&row).to_string();
        assert_eq!(books.claim_delivery(&id, (now, later), MAX_ATTEMPTS).await.unwrap(), Some(1));
        books.not_delivered(&id, later, "the server answered 503").await.unwrap();
    }
    let left: Vec<String> = due(now).await.iter().map(|row| row.session.to_string()).collect();
    assert_eq!(left, [format!("ses_{LOOKED_AT:04}")], "those that wait for their next try are passed over");
    assert_eq!(due(later).await.len(), 50);
}
