//! What the store states of a demand: attributes first, then sentences of the description and of answers, then reviewers
//! counted.

use std::collections::BTreeMap;

use commerce::{Dimension, Product, Quantity};
use search::{EvidenceKind, EvidenceRow};

use super::case::{Demand, Test};
use crate::Ask;
use crate::directive::is_quotable;
use crate::hazard;
use crate::lexicon::needs::{Grade, Measure, Need};
use crate::lexicon::sizes::Measured;
use crate::lexicon::{has_phrase, numbers, stem_list, stems};
use crate::reason::answer::PLACES;
use crate::request::Focus;
use crate::stance::{self, Stance};
use crate::step::{Bearing, Shown, Verdict};

/// Rows that one finding cites at most.
const MAX_CITED: usize = 3;
/// Rows of reviews that one finding cites at most.
const MAX_VOICES: usize = 8;
/// So many reviewers who say otherwise cast doubt on what the shop states.
const DOUBTING: u32 = 2;
/// A measure that is this share short still serves.
const SLACK: f64 = 0.02;
/// What outranks what: a measure, a list of weathers, any other detail, a sentence.
const MEASURE: u8 = 0;
const LIST: u8 = 1;
const DETAIL: u8 = 2;
const SENTENCE: u8 = 3;
/// Words before the least that a measure allows, and behind it.
const LEAST: &[&str] = &["over", "from", "least", "above", "minimum", "min", "than", "after"];
const UPWARDS: &[&str] = &["and up", "and over", "and older", "or older", "+", "and above", "plus"];
/// How many words before a measure say whether it is a least or a most.
const NEAR: usize = 4;
/// How many words before a measure can deny it.
const DENIAL_REACH: usize = 6;
/// Words before the most that a measure allows.
const MOST: &[&str] = &["max", "maximum", "most", "under", "below", "until", "less", "limit"];
/// Degrees by which a rating may be above the mean low: a mean low is no lowest.
const SLACK_DEGREES: f64 = 0.5;

/// A product with what was found of it.
pub(super) struct Judged<'a> {
    pub(super) product: &'a Product,
    pub(super) findings: Vec<(Demand, Finding)>,
    pub(super) verdict: Verdict,
}

/// What was found of a demand.
#[derive(Clone, Debug, Default)]
pub(super) struct Finding {
    /// How it bears on the demand; `None` where the store is silent.
    pub(super) bearing: Option<Bearing>,
    /// What decides, the shop's own rows first.
    pub(super) rows: Vec<EvidenceRow>,
    pub(super) beside: Option<String>,
    pub(super) agree: u32,
    pub(super) disagree: u32,
    /// Whether a measure decides it.
    pub(super) is_measured: bool,
}

impl Finding {
    /// Whether only reviewers say it.
    pub(super) fn is_counted(&self) -> bool {
        self.agree + self.disagree > 0 && self.rows.iter().all(|row| row.kind == EvidenceKind::Review)
    }

    pub(super) fn is_uncertain(&self) -> bool {
        self.is_counted() || matches!(self.bearing, Some(Bearing::Partly | Bearing::Divided))
    }

    /// What a shopper is shown of the rows: of reviews one sentence of each side at most.
    pub(super) fn shown(&self) -> Vec<Shown> {
        let own = self.rows.iter().filter(|row| row.kind != EvidenceKind::Review).take(2);
        let voices = self.rows.iter().filter(|row| row.kind == EvidenceKind::Review).take(1);
        let shown = |row: &EvidenceRow| Shown { kind: row.kind, quote: row.quote.clone() };
        let own: Vec<Shown> = own.map(shown).collect();
        if own.is_empty() || self.bearing == Some(Bearing::Divided) {
            own.into_iter().chain(voices.map(shown)).collect()
        } else {
            own
        }
    }
}

/// A row that takes a side.
struct Side<'a> {
    row: &'a EvidenceRow,
    bearing: Bearing,
    beside: Option<String>,
    is_measured: bool,
    rank: u8,
}

/// A row with the stems of its text and of what it stands under, read once for all demands.
pub(super) struct Read<'a> {
    row: &'a EvidenceRow,
    said: Vec<String>,
    label: Vec<String>,
}

/// Reads the rows of a product.
pub(super) fn read_all(rows: &[EvidenceRow]) -> Vec<Read<'_>> {
    let told = rows.iter().filter(|row| row.kind != EvidenceKind::Offer && is_quotable(row));
    let label = |row: &EvidenceRow| match row.kind {
        EvidenceKind::Attribute => stem_list(&row.context),
        _ => Vec::new(),
    };
    told.map(|row| Read { row, said: stem_list(&row.quote), label: label(row) }).collect()
}

/// Judges a demand by the rows of a product.
pub(super) fn judge(demand: &Demand, rows: &[Read<'_>], ask: &Ask) -> Finding {
    let exact = exact_measure(demand, rows);
    let own = rows.iter().filter(|read| read.row.kind != EvidenceKind::Review);
    let own = own.filter(|read| !exact.is_some_and(|exact| is_other_measure(read, exact)));
    let mut sides: Vec<Side<'_>> = own.filter_map(|read| side(demand, read, ask)).collect();
    if let Some(best) = best_measure(demand, &sides) {
        sides.retain(|side| !side.is_measured || std::ptr::eq(side.row, best));
    }
    let voices = match demand.test {
        Test::Need(need) => voices(need, rows),
        _ => Voices::default(),
    };
    settle(sides, &voices)
}

/// The detail whose whole name is that of a measure: `waterproof rating`, beside which `floor waterproof rating` is another.
fn exact_measure<'a>(demand: &Demand, rows: &'a [Read<'a>]) -> Option<&'a Read<'a>> {
    let Test::Need(need) = demand.test else { return None };
    let about = || need.measured.iter().flat_map(|measure| &measure.about);
    rows.iter().filter(|read| !read.label.is_empty()).find(|read| {
        let label = read.label.join(" ");
        about().any(|about| *about == label)
    })
}

/// Whether a row is a detail of a longer name than the measure's own.
fn is_other_measure(read: &Read<'_>, exact: &Read<'_>) -> bool {
    read.label.len() > exact.label.len() && has_phrase(&read.label, &exact.label.join(" "))
}

/// Of several measures the one under the best name: a comfort temperature before a limit.
fn best_measure<'a>(demand: &Demand, sides: &[Side<'a>]) -> Option<&'a EvidenceRow> {
    let Test::Need(need) = demand.test else { return None };
    let rank = |row: &EvidenceRow| {
        let said = stem_list(&row.quote);
        let about = need.measured.iter().flat_map(|measure| &measure.about);
        let place = about.enumerate().find(|(_, about)| has_phrase(&said, about)).map(|(place, _)| place);
        (row.kind != EvidenceKind::Attribute, place.unwrap_or(usize::MAX))
    };
    sides.iter().filter(|side| side.is_measured).map(|side| side.row).min_by_key(|row| rank(row))
}

/// Which side a row of the shop takes.
fn side<'a>(demand: &Demand, read: &Read<'a>, ask: &Ask) -> Option<Side<'a>> {
    let row = read.row;
    let rank = match row.kind {
        EvidenceKind::Attribute if !PLACES.contains(&row.source.as_str()) => DETAIL,
        _ => SENTENCE,
    };
    let plain = |bearing: Bearing| Side { row, bearing, beside: None, is_measured: false, rank };
    let of_list = |bearing: Bearing| Side { rank: LIST, ..plain(bearing) };
    match demand.test {
        Test::Need(need) => {
            measured(demand, need, read, ask).or_else(|| listed(demand, need, row).map(of_list)).or_else(
                || detailed(need, read, rank == DETAIL).unwrap_or_else(|| spoken(need, read)).map(plain),
            )
        }
        Test::Made(circumstance) => {
            let is_named = read.said.iter().any(|stem| circumstance.leads.contains(stem));
            match is_named.then(|| stance_of(&circumstance.made, &row.quote))?? {
                Stance::For => Some(plain(Bearing::For)),
                Stance::Against => Some(plain(Bearing::Against)),
                Stance::Silent => None,
            }
        }
        Test::Season => season(demand, row).map(plain),
        Test::Size(measured, asked) => sized(measured, asked, read, ask),
    }
}

/// The side of a row on a need.
fn spoken(need: &Need, read: &Read<'_>) -> Option<Bearing> {
    let speaks = read.said.iter().any(|stem| need.leads.contains(stem));
    if speaks { stated(need, &read.row.quote) } else { None }
}

/// The side of a text on a need. A title or a tag that only names the goods is as good as a sentence.
fn stated(need: &Need, quote: &str) -> Option<Bearing> {
    match stance_of(&need.told, quote) {
        Some(Stance::For) => return Some(Bearing::For),
        Some(Stance::Against) => return Some(Bearing::Against),
        _ => {}
    }
    match stance_of(&need.some, quote) {
        Some(Stance::For) => Some(Bearing::Partly),
        Some(Stance::Against) => Some(Bearing::Against),
        _ => None,
    }
}

fn stance_of(focus: &Focus, quote: &str) -> Option<Stance> {
    Some(stance::read(quote, focus).stance).filter(|stance| *stance != Stance::Silent)
}

/// What a detail says by its label and value: `Waterproof: No` denies what its label names, `Waterproof: Yes` states it, any
/// other value of such a label goes some way; else the value speaks for itself. `None` where it is no detail.
fn detailed(need: &Need, read: &Read<'_>, is_detail: bool) -> Option<Option<Bearing>> {
    if !is_detail {
        return None;
    }
    let value = value(read.row);
    let lower = value.to_lowercase();
    let opens = |words: &[&str]| words.iter().any(|word| lower.split([',', ' ', ';']).next() == Some(*word));
    let by_value = || spoken(need, read).and_then(|_| stated(need, value));
    let names = |focus: &Focus| {
        focus.terms.iter().flat_map(|term| &term.others).any(|(phrase, _)| has_phrase(&read.label, phrase))
    };
    let (told, some) = (names(&need.told), names(&need.some));
    Some(match (told || some, opens(&["yes"]), opens(&["no", "none", "not", "without"])) {
        (true, true, _) => Some(if told { Bearing::For } else { Bearing::Partly }),
        (true, _, true) => Some(Bearing::Against),
        (true, false, false) => by_value().or(Some(Bearing::Partly)),
        (false, ..) => by_value(),
    })
}

/// What stands behind the label of an attribute.
fn value(row: &EvidenceRow) -> &str {
    row.quote.split_once(": ").map_or(row.quote.as_str(), |(_, value)| value).trim()
}

/// The values of an attribute that lists weathers.
fn listed(demand: &Demand, need: &Need, row: &EvidenceRow) -> Option<Bearing> {
    if !is_key(row, &need.keys) || need.tags.is_empty() && need.others.is_empty() {
        return None;
    }
    let values = stem_list(value(row));
    let has = |tags: &[String]| tags.iter().any(|tag| has_phrase(&values, tag));
    let is_wished = demand.hardness == Grade::Wish;
    match (has(&need.tags), has(&need.others), has(&need.mild)) {
        (true, ..) => Some(Bearing::For),
        (false, true, true) if is_wished => Some(Bearing::Partly),
        (false, true, _) => Some(Bearing::Against),
        (false, false, true) if is_wished => Some(Bearing::For),
        (false, false, true) => Some(Bearing::Partly),
        (false, false, false) => None,
    }
}

fn is_key(row: &EvidenceRow, keys: &[String]) -> bool {
    let is_named = |part: &str| keys.iter().any(|key| *key == search::analyse::stem(part));
    row.kind == EvidenceKind::Attribute && row.source.split('_').any(is_named)
}

/// The seasons that an attribute lists, or that a title is for.
fn season(demand: &Demand, row: &EvidenceRow) -> Option<Bearing> {
    const SEASONS: [&str; 4] = ["winter", "spring", "summer", "autumn"];
    if !is_key(row, &["season".to_owned()]) {
        return None;
    }
    let values = stem_list(value(row));
    let wanted = |name: &str| demand.seasons.iter().any(|season| season.as_str() == name);
    let has =
        |name: &str| has_phrase(&values, &stems(name)) || name == "autumn" && has_phrase(&values, "fall");
    let is_all = has_phrase(&values, "all") || has_phrase(&values, "four season");
    let names: Vec<&str> = SEASONS.into_iter().filter(|name| has(name)).collect();
    match (is_all || names.iter().any(|name| wanted(name)), names.is_empty()) {
        (true, _) => Some(Bearing::For),
        (false, false) => Some(Bearing::Against),
        (false, true) => None,
    }
}

/// A measure that states a need, set beside its limit.
fn measured<'a>(demand: &Demand, need: &Need, read: &Read<'a>, ask: &Ask) -> Option<Side<'a>> {
    let (row, said) = (read.row, read.said.as_slice());
    need.measured.iter().find_map(|measure| {
        let limit = measure.limit.or(demand.low)?;
        let about = || measure.about.iter().any(|about| has_phrase(said, about));
        let value = if about() { amount(measure, row, said)? } else { return None };
        let slack = if measure.limit.is_none() { SLACK_DEGREES } else { limit.abs() * SLACK };
        let holds = if measure.is_at_least { value >= limit - slack } else { value <= limit + slack };
        let bearing = match (holds, measure.settles, measure.denies) {
            (true, true, _) => Bearing::For,
            (true, false, _) => Bearing::Partly,
            (false, _, true) => Bearing::Against,
            (false, _, false) => return None,
        };
        let unit = commerce::Unit::parse("°C").filter(|_| measure.limit.is_none());
        let beside =
            unit.map(|unit| Quantity::new(limit.round(), unit).shown_in(ask.locale.units).to_string());
        let rank = if measure.settles { MEASURE } else { DETAIL };
        Some(Side { row, bearing, beside, is_measured: measure.settles, rank })
    })
}

/// The amount in a row that a measure is about, in the base unit.
fn amount(measure: &Measure, row: &EvidenceRow, said: &[String]) -> Option<f64> {
    match measure.dimension {
        Some(dimension) => {
            let all = Quantity::find_all(&numbers::as_digits(&row.quote)).into_iter().map(|(_, found)| found);
            let own = all.filter(|quantity| quantity.dimension() == dimension).map(Quantity::base);
            // Of several temperatures the lowest counts, of several heights the highest.
            let is_low = dimension == Dimension::Temperature;
            own.reduce(|a, b| if is_low { a.min(b) } else { a.max(b) })
        }
        None => {
            let number = |place: usize| said.get(place)?.parse::<f64>().ok();
            let about = measure
                .about
                .iter()
                .find_map(|about| Some((crate::lexicon::place_of(said, about)?, about.split(' ').count())));
            let (place, length) = about?;
            let after = (place + length..place + length + 2).find_map(number);
            after.or_else(|| place.checked_sub(1).and_then(number))
        }
    }
}

/// Whether a row states a measure that serves the one that is asked.
fn sized<'a>(measured: &Measured, asked: Quantity, read: &Read<'a>, ask: &Ask) -> Option<Side<'a>> {
    let (row, said, label) = (read.row, &read.said, &read.label);
    let is_other = measured.unless.iter().any(|unless| has_phrase(said, unless));
    let is_named =
        row.kind == EvidenceKind::Attribute && measured.keys.iter().any(|key| has_phrase(label, key));
    let is_about =
        row.kind != EvidenceKind::Attribute && measured.about.iter().any(|about| has_phrase(said, about));
    if is_other || !is_named && !is_about {
        return None;
    }
    let (least, most) = bounds(measured, &row.quote)?;
    let base = asked.base();
    let holds = least.is_none_or(|least| base >= least * (1.0 - SLACK))
        && most.is_none_or(|most| base <= most * (1.0 + SLACK));
    let bearing = if holds { Bearing::For } else { Bearing::Against };
    let beside = Some(asked.shown_in(ask.locale.units).to_string());
    Some(Side { row, bearing, beside, is_measured: true, rank: MEASURE })
}

/// The least and the most that a text allows of a measure: `2 to 8 years`, `over 5 feet`, `up to 195 cm`.
fn bounds(measured: &Measured, quote: &str) -> Option<(Option<f64>, Option<f64>)> {
    let text = numbers::as_digits(&quote.to_lowercase());
    let all = Quantity::find_all(&text);
    let (place, quantity) = all.iter().find(|(_, quantity)| measured.can_be(quantity))?;
    let before = text[..place.start].trim_end();
    let joint = [" to", "-", "–", " and", " bis"].iter().find_map(|joint| before.strip_suffix(joint));
    let low = joint.and_then(|before| {
        let digits = before.trim_end().rsplit(|c: char| !(c.is_ascii_digit() || c == '.')).next()?;
        digits.parse::<f64>().ok().map(|low| Quantity::new(low, quantity.unit).base())
    });
    let later = all.iter().find(|(range, other)| range.start > place.start && measured.can_be(other));
    if let Some((_, later)) = later.filter(|(range, _)| is_joined(&text[place.end..range.start])) {
        return Some((Some(quantity.base()), Some(later.base())));
    }
    if low.is_some() {
        return Some((low, Some(quantity.base())));
    }
    let said = stem_list(before);
    let last = &said[said.len().saturating_sub(NEAR)..];
    let is_least = said.iter().rev().take(2).any(|stem| LEAST.contains(&stem.as_str()))
        || last.iter().any(|stem| stem == "from") && !has_phrase(last, "up to");
    let is_up_to = has_phrase(last, "up to") || last.iter().any(|stem| MOST.contains(&stem.as_str()));
    // `Not for children under 3 years` is for those of 3 years and more.
    match (is_up_to && !is_least, is_denied(&said, text.get(place.end..).unwrap_or_default())) {
        (true, true) => return Some((Some(quantity.base()), None)),
        (true, false) => return Some((None, Some(quantity.base()))),
        (false, true) if is_least => return Some((None, Some(quantity.base()))),
        _ => {}
    }
    let after = text[place.end..].trim_start();
    let is_upwards = UPWARDS.iter().any(|word| after.starts_with(word)) || measured.is_range;
    Some(if is_least || is_upwards { (Some(quantity.base()), None) } else { (None, Some(quantity.base())) })
}

/// Whether what stands before a measure denies or warns of those whom it measures, or what stands behind it says what befalls them.
fn is_denied(before: &[String], after: &str) -> bool {
    let said: Vec<String> = before.iter().cloned().chain(["it".to_owned()]).chain(stem_list(after)).collect();
    let place = before.len()..before.len() + 1;
    let near = before.iter().rev().take(DENIAL_REACH);
    near.into_iter().any(|stem| matches!(stem.as_str(), "not" | "never" | "cannot" | "dont"))
        || hazard::of(&said, &place).is_some()
}

/// Whether only a word of a range stands between two measures.
fn is_joined(gap: &str) -> bool {
    matches!(gap.trim(), "to" | "-" | "–" | "and" | "bis")
}

/// Reviewers who speak of a need, one row each.
#[derive(Default)]
struct Voices<'a> {
    agree: Vec<&'a EvidenceRow>,
    disagree: Vec<&'a EvidenceRow>,
}

fn voices<'a>(need: &Need, rows: &[Read<'a>]) -> Voices<'a> {
    let mut sides: BTreeMap<&str, (Bearing, &EvidenceRow)> = BTreeMap::new();
    for read in rows.iter().filter(|read| read.row.kind == EvidenceKind::Review) {
        let bearing = spoken(need, read).filter(|bearing| *bearing != Bearing::Partly);
        if let Some(bearing) = bearing {
            let known = sides.entry(&read.row.source).or_insert((bearing, read.row));
            if bearing == Bearing::Against {
                *known = (bearing, read.row);
            }
        }
    }
    let of = |wanted: Bearing| {
        sides.values().filter(|(bearing, _)| *bearing == wanted).map(|(_, row)| *row).collect()
    };
    Voices { agree: of(Bearing::For), disagree: of(Bearing::Against) }
}

/// A measure outranks details, details outrank sentences, and the shop outranks reviewers, who can cast doubt.
fn settle(sides: Vec<Side<'_>>, voices: &Voices<'_>) -> Finding {
    let (agree, disagree) = (voices.agree.len() as u32, voices.disagree.len() as u32);
    let Some(best) = sides.iter().map(|side| side.rank).min() else { return of_voices(voices) };
    let has = |bearing: Bearing| sides.iter().any(|side| side.rank == best && side.bearing == bearing);
    let own = match (has(Bearing::For), has(Bearing::Against)) {
        (true, true) => Bearing::Divided,
        (true, false) => Bearing::For,
        (false, true) => Bearing::Against,
        (false, false) => Bearing::Partly,
    };
    let is_doubted = own == Bearing::For && best > MEASURE && disagree >= DOUBTING && disagree > agree;
    let bearing = if is_doubted { Bearing::Divided } else { own };
    let mut cited: Vec<&Side<'_>> = sides
        .iter()
        .filter(|side| side.rank == best && (own == Bearing::Divided || side.bearing == own))
        .collect();
    cited.sort_by_key(|side| (side.bearing != Bearing::For, side.row.source == "title"));
    let mut rows: Vec<EvidenceRow> = cited.iter().take(MAX_CITED).map(|side| side.row.clone()).collect();
    if is_doubted {
        rows.extend(voices.disagree.iter().take(MAX_VOICES).map(|row| (*row).clone()));
    }
    let counts = if is_doubted { (agree, disagree) } else { (0, 0) };
    Finding {
        bearing: Some(bearing),
        rows,
        beside: cited.first().and_then(|side| side.beside.clone()),
        agree: counts.0,
        disagree: counts.1,
        is_measured: best == MEASURE,
    }
}

/// Where the shop is silent, reviewers speak for it in part, or against it.
fn of_voices(voices: &Voices<'_>) -> Finding {
    let (agree, disagree) = (voices.agree.len() as u32, voices.disagree.len() as u32);
    let bearing = match (agree, disagree) {
        (0, 0) => return Finding::default(),
        (_, 0) => Bearing::Partly,
        (0, _) => Bearing::Against,
        _ => Bearing::Divided,
    };
    let rows = voices.agree.iter().take(MAX_VOICES).chain(voices.disagree.iter().take(MAX_VOICES));
    Finding {
        bearing: Some(bearing),
        rows: rows.map(|row| (*row).clone()).collect(),
        agree,
        disagree,
        ..Finding::default()
    }
}
