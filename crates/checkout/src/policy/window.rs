//! Stretches of time in a policy file: `"30 days"`, `"2 hours"`.

use std::fmt;

use jiff::{SignedDuration, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Names and how many minutes each stands for, the longest first.
const UNITS: [(&str, u32); 4] = [("week", 10_080), ("day", 1_440), ("hour", 60), ("minute", 1)];

/// A whole number of minutes, hours, days of 24 hours, or weeks; at most ten years.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct Window {
    minutes: u32,
}

impl Window {
    /// The longest window: ten years.
    pub const MAX_MINUTES: u32 = 5_260_000;

    /// Reads `30 days`, `1 hour`, `90 minutes`, `2 weeks`.
    pub fn parse(text: &str) -> Option<Self> {
        let (number, unit) = text.trim().split_once(' ')?;
        let unit = unit.trim().trim_end_matches('s');
        let (_, each) = UNITS.iter().find(|(name, _)| *name == unit)?;
        let minutes = number.parse::<u32>().ok()?.checked_mul(*each)?;
        (minutes <= Self::MAX_MINUTES).then_some(Self { minutes })
    }

    /// How long it is.
    pub fn minutes(self) -> u32 {
        self.minutes
    }

    /// When the window closes that opened at this time.
    pub fn after(self, start: Timestamp) -> Timestamp {
        start.saturating_add(SignedDuration::from_mins(i64::from(self.minutes))).unwrap_or(Timestamp::MAX)
    }

    /// When a window opened that closes at this time; `None` before all times.
    pub fn before(self, end: Timestamp) -> Option<Timestamp> {
        end.checked_sub(SignedDuration::from_mins(i64::from(self.minutes))).ok()
    }

    /// Whether the window that opened at `start` is still open; its last instant counts.
    pub fn is_open(self, start: Timestamp, now: Timestamp) -> bool {
        now <= self.after(start)
    }
}

impl fmt::Display for Window {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Weeks are shown as days, as shops write them: `14 days`.
        let fitting = UNITS.iter().skip(1).find(|(_, each)| self.minutes.is_multiple_of(*each));
        let (name, each) = *fitting.unwrap_or(&("minute", 1));
        let number = self.minutes / each;
        write!(f, "{number} {name}{}", if number == 1 { "" } else { "s" })
    }
}

impl TryFrom<String> for Window {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or_else(|| {
            format!("\"{text}\" is no stretch of time; write \"30 days\", \"2 hours\" or \"15 minutes\"")
        })
    }
}

impl From<Window> for String {
    fn from(window: Window) -> Self {
        window.to_string()
    }
}
