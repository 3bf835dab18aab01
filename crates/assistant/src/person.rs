//! What a shopper told of themself, brought to bear on an answer: sizes are preferred, what harms or is not liked is left out where
//! the store states it. All of it is told with the day on which it was said, and can be set aside for one search.
//!
//! **Invariant**: what is known of a person only chooses among goods. It states nothing about a product, and where the store
//! does not say what is in one, that is told and not guessed.

use commerce::{Product, ProductId};
use jiff::Timestamp;
use profile::Known;
use search::{Constraint, EvidenceKind, EvidenceRow, Field, Hit, analyse};

use crate::claim::{Answer, Claim, Polarity};
use crate::lexicon::{kinds, stem_list};
use crate::request::Intent;
use crate::thread::Chip;
use crate::understand::served;
use crate::voice::{Line, Voice};
use crate::{Ask, AskError, Request, Snapshot};

/// What the ids of such conditions begin with. The prefix alone, among dropped ids, asks for the same search again.
pub const ABOUT: &str = "about-";
/// Attributes that say what goods are made of or contain, by a part of their key.
const COMPOSITION: &[&str] =
    &["material", "fabric", "composition", "ingredient", "allergen", "contain", "upper", "lining", "filling"];
/// Words before a thing that deny it, within the same clause.
const DENIALS: &[&str] = &["no", "not", "without", "free", "never", "non", "zero"];
/// Words of questions whether something does harm.
const SAFETY: &[&str] = &[
    "safe",
    "safely",
    "allergy",
    "allergic",
    "allergies",
    "allergen",
    "allergens",
    "ok",
    "okay",
    "suitable",
    "suit",
    "contain",
    "contains",
    "tolerate",
];
/// What is of milk, unless one of these words stands before it.
const OF_MILK: &[&str] = &["milk", "butter", "cream"];
const PLANTS: &[&str] = &[
    "oat", "almond", "soy", "soya", "coconut", "rice", "cashew", "hazelnut", "cocoa", "shea", "peanut",
    "nut", "pea", "hemp", "body", "hand", "face", "day", "night", "sun", "like", "plant", "vegan",
];
/// How many words before or behind a thing deny it.
const REACH: usize = 3;
/// Products of which it is said that the store does not say, at most.
const MAX_SILENT: usize = 5;

/// Something that the shopper told.
#[derive(Clone, Debug)]
pub struct About {
    /// Its name in the memory.
    pub id: String,
    /// What it is.
    pub known: Known,
    /// When it was told.
    pub told_at: Timestamp,
}

/// What counts in one answer.
#[derive(Debug, Default)]
pub(crate) struct Counted<'a> {
    liked: Vec<(&'a About, Constraint)>,
    unwanted: Vec<(&'a About, Option<Constraint>)>,
    /// What goods have to serve.
    served: Vec<&'a About>,
}

impl About {
    /// What is kept in the memory under this name, topic and content.
    pub fn new(id: &str, (topic, content): (&str, &str), told_at: Timestamp) -> Self {
        Self { id: id.to_owned(), known: Known::of(topic, content), told_at }
    }

    /// The id by which it is set aside for a search.
    pub fn chip_id(&self) -> String {
        let topic = self.known.topic().to_lowercase();
        let words = topic.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        format!("{ABOUT}{}", words.collect::<Vec<_>>().join("-"))
    }
}

impl<'a> Counted<'a> {
    /// What counts for a request, which then looks for goods accordingly.
    pub(crate) fn of(snapshot: &Snapshot, ask: &'a Ask, request: &mut Request) -> Self {
        let mut counted = Self::default();
        if is_for_another(ask, request) {
            return counted;
        }
        let held = |about: &&About| !ask.thread.set_aside.contains(&about.chip_id());
        let is_search = matches!(request.intent, Intent::Find | Intent::Decide | Intent::Suit);
        for about in ask.about.iter().filter(held) {
            if about.known.unwanted().is_some() {
                let denied = denied(snapshot, &about.known).filter(|_| is_search);
                request.need.constraints.extend(denied.clone());
                counted.unwanted.push((about, denied));
            } else if is_search && !about.known.served().is_empty() {
                let is_meant = is_meant(&about.known, request);
                if is_meant && about.known.served().iter().any(|words| serve(words, request)) {
                    counted.served.push(about);
                }
            } else if is_search && let Some(liked) = liked(snapshot, &about.known, request) {
                request.need.preferences.push(liked.clone());
                counted.liked.push((about, liked));
            }
        }
        counted
    }

    /// The conditions that it comes to, with the day on which each was told.
    pub(crate) fn chips(&self, voice: Voice) -> Vec<Chip> {
        let liked = self.liked.iter().map(|(about, constraint)| (about, constraint));
        let denied = self.unwanted.iter().filter_map(|(about, denied)| Some((about, denied.as_ref()?)));
        let chips = liked.chain(denied).map(|(about, constraint)| Chip {
            id: about.chip_id(),
            constraint: constraint.clone(),
            because: Some(voice.say(Line::BecauseTold, &[&voice.day(about.told_at)])),
        });
        chips.collect()
    }

    /// Whether a condition is one of these.
    pub(crate) fn is_own(&self, constraint: &Constraint) -> bool {
        let denied = self.unwanted.iter().filter_map(|(_, denied)| denied.as_ref());
        self.liked.iter().map(|(_, liked)| liked).chain(denied).any(|own| own == constraint)
    }

    /// Tells what counted; the names of the facts that did.
    pub(crate) fn tell(
        &self,
        snapshot: &Snapshot,
        ask: &Ask,
        request: &Request,
        answer: &mut Answer,
    ) -> Result<Vec<String>, AskError> {
        let voice = Voice::of(&ask.locale);
        let mut used: Vec<String> = Vec::new();
        let is_search = request.intent == Intent::Find && answer.clarify.is_none();
        if is_search {
            for (about, liked) in &self.liked {
                if answer.products.iter().any(|shown| shows(&shown.hit, liked)) || answer.products.is_empty()
                {
                    used.push(about.id.clone());
                }
            }
        }
        let is_of_need = matches!(request.intent, Intent::Find | Intent::Suit);
        if is_of_need && !answer.products.is_empty() {
            used.extend(self.served.iter().map(|about| about.id.clone()));
        }
        let is_harmed = self.unwanted.iter().any(|(about, _)| about.known.is_harm());
        let is_of_one = request.intent == Intent::Answer && request.products.len() == 1;
        if is_harmed && is_of_one && asks_safety(&ask.text) {
            // Whether it is safe is not for what is said in a product's favour to say.
            let notes = std::mem::take(&mut answer.notes);
            *answer = Answer { notes, is_abstention: true, ..Answer::default() };
        }
        for (about, denied) in &self.unwanted {
            let is_told = match denied {
                Some(denied) if is_search => left_out(snapshot, voice, (about, denied), answer)?,
                _ => warned(snapshot, voice, about, (ask, request), answer)?,
            };
            if is_told {
                used.push(about.id.clone());
            }
        }
        Ok(used)
    }
}

/// Whether the goods are for somebody else, of whom nothing is known.
fn is_for_another(ask: &Ask, request: &Request) -> bool {
    request.context.person.is_some()
        || profile::is_for_another(&ask.text)
        || ask
            .thread
            .need()
            .is_some_and(|need| request.place.is_carried && need.texts().any(profile::is_for_another))
}

/// The condition that goods do not state a thing; `None` where the catalog does not know it.
fn denied(snapshot: &Snapshot, known: &Known) -> Option<Constraint> {
    let words = format!("without {}", known.unwanted()?);
    let read = search::understand(&snapshot.vocabulary, &words);
    read.constraints.into_iter().find(|constraint| constraint.is_negated)
}

/// The condition that goods state what suits; none where the shopper asks for something else of the same field.
fn liked(snapshot: &Snapshot, known: &Known, request: &Request) -> Option<Constraint> {
    if !is_meant(known, request) {
        return None;
    }
    let is_stated =
        |constraint: &Constraint| matches!(constraint.field, Field::Attribute(_)) && !constraint.is_negated;
    let found = known.preferred().into_iter().find_map(|words| {
        let read = search::understand(&snapshot.vocabulary, &words);
        read.constraints.into_iter().chain(read.preferences).find(is_stated)
    })?;
    let asked = request.need.constraints.iter().chain(&request.need.preferences);
    let is_asked = asked.flat_map(Constraint::fields).any(|field| found.fields().any(|own| own == field));
    (!is_asked).then_some(found)
}

/// Whether a fact bears on what is looked for: skill at skiing on skis.
fn is_meant(known: &Known, request: &Request) -> bool {
    let own = stem_list(&request.text);
    known.only_for().is_none_or(|thing| stem_list(thing).iter().all(|stem| own.contains(stem)))
}

/// Adds what goods have to serve, unless the question says another measure or person itself; whether anything was added.
fn serve(words: &str, request: &mut Request) -> bool {
    let context = &mut request.context;
    let (sizes, persons) = served(words);
    let before = context.told.len();
    for size in sizes {
        if !context.sizes.iter().any(|known| known.name == size.name) {
            context.told.push(size.name.clone());
            context.sizes.push(size);
        }
    }
    for person in persons {
        if !context.circumstances.iter().any(|known| known.kind == person.kind) {
            context.told.push(person.name.clone());
            context.circumstances.push(person);
        }
    }
    context.told.len() > before
}

/// Whether the variant that is shown has what is liked.
fn shows(hit: &Hit, liked: &Constraint) -> bool {
    let Some(variant) = &hit.variant else { return false };
    let search::Test::AnyOf(values) = &liked.test else { return false };
    values
        .iter()
        .any(|value| analyse::words(&variant.title).iter().any(|word| word.text == value.to_lowercase()))
}

/// Says that goods were left out, and of which that are shown the store does not say what they are made of.
fn left_out(
    snapshot: &Snapshot,
    voice: Voice,
    (about, denied): (&About, &Constraint),
    answer: &mut Answer,
) -> Result<bool, AskError> {
    let thing = about.known.unwanted().unwrap_or_default().to_owned();
    let (day, clause) = (voice.day(about.told_at), about.known.clause());
    let line = if about.known.is_harm() { Line::KeptOut } else { Line::KeptOutDisliked };
    answer.notes.push(voice.say(line, &[&thing, &day, &clause]));
    answer.leaves_out = true;
    if about.known.is_harm() {
        drop_stating(snapshot, &thing, answer)?;
    }
    let mut silent: Vec<String> = Vec::new();
    for shown in &answer.products {
        let Some(product) = snapshot.index.product(&shown.hit.product_id)? else { continue };
        if is_silent(&product, denied) && !denies(&snapshot.index.evidence_of(&product.id)?, &thing) {
            silent.push(product.title.clone());
        }
    }
    if !silent.is_empty() {
        silent.truncate(MAX_SILENT);
        answer.notes.push(voice.say(Line::NotSaidWhether, &[&thing, &voice.list(&silent)]));
    }
    Ok(true)
}

/// Takes out goods of which a sentence states the thing where no attribute does, so that nothing that is shown does.
fn drop_stating(snapshot: &Snapshot, thing: &str, answer: &mut Answer) -> Result<(), AskError> {
    let mut stating: Vec<ProductId> = Vec::new();
    for shown in &answer.products {
        let rows = snapshot.index.evidence_of(&shown.hit.product_id)?;
        if rows.iter().any(|row| states(row, thing)) {
            stating.push(shown.hit.product_id.clone());
        }
    }
    answer.products.retain(|shown| !stating.contains(&shown.hit.product_id));
    answer.claims.retain(|claim| claim.subject.as_ref().is_none_or(|subject| !stating.contains(subject)));
    answer.is_abstention |= !stating.is_empty() && answer.products.is_empty();
    Ok(())
}

/// Says of the product that is talked about that it states what is unwanted, with the words that state it.
fn warned(
    snapshot: &Snapshot,
    voice: Voice,
    about: &About,
    (ask, request): (&Ask, &Request),
    answer: &mut Answer,
) -> Result<bool, AskError> {
    let is_of_one = matches!(request.intent, Intent::Answer | Intent::Suit);
    let ([product], true) = (request.products.as_slice(), is_of_one) else { return Ok(false) };
    let is_known = ask.thread.topic.as_ref() == Some(&product.source_id) && !ask.thread.list.is_empty();
    if !about.known.is_harm() && is_known && ask.thread.question.is_some() {
        return Ok(false);
    }
    let thing = about.known.unwanted().unwrap_or_default().to_owned();
    let rows = snapshot.index.evidence_of(&product.id)?;
    let asks = about.known.is_harm() && asks_safety(&ask.text);
    if let Some(row) = rows.iter().find(|row| states(row, &thing)) {
        let (day, clause) = (voice.day(about.told_at), about.known.clause());
        answer.notes.push(voice.say(Line::MindUnwanted, &[&thing, &day, &clause]));
        answer.state(stated(&product.id, row), &[row]);
        answer.is_abstention = false;
        return Ok(true);
    }
    if let Some(row) = rows.iter().find(|row| asks && is_of_shop(row) && places(row, &thing).contains(&true))
    {
        answer.state(stated(&product.id, row), &[row]);
        answer.is_abstention = false;
        return Ok(true);
    }
    if asks {
        answer.notes.push(voice.say(Line::NotSaidWhether, &[&thing, &product.title]));
    }
    Ok(asks)
}

fn stated(product: &ProductId, row: &EvidenceRow) -> Claim {
    Claim::quoting(product, row, Polarity::Neutral)
}

/// Whether the shop itself says that a product has something, or a kind of it: hazelnuts are nuts.
pub(crate) fn states(row: &EvidenceRow, thing: &str) -> bool {
    let stems = stem_list(thing).join(" ");
    let kinds = kinds::covered(&stems).iter().map(String::as_str);
    let says = |name: &str| places(row, name).iter().any(|is_denied| !is_denied);
    is_of_shop(row) && std::iter::once(thing).chain(kinds).any(says)
}

/// Whether the shop says that a product is without something.
fn denies(rows: &[EvidenceRow], thing: &str) -> bool {
    rows.iter().filter(|row| is_of_shop(row)).any(|row| places(row, thing).contains(&true))
}

fn is_of_shop(row: &EvidenceRow) -> bool {
    matches!(row.kind, EvidenceKind::Attribute | EvidenceKind::Description)
}

/// Whether a question asks if a product is safe for whoever asks.
fn asks_safety(text: &str) -> bool {
    let words = analyse::words(text);
    let is_for_me = words.windows(2).any(|pair| pair[0].text == "for" && pair[1].text == "me");
    is_for_me || words.iter().any(|word| SAFETY.contains(&word.text.as_str()))
}

/// Where a sentence names a thing: whether it is denied there.
fn places(row: &EvidenceRow, thing: &str) -> Vec<bool> {
    if let Some(value) = row.quote.strip_prefix(row.context.as_str()).and_then(|rest| rest.strip_prefix(':'))
        && row.kind == EvidenceKind::Attribute
    {
        return of_detail(&row.context, value, thing);
    }
    in_sentence(&row.quote, thing)
}

/// The same of a detail: `Contains nuts: no` and `Free from: nuts` deny them, `Nut free: no` does not.
fn of_detail(label: &str, value: &str, thing: &str) -> Vec<bool> {
    let denies = analyse::words(label).iter().any(|word| DENIALS.contains(&word.text.as_str()));
    let answer = value.trim().to_lowercase();
    let is_no = matches!(answer.as_str(), "no" | "none" | "0" | "without");
    let named = in_sentence(label, thing).into_iter().map(|_| denies != is_no);
    named.chain(in_sentence(value, thing).into_iter().map(|is_denied| denies || is_denied)).collect()
}

fn in_sentence(text: &str, thing: &str) -> Vec<bool> {
    let stems: Vec<String> = stem_list(thing);
    let words = analyse::words(text);
    let is_there = |place: &usize| {
        !stems.is_empty()
            && words[*place..].iter().zip(&stems).filter(|(word, stem)| word.stem == **stem).count()
                == stems.len()
    };
    // Oat milk and cocoa butter are of no animal.
    let is_of_plant = |place: &usize| {
        let before = place.checked_sub(1).map_or("", |before| words[before].text.as_str());
        OF_MILK.contains(&thing) && PLANTS.contains(&before)
    };
    let found = (0..words.len()).filter(is_there).filter(|place| !is_of_plant(place)).map(|place| {
        let before = place.saturating_sub(REACH)..place;
        let behind = place + stems.len()..(place + stems.len() + 1).min(words.len());
        let denies = |word: &analyse::Word| DENIALS.contains(&word.text.as_str());
        let is_trace = || {
            let said: Vec<String> = words.iter().map(|word| word.stem.clone()).collect();
            crate::stance::is_trace(&said, place)
        };
        words[before].iter().any(denies) || words[behind].iter().any(|word| word.text == "free") || is_trace()
    });
    found.collect()
}

/// Whether a product leaves open what it is made of.
fn is_silent(product: &Product, denied: &Constraint) -> bool {
    let is_composition = |key: &str| COMPOSITION.iter().any(|part| key.contains(part));
    let is_asked =
        |key: &str| denied.fields().any(|field| matches!(field, Field::Attribute(own) if own == key));
    !product.attributes.iter().any(|attribute| is_composition(&attribute.key) || is_asked(&attribute.key))
}
