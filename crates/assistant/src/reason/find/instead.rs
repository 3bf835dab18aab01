//! What could be bought in a product's place: goods of its kind that can be had, most alike first.
//!
//! Likeness is what both state alike, each counted by how rare it is in the catalog, and the nearness of their prices.

use commerce::{LinkKind, Product, Value};
use search::{Constraint, EvidenceKind, EvidenceRow, Field, Hit, Query, Test, analyse};

use super::basket::last_noun;
use super::shown::Shown;
use super::stated::offer_of;
use crate::claim::{Answer, Polarity};
use crate::lexicon::stem_list;
use crate::model_name::ModelName;
use crate::reason::render;
use crate::retrieve::offered;
use crate::voice::{Line, Voice};
use crate::{Ask, AskError, Request, Snapshot};

/// Products of the kind that are looked at.
const MAX_LOOKED_AT: usize = 60;
/// What both state, told of one product at most.
const MAX_ALIKE: usize = 3;
/// What it is worth that the shop itself sets a product in the place of another.
const LISTED: f64 = 1000.0;
/// What a price that is the same is worth, beside statements by their rarity in nats.
const PRICE_WEIGHT: f64 = 2.0;

/// What is asked of the other goods.
#[derive(Debug, Default)]
pub(crate) struct Wanted {
    constraints: Vec<Constraint>,
    is_cheaper: bool,
    /// Offers of the very goods, which are no others.
    same: Vec<Product>,
}

/// Words that ask for a lower price.
const CHEAPER: &[&str] = &["cheaper", "cheapest", "inexpensive", "affordable", "less"];

fn is_cheaper(text: &str) -> bool {
    analyse::words(text).iter().any(|word| CHEAPER.contains(&word.text.as_str()))
}

/// A product beside the one that is replaced.
struct Other {
    likeness: f64,
    hit: Hit,
    product: Product,
    rows: Vec<EvidenceRow>,
    /// What both state, rendered, with the key of the attribute.
    alike: Vec<(String, String)>,
}

/// Finds what comes near a product.
pub(super) fn find(
    snapshot: &Snapshot,
    ask: &Ask,
    request: &Request,
    product: &Product,
    limit: usize,
) -> Result<Answer, AskError> {
    let mut answer = Answer::default();
    let wanted = Wanted {
        constraints: request.need.constraints.clone(),
        is_cheaper: is_cheaper(&request.text),
        same: request.offers.clone(),
    };
    add(&mut answer, snapshot, ask, product, &wanted, limit)?;
    if answer.claims.is_empty() {
        answer.is_abstention = true;
        answer.missing.push(format!("other goods like {}", product.title));
        answer.looked_at.push(format!("{} products", snapshot.index.len()));
    }
    answer.follow_ups = crate::reason::follow_ups::suggest(snapshot, request, &answer)?;
    Ok(answer)
}

/// Adds what comes near a product to an answer.
pub(crate) fn add(
    answer: &mut Answer,
    snapshot: &Snapshot,
    ask: &Ask,
    product: &Product,
    wanted: &Wanted,
    limit: usize,
) -> Result<(), AskError> {
    let mut others = others(snapshot, ask, product, wanted)?;
    linked(&mut others, snapshot, ask, product, wanted)?;
    others.sort_by(|a, b| b.likeness.total_cmp(&a.likeness).then_with(|| a.product.id.cmp(&b.product.id)));
    for other in others.into_iter().take(limit) {
        state(answer, Voice::of(&ask.locale), other);
    }
    Ok(())
}

/// Puts first what the shop itself would sell in its place, with what says so.
fn linked(
    others: &mut Vec<Other>,
    snapshot: &Snapshot,
    ask: &Ask,
    product: &Product,
    wanted: &Wanted,
) -> Result<(), AskError> {
    let own = snapshot.index.evidence_of(&product.id)?;
    let kind = LinkKind::UpSell.as_str();
    let Some(row) = own.iter().find(|row| row.kind == EvidenceKind::Attribute && row.source == kind) else {
        return Ok(());
    };
    let voice = Voice::of(&ask.locale);
    let is_open = wanted.constraints.is_empty() && !wanted.is_cheaper;
    for source_id in product.links.of(LinkKind::UpSell) {
        let Some(id) = snapshot.index.find(source_id)? else { continue };
        let place = others.iter().position(|other| other.product.id == id);
        let place = match place {
            Some(place) => place,
            None => {
                let (Some(hit), Some(other)) = (snapshot.index.hit(&id)?, snapshot.index.product(&id)?)
                else {
                    continue;
                };
                if !is_open || id == product.id || !hit.availability.is_buyable() {
                    continue;
                }
                let rows = snapshot.index.evidence_of(&id)?;
                others.push(Other { likeness: 0.0, hit, product: other, rows, alike: Vec::new() });
                others.len() - 1
            }
        };
        let other = &mut others[place];
        other.likeness += LISTED;
        other.alike.insert(0, (kind.to_owned(), voice.say(Line::ListedInstead, &[])));
        other.rows.push(row.clone());
    }
    Ok(())
}

/// The goods of its kind that can be bought.
fn others(
    snapshot: &Snapshot,
    ask: &Ask,
    product: &Product,
    wanted: &Wanted,
) -> Result<Vec<Other>, AskError> {
    let Some(kind) = product.categories.first() else { return Ok(Vec::new()) };
    let of_kind = Constraint::filter(Field::Category, Test::AnyOf(vec![kind.leaf().to_owned()]));
    let constraints = wanted.constraints.iter().cloned().chain([of_kind]).collect();
    let own = std::iter::once(product).chain(&wanted.same);
    let price = own.filter_map(|own| render::prices(own, ask.now)).map(|(low, _)| low.amount_minor).min();
    let query = Query { constraints, limit: MAX_LOOKED_AT, ..Query::default() };
    let model = ModelName::of(&snapshot.vocabulary, product);
    let mut others = Vec::new();
    let hits = offered(snapshot, ask, &query, None)?;
    let voice = Voice::of(&ask.locale);
    // What was given up was asked for.
    for hit in hits.hits.into_iter().filter(|_| hits.relaxed.is_empty()) {
        let is_dear = || hit.price.zip(price).is_none_or(|(other, own)| other.amount_minor >= own);
        if hit.product_id == product.id || !hit.availability.is_buyable() || wanted.is_cheaper && is_dear() {
            continue;
        }
        let Some(other) = snapshot.index.product(&hit.product_id)? else { continue };
        // Another offer of the same goods is no other goods.
        let is_same = wanted.same.iter().any(|same| same.id == other.id);
        if is_same || model.as_ref().is_some_and(|model| model.is_of(&snapshot.vocabulary, &other)) {
            continue;
        }
        let rows = snapshot.index.evidence_of(&other.id)?;
        let (mut alike, mut likeness) = (Vec::new(), nearness(product, &other, ask) * PRICE_WEIGHT);
        for attribute in product.attributes.iter().filter(|own| own.values.iter().any(is_telling)) {
            let Some(same) = other.attributes.find(&attribute.key) else { continue };
            if same.values != attribute.values {
                continue;
            }
            let values: Vec<String> =
                same.values.iter().map(|value| render::value(value, &ask.locale)).collect();
            likeness += rarity(snapshot, &attribute.key, &same.values);
            alike.push((
                attribute.key.clone(),
                voice.say(Line::Reason, &[&voice.label(&attribute.label), &voice.list(&values)]),
            ));
        }
        others.push(Other { likeness, hit, product: other, rows, alike });
    }
    // Where a category holds many things, those are of the kind whose names end alike.
    let noun = last_noun(&product.title);
    if others.iter().any(|other| noun_in(&other.product, noun.as_deref())) {
        others.retain(|other| noun_in(&other.product, noun.as_deref()));
    }
    Ok(others)
}

fn noun_in(product: &Product, noun: Option<&str>) -> bool {
    noun.is_some_and(|noun| stem_list(&product.title).iter().any(|stem| stem == noun))
}

/// A bare yes, or a number of anything, makes nothing alike.
fn is_telling(value: &Value) -> bool {
    !matches!(value, Value::Flag(_) | Value::Number(_))
}

/// From 0 to 1: how near two prices are, as the smaller one's share of the larger.
fn nearness(one: &Product, other: &Product, ask: &Ask) -> f64 {
    let low = |product: &Product| render::prices(product, ask.now).map(|(low, _)| low);
    let Some((one, other)) = low(one).zip(low(other)) else { return 0.0 };
    let (low, high) = (one.amount_minor.min(other.amount_minor), one.amount_minor.max(other.amount_minor));
    if one.currency == other.currency && high > 0 { low as f64 / high as f64 } else { 0.0 }
}

/// How rare a statement is, in nats.
fn rarity(snapshot: &Snapshot, key: &str, values: &[Value]) -> f64 {
    let all = snapshot.index.len() as f64;
    let of_value = |value: &Value| {
        let meanings = snapshot.vocabulary.meanings(&snapshot.vocabulary.key(&value.display()));
        let known = meanings.iter().find(|known| matches!(&known.field, Field::Attribute(own) if own == key));
        known.map_or(1.0, |known| (all / known.count.max(1) as f64).ln().max(0.0))
    };
    values.iter().map(of_value).fold(0.0, f64::max)
}

fn state(answer: &mut Answer, voice: Voice, other: Other) {
    let Other { hit, rows, alike, .. } = other;
    let told: Vec<&(String, String)> = alike.iter().take(MAX_ALIKE).collect();
    let is_told = |row: &&EvidenceRow| {
        row.kind == EvidenceKind::Attribute && told.iter().any(|(key, _)| row.source == *key)
    };
    let mut cited: Vec<&EvidenceRow> = offer_of(&hit, &rows).into_iter().collect();
    cited.extend(rows.iter().filter(is_told));
    cited.extend(rows.first().filter(|_| cited.is_empty()));
    let reasons: Vec<String> = told.iter().map(|(_, told)| told.clone()).collect();
    let shown = Shown { polarity: Polarity::Neutral, ..Shown::derived(hit, reasons) };
    shown.state(answer, voice, &cited);
}
