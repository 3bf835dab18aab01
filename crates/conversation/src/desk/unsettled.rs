//! Calls of which nobody could say what became of them: somebody of the shop looks into them and says so. Who said it, when, and
//! which text they had read, stands in the journal; the shopper hears of it with their next message.

use agent::{
    Activity, Body, Contents, Effect, Entry, EventKind, Failure, Fate, HandOver, Key, KeyFate, Part, Private,
    Propose, Seen, Seq, Session, SessionId, Stage, Teller, Told,
};
use serde_json::{Value, json};
use sessions::{Callee, NodeError, Words};
use wire::{BooksSay, Settled, SettledAs, Unsettled, UnsettledStatus};

use super::review::rfc3339;
use super::{Desk, ReviewId, Staff};
use crate::{Clerk, DeskError, Outcome, Party};

/// What the shopper reads where nothing better is known.
const HAPPENED: &str = "Somebody of the shop has looked into it: it was done.";
const NOT_HAPPENED: &str = "Somebody of the shop has looked into it: it was not done.";
pub(crate) const TAKEN_BACK: &str =
    "Somebody of the shop has looked into it: it was taken back, so nothing of it holds.";
/// The longest text that the shopper is told besides.
const MAX_RESULT_CHARS: usize = 1_000;

/// Why a call was not settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsettleable {
    /// The text is another one, or it is known by now what became of the call.
    Outdated,
    /// No tool takes it back.
    NoWayBack,
}

/// A call in its journal.
struct Case {
    session: Session,
    entries: Vec<Entry>,
    key: Key,
}

impl Desk {
    /// Calls that somebody has to look into, the oldest first.
    pub async fn unsettled(&self, limit: u32) -> Result<Vec<Unsettled>, DeskError> {
        let mut all = Vec::new();
        for row in self.node.runtime().handovers(limit).await? {
            let id = ReviewId { session: row.session, key: row.key };
            all.extend(self.unsettled_call(&id).await?);
        }
        Ok(all)
    }

    /// One call that somebody has to look into, or has; `None` where there is no such call.
    pub async fn unsettled_call(&self, id: &ReviewId) -> Result<Option<Unsettled>, DeskError> {
        let Some(case) = self.case(id).await? else { return Ok(None) };
        let books = match case.proposed() {
            Some(proposed) => self.books_say(&id.session, proposed).await.0,
            None => BooksSay::Nothing,
        };
        Ok(case.describe(id, books))
    }

    /// Somebody who has read the text with this digest, or this beginning of it, says what became of a call. `None` as above.
    pub async fn settle(
        &self,
        id: &ReviewId,
        by: Staff,
        (seen, verdict, result): (&str, SettledAs, &str),
    ) -> Result<Option<Result<Unsettled, Unsettleable>>, DeskError> {
        let Some(case) = self.case(id).await? else { return Ok(None) };
        let Some(proposed) = case.proposed() else { return Ok(None) };
        let text = case.text();
        let digest = Seen::digest(&id.key.idempotency(&id.session), &text);
        let Some(activity) = case.open().filter(|_| digest.to_string().starts_with(seen)) else {
            return Ok(Some(Err(Unsettleable::Outdated)));
        };
        if verdict == SettledAs::TakeBack && case.session.state().undo_of(activity).is_none() {
            return Ok(Some(Err(Unsettleable::NoWayBack)));
        }
        let output = match verdict {
            SettledAs::Happened => self.books_say(&id.session, proposed).await.1,
            _ => None,
        };
        let (key, result) = (id.key, result.chars().take(MAX_RESULT_CHARS).collect::<String>());
        let receipt = self
            .node
            .hand_in(&id.session, move |state| {
                let mut words = Words::of(state);
                let mut hold =
                    |name, value| words.hold(&format!("settled.{key}.{}.{name}", state.seq), value);
                let fate = fate(verdict, (output, result), &mut hold);
                let seen = Some(Seen { text: hold("seen", Value::String(text)), digest });
                let told = Told { key, by: Teller::Staff(by.into_id()), fate, seen };
                Ok((EventKind::Told(told), words.contents))
            })
            .await?;
        if !receipt.is_news {
            return Ok(Some(Err(Unsettleable::Outdated)));
        }
        self.wait_for_end(&id.session, receipt.first).await;
        Ok(self.unsettled_call(id).await?.map(Ok))
    }

    /// Waits until the turn that tells of it is over; what takes longer goes on without anybody who waits.
    async fn wait_for_end(&self, session: &SessionId, after: Seq) {
        let mut listening = self.node.listen(session, after);
        let ended = async {
            while let Ok(told) = listening.next().await {
                if told.iter().any(|told| matches!(told.part.part, Part::TurnEnded { .. })) {
                    return;
                }
            }
        };
        let _ = tokio::time::timeout(super::review::PATIENCE, ended).await;
    }

    async fn case(&self, id: &ReviewId) -> Result<Option<Case>, DeskError> {
        let loaded = self.node.runtime().load(&id.session).await?;
        if loaded.tail.is_empty() && loaded.snapshot.is_none() {
            return Ok(None);
        }
        let entries = self.node.runtime().entries(&id.session, Seq(0)).await?;
        let case = Case { session: loaded.session().map_err(NodeError::from)?, entries, key: id.key };
        Ok(case.handed_over().is_some().then_some(case))
    }

    /// What the ledger says, and what came of the call where it was carried out.
    async fn books_say(&self, session: &SessionId, call: &Propose) -> (BooksSay, Option<Value>) {
        let clerk = Clerk::new(self.counter.clone());
        match clerk.fate(&call.tool, &call.key.idempotency(session)).await {
            Some(sessions::Fate::Done(output)) => (BooksSay::Done, output),
            Some(sessions::Fate::NotSeen | sessions::Fate::Refused(_)) => (BooksSay::NotSeen, None),
            _ => (BooksSay::Nothing, None),
        }
    }
}

/// The verdict as the journal has it, with what the shopper reads.
fn fate(
    verdict: SettledAs,
    (output, result): (Option<Value>, String),
    hold: &mut impl FnMut(&'static str, Value) -> Private,
) -> KeyFate {
    let said = |default: &str| if result.trim().is_empty() { default.to_owned() } else { result.clone() };
    match verdict {
        SettledAs::Happened => {
            let output = output.unwrap_or_else(|| Outcome::say(said(HAPPENED)).to_value());
            KeyFate::Done { output: Some(hold("output", output)) }
        }
        SettledAs::NotHappened => KeyFate::Refused { why: hold("why", Value::String(said(NOT_HAPPENED))) },
        SettledAs::TakenBack => KeyFate::TakenBack,
        SettledAs::TakeBack => KeyFate::TakeBack,
    }
}

impl Case {
    fn effects(&self) -> impl DoubleEndedIterator<Item = (&Entry, &Effect)> {
        self.entries.iter().filter_map(|entry| match &entry.body {
            Body::Effect(effect) => Some((entry, effect)),
            Body::Event(_) => None,
        })
    }

    fn proposed(&self) -> Option<&Propose> {
        self.effects().find_map(|(_, effect)| match effect {
            Effect::Propose(propose) if propose.key == self.key => Some(propose),
            _ => None,
        })
    }

    /// When a person was first asked to look into it.
    fn handed_over(&self) -> Option<agent::Time> {
        self.effects().find_map(|(entry, effect)| match effect {
            Effect::HandOver(HandOver { key, .. }) if *key == self.key => Some(entry.at),
            _ => None,
        })
    }

    /// The activity, while nobody knows.
    fn open(&self) -> Option<&Activity> {
        let activity = self.session.state().activities.get(&self.key);
        activity.filter(|activity| activity.stage == Stage::Abandoned)
    }

    /// What a person said last of it.
    fn told(&self) -> Option<(&Entry, &Told)> {
        self.entries.iter().rev().find_map(|entry| match &entry.body {
            Body::Event(EventKind::Told(told)) if told.key == self.key && told.seen.is_some() => {
                Some((entry, told))
            }
            _ => None,
        })
    }

    /// What the call is: the text that somebody said yes to, or the tool with what it was given.
    fn text(&self) -> String {
        let asked = self.effects().rev().find_map(|(_, effect)| match effect {
            Effect::RequestApproval(asked) if asked.key == self.key => self.contents().text(&asked.text),
            _ => None,
        });
        let plain = || {
            let tool = self.proposed().map(|call| call.tool.to_string()).unwrap_or_default();
            format!("{tool} {}", self.input())
        };
        asked.map_or_else(plain, str::to_owned)
    }

    fn contents(&self) -> &Contents {
        self.session.contents()
    }

    /// What the tool was given, without what a guest has proved with.
    fn input(&self) -> Value {
        let revised = self.effects().rev().find_map(|(_, effect)| match effect {
            Effect::Revise(revised) if revised.key == self.key => Some(&revised.input),
            _ => None,
        });
        let given = revised.or_else(|| self.proposed().map(|call| &call.input));
        let mut input = given.and_then(|input| self.contents().value(input)).cloned().unwrap_or_default();
        if let Some(input) = input.as_object_mut() {
            input.remove("proof");
        }
        input
    }

    fn status(&self) -> UnsettledStatus {
        let stage = self.session.state().activities.get(&self.key).map(|activity| &activity.stage);
        match (stage, self.ended()) {
            (Some(Stage::Compensating { .. }), _) => UnsettledStatus::BeingTakenBack,
            (_, Some(Fate::Done { .. })) => UnsettledStatus::Happened,
            (_, Some(Fate::Failed(_))) => UnsettledStatus::NotHappened,
            (_, Some(Fate::Compensated)) => UnsettledStatus::TakenBack,
            (_, Some(Fate::Abandoned) | None) => UnsettledStatus::Unknown,
        }
    }

    /// How it ended last.
    fn ended(&self) -> Option<&Fate> {
        self.effects().rev().find_map(|(_, effect)| match effect {
            Effect::Settle(settled) if settled.key == self.key => Some(&settled.fate),
            _ => None,
        })
    }

    fn outcome(&self) -> String {
        match self.ended() {
            Some(Fate::Done { output, .. }) => {
                let output = output.as_ref().and_then(|output| self.contents().value(output));
                output.map(|output| Outcome::of(output).text).unwrap_or_default()
            }
            Some(Fate::Failed(Failure::Refused { why })) => {
                self.contents().text(why).unwrap_or_default().to_owned()
            }
            Some(Fate::Compensated) => TAKEN_BACK.to_owned(),
            Some(Fate::Failed(_) | Fate::Abandoned) | None => String::new(),
        }
    }

    fn describe(&self, id: &ReviewId, books: BooksSay) -> Option<Unsettled> {
        let (call, since) = (self.proposed()?, self.handed_over()?);
        let state = self.session.state();
        let text = self.text();
        Some(Unsettled {
            id: id.to_string(),
            shopper: Party::of(&state.owner).and_then(|party| party.shopper().map(ToString::to_string)),
            tool: call.tool.to_string(),
            input: json!(self.input()),
            since: rfc3339(since),
            digest: Seen::digest(&self.key.idempotency(&id.session), &text).to_string(),
            text,
            books,
            can_take_back: self.open().is_some_and(|activity| state.undo_of(activity).is_some()),
            status: self.status(),
            settled: self.told().and_then(settled),
            outcome: self.outcome(),
        })
    }
}

fn settled((entry, told): (&Entry, &Told)) -> Option<Settled> {
    let Teller::Staff(id) = &told.by else { return None };
    let verdict = match &told.fate {
        KeyFate::Done { .. } => SettledAs::Happened,
        KeyFate::Refused { .. } => SettledAs::NotHappened,
        KeyFate::TakenBack => SettledAs::TakenBack,
        KeyFate::TakeBack => SettledAs::TakeBack,
        KeyFate::NotSeen | KeyFate::Running | KeyFate::Forgotten => return None,
    };
    Some(Settled { by: format!("staff:{id}"), at: rfc3339(entry.at), verdict })
}
