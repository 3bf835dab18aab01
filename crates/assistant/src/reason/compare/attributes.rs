//! Attributes side by side, by their key or, where shops name them differently, by the concept that they state.

use commerce::{Attribute, Quantity, Unit, Value};
use search::analyse;

use super::side::Side;
use super::{Line, Need, Span, units};
use crate::Ask;
use crate::bearing::is_key_of;
use crate::lexicon::concepts::by_name;
use crate::lexicon::{Concept, Measured, stem_list};
use crate::reason::answer::PLACES;
use crate::reason::comparison::directions_table::{BY_LABEL, DIRECTIONS, Direction, When};
use crate::reason::comparison::in_description;
use crate::reason::render;
use crate::table::{Better, Cell, RowKind};
use crate::voice::{self, Voice};

/// Words in keys of numbers that name goods and say nothing of them.
const CODES: &[&str] =
    &["gtin", "mpn", "sku", "ean", "isbn", "upc", "asin", "id", "url", "link", "image", "code"];

/// Among so many products a row is shown that only one of them states.
const FEW: usize = 3;
/// Words in names of what is measured across the screen: all the world says that in inches.
const SCREENS: &[&str] = &["screen", "display", "laptop", "monitor", "tablet"];

/// One row before it is shown: the values of each side.
struct Draft {
    key: String,
    label: String,
    /// The label as it reads in English.
    english: String,
    direction: Option<&'static Direction>,
    sides: Vec<Option<Stated>>,
}

/// What one side states.
struct Stated {
    values: Vec<Value>,
    evidence: commerce::EvidenceId,
}

/// A line for each attribute that is of use beside the others.
pub(super) fn lines(ask: &Ask, need: &Need, sides: &[Side]) -> Vec<Line> {
    let mut drafts: Vec<Draft> = Vec::new();
    for (place, side) in sides.iter().enumerate() {
        for attribute in side.attributes() {
            let read = side.english(&attribute);
            let Some(row) = side.row_of(&attribute.key).filter(|_| is_of_goods(&read.key)) else {
                continue;
            };
            let evidence = row.id.clone();
            let direction = direction(&read);
            let draft = draft_for(&mut drafts, (&attribute, read.label), direction, place, sides.len());
            drafts[draft].sides[place] = Some(Stated { values: attribute.values, evidence });
        }
    }
    complete(&mut drafts, sides);
    let is_carried = sides.iter().all(Side::is_carried);
    drafts.into_iter().filter_map(|draft| line(ask, need, is_carried, draft)).collect()
}

/// The draft that an attribute belongs to: of its key, else of its concept where this side has none there yet.
fn draft_for(
    drafts: &mut Vec<Draft>,
    (attribute, english): (&Attribute, String),
    direction: Option<&'static Direction>,
    place: usize,
    sides: usize,
) -> usize {
    let is_same = |draft: &Draft| {
        let shares_concept = direction.zip(draft.direction).is_some_and(|(a, b)| a.concept == b.concept);
        draft.key == attribute.key
            || shares_concept
                && draft.sides[place].is_none()
                && draft.sides[..place].iter().any(Option::is_some)
    };
    let exact = drafts.iter().position(|draft| draft.key == attribute.key);
    if let Some(known) = exact.or_else(|| drafts.iter().position(is_same)) {
        return known;
    }
    drafts.push(Draft {
        key: attribute.key.clone(),
        label: attribute.label.clone(),
        english,
        direction,
        sides: (0..sides).map(|_| None).collect(),
    });
    drafts.len() - 1
}

/// Fills what an attribute does not state and the description measures.
fn complete(drafts: &mut Vec<Draft>, sides: &[Side]) {
    for direction in DIRECTIONS {
        let Some(concept) = by_name(direction.concept).filter(|concept| !concept.measured.is_empty()) else {
            continue;
        };
        let known = drafts.iter().position(|d| d.direction.is_some_and(|d| d.concept == direction.concept));
        let said: Vec<Option<Stated>> = sides
            .iter()
            .enumerate()
            .map(|(place, side)| {
                let is_open = known.is_none_or(|known| drafts[known].sides[place].is_none());
                let (quantity, row) = in_description(concept, side.read()).filter(|_| is_open)?;
                Some(Stated { values: vec![Value::Quantity(quantity)], evidence: row.id.clone() })
            })
            .collect();
        match known {
            // The fill weight of one is no place for the weight of another.
            Some(known) if is_narrower(&drafts[known].english, concept) => {}
            Some(known) => {
                for (place, stated) in said.into_iter().enumerate().filter(|(_, stated)| stated.is_some()) {
                    drafts[known].sides[place] = stated;
                }
            }
            None if said.iter().flatten().count() > 1 => drafts.push(Draft {
                key: direction.concept.replace(' ', "_"),
                label: Attribute::label(&direction.concept.replace(' ', "_")),
                english: direction.concept.to_owned(),
                direction: Some(direction),
                sides: said,
            }),
            None => {}
        }
    }
}

/// Whether an attribute of this name measures a part of what the concept does.
fn is_narrower(name: &str, concept: &Concept) -> bool {
    const WHOLE: &[&str] = &["total", "net", "overall", "item", "product", "own"];
    let own = stem_list(&concept.name);
    let whole: Vec<String> = WHOLE.iter().map(|word| analyse::stem(word)).collect();
    stem_list(name)
        .iter()
        .any(|stem| !own.contains(stem) && !concept.keys.contains(stem) && !whole.contains(stem))
}

fn line(ask: &Ask, need: &Need, is_carried: bool, draft: Draft) -> Option<Line> {
    let voice = Voice::of(&ask.locale);
    let all = draft.sides.iter().flatten().flat_map(|stated| &stated.values);
    let quantities: Vec<Quantity> = all.flat_map(units::quantities).collect();
    let is_one_dimension = quantities.windows(2).all(|pair| pair[0].dimension() == pair[1].dimension());
    let label = stem_list(&draft.english);
    let is_screen = SCREENS.iter().any(|word| label.contains(&analyse::stem(word)));
    let unit = match quantities.first() {
        Some(first) if is_screen || render::is_in_one_unit(&draft.english) => Some(first.unit),
        _ => units::common(&quantities, ask.locale.units),
    };
    let unit = unit.filter(|_| is_one_dimension);
    let span = |stated: &Option<Stated>| -> Option<Span> {
        span(&stated.as_ref()?.values, unit).filter(|_| is_one_dimension)
    };
    let spans: Vec<Option<Span>> = draft.sides.iter().map(span).collect();
    let cell = |(stated, span): (&Option<Stated>, &Option<Span>)| -> Option<Cell> {
        let Some(stated) = stated else { return Some(Cell::default()) };
        Some(Cell {
            text: Some(units::text(voice, &stated.values, unit)?),
            value: span.map(|(least, most)| (least + most) / 2.0),
            unit: unit.map(|unit| unit.symbol().to_owned()),
            evidence: vec![stated.evidence.clone()],
        })
    };
    let cells: Vec<Cell> = draft.sides.iter().zip(&spans).map(cell).collect::<Option<_>>()?;
    let wanted = draft.direction.and_then(|direction| need.wants(direction.concept));
    let is_needed = wanted.is_some() || need.names(&label);
    let stated = cells.iter().filter(|cell| cell.text.is_some()).count();
    // Of many products, what one alone states is no comparison.
    let is_alone = stated < 2 && cells.len() > FEW;
    if is_alone && !is_needed && draft.direction.is_none() {
        return None;
    }
    let concept = draft.direction.map(|direction| direction.concept);
    let mut line =
        Line { spans, concept, ..Line::plain(&draft.key, &draft.label, RowKind::Attribute, cells) };
    if let Some(direction) = draft.direction
        && let Some(better) = better(direction, wanted, is_carried)
    {
        let told = |word: &str, line: voice::Line| match word {
            BY_LABEL => voice.say(line, &[&voice.label_within(&draft.label)]),
            word => voice.word(word),
        };
        let (less, more) =
            (told(direction.less, voice::Line::LessOf), told(direction.more, voice::Line::MoreOf));
        line = line.toward(better, &less, &more, direction.weight);
        line.is_ratio = direction.concept != "temperature";
    }
    line.row.is_needed = is_needed;
    Some(line)
}

/// Which way is better here: as the need says, else as it usually is.
fn better(direction: &Direction, wanted: Option<Better>, is_carried: bool) -> Option<Better> {
    wanted.or(match direction.when {
        When::Always => Some(direction.better),
        When::Carried => is_carried.then_some(direction.better),
        When::Asked => None,
    })
}

/// The least and the most of some values, where all are numbers; quantities in this unit, else in the unit of their kind.
fn span(values: &[Value], unit: Option<Unit>) -> Option<Span> {
    let measured = |quantity: &Quantity| match unit {
        Some(unit) => units::in_unit(*quantity, unit).value,
        None => quantity.base(),
    };
    let ends = |value: &Value| match value {
        Value::Quantity(quantity) => Some((measured(quantity), measured(quantity))),
        Value::Range(range) => Some((measured(&range.low), measured(&range.high))),
        // Of what is a measure elsewhere, a number without a unit says nothing.
        Value::Number(number) => unit.is_none().then_some((*number, *number)),
        _ => None,
    };
    let ends = values.iter().map(ends).collect::<Option<Vec<Span>>>()?;
    ends.into_iter().reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))
}

/// What an attribute measures, where one way of it can be better.
fn direction(attribute: &Attribute) -> Option<&'static Direction> {
    DIRECTIONS
        .iter()
        .find(|direction| by_name(direction.concept).is_some_and(|concept| states(concept, attribute)))
}

/// Whether an attribute states a concept by its key and by what it measures.
fn states(concept: &Concept, attribute: &Attribute) -> bool {
    let key = stem_list(&attribute.key.replace('_', " "));
    let is_named = stem_list(&concept.name).iter().all(|stem| key.contains(stem));
    let measures = |value: &Value| match value {
        Value::Number(_) => is_named,
        value => units::quantities(value).first().is_some_and(|quantity| {
            let dimension = Measured::In(quantity.dimension());
            concept.measured.contains(&dimension) || concept.measured.is_empty() && is_named
        }),
    };
    is_key_of(concept, &attribute.key) && attribute.values.iter().all(measures)
}

fn is_of_goods(key: &str) -> bool {
    !PLACES.contains(&key) && !key.split('_').any(|part| CODES.contains(&part))
}
