//! What is used together with a product: what the shop itself sets beside it first, then what is learned from what it states
//! of both.
//!
//! Three things speak for it: another product's texts name this one; both state the same of an attribute by which things
//! fit each other, such as a battery system or a lamp base; this one's texts say that it needs or goes with a kind of goods.
//! Goods of the product's own kind take its place and do not go with it.

use std::collections::BTreeSet;

use commerce::{LinkKind, Money, Product, ProductId, Value};
use search::{Constraint, EvidenceKind, EvidenceQuery, EvidenceRow, Field, Query, Test, analyse};

use super::instead::nearness;
use super::shown::Shown;
use super::stated::offer_of;
use super::together_table::{BELONGING, FITTING, NEEDING};
use crate::claim::Answer;
use crate::directive::is_quotable;
use crate::lexicon::{has_phrase, stem_list, stems};
use crate::model_name::ModelName;
use crate::reason::render;
use crate::relevance::{KindMatch, Need};
use crate::understand::{self, rarity};
use crate::voice::{Line, Voice};
use crate::{Ask, AskError, Request, Snapshot};

/// Rows that may name the product.
const MAX_NAMING: usize = 40;
/// Goods that one statement leads to.
const MAX_OF_ONE: usize = 40;
/// A word that names a product stands in the texts of so many products at most.
const MAX_WITH_NAME: u64 = 12;
/// How sure it is that what was learned so goes together.
const CONFIDENCE: f32 = 0.8;
/// Goods that are shown where one kind is asked for.
const OF_KIND: usize = 10;
/// Offers of the product whose texts are read, and models whose offers are looked for.
const MAX_OFFERS: usize = 5;
const MAX_MODELS: usize = 6;
/// The smaller of two prices of one model is at least this share of the larger.
const NEAR_PRICE: f64 = 0.6;
/// What another offer of a model is worth beside the one that says what it fits.
const OF_MODEL: f32 = 0.9;
/// What each way of knowing is worth.
const CROSS_SOLD: f32 = 5.0;
const RELATED: f32 = 4.0;
const NAMED: f32 = 3.0;
const ALIKE: f32 = 2.0;
const NEEDED: f32 = 1.5;
const SHARED: f32 = 0.5;

/// What goes with the product, and why.
struct Mate {
    id: ProductId,
    worth: f32,
    /// Rendered.
    reasons: Vec<String>,
    /// Rows of either product that say so.
    rows: Vec<EvidenceRow>,
}

/// Finds what goes with a product.
pub(super) fn find(
    snapshot: &Snapshot,
    ask: &Ask,
    request: &Request,
    product: &Product,
    limit: usize,
) -> Result<Answer, AskError> {
    let voice = Voice::of(&ask.locale);
    let mut mates = Mates { product, voice, found: Vec::new() };
    // Of the offers of one thing each may say what the others leave out.
    let others = request.offers.iter().filter(|offer| offer.id != product.id).take(MAX_OFFERS);
    for host in std::iter::once(product).chain(others) {
        let rows = snapshot.index.evidence_of(&host.id)?;
        mates.product = host;
        mates.linked(snapshot, &rows)?;
        mates.naming(snapshot)?;
        mates.alike(snapshot, ask, &rows)?;
        mates.needed(snapshot, &rows)?;
    }
    mates.found.retain(|mate| !request.offers.iter().any(|offer| offer.id == mate.id));
    if !request.mate.is_empty() {
        mates.keep(snapshot, &request.mate)?;
        mates.same_models(snapshot)?;
    }
    mates.found.sort_by(|a, b| b.worth.total_cmp(&a.worth));
    let limit = if request.mate.is_empty() || ask.limit > 0 { limit } else { OF_KIND };
    let mut answer = Answer::default();
    let is_wanted = |mate: &Mate| match snapshot.index.hit(&mate.id) {
        Ok(Some(hit)) => !ask.thread.has_dismissed(&hit.source_id),
        _ => true,
    };
    for mate in mates.of_each_kind(snapshot)?.into_iter().filter(is_wanted).take(limit) {
        state(&mut answer, voice, snapshot, mate)?;
    }
    if answer.claims.is_empty() {
        answer.is_abstention = true;
        answer.missing.push(format!("what goes with {}", product.title));
        answer.looked_at.push(format!("{} products", snapshot.index.len()));
    }
    answer.follow_ups = crate::reason::follow_ups::suggest(snapshot, request, &answer)?;
    Ok(answer)
}

struct Mates<'a> {
    product: &'a Product,
    voice: Voice,
    found: Vec<Mate>,
}

impl Mates<'_> {
    fn add(&mut self, id: &ProductId, worth: f32, reason: String, rows: &[&EvidenceRow]) {
        let rows = rows.iter().map(|row| (*row).clone());
        match self.found.iter_mut().find(|mate| mate.id == *id) {
            Some(mate) => {
                mate.worth += worth;
                if !mate.reasons.contains(&reason) {
                    mate.reasons.push(reason);
                    mate.rows.extend(rows);
                }
            }
            None => {
                self.found.push(Mate { id: id.clone(), worth, reasons: vec![reason], rows: rows.collect() })
            }
        }
    }

    /// One of each kind first, then the others.
    fn of_each_kind(self, snapshot: &Snapshot) -> Result<Vec<Mate>, AskError> {
        let (mut first, mut others, mut kinds) = (Vec::new(), Vec::new(), BTreeSet::new());
        for mate in self.found {
            let product = snapshot.index.product(&mate.id)?;
            let kind = product.and_then(|product| Some(product.categories.first()?.leaf().to_owned()));
            if kinds.insert(kind) { first.push(mate) } else { others.push(mate) }
        }
        first.extend(others);
        Ok(first)
    }

    /// Keeps those of the kind that is asked for.
    fn keep(&mut self, snapshot: &Snapshot, kind: &str) -> Result<(), AskError> {
        let need = Need::new(snapshot, &understand::need(&snapshot.vocabulary, kind));
        let mut kinds = Vec::new();
        for mate in &self.found {
            let product = snapshot.index.product(&mate.id)?;
            kinds.push(product.map_or(KindMatch::None, |product| need.kind_of(&product)));
        }
        let best = kinds.iter().max().copied().unwrap_or(KindMatch::None);
        let mut kinds = kinds.into_iter();
        self.found.retain(|_| {
            kinds.next().is_some_and(|kind| kind > KindMatch::Mentioned && kind >= best.min(KindMatch::Named))
        });
        Ok(())
    }

    /// Offers of the models that were found: what fits is the model, whoever sells it.
    fn same_models(&mut self, snapshot: &Snapshot) -> Result<(), AskError> {
        self.found.sort_by(|a, b| b.worth.total_cmp(&a.worth));
        for place in 0..self.found.len().min(MAX_MODELS) {
            let Some(known) = snapshot.index.product(&self.found[place].id)? else { continue };
            let Some(model) = ModelName::of(&snapshot.vocabulary, &known) else { continue };
            let (worth, rows) = (self.found[place].worth * OF_MODEL, self.found[place].rows.clone());
            let price = snapshot.index.hit(&known.id)?.and_then(|hit| hit.price);
            // A word with digits may be one of a series: other goods of it cost other sums.
            let is_near = |other: Money| price.is_some_and(|own| nearness(own, other) >= NEAR_PRICE);
            for offer in model.offers(snapshot)? {
                let hit = snapshot.index.hit(&offer.id)?.filter(|hit| hit.availability.is_buyable());
                let is_offered = hit.and_then(|hit| hit.price).is_some_and(is_near);
                if is_offered && !self.found.iter().any(|mate| mate.id == offer.id) {
                    let reason = self.voice.say(Line::OfSameModel, &[&known.title]);
                    self.add(&offer.id, worth, reason, &rows.iter().collect::<Vec<_>>());
                }
            }
        }
        Ok(())
    }

    fn is_other_kind(&self, other: &Product) -> bool {
        let leaf = |product: &Product| product.categories.first().map(|path| path.leaf().to_owned());
        other.id != self.product.id && (leaf(other).is_none() || leaf(other) != leaf(self.product))
    }

    /// What the shop itself sets beside it.
    fn linked(&mut self, snapshot: &Snapshot, rows: &[EvidenceRow]) -> Result<(), AskError> {
        for (kind, worth) in [(LinkKind::CrossSell, CROSS_SOLD), (LinkKind::Related, RELATED)] {
            let own =
                rows.iter().find(|row| row.kind == EvidenceKind::Attribute && row.source == kind.as_str());
            let Some(row) = own else { continue };
            for source_id in self.product.links.of(kind) {
                let Some(id) = snapshot.index.find(source_id)? else { continue };
                let is_buyable = snapshot.index.hit(&id)?.is_some_and(|hit| hit.availability.is_buyable());
                if is_buyable && id != self.product.id {
                    self.add(&id, worth, self.voice.say(Line::ListedWith, &[]), &[row]);
                }
            }
        }
        Ok(())
    }

    /// Products whose own texts name this one.
    fn naming(&mut self, snapshot: &Snapshot) -> Result<(), AskError> {
        let name = name(snapshot, self.product);
        if name.is_empty() {
            return Ok(());
        }
        let query = EvidenceQuery {
            text: self.product.title.clone(),
            kinds: vec![EvidenceKind::Description, EvidenceKind::Question],
            limit: MAX_NAMING,
            ..EvidenceQuery::default()
        };
        for hit in snapshot.index.evidence(&query)? {
            let said = stem_list(&hit.row.quote);
            let is_title = hit.row.kind == EvidenceKind::Description && hit.row.source != "description";
            let is_named = !is_title && name.iter().all(|stem| said.contains(stem));
            let is_told = is_named && is_quotable(&hit.row);
            let Some(id) = hit.row.product.clone().filter(|_| is_told) else { continue };
            let other = snapshot.index.product(&id)?;
            if other.is_some_and(|other| self.is_other_kind(&other)) {
                self.add(&id, NAMED, self.voice.quote(&hit.row.quote), &[&hit.row]);
            }
        }
        Ok(())
    }

    /// Products that state the same of an attribute by which things fit each other, or belong together, which says less.
    fn alike(&mut self, snapshot: &Snapshot, ask: &Ask, rows: &[EvidenceRow]) -> Result<(), AskError> {
        let product = self.product;
        for (attribute, worth) in
            product.attributes.iter().filter_map(|own| Some((own, worth_of(&own.label)?)))
        {
            for value in
                attribute.values.iter().filter(|value| !matches!(value, Value::Flag(_) | Value::Number(_)))
            {
                let of_same = Test::AnyOf(vec![value.display()]);
                let same = Constraint::filter(Field::Attribute(attribute.key.clone()), of_same);
                let shown = self.voice.say(
                    Line::Reason,
                    &[&self.voice.label(&attribute.label), &render::value(value, &ask.locale)],
                );
                let own = rows
                    .iter()
                    .find(|row| row.kind == EvidenceKind::Attribute && row.source == attribute.key);
                for id in self.listed(snapshot, same)? {
                    let theirs = snapshot.index.evidence_of(&id)?;
                    let row = theirs
                        .iter()
                        .find(|row| row.kind == EvidenceKind::Attribute && row.source == attribute.key);
                    let cited: Vec<&EvidenceRow> = own.into_iter().chain(row).collect();
                    self.add(&id, worth, shown.clone(), &cited);
                }
            }
        }
        Ok(())
    }

    /// Goods of the kinds that this product's texts say it needs or goes with.
    fn needed(&mut self, snapshot: &Snapshot, rows: &[EvidenceRow]) -> Result<(), AskError> {
        let kinds: BTreeSet<&str> =
            self.product.categories.iter().flat_map(|path| path.names()).map(String::as_str).collect();
        let told = rows.iter().filter(|row| is_quotable(row)).filter(|row| {
            matches!(row.kind, EvidenceKind::Description | EvidenceKind::Question | EvidenceKind::Attribute)
        });
        for row in told {
            let said = stem_list(&row.quote);
            let after =
                NEEDING.iter().filter_map(|phrase| crate::lexicon::place_of(&said, &stems(phrase))).min();
            let Some(after) = after else { continue };
            for kind in kinds_in(snapshot, said.get(after..).unwrap_or_default()) {
                if kinds.contains(kind.as_str()) {
                    continue;
                }
                let of_kind = Constraint::filter(Field::Category, Test::AnyOf(vec![kind]));
                for id in self.listed(snapshot, of_kind)? {
                    self.add(&id, NEEDED, self.voice.quote(&row.quote), &[row]);
                }
            }
        }
        Ok(())
    }

    /// The first goods of another kind for which this holds, such as can be bought.
    fn listed(&self, snapshot: &Snapshot, constraint: Constraint) -> Result<Vec<ProductId>, AskError> {
        let query = Query { constraints: vec![constraint], limit: MAX_OF_ONE, ..Query::default() };
        let mut ids = Vec::new();
        for hit in snapshot.index.search(&query, None)?.hits {
            let Some(other) = snapshot.index.product(&hit.product_id)? else { continue };
            if hit.availability.is_buyable() && self.is_other_kind(&other) {
                ids.push(hit.product_id);
            }
        }
        Ok(ids)
    }
}

/// The stems of a title that tell the product from most others; empty where it has none that is rare.
fn name(snapshot: &Snapshot, product: &Product) -> Vec<String> {
    let model = ModelName::of(&snapshot.vocabulary, product);
    if let Some(telling) = model.as_ref().and_then(|model| model.telling(&snapshot.vocabulary)) {
        return vec![analyse::stem(telling)];
    }
    let kinds: Vec<String> =
        product.categories.iter().flat_map(|path| path.names()).flat_map(|name| stem_list(name)).collect();
    let words = analyse::words(&product.title).into_iter();
    let own = words.filter(|word| !kinds.contains(&word.stem) && !analyse::is_stop_word(&word.text));
    let mut stems: Vec<String> = own.map(|word| word.stem).collect();
    stems.sort_by(|a, b| rarity(snapshot, b).total_cmp(&rarity(snapshot, a)));
    stems.truncate(2);
    let is_rare = stems.first().is_some_and(|stem| snapshot.vocabulary.count(stem) <= MAX_WITH_NAME);
    if is_rare { stems } else { Vec::new() }
}

/// Whether things fit each other by what an attribute of this name says: a battery system, a lamp base.
pub(crate) fn is_fitting(label: &str) -> bool {
    worth_of(label).is_some_and(|worth| worth >= ALIKE)
}

/// What it is worth that two products state the same of an attribute; `None` where that joins nothing.
fn worth_of(label: &str) -> Option<f32> {
    let label = stem_list(label);
    let has = |phrases: &[&str]| phrases.iter().any(|phrase| has_phrase(&label, &stems(phrase)));
    let ways = [(FITTING, ALIKE), (BELONGING, SHARED)];
    ways.into_iter().find(|(phrases, _)| has(phrases)).map(|(_, worth)| worth)
}

/// The categories that stems name, each by one word or two.
fn kinds_in(snapshot: &Snapshot, said: &[String]) -> Vec<String> {
    let mut kinds = Vec::new();
    let pairs = said.windows(2).map(|pair| pair.join(" "));
    for key in pairs.chain(said.iter().cloned()) {
        let meanings = snapshot.vocabulary.meanings(&key).iter();
        let of_kind = meanings.filter(|meaning| meaning.field == Field::Category && meaning.is_whole);
        for name in of_kind.flat_map(|meaning| meaning.values.clone()) {
            if !kinds.contains(&name) {
                kinds.push(name);
            }
        }
    }
    kinds
}

fn state(answer: &mut Answer, voice: Voice, snapshot: &Snapshot, mate: Mate) -> Result<(), AskError> {
    let Some(hit) = snapshot.index.hit(&mate.id)? else { return Ok(()) };
    let own = snapshot.index.evidence_of(&mate.id)?;
    let mut cited: Vec<&EvidenceRow> = offer_of(&hit, &own).into_iter().collect();
    cited.extend(&mate.rows);
    let shown = Shown { confidence: CONFIDENCE, ..Shown::derived(hit, mate.reasons) };
    shown.state(answer, voice, &cited);
    Ok(())
}
