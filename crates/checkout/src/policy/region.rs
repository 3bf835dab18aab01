//! Where a rate holds: `"*"`, `"US"`, `"US-CA"`, `"US-CA:940"`.

mod region_table;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Address;
use region_table::{CA_PROVINCES, COUNTRIES, US_STATES};

/// A country, a part of it, and the beginning of a postcode; each but the country may be left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct Region {
    country: Option<String>,
    part: Option<String>,
    postcode: Option<String>,
}

impl Region {
    /// Reads `*`, `US`, `US-CA`, `US-CA:940` or `GB:BT`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text == "*" {
            return Some(Self { country: None, part: None, postcode: None });
        }
        let (place, postcode) = match text.split_once(':') {
            Some((place, postcode)) => (place, Some(postcode)),
            None => (text, None),
        };
        let (country, part) = match place.split_once('-') {
            Some((country, part)) => (country, Some(part)),
            None => (place, None),
        };
        let is_word = |word: &str| !word.is_empty() && !word.contains(['*', ' ']);
        let is_region = is_word(country) && part.is_none_or(is_word) && postcode.is_none_or(is_word);
        // A region that no address can lie in is a mistake.
        let country = country_code(country).filter(|_| is_region)?;
        let part = match part {
            Some(part) => Some(part_code(country, part)?),
            None => None,
        };
        Some(Self { country: Some(country.to_owned()), part, postcode: postcode.map(str::to_uppercase) })
    }

    /// Whether the address lies in the region.
    pub fn contains(&self, address: &Address) -> bool {
        let Some(wanted) = &self.country else { return true };
        let is_part = |part: &String| part_code(wanted, &address.region).is_some_and(|known| known == *part);
        let postcode: String = address.postcode.to_uppercase().split_whitespace().collect();
        country_code(&address.country) == Some(wanted.as_str())
            && self.part.as_ref().is_none_or(is_part)
            && self.postcode.as_ref().is_none_or(|start| postcode.starts_with(start.as_str()))
    }

    /// The code of its country; `None` where it is everywhere.
    pub(crate) fn country(&self) -> Option<&str> {
        self.country.as_deref()
    }

    /// The field of an address that has to be known to say whether it lies in the region, and is not.
    pub(crate) fn unclear(&self, address: &Address) -> Option<&'static str> {
        let wanted = self.country.as_deref()?;
        match country_code(&address.country) {
            None => Some("country"),
            Some(country) if country != wanted || self.part.is_none() => None,
            Some(country) => part_code(country, &address.region).is_none().then_some("state"),
        }
    }
}

impl TryFrom<String> for Region {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or_else(|| {
            format!("\"{text}\" is no region; write \"*\", \"US\", \"US-CA\" or \"US-CA:940\"")
        })
    }
}

impl From<Region> for String {
    fn from(region: Region) -> Self {
        let mut text = region.country.unwrap_or_else(|| "*".to_owned());
        for (sign, word) in [('-', region.part), (':', region.postcode)] {
            if let Some(word) = word {
                text.push(sign);
                text.push_str(&word);
            }
        }
        text
    }
}

/// The code of a country by its code or name.
fn country_code(text: &str) -> Option<&'static str> {
    code_of(COUNTRIES, &plain(text))
}

/// The code of a part of a country by its code or name; of countries without a table here, the text in capitals.
fn part_code(country: &str, text: &str) -> Option<String> {
    let text = plain(text);
    match country {
        "US" => code_of(US_STATES, &text).map(str::to_owned),
        "CA" => code_of(CA_PROVINCES, &text).map(str::to_owned),
        _ => (!text.is_empty()).then_some(text),
    }
}

fn code_of(table: &[(&'static str, &[&str])], text: &str) -> Option<&'static str> {
    let is_it = |(code, names): &&(&'static str, &[&str])| *code == text || names.contains(&text);
    table.iter().find(is_it).map(|(code, _)| *code)
}

/// In capitals, without dots, with single blanks between words.
fn plain(text: &str) -> String {
    let text = text.replace(['.', '\''], "").to_uppercase();
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}
