//! The seasons: which months they are on either side of the equator, and what they are like where there are no figures.

use std::sync::LazyLock;

use serde::Serialize;

use super::normals::Normal;

/// A season.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Season {
    /// December to February in the north.
    Winter,
    /// March to May in the north.
    Spring,
    /// June to August in the north.
    Summer,
    /// September to November in the north.
    Autumn,
}

/// Half a year, in months.
const HALF_YEAR: u8 = 6;
/// Up to this mean of high and low in °C it is like winter, between these like spring or autumn, above like summer.
const LIKE_WINTER: f64 = 4.0;
const LIKE_SUMMER: f64 = 16.0;

static USUAL: LazyLock<Vec<Usual>> = LazyLock::new(|| parse(include_str!("seasons.txt")));

/// What a season is like in a belt of latitudes.
struct Usual {
    from: f64,
    to: f64,
    season: Option<Season>,
    normal: Normal,
}

impl Season {
    /// The season that a word is.
    pub(crate) fn parse(word: &str) -> Option<Self> {
        match word {
            "winter" | "wintertime" => Some(Self::Winter),
            "spring" | "springtime" => Some(Self::Spring),
            "summer" | "summertime" => Some(Self::Summer),
            "autumn" | "fall" => Some(Self::Autumn),
            _ => None,
        }
    }

    /// As it is told.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Winter => "winter",
            Self::Spring => "spring",
            Self::Summer => "summer",
            Self::Autumn => "autumn",
        }
    }

    /// Its three months, from 1 to 12.
    pub(crate) fn months(self, is_south: bool) -> Vec<u8> {
        let first = match self {
            Self::Winter => 12,
            Self::Spring => 3,
            Self::Summer => 6,
            Self::Autumn => 9,
        };
        let first = if is_south { first + HALF_YEAR } else { first };
        (0..3).map(|place| (first + place - 1) % 12 + 1).collect()
    }

    /// The season of a month.
    pub(crate) fn of(month: u8, is_south: bool) -> Self {
        let all = [Self::Winter, Self::Spring, Self::Summer, Self::Autumn];
        all.into_iter().find(|season| season.months(is_south).contains(&month)).unwrap_or(Self::Winter)
    }

    /// The seasons that a weather is like.
    pub(crate) fn like(normal: &Normal) -> Vec<Self> {
        match normal.figure("mean") {
            Some(mean) if mean <= LIKE_WINTER => vec![Self::Winter],
            Some(mean) if mean >= LIKE_SUMMER => vec![Self::Summer],
            Some(_) => vec![Self::Spring, Self::Autumn],
            None => Vec::new(),
        }
    }

    /// What it is usually like at a latitude.
    pub(super) fn usual(self, latitude: f64) -> Normal {
        let is_here = |usual: &&Usual| {
            let latitude = latitude.abs();
            usual.from <= latitude && latitude < usual.to && usual.season.is_none_or(|own| own == self)
        };
        USUAL.iter().find(is_here).map(|usual| usual.normal).unwrap_or_default()
    }
}

fn parse(text: &str) -> Vec<Usual> {
    let mut all = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let mut fields = line.split(';').map(str::trim);
        let belt = fields.next().and_then(|belt| belt.split_once(' '));
        let Some((Ok(from), Ok(to))) = belt.map(|(from, to)| (from.parse(), to.parse())) else { continue };
        for (season, figures) in fields.filter_map(|field| field.split_once(": ")) {
            let Some((high, low)) = figures.split_once(" / ") else { continue };
            let normal =
                Normal { high: high.trim().parse().ok(), low: low.trim().parse().ok(), ..Normal::default() };
            all.push(Usual { from, to, season: Season::parse(season.trim()), normal });
        }
    }
    all
}
