//! What comes with the program as rows of evidence, so that a claim can rest on it like on any other: months of a city, a
//! city that is taken for a place, rules. Their ids are those of their sources, such as `climate:oslo:11`.

use commerce::EvidenceId;
use search::{EvidenceKind, EvidenceRow};

use super::SOURCE;
use super::normals::{City, MONTHS};
use super::places::Spot;
use super::seasons::Season;

/// The rule that a step rests on.
pub(crate) fn rule(name: &str, quote: String) -> EvidenceRow {
    row(format!("rule:{}", slug(name)), quote, "rules of what a circumstance asks for".to_owned())
}

/// A month of a city.
pub(super) fn month(city: &City, month: u8) -> Option<EvidenceRow> {
    let normal = city.months.get(usize::from(month) - 1)?;
    let name = MONTHS.get(usize::from(month) - 1)?;
    let figure =
        |label: &str, value: Option<f64>, unit: &str| value.map(|value| format!("{label} {value}{unit}"));
    let figures = [
        figure("mean high", normal.high, " °C"),
        figure("mean low", normal.low, " °C"),
        figure("wet days", normal.wet_days, ""),
        figure("days with snow", normal.snow_days, ""),
        figure("rain", normal.rain, " mm"),
    ];
    let figures: Vec<String> = figures.into_iter().flatten().collect();
    let quote = format!("{}, {name}: {}", city.name, figures.join(", "));
    Some(row(format!("climate:{}:{month}", slug(&city.name)), quote, SOURCE.to_owned()))
}

/// A city that is taken for a place.
pub(super) fn taken(spot: &Spot, city: &City) -> EvidenceRow {
    let quote = format!("{}: figures of {}, {}", spot.name, city.name, city.country);
    row(format!("place:{}", slug(&spot.name)), quote, "table of places".to_owned())
}

/// A season of a place, or of a place that was not named.
pub(super) fn season(spot: Option<&Spot>, season: Season) -> EvidenceRow {
    let months: Vec<&str> = season
        .months(spot.is_some_and(Spot::is_south))
        .iter()
        .filter_map(|month| MONTHS.get(usize::from(*month) - 1).copied())
        .collect();
    let name = season.as_str();
    let side = if spot.is_some_and(Spot::is_south) { "south" } else { "north" };
    let months = months.join(", ");
    let (source, quote) = match spot {
        Some(spot) => (
            format!("place:{}:{name}", slug(&spot.name)),
            format!("{} lies {:.0}° {side}: {name} is {months}", spot.name, spot.latitude.abs()),
        ),
        None => (format!("season:{name}"), format!("{name} is {months} in the {side}")),
    };
    row(source, quote, "table of places and seasons".to_owned())
}

fn row(source: String, quote: String, context: String) -> EvidenceRow {
    EvidenceRow {
        id: EvidenceId::of(&["Reference", &source]),
        kind: EvidenceKind::Reference,
        product: None,
        source,
        quote,
        context,
        rating: None,
        written: None,
        position: 0,
        document: None,
    }
}

/// Lower-case words joined by hyphens.
fn slug(name: &str) -> String {
    let words = search::analyse::words(name).into_iter().map(|word| word.text);
    words.collect::<Vec<_>>().join("-")
}
