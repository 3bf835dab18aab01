//! A message: an answer to what was asked, a proof, an action, or a question.

use action::{Action, Step as Resolved, ToolCall, Which, read, refund_method, reply, resolve};
use checkout::tool::ToolName;
use serde_json::{Value, json};
use sessions::{Asked, Voice};
use store::StoreError;

use super::mind::{Heard, Mind};
use super::{Guide, Step, Telling, choose, tell, wish};
use crate::answerer::Question;
use crate::remembered::{Asking, Batch, Pending, Remembered};
use crate::said::Said;
use crate::scene::Surroundings;
use crate::{Party, proof, tongue};

/// The language that everything is told in where no other is spoken.
const ENGLISH: &str = "en";
/// The most words of an answer from which no language is told: "visa" is no French.
const MAX_ANSWER_WORDS: usize = 2;
/// Said when a yes or a no comes too late, or to nothing.
const NOT_OPEN: &str = "That question is not open any more, and your answer to it has changed nothing.";
/// Said where one of several wishes of a message cannot be followed.
const NOT_ALL_CLEAR: &str =
    "I have not understood all of that, so I have not changed anything. Please tell me one thing at a time.";
const NOTHING_ASKED: &str = "There is nothing that I have asked you.";

impl Guide {
    /// Decides about what was said.
    pub(super) async fn hear(
        &self,
        asked: &Asked,
        voice: &Voice,
        party: &Party,
        said: &Value,
    ) -> Result<Step, StoreError> {
        let mut said = Said::of(said);
        let mut remembered = Remembered::of(asked);
        let mut mind = Mind::of(asked);
        if said.is_late {
            return self.late(asked, &said, remembered).await;
        }
        self.listen(&mut said, &mut remembered);
        self.look_at_page(&said, &mut remembered).await?;
        if !said.drop.is_empty() {
            return Ok(question(asked, said, remembered, mind));
        }
        let mut english = self.answerer.in_english(&said.text, said.locale.as_deref());
        let heard = Heard { asked, party, voice, english: &english };
        if let Some(step) = self.mind(&heard, &mut said, &mut remembered, &mut mind).await {
            return Ok(step);
        }
        if !said.drop.is_empty() {
            return Ok(question(asked, said, remembered, mind));
        }
        if !mind.note.learned.is_empty() {
            english = self.answerer.in_english(&said.text, said.locale.as_deref());
        }
        let asking = remembered.asking.take();
        // What a prompt offers in the shopper's language is an answer to it.
        let offered = tongue::heard(&said.text, said.locale.as_deref().unwrap_or(ENGLISH));
        let has_offered = offered != said.text.to_lowercase();
        for words in [Some(&offered).filter(|_| has_offered), Some(&english)].into_iter().flatten() {
            if let Some(step) = self.answered(party, asking, [&said.text, words], &remembered).await? {
                return Ok(step);
            }
        }
        if asking.is_none()
            && tell::waits_for(asked, ToolName::PlaceOrder)
            && let Some(step) = self.revised(party, [&said.text, &english, &offered], &remembered).await?
        {
            return Ok(step);
        }
        // What was no answer leaves the question open.
        remembered.asking = asking;
        if let Some(step) = self.proved(party, &said.text, &remembered).await? {
            return Ok(step);
        }
        let is_reply = reply(&english).is_some();
        // What was no answer, but sounds like one, is no order to do something else either.
        if is_reply && let Some(again) = self.repeat(asked, &remembered) {
            return Ok(again);
        }
        let action = match self.by_parts(party, read(&english), (&english, &remembered)).await? {
            None if is_reply => return Ok(told(NOTHING_ASKED, remembered)),
            None => self.interpret(asked, voice, &english).await,
            action => action,
        };
        if let Some(Action::RefundTo(words)) = &action
            && let Some(step) = self.refund_to(asked, party, words, &remembered).await?
        {
            return Ok(step);
        }
        // What waited beside another question is not a part of this.
        let fresh = Remembered { batch: Batch::default(), ..remembered.clone() };
        if let Some(action) = action {
            if let Some(step) = self.act(party, &action, &fresh).await? {
                return Ok(step);
            }
            remembered.wish = Some(action).filter(|action| self.is_kind(action));
        }
        Ok(question(asked, said, remembered, mind))
    }

    /// An answer to a question that is not open any more, or that reads otherwise by now.
    async fn late(&self, asked: &Asked, said: &Said, remembered: Remembered) -> Result<Step, StoreError> {
        if let Some(question) = &said.question {
            let is_open = |(key, _): &(agent::Key, agent::Approval)| key.to_string() == *question;
            if asked.questions.iter().any(is_open)
                && let Some(step) = self.repeat(asked, &remembered)
            {
                return Ok(step);
            }
            if let Some(step) = self.became(asked, question, remembered.clone()).await? {
                return Ok(step);
            }
        }
        Ok(told(NOT_OPEN, remembered))
    }

    /// Which language is spoken: that of the message, else the one that was spoken before. An answer to a question is often no more
    /// than a name.
    pub(super) fn listen(&self, said: &mut Said, remembered: &mut Remembered) {
        let before = said.locale.clone().or(remembered.language.clone());
        let now = self.answerer.language(&said.text, before.as_deref());
        let is_short = said.text.split_whitespace().count() <= MAX_ANSWER_WORDS;
        let is_answer = remembered.asking.is_some() && (is_short || now.as_deref() == Some(ENGLISH));
        if let Some(now) = now.filter(|_| !is_answer) {
            remembered.language = Some(now).filter(|now| now != ENGLISH);
        }
        said.locale = said.locale.take().or(remembered.language.clone());
    }

    /// The product whose page is open is the one that is talked about.
    async fn look_at_page(&self, said: &Said, remembered: &mut Remembered) -> Result<(), StoreError> {
        let Some(source_id) = &said.product else { return Ok(()) };
        if let Some(product) = self.counter.books.catalog().find_product(source_id).await? {
            if !remembered.shown.contains(&product) {
                remembered.shown.push(product.clone());
            }
            remembered.focus = Some(product);
        }
        Ok(())
    }

    /// A guest says what they know of an order. It is remembered once the shop has taken it.
    async fn proved(
        &self,
        party: &Party,
        text: &str,
        remembered: &Remembered,
    ) -> Result<Option<Step>, StoreError> {
        if party.shopper().is_some() {
            return Ok(None);
        }
        let Some(proof) = proof::read(text) else { return Ok(None) };
        let input = json!({ "order": proof.order });
        let tried = Remembered { proof: Some(proof), ..remembered.clone() };
        self.call(party, (ToolName::ShowOrder, input), &tried).await.map(Some)
    }

    /// An action; `None` where nothing in the conversation is meant.
    pub(super) async fn act(
        &self,
        party: &Party,
        action: &Action,
        remembered: &Remembered,
    ) -> Result<Option<Step>, StoreError> {
        let around = Surroundings::load(&self.counter, party, remembered).await?;
        match action {
            Action::Checkout if remembered.batch.is_empty() => {
                return self.buy(&around, None, remembered).await.map(Some);
            }
            // The way to paying goes on once the cart is as it was said.
            Action::Checkout => return self.go_on_with(party, Vec::new(), remembered).await.map(Some),
            Action::Each(actions) => {
                let Some((first, rest)) = actions.split_first() else { return Ok(None) };
                // What is said of several things at once may be one of several wishes.
                let Batch { ready, rest: after } = remembered.batch.clone();
                let batch = Batch { ready, rest: rest.iter().cloned().chain(after).collect() };
                let remembered = Remembered { batch, ..remembered.clone() };
                return Box::pin(self.act(party, first, &remembered)).await;
            }
            _ => {}
        }
        match resolve(action, &around.scene(&self.counter)) {
            Resolved::Call(call) => self.go_on_with(party, vec![call], remembered).await.map(Some),
            Resolved::Calls(calls) => self.go_on_with(party, calls, remembered).await.map(Some),
            Resolved::Readdress { order, to } => {
                self.readdress(&around, &order, to.as_deref(), remembered).await.map(Some)
            }
            Resolved::Instead(action) => Box::pin(self.act(party, &action, remembered)).await,
            Resolved::NewOrder { order, instead } => {
                self.offer_new_order(&around, (&order, *instead), remembered).await
            }
            Resolved::Mandate(wish) => self.promise(&around, &wish, remembered).await.map(Some),
            Resolved::Say(text) => {
                let asking = wants_proof(party, action).then_some(Asking::Proof).or(remembered.asking);
                let batch = Batch::default();
                Ok(Some(told(text, Remembered { asking, batch, ..remembered.clone() })))
            }
            Resolved::Choose { text, product, .. } => {
                let remembered =
                    Remembered { focus: product.or(remembered.focus.clone()), ..remembered.clone() };
                Ok(Some(choose::ask(text, action.clone(), &remembered)))
            }
            Resolved::Point(text) => Ok(Some(choose::ask_which(text, action.clone(), remembered))),
            Resolved::Seek { words, among } => {
                match self.seek(party, action, (&words, &among), remembered).await? {
                    None if !remembered.batch.is_empty() => Ok(Some(not_found(&words, remembered))),
                    // An order for what the shop does not have is no question about something near it.
                    None if matches!(action, Action::Add(_)) && !self.answerer.is_sold(&words) => {
                        Ok(Some(not_sold(&words, remembered)))
                    }
                    step => Ok(step),
                }
            }
            Resolved::Nothing if !remembered.batch.is_empty() => {
                let Some(Which::Named(words)) = action.thing().map(|what| &what.which) else {
                    return Ok(None);
                };
                Ok(Some(not_found(words, remembered)))
            }
            Resolved::Nothing => Ok(None),
        }
    }

    /// Makes calls, with those of the same message that are clear already, once nothing of it has to be asked any more.
    pub(super) async fn go_on_with(
        &self,
        party: &Party,
        mut calls: Vec<ToolCall>,
        remembered: &Remembered,
    ) -> Result<Step, StoreError> {
        let Batch { mut ready, rest } = remembered.batch.clone();
        if ready.is_empty() && rest.is_empty() && calls.len() == 1 {
            let ToolCall { tool, input } = calls.remove(0);
            return self.call(party, (tool, input), remembered).await;
        }
        let pending = |call: ToolCall| Pending { tool: call.tool.as_str().to_owned(), input: call.input };
        ready.extend(calls.into_iter().map(pending));
        let next = rest.split_first().filter(|(next, _)| **next != Action::Checkout);
        if let Some((next, rest)) = next {
            let batch = Batch { ready, rest: rest.to_vec() };
            let remembered = Remembered { batch, ..remembered.clone() };
            let step = Box::pin(self.act(party, next, &remembered)).await?;
            return Ok(step.unwrap_or_else(|| told(NOT_ALL_CLEAR, remembered)));
        }
        let calls = ready.into_iter().filter_map(|call| Some((ToolName::parse(&call.tool)?, call.input)));
        Ok(Step::Call(calls.map(|(tool, input)| wish(party, tool, input, remembered)).collect()))
    }

    /// Whether an action is on a kind of goods, which is answered by what there is of it.
    fn is_kind(&self, action: &Action) -> bool {
        match action.thing().map(|what| &what.which) {
            Some(Which::Named(words)) => !self.kind(action, words).is_empty(),
            _ => false,
        }
    }

    /// Another way to be paid for a return that waits for a yes; `None` where none does.
    async fn refund_to(
        &self,
        asked: &Asked,
        party: &Party,
        words: &str,
        remembered: &Remembered,
    ) -> Result<Option<Step>, StoreError> {
        let Some(input) = tell::waiting_call(asked, ToolName::ReturnItems) else { return Ok(None) };
        let around = Surroundings::load(&self.counter, party, remembered).await?;
        let order = around.orders.iter().find(|order| input["order"].as_str() == Some(order.id.as_str()));
        let Some(order) = order else { return Ok(None) };
        match refund_method(words, order, &around.scene(&self.counter)) {
            Ok(method) => {
                let mut input = input.clone();
                input["refund_to"] = json!(method);
                self.call(party, (ToolName::ReturnItems, input), remembered).await.map(Some)
            }
            Err(Resolved::Say(text)) => Ok(Some(told(text, remembered.clone()))),
            Err(_) => Ok(None),
        }
    }
}

/// Said where one of several goods is none of the shop's.
fn not_found(words: &str, remembered: &Remembered) -> Step {
    let text = format!(
        "I do not find “{words}” here, so I have not changed anything yet. Tell me the rest without it."
    );
    told(text, Remembered { batch: Batch::default(), ..remembered.clone() })
}

/// Said where what is to be put into the cart is none of the shop's.
fn not_sold(words: &str, remembered: &Remembered) -> Step {
    let text = format!("I do not find “{words}” in this shop, so I have not added anything.");
    told(text, remembered.clone())
}

/// Whether a guest who proves an order can go on with an action.
fn wants_proof(party: &Party, action: &Action) -> bool {
    let is_on_order = matches!(
        action,
        Action::ListOrders
            | Action::ShowOrder(_)
            | Action::Expect(_)
            | Action::Cancel(_)
            | Action::TakeOut { .. }
            | Action::AddToOrder { .. }
            | Action::Reorder { .. }
            | Action::Return { .. }
            | Action::Withdraw { is_named: true, .. }
            | Action::Exchange { .. }
            | Action::Readdress { .. }
    );
    is_on_order && party.shopper().is_none()
}

fn told(text: impl Into<String>, remembered: Remembered) -> Step {
    Step::Tell(Box::new(Telling::say(text, remembered)))
}

fn question(asked: &Asked, said: Said, remembered: Remembered, mind: Mind) -> Step {
    let question = Question {
        text: said.text,
        product: said.product,
        products: said.products,
        shown: remembered.shown.clone(),
        weights: said.weights,
        thread: remembered.thread.clone(),
        drop: said.drop,
        locale: said.locale,
        session: asked.session.to_string(),
        about: mind.facts(),
    };
    Step::Answer(Box::new(question), Box::new(remembered), Box::new(mind))
}
