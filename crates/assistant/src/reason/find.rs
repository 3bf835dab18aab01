//! Products for a need: the search that the words come to, with a reason for each product drawn from its evidence.
//!
//! Where few products fit, those follow that lack only some attribute that was asked for, each with what it lacks.

use commerce::{Product, ProductId};
use search::{Constraint, EvidenceRow, Field, Hit, Query, Test};

use super::render;
use crate::claim::{Answer, Support};
use crate::harm::Bars;
use crate::relevance::Need;
use crate::request::Relation;
use crate::retrieve::offered;
use crate::step::Step;
use crate::thread::is_audience;
use crate::voice::{Line, Voice};
use crate::{Ask, AskError, Request, Snapshot};

mod basket;
mod combine;
mod features;
mod instead;
mod kind;
mod likeness;
mod listed;
mod offers;
mod order;
mod pack;
mod pointed;
mod sale;
mod serve;
mod shown;
mod stated;
mod stock;
mod together;
mod together_table;
mod trouble;
mod unheld;
mod wish;

pub(crate) use listed::is_asked as lists_all;
pub(crate) use together::is_fitting;
pub(crate) use trouble::relieve;

pub(super) use instead::{Wanted as AlternativesWanted, add as add_alternatives};
use order::Order;
use shown::Shown;
use stated::{names_variant, offer_of, stated};

/// Products shown unless the caller says otherwise.
const DEFAULT_LIMIT: usize = 5;
/// The same where all goods in a state are asked for.
const LISTED: usize = 10;
/// Products shown at most.
const MAX_LIMIT: usize = 20;
/// Where fewer products fit, those that come near are shown as well, up to so many.
const ENOUGH: usize = 3;
/// Products are looked at for each one shown, because not all that match a word are about the need.
const WIDEN: usize = 3;
/// A product is shown only if it has at least this share of the need's words where the best has all.
const MIN_SHARE_OF_BEST: f32 = 0.6;
/// Where even the best product has less of the need's words than this, nothing fits.
const MIN_COVERAGE: f32 = 0.55;
/// The same for products that state a liked attribute.
const MIN_COVERAGE_IF_LIKED: f32 = 0.34;
/// Letters of the longest value that is a code: `N`, `H0`, `M8`.
const LONGEST_CODE: usize = 3;
/// Reasons told for one product at most.
const MAX_REASONS: usize = 3;

/// Finds products.
pub(crate) fn find(snapshot: &Snapshot, ask: &Ask, request: &Request) -> Result<Answer, AskError> {
    let limit = match ask.limit {
        0 if listed::wants_all(request) => LISTED,
        0 => DEFAULT_LIMIT,
        asked => asked.min(MAX_LIMIT),
    };
    if let Some(basket) = &request.basket {
        return basket::fill(snapshot, ask, request, basket);
    }
    if request.relation.is_none() && !request.offers.is_empty() {
        return offers::show(snapshot, ask, request);
    }
    match (request.relation, request.products.as_slice()) {
        (Some(Relation::Together), [product]) => {
            let mates = together::find(snapshot, ask, request, product, limit)?;
            // What nothing joins to it may name it in passing.
            if request.mate.is_empty() || !mates.is_abstention {
                return Ok(mates);
            }
        }
        (Some(Relation::Instead), [product]) => {
            return instead::find(snapshot, ask, request, product, limit);
        }
        (None, [_, ..]) if request.place.is_set => return pointed::show(snapshot, ask, request),
        _ => {}
    }
    let is_wide = order::asked(request).is_some() || serve::is_asked(request);
    let wide = if is_wide { order::MAX_ORDERED } else { limit * WIDEN };
    let mut query = request.need.query(wide);
    stock::open(request, &mut query);
    let need = Need::new(snapshot, &request.need);
    let Seen { found: hits, given_up, unnamed, total } = candidates(snapshot, ask, request, &need, &query)?;
    let relaxed = relaxed(&given_up).into_iter().chain(unnamed).collect();
    let mut answer = Answer { relaxed: own_words(request, relaxed), ..Answer::default() };
    let mut found = fitting(ask, request, &need, hits);
    if request.relation.is_some() {
        let is_host = |own: &Found| {
            request.products.iter().chain(&request.offers).any(|host| host.id == own.product.id)
        };
        found.retain(|own| !is_host(own));
    }
    let ordered = order::put(snapshot, ask, request, &mut found)?;
    if ordered.is_some() {
        basket::keep_things(request, &mut found);
    }
    let unserved = serve::put(ask, request, &mut found);
    stock::put(request, &mut found);
    // Of a search that was seen to its end it is known how many of it are about the need.
    let total = if total > wide as u64 { total } else { found.len() as u64 };
    let mut lacking = match ordered {
        None => features::part(request, &need, &mut found),
        Some(_) => Vec::new(),
    };
    found.truncate(limit);
    let more = listed::more(ask, request, found.len(), total);
    let room = ENOUGH.min(limit).saturating_sub(found.len());
    lacking.truncate(room);
    if found.is_empty() && !lacking.is_empty() {
        answer.relaxed.extend(own_words(request, features::given_up(&mut lacking)));
    }
    let mut near = match found.len() {
        1..ENOUGH if given_up.is_empty() && lacking.is_empty() => {
            near(snapshot, ask, request, &need, &query, &found, room)?
        }
        _ => Vec::new(),
    };
    near.extend(lacking);
    let shown = found.iter().chain(near.iter().map(|(found, _)| found));
    answer.missing = own_words(request, features::unsaid(request, &need, shown));
    answer.missing.retain(|word| !answer.relaxed.contains(word));
    for found in found {
        recommend(&mut answer, ask, request, &need, ordered.as_ref(), found, Vec::new());
    }
    for (found, lacks) in near {
        recommend(&mut answer, ask, request, &need, ordered.as_ref(), found, lacks);
    }
    if answer.claims.is_empty() {
        answer.is_abstention = true;
        answer.relaxed.clear();
        answer.missing = vec![request.own_words(wish::told(request))];
        let count = snapshot.index.len().to_string();
        answer.looked_at.push(Voice::of(&ask.locale).say(Line::Products, &[&count]));
    }
    unheld::tell(&mut answer, ask, request);
    answer.leaves_out |= unserved.is_some();
    answer.notes.extend(unserved.into_iter().chain(more));
    answer.follow_ups = super::follow_ups::suggest(snapshot, request, &answer)?;
    Ok(answer)
}

/// A product that was found.
struct Found {
    /// Its share of the need's words.
    coverage: f32,
    hit: Hit,
    product: Product,
    rows: Vec<EvidenceRow>,
}

/// What a search gave.
struct Seen {
    found: Vec<Found>,
    /// What was given up for it.
    given_up: Vec<Constraint>,
    /// The name of the goods, where there are none of it.
    unnamed: Option<String>,
    /// How many products fit, shown or not.
    total: u64,
}

/// What a search gives.
fn candidates(
    snapshot: &Snapshot,
    ask: &Ask,
    request: &Request,
    need: &Need,
    query: &Query,
) -> Result<Seen, AskError> {
    // The words of a wish for something cheaper than the page are not those of the goods.
    let vector = ask.vector.as_deref().filter(|_| !request.is_below_page);
    let hits = offered(snapshot, ask, query, vector)?;
    let mut found = Vec::new();
    for hit in hits.hits.into_iter().filter(|hit| costs_less(request, ask, hit)) {
        let Some(product) = snapshot.index.product(&hit.product_id)? else { continue };
        let rows = snapshot.index.evidence_of(&hit.product_id)?;
        found.push(Found { coverage: need.coverage(&product, &rows), hit, product, rows });
    }
    let is_kind = |constraint: &Constraint| constraint.field == Field::Category;
    let unnamed = hits.unmet.into_iter().find(is_kind).map(|constraint| constraint.words);
    Ok(Seen { found, given_up: hits.relaxed, unnamed, total: hits.total })
}

/// Whether a product costs less than the one on the page, where that is wanted.
fn costs_less(request: &Request, ask: &Ask, hit: &Hit) -> bool {
    let Some(page) = request.products.first().filter(|_| request.is_below_page) else { return true };
    let limit = render::prices(page, ask.now).map(|(low, _)| low);
    let is_other = hit.product_id != page.id;
    is_other
        && limit.zip(hit.price).is_some_and(|(limit, price)| {
            price.currency == limit.currency && price.amount_minor < limit.amount_minor
        })
}

/// Those that are about the need: of its kind where the words name one, else with enough of its words.
fn fitting(ask: &Ask, request: &Request, need: &Need, mut found: Vec<Found>) -> Vec<Found> {
    let bars = Bars::of(request);
    let has_kind = kind::keep(need, &mut found);
    found.retain(|found| !need.is_refused(&found.rows) && bars.row(&found.rows).is_none());
    let best = found.iter().map(|found| found.coverage).fold(0.0, f32::max);
    let liked = || request.need.preferences.iter().chain(&request.need.constraints);
    let is_liked = |found: &Found| liked().any(|constraint| stated_by(constraint, found, ask).is_some());
    let least = if found.iter().any(is_liked) { MIN_COVERAGE_IF_LIKED } else { MIN_COVERAGE };
    if best < least && !has_kind {
        return Vec::new();
    }
    found.retain(|found| found.coverage >= MIN_SHARE_OF_BEST * best);
    found
}

fn stated_by<'a>(constraint: &Constraint, found: &'a Found, ask: &Ask) -> Option<(String, &'a EvidenceRow)> {
    stated(constraint, &found.product, &found.hit, &found.rows, ask)
}

/// Products that would fit without some of the attributes that were asked for, with the words of what each lacks.
fn near(
    snapshot: &Snapshot,
    ask: &Ask,
    request: &Request,
    need: &Need,
    query: &Query,
    shown: &[Found],
    wanted: usize,
) -> Result<Vec<(Found, Vec<String>)>, AskError> {
    let (soft, hard): (Vec<Constraint>, Vec<Constraint>) =
        query.constraints.iter().cloned().partition(can_be_lacked);
    if soft.is_empty() {
        return Ok(Vec::new());
    }
    let preferences = soft.iter().chain(&query.preferences).cloned().collect();
    let wider = Query { constraints: hard, preferences, ..query.clone() };
    let Seen { found: hits, given_up, .. } = candidates(snapshot, ask, request, need, &wider)?;
    let is_shown = |id: &ProductId| shown.iter().any(|found| found.product.id == *id);
    let mut found = fitting(ask, request, need, hits);
    found.retain(|found| given_up.is_empty() && !is_shown(&found.product.id));
    found.retain(|found| !soft.iter().any(|own| states_otherwise(own, found, ask)));
    order::put(snapshot, ask, request, &mut found)?;
    let lacking = found.into_iter().map(|found| {
        let lacked = soft.iter().filter(|constraint| stated_by(constraint, &found, ask).is_none());
        let words = lacked.map(|constraint| request.own_words(&constraint.words)).collect::<Vec<_>>();
        (found, words)
    });
    Ok(lacking.filter(|(_, lacks)| !lacks.is_empty()).take(wanted).collect())
}

/// Whether a product without it can still be of use: an attribute that was read from the words and not denied. Goods for
/// somebody else are none.
fn can_be_lacked(constraint: &Constraint) -> bool {
    let Field::Attribute(key) = &constraint.field else { return false };
    let is_age = key.split('_').any(|part| matches!(part, "age" | "ages"));
    !is_age
        && matches!(&constraint.test, Test::AnyOf(values) if !is_audience(values))
        && !constraint.is_negated
        && !constraint.words.is_empty()
}

/// Whether a product states one value of what is asked for, and it is another: what is of scale H0 is not `not stated: N`.
fn states_otherwise(constraint: &Constraint, found: &Found, ask: &Ask) -> bool {
    let Field::Attribute(key) = &constraint.field else { return false };
    let stated = found.product.attributes.find(key);
    let is_code = |value: &str| value.chars().count() <= LONGEST_CODE && !value.contains(' ');
    let asks_for_code =
        matches!(&constraint.test, Test::AnyOf(values) if values.iter().all(|value| is_code(value)));
    let is_one = stated.is_some_and(|own| own.values.len() == 1 && is_code(&own.values[0].display()));
    asks_for_code && is_one && stated_by(constraint, found, ask).is_none()
}

fn recommend(
    answer: &mut Answer,
    ask: &Ask,
    request: &Request,
    need: &Need,
    order: Option<&Order>,
    found: Found,
    lacks: Vec<String>,
) {
    let Found { hit, product, rows, .. } = found;
    let voice = Voice::of(&ask.locale);
    let (product, rows) = (&product, rows.as_slice());
    let mut cited: Vec<&EvidenceRow> = offer_of(&hit, rows).into_iter().collect();
    let mut reasons: Vec<String> = Vec::new();
    if let Some((reason, offers)) = stock::reason(request, ask, product, &hit, rows) {
        reasons.push(reason);
        cited.extend(
            offers
                .into_iter()
                .filter(|row| !cited.iter().any(|known| known.id == row.id))
                .collect::<Vec<_>>(),
        );
    }
    reasons.extend(sale::reason(request, ask, product, &hit));
    let served = serve::reasons(ask, request, rows);
    for (reason, row) in &served {
        reasons.push(reason.clone());
        cited.extend(rows.iter().find(|own| own.id == row.id));
    }
    let demanded = request.need.constraints.iter().filter(|constraint| !constraint.is_negated);
    for constraint in demanded.chain(&request.need.preferences) {
        if reasons.len() < MAX_REASONS
            && let Some((reason, row)) = stated(constraint, product, &hit, rows, ask)
            && !cited.iter().any(|known| known.id == row.id)
        {
            reasons.push(reason);
            cited.push(row);
        }
    }
    let opening = || rows.iter().find(|row| row.source == "description").filter(|_| request.place.is_set);
    if reasons.len() < MAX_REASONS
        && let Some(row) = need.best_sentence(rows).or_else(opening)
    {
        reasons.push(voice.quote(&row.quote));
        cited.push(row);
    }
    if let Some(told) = order.and_then(|order| order.of(ask, product, rows)) {
        let is_cited = |row: &&EvidenceRow| cited.iter().any(|known| known.id == row.id);
        let new: Vec<&EvidenceRow> = told.rows.into_iter().filter(|row| !is_cited(row)).collect();
        if let Some(reason) = told.reason.filter(|_| !new.is_empty()) {
            reasons.insert(0, reason);
            reasons.truncate(MAX_REASONS);
            cited.extend(new);
        }
    }
    if cited.is_empty() {
        cited.extend(rows.first());
    }
    let is_of_variant = names_variant(request, product);
    let shown = Shown { lacks, is_of_variant, support: Support::Stated, ..Shown::derived(hit, reasons) };
    let place = answer.claims.len();
    shown.state(answer, voice, &cited);
    if !served.is_empty() && answer.claims.len() > place {
        answer.steps.push(Step { claims: vec![place], note: None, is_uncertain: false });
    }
}

/// The shopper's own words for each of these.
fn own_words(request: &Request, words: Vec<String>) -> Vec<String> {
    words.into_iter().map(|words| request.own_words(&words)).collect()
}

/// What had to be given up, in the shopper's words.
fn relaxed(constraints: &[Constraint]) -> Vec<String> {
    constraints
        .iter()
        .map(|constraint| match (&constraint.words, &constraint.field) {
            (words, _) if !words.is_empty() => words.clone(),
            (_, Field::Attribute(key)) => commerce::Attribute::label(key),
            (_, field) => format!("{field:?}").to_lowercase(),
        })
        .collect()
}
