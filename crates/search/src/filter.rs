//! Constraints against the columns of a part: which variants of a product hold all of them.
//!
//! A variant states what its own slot and the product's slot say. A plain test holds when one stated value passes; a
//! negated test holds when none does. A constraint that was read from words also looks at the text of products that
//! state nothing on its field, or a list that need not be whole; and what a product states as a whole does not outweigh
//! its own title (see [`Constraint`]).

mod documents;

use std::ops::Range;

pub(crate) use self::documents::Documents;
use self::documents::PlaceSet;
use crate::field_key::{NUMBER, SEPARATOR, TEXT_NUMBERS, end_of, of_field, parse_number_field, term};
use crate::part::Part;
use crate::schema::SHOP_TEXTS;
use crate::snapshot::Snapshot;
use crate::{Constraint, Field, SearchError, Test};

/// Constraints of one query.
pub(crate) const MAX_CONSTRAINTS: usize = 32;
/// Numbers this share apart are the same: units are converted in floating point.
const TOLERANCE: f64 = 1e-6;
/// The text of [`crate::schema::TEXTS`] that is the title.
const TITLE: usize = 0;
/// So few places are looked through one after another.
const FEW: usize = 8;
/// More variants than this are looked at again instead of being remembered in a mask.
const MASKED: u32 = 64;

/// Constraints made ready for every part of a snapshot.
pub(crate) struct Filter {
    /// For each part the tests in the order of the constraints.
    parts: Vec<Vec<Check>>,
    negated: u32,
    count: usize,
}

/// One constraint, ready for one part.
enum Check {
    /// One of these places in the part's dictionary of terms, in order.
    Terms(Terms),
    /// A number of the fields asked for; if none of them is stated, one that the text gives.
    Numbers(Numbers),
    /// The price.
    Price(Span),
    /// The mean of the stars.
    Rating(Span),
    /// What is saved.
    Saving(Span),
    /// A document of the set.
    Text(Documents),
    /// A test that the field cannot pass.
    Never,
}

/// Values of fields.
struct Terms {
    /// In order.
    places: Vec<u32>,
    /// The documents that state one of them, or a variant of which does.
    stating: Documents,
    /// The places of all values of each field.
    fields: Vec<(u32, u32)>,
    is_of_product: bool,
    is_negated: bool,
    /// The documents whose text, and whose title, speaks for it.
    texts: Option<Documents>,
    titles: Option<Documents>,
}

/// Numbers, as places in the part's table of them.
struct Numbers {
    /// Those of the fields that decide, and of those that do where none of these is stated.
    first: Stated,
    otherwise: Stated,
    /// Those that texts give and that pass.
    texts: PlaceSet,
}

/// Numbers of some fields, and which of them pass.
struct Stated {
    all: PlaceSet,
    passing: PlaceSet,
}

#[derive(Clone, Copy)]
struct Span {
    low: f64,
    high: f64,
}

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
            own |= u32::from(holds || states && check.title(doc)) << place;
            stated |= u32::from(states) << place;
        }
        for slot in slots.skip(1) {
            let mut holding = own;
            for (place, check) in checks.iter().enumerate() {
                if own & 1 << place == 0 {
                    let (holds, states) = check.slot(&view, slot, false);
                    let is_stated = states || stated & 1 << place != 0;
                    holding |= u32::from(holds || !is_stated && check.text(&view)) << place;
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
    pub(crate) fn documents(&self, part: usize) -> Option<Documents> {
        let mut all: Option<Documents> = None;
        for check in &self.parts[part] {
            let Check::Terms(terms) = check else { continue };
            if terms.is_negated {
                continue;
            }
            let mut any = terms.stating.clone();
            terms.texts.iter().chain(&terms.titles).for_each(|said| any.join(said));
            match &mut all {
                Some(all) => all.meet(&any),
                None => all = Some(any),
            }
        }
        all
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
            (Field::Price, test) => Ok(Span::of(test).map_or(Self::Never, Self::Price)),
            (Field::Rating, test) => Ok(Span::of(test).map_or(Self::Never, Self::Rating)),
            (Field::Saving, test) => Ok(Span::of(test).map_or(Self::Never, Self::Saving)),
            (_, Test::AnyOf(values)) => Self::terms(snapshot, part, constraint, values),
            (_, _) => Self::numbers(part, constraint),
        }
    }

    fn terms(
        snapshot: &Snapshot,
        part: &Part,
        constraint: &Constraint,
        values: &[String],
    ) -> Result<Self, SearchError> {
        let (mut places, mut fields) = (Vec::new(), Vec::new());
        for field in constraint.fields().filter_map(of_field) {
            for value in values {
                for separator in [SEPARATOR, NUMBER] {
                    let word = term(&field, separator, value.trim());
                    places.extend(Part::place_of(&part.columns.term_words, &word)?);
                }
            }
            fields.push(field_range(part, &field)?);
        }
        places.sort_unstable();
        let spoken = |texts: Range<usize>| match constraint.words.is_empty() {
            true => Ok(None),
            false => Documents::saying_one(snapshot, part, &constraint.words, texts),
        };
        let texts = spoken(TITLE..SHOP_TEXTS)?;
        let titles = spoken(TITLE..TITLE + 1)?;
        let stating = match constraint.is_negated {
            true => Documents::none(part),
            false => Documents::stating(snapshot, part, constraint, values)?,
        };
        let is_of_product = constraint.fields().all(|field| matches!(field, Field::Category | Field::Brand));
        let is_negated = constraint.is_negated;
        Ok(Self::Terms(Terms { places, stating, fields, is_of_product, is_negated, texts, titles }))
    }

    fn numbers(part: &Part, constraint: &Constraint) -> Result<Self, SearchError> {
        let Some(span) = Span::of(&constraint.test) else { return Ok(Self::Never) };
        let names: Vec<String> = constraint.fields().filter_map(of_field).collect();
        let others: Vec<String> = constraint.else_fields.iter().filter_map(of_field).collect();
        let (mut first, mut otherwise, mut texts) = (Vec::new(), Vec::new(), Vec::new());
        for text in crate::part::all_words(&part.columns.number_words)? {
            let (field, dimension) = parse_number_field(&text).unwrap_or((&text, None));
            let is_measured = constraint.dimension.is_none() || constraint.dimension == dimension;
            let is_asked = is_measured && names.iter().any(|name| name == field);
            first.push(is_asked);
            otherwise.push(is_measured && others.iter().any(|name| name == field));
            texts.push(is_measured && !is_asked && field == TEXT_NUMBERS && !constraint.words.is_empty());
        }
        let table = || part.columns.number_table.iter();
        let of = |fields: &[bool]| {
            let pass =
                |(field, low, high): &(u32, f64, f64)| fields[*field as usize] && span.meets(*low, *high);
            PlaceSet::of(table().map(pass))
        };
        let stated = |fields: &[bool]| Stated {
            all: PlaceSet::of(table().map(|(field, ..)| fields[*field as usize])),
            passing: of(fields),
        };
        let (first, otherwise) = (stated(&first), stated(&otherwise));
        Ok(Self::Numbers(Numbers { first, otherwise, texts: of(&texts) }))
    }

    /// Whether a slot passes, and whether it states anything on the field.
    fn slot(&self, view: &View<'_>, slot: u32, is_product: bool) -> (bool, bool) {
        let columns = &view.part.columns;
        match self {
            Self::Terms(terms) => terms.slot(columns.terms(slot)),
            Self::Numbers(numbers) => {
                let deciding = numbers.deciding(columns.all_numbers.of(view.doc));
                let own = columns.numbers(slot);
                let holds = own.iter().any(|place| deciding.passing.has(*place));
                (holds, holds || own.iter().any(|place| deciding.all.has(*place)))
            }
            Self::Price(span) if !is_product => {
                let price = view.snapshot.price(view.part, view.doc, slot);
                (price.is_some_and(|price| span.meets(price as f64, price as f64)), true)
            }
            Self::Saving(span) if !is_product => {
                let now = view.snapshot.price(view.part, view.doc, slot);
                let saved = now
                    .zip(columns.regular(slot))
                    .map(|(now, before)| 100.0 * (1.0 - now as f64 / before.max(1) as f64));
                (saved.is_some_and(|saved| saved > 0.0 && span.meets(saved, saved)), true)
            }
            Self::Rating(span) if is_product => {
                let (sum, count) = columns.ratings[view.doc as usize];
                let mean = f64::from(sum) / f64::from(count.max(1));
                (count > 0 && span.meets(mean, mean), true)
            }
            Self::Text(documents) => (is_product && documents.has(view.doc), true),
            Self::Price(_) | Self::Saving(_) | Self::Rating(_) | Self::Never => (false, true),
        }
    }

    /// Whether it may hold for some variant of a document, by what all of them state and what the texts say.
    fn may_hold(&self, view: &View<'_>) -> bool {
        let columns = &view.part.columns;
        match self {
            Self::Terms(terms) => {
                let mut documents = std::iter::once(&terms.stating).chain(&terms.texts).chain(&terms.titles);
                documents.any(|documents| documents.has(view.doc))
            }
            Self::Numbers(numbers) => {
                let all = columns.all_numbers.of(view.doc);
                let deciding = numbers.deciding(all);
                all.iter().any(|place| deciding.passing.has(*place) || numbers.texts.has(*place))
            }
            Self::Price(span) => match columns.price_span(view.doc) {
                Some((low, high)) => low <= high && span.meets(low as f64, high as f64),
                None => true,
            },
            Self::Saving(_) => columns.has_sales(view.doc),
            Self::Rating(_) | Self::Text(_) | Self::Never => self.slot(view, view.own(), true).0,
        }
    }

    /// Whether only a product can hold it and a variant cannot.
    fn is_of_product(&self) -> bool {
        match self {
            Self::Terms(terms) => terms.is_of_product && terms.texts.is_none(),
            Self::Rating(_) | Self::Text(_) => true,
            Self::Numbers(_) | Self::Price(_) | Self::Saving(_) | Self::Never => false,
        }
    }

    /// Whether the text of a document speaks for a constraint on whose field nothing is stated.
    fn text(&self, view: &View<'_>) -> bool {
        match self {
            Self::Terms(Terms { texts: Some(texts), .. }) => texts.has(view.doc),
            Self::Numbers(numbers) => {
                let given = view.part.columns.numbers(view.own());
                given.iter().any(|place| numbers.texts.has(*place))
            }
            _ => false,
        }
    }

    /// Whether the title of a document speaks for a constraint, whatever the product states.
    fn title(&self, doc: u32) -> bool {
        matches!(self, Self::Terms(Terms { titles: Some(titles), .. }) if titles.has(doc))
    }
}

impl Numbers {
    /// Those that decide for goods that state these.
    fn deciding(&self, stated: &[u32]) -> &Stated {
        let is_first = stated.iter().any(|place| self.first.all.has(*place));
        if is_first { &self.first } else { &self.otherwise }
    }
}

impl Terms {
    /// Whether one of these terms passes, and whether they settle the question: several values are a list that need
    /// not be whole.
    fn slot(&self, stated: &[u32]) -> (bool, bool) {
        let is_asked = |term: &u32| match self.places.as_slice() {
            few if few.len() <= FEW => few.contains(term),
            many => many.binary_search(term).is_ok(),
        };
        let holds = stated.iter().any(is_asked);
        let settles = |field: &(u32, u32)| {
            let own = stated.iter().filter(|term| field.0 <= **term && **term < field.1).count();
            own == 1 || own > 0 && self.is_negated
        };
        (holds, holds || self.fields.iter().any(settles))
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
