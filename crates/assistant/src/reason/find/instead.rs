//! What could be bought in a product's place: goods of its kind that can be had, most alike first.
//!
//! What both state alike counts by how rare it is in the catalog, beside the likeness of their words and measures (see `likeness`) and
//! the nearness of their prices.

use std::collections::{BTreeSet, HashSet};

use commerce::{LinkKind, Money, Product, Value};
use search::{Constraint, EvidenceKind, EvidenceRow, Field, Hit, Query, Test, analyse};

use super::basket::last_noun;
use super::likeness::Likeness;
use super::shown::Shown;
use super::stated::offer_of;
use crate::claim::{Answer, Polarity};
use crate::lexicon::stem_list;
use crate::model_name::ModelName;
use crate::reason::render;
use crate::retrieve::offered;
use crate::understand::{head, is_less_wished};
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
/// What is less like it than this share of the most like is not shown.
const MIN_SHARE_OF_BEST: f64 = 0.3;
/// Words for the kind that are searched for.
const MAX_NOUNS: usize = 3;

/// What is asked of the other goods.
#[derive(Debug, Default)]
pub(crate) struct Wanted {
    /// Prices, and what must not be; what else is asked for ranks them, for sellers leave out much.
    bounds: Vec<Constraint>,
    is_cheaper: bool,
    /// Stems of what else it is to be or to have.
    stems: Vec<String>,
    /// Offers of the very goods, which are no others.
    same: Vec<Product>,
}

impl Wanted {
    /// What is asked beside the name: what stands in the name bounds nothing.
    fn of(request: &Request) -> Self {
        let beside = stem_list(&request.place.bare);
        let is_bound = |own: &&Constraint| {
            (own.field == Field::Price || own.is_negated)
                && stem_list(&own.words).iter().all(|stem| beside.contains(stem))
        };
        let named: HashSet<String> =
            request.products.iter().flat_map(|product| stem_list(&product.title)).collect();
        Self {
            bounds: request.need.constraints.iter().filter(is_bound).cloned().collect(),
            is_cheaper: is_less_wished(&analyse::words(&request.place.bare)),
            stems: beside.into_iter().filter(|stem| !named.contains(stem)).collect(),
            same: request.offers.clone(),
        }
    }
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
    let wanted = Wanted::of(request);
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
    let best = others.first().map_or(0.0, |other| other.likeness.min(LISTED));
    others.retain(|other| other.likeness >= MIN_SHARE_OF_BEST * best);
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
    let is_open = wanted.bounds.is_empty() && !wanted.is_cheaper;
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
    let own = || std::iter::once(product).chain(&wanted.same);
    let price = own().filter_map(|own| render::prices(own, ask.now)).map(|(low, _)| low.amount_minor).min();
    let model = ModelName::of(&snapshot.vocabulary, product);
    let likeness = Likeness::of(snapshot, product, &wanted.stems);
    let mut others = Vec::new();
    let voice = Voice::of(&ask.locale);
    for hit in of_kind(snapshot, ask, &own().collect::<Vec<_>>(), wanted)? {
        let is_dear = || hit.price.zip(price).is_none_or(|(other, own)| other.amount_minor >= own);
        if hit.product_id == product.id || !hit.availability.is_buyable() || wanted.is_cheaper && is_dear() {
            continue;
        }
        let Some(other) = snapshot.index.product(&hit.product_id)? else { continue };
        // Another offer of the same goods is no other goods.
        let is_same = wanted.same.iter().any(|same| same.id == other.id);
        if is_same
            || is_short_for(&other.title, &product.title)
            || model.as_ref().is_some_and(|model| model.is_of(&snapshot.vocabulary, &other))
        {
            continue;
        }
        let rows = snapshot.index.evidence_of(&other.id)?;
        let mut likeness = likeness.to(snapshot, &other) + nearness_of(product, &other, ask) * PRICE_WEIGHT;
        let mut alike = Vec::new();
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
    let noun = kind_noun(snapshot, product);
    if others.iter().any(|other| noun_in(&other.product, noun.as_deref())) {
        others.retain(|other| noun_in(&other.product, noun.as_deref()));
    }
    Ok(others)
}

/// Whether a title with a number in it is a shorter one of the same goods: `Halden 3S grey` of `Halden 3S Wireless Mouse – grey`.
fn is_short_for(short: &str, title: &str) -> bool {
    let (short, title) = (stem_list(short), stem_list(title));
    let has_number = short.iter().any(|stem| stem.bytes().any(|byte| byte.is_ascii_digit()));
    has_number && short.len() > 1 && short.iter().all(|stem| title.contains(stem))
}

/// What stands in a category of the goods, and what is called as they are: sellers sort the same goods differently.
fn of_kind(snapshot: &Snapshot, ask: &Ask, own: &[&Product], wanted: &Wanted) -> Result<Vec<Hit>, AskError> {
    let leaves: BTreeSet<&str> =
        own.iter().filter_map(|product| product.categories.first()).map(|path| path.leaf()).collect();
    let is_kind = |stem: &String| snapshot.vocabulary.is_kind(stem);
    let mut nouns: BTreeSet<String> =
        leaves.iter().flat_map(|leaf| leaf.split(['&', ','])).filter_map(last_noun).collect();
    nouns.extend(own.first().and_then(|product| kind_noun(snapshot, product)));
    let in_category = Constraint::filter(
        Field::Category,
        Test::AnyOf(leaves.iter().map(|leaf| (*leaf).to_owned()).collect()),
    );
    let query = |text: String, of_category: Option<Constraint>| Query {
        text,
        constraints: wanted.bounds.iter().cloned().chain(of_category).collect(),
        limit: MAX_LOOKED_AT,
        ..Query::default()
    };
    let mut queries = Vec::new();
    if !leaves.is_empty() {
        queries.push((query(String::new(), Some(in_category)), None));
    }
    for noun in nouns.into_iter().filter(is_kind).take(MAX_NOUNS) {
        queries.push((query(noun.clone(), None), Some(noun)));
    }
    let (mut seen, mut hits) = (HashSet::new(), Vec::new());
    for (query, noun) in queries {
        let found = offered(snapshot, ask, &query, None)?;
        // What was given up was asked for.
        for hit in found.hits.into_iter().filter(|_| found.relaxed.is_empty()) {
            let is_called = |product: Product| noun_in(&product, noun.as_deref());
            let is_of_kind =
                noun.is_none() || snapshot.index.product(&hit.product_id)?.is_some_and(is_called);
            if is_of_kind && seen.insert(hit.product_id.clone()) {
                hits.push(hit);
            }
        }
    }
    Ok(hits)
}

/// The word of a title that says what kind of goods it is: one that stands in the category too, else the last one that names a kind
/// of the catalog.
pub(super) fn kind_noun(snapshot: &Snapshot, product: &Product) -> Option<String> {
    let leaf = product.categories.first().map(|path| stem_list(path.leaf())).unwrap_or_default();
    let title = stem_list(head(&product.title));
    let is_kind = |stem: &&String| snapshot.vocabulary.is_kind(stem);
    let sorted = title.iter().rfind(|stem| leaf.contains(stem));
    sorted.or_else(|| title.iter().rfind(is_kind)).cloned()
}

/// Whether goods are called by a noun, in their title or where they stand: a drill sleeve is no drill.
fn noun_in(product: &Product, noun: Option<&str>) -> bool {
    let leaf = product.categories.first().map(|path| path.leaf()).unwrap_or_default();
    let mut names = leaf.split(['&', ',']).chain([head(&product.title)]).filter_map(last_noun);
    noun.is_some_and(|noun| names.any(|last| last == noun))
}

/// A bare yes, or a number of anything, makes nothing alike.
fn is_telling(value: &Value) -> bool {
    !matches!(value, Value::Flag(_) | Value::Number(_))
}

/// From 0 to 1: how near two prices are, as the smaller one's share of the larger.
pub(super) fn nearness(one: Money, other: Money) -> f64 {
    let (low, high) = (one.amount_minor.min(other.amount_minor), one.amount_minor.max(other.amount_minor));
    if one.currency == other.currency && high > 0 { low as f64 / high as f64 } else { 0.0 }
}

/// The same of the lowest prices of two products.
fn nearness_of(one: &Product, other: &Product, ask: &Ask) -> f64 {
    let low = |product: &Product| render::prices(product, ask.now).map(|(low, _)| low);
    low(one).zip(low(other)).map_or(0.0, |(one, other)| nearness(one, other))
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
