//! The order that a shopper asks for: `which is lightest`, `the highest refresh rate`, `cheapest per kilo`, `something bigger`.

use std::cmp::Ordering;

use commerce::{Attribute, Money, Product, Quantity, Value};
use search::{Constraint, EvidenceKind, EvidenceRow, Field, Sort};

use super::{DEFAULT_LIMIT, Found, stated_by};
use crate::lexicon::stem_list;
use crate::reason::compare::unit_price::contents;
use crate::reason::comparison::{self, Comparative};
use crate::reason::render;
use crate::voice::{Line, Voice};
use crate::{Ask, AskError, Request, Snapshot};

/// Products that are put in an order that is asked for.
pub(super) const MAX_ORDERED: usize = 40;

/// What goods are put in order by.
#[derive(Clone, Debug, Default)]
pub(super) struct Order {
    /// What the words compare.
    words: Option<Comparative>,
    /// The attributes whose numbers decide, before the words do.
    keys: Vec<String>,
    wants_most: bool,
    /// Whether it is by the price of what a pack holds.
    is_by_contents: bool,
}

/// What a product has of it.
pub(super) struct Told<'a> {
    /// In the unit that its kind is compared in.
    base: f64,
    /// As a reason; `None` where it is told anyway.
    pub(super) reason: Option<String>,
    /// The rows that state it.
    pub(super) rows: Vec<&'a EvidenceRow>,
}

/// What the goods are put in order by. A price is one only in `cheaper ones`, for a bound on it is no order, and by what a pack
/// holds.
pub(super) fn asked(request: &Request) -> Option<Order> {
    let is_meant = |asked: &&Comparative| asked.concept.is_some() || request.place.is_carried;
    let words = comparison::asked(&request.text).filter(is_meant).copied();
    match &request.need.sort {
        _ if request.need.per.is_some() => Some(Order { is_by_contents: true, ..Order::default() }),
        Sort::Attribute { keys, is_descending } => {
            Some(Order { words, keys: keys.clone(), wants_most: *is_descending, is_by_contents: false })
        }
        _ => {
            words.map(|words| Order { words: Some(words), wants_most: words.wants_most, ..Order::default() })
        }
    }
}

impl Order {
    /// What a product has of it: a number of an attribute, the price of what it holds, or what the words compare.
    pub(super) fn of<'a>(
        &self,
        ask: &Ask,
        product: &'a Product,
        rows: &'a [EvidenceRow],
    ) -> Option<Told<'a>> {
        if self.is_by_contents {
            let contents = contents(ask, product, rows, true)?;
            let rows = rows.iter().filter(|row| contents.evidence.contains(&row.id)).collect();
            return Some(Told { base: contents.price_of(1.0), reason: contents.shown(ask), rows });
        }
        self.keys
            .iter()
            .find_map(|key| self.numbered(ask, key, product, rows))
            .or_else(|| self.in_words(ask, product, rows))
    }

    /// The most or the least that an attribute states for any variant.
    fn numbered<'a>(
        &self,
        ask: &Ask,
        key: &str,
        product: &'a Product,
        rows: &'a [EvidenceRow],
    ) -> Option<Told<'a>> {
        let voice = Voice::of(&ask.locale);
        let row = rows.iter().find(|row| row.kind == EvidenceKind::Attribute && row.source == key)?;
        let variants = product.variants.iter().filter_map(|variant| variant.attributes.find(key));
        let attributes = product.attributes.find(key).into_iter().chain(variants);
        let typed = attributes.flat_map(|attribute| &attribute.values).filter_map(|value| {
            let base = self.end(value)?;
            Some((base, render::value_of(key, value, &ask.locale)))
        });
        let chosen = product
            .variants
            .iter()
            .filter_map(|variant| variant.options.get(key))
            .filter_map(|choice| Some((Quantity::parse(choice)?.base(), voice.value(choice))));
        let order = |a: &(f64, String), b: &(f64, String)| a.0.total_cmp(&b.0);
        let all = typed.chain(chosen);
        let (base, shown) = if self.wants_most { all.max_by(order) } else { all.min_by(order) }?;
        let label = if row.context.is_empty() { Attribute::label(key) } else { row.context.clone() };
        let reason = Some(voice.say(Line::Reason, &[&voice.label(&label), &shown]));
        Some(Told { base, reason, rows: vec![row] })
    }

    /// The number of a value; of a range the end that is asked for.
    fn end(&self, value: &Value) -> Option<f64> {
        Some(match value {
            Value::Quantity(quantity) => quantity.base(),
            Value::Range(range) if self.wants_most => range.high.base(),
            Value::Range(range) => range.low.base(),
            Value::Number(number) => *number,
            _ => return None,
        })
    }

    /// What the words compare, as an attribute or a sentence states it.
    fn in_words<'a>(&self, ask: &Ask, product: &'a Product, rows: &'a [EvidenceRow]) -> Option<Told<'a>> {
        let words = self.words.as_ref()?;
        let amount = comparison::amount(ask, words, product, &rows.iter().collect::<Vec<_>>())?;
        let label = match amount.row.context.as_str() {
            "" => Attribute::label(words.concept.unwrap_or_default()),
            own => own.to_owned(),
        };
        let voice = Voice::of(&ask.locale);
        // The price is told anyway.
        let reason = words.concept.map(|_| voice.say(Line::Reason, &[&voice.label(&label), &amount.shown]));
        Some(Told { base: amount.base, reason, rows: vec![amount.row] })
    }

    /// Stems of what is compared, which is not asked for beside it: `longest battery life` asks for no battery.
    fn stems(&self) -> Vec<String> {
        let words = self.words.and_then(|words| words.concept).unwrap_or_default();
        let keys = self.keys.iter().flat_map(|key| stem_list(&Attribute::label(key)));
        stem_list(words).into_iter().chain(keys).collect()
    }
}

/// Puts those first that have the most or the least of what is asked, and those last that do not say; what else is asked for
/// goes before it. Where cheaper ones are asked for, they cost less than the first one that was shown.
pub(super) fn put(
    snapshot: &Snapshot,
    ask: &Ask,
    request: &Request,
    found: &mut Vec<Found>,
) -> Result<Option<Order>, AskError> {
    let Some(mut order) = asked(request) else { return Ok(None) };
    if let Some(words) = &mut order.words {
        let best =
            found.iter().take(DEFAULT_LIMIT).map(|found| (&found.product, found.rows.iter().collect()));
        *words = comparison::meant(ask, words, best);
    }
    let key = |found: &Found| {
        let base = order.of(ask, &found.product, &found.rows).map(|told| told.base);
        base.map_or(f64::INFINITY, |base| if order.wants_most { -base } else { base })
    };
    let compared = order.stems();
    found.sort_by_cached_key(|found| (lacking(ask, request, &compared, found), Ordered(key(found))));
    if order.words.is_some_and(|words| words.concept.is_none() && !words.wants_most)
        && let Some(price) = first_price(snapshot, ask)?
    {
        below(found, price);
    }
    Ok(Some(order))
}

/// What the first product costs that was shown before, where cheaper ones are asked for now.
fn first_price(snapshot: &Snapshot, ask: &Ask) -> Result<Option<Money>, AskError> {
    let is_asked = comparison::asked(&ask.text).is_some_and(|asked| asked.concept.is_none());
    let Some(first) = ask.shown.first().filter(|_| is_asked) else { return Ok(None) };
    let hit = match snapshot.index.find(first)? {
        Some(id) => snapshot.index.hit(&id)?,
        None => None,
    };
    Ok(hit.and_then(|hit| hit.price))
}

/// Leaves out what costs as much or more, where anything costs less.
fn below(found: &mut Vec<Found>, price: Money) {
    let costs_less = |found: &Found| {
        found
            .hit
            .price
            .is_some_and(|own| own.currency == price.currency && own.amount_minor < price.amount_minor)
    };
    if found.iter().any(costs_less) {
        found.retain(costs_less);
    }
}

/// How many of the attributes that are liked a product does not state, apart from what is compared.
fn lacking(ask: &Ask, request: &Request, compared: &[String], found: &Found) -> usize {
    let of_attribute = |liked: &&Constraint| matches!(liked.field, Field::Attribute(_));
    let mut words: Vec<&str> = Vec::new();
    for liked in request.need.preferences.iter().filter(of_attribute) {
        // One of several readings of the same words will do.
        let of_same = || request.need.preferences.iter().filter(|other| other.words == liked.words);
        let is_stated = of_same().any(|other| stated_by(other, found, ask).is_some());
        let is_compared = stem_list(&liked.words).iter().all(|stem| compared.contains(stem));
        if !is_stated && !is_compared && !words.contains(&liked.words.as_str()) {
            words.push(&liked.words);
        }
    }
    words.len()
}

/// A number that can be sorted by.
#[derive(PartialEq)]
struct Ordered(f64);

impl Eq for Ordered {}

impl PartialOrd for Ordered {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ordered {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0)
    }
}
