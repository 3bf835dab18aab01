//! From entries to spans.

use std::collections::BTreeMap;

use super::names as n;
use super::{Span, SpanKind};
use crate::entry::{Body, Entry};
use crate::{
    Advised, Consulted, Decider, DeciderKind, DeciderName, Effect, EventKind, Failure, Fate, Outcome,
    Propose, SessionId, Settings, Think, Thought, Time, TurnEnd, TurnId,
};

/// The spans of a turn, in the order in which they began: the turn, its thoughts, the models that they asked, its calls (also when
/// they ended after it). A turn that is not in these entries has none.
pub fn spans(entries: &[Entry], turn: TurnId) -> Vec<Span> {
    let mut tracer = Tracer { turn: turn.0, ..Tracer::default() };
    for entry in entries {
        match &entry.body {
            Body::Event(event) => tracer.event(entry.at, entry.seq.0, event),
            Body::Effect(effect) => tracer.effect(entry.at, entry.seq.0, effect, turn),
        }
    }
    tracer.spans.into_values().collect()
}

#[derive(Default)]
struct Tracer {
    session: Option<SessionId>,
    agent: String,
    deciders: BTreeMap<DeciderName, Decider>,
    /// The turn.
    turn: u64,
    /// By the entry that began them.
    spans: BTreeMap<u64, Span>,
}

impl Tracer {
    fn event(&mut self, at: Time, seq: u64, event: &EventKind) {
        match event {
            EventKind::Opened(opened) => {
                self.session = Some(opened.session.clone());
                self.configure(&opened.settings);
            }
            EventKind::Configured(configured) => self.configure(&configured.settings),
            EventKind::Thought(thought) => self.thought(at, thought),
            EventKind::Consulted(consulted) => self.consulted(at, seq, consulted),
            EventKind::Advised(advised) => self.advised(at, advised),
            _ => {}
        }
    }

    fn configure(&mut self, settings: &Settings) {
        self.agent = settings.agent.clone();
        self.deciders =
            settings.deciders.iter().map(|decider| (decider.name.clone(), decider.clone())).collect();
    }

    fn effect(&mut self, at: Time, seq: u64, effect: &Effect, turn: TurnId) {
        match effect {
            Effect::BeginTurn(_) if seq == turn.0 => self.turn(at, turn),
            Effect::EndTurn(ended) if ended.turn == turn => self.end_turn(at, turn, ended.end),
            Effect::Think(think) if think.turn == turn => self.think(at, think),
            Effect::Lapse(lapse) => self.fail(at, lapse.key.0, "timeout"),
            Effect::Propose(propose) if propose.turn == turn => self.propose(at, propose),
            Effect::Settle(settle) => self.settle(at, settle.key.0, &settle.fate),
            _ => {}
        }
    }

    fn turn(&mut self, at: Time, turn: TurnId) {
        let name = format!("{} {}", n::INVOKE_AGENT, self.agent);
        let agent = self.agent.clone();
        self.begin(at, turn.0, turn.0, name, n::INVOKE_AGENT, SpanKind::Internal, |span| {
            span.set(n::AGENT_NAME, agent);
        });
    }

    fn end_turn(&mut self, at: Time, turn: TurnId, end: TurnEnd) {
        let Some(span) = self.spans.get_mut(&turn.0) else { return };
        span.end = Some(at);
        span.set(n::TURN_END, word(&end));
        if matches!(end, TurnEnd::BudgetSpent(_) | TurnEnd::NoAnswer) {
            span.fail(&word(&end));
        }
    }

    fn think(&mut self, at: Time, think: &Think) {
        let kind = self.deciders.get(&think.decider).map(|decider| decider.kind.clone());
        let name = format!("{} {}", n::CHAT, think.decider);
        self.begin(at, think.turn.0, think.key.0, name, n::CHAT, SpanKind::Client, |span| {
            span.set(n::REQUEST_MODEL, think.decider.to_string());
            span.set(n::REQUEST_MAX_TOKENS, u64::from(think.max_output_tokens));
            span.set(n::CONTEXT_DIGEST, think.context_digest.to_string());
            if let Some(DeciderKind::Model { provider, .. }) = kind {
                span.set(n::PROVIDER_NAME, provider);
            }
        });
    }

    fn thought(&mut self, at: Time, thought: &Thought) {
        let Some(span) = self.spans.get_mut(&thought.key.0) else { return };
        span.end = Some(at);
        span.set(n::USAGE_INPUT_TOKENS, thought.usage.input_tokens);
        span.set(n::USAGE_OUTPUT_TOKENS, thought.usage.output_tokens);
        if thought.outcome == Outcome::Failed {
            span.fail("failed");
        }
    }

    fn consulted(&mut self, at: Time, seq: u64, consulted: &Consulted) {
        // A thought of another turn has no span here.
        if !self.spans.contains_key(&consulted.key.0) {
            return;
        }
        let name = format!("{} {}", n::CHAT, consulted.model);
        self.begin(at, self.turn, seq, name, n::CHAT, SpanKind::Client, |span| {
            span.set(n::REQUEST_MODEL, consulted.model.clone());
            span.set(n::REQUEST_MAX_TOKENS, consulted.reserved.output_tokens);
        });
    }

    fn advised(&mut self, at: Time, advised: &Advised) {
        let Some(span) = self.spans.get_mut(&advised.key.0) else { return };
        span.end = Some(at);
        if let Some(usage) = advised.usage {
            span.set(n::USAGE_INPUT_TOKENS, usage.input_tokens);
            span.set(n::USAGE_OUTPUT_TOKENS, usage.output_tokens);
        }
        if advised.output.is_none() {
            span.fail("failed");
        }
    }

    fn propose(&mut self, at: Time, propose: &Propose) {
        let name = format!("{} {}", n::EXECUTE_TOOL, propose.tool);
        let key = self.session.as_ref().map(|session| propose.key.idempotency(session)).unwrap_or_default();
        self.begin(at, propose.turn.0, propose.key.0, name, n::EXECUTE_TOOL, SpanKind::Internal, |span| {
            span.set(n::TOOL_NAME, propose.tool.to_string());
            span.set(n::TOOL_CALL_ID, propose.call.to_string());
            span.set(n::TOOL_TYPE, "function".to_owned());
            span.set(n::ACTIVITY_KEY, key);
        });
    }

    fn settle(&mut self, at: Time, key: u64, fate: &Fate) {
        match fate {
            Fate::Done { .. } => {
                if let Some(span) = self.spans.get_mut(&key) {
                    span.end = Some(at);
                }
            }
            Fate::Failed(Failure::Refused { .. }) => self.fail(at, key, "refused"),
            Fate::Failed(failure) => self.fail(at, key, &word(failure)),
            Fate::Compensated | Fate::Abandoned => self.fail(at, key, &word(fate)),
        }
    }

    fn fail(&mut self, at: Time, key: u64, error: &str) {
        if let Some(span) = self.spans.get_mut(&key) {
            span.end.get_or_insert(at);
            if span.status == super::SpanStatus::Unset {
                span.fail(error);
            }
        }
    }

    #[expect(clippy::too_many_arguments, reason = "what every span has")]
    fn begin(
        &mut self,
        at: Time,
        turn: u64,
        own: u64,
        name: String,
        operation: &str,
        kind: SpanKind,
        fill: impl FnOnce(&mut Span),
    ) {
        let Some(session) = &self.session else { return };
        let mut span = Span::begin(session, turn, own, name, at);
        span.kind = kind;
        span.set(n::OPERATION_NAME, operation.to_owned());
        span.set(n::CONVERSATION_ID, session.to_string());
        fill(&mut span);
        self.spans.insert(own, span);
    }
}

/// The name of a variant as the journal writes it.
fn word(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        Ok(serde_json::Value::Object(map)) => map.keys().next().cloned().unwrap_or_default(),
        _ => String::new(),
    }
}
