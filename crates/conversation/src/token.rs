//! Tokens by which a shop says who is signed in: JSON Web Tokens (RFC 7519) signed with HMAC-SHA-256 under a secret that the
//! shop and Russet share. Any library makes them.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use checkout::ShopperId;
use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

/// The shortest secret, in bytes: as long as what it makes.
const MIN_SECRET_BYTES: usize = 32;
/// The longest token.
const MAX_TOKEN_BYTES: usize = 4_096;
/// The header of every token that is made here; others need only name the same algorithm.
const HEADER: &str = r#"{"alg":"HS256","typ":"JWT"}"#;

/// The scope of the staff: seeing and answering what waits for the shop.
pub const STAFF_SCOPE: &str = "staff:approvals";

/// Why a token does not count. It says nothing of what the token held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// Give the shop a secret.
    #[error("this shop takes no tokens")]
    NoSecret,
    /// Use a longer secret.
    #[error("the secret of tokens has less than {MIN_SECRET_BYTES} bytes")]
    ShortSecret,
    /// Sign in again.
    #[error("the token is not one of this shop, or has expired")]
    Invalid,
}

/// What a token says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    /// The shopper's id in the shop.
    pub sub: ShopperId,
    /// Until when it counts, in seconds since 1970.
    pub exp: i64,
    /// First and last name, for a profile that the shop's books do not have yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Where mail goes, for the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// What it may do besides speaking as a shopper, parted by blanks. A token with the scope of the staff is no shopper's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
}

impl Claims {
    /// Whether a scope is among its own.
    pub fn has_scope(&self, scope: &str) -> bool {
        self.scope.iter().flat_map(|all| all.split_whitespace()).any(|own| own == scope)
    }
}

/// The secret that tokens are signed with. It is shown nowhere.
#[derive(Clone)]
pub struct TokenKey(Vec<u8>);

impl TokenKey {
    /// The key of a secret.
    pub fn new(secret: &str) -> Result<Self, TokenError> {
        match secret.len() {
            0 => Err(TokenError::NoSecret),
            1..MIN_SECRET_BYTES => Err(TokenError::ShortSecret),
            _ => Ok(Self(secret.as_bytes().to_vec())),
        }
    }

    /// A token that says this.
    pub fn sign(&self, claims: &Claims) -> String {
        let claims = serde_json::to_vec(claims).expect("claims are texts and a number");
        let signed = format!("{}.{}", URL_SAFE_NO_PAD.encode(HEADER), URL_SAFE_NO_PAD.encode(claims));
        let signature = self.mac(&signed).finalize().into_bytes();
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
    }

    /// What a token says, if it was signed with this key and has not expired at `now`, in seconds since 1970.
    pub fn verify(&self, token: &str, now: i64) -> Result<Claims, TokenError> {
        if token.len() > MAX_TOKEN_BYTES {
            return Err(TokenError::Invalid);
        }
        let (signed, signature) = token.rsplit_once('.').ok_or(TokenError::Invalid)?;
        let (header, claims) = signed.split_once('.').ok_or(TokenError::Invalid)?;
        let decode = |text: &str| URL_SAFE_NO_PAD.decode(text).map_err(|_| TokenError::Invalid);
        // Compared in constant time.
        self.mac(signed).verify_slice(&decode(signature)?).map_err(|_| TokenError::Invalid)?;
        let header: Header = serde_json::from_slice(&decode(header)?).map_err(|_| TokenError::Invalid)?;
        let claims: Claims = serde_json::from_slice(&decode(claims)?).map_err(|_| TokenError::Invalid)?;
        let holds = header.alg == "HS256" && claims.exp > now;
        if holds { Ok(claims) } else { Err(TokenError::Invalid) }
    }

    fn mac(&self, signed: &str) -> Hmac<Sha256> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("keys of any length are taken");
        mac.update(signed.as_bytes());
        mac
    }
}

#[derive(Deserialize)]
struct Header {
    alg: String,
}

impl fmt::Debug for TokenKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenKey")
    }
}

#[cfg(test)]
mod tests;
