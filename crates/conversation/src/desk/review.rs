//! What somebody of the shop looks at before it is done: listing it, saying yes or no to it, changing it.

use std::fmt;
use std::time::Duration;

use agent::{
    Activity, Actor, Body, Contents, Edited, Effect, Entry, EventKind, Key, Part, PrivateId, Role, Seq,
    Session, SessionId, StaffId, Stage, State,
};
use checkout::tool::Call;
use jiff::Timestamp;
use serde_json::Value;
use sessions::{NodeError, Words, new_id};
use store::{BooksError, Resumed, ReviewRow, Runtime};

use super::Desk;
use crate::token::STAFF_SCOPE;
use crate::work::Work;
use crate::{DeskError, Outcome, Party, TokenError};

/// The shopper is asked about a text that the staff has changed.
const ASKED_ANEW: &str = "asked_anew";
/// How long the outcome of a yes is waited for.
pub(super) const PATIENCE: Duration = Duration::from_secs(30);

/// A call that waits for the staff, as it is named: `5f0c….12`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewId {
    /// In which session.
    pub session: SessionId,
    /// Which call.
    pub key: Key,
}

/// Somebody of the staff, as the journal names them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Staff(StaffId);

impl Staff {
    /// The longest name.
    const MAX_NAME: usize = 64;

    /// Somebody of this name; `None` where it is blank or no name.
    pub fn named(name: &str) -> Option<Self> {
        let name = name.trim();
        let is_fine = !name.is_empty() && name.len() <= Self::MAX_NAME && !name.contains(char::is_control);
        is_fine.then(|| Self(StaffId::new(name)))
    }

    /// As the journal names them.
    pub(super) fn into_id(self) -> StaffId {
        self.0
    }
}

impl ReviewId {
    pub(crate) fn of(row: &ReviewRow) -> Self {
        Self { session: row.session.clone(), key: row.key }
    }

    /// Reads a name.
    pub fn parse(text: &str) -> Option<Self> {
        let (session, key) = text.trim().rsplit_once('.')?;
        let key = Key(key.parse().ok()?);
        let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
        let is_name = session.starts_with("ses_") && session.chars().all(is_plain);
        is_name.then(|| Self { session: SessionId::new(session), key })
    }
}

impl fmt::Display for ReviewId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.session, self.key)
    }
}

impl Desk {
    /// Who of the staff a token names, if it has their scope.
    pub fn staff(&self, token: &str) -> Result<Staff, TokenError> {
        let claims = self.token_key.as_ref().ok_or(TokenError::NoSecret)?;
        let claims = claims.verify(token, Timestamp::now().as_second())?;
        let name = Some(claims.sub.to_string()).filter(|_| claims.has_scope(STAFF_SCOPE));
        name.and_then(|name| Staff::named(&name)).ok_or(TokenError::Invalid)
    }

    /// What waits, that which runs out first before the rest.
    pub async fn reviews(&self, limit: u32) -> Result<Vec<wire::Review>, DeskError> {
        let rows = self.node.runtime().reviews(limit).await?;
        described(self.node.runtime(), rows).await
    }

    /// One call that waits or waited for the staff; `None` where there is no such one.
    pub async fn review(&self, id: &ReviewId) -> Result<Option<wire::Review>, DeskError> {
        find_review(self.node.runtime(), id).await
    }

    /// A yes or a no to the text with this digest. What comes of it, once it has; `None` where the text is another one by now, or
    /// nothing waits.
    pub async fn answer_review(
        &self,
        id: &ReviewId,
        by: Staff,
        (digest, is_granted): (&str, bool),
    ) -> Result<Option<wire::Review>, DeskError> {
        let Some(seen) = self.open_review(id, digest).await? else { return Ok(None) };
        let (by, answer) = (Actor::Staff(by.0), (id.key, seen));
        let receipt = match is_granted {
            true => self.node.approve(&id.session, by, answer).await?,
            false => self.node.deny(&id.session, by, answer).await?,
        };
        let mut listening = self.node.listen(&id.session, receipt.first);
        let ended = async {
            let mut is_settled = false;
            loop {
                for told in listening.next().await? {
                    is_settled |= matches!(told.part.part, Part::ToolSettled { key, .. } if key == id.key);
                    if is_settled && matches!(told.part.part, Part::TurnEnded { .. }) {
                        return Ok::<(), DeskError>(());
                    }
                }
            }
        };
        // What takes longer goes on without anybody who waits.
        let _ = tokio::time::timeout(PATIENCE, ended).await;
        self.review(id).await
    }

    /// Another input for a call. Its shopper is asked anew, with a text that fits it. `None` as for an answer. What would be refused
    /// is refused at once, and what waits stays as it is.
    pub async fn edit_review(
        &self,
        id: &ReviewId,
        by: Staff,
        (digest, input): (&str, Value),
    ) -> Result<Option<wire::Review>, DeskError> {
        let Some(seen) = self.open_review(id, digest).await? else { return Ok(None) };
        let input = self.checked(id, input).await?;
        let (key, by) = (id.key, Actor::Staff(by.0));
        let receipt = self
            .node
            .hand_in(&id.session, move |state| {
                let mut words = Words::of(state);
                let input = words.hold(&format!("edit.{key}.{}", new_id("edt")), input);
                Ok((EventKind::Edited(Edited { key, digest: seen, input, by }), words.contents))
            })
            .await?;
        let mut listening = self.node.listen(&id.session, receipt.first);
        let asked = async {
            while !listening.next().await?.iter().any(|told| matches!(told.part.part, Part::TurnEnded { .. }))
            {
            }
            Ok::<(), DeskError>(())
        };
        let _ = tokio::time::timeout(PATIENCE, asked).await;
        self.review(id).await
    }

    /// Another input with what its guest has proved, which the staff does not see, if the shop would carry it out.
    async fn checked(&self, id: &ReviewId, mut input: Value) -> Result<Value, DeskError> {
        let loaded = self.node.runtime().load(&id.session).await?;
        let session = loaded.session().map_err(NodeError::from)?;
        let state = session.state();
        let (Some(activity), Some(party)) = (state.activities.get(&id.key), Party::of(&state.owner)) else {
            return Ok(input);
        };
        let known = session.contents().value(&activity.input).and_then(|known| known.get("proof"));
        if let (Some(proof), Some(input)) = (known, input.as_object_mut()) {
            input.insert("proof".to_owned(), proof.clone());
        }
        let key = id.key.idempotency(&id.session);
        let work = Work::of(&party, activity.tool.as_str(), input.clone(), &key)
            .map_err(|why| DeskError::BadEdit { why })?;
        let Call::Command(command) = &work.call else { return Ok(input) };
        match self.counter.preview(&work.request(command.clone())).await {
            Ok(_) => Ok(input),
            Err(BooksError::Refused(refusal)) => Err(DeskError::BadEdit { why: refusal.to_string() }),
            Err(BooksError::Store(error)) => Err(error.into()),
        }
    }

    /// The digest of the text that waits, if it is the one that was seen. Its beginning is enough for people.
    async fn open_review(&self, id: &ReviewId, seen: &str) -> Result<Option<agent::Digest>, DeskError> {
        let Some(Resumed { session, .. }) = self.node.runtime().resume(&id.session).await? else {
            return Ok(None);
        };
        let waiting = session.state().activities.get(&id.key).filter(|activity| waits_for_staff(activity));
        let digest = waiting.and_then(|activity| activity.approval.as_ref()).map(|approval| approval.digest);
        Ok(digest.filter(|digest| digest.to_string().starts_with(seen)))
    }
}

/// One call that waits or waited for the staff.
pub(crate) async fn find_review(runtime: &Runtime, id: &ReviewId) -> Result<Option<wire::Review>, DeskError> {
    let Some(Resumed { session, .. }) = runtime.resume(&id.session).await? else { return Ok(None) };
    let now = describe(session.state(), session.contents(), id);
    if now.is_some() {
        return Ok(now);
    }
    if let Some(key) = changed_at(runtime, id).await? {
        // A change is told for as long as its shopper is asked about it, under a name of its own.
        let of = ReviewId { session: id.session.clone(), key };
        let changed = describe(session.state(), session.contents(), &of);
        let waits = changed.filter(|review| review.status == ASKED_ANEW);
        return Ok(waits.map(|review| wire::Review { id: id.to_string(), ..review }));
    }
    // The state forgets what was told; the journal has it.
    let entries = runtime.entries(&id.session, Seq(0)).await?;
    let is_end =
        |entry: &Entry| matches!(&entry.body, Body::Effect(Effect::Settle(end)) if end.key == id.key);
    let Some(end) = entries.iter().rposition(is_end) else { return Ok(None) };
    let entries = entries.into_iter().take(end + 1);
    let then = Session::replay(entries, Contents::default()).map_err(NodeError::from)?;
    let ids: Vec<PrivateId> = then.state().privates().into_iter().cloned().collect();
    let words = runtime.words(&id.session, &ids).await?;
    Ok(describe(then.state(), &words, id))
}

/// What was answered, or has run out, and nobody has mailed to its shopper; [`Runtime::review_sent`] notes that somebody has.
pub async fn reviewed(runtime: &Runtime, limit: u32) -> Result<Vec<wire::Review>, DeskError> {
    let rows = runtime.reviewed(None, limit).await?;
    described(runtime, rows).await
}

/// These calls, as far as their sessions are there.
pub(crate) async fn described(
    runtime: &Runtime,
    rows: Vec<ReviewRow>,
) -> Result<Vec<wire::Review>, DeskError> {
    let mut all = Vec::new();
    for row in rows {
        let id = ReviewId::of(&row);
        let found = find_review(runtime, &id).await?;
        if found.is_none() && is_over(runtime, &id).await? {
            runtime.review_sent(&id.session, id.key).await?;
        }
        all.extend(found);
    }
    Ok(all)
}

/// Whether a change needs no telling any more, because its shopper has answered to it.
async fn is_over(runtime: &Runtime, id: &ReviewId) -> Result<bool, DeskError> {
    let Some(Resumed { session, .. }) = runtime.resume(&id.session).await? else { return Ok(true) };
    let Some(key) = changed_at(runtime, id).await? else { return Ok(false) };
    let activity = session.state().activities.get(&key);
    Ok(activity.is_none_or(|activity| !matches!(activity.stage, Stage::Proposed { .. })))
}

/// The call that somebody else than its shopper changed at a place of the journal.
async fn changed_at(runtime: &Runtime, id: &ReviewId) -> Result<Option<Key>, DeskError> {
    let before = Seq(id.key.0.saturating_sub(1));
    let entries = runtime.entries(&id.session, before).await?;
    let entry = entries.into_iter().next().filter(|entry| entry.seq.0 == id.key.0);
    Ok(entry.and_then(|entry| match entry.body {
        Body::Effect(Effect::Revise(revised)) if revised.is_news => Some(revised.key),
        _ => None,
    }))
}

/// Whether the staff is asked, was asked, or will be.
fn is_reviewed(activity: &Activity) -> bool {
    let mut asked = activity.earlier.iter().chain(&activity.approval);
    asked.any(|approval| approval.by == Role::Staff || approval.then.is_some())
}

fn waits_for_staff(activity: &Activity) -> bool {
    let is_staff = activity.approval.as_ref().is_some_and(|approval| approval.by == Role::Staff);
    is_staff && matches!(activity.stage, Stage::AwaitingApproval { .. })
}

fn describe(state: &State, contents: &Contents, id: &ReviewId) -> Option<wire::Review> {
    let activity = state.activities.get(&id.key)?;
    let approval = activity.approval.as_ref().filter(|_| is_reviewed(activity))?;
    let owner = activity.heir.as_ref().unwrap_or(&state.owner);
    let shopper = Party::of(owner).and_then(|party| party.shopper().map(ToString::to_string));
    let mut input = contents.value(&activity.input).cloned().unwrap_or_default();
    // What a guest has proved with is nobody else's to see.
    if let Some(input) = input.as_object_mut() {
        input.remove("proof");
    }
    let asked = activity.earlier.iter().chain([approval]);
    Some(wire::Review {
        id: id.to_string(),
        shopper,
        tool: activity.tool.to_string(),
        status: status(activity).to_owned(),
        text: contents.text(&approval.text).unwrap_or_default().to_owned(),
        digest: approval.digest.to_string(),
        input,
        asked_at: rfc3339(approval.requested_at),
        expires_at: rfc3339(approval.expires_at),
        answers: asked.filter_map(answer).collect(),
        outcome: outcome(activity, contents),
    })
}

fn answer(approval: &agent::Approval) -> Option<wire::ReviewAnswer> {
    let verdict = approval.verdict.as_ref()?;
    let by = match &verdict.by {
        Actor::Shopper(_) => "shopper".to_owned(),
        Actor::Staff(id) => format!("staff:{id}"),
        Actor::Runtime => "nobody in time".to_owned(),
    };
    Some(wire::ReviewAnswer { by, is_yes: verdict.is_granted, at: rfc3339(verdict.at) })
}

fn status(activity: &Activity) -> &'static str {
    match &activity.stage {
        Stage::AwaitingApproval { .. } if waits_for_staff(activity) => "waiting",
        Stage::AwaitingApproval { .. } => ASKED_ANEW,
        Stage::Done => "done",
        Stage::Failed(agent::Failure::Denied) => "refused",
        Stage::Failed(agent::Failure::Expired) => "expired",
        Stage::Failed(_) | Stage::Compensated => "failed",
        Stage::Abandoned => "unknown",
        Stage::Proposed { .. } | Stage::Issued { .. } | Stage::Asking { .. } | Stage::Compensating { .. } => {
            "under_way"
        }
    }
}

/// What the callee said of it.
fn outcome(activity: &Activity, contents: &Contents) -> String {
    let why = match &activity.stage {
        Stage::Failed(agent::Failure::Refused { why }) => contents.text(why).unwrap_or_default().to_owned(),
        _ => String::new(),
    };
    let output = activity.output.as_ref().and_then(|output| contents.value(output));
    output.map_or(why, |output| Outcome::of(output).text)
}

pub(super) fn rfc3339(at: agent::Time) -> String {
    Timestamp::from_millisecond(at.millis()).map(|at| at.to_string()).unwrap_or_default()
}
