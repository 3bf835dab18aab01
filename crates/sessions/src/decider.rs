//! Those who decide what happens next: grammars and language models.

use std::sync::atomic::{AtomicU32, Ordering};

use agent::{
    Actor, Advised, Approval, Consultation, Consulted, Contents, Context, DeciderName, EventKind, Fact,
    FactId, Key, Line, OwnerId, Private, PrivateId, Rate, Rendered, Repeated, Seq, SessionId, State, Time,
    ToolName, TurnId, Usage, Uttered, render,
};
use futures::future::BoxFuture;
use serde_json::Value;
use tokio::sync::mpsc;

use crate::letter::{Letter, Receipt};
use crate::node::{NewFact, Node, Words};
use crate::{NodeError, names};

/// Reads a context and says what to do. It does nothing else: a thought may be asked for again.
pub trait Decider: Send + Sync {
    /// Decides. Where the future is dropped, the thought was not wanted any more.
    fn decide<'a>(&'a self, asked: Asked, voice: &'a Voice) -> BoxFuture<'a, (Decision, Usage)>;
}

/// What a decider is asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// In which session.
    pub session: SessionId,
    /// Whose.
    pub owner: OwnerId,
    /// In which turn.
    pub turn: TurnId,
    /// Which thought this is.
    pub key: Key,
    /// By which name it is asked: several deciders may be one thing.
    pub decider: DeciderName,
    /// What it is shown.
    pub context: Context,
    /// What happened in this turn, oldest first.
    pub lines: Vec<Line>,
    /// The parts of the reply that were told already, before the node that told them died.
    pub uttered: Vec<Private>,
    /// What language models were asked in this turn, oldest first.
    pub consulted: Vec<Consultation>,
    /// What a person is asked at this moment, by the call that it is about.
    pub questions: Vec<(Key, Approval)>,
    /// What is remembered: all that the session knows of, also what does not hold any more.
    pub facts: Vec<Fact>,
    /// The words of all these.
    pub words: Contents,
    /// How much may be written.
    pub max_output_tokens: u32,
    /// Until when.
    pub deadline: Time,
}

/// What a decider says.
#[derive(Clone, Debug, PartialEq)]
pub enum Decision {
    /// Words for the shopper, as a text or as an object that front ends understand; the turn ends.
    Reply(Value),
    /// Tools to call; the turn goes on with their results.
    Calls(Vec<Wish>),
    /// Not mine: ask the next decider.
    Pass,
    /// It did not work.
    Failed,
}

/// A call that a decider wants.
#[derive(Clone, Debug, PartialEq)]
pub struct Wish {
    /// What the decider calls it.
    pub call: String,
    /// The tool.
    pub tool: ToolName,
    /// What to give it.
    pub input: Value,
}

/// With which a decider tells parts of its reply before the whole is there.
/// What is to be remembered or forgotten is told by it as well, and what language models are asked.
#[derive(Debug)]
pub struct Voice {
    mail: mpsc::Sender<Letter>,
    node: Node,
    session: SessionId,
    owner: OwnerId,
    key: Key,
    told: AtomicU32,
    consulted: AtomicU32,
    /// Keeps the names of parts apart when a thought is asked for twice under one key.
    run: String,
}

impl Asked {
    /// The context in words, as language models take it.
    pub fn prompt(&self) -> Rendered {
        render(&self.context, &self.words)
    }

    /// The words that the shopper said last in this turn, as the session refers to them.
    pub fn said_in(&self) -> Option<&Private> {
        self.lines.iter().rev().find_map(|line| match line {
            Line::Said { text } => Some(text),
            _ => None,
        })
    }

    /// What the shopper said last in this turn; `None` where the turn began without words, or they were erased.
    pub fn said(&self) -> Option<&Value> {
        self.words.value(self.said_in()?)
    }
}

impl Voice {
    pub(crate) fn of(mail: mpsc::Sender<Letter>, node: Node, asked: &Asked) -> Self {
        Self {
            mail,
            node,
            session: asked.session.clone(),
            owner: asked.owner.clone(),
            key: asked.key,
            told: AtomicU32::new(0),
            consulted: AtomicU32::new(0),
            run: names::new_id("utt"),
        }
    }

    /// Has a fact remembered that was said in these words of the session. Under one name it is learned once, however often
    /// the thought is asked for.
    pub async fn learn(&self, id: FactId, said: Private, fact: NewFact) -> Result<(), NodeError> {
        let by = Actor::Shopper(self.owner.clone());
        self.node.learn_as(&self.session, by, (id, Some(said)), fact).await
    }

    /// Has facts of the owner erased, with what was said around them, in all sessions.
    pub async fn erase(&self, facts: &[FactId]) -> Result<usize, NodeError> {
        self.node.erase_all(&self.owner, facts).await
    }

    /// Says which facts the reply tells of or passes on, so that erasing one erases this turn's words.
    pub async fn repeats(&self, facts: Vec<FactId>) -> Result<(), NodeError> {
        let key = self.key;
        let repeated =
            move |_: &State| Ok((EventKind::Repeated(Repeated { key, facts }), Contents::default()));
        self.node.hand_in(&self.session, repeated).await.map(|_| ())
    }

    /// Writes down what a language model is about to be shown, and sets aside what it may use: the prompt, and so many tokens of an
    /// answer. The key is for [`Voice::advised`]; without one the model is not to be asked: the budgets have no room for it, or nobody
    /// waits for this thought any more.
    pub async fn consult(
        &self,
        (model, rate): (&str, Rate),
        prompt: Value,
        max_output_tokens: u32,
    ) -> Result<Option<Key>, NodeError> {
        let (key, nth) = (self.key, self.consulted.fetch_add(1, Ordering::Relaxed));
        let (name, model) = (format!("consulted.{key}.{}.{nth}", self.run), model.to_owned());
        let receipt = self.hand_in(move |words| {
            let prompt = words.hold(&name, prompt);
            let reserved = rate.usage(prompt.tokens.into(), max_output_tokens.into());
            EventKind::Consulted(Consulted { key, model, prompt, reserved })
        });
        let receipt = receipt.await?;
        Ok(receipt.is_news.then(|| receipt.first.into()))
    }

    /// Writes down what a language model answered, if it did, and what it used; where nobody knows that, what was set aside counts.
    pub async fn advised(
        &self,
        asked: Key,
        output: Option<Value>,
        usage: Option<Usage>,
    ) -> Result<(), NodeError> {
        let name = format!("advised.{asked}");
        let receipt = self.hand_in(move |words| {
            let output = output.map(|output| words.hold(&name, output));
            EventKind::Advised(Advised { key: asked, output, usage })
        });
        receipt.await.map(|_| ())
    }

    /// Tells a part. When this has returned, the part is in the journal and every device sees it at that position. An
    /// error says that nobody waits for this thought any more.
    pub async fn utter(&self, part: Value) -> Result<Seq, NodeError> {
        let (key, nth) = (self.key, self.told.fetch_add(1, Ordering::Relaxed));
        let name = format!("uttered.{key}.{}.{nth}", self.run);
        let uttered = self.hand_in(move |words| {
            let part = words.hold(&name, part);
            EventKind::Uttered(Uttered { key, part })
        });
        match uttered.await? {
            Receipt { is_news: true, last, .. } => Ok(last),
            Receipt { is_news: false, .. } => Err(NodeError::Stopped),
        }
    }

    /// Puts an event into the mailbox of the session that thinks, and waits until it is on the disk.
    async fn hand_in(
        &self,
        make: impl FnOnce(&mut Words<'_>) -> EventKind + Send + 'static,
    ) -> Result<Receipt, NodeError> {
        let (letter, receipt) = Letter::event(move |state| {
            let mut words = Words::of(state);
            Ok((make(&mut words), words.contents))
        });
        self.mail.send(letter).await.map_err(|_| NodeError::Stopped)?;
        receipt.await.map_err(|_| NodeError::Stopped)?
    }
}

/// Those of these contents that are referred to.
pub(crate) fn referred<'a>(contents: &Contents, privates: impl Iterator<Item = &'a Private>) -> Contents {
    let mut words = Contents::default();
    for private in privates {
        if let Some(value) = contents.value(private) {
            words.restore(PrivateId::stored(private.id.as_str()), value.clone());
        }
    }
    words
}
