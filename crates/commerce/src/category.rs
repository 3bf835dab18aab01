//! Category paths, from the widest to the narrowest.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A path such as `Women > Tops > Jackets`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct CategoryPath(Vec<String>);

impl CategoryPath {
    /// A path of these names; blank names are left out, and there is no path without a name.
    pub fn new(names: impl IntoIterator<Item = impl Into<String>>) -> Option<Self> {
        let names: Vec<String> = names
            .into_iter()
            .map(|name| name.into().trim().to_owned())
            .filter(|name| !name.is_empty())
            .collect();
        (!names.is_empty()).then_some(Self(names))
    }

    /// A path from text with this separator, such as `>` or `/`.
    pub fn parse(text: &str, separator: char) -> Option<Self> {
        Self::new(text.split(separator))
    }

    /// The names from the widest to the narrowest; at least one.
    pub fn names(&self) -> &[String] {
        &self.0
    }

    /// The narrowest name.
    pub fn leaf(&self) -> &str {
        self.0.last().map_or("", String::as_str)
    }
}

impl fmt::Display for CategoryPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join(" > "))
    }
}
