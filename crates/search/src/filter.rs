//! Constraints against the columns of a part: which variants of a product hold all of them.
//!
//! A variant states what its own slot and the product's slot say. A plain test holds when one stated value passes; a
//! negated test holds when none does. A constraint that was read from words also looks at the text of products that
//! state nothing on its field, or a list that need not be whole; and what a product states as a whole does not outweigh
//! its own title (see [`Constraint`]).

use std::ops::Range;

use tantivy::Term;

use crate::analyse::words_in;
use crate::denials::{denied, denied_stem};
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
    /// A number of one of these fields; if none of them is stated, one of those that the text gives.
    Numbers { fields: Vec<u32>, texts: Vec<u32>, span: Span },
    /// The price.
    Price(Span),
    /// The mean of the stars.
    Rating(Span),
    /// A document of the set.
    Text(Documents),
    /// A test that the field cannot pass.
    Never,
}

/// Values of fields.
struct Terms {
    places: Vec<u32>,
    /// The places of all values of each field.
    fields: Vec<(u32, u32)>,
    is_of_product: bool,
    is_negated: bool,
    /// The documents whose text, and whose title, speaks for it.
    texts: Option<Documents>,
    titles: Option<Documents>,
}

#[derive(Clone, Copy)]
struct Span {
    low: f64,
    high: f64,
}

/// A set of documents of one part.
struct Documents(Vec<u64>);

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

    /// The slots of the variants for which all constraints hold.
    pub(crate) fn matching(&self, snapshot: &Snapshot, part: usize, doc: u32, found: &mut Vec<u32>) {
        found.clear();
        if self.can_match(snapshot, part, doc) {
            let all = self.all();
            self.each_variant(snapshot, part, doc, |slot, holding| {
                if holding == all {
                    found.push(slot);
                }
            });
        }
    }

    /// Whether what only a product can state, such as its category, lets any of its variants match: most products
    /// are ruled out by it without a look at their variants.
    pub(crate) fn can_match(&self, snapshot: &Snapshot, part: usize, doc: u32) -> bool {
        let view = View { snapshot, part: &snapshot.parts[part], doc };
        let own = view.part.columns.slots(doc).start;
        self.parts[part].iter().enumerate().all(|(place, check)| {
            let holds = || check.slot(&view, own, true).0;
            !check.is_of_product() || holds() != (self.negated & 1 << place != 0)
        })
    }
}

/// One document of one part.
struct View<'a> {
    snapshot: &'a Snapshot,
    part: &'a Part,
    doc: u32,
}

impl Check {
    fn new(snapshot: &Snapshot, part: &Part, constraint: &Constraint) -> Result<Self, SearchError> {
        match (&constraint.field, &constraint.test) {
            (Field::Text, Test::AnyOf(values)) => Documents::with_any(snapshot, part, values).map(Self::Text),
            (Field::Price, test) => Ok(Span::of(test).map_or(Self::Never, Self::Price)),
            (Field::Rating, test) => Ok(Span::of(test).map_or(Self::Never, Self::Rating)),
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
        let is_of_product = constraint.fields().all(|field| matches!(field, Field::Category | Field::Brand));
        let is_negated = constraint.is_negated;
        Ok(Self::Terms(Terms { places, fields, is_of_product, is_negated, texts, titles }))
    }

    fn numbers(part: &Part, constraint: &Constraint) -> Result<Self, SearchError> {
        let Some(span) = Span::of(&constraint.test) else { return Ok(Self::Never) };
        let names: Vec<String> = constraint.fields().filter_map(of_field).collect();
        let (mut fields, mut texts) = (Vec::new(), Vec::new());
        for (place, text) in crate::part::all_words(&part.columns.number_words)?.iter().enumerate() {
            let Some((field, dimension)) = parse_number_field(text) else { continue };
            let is_measured = constraint.dimension.is_none() || constraint.dimension == dimension;
            if is_measured && names.iter().any(|name| name == field) {
                fields.push(place as u32);
            } else if is_measured && field == TEXT_NUMBERS && !constraint.words.is_empty() {
                texts.push(place as u32);
            }
        }
        Ok(Self::Numbers { fields, texts, span })
    }

    /// Whether a slot passes, and whether it states anything on the field.
    fn slot(&self, view: &View<'_>, slot: u32, is_product: bool) -> (bool, bool) {
        let columns = &view.part.columns;
        match self {
            Self::Terms(terms) => terms.slot(columns.terms(slot)),
            Self::Numbers { fields, span, .. } => {
                let stated = || columns.numbers(slot).iter().filter(|(field, ..)| fields.contains(field));
                (stated().any(|(_, low, high)| span.meets(*low, *high)), stated().next().is_some())
            }
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

    /// Whether only a product can hold it and a variant cannot.
    fn is_of_product(&self) -> bool {
        match self {
            Self::Terms(terms) => terms.is_of_product && terms.texts.is_none(),
            Self::Rating(_) | Self::Text(_) => true,
            Self::Numbers { .. } | Self::Price(_) | Self::Never => false,
        }
    }

    /// Whether the text of a document speaks for a constraint on whose field nothing is stated.
    fn text(&self, view: &View<'_>) -> bool {
        match self {
            Self::Terms(Terms { texts: Some(texts), .. }) => texts.has(view.doc),
            Self::Numbers { texts, span, .. } => {
                let columns = &view.part.columns;
                let given = columns.numbers(columns.slots(view.doc).start).iter();
                given
                    .filter(|(field, ..)| texts.contains(field))
                    .any(|(_, low, high)| span.meets(*low, *high))
            }
            _ => false,
        }
    }

    /// Whether the title of a document speaks for a constraint, whatever the product states.
    fn title(&self, doc: u32) -> bool {
        matches!(self, Self::Terms(Terms { titles: Some(titles), .. }) if titles.has(doc))
    }
}

impl Terms {
    /// Whether one of these terms passes, and whether they settle the question: several values are a list that need
    /// not be whole.
    fn slot(&self, stated: &[u32]) -> (bool, bool) {
        let holds = stated.iter().any(|term| self.places.contains(term));
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

impl Documents {
    fn none(part: &Part) -> Self {
        Self(vec![0; part.columns.len().div_ceil(64)])
    }

    fn has(&self, doc: u32) -> bool {
        self.0[doc as usize / 64] & 1 << (doc % 64) != 0
    }

    /// The documents that have this term in one of these texts.
    fn having(
        snapshot: &Snapshot,
        part: &Part,
        term: &str,
        texts: Range<usize>,
    ) -> Result<Self, SearchError> {
        let mut documents = Self::none(part);
        for text in texts {
            let term = Term::from_field_text(snapshot.fields.texts[text], term);
            part.each_posting(text, &term, |docs, _| {
                docs.iter().for_each(|doc| documents.0[*doc as usize / 64] |= 1 << (doc % 64));
            })?;
        }
        Ok(documents)
    }

    /// The documents that have this stem in one of these texts and do not deny it.
    fn saying(
        snapshot: &Snapshot,
        part: &Part,
        stem: &str,
        texts: Range<usize>,
    ) -> Result<Self, SearchError> {
        let mut documents = Self::having(snapshot, part, stem, texts)?;
        let denying = Self::having(snapshot, part, &denied(stem), TITLE..SHOP_TEXTS)?;
        documents.0.iter_mut().zip(denying.0).for_each(|(says, denies)| *says &= !denies);
        Ok(documents)
    }

    /// The documents that say all words of one of these phrases, which commas part; `None` when no word counts.
    fn saying_one(
        snapshot: &Snapshot,
        part: &Part,
        phrases: &str,
        texts: Range<usize>,
    ) -> Result<Option<Self>, SearchError> {
        let mut one: Option<Self> = None;
        for phrase in phrases.split(", ") {
            let Some(found) = Self::saying_all(snapshot, part, phrase, texts.clone())? else { continue };
            match &mut one {
                Some(one) => one.0.iter_mut().zip(found.0).for_each(|(one, found)| *one |= found),
                None => one = Some(found),
            }
        }
        Ok(one)
    }

    fn saying_all(
        snapshot: &Snapshot,
        part: &Part,
        phrase: &str,
        texts: Range<usize>,
    ) -> Result<Option<Self>, SearchError> {
        let grammar = snapshot.state.language.grammar();
        let mut all: Option<Self> = None;
        for word in words_in(snapshot.state.language, phrase) {
            if grammar.is_stop(&word.text) || grammar.may_deny(&word.text) {
                continue;
            }
            let found = Self::saying(snapshot, part, &word.stem, texts.clone())?;
            match &mut all {
                Some(all) => all.0.iter_mut().zip(found.0).for_each(|(all, found)| *all &= found),
                None => all = Some(found),
            }
        }
        Ok(all)
    }

    /// The documents whose shop texts say one of these phrases, or have to deny it where a minus stands before it.
    fn with_any(snapshot: &Snapshot, part: &Part, phrases: &[String]) -> Result<Self, SearchError> {
        let shop = TITLE..SHOP_TEXTS;
        let mut any = Self::none(part);
        for phrase in phrases {
            let found = match denied_stem(phrase) {
                Some(_) => Self::having(snapshot, part, phrase, shop.clone())?,
                None => match Self::saying_one(snapshot, part, phrase, shop.clone())? {
                    Some(found) => found,
                    None => Self::saying(snapshot, part, phrase, shop.clone())?,
                },
            };
            any.0.iter_mut().zip(found.0).for_each(|(any, found)| *any |= found);
        }
        Ok(any)
    }
}
