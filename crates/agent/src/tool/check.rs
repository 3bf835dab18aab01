//! Whether a value fits a schema.

use serde_json::Value;

/// How many faults are listed.
const MAX_FAULTS: usize = 8;

/// Where a value does not fit, as `pointer: keyword`; none where it fits. The value itself is not repeated, since
/// faults are written into the journal.
pub(crate) fn faults(schema: &Value, value: &Value) -> Vec<String> {
    match jsonschema::validator_for(schema) {
        Ok(validator) => validator
            .iter_errors(value)
            .take(MAX_FAULTS)
            .map(|error| {
                let keyword = error.schema_path().as_str().rsplit('/').next().unwrap_or_default().to_owned();
                format!("{}: {keyword}", error.instance_path())
            })
            .collect(),
        Err(_) => vec![": schema".to_owned()],
    }
}
