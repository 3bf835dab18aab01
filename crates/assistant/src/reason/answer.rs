//! Answers about a product, several products, or the shop: evidence in the order of its authority, counted where it
//! is opinion, and silence where the data is silent.

use commerce::{Product, Quantity};
use search::EvidenceKind;

use crate::bearing::Scored;
use crate::claim::{Answer, Claim, Polarity, Predicate, Recommended};
use crate::harm::Bars;
use crate::lexicon::{has_phrase, numbers};
use crate::reason::left;
use crate::request::{Asked, Expected, Form, Intent};
use crate::retrieve;
use crate::understand::avoided;
use crate::voice::{Line, Voice};
use crate::{Ask, AskError, Request, Snapshot};

mod about;
mod attributes;
mod between;
mod choices;
mod differences;
mod limits;
mod nearest;
mod offers;
mod opinions;
mod policies;
pub(super) mod praise;
mod sentences;

pub(super) use attributes::PLACES;
use differences::Side;
pub(crate) use policies::Matter;

/// Claims about one product at most: more is no answer but a data sheet.
const MAX_CLAIMS: usize = 4;
/// What is shown in the place of a product that is sold out, at most.
const ALTERNATIVES: usize = 3;
/// Two measures are one that differ by less than this share: a 15-inch laptop has 15.6 inches.
const SAME_MEASURE: f64 = 0.045;
/// A fact answers on its own from this confidence on.
const CERTAIN: f32 = 0.75;

/// What the parts of this reasoner look at.
struct Case<'a> {
    snapshot: &'a Snapshot,
    ask: &'a Ask,
    request: &'a Request,
    product: &'a Product,
    rows: &'a [Scored],
}

impl Case<'_> {
    /// Whether a row speaks of the rule that is asked about; where none is, any does. `Never open the cups` is no rule on returns.
    fn is_on_rule(&self, scored: &Scored) -> bool {
        let mut ruled = self.request.focus.concepts().filter(|concept| !concept.rule.is_empty()).peekable();
        let says = |phrase: &String| has_phrase(&scored.stems, phrase) || has_phrase(&scored.context, phrase);
        ruled.peek().is_none() || ruled.any(|concept| concept.rule.iter().any(says))
    }
}

/// Answers the request.
pub(crate) fn answer(snapshot: &Snapshot, ask: &Ask, request: &Request) -> Result<Answer, AskError> {
    let mut answer = Answer::default();
    let voice = Voice::of(&ask.locale);
    let vector = ask.vector.as_deref();
    let mut rows: Vec<Vec<Scored>> = Vec::new();
    for product in &request.products {
        rows.push(retrieve::of_product(snapshot, request, vector, &product.id)?);
        if let Some(hit) = snapshot.index.hit(&product.id)? {
            answer.products.push(Recommended { hit, reason: String::new() });
        }
    }
    if request.place.is_between {
        between::read(&mut answer, snapshot, request, &rows);
    }
    if answer.claims.is_empty() {
        about_products(&mut answer, snapshot, ask, request, &rows);
    }
    if let [product] = request.products.as_slice()
        && offers::is_gone(&answer, product, &ask.locale)
    {
        let wanted = super::find::AlternativesWanted::default();
        super::find::add_alternatives(&mut answer, snapshot, ask, product, &wanted, ALTERNATIVES)?;
    }
    let mut told_of = rows.concat();
    note_looked_at(&mut answer, voice, &told_of);
    if is_about_shop(request, &answer) {
        let matter = Matter::of(snapshot, request);
        let rows = retrieve::of_documents(snapshot, request, vector, matter.as_ref())?;
        let inquiry = policies::Inquiry::new(snapshot, request, matter.as_ref(), &rows);
        policies::read(&mut answer, &inquiry);
        told_of.extend(rows);
        let documents = snapshot.documents.count;
        if documents > 0 {
            let line = if documents == 1 { Line::PageOne } else { Line::PageMany };
            answer.looked_at.push(voice.say(line, &[&documents.to_string()]));
        }
    }
    settle(&mut answer, request);
    retrieve::restore(&mut answer, &told_of);
    if answer.claims.is_empty() {
        answer.is_abstention = true;
        answer.missing.push(missing(request));
    }
    answer.follow_ups = super::follow_ups::suggest(snapshot, request, &answer)?;
    Ok(answer)
}

/// What comes nearest to a question that has no answer, about its products and the shop: in meaning where there is an
/// embedding model, else by the words. Where nothing is near it stays silence, with what comes closest beside it, so that the
/// shopper can see whether that helps.
pub(crate) fn nearest(
    snapshot: &Snapshot,
    ask: &Ask,
    request: &Request,
    silent: Answer,
) -> Result<Answer, AskError> {
    let rows = near(snapshot, ask.vector.as_deref(), request)?;
    let mut answer = Answer { is_nearest: true, claims: Vec::new(), is_abstention: false, ..silent.clone() };
    nearest::read(&mut answer, &rows);
    if answer.claims.is_empty() {
        answer = silent;
        if request.intent == Intent::Answer && answer.clarify.is_none() {
            nearest::closest(&mut answer, &rows);
        }
    }
    retrieve::restore(&mut answer, &rows);
    Ok(answer)
}

/// What a question can be answered from: what is known of its products, and the shop's documents where it is about them.
fn near(snapshot: &Snapshot, vector: Option<&[f32]>, request: &Request) -> Result<Vec<Scored>, AskError> {
    let is_about_shop = request.products.is_empty() || request.focus.is_policy;
    let mut rows =
        if is_about_shop { retrieve::of_documents(snapshot, request, vector, None)? } else { Vec::new() };
    for product in &request.products {
        rows.extend(retrieve::of_product(snapshot, request, vector, &product.id)?);
    }
    Ok(rows)
}

/// Takes back each yes and no to a question that asks for what is not so, and those of sentences that measure something
/// else than the question does.
fn settle(answer: &mut Answer, request: &Request) {
    let measures = &request.focus.measures;
    for claim in &mut answer.claims {
        let is_other_measure = match &claim.predicate {
            Predicate::Quote { quote, .. } => {
                claim.subject.is_some() && !measures.iter().all(|asked| says(quote, asked))
            }
            Predicate::Attribute { values, .. } => {
                !measures.iter().all(|asked| values.iter().any(|value| says(value, asked)))
            }
            _ => false,
        };
        if request.focus.is_denied || is_other_measure {
            claim.polarity = Polarity::Neutral;
        }
    }
}

/// Whether a text has a measure.
fn says(text: &str, asked: &Quantity) -> bool {
    let is_same = |said: &Quantity| {
        said.dimension() == asked.dimension()
            && (said.base() - asked.base()).abs() <= asked.base().abs() * SAME_MEASURE
    };
    Quantity::find_all(&numbers::as_digits(text)).iter().any(|(_, said)| is_same(said))
}

/// Pages of the shop answer questions on its rules, and those that are about no product.
fn is_about_shop(request: &Request, answer: &Answer) -> bool {
    let asks_for_rule = request.focus.concepts().any(|concept| !concept.rule.is_empty());
    let is_stated = !request.products.is_empty()
        && answer.claims.iter().any(|claim| matches!(claim.predicate, Predicate::Attribute { .. }));
    let asks_if_old_enough = request.focus.asked.contains(&Asked::Availability)
        && request.context.sizes.iter().any(|size| size.name == "age");
    request.products.is_empty()
        || request.focus.is_policy && !is_stated
        || asks_if_old_enough
        || asks_for_rule && answer.claims.is_empty()
}

/// One comparison where all products state what is compared, else each product on its own.
fn about_products(
    answer: &mut Answer,
    snapshot: &Snapshot,
    ask: &Ask,
    request: &Request,
    rows: &[Vec<Scored>],
) {
    let pairs = || request.products.iter().zip(rows);
    let sides: Vec<Side<'_>> = pairs().map(|(product, rows)| Side { product, rows }).collect();
    differences::read(answer, ask, request, &sides);
    if !answer.claims.is_empty() {
        return;
    }
    for (product, rows) in pairs() {
        about_product(answer, &Case { snapshot, ask, request, product, rows });
    }
}

fn about_product(answer: &mut Answer, case: &Case<'_>) {
    let before = answer.claims.len();
    let focus = &case.request.focus;
    // Whether somebody is old enough to buy it is no question of stock.
    let is_of_age = case.request.context.sizes.iter().any(|size| size.name == "age");
    let asks = |kind: Asked| focus.asked.contains(&kind) && !(kind == Asked::Availability && is_of_age);
    // A rating that is asked of a part is none of the product.
    let is_of_variant = offers::names_variants(case);
    let is_whole =
        (focus.terms.is_empty() || is_of_variant) && !matches!(focus.expected, Expected::Measured(_));
    if focus.form == Form::YesNo
        && !avoided(&case.request.text).is_empty()
        && let Some(row) = Bars::of(case.request).stating(case.rows.iter().map(|scored| &scored.row))
    {
        let claim = Claim::quoting(&case.product.id, row, Polarity::Negative);
        answer.state(claim, &[row]);
        return;
    }
    if let Some(asked) = about::asked(case) {
        about::tell(answer, case, asked);
        return;
    }
    if offers::between_choices(answer, case) {
        return;
    }
    // `In blue and medium in stock` asks for the stock, not for the choice.
    if !asks(Asked::Availability) {
        choices::read(answer, case);
    }
    if asks(Asked::Availability) && left::is_asked(&case.request.text) {
        offers::availability(answer, case);
        return;
    }
    if asks(Asked::Variants) {
        offers::variants(answer, case);
        return;
    }
    if asks(Asked::Price) && is_whole {
        offers::price(answer, case);
    }
    if asks(Asked::Availability) {
        offers::availability(answer, case);
    }
    if asks(Asked::Opinion) || asks(Asked::Rating) && is_whole {
        opinions::rating(answer, case);
    }
    let is_settled =
        answer.claims.len() > before && !asks(Asked::Opinion) && (is_whole || focus.choice.is_some());
    if !is_settled && !is_whole && asks(Asked::Opinion) {
        opinions::read(answer, case);
    }
    if !is_settled && !is_whole && (!asks(Asked::Opinion) || answer.claims.len() == before) {
        attributes::read(answer, case);
        if !is_certain(case, &answer.claims[before..]) {
            sentences::read(answer, case);
        }
        if !asks(Asked::Opinion) && !is_certain(case, &answer.claims[before..]) {
            opinions::read(answer, case);
        }
    }
    if focus.form == Form::YesNo && !asks(Asked::Availability) {
        offers::correct_stock(answer, case, before);
    }
    answer.claims.truncate(before + MAX_CLAIMS);
    let cited: Vec<_> = answer.claims.iter().flat_map(|claim| claim.evidence.clone()).collect();
    answer.evidence.retain(|row| cited.contains(&row.id));
}

/// Whether the shop's own data says all that was asked, so that nothing has to be added: a fact that was asked for, or
/// one that takes a side in a question of yes or no.
fn is_certain(case: &Case<'_>, claims: &[Claim]) -> bool {
    let is_fact =
        |claim: &Claim| matches!(claim.predicate, Predicate::Attribute { .. } | Predicate::Compared { .. });
    let takes_side = |claim: &Claim| claim.polarity != Polarity::Neutral;
    claims.iter().any(|claim| match case.request.focus.form {
        Form::YesNo => is_fact(claim) && takes_side(claim) && claim.confidence >= CERTAIN,
        _ => is_fact(claim) && claim.confidence >= CERTAIN,
    })
}

/// Counts what was looked at, so that an abstention can say so.
fn note_looked_at(answer: &mut Answer, voice: Voice, rows: &[Scored]) {
    let kinds = [
        (EvidenceKind::Attribute, Line::AttributeOne, Line::AttributeMany),
        (EvidenceKind::Description, Line::DescriptionOne, Line::DescriptionMany),
        (EvidenceKind::Question, Line::QuestionOne, Line::QuestionMany),
        (EvidenceKind::Review, Line::ReviewOne, Line::ReviewMany),
    ];
    for (kind, one, many) in kinds {
        let mut sources: Vec<&str> = rows
            .iter()
            .filter(|scored| scored.row.kind == kind)
            .map(|scored| scored.row.source.as_str())
            .collect();
        if matches!(kind, EvidenceKind::Review | EvidenceKind::Question) {
            sources.sort_unstable();
            sources.dedup();
        }
        if !sources.is_empty() {
            let line = if sources.len() == 1 { one } else { many };
            answer.looked_at.push(voice.say(line, &[&sources.len().to_string()]));
        }
    }
}

/// What was asked, in the shopper's words.
fn missing(request: &Request) -> String {
    let asks = |kind: Asked| request.focus.asked.contains(&kind);
    match &request.restated {
        _ if request.focus.terms.is_empty() && (asks(Asked::Opinion) || asks(Asked::Rating)) => {
            "what buyers think of it".to_owned()
        }
        Some(restated) => restated.indirect.clone(),
        _ => request.own_words(request.text.trim_end_matches(['?', '.', '!', ' '])),
    }
}
