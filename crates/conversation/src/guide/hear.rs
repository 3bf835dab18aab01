//! A message: an answer to what was asked, a proof, an action, or a question.

use action::{Action, Step as Resolved, read, reply, resolve};
use checkout::tool::ToolName;
use serde_json::{Value, json};
use sessions::{Asked, Voice};
use store::StoreError;

use super::mind::{Heard, Mind};
use super::{Guide, Step, Telling, choose, tell, wish};
use crate::answerer::Question;
use crate::remembered::{Asking, Remembered};
use crate::said::Said;
use crate::scene::Surroundings;
use crate::{Party, proof, tongue};

/// The language that everything is told in where no other is spoken.
const ENGLISH: &str = "en";
/// Said when a yes or a no comes too late, or to nothing.
const NOT_OPEN: &str = "That question is not open any more, and your answer to it has changed nothing.";
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
        let action = match read(&english) {
            None if is_reply => return Ok(told(NOTHING_ASKED, remembered)),
            None => self.interpret(asked, voice, &english).await,
            read => read,
        };
        if let Some(action) = action
            && let Some(step) = self.act(party, &action, &remembered).await?
        {
            return Ok(step);
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
        let is_answer = remembered.asking.is_some() && now.as_deref() == Some(ENGLISH);
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
        if matches!(action, Action::Checkout) {
            return self.buy(&around, None, remembered).await.map(Some);
        }
        match resolve(action, &around.scene(&self.counter)) {
            Resolved::Call(call) => self.call(party, (call.tool, call.input), remembered).await.map(Some),
            Resolved::Calls(calls) => {
                let wishes = calls.into_iter().map(|call| wish(party, call.tool, call.input, remembered));
                Ok(Some(Step::Call(wishes.collect())))
            }
            Resolved::Readdress { order, to } => {
                self.readdress(&around, &order, to.as_deref(), remembered).await.map(Some)
            }
            Resolved::Mandate(wish) => self.promise(&around, &wish, remembered).await.map(Some),
            Resolved::Say(text) => {
                let asking = wants_proof(party, action).then_some(Asking::Proof).or(remembered.asking);
                Ok(Some(told(text, Remembered { asking, ..remembered.clone() })))
            }
            Resolved::Choose { text, .. } => Ok(Some(choose::ask(text, action.clone(), remembered))),
            Resolved::Point(text) => Ok(Some(choose::ask_which(text, action.clone(), remembered))),
            Resolved::Seek { words, among } => self.seek(party, action, (&words, &among), remembered).await,
            Resolved::Nothing => Ok(None),
        }
    }
}

/// Whether a guest who proves an order can go on with an action.
fn wants_proof(party: &Party, action: &Action) -> bool {
    let is_on_order = matches!(
        action,
        Action::ListOrders
            | Action::ShowOrder(_)
            | Action::Expect(_)
            | Action::Cancel(_)
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
