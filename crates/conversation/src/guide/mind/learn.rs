//! Learning what somebody tells of themself.

use action::{Reply, reply};
use agent::{FactId, FactScope, Private, Time};
use profile::{Known, Told};
use sessions::{NewFact, NodeError};

use super::{AGAIN, Guide, Heard, Mind, now, tell};
use crate::guide::Step;
use crate::party::digest;
use crate::recollection::{Kept, rfc3339, scope};
use crate::remembered::Remembered;
use crate::said::Said;

/// How sure what was said in passing is, in thousandths.
const IN_PASSING: u16 = 800;
/// How sure is what somebody asked to have remembered, or said yes to.
const CONFIRMED: u16 = 1000;
/// What is remembered of somebody, at most.
const MAX_KEPT: usize = 100;
const MS_A_DAY: i64 = 24 * 3_600_000;

const FULL: &str = "I remember as much of you as I can. Say “what do you know about me?” and have some of it forgotten first.";
const NOT_KEPT: &str = "I do not keep passwords or numbers of cards and accounts.";
const NOT_ORDERS: &str = "I remember what you tell me about yourself, and take no instructions that way.";
const NO_MATTER: &str = "All right, that stays in this conversation.";
const ENDS: &str = "You are not signed in, so that ends with this conversation.";
const NOTHING: &str = "There is nothing new that I could remember.";

/// How something was learned.
enum Learned {
    /// It was known before.
    Known,
    /// It is new, or says otherwise than what is known.
    New { before: Option<String>, scope: FactScope },
}

impl Guide {
    /// Learns what was told. Where nothing else was said, and no search goes on with it, that is told.
    pub(super) async fn learn(
        &self,
        heard: &Heard<'_>,
        told: Told,
        (said, remembered): (&mut Said, &mut Remembered),
        mind: &mut Mind,
    ) -> Result<Option<Step>, NodeError> {
        if told.facts.is_empty() {
            let last = remembered.told.clone();
            return self.keep(heard, last, remembered, mind).await.map(Some);
        }
        if let Some(no) = self.objection(&told, mind) {
            return Ok(Some(tell(no, remembered, mind)));
        }
        let mut lines = Vec::new();
        let mut fresh: Vec<Known> = Vec::new();
        remembered.told.clear();
        for (nth, known) in told.facts.iter().enumerate() {
            let learned = self.take_in(heard, (nth, known, told.is_explicit), mind).await?;
            if let Learned::New { scope: FactScope::Session, .. } = &learned {
                fresh.push(known.clone());
            }
            lines.push(line(heard, known, &learned));
        }
        remembered.told = mind.note.learned.iter().map(|fact| FactId::new(fact.id.clone())).collect();
        let is_shown = told.is_explicit || told.rest.is_empty();
        let question = consent(heard, &fresh, is_shown, remembered);
        let bears = |known: &Known| known.unwanted().is_some() || !known.preferred().is_empty();
        let goes_on = !remembered.shown.is_empty() && told.facts.iter().any(bears) && !told.is_explicit;
        match told.rest.is_empty() {
            true if goes_on => {
                said.text.clear();
                said.drop = vec![AGAIN.to_owned()];
            }
            true => {
                lines.extend(question);
                return Ok(Some(tell(lines.join(" "), remembered, mind)));
            }
            false if is_cut(heard, &told, said) => said.text.clone_from(&told.rest),
            false => {}
        }
        // What counts for this search only is told by the search.
        let is_kept = |own: &wire::Fact| own.scope != wire::FactScope::Session;
        let tells = told.is_explicit || mind.note.learned.iter().any(is_kept);
        let tail: Vec<String> = lines.into_iter().filter(|_| tells).chain(question).collect();
        mind.tail = (!tail.is_empty()).then(|| tail.join(" "));
        Ok(None)
    }

    /// Why something is not kept.
    fn objection(&self, told: &Told, mind: &Mind) -> Option<&'static str> {
        if told.facts.iter().any(Known::is_secret) {
            return Some(NOT_KEPT);
        }
        if told.facts.iter().any(|known| self.answerer.is_order(known.content())) {
            return Some(NOT_ORDERS);
        }
        (mind.kept.len() + told.facts.len() > MAX_KEPT).then_some(FULL)
    }

    /// Has one fact learned, unless it is known already.
    async fn take_in(
        &self,
        heard: &Heard<'_>,
        (nth, known, is_explicit): (usize, &Known, bool),
        mind: &mut Mind,
    ) -> Result<Learned, NodeError> {
        let current = mind.current(known).cloned();
        // What was kept with consent is put right with it as well.
        let is_kept = current.as_ref().is_some_and(|own| own.scope != FactScope::Session);
        let is_wide = heard.party.shopper().is_some() && (is_explicit || is_kept);
        let scope = if is_wide { FactScope::Shopper } else { FactScope::Session };
        let is_same = current.as_ref().is_some_and(|own| own.known.content() == known.content());
        if is_same && current.as_ref().is_some_and(|own| own.scope >= scope) {
            mind.told.extend(current.map(|own| own.id));
            return Ok(Learned::Known);
        }
        let confidence = if is_explicit { CONFIRMED } else { IN_PASSING };
        let Some(words) = heard.asked.said_in().cloned() else { return Ok(Learned::Known) };
        self.store(heard, (nth, known, words), (scope, confidence), mind).await?;
        let before = current.filter(|own| own.known.content() != known.content());
        mind.told.extend(before.iter().map(|own| own.id.clone()));
        Ok(Learned::New { before: before.map(|own| own.known.content().to_owned()), scope })
    }

    /// Puts a fact into the journal, under a name that follows from the turn: a thought that is asked for again learns it once.
    async fn store(
        &self,
        heard: &Heard<'_>,
        (nth, known, words): (usize, &Known, Private),
        (reach, confidence_permille): (FactScope, u16),
        mind: &mut Mind,
    ) -> Result<(), NodeError> {
        let asked = heard.asked;
        let name = digest(&[asked.session.as_str(), &asked.turn.to_string(), &nth.to_string()], 12);
        let id = FactId::new(format!("fct_{name}"));
        let ends = known.kind.days.map(|days| now().millis() + i64::from(days) * MS_A_DAY);
        let expires_at = ends.filter(|_| reach != FactScope::Session).map(Time::from_millis);
        let fact = NewFact {
            scope: reach,
            topic: known.topic(),
            content: known.content().to_owned(),
            words: String::new(),
            confidence_permille,
            expires_at,
        };
        heard.voice.learn(id.clone(), words, fact).await?;
        let topic = known.topic();
        for own in mind.kept.iter_mut().filter(|own| own.holds && own.known.topic() == topic) {
            own.holds = false;
            own.told.status = wire::FactStatus::Superseded;
            own.told.superseded_by = Some(id.to_string());
        }
        let told = wire::Fact {
            id: id.to_string(),
            topic,
            content: known.content().to_owned(),
            text: known.sentence(),
            words: asked.said().map(|said| Said::of(said).text).unwrap_or_default(),
            said_at: rfc3339(now()),
            session: asked.session.to_string(),
            scope: scope(reach),
            confidence: f64::from(confidence_permille) / 1000.0,
            expires_at: expires_at.map(rfc3339),
            status: wire::FactStatus::Current,
            superseded_by: None,
        };
        mind.note.learned.push(told.clone());
        mind.kept.push(Kept { id, known: known.clone(), scope: reach, holds: true, told });
        Ok(())
    }

    /// A yes or a no to whether what was told in passing is to be kept.
    pub(super) async fn consented(
        &self,
        heard: &Heard<'_>,
        keep: Vec<FactId>,
        remembered: &mut Remembered,
        mind: &mut Mind,
    ) -> Result<Option<Step>, NodeError> {
        if keep.is_empty() {
            return Ok(None);
        }
        match reply(heard.english) {
            Some(Reply::Yes) => self.keep(heard, keep, remembered, mind).await.map(Some),
            Some(Reply::No) => {
                remembered.has_declined = true;
                Ok(Some(tell(NO_MATTER, remembered, mind)))
            }
            None => Ok(None),
        }
    }

    /// Keeps for longer what was told in this conversation.
    async fn keep(
        &self,
        heard: &Heard<'_>,
        facts: Vec<FactId>,
        remembered: &mut Remembered,
        mind: &mut Mind,
    ) -> Result<Step, NodeError> {
        let known: Vec<Known> = mind
            .kept
            .iter()
            .filter(|own| own.holds && own.scope == FactScope::Session && facts.contains(&own.id))
            .map(|own| own.known.clone())
            .collect();
        if known.is_empty() {
            return Ok(tell(NOTHING, remembered, mind));
        }
        if heard.party.shopper().is_none() {
            return Ok(tell(guest(&clauses(&known)), remembered, mind));
        }
        for (nth, known) in known.iter().enumerate() {
            let words = heard.asked.facts.iter().find(|fact| {
                mind.kept.iter().any(|own| own.id == fact.id && own.holds && own.known == *known)
            });
            let Some(words) = words.map(|fact| fact.provenance.words.clone()) else { continue };
            self.store(heard, (nth, known, words), (FactScope::Shopper, CONFIRMED), mind).await?;
        }
        remembered.told = mind.note.learned.iter().map(|fact| FactId::new(fact.id.clone())).collect();
        Ok(tell(format!("I will remember that {}.", clauses(&known)), remembered, mind))
    }
}

/// What is said of something that was learned.
fn line(heard: &Heard<'_>, known: &Known, learned: &Learned) -> String {
    let clause = known.clause();
    match learned {
        Learned::Known => format!("I know that {clause}."),
        Learned::New { scope: FactScope::Session, before } if heard.party.shopper().is_none() => {
            let was = was(before.as_deref());
            format!("In this conversation I take into account that {clause}{was}.")
        }
        Learned::New { scope: FactScope::Session, before } => {
            format!("I take into account that {clause}{}.", was(before.as_deref()))
        }
        Learned::New { before, .. } => format!("I will remember that {clause}{}.", was(before.as_deref())),
    }
}

fn was(before: Option<&str>) -> String {
    before.map(|before| format!("; until now it was {before}")).unwrap_or_default()
}

/// The question whether to keep it, asked once for what is new, and never again after a no. A guest is told once that nothing
/// is kept.
fn consent(
    heard: &Heard<'_>,
    fresh: &[Known],
    is_shown: bool,
    remembered: &mut Remembered,
) -> Option<String> {
    if fresh.is_empty() || remembered.has_declined {
        return None;
    }
    if heard.party.shopper().is_none() {
        remembered.has_declined = true;
        return Some(if is_shown { ENDS.to_owned() } else { guest(&clauses(fresh)) });
    }
    remembered.keep.clone_from(&remembered.told);
    Some(format!("Shall I remember for next time that {}? Yes or no.", clauses(fresh)))
}

fn guest(clauses: &str) -> String {
    format!("You are not signed in, so I keep in mind for this conversation only that {clauses}.")
}

fn clauses(known: &[Known]) -> String {
    let clauses: Vec<String> = known.iter().map(Known::clause).collect();
    clauses.join(" and that ")
}

/// Whether the question is asked without the fact: a search, whose conditions follow from it. What is asked of a product that
/// is pointed at is asked in all of its words.
fn is_cut(heard: &Heard<'_>, told: &Told, said: &Said) -> bool {
    let is_own_language = heard.english == said.text;
    let points = told.rest.split(|c: char| !c.is_alphanumeric()).any(|word| {
        ["it", "this", "that", "they", "them", "these", "those"].contains(&word.to_lowercase().as_str())
    });
    let bears = |known: &Known| known.unwanted().is_some() || known.kind.name == "size";
    is_own_language
        && (told.is_explicit || (!points && said.product.is_none() && told.facts.iter().all(bears)))
}
