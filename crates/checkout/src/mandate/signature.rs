//! The signature under a mandate: Ed25519 (RFC 8032) over the terms as bytes.

use ed25519_dalek::{Signature as Ed25519Signature, VerifyingKey};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::MandateTerms;
use crate::Refusal;

/// What stands before the terms, so that a signature under something else is none under a mandate.
const DOMAIN: &[u8] = b"russet mandate 1\n";

/// A signature with the key that made it, both in hexadecimal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Signature {
    /// The public key, 64 digits. It has to be one of the shopper's.
    pub key: String,
    /// The signature, 128 digits.
    pub signature: String,
}

/// The bytes that are signed: a line that names the purpose, then the terms as JSON in the order of their fields without
/// spaces.
pub fn canonical_bytes(terms: &MandateTerms) -> Vec<u8> {
    let mut bytes = DOMAIN.to_vec();
    bytes.extend(serde_json::to_vec(terms).expect("terms have text keys only"));
    bytes
}

impl Signature {
    /// Refuses a signature that is none of the shopper's under these terms.
    pub(super) fn verify(&self, terms: &MandateTerms, keys: &[String]) -> Result<(), Refusal> {
        let is_known = keys.iter().any(|key| key.eq_ignore_ascii_case(&self.key));
        let key = bytes::<32>(&self.key).and_then(|key| VerifyingKey::from_bytes(&key).ok());
        let signature = bytes::<64>(&self.signature).map(|bytes| Ed25519Signature::from_bytes(&bytes));
        let holds = match (key, signature) {
            (Some(key), Some(signature)) => key.verify_strict(&canonical_bytes(terms), &signature).is_ok(),
            _ => false,
        };
        if is_known && holds { Ok(()) } else { Err(Refusal::SignatureInvalid) }
    }
}

fn bytes<const N: usize>(text: &str) -> Option<[u8; N]> {
    if text.len() != N * 2 || !text.is_ascii() {
        return None;
    }
    let mut bytes = [0; N];
    for (place, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[place * 2..place * 2 + 2], 16).ok()?;
    }
    Some(bytes)
}
