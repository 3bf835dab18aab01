//! Identifiers: a tag and sixteen characters derived from the id that the feed gave, so that importing the same feed
//! on another machine gives the same ids.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Eighty bits of the SHA-256 of the parts, in Crockford base 32.
fn digest(parts: &[&str]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    }
    let hash = hasher.finalize();
    let mut bits = hash[..10].iter().fold(0u128, |bits, byte| bits << 8 | u128::from(*byte));
    let mut text = [0u8; 16];
    for place in text.iter_mut().rev() {
        *place = ALPHABET[(bits & 31) as usize];
        bits >>= 5;
    }
    text.iter().map(|byte| char::from(*byte)).collect()
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident $tag:literal)*) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// The id of the thing that the shop's own systems call by these parts, such as the id in a feed.
            pub fn of(parts: &[&str]) -> Self {
                Self(format!(concat!($tag, "_{}"), digest(parts)))
            }

            /// The id that this text is, if it has the tag and the length of one.
            pub fn parse(text: &str) -> Option<Self> {
                let rest = text.strip_prefix(concat!($tag, "_"))?;
                let is_id = rest.len() == 16 && rest.bytes().all(|byte| ALPHABET.contains(&byte));
                is_id.then(|| Self(text.to_owned()))
            }

            /// The id as text, tag included.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )*};
}

ids! {
    /// A product: what a shopper sees as one thing, with its sizes and colours.
    ProductId "prd"
    /// One buyable form of a product.
    VariantId "var"
    /// One review.
    ReviewId "rev"
    /// One question of a shopper with its answers.
    QuestionId "qst"
    /// One page, guide or policy.
    DocumentId "doc"
    /// One sentence or attribute that can be cited.
    EvidenceId "evd"
}
