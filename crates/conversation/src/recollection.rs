//! What is remembered of a shopper, as it is told to them: typed again from what a session or the memory holds.

use agent::{Contents, Fact, FactId, FactScope, FactStatus, Time};
use profile::Known;

use crate::said::Said;

/// A fact with its words.
#[derive(Clone, Debug)]
pub(crate) struct Kept {
    pub(crate) id: FactId,
    pub(crate) known: Known,
    pub(crate) scope: FactScope,
    /// Whether it holds now.
    pub(crate) holds: bool,
    /// As it crosses the wire.
    pub(crate) told: wire::Fact,
}

impl Kept {
    /// A fact whose words are not erased, and which is no other session's by now.
    pub(crate) fn of(fact: &Fact, words: &Contents, now: Time) -> Option<Self> {
        if matches!(fact.status, FactStatus::Erased | FactStatus::Moved { .. }) {
            return None;
        }
        let known = Known::of(words.text(&fact.topic)?, words.text(&fact.content)?);
        let said = words.value(&fact.provenance.words).map(|said| Said::of(said).text);
        let superseded_by = match &fact.status {
            FactStatus::Superseded { by } => Some(by.to_string()),
            _ => None,
        };
        let status = match &fact.status {
            FactStatus::Superseded { .. } => wire::FactStatus::Superseded,
            _ if fact.holds_at(now) => wire::FactStatus::Current,
            _ => wire::FactStatus::Expired,
        };
        let told = wire::Fact {
            id: fact.id.to_string(),
            topic: known.topic(),
            content: known.content().to_owned(),
            text: known.sentence(),
            words: said.unwrap_or_default(),
            said_at: rfc3339(fact.learned_at),
            session: fact.provenance.session.to_string(),
            scope: scope(fact.scope),
            confidence: f64::from(fact.confidence_permille) / 1000.0,
            expires_at: fact.expires_at.map(rfc3339),
            status,
            superseded_by,
        };
        let holds = status == wire::FactStatus::Current;
        Some(Self { id: fact.id.clone(), known, scope: fact.scope, holds, told })
    }
}

/// All of these, newest first. What was only said again, or kept for longer, is told once.
pub(crate) fn list(mut kept: Vec<Kept>) -> Vec<Kept> {
    let says_same = |older: &Kept| {
        let newer = kept.iter().find(|newer| older.told.superseded_by.as_deref() == Some(newer.id.as_str()));
        newer.is_some_and(|newer| newer.known == older.known)
    };
    let repeated: Vec<FactId> = kept.iter().filter(|own| says_same(own)).map(|own| own.id.clone()).collect();
    kept.retain(|own| !repeated.contains(&own.id));
    kept.sort_by(|a, b| b.told.said_at.cmp(&a.told.said_at).then_with(|| a.id.cmp(&b.id)));
    kept
}

pub(crate) fn scope(scope: FactScope) -> wire::FactScope {
    match scope {
        FactScope::Session => wire::FactScope::Session,
        FactScope::Shopper => wire::FactScope::Shopper,
        FactScope::Shop => wire::FactScope::Shop,
    }
}

pub(crate) fn rfc3339(at: Time) -> String {
    jiff::Timestamp::from_millisecond(at.millis()).map(|at| at.to_string()).unwrap_or_default()
}

/// The day of a moment as it is read: `22 November 2026`.
pub(crate) fn day(rfc3339: &str) -> String {
    let at: Result<jiff::Timestamp, _> = rfc3339.parse();
    at.map(|at| at.strftime("%-d %B %Y").to_string()).unwrap_or_default()
}
