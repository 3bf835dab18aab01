//! The figures of a city's months, from `normals.txt`.

use super::CITIES;

/// The months, as they are told.
pub(crate) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
/// Days of the months.
const DAYS: [f64; 12] = [31.0, 28.0, 31.0, 30.0, 31.0, 30.0, 31.0, 31.0, 30.0, 31.0, 30.0, 31.0];

/// A city with its months from January on.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct City {
    pub(crate) name: String,
    pub(crate) country: String,
    pub(crate) latitude: f64,
    pub(crate) longitude: f64,
    pub(crate) months: Vec<Normal>,
}

/// What a month is like; what the source does not have is `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Normal {
    /// Mean of the daily highs, in °C.
    pub(crate) high: Option<f64>,
    /// Mean of the daily lows, in °C.
    pub(crate) low: Option<f64>,
    /// Days with rain or snow.
    pub(crate) wet_days: Option<f64>,
    /// Days with snow.
    pub(crate) snow_days: Option<f64>,
    /// Rain in mm.
    pub(crate) rain: Option<f64>,
}

impl City {
    /// The city of a name as it stands in the table.
    pub(crate) fn named(name: &str) -> Option<&'static Self> {
        CITIES.iter().find(|city| city.name == name)
    }

    /// Kilometres to a point, along a great circle.
    pub(crate) fn distance_km(&self, latitude: f64, longitude: f64) -> f64 {
        const EARTH_KM: f64 = 6371.0;
        let (a, b) = (self.latitude.to_radians(), latitude.to_radians());
        let (north, east) = (b - a, (longitude - self.longitude).to_radians());
        let chord = (north / 2.0).sin().powi(2) + a.cos() * b.cos() * (east / 2.0).sin().powi(2);
        2.0 * EARTH_KM * chord.sqrt().asin()
    }

    /// The city nearest to a point, with the distance in kilometres.
    pub(crate) fn nearest(latitude: f64, longitude: f64) -> Option<(&'static Self, f64)> {
        let all = CITIES.iter().map(|city| (city, city.distance_km(latitude, longitude)));
        all.min_by(|(_, a), (_, b)| a.total_cmp(b))
    }
}

impl Normal {
    /// The mean of several months, each figure over those that have it.
    pub(crate) fn mean(months: &[Self]) -> Self {
        let mean = |of: fn(&Self) -> Option<f64>| {
            let known: Vec<f64> = months.iter().filter_map(of).collect();
            (!known.is_empty()).then(|| known.iter().sum::<f64>() / known.len() as f64)
        };
        Self {
            high: mean(|month| month.high),
            low: mean(|month| month.low),
            wet_days: mean(|month| month.wet_days),
            snow_days: mean(|month| month.snow_days),
            rain: mean(|month| month.rain),
        }
    }

    /// A figure by its name in the rules.
    pub(crate) fn figure(&self, name: &str) -> Option<f64> {
        match name {
            "high" => self.high,
            "low" => self.low,
            "mean" => Some((self.high? + self.low?) / 2.0),
            "wet" => self.wet_days,
            "snow" => self.snow_days,
            "rain" => self.rain,
            _ => None,
        }
    }
}

/// Reads the table; lines that are none are left out.
pub(super) fn parse(text: &str) -> Vec<City> {
    text.lines().filter(|line| !line.starts_with('#')).filter_map(city).collect()
}

fn city(line: &str) -> Option<City> {
    let mut fields = line.split(';').map(str::trim);
    let (name, country, place, months) = (fields.next()?, fields.next()?, fields.next()?, fields.next()?);
    let (latitude, longitude) = place.split_once(' ')?;
    let months: Vec<Normal> = months.split(' ').zip(DAYS).map(|(month, days)| normal(month, days)).collect();
    (months.len() == MONTHS.len()).then_some(City {
        name: name.to_owned(),
        country: country.to_owned(),
        latitude: latitude.parse().ok()?,
        longitude: longitude.parse().ok()?,
        months,
    })
}

fn normal(text: &str, days: f64) -> Normal {
    let figures: Vec<Option<f64>> = text.split('/').map(|figure| figure.parse().ok()).collect();
    let at = |place: usize| figures.get(place).copied().flatten();
    Normal { high: at(0), low: at(1), wet_days: at(2).map(|dry| days - dry), snow_days: at(3), rain: at(4) }
}
