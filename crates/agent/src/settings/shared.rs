//! Settings stand in journals as what they are, and in memory once.

use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Settings;

pub(crate) fn serialize<S: Serializer>(settings: &Arc<Settings>, serializer: S) -> Result<S::Ok, S::Error> {
    Settings::serialize(settings, serializer)
}

pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Arc<Settings>, D::Error> {
    Settings::deserialize(deserializer).map(Arc::new)
}
