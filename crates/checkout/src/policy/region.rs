//! Where a rate holds: `"*"`, `"US"`, `"US-CA"`, `"US-CA:940"`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Address;

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
        let owned = |word: &str| word.to_uppercase();
        is_region.then(|| Self {
            country: Some(owned(country)),
            part: part.map(owned),
            postcode: postcode.map(owned),
        })
    }

    /// Whether the address lies in the region.
    pub fn contains(&self, address: &Address) -> bool {
        let is = |wanted: &Option<String>, word: &str| {
            wanted.as_ref().is_none_or(|wanted| word.trim().to_uppercase() == *wanted)
        };
        let postcode: String = address.postcode.to_uppercase().split_whitespace().collect();
        is(&self.country, &address.country)
            && is(&self.part, &address.region)
            && self.postcode.as_ref().is_none_or(|start| postcode.starts_with(start.as_str()))
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
