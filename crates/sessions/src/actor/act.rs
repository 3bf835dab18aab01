//! Acting on effects that are stored: workers that call, ask and think, and bring back letters.

use std::sync::Arc;
use std::time::Duration;

use agent::{
    Activity, Actor as Person, Answer, Approval, Ask, Call, Consultation, Contents, Effect, EventKind, Fact,
    Key, KeyFate, Outcome, OwnerId, Preview, Previewed, Private, Returned, StaffId, Stage, State, Teller,
    Think, Thought, Time, Told, ToolName, Usage, Wanted,
};
use serde_json::Value;

use super::{Actor, Held};
use crate::decider::referred;
use crate::letter::Letter;
use crate::node::{Node, Words};
use crate::{Asked, CallRequest, Decision, Fate, Said, Voice};

impl Actor {
    /// Acts on everything that was stored. What any node may do is in the outbox.
    pub(super) fn act(&mut self, held: &mut Held) {
        let mut is_rung = false;
        for effect in std::mem::take(&mut held.effects) {
            match effect {
                Effect::Think(think) => self.think(held, think),
                Effect::Call(call) => self.call(held, &call),
                Effect::Ask(ask) => self.ask(ask),
                Effect::Preview(preview) => self.preview(held, &preview),
                Effect::Cancel(cancel) => self.cancel(held, cancel.key),
                other => is_rung |= other.is_repeatable(),
            }
        }
        if is_rung {
            self.core.bell.notify_one();
        }
    }

    fn call(&mut self, held: &Held, call: &Call) {
        let (key, attempt) = (call.key, call.attempt);
        let request = CallRequest {
            undoes: call.undoes.clone(),
            approved: approved(held, call.key),
            reviewed_by: reviewed_by(held, call.key),
            heir: heir(held, call.key),
            ..self.request(held, &call.tool, &call.input, call.idempotency_key.clone())
        };
        let (callee, wait) = (Arc::clone(&self.core.outside.callee), self.until(call.deadline));
        self.employ(async move {
            let said = tokio::time::timeout(wait, callee.call(request)).await.unwrap_or(Said::Unclear);
            Letter::note(move |state| returned(state, (key, attempt), said))
        });
    }

    fn ask(&mut self, ask: Ask) {
        let (callee, wait) = (Arc::clone(&self.core.outside.callee), self.until(ask.next_at));
        let own = self.own.clone();
        self.workers.spawn(async move {
            let asked = callee.fate(&ask.tool, &ask.idempotency_key);
            // Who could not be reached is asked again at the time that stands in the journal.
            if let Ok(Some(fate)) = tokio::time::timeout(wait, asked).await {
                let _ = own.send(Letter::note(move |state| told(state, (ask.key, ask.nth), fate))).await;
            }
        });
    }

    fn preview(&mut self, held: &Held, preview: &Preview) {
        let (key, until) = (preview.key, preview.until);
        let shown = key.idempotency(&self.session);
        let request = self.request(held, &preview.tool, &preview.input, shown);
        let (callee, wait) = (Arc::clone(&self.core.outside.callee), self.until(until));
        self.employ(async move {
            let foreseen = tokio::time::timeout(wait, callee.preview(request)).await.ok().flatten();
            Letter::note(move |state| {
                let mut words = Words::of(state);
                let name = format!("preview.{key}.{}", until.millis());
                let review = foreseen.as_ref().and_then(|foreseen| foreseen.review);
                let text = foreseen.map(|foreseen| words.hold(&name, Value::String(foreseen.text)));
                (EventKind::Previewed(Previewed { key, text, review }), words.contents)
            })
        });
    }

    fn think(&mut self, held: &Held, think: Think) {
        let asked = self.asked(held, &think);
        let (decider, wait) = (Arc::clone(&self.core.outside.decider), self.until(think.deadline));
        let voice = Voice::of(self.own.clone(), Node { core: Arc::clone(&self.core) }, &asked);
        let own = self.own.clone();
        let worker = self.workers.spawn(async move {
            let decided = tokio::time::timeout(wait, decider.decide(asked, &voice)).await;
            let (decision, usage) = decided.unwrap_or((Decision::Failed, Usage::default()));
            let _ = own.send(Letter::note(move |state| thought(state, think.key, decision, usage))).await;
        });
        self.thoughts.retain(|_, worker| !worker.is_finished());
        self.thoughts.insert(think.key, worker);
    }

    fn asked(&self, held: &Held, think: &Think) -> Asked {
        let state = held.session.state();
        let turn = state.turn.as_ref().filter(|turn| turn.id == think.turn);
        let (lines, uttered) =
            turn.map(|turn| (turn.lines.clone(), turn.uttered.clone())).unwrap_or_default();
        let consulted: Vec<Consultation> =
            turn.map(|turn| turn.consulted.values().cloned().collect()).unwrap_or_default();
        let questions = questions(state);
        let shown = think.context.privates();
        let asked = questions.iter().map(|(_, approval)| &approval.text);
        let facts: Vec<Fact> = state.facts.values().cloned().collect();
        let lines_said = lines.iter().filter_map(agent::Line::privates);
        let known = state.facts.values().flat_map(Fact::privates);
        let advised = consulted.iter().flat_map(Consultation::privates);
        let privates = shown.chain(lines_said).chain(&uttered).chain(advised).chain(asked).chain(known);
        let words = referred(held.session.contents(), privates);
        Asked {
            session: self.session.clone(),
            owner: state.owner.clone(),
            turn: think.turn,
            key: think.key,
            decider: think.decider.clone(),
            context: think.context.clone(),
            words,
            lines,
            uttered,
            consulted,
            questions,
            facts,
            max_output_tokens: think.max_output_tokens,
            deadline: think.deadline,
        }
    }

    fn cancel(&mut self, held: &Held, key: Key) {
        if let Some(worker) = self.thoughts.remove(&key) {
            worker.abort();
        } else if let Some(activity) = held.session.state().activities.get(&key) {
            self.core.outside.callee.cancel(&activity.tool, &key.idempotency(&self.session));
        }
    }

    fn request(&self, held: &Held, tool: &ToolName, input: &Private, key: String) -> CallRequest {
        CallRequest {
            session: self.session.clone(),
            owner: held.session.state().owner.clone(),
            heir: None,
            key,
            tool: tool.clone(),
            input: held.session.contents().value(input).cloned().unwrap_or(Value::Null),
            approved: None,
            reviewed_by: None,
            undoes: None,
        }
    }

    /// Has something done that brings a letter back.
    fn employ(&mut self, work: impl Future<Output = Letter> + Send + 'static) {
        let own = self.own.clone();
        self.workers.spawn(async move {
            let letter = work.await;
            // A mailbox that is gone belongs to a session that was taken anew, and looks into it itself.
            let _ = own.send(letter).await;
        });
    }

    fn until(&self, deadline: Time) -> Duration {
        Duration::from_millis(deadline.since(self.core.now()).max(1))
    }
}

/// The text that a person said yes to.
fn approved(held: &Held, key: Key) -> Option<String> {
    let activity = held.session.state().activities.get(&key).filter(|activity| activity.is_granted())?;
    held.session.contents().text(&activity.approval.as_ref()?.text).map(str::to_owned)
}

/// Who else it may be done for, or taken back for.
fn heir(held: &Held, key: Key) -> Option<OwnerId> {
    let activities = &held.session.state().activities;
    let activity = activities.get(&key)?;
    let undone = activity.undoes.and_then(|undone| activities.get(&undone));
    activity.heir.clone().or_else(|| undone?.heir.clone())
}

/// Who of the staff said yes to it.
fn reviewed_by(held: &Held, key: Key) -> Option<StaffId> {
    let activity = held.session.state().activities.get(&key)?;
    let asked = activity.approval.iter().chain(&activity.earlier);
    let verdicts =
        asked.filter_map(|approval| approval.verdict.as_ref()).filter(|verdict| verdict.is_granted);
    verdicts.rev().find_map(|verdict| match &verdict.by {
        Person::Staff(id) => Some(id.clone()),
        _ => None,
    })
}

/// What a person is asked.
fn questions(state: &State) -> Vec<(Key, Approval)> {
    let waiting = |activity: &&Activity| matches!(activity.stage, Stage::AwaitingApproval { .. });
    let open = state.open_activities().filter(|(_, activity)| waiting(activity));
    open.filter_map(|(key, activity)| Some((key, activity.approval.clone()?))).collect()
}

fn returned(state: &State, (key, attempt): (Key, u32), said: Said) -> (EventKind, Contents) {
    let mut words = Words::of(state);
    let name = format!("output.{key}.{attempt}");
    let answer = match said {
        Said::Done(output) => Answer::Done { output: words.hold(&name, output) },
        Said::Refused(why) => Answer::Refused { why: words.hold(&name, Value::String(why)) },
        Said::Busy => Answer::Busy,
        Said::Unclear => Answer::Unclear,
    };
    (EventKind::Returned(Returned { key, attempt, answer }), words.contents)
}

fn told(state: &State, (key, nth): (Key, u32), fate: Fate) -> (EventKind, Contents) {
    let mut words = Words::of(state);
    let name = format!("told.{key}.{}.{nth}", state.epoch);
    let fate = match fate {
        Fate::Done(output) => KeyFate::Done { output: output.map(|output| words.hold(&name, output)) },
        Fate::Refused(why) => KeyFate::Refused { why: words.hold(&name, Value::String(why)) },
        Fate::NotSeen => KeyFate::NotSeen,
        Fate::Running => KeyFate::Running,
        Fate::Forgotten => KeyFate::Forgotten,
    };
    (EventKind::Told(Told { key, by: Teller::Callee, fate, seen: None }), words.contents)
}

fn thought(state: &State, key: Key, decision: Decision, usage: Usage) -> (EventKind, Contents) {
    let mut words = Words::of(state);
    let outcome = match decision {
        Decision::Reply(text) => Outcome::Reply { text: words.hold(&format!("thought.{key}"), text) },
        Decision::Calls(wishes) => {
            let calls = wishes.into_iter().enumerate().map(|(nth, wish)| Wanted {
                input: words.hold(&format!("thought.{key}.{nth}"), wish.input),
                call: agent::CallId::new(wish.call),
                tool: wish.tool,
            });
            Outcome::Calls(calls.collect())
        }
        Decision::Pass => Outcome::Pass,
        Decision::Failed => Outcome::Failed,
    };
    (EventKind::Thought(Thought { key, usage, outcome }), words.contents)
}
