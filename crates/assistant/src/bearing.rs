//! How a row bears on a question: how much of what decides it speaks of, whether it states what is asked for, and how
//! near it is in meaning. One score of these features decides whether it is an answer.

use commerce::Quantity;
use search::{EvidenceKind, EvidenceRow, analyse};

use crate::lexicon::{Concept, Measured, has_phrase, kinds, numbers, place_of, stem_list};
use crate::request::{Expected, Focus, Form, Term};

mod weights_table;

use weights_table as weights;

/// How far before what is counted its number can stand, in words: `two spare 5 Ah batteries`.
const COUNT_REACH: usize = 5;

/// Words of a rate, as stems.
const RATES: &[&str] = &["per", "each", "everi", "a", "an", "one"];

/// What stands between the parts that share an attribute.
const PARTS: [char; 4] = ['/', '&', '+', ','];

/// Letters of the shortest word that can be two in one.
const LEAST_COMPOUND: usize = 6;

/// Stems that name money, or that none is wanted.
const MONEY: &[&str] = &["free", "euro", "dollar", "pound", "cent", "penc", "eur", "usd", "gbp"];

/// A row with how it bears on a question.
#[derive(Clone, Debug)]
pub(crate) struct Scored {
    /// In English.
    pub(crate) row: EvidenceRow,
    /// As it stands, where that is another language.
    pub(crate) original: Option<Box<EvidenceRow>>,
    /// Stems of the quote in order.
    pub(crate) stems: Vec<String>,
    /// Stems of what it stands under.
    pub(crate) context: Vec<String>,
    /// The share of the deciding terms' weight that the row has, from 0 to 1.
    pub(crate) coverage: f32,
    /// How many of the deciding terms it speaks of.
    pub(crate) present: usize,
    /// The weight of all deciding terms.
    pub(crate) asked: f32,
    /// Whether it holds what an answer has to hold.
    pub(crate) states: bool,
    /// What it says of the values that are asked for.
    pub(crate) values: Values,
    /// How near it is to the question in meaning; `None` without an embedding model.
    pub(crate) meaning: Option<Meaning>,
    /// Whether it answers, when this reaches [`weights::ANSWERS`].
    pub(crate) score: f32,
}

/// How near a row is to a question in meaning.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Meaning {
    /// The cosine of their vectors.
    pub(crate) cosine: f32,
    /// How much that is above the median of the rows beside it: the product's name in a question lifts all rows about it
    /// alike.
    pub(crate) lead: f32,
}

impl Scored {
    /// The row as it stands in the catalog.
    pub(crate) fn origin(&self) -> &EvidenceRow {
        self.original.as_deref().unwrap_or(&self.row)
    }

    /// Whether it says enough of what was asked.
    pub(crate) fn answers(&self) -> bool {
        self.score >= weights::ANSWERS && self.coverage >= weights::LEAST_COVERAGE
    }

    /// How likely it supports an answer, from 0 to 1, where no other row has a greater cosine than `others`.
    pub(crate) fn likelihood(&self, others: f32) -> f32 {
        let Some(Meaning { cosine, lead }) = self.meaning else { return self.likelihood_by_words() };
        let sum = weights::LIKELY_BASE
            + weights::LIKELY_COSINE * cosine
            + weights::LIKELY_LEAD * lead
            + weights::LIKELY_MARGIN * (cosine - others)
            + weights::LIKELY_COVERAGE * self.coverage
            + if self.states { 0.0 } else { weights::LIKELY_STATES_NOT };
        logistic(sum)
    }

    /// The same without an embedding model.
    fn likelihood_by_words(&self) -> f32 {
        let is_of_shop = self.row.product.is_none();
        logistic(
            weights::WORDS_BASE
                + weights::WORDS_PRESENT * self.present as f32
                + weights::WORDS_COVERAGE * self.coverage
                + weights::WORDS_ASKED * self.asked.min(weights::MOST_ASKED)
                + weights::WORDS_LENGTH * (self.stems.len() as f32).ln_1p()
                + if is_of_shop { weights::WORDS_OF_SHOP } else { 0.0 }
                + if self.states { 0.0 } else { weights::WORDS_STATES_NOT },
        )
    }

    /// Whether the question that this row answers asks for what the focus does.
    pub(crate) fn is_asked_above(&self, focus: &Focus) -> bool {
        let whole: f32 = focus.terms.iter().map(|term| term.weight).sum();
        let is_above = |term: &&Term| {
            term.stems.iter().all(|stem| self.context.contains(stem))
                || term.others.iter().any(|(other, _)| has_phrase(&self.context, other))
                || term.opposites.iter().any(|other| has_phrase(&self.context, other))
        };
        let asked: f32 = focus.terms.iter().filter(is_above).map(|term| term.weight).sum();
        whole > 0.0 && asked >= weights::SAME_QUESTION * whole
    }
}

fn logistic(sum: f32) -> f32 {
    1.0 / (1.0 + (-sum).exp())
}

/// Whether a row with this likelihood is worth reading where nothing answers.
pub(crate) fn is_likely(likelihood: f32) -> bool {
    likelihood >= weights::LIKELY
}

/// Whether a row with this likelihood is worth showing beside silence.
pub(crate) fn is_close(likelihood: f32) -> bool {
    likelihood >= weights::CLOSE
}

/// What a row says of the values that are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Values {
    /// No value is asked for.
    NotAsked,
    /// It has one.
    Has,
    /// It enumerates others.
    Lacks,
    /// Nothing.
    Silent,
}

/// What the rows of one question are set beside.
pub(crate) struct Measure<'a> {
    pub(crate) focus: &'a Focus,
    /// What a term decides here.
    pub(crate) weight: &'a dyn Fn(&Term) -> f32,
}

impl Measure<'_> {
    /// Scores rows; `similarities` are those of meaning, in their order.
    pub(crate) fn score(&self, rows: Vec<EvidenceRow>, similarities: &[Option<f32>]) -> Vec<Scored> {
        let typical = median(similarities.iter().flatten().copied().collect());
        let pairs = rows.into_iter().zip(similarities);
        let meaning = |cosine: f32| Meaning { cosine, lead: cosine - typical };
        pairs.map(|(row, similarity)| self.one(row, similarity.map(meaning))).collect()
    }

    /// Whether a question asks for an attribute by its whole name: `does it have speakers built in` for `Speakers`.
    fn asks_for(&self, row: &EvidenceRow, name: &[String]) -> bool {
        let is_asked = |stem: &String| {
            let term = self.focus.terms.iter().find(|term| term.stems.contains(stem));
            term.is_some_and(|term| term.concept.is_none())
        };
        row.kind == EvidenceKind::Attribute && !name.is_empty() && name.iter().all(is_asked)
    }

    /// Whether it asks for one of the parts that an attribute is named after: `the sides` for `Back/sides`.
    fn asks_for_part(&self, row: &EvidenceRow) -> bool {
        let mut parts = row.context.split(PARTS);
        row.context.contains(PARTS) && parts.any(|part| self.asks_for(row, &stem_list(part)))
    }

    fn one(&self, row: EvidenceRow, meaning: Option<Meaning>) -> Scored {
        let (stems, context) = (stem_list(&row.quote), stem_list(&row.context));
        let whole: f32 = self.focus.terms.iter().map(self.weight).sum();
        let is_count =
            |term: &Term| matches!(&self.focus.expected, Expected::Count(noun) if term.stems.contains(noun));
        let has = |term: &Term| match is_count(term) && counts_goods(&row, &stems) {
            true => 1.0,
            false => presence(term, &row, &stems, &context),
        };
        let matched: f32 = self.focus.terms.iter().map(|term| (self.weight)(term) * has(term)).sum();
        let heaviest = self.focus.terms.iter().max_by(|a, b| (self.weight)(a).total_cmp(&(self.weight)(b)));
        let has_heaviest = heaviest.is_none_or(|term| has(term) >= weights::PRESENT);
        let coverage = match whole > 0.0 {
            true => matched / whole,
            // `How many pounds is it` asks for nothing but the measure.
            false if matches!(self.focus.expected, Expected::Measured(_)) => weights::NAMED,
            false => 0.0,
        };
        let is_named = self.asks_for(&row, &context) || self.asks_for_part(&row);
        let coverage = coverage.max(if is_named { weights::NAMED } else { 0.0 });
        let present = self.focus.terms.iter().filter(|term| has(term) >= weights::PRESENT).count();
        let has_heaviest = has_heaviest || coverage >= weights::NAMED && row.kind == EvidenceKind::Attribute;
        let values = values(self.focus, &row, &stems);
        let is_value =
            || is_named && self.focus.expected_concept().is_some_and(|concept| concept.measured.is_empty());
        let states = values != Values::Silent && (is_value() || states(self.focus, &row, &stems, &context));
        let score = weights::COVERAGE * coverage
            + if has_heaviest { weights::HEAVIEST } else { 0.0 }
            + weights::NEARNESS * meaning.map_or(0.0, nearness)
            - if states { 0.0 } else { weights::STATES_NOT }
            - if values == Values::Lacks { weights::LACKS_VALUE } else { 0.0 };
        Scored {
            row,
            original: None,
            stems,
            context,
            coverage,
            present,
            asked: whole,
            states,
            values,
            meaning,
            score: score.clamp(0.0, 1.0),
        }
    }
}

/// The similarity of meaning, as far as it is high and higher than that of the other rows.
fn nearness(meaning: Meaning) -> f32 {
    let share = |value: f32, (low, high): (f32, f32)| ((value - low) / (high - low)).clamp(0.0, 1.0);
    share(meaning.cosine, weights::SIMILARITY) * share(meaning.lead, weights::MARGIN)
}

fn median(mut values: Vec<f32>) -> f32 {
    values.sort_by(f32::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(0.0)
}

/// How far a term is present in a row: 1 for itself or what states it, less for what is near it.
pub(crate) fn presence(term: &Term, row: &EvidenceRow, stems: &[String], context: &[String]) -> f32 {
    let own = |text: &[String]| {
        let present = term.stems.iter().filter(|stem| text.contains(stem) || is_compound(stem, text)).count();
        present as f32 / term.stems.len().max(1) as f32
    };
    let (here, above) = (own(stems), own(context) * weights::CONTEXT);
    if here >= 1.0 {
        return 1.0;
    }
    let stated = term.concept.is_some_and(|concept| is_stated(concept, row, stems, context));
    let other = term.others.iter().filter(|(other, _)| has_phrase(stems, other)).map(|(_, weight)| *weight);
    let others_above = term.others.iter().filter(|(other, _)| has_phrase(context, other));
    let above = above.max(others_above.map(|(_, weight)| weight * weights::CONTEXT).fold(0.0, f32::max));
    let is_undone =
        |stem: &String| stem.strip_prefix("un").is_some_and(|rest| term.stems.iter().any(|own| own == rest));
    let is_opposed =
        stems.iter().any(is_undone) || term.opposites.iter().any(|opposite| has_phrase(stems, opposite));
    let partial = if term.concept.is_some() { here * weights::PARTIAL } else { 0.0 };
    let own_words = weights::OWN_WORDS * here;
    let told = if stated {
        1.0 - weights::OWN_WORDS
    } else {
        other.fold(0.0, f32::max) * (1.0 - weights::OWN_WORDS)
    };
    let told = if told > 0.0 { told + own_words } else { told };
    let opposed = if is_opposed { weights::OPPOSED } else { 0.0 };
    told.max(opposed).max(above).max(partial)
}

/// Whether two words of a text that stand side by side are one word of a question: `powerbank` and `power bank`.
fn is_compound(stem: &str, text: &[String]) -> bool {
    stem.len() >= LEAST_COMPOUND
        && text.windows(2).any(|pair| stem.strip_prefix(pair[0].as_str()) == Some(pair[1].as_str()))
}

/// Whether a row holds what an answer has to hold.
fn states(focus: &Focus, row: &EvidenceRow, stems: &[String], context: &[String]) -> bool {
    if focus.is_rate && !stems.iter().any(|stem| RATES.contains(&stem.as_str())) && !row.quote.contains('/') {
        return false;
    }
    match &focus.expected {
        Expected::Anything => true,
        Expected::Count(noun) => counts(noun, row, stems),
        Expected::Measured(_) if is_of_other_rule(focus, row) => false,
        Expected::Measured(dimension) => has_measure(Measured::In(*dimension), &row.quote),
        Expected::Concept(_) => focus.expected_concept().is_none_or(|concept| {
            names_number(focus, concept, row, stems)
                || is_stated(concept, row, stems, context)
                || says(concept, stems) && !is_measure(concept)
        }),
    }
}

/// Whether a question asks how long a rule of the shop holds and an attribute measures something else: an age is no warranty.
fn is_of_other_rule(focus: &Focus, row: &EvidenceRow) -> bool {
    let mut rules = focus.concepts().filter(|concept| !concept.rule.is_empty()).peekable();
    row.kind == EvidenceKind::Attribute
        && rules.peek().is_some()
        && !rules.any(|concept| is_key_of(concept, &row.source))
}

/// Whether a row has the question's words for what is measured and a number, in a unit that is not known.
fn names_number(focus: &Focus, concept: &Concept, row: &EvidenceRow, stems: &[String]) -> bool {
    let is_other = concept.unless.iter().any(|unless| has_phrase(stems, unless));
    let own = focus.terms.iter().filter(|term| term.concept == Some(concept)).flat_map(|term| &term.stems);
    let mut own = own.peekable();
    let has_number = row.quote.contains(|c: char| c.is_ascii_digit());
    !concept.measured.is_empty()
        && !is_other
        && has_number
        && own.peek().is_some()
        && own.all(|stem| stems.contains(stem))
}

fn says(concept: &Concept, stems: &[String]) -> bool {
    concept.spoken().any(|phrase| has_phrase(stems, phrase))
}

/// Whether only a measure can answer.
fn is_measure(concept: &Concept) -> bool {
    concept.measured.iter().any(|measured| matches!(measured, Measured::In(_) | Measured::Money))
        && concept.told.is_empty()
}

/// What a row says of the values that are asked for. One that enumerates values of the kind denies those left out: an
/// attribute, a list in the shop's rules, a sentence that says what something is made of.
fn values(focus: &Focus, row: &EvidenceRow, stems: &[String]) -> Values {
    if focus.values.is_empty() || focus.form != Form::YesNo {
        return Values::NotAsked;
    }
    let all = focus.concepts().flat_map(|concept| concept.kinds.iter().map(move |kind| (concept, kind)));
    let mut lacks = false;
    for (concept, kind) in all {
        let said = kinds::said(kind, stems);
        // What has almonds has nuts.
        let has = |said: &&str, asked: &String| {
            kinds::covers(said, asked) || kind == kinds::ALLERGEN && kinds::covers(asked, said)
        };
        if said.iter().any(|said| focus.values.iter().any(|asked| has(said, asked))) {
            return Values::Has;
        }
        let closes = |phrase: &str| has_phrase(stems, phrase);
        lacks |= match row.kind {
            EvidenceKind::Attribute => !said.is_empty() && is_stated(concept, row, stems, &[]),
            EvidenceKind::Policy | EvidenceKind::Page => {
                said.len() >= 2 || !said.is_empty() && closes("onli")
            }
            _ => !said.is_empty() && (closes("made of") || closes("made from")),
        };
    }
    if lacks { Values::Lacks } else { Values::Silent }
}

/// Whether a row states a concept by more than its name: an attribute of it, a measure, a value of a kind.
pub(crate) fn is_stated(concept: &Concept, row: &EvidenceRow, stems: &[String], context: &[String]) -> bool {
    let is_attribute = row.kind == EvidenceKind::Attribute;
    if is_attribute && is_key_of(concept, &row.source) {
        return true;
    }
    if row.document.is_some() && concept.measured.is_empty() && is_under_heading(concept, row) {
        return true;
    }
    let is_about = concept.about.is_empty()
        || concept.about.iter().any(|about| has_phrase(stems, about) || has_phrase(context, about));
    let is_other = concept.unless.iter().any(|unless| has_phrase(stems, unless));
    let measures =
        is_about && !is_other && concept.measured.iter().any(|measured| has_measure(*measured, &row.quote));
    measures || concept.kinds.iter().any(|kind| !is_attribute && !kinds::said(kind, stems).is_empty())
}

/// Whether an attribute of this key states a concept.
pub(crate) fn is_key_of(concept: &Concept, key: &str) -> bool {
    let is_key = |part: &str| concept.keys.iter().any(|key| *key == analyse::stem(part) || key == part);
    key.split('_').any(is_key) && !is_other_key(concept, key)
}

/// Whether a row of a document stands under a heading for a concept.
fn is_under_heading(concept: &Concept, row: &EvidenceRow) -> bool {
    let Some((_, heading)) = row.context.split_once(" > ").filter(|_| !concept.headed.is_empty()) else {
        return false;
    };
    let heading = stem_list(heading);
    concept.headed.iter().any(|phrase| has_phrase(&heading, phrase))
}

/// Whether another word of the key makes it another attribute: `cable length` is not the length of `battery capacity`.
fn is_other_key(concept: &Concept, key: &str) -> bool {
    let words = stem_list(&key.replace('_', " ")).join(" ");
    concept.unless.iter().any(|unless| format!(" {words} ").contains(&format!(" {unless} ")))
}

fn has_measure(measured: Measured, quote: &str) -> bool {
    match measured {
        Measured::In(dimension) => {
            let measures = Quantity::find_all(&numbers::as_digits(quote));
            measures.iter().any(|(_, quantity)| quantity.dimension() == dimension)
        }
        Measured::Number => quote.contains(|c: char| c.is_ascii_digit()),
        Measured::Money => {
            let is_money = |stem: &String| MONEY.contains(&stem.as_str());
            quote.contains(['$', '€', '£', '¥']) || stem_list(quote).iter().any(is_money)
        }
    }
}

/// Whether a row says how many of something there are.
fn counts(noun: &str, row: &EvidenceRow, stems: &[String]) -> bool {
    let is_counted =
        |place: usize| stems[place.saturating_sub(COUNT_REACH)..place].iter().any(|stem| is_number(stem));
    let places = stems.iter().enumerate().filter(|(_, stem)| *stem == noun).map(|(place, _)| place);
    let is_attribute = row.kind == EvidenceKind::Attribute && stems.iter().any(|stem| is_number(stem));
    places.into_iter().any(is_counted)
        || counts_goods(row, stems)
        || is_attribute && row.quote.to_lowercase().contains(noun)
}

/// Whether a row says how many things the goods are: `46-piece`, `set of four`.
fn counts_goods(row: &EvidenceRow, stems: &[String]) -> bool {
    let is_number_at = |place: usize| stems.get(place).is_some_and(|stem| is_number(stem));
    let units = ["piec", "pack", "count", "pc"].iter().filter_map(|unit| place_of(stems, unit));
    let sets = ["set of", "pack of", "box of", "pair of", "bundl of"]
        .iter()
        .filter_map(|unit| place_of(stems, unit));
    let is_said = matches!(row.kind, EvidenceKind::Attribute | EvidenceKind::Description);
    is_said
        && (units.into_iter().any(|place| place > 0 && is_number_at(place - 1))
            || sets.into_iter().any(|place| is_number_at(place + 2)))
}

/// Whether a stem is a number.
pub(crate) fn is_number(word: &str) -> bool {
    const NUMBERS: &[&str] = &[
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelv",
        "dozen", "pair", "singl", "doubl", "tripl", "twin", "fifteen", "twenti", "both", "quadrupl",
    ];
    NUMBERS.contains(&word) || !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit())
}
