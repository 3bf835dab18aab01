//! One turn: understand, retrieve, reason, compose.

use search::{EvidenceKind, Language};

use crate::claim::{Answer, Claim, Clarify, Polarity, Predicate};
use crate::compose::{self, Clause, compose};
use crate::person::Counted;
use crate::phrase::{Phrasing, phrasing};
use crate::reason;
use crate::request::{Ask, Expected, Form, Intent, Request};
use crate::step::ToldStep;
use crate::thread::{Chip, Thread, chips};
use crate::understand::Heard;
use crate::verify::{Verified, verify};
use crate::voice::{Line, Voice};
use crate::{AskError, Snapshot, aside, understand};

/// What a question came to.
#[derive(Clone, Debug)]
pub struct Reply {
    /// The question as it was read.
    pub request: Request,
    /// The claims with their evidence.
    pub answer: Answer,
    /// The answer as prose, told by templates.
    pub prose: Vec<Clause>,
    /// What holds for the goods that are looked for, each with an id by which it is taken away.
    pub chips: Vec<Chip>,
    /// The conversation with this turn.
    pub thread: Thread,
    /// The names of what is known of the shopper and counted.
    pub used: Vec<String>,
}

/// Answers a question from one snapshot. The same snapshot and question give the same reply.
pub fn ask(snapshot: &Snapshot, ask: &Ask) -> Result<Reply, AskError> {
    let snapshot = snapshot.at(ask.now);
    let ask = &understand::heard(&snapshot, ask)?;
    let parts = understand::parts(&ask.text);
    let Some((first, rest)) = parts.split_first().filter(|(_, rest)| !rest.is_empty()) else {
        return one(&snapshot, ask);
    };
    let mut part = Ask { text: (*first).to_owned(), ..ask.clone() };
    let mut whole = one(&snapshot, &part)?;
    for text in rest {
        // What the first question names is what the next one calls `it`.
        if let [product] = whole.request.products.as_slice() {
            part.product = Some(product.source_id.clone());
        }
        part.text = (*text).to_owned();
        part.thread = whole.thread.clone();
        whole.add(one(&snapshot, &part)?);
    }
    Ok(whole)
}

/// What a message says in English; the shopper's words where they are English. An order to act is one in English too.
pub fn in_english(snapshot: &Snapshot, ask: &Ask) -> Result<String, AskError> {
    match understand::ordered(snapshot, ask)? {
        Some(order) => Ok(order),
        None => Ok(understand::heard(snapshot, ask)?.text),
    }
}

/// The language that a message is in; `None` where no word of it tells.
pub fn language_of(snapshot: &Snapshot, ask: &Ask) -> Option<Language> {
    understand::language_of(snapshot, ask)
}

/// What a model that makes vectors is given of a question: the shopper's own words where it knows their language or the
/// catalog is written in it, else the English reading.
pub fn for_meaning(
    snapshot: &Snapshot,
    ask: &Ask,
    knows: impl Fn(Language) -> bool,
) -> Result<String, AskError> {
    let heard = understand::heard(snapshot, ask)?;
    let language = Language::parse(&heard.locale.language).unwrap_or_default();
    let is_own = knows(language) || snapshot.vocabulary.language() == language;
    Ok(if is_own { ask.text.clone() } else { heard.text })
}

/// What the goods are searched with: the English reading where the catalog is English, else the shopper's own words.
pub fn for_search(snapshot: &Snapshot, ask: &Ask) -> Result<String, AskError> {
    for_meaning(snapshot, ask, |_| snapshot.vocabulary.language() != Language::English)
}

/// Answers one question.
fn one(snapshot: &Snapshot, own: &Ask) -> Result<Reply, AskError> {
    if let Some(reply) = beside(snapshot, own)? {
        return Ok(reply);
    }
    let Heard { ask, mut request, thread, is_one_of_several } = understand::hear(snapshot, own)?;
    let ask = Ask { thread: thread.clone(), ..ask };
    let counted = Counted::of(snapshot, &ask, &mut request);
    let (mut request, mut answer) = reply(snapshot, &ask, request)?;
    // What was taken to be about the product before and is not answered by it is asked as it stands.
    let is_guess = ask.product != own.product && !understand::points(&own.text);
    if answer.is_abstention && is_guess && answer.clarify.is_none() {
        let plain = understand::understand(snapshot, own)?;
        let (as_it_stands, other) = reply(snapshot, own, plain)?;
        if !other.is_abstention {
            (request, answer) = (as_it_stands, other);
        }
    }
    if answer.clarify.is_some_and(|clarify| thread.asked.contains(&clarify)) {
        let voice = Voice::of(&ask.locale);
        let aside = answer.clarify.map(|clarify| voice.say(asked_before(clarify), &[]));
        answer = Answer { aside, clarify: None, ..answer };
    }
    if let Some(product) = request.products.first().filter(|_| is_one_of_several) {
        let note = Voice::of(&ask.locale).say(Line::AboutProduct, &[&product.title]);
        answer.notes.insert(0, note);
    }
    let used = counted.tell(snapshot, &ask, &request, &mut answer)?;
    let thread = thread.after(&request, &answer);
    let prose = compose(snapshot, &request, &answer);
    let mut chips = if request.intent == Intent::Find { chips(&request.need) } else { Vec::new() };
    chips.retain(|chip| !counted.is_own(&chip.constraint));
    if request.intent == Intent::Find {
        chips.extend(counted.chips(Voice::of(&ask.locale)));
    }
    Ok(Reply { request, answer, prose, chips, thread, used })
}

/// The line for what is no matter of the shop, or is refused; `None` for all else. Who names goods talks of them.
fn beside(snapshot: &Snapshot, ask: &Ask) -> Result<Option<Reply>, AskError> {
    let language = Language::parse(&ask.locale.language).unwrap_or_default();
    let own_words = ask.reading.as_ref().map_or_else(|| ask.text.clone(), |read| read.own_words(&ask.text));
    let Some(aside) = aside::of(language, &own_words, &ask.text) else { return Ok(None) };
    let request = understand::understand(snapshot, &Ask { product: None, ..ask.clone() })?;
    let is_of_goods = !request.products.is_empty() || !request.need.head.is_empty();
    if is_of_goods && aside.intent == Intent::Chat {
        return Ok(None);
    }
    let request = Request { intent: aside.intent, ..request };
    let answer = Answer { is_abstention: true, aside: Some(aside.line.to_owned()), ..Answer::default() };
    let prose = compose(snapshot, &request, &answer);
    Ok(Some(Reply {
        request,
        answer,
        prose,
        chips: Vec::new(),
        thread: ask.thread.clone(),
        used: Vec::new(),
    }))
}

/// Said in place of a question that was asked before.
fn asked_before(clarify: Clarify) -> Line {
    match clarify {
        Clarify::Wish | Clarify::Courtesy => Line::WishAgain,
        Clarify::Product => Line::ProductAgain,
        Clarify::Several | Clarify::Another => Line::SeveralAgain,
    }
}

/// The answer of the reasoner that fits, with the request as it was taken in the end.
fn reply(snapshot: &Snapshot, ask: &Ask, request: Request) -> Result<(Request, Answer), AskError> {
    let is_of_set = matches!(request.intent, Intent::Compare | Intent::Decide);
    if understand::is_courtesy(&request.text) {
        return Ok((request, unclear(Clarify::Courtesy)));
    }
    if !is_of_set && !request.place.is_carried && understand::says_nothing(&request) {
        return Ok((request, unclear(Clarify::Wish)));
    }
    if understand::tells_trouble(&request)
        && let Some(helped) = troubled(snapshot, ask, &request)?
    {
        return Ok(helped);
    }
    let answer = reasoned(snapshot, ask, &request)?;
    let is_of_goods = request.products.is_empty() && !request.focus.is_policy;
    let is_unclear = request.intent == Intent::Answer && is_of_goods && understand::points(&request.text);
    let is_silent = answer.is_abstention || is_unclear && only_guides(&request, &answer);
    // What was left out on purpose is not found by taking the question otherwise.
    if !is_silent || is_of_set || answer.leaves_out {
        return Ok((request, answer));
    }
    if request.relation.is_some() && request.mate.is_empty() && understand::asks_what_fits(&request.text) {
        return reply(snapshot, ask, Request { intent: Intent::Answer, relation: None, ..request });
    }
    if request.intent == Intent::Suit {
        return unsuited(snapshot, ask, request, answer);
    }
    if request.intent == Intent::Reviews && !request.is_of_some_reviewers() {
        return reply(snapshot, ask, Request { intent: Intent::Answer, ..request });
    }
    if is_unclear {
        return Ok((request, unclear(Clarify::Product)));
    }
    if let Some(other) = other_intent(&request) {
        let second = Request { intent: other, ..request.clone() };
        let tried = reasoned(snapshot, ask, &second)?;
        // A question that goods only half answer is none for goods: `do you rent out tools`.
        let is_whole = request.intent == Intent::Find || tried.missing.is_empty();
        if !tried.is_abstention && is_whole {
            return Ok((second, tried));
        }
    }
    let answer = reason::answer::nearest(snapshot, ask, &request, answer)?;
    let intent = if answer.is_nearest { Intent::Answer } else { request.intent };
    Ok((Request { intent, ..request }, answer))
}

/// Whether a yes or no on one thing is answered by pages on goods like it, which take no side: `is it waterproof` by how to wash what is.
fn only_guides(request: &Request, answer: &Answer) -> bool {
    let is_guide = |claim: &Claim| {
        let is_page = matches!(claim.predicate, Predicate::Quote { kind: EvidenceKind::Page, .. });
        is_page && claim.polarity == Polarity::Neutral
    };
    request.focus.form == Form::YesNo && answer.claims.iter().all(is_guide)
}

/// Where nothing is stated of what would suit, the question is one like any other; the steps so far stay.
fn unsuited(
    snapshot: &Snapshot,
    ask: &Ask,
    request: Request,
    silent: Answer,
) -> Result<(Request, Answer), AskError> {
    let intent = if request.products.is_empty() { Intent::Find } else { Intent::Answer };
    let (other, answer) = reply(snapshot, ask, Request { intent, ..request.clone() })?;
    let is_silent = answer.is_abstention && answer.clarify.is_none();
    if is_silent { Ok((request, silent)) } else { Ok((other, answer)) }
}

fn reasoned(snapshot: &Snapshot, ask: &Ask, request: &Request) -> Result<Answer, AskError> {
    match request.intent {
        Intent::Answer => reason::answer::answer(snapshot, ask, request),
        Intent::Find => reason::find::find(snapshot, ask, request),
        Intent::Reviews => reason::reviews::reviews(snapshot, ask, request),
        Intent::Compare => reason::compare::compare(snapshot, ask, request),
        Intent::Decide => reason::decide::decide(snapshot, ask, request),
        Intent::Chat | Intent::Refuse => Ok(Answer { is_abstention: true, ..Answer::default() }),
        Intent::Suit => reason::suit::suit(snapshot, ask, request),
    }
}

/// What helps in a trouble: a rule of the shop, where one speaks of it (`my parcel leaked, what now`), or goods as a guess.
fn troubled(
    snapshot: &Snapshot,
    ask: &Ask,
    request: &Request,
) -> Result<Option<(Request, Answer)>, AskError> {
    let asked = Request { intent: Intent::Answer, ..request.clone() };
    let rule = reasoned(snapshot, ask, &asked)?;
    if !rule.is_abstention && rule.products.is_empty() {
        return Ok(Some((asked, rule)));
    }
    let guess = reason::find::relieve(snapshot, ask, request)?;
    Ok(guess.map(|guess| (Request { intent: Intent::Find, ..request.clone() }, guess)))
}

/// How a text that came to nothing can be taken instead. One that wishes for goods is no question to the shop.
fn other_intent(request: &Request) -> Option<Intent> {
    match request.intent {
        _ if !request.products.is_empty() => None,
        Intent::Reviews => None,
        Intent::Answer => is_need(request).then_some(Intent::Find),
        Intent::Find => (!understand::wishes(&request.text, &request.need)).then_some(Intent::Answer),
        Intent::Compare | Intent::Decide | Intent::Suit | Intent::Chat | Intent::Refuse => None,
    }
}

/// Asks back, where any answer would be a guess at what is meant.
fn unclear(clarify: Clarify) -> Answer {
    let missing = match clarify {
        Clarify::Wish | Clarify::Courtesy => "what is looked for",
        Clarify::Product | Clarify::Several | Clarify::Another => "which product is meant",
    };
    Answer {
        is_abstention: true,
        clarify: Some(clarify),
        missing: vec![missing.to_owned()],
        ..Answer::default()
    }
}

/// Whether a question that has no answer can be a wish for goods: one for a fact cannot.
fn is_need(request: &Request) -> bool {
    !request.focus.is_policy
        && request.focus.expected == Expected::Anything
        && request.focus.form != Form::HowMuch
}

impl Reply {
    /// Adds the answer to the next question of the same message.
    fn add(&mut self, next: Reply) {
        let told = self.answer.claims.len();
        self.prose.extend(next.prose.into_iter().map(|clause| Clause {
            claims: clause.claims.iter().map(|place| place + told).collect(),
            ..clause
        }));
        self.answer.add(next.answer);
        self.thread = next.thread;
        self.chips = next.chips;
        self.used.extend(next.used);
    }

    /// The reasoning on what suits, step by step; empty where that was not asked.
    pub fn steps(&self) -> Vec<ToldStep> {
        compose::steps(Voice::of_tag(&self.request.language), &self.answer)
    }

    /// The whole answer as text.
    pub fn text(&self) -> String {
        text(&self.prose)
    }

    /// What a language model would be asked, where it could help.
    pub fn phrasing(&self) -> Option<Phrasing> {
        phrasing(&self.request, &self.answer)
    }

    /// The prose with a model's sentences where they stand the checks.
    pub fn verify(&self, phrasing: &Phrasing, text: &str) -> Verified {
        verify(&self.request, phrasing, &self.prose, text)
    }
}

/// Clauses as one text.
pub fn text(clauses: &[Clause]) -> String {
    clauses.iter().map(|clause| clause.text.as_str()).collect::<Vec<_>>().join(" ")
}
