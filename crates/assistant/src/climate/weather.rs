//! The weather of a place in some months, with what it is taken from.

use search::EvidenceRow;

use super::evidence;
use super::normals::{City, Normal};
use super::places::Spot;
use super::seasons::Season;

/// A city stands for a place that is at most so far away, and at most so many degrees further north or south.
const NEAR_KM: f64 = 400.0;
const NEAR_DEGREES: f64 = 4.0;
/// Nearer than this the city is the place itself.
const SAME_KM: f64 = 40.0;

/// What a weather is taken from.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Basis {
    /// The figures of the place itself.
    Own,
    /// Those of a city that is taken for it.
    Taken {
        /// The city.
        city: String,
        /// How far away it is, for a place that it does not stand for by itself.
        km: Option<u32>,
    },
    /// No figures: only the season.
    Season,
}

/// What it is like in some months.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Weather {
    pub(crate) basis: Basis,
    pub(crate) normal: Normal,
    /// The seasons of the months there.
    pub(crate) seasons: Vec<Season>,
    pub(crate) rows: Vec<EvidenceRow>,
}

/// The weather of a place in these months, from 1 to 12; without a place that of the season.
pub(crate) fn weather(spot: Option<&Spot>, months: &[u8]) -> Weather {
    const TEMPERATE: f64 = 45.0;
    let is_south = spot.is_some_and(Spot::is_south);
    let mut seasons: Vec<Season> = months.iter().map(|month| Season::of(*month, is_south)).collect();
    seasons.dedup();
    match spot.and_then(|spot| Some((spot, city_of(spot)?))) {
        Some((spot, (city, basis))) => {
            let normals: Vec<Normal> =
                months.iter().filter_map(|month| city.months.get(usize::from(*month) - 1).copied()).collect();
            let mut rows: Vec<EvidenceRow> =
                months.iter().filter_map(|month| evidence::month(city, *month)).collect();
            if basis != Basis::Own {
                rows.insert(0, evidence::taken(spot, city));
            }
            Weather { basis, normal: Normal::mean(&normals), seasons, rows }
        }
        None => {
            let latitude = spot.map_or(TEMPERATE, |spot| spot.latitude);
            let usual: Vec<Normal> = seasons.iter().map(|season| season.usual(latitude)).collect();
            let rows = seasons.iter().map(|season| evidence::season(spot, *season)).collect();
            Weather { basis: Basis::Season, normal: Normal::mean(&usual), seasons, rows }
        }
    }
}

/// The city that stands for a place.
fn city_of(spot: &Spot) -> Option<(&'static City, Basis)> {
    if let Some(city) = spot.city {
        let is_same = spot.name == city.name;
        let taken = Basis::Taken { city: city.name.clone(), km: None };
        return Some((city, if is_same { Basis::Own } else { taken }));
    }
    let (city, km) = City::nearest(spot.latitude, spot.longitude)?;
    let is_near = km <= NEAR_KM && (city.latitude - spot.latitude).abs() <= NEAR_DEGREES;
    let km = (km > SAME_KM).then_some(km.round() as u32);
    is_near.then(|| (city, Basis::Taken { city: city.name.clone(), km }))
}
