//! What one kilogram, litre or piece costs, of goods that are used up.

use commerce::{Dimension, EvidenceId, Money, Product, Quantity, Unit, UnitSystem, Value, Variant};
use search::{EvidenceKind, EvidenceRow};

use super::Line;
use super::side::Side;
use crate::Ask;
use crate::lexicon::{has_phrase, stems};
use crate::table::{Better, Cell, RowKind};
use crate::voice::{self, Voice};

/// Keys that state contents of any goods.
const CONTENTS: &[&str] = &[
    "contents",
    "content",
    "net_weight",
    "net_content",
    "net_contents",
    "net_quantity",
    "net_volume",
    "unit_pricing_measure",
    "pack_size",
    "package_quantity",
];
/// Keys that state contents of goods that are used up.
const CONTENTS_IF_USED_UP: &[&str] = &["size", "weight", "volume", "quantity", "count", "pack", "amount"];

/// Words in titles and categories of goods that are used up.
const USED_UP: &[&str] = &[
    "food",
    "grocery",
    "groceries",
    "pantry",
    "drink",
    "beverage",
    "coffee",
    "tea",
    "juice",
    "water",
    "wine",
    "beer",
    "oil",
    "vinegar",
    "sauce",
    "spice",
    "snack",
    "chocolate",
    "cereal",
    "granola",
    "oat",
    "flour",
    "rice",
    "pasta",
    "noodle",
    "bean",
    "nut",
    "honey",
    "jam",
    "milk",
    "cheese",
    "yogurt",
    "butter",
    "meat",
    "fruit",
    "vegetable",
    "soup",
    "sugar",
    "salt",
    "bread",
    "cookie",
    "biscuit",
    "candy",
    "detergent",
    "soap",
    "shampoo",
    "conditioner",
    "cream",
    "lotion",
    "cleaner",
    "toothpaste",
    "paint",
    "varnish",
    "ink",
    "fertilizer",
    "compost",
    "seed",
    "litter",
    "treat",
    "kibble",
    "feed",
    "diaper",
    "tissue",
    "paper",
    "battery",
    "filter",
    "candle",
    "glue",
    "tape",
    "screw",
    "nail",
    "supplement",
    "vitamin",
];

/// Contents below this, in kilograms or litres, are told by the hundredth gram or millilitre.
const SMALL: f64 = 0.25;

/// The line, where at least two products state price and contents of one dimension.
pub(super) fn line(ask: &Ask, sides: &[Side]) -> Option<Line> {
    let all: Vec<Option<Contents>> =
        sides.iter().map(|side| contents(ask, &side.product, &side.rows, is_used_up(side))).collect();
    let dimension = all.iter().flatten().map(|contents| contents.quantity.dimension()).next()?;
    let is_one = |contents: &&Contents| contents.quantity.dimension() == dimension;
    if all.iter().flatten().filter(is_one).count() < 2 {
        return None;
    }
    let largest = all.iter().flatten().map(|contents| contents.quantity.base()).fold(0.0, f64::max);
    let (name, per) = basis(dimension, ask.locale.units, largest)?;
    let voice = Voice::of(&ask.locale);
    let name = voice.word(name);
    let cell = |contents: &Option<Contents>| {
        let Some(contents) = contents.as_ref().filter(is_one) else { return Cell::default() };
        let currency = contents.price.currency;
        Cell {
            text: Some(contents.told(voice, &name, per)),
            value: Some(contents.price_of(per) / 10_f64.powi(currency.exponent() as i32)),
            unit: Some(currency.code().to_owned()),
            evidence: contents.evidence.clone(),
        }
    };
    let cells = all.iter().map(cell).collect();
    let per = |line: voice::Line| voice.say(line, &[&name]);
    let line = Line::plain("unit_price", &per(voice::Line::PricePer), RowKind::UnitPrice, cells);
    let (cheaper, dearer) = (per(voice::Line::CheaperPer), per(voice::Line::DearerPer));
    Some(line.toward(Better::Less, &cheaper, &dearer, 1.0))
}

/// What is in a pack and what it costs.
pub(in crate::reason) struct Contents {
    pub(in crate::reason) quantity: Quantity,
    price: Money,
    pub(in crate::reason) evidence: Vec<EvidenceId>,
}

impl Contents {
    /// What so much of it costs, in minor units; the amount is in base units.
    pub(in crate::reason) fn price_of(&self, amount: f64) -> f64 {
        self.price.amount_minor as f64 * amount / self.quantity.base()
    }

    /// `$12.00 per kg (500 g)`.
    fn told(&self, voice: Voice, name: &str, per: f64) -> String {
        let price = Money::new(self.price_of(per).round() as i64, self.price.currency);
        let contents = voice.figures(&self.quantity.to_string());
        voice.say(voice::Line::PriceOfContents, &[&voice.money(price), name, &contents])
    }

    /// The same by the unit that shelves name: a kilogram, a litre, a piece.
    pub(in crate::reason) fn shown(&self, ask: &Ask) -> Option<String> {
        let (name, per) = basis(self.quantity.dimension(), ask.locale.units, f64::INFINITY)?;
        let voice = Voice::of(&ask.locale);
        Some(self.told(voice, &voice.word(name), per))
    }
}

/// Whether goods are of a kind that is used up, so that their size is what there is of them.
fn is_used_up(side: &Side) -> bool {
    let kind = side.kind_stems();
    USED_UP.iter().any(|word| has_phrase(&kind, &stems(word)))
}

/// The contents of the variant that is cheapest for what is in it.
pub(in crate::reason) fn contents(
    ask: &Ask,
    product: &Product,
    rows: &[EvidenceRow],
    is_used_up: bool,
) -> Option<Contents> {
    let offer = rows.iter().find(|row| row.kind == EvidenceKind::Offer)?;
    let of_variant = |variant: &Variant| -> Option<Contents> {
        let price = variant.offer.price_at(ask.now)?;
        let (quantity, source) = stated(product, variant, is_used_up)?;
        let stating = |row: &&EvidenceRow| match source.as_str() {
            "title" => row.kind == EvidenceKind::Description && row.source == "title",
            key => row.kind == EvidenceKind::Attribute && row.source == key,
        };
        let row = rows.iter().find(stating)?;
        Some(Contents { quantity, price, evidence: vec![offer.id.clone(), row.id.clone()] })
    };
    let per_unit = |contents: &Contents| contents.price.amount_minor as f64 / contents.quantity.base();
    product.variants.iter().filter_map(of_variant).min_by(|a, b| per_unit(a).total_cmp(&per_unit(b)))
}

/// The quantity in a pack with the key that states it, or `title`.
fn stated(product: &Product, variant: &Variant, is_used_up: bool) -> Option<(Quantity, String)> {
    let own = |key: &str| -> Option<Quantity> {
        let option = variant.options.get(key).and_then(|choice| Quantity::parse(choice));
        let attribute = || {
            let found = variant.attributes.find(key).or_else(|| product.attributes.find(key))?;
            match found.values.as_slice() {
                [Value::Quantity(quantity)] => Some(*quantity),
                _ => None,
            }
        };
        option.or_else(attribute).filter(|quantity| is_amount(*quantity))
    };
    let of = |keys: &[&str]| keys.iter().find_map(|key| Some((own(key)?, (*key).to_owned())));
    of(CONTENTS).or_else(|| {
        let of_title = || {
            let mut found = Quantity::find_all(&product.title).into_iter().map(|(_, quantity)| quantity);
            found.find(|quantity| is_amount(*quantity)).map(|quantity| (quantity, "title".to_owned()))
        };
        is_used_up.then(|| of(CONTENTS_IF_USED_UP).or_else(of_title)).flatten()
    })
}

fn is_amount(quantity: Quantity) -> bool {
    matches!(quantity.dimension(), Dimension::Mass | Dimension::Volume | Dimension::Pieces)
        && quantity.base() > 0.0
}

/// What a price is told for, with that in base units.
fn basis(dimension: Dimension, system: UnitSystem, largest: f64) -> Option<(&'static str, f64)> {
    let base = |unit: &str| Unit::parse(unit).map(|unit| unit.to_base(1.0));
    Some(match (dimension, system) {
        (Dimension::Mass, UnitSystem::Imperial) if largest < SMALL => ("per oz", base("oz")?),
        (Dimension::Mass, UnitSystem::Imperial) => ("per lb", base("lb")?),
        (Dimension::Volume, UnitSystem::Imperial) => ("per fl oz", base("fl oz")?),
        (Dimension::Mass, UnitSystem::Metric) if largest < SMALL => ("per 100 g", 0.1),
        (Dimension::Mass, UnitSystem::Metric) => ("per kg", 1.0),
        (Dimension::Volume, UnitSystem::Metric) if largest < SMALL => ("per 100 ml", 0.1),
        (Dimension::Volume, UnitSystem::Metric) => ("per litre", 1.0),
        (Dimension::Pieces, _) => ("per piece", 1.0),
        _ => return None,
    })
}
