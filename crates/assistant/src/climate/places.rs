//! Places by the names that shoppers use, from `places.txt` and the cities of `normals.txt`; typos are read as the nearest
//! name.

use std::collections::HashMap;
use std::sync::LazyLock;

use search::Spellings;
use search::analyse;

use super::CITIES;
use super::normals::City;

/// Words in the longest name.
const MAX_WORDS: usize = 4;
/// Shorter names have to be typed as they are, and in capitals where they are this short.
const LEAST_FUZZY: usize = 5;
const ABBREVIATION: usize = 3;

static PLACES: LazyLock<Places> = LazyLock::new(|| Places::parse(include_str!("places.txt")));

/// A place that has a name.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Spot {
    /// As it is told.
    pub(crate) name: String,
    /// Whether it is a country.
    pub(crate) is_country: bool,
    /// Whether its parts have different climates.
    pub(crate) is_wide: bool,
    /// Whether the word has another meaning.
    pub(crate) is_also: bool,
    /// The city that is taken for it.
    pub(crate) city: Option<&'static City>,
    /// Degrees north.
    pub(crate) latitude: f64,
    /// Degrees east.
    pub(crate) longitude: f64,
}

/// A place in a text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Found {
    pub(crate) spot: &'static Spot,
    /// How many words name it.
    pub(crate) length: usize,
    /// Whether it was typed as it is written.
    pub(crate) is_exact: bool,
}

/// The place that the words from here on name, the longest name first. A misspelt name is only looked for where
/// `may_be_misspelt`.
pub(crate) fn find(words: &[analyse::Word], text: &str, may_be_misspelt: bool) -> Option<Found> {
    for length in (1..=MAX_WORDS.min(words.len())).rev() {
        let name = key(&words[..length]);
        let typed = text.get(words[0].start..words[length - 1].end).unwrap_or_default();
        let is_spelt = |name: &str| name.len() > ABBREVIATION || !typed.chars().any(char::is_lowercase);
        if let Some(place) = PLACES.names.get(&name).filter(|_| is_spelt(&name)) {
            return Some(Found { spot: &PLACES.spots[*place], length, is_exact: true });
        }
        let is_long = name.chars().count() >= LEAST_FUZZY;
        let near = (may_be_misspelt && is_long).then(|| PLACES.spellings.nearest(&name)).flatten();
        if let Some(place) = near.and_then(|near| PLACES.names.get(&near)) {
            return Some(Found { spot: &PLACES.spots[*place], length, is_exact: false });
        }
    }
    None
}

/// The words of a name joined by spaces.
fn key(words: &[analyse::Word]) -> String {
    words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ")
}

/// All places by their names.
struct Places {
    spots: Vec<Spot>,
    names: HashMap<String, usize>,
    spellings: Spellings,
}

impl Places {
    fn parse(text: &str) -> Self {
        let mut places =
            Self { spots: Vec::new(), names: HashMap::new(), spellings: Spellings::new(Vec::new()) };
        for city in CITIES.iter() {
            let spot = Spot::of_city(city);
            places.add(spot, std::iter::once(city.name.as_str()));
        }
        for line in text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
            if let Some((names, spot)) = spot(line) {
                places.add(spot, names.split(',').map(str::trim));
            }
        }
        let exact = places.names.iter().filter(|(_, place)| !places.spots[**place].is_also);
        places.spellings = Spellings::new(exact.map(|(name, _)| name.clone()));
        places
    }

    /// The first to have a name keeps it.
    fn add<'a>(&mut self, spot: Spot, names: impl Iterator<Item = &'a str>) {
        self.spots.push(spot);
        for name in names {
            let place = self.spots.len() - 1;
            self.names.entry(key(&analyse::words(name))).or_insert(place);
        }
    }
}

impl Spot {
    fn of_city(city: &'static City) -> Self {
        const OTHER_WORDS: &[&str] =
            &["Phoenix", "Boulder", "Portland", "Orlando", "Granada", "Valencia", "Santiago", "Austin"];
        Self {
            name: city.name.clone(),
            is_country: false,
            is_wide: false,
            is_also: OTHER_WORDS.contains(&city.name.as_str()),
            city: Some(city),
            latitude: city.latitude,
            longitude: city.longitude,
        }
    }

    /// Whether it lies south of the equator.
    pub(crate) fn is_south(&self) -> bool {
        self.latitude < 0.0
    }
}

/// `names; what; where`.
fn spot(line: &str) -> Option<(&str, Spot)> {
    let mut fields = line.split(';').map(str::trim);
    let (names, what, place) = (fields.next()?, fields.next()?, fields.next()?);
    let is = |word: &str| what.split(' ').any(|own| own == word);
    let city = match place.strip_prefix("= ") {
        Some(name) => Some(City::named(name)?),
        None => None,
    };
    let point =
        place.split_once(' ').and_then(|(north, east)| Some((north.parse().ok()?, east.parse().ok()?)));
    let (latitude, longitude) = city.map(|city| (city.latitude, city.longitude)).or(point)?;
    let name = names.split(',').next().unwrap_or(names).trim().to_owned();
    let is_same = is("city") && city.is_some();
    let name = if is_same { city.map_or(name, |city| city.name.clone()) } else { name };
    let spot = Spot {
        name,
        is_country: is("country"),
        is_wide: is("wide"),
        is_also: is("also"),
        city,
        latitude,
        longitude,
    };
    Some((names, spot))
}

/// Whether every line of the table is read.
#[cfg(test)]
pub(super) fn unread() -> Vec<&'static str> {
    let lines = include_str!("places.txt").lines();
    lines.filter(|line| !line.starts_with('#') && !line.trim().is_empty() && spot(line).is_none()).collect()
}
