//! Pictures of products.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where a picture is and what it shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Image {
    /// An absolute URL, or a path below the folder or archive of the feed.
    pub location: String,
    /// What it shows, for those who cannot see it; empty where the feed does not say.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub alt: String,
}

impl Image {
    /// A picture at this place, without a description.
    pub fn at(location: impl Into<String>) -> Self {
        Self { location: location.into(), alt: String::new() }
    }
}
