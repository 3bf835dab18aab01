//! Constraints against the columns of a part: which variants of a product hold all of them.
//!
//! A variant states what its own slot and the product's slot say. A plain test holds when one stated value passes; a
//! negated test holds when none does. A constraint that was read from words also looks at the text of products that
//! state nothing on its field (see [`Constraint`]).

mod documents;

use self::documents::{Documents, PlaceSet};
use crate::field_key::{NUMBER, SEPARATOR, end_of, of_field, parse_number_field, term};
use crate::part::Part;
use crate::snapshot::Snapshot;
use crate::{Constraint, Field, SearchError, Test};

/// Constraints of one query.
pub(crate) const MAX_CONSTRAINTS: usize = 32;
/// Numbers this share apart are the same: units are converted in floating point.
const TOLERANCE: f64 = 1e-6;
/// Constraints made ready for every part of a snapshot.
pub(crate) struct Filter {
    /// For each part the tests in the order of the constraints.
    parts: Vec<Vec<Check>>,
    negated: u32,
    count: usize,
}

/// One constraint, ready for one part.
enum Check {
    /// One of these places in the part's dictionary of terms, in order; if nothing of the range is stated, a document
    /// of the set.
    Terms { places: Vec<u32>, field: (u32, u32), is_of_product: bool, texts: Option<Documents> },
    /// One of these places in the part's table of numbers.
    Numbers(PlaceSet),
    /// The price.
    Price(Span),
    /// The mean of the stars.
    Rating(Span),
    /// A document of the set.
    Text(Documents),
    /// A test that the field cannot pass.
    Never,
}

#[derive(Clone, Copy)]
struct Span {
    low: f64,
    high: f64,
}

/// More variants than this are looked at again instead of being remembered in a mask.
const MASKED: u32 = 64;

impl Filter {
    /// Looks up what the constraints name.
    pub(crate) fn new(snapshot: &Snapshot, constraints: &[Constraint]) -> Result<Self, SearchError> {
        if constraints.len() > MAX_CONSTRAINTS {
            return Err(SearchError::TooManyConstraints { limit: MAX_CONSTRAINTS, found: constraints.len() });
        }
        let checks =
            |part| constraints.iter().map(|constraint| Check::new(snapshot, part, constraint)).collect();
        let parts = snapshot.parts.iter().map(checks).collect::<Result<_, _>>()?;
        let bit = |(place, constraint): (usize, &Constraint)| u32::from(constraint.is_negated) << place;
        let negated = constraints.iter().enumerate().map(bit).sum();
        Ok(Self { parts, negated, count: constraints.len() })
    }

    /// One bit for each constraint, all set.
    pub(crate) fn all(&self) -> u32 {
        u32::MAX.checked_shr(32 - self.count as u32).unwrap_or(0)
    }

    /// Calls back with every variant of a document: its slot and the constraints that hold for it.
    pub(crate) fn each_variant(
        &self,
        snapshot: &Snapshot,
        part: usize,
        doc: u32,
        mut found: impl FnMut(u32, u32),
    ) {
        let slots = snapshot.parts[part].columns.slots(doc);
        if self.count == 0 {
            slots.skip(1).for_each(|slot| found(slot, 0));
            return;
        }
        let checks = &self.parts[part];
        let view = View { snapshot, part: &snapshot.parts[part], doc };
        let mut own = 0;
        let mut stated = 0;
        for (place, check) in checks.iter().enumerate() {
            let (holds, states) = check.slot(&view, slots.start, true);
            own |= u32::from(holds) << place;
            stated |= u32::from(states) << place;
        }
        for slot in slots.skip(1) {
            let mut holding = own;
            for (place, check) in checks.iter().enumerate() {
                if own & 1 << place == 0 {
                    let (holds, states) = check.slot(&view, slot, false);
                    let is_stated = states || stated & 1 << place != 0;
                    holding |= u32::from(holds || !is_stated && check.text(doc)) << place;
                }
            }
            found(slot, holding ^ self.negated);
        }
    }

    /// Which variants of a document let all constraints hold, a bit for each; `None` when none does. Where there are
    /// more variants than bits, the mask only says that one does.
    pub(crate) fn fits(&self, snapshot: &Snapshot, part: usize, doc: u32) -> Option<u64> {
        let slots = snapshot.parts[part].columns.slots(doc);
        if self.count == 0 {
            return (slots.len() > 1).then_some(u64::MAX);
        }
        if !self.can_match(snapshot, part, doc) {
            return None;
        }
        let (all, first) = (self.all(), slots.start + 1);
        let mut mask = 0;
        self.each_variant(snapshot, part, doc, |slot, holding| {
            mask |= u64::from(holding == all) << (slot - first).min(MASKED - 1);
        });
        (mask != 0).then_some(mask)
    }

    /// Calls back with the slots of the variants that a mask of [`Filter::fits`] stands for.
    pub(crate) fn each_fitting(
        &self,
        snapshot: &Snapshot,
        part: usize,
        doc: u32,
        mask: u64,
        mut found: impl FnMut(u32),
    ) {
        let slots = snapshot.parts[part].columns.slots(doc);
        let first = slots.start + 1;
        if self.count == 0 {
            (first..slots.end).for_each(found);
        } else if slots.end - first <= MASKED {
            (first..slots.end).filter(|slot| mask & 1 << (slot - first) != 0).for_each(found);
        } else {
            let all = self.all();
            self.each_variant(snapshot, part, doc, |slot, holding| {
                if holding == all {
                    found(slot);
                }
            });
        }
    }

    /// The documents of a part among which all that fit are, by the values that are demanded; `None` where nothing
    /// narrows them down.
    pub(crate) fn documents(
        &self,
        snapshot: &Snapshot,
        part: usize,
        constraints: &[Constraint],
    ) -> Result<Option<Documents>, SearchError> {
        let mut all: Option<Documents> = None;
        for (constraint, check) in constraints.iter().zip(&self.parts[part]) {
            let (Test::AnyOf(values), Check::Terms { texts, .. }) = (&constraint.test, check) else {
                continue;
            };
            if constraint.is_negated {
                continue;
            }
            let mut any = Documents::stating(snapshot, &snapshot.parts[part], &constraint.field, values)?;
            texts.iter().for_each(|texts| any.join(texts));
            match &mut all {
                Some(all) => all.meet(&any),
                None => all = Some(any),
            }
        }
        Ok(all)
    }

    /// Whether there is no constraint.
    pub(crate) fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Whether what a document and its variants state together lets any of them match: most documents are ruled out
    /// by it without a look at their variants.
    fn can_match(&self, snapshot: &Snapshot, part: usize, doc: u32) -> bool {
        let all = self.all();
        self.may_hold(snapshot, part, doc) & all == all
    }

    /// The constraints that may hold for some variant of a document; those that are left out hold for none.
    pub(crate) fn may_hold(&self, snapshot: &Snapshot, part: usize, doc: u32) -> u32 {
        let view = View { snapshot, part: &snapshot.parts[part], doc };
        let bit = |(place, check): (usize, &Check)| {
            let may_hold = match self.negated & 1 << place != 0 {
                true => !check.is_of_product() || !check.slot(&view, view.own(), true).0,
                false => check.may_hold(&view),
            };
            u32::from(may_hold) << place
        };
        self.parts[part].iter().enumerate().map(bit).sum()
    }
}

/// One document of one part.
struct View<'a> {
    snapshot: &'a Snapshot,
    part: &'a Part,
    doc: u32,
}

impl View<'_> {
    /// The slot of the product itself.
    fn own(&self) -> u32 {
        self.part.columns.slots(self.doc).start
    }
}

impl Check {
    fn new(snapshot: &Snapshot, part: &Part, constraint: &Constraint) -> Result<Self, SearchError> {
        match (&constraint.field, &constraint.test) {
            (Field::Text, Test::AnyOf(values)) => Documents::with_any(snapshot, part, values).map(Self::Text),
            (Field::Text, _) => Ok(Self::Never),
            (Field::Price, test) => Ok(Span::of(test).map_or(Self::Never, Self::Price)),
            (Field::Rating, test) => Ok(Span::of(test).map_or(Self::Never, Self::Rating)),
            (field, Test::AnyOf(values)) => Self::terms(snapshot, part, constraint, field, values),
            (field, test) => Self::numbers(part, field, test),
        }
    }

    fn terms(
        snapshot: &Snapshot,
        part: &Part,
        constraint: &Constraint,
        field: &Field,
        values: &[String],
    ) -> Result<Self, SearchError> {
        let is_of_product = matches!(field, Field::Category | Field::Brand);
        let Some(field) = of_field(field) else { return Ok(Self::Never) };
        let mut places = Vec::new();
        for value in values {
            for separator in [SEPARATOR, NUMBER] {
                let word = term(&field, separator, value.trim());
                places.extend(Part::place_of(&part.columns.term_words, &word)?);
            }
        }
        places.sort_unstable();
        let texts = match constraint.words.is_empty() {
            true => None,
            false => Documents::with_all(snapshot, part, &constraint.words)?,
        };
        let field = field_range(part, &field)?;
        Ok(Self::Terms { places, field, is_of_product, texts })
    }

    fn numbers(part: &Part, field: &Field, test: &Test) -> Result<Self, SearchError> {
        let (Some(name), Some(span)) = (of_field(field), Span::of(test)) else { return Ok(Self::Never) };
        let all = crate::part::all_words(&part.columns.number_words)?;
        let is_field = |text: &String| parse_number_field(text).is_some_and(|(field, _)| field == name);
        let fields: Vec<bool> = all.iter().map(is_field).collect();
        let table = part.columns.number_table.iter();
        let holds = table.map(|(field, low, high)| fields[*field as usize] && span.meets(*low, *high));
        Ok(Self::Numbers(PlaceSet::of(holds)))
    }

    /// Whether a slot passes, and whether it states anything on the field.
    fn slot(&self, view: &View<'_>, slot: u32, is_product: bool) -> (bool, bool) {
        let columns = &view.part.columns;
        match self {
            Self::Terms { places, field, .. } => {
                let terms = columns.terms(slot);
                let holds = terms.iter().any(|term| places.contains(term));
                (holds, holds || terms.iter().any(|term| field.0 <= *term && *term < field.1))
            }
            Self::Numbers(places) => (columns.numbers(slot).iter().any(|place| places.has(*place)), true),
            Self::Price(span) if !is_product => {
                let price = view.snapshot.price(view.part, view.doc, slot);
                (price.is_some_and(|price| span.meets(price as f64, price as f64)), true)
            }
            Self::Rating(span) if is_product => {
                let (sum, count) = columns.ratings[view.doc as usize];
                let mean = f64::from(sum) / f64::from(count.max(1));
                (count > 0 && span.meets(mean, mean), true)
            }
            Self::Text(documents) => (is_product && documents.has(view.doc), true),
            Self::Price(_) | Self::Rating(_) | Self::Never => (false, true),
        }
    }

    /// Whether it may hold for some variant of a document, by what all of them state.
    fn may_hold(&self, view: &View<'_>) -> bool {
        let columns = &view.part.columns;
        match self {
            Self::Terms { places, texts, .. } => {
                columns.all_terms.of(view.doc).iter().any(|term| places.contains(term))
                    || texts.as_ref().is_some_and(|texts| texts.has(view.doc))
            }
            Self::Numbers(places) => columns.all_numbers.of(view.doc).iter().any(|place| places.has(*place)),
            Self::Price(span) => match columns.price_span(view.doc) {
                Some((low, high)) => low <= high && span.meets(low as f64, high as f64),
                None => true,
            },
            Self::Rating(_) | Self::Text(_) | Self::Never => self.slot(view, view.own(), true).0,
        }
    }

    /// Whether only a product can hold it and a variant cannot.
    fn is_of_product(&self) -> bool {
        match self {
            Self::Terms { is_of_product, texts, .. } => *is_of_product && texts.is_none(),
            Self::Rating(_) | Self::Text(_) => true,
            Self::Numbers(_) | Self::Price(_) | Self::Never => false,
        }
    }

    /// Whether the text of a document speaks for a constraint on whose field nothing is stated.
    fn text(&self, doc: u32) -> bool {
        matches!(self, Self::Terms { texts: Some(texts), .. } if texts.has(doc))
    }
}

/// The places of all terms of a field in a part.
fn field_range(part: &Part, field: &str) -> Result<(u32, u32), SearchError> {
    let Some(words) = &part.columns.term_words else { return Ok((0, 0)) };
    let place = |word: String| {
        Ok::<_, SearchError>(match words.term_ord_or_next(word)? {
            tantivy::columnar::TermOrdHit::Exact(place) | tantivy::columnar::TermOrdHit::Next(place) => {
                place.min(u64::from(u32::MAX)) as u32
            }
        })
    };
    Ok((place(format!("{field}{NUMBER}"))?, place(end_of(field))?))
}

impl Span {
    fn of(test: &Test) -> Option<Self> {
        let slack = |number: f64| number.abs() * TOLERANCE;
        Some(match test {
            Test::AnyOf(_) => return None,
            Test::AtMost(high) => Self { low: f64::NEG_INFINITY, high: high + slack(*high) },
            Test::AtLeast(low) => Self { low: low - slack(*low), high: f64::INFINITY },
            Test::Between(low, high) => Self { low: low - slack(*low), high: high + slack(*high) },
        })
    }

    /// Whether the span from low to high has a number of this one.
    fn meets(self, low: f64, high: f64) -> bool {
        low <= self.high && high >= self.low
    }
}
