//! A secret that never shows.

use std::fmt;

use reqwest::header::HeaderValue;

use crate::InferError;

/// The key of a server. It has no way to be printed.
#[derive(Clone)]
pub struct ApiKey(HeaderValue);

impl ApiKey {
    /// Takes a key.
    pub fn new(key: &str) -> Result<ApiKey, InferError> {
        let mut header = HeaderValue::from_str(&format!("Bearer {}", key.trim()))
            .map_err(|_| InferError::rejected("the API key holds characters that no key has"))?;
        header.set_sensitive(true);
        Ok(ApiKey(header))
    }

    /// The header that carries it.
    pub(super) fn header(&self) -> HeaderValue {
        self.0.clone()
    }
}

impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ApiKey(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn never_shows() {
        let key = ApiKey::new("sk-secret").unwrap();
        assert_eq!(format!("{key:?} {:?}", key.header()), "ApiKey(hidden) Sensitive");
    }
}
