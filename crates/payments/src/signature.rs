//! Signatures of webhooks as providers use them: `t=SECONDS,v1=HEX`, an HMAC-SHA256 over the time, a dot and the body.

use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use sha2::Sha256;

use crate::Unheard;

/// How old a signature may be, and how far its clock may be ahead, in seconds.
const TOLERANCE_SECONDS: u64 = 300;

/// The signature of a body at this time.
pub fn sign(secret: &str, now: Timestamp, body: &[u8]) -> String {
    let time = now.as_second();
    let digest = mac(secret, &time.to_string(), body).finalize().into_bytes();
    let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("t={time},v1={hex}")
}

/// Refuses a signature that does not show that whoever has the secret signed this body a short while ago.
pub fn verify(secret: &str, signature: &str, body: &[u8], now: Timestamp) -> Result<(), Unheard> {
    let part = |name: &str| signature.split(',').find_map(|part| part.trim().strip_prefix(name));
    let (time, hex) = (part("t=").ok_or(Unheard::Signature)?, part("v1=").ok_or(Unheard::Signature)?);
    let given = bytes(hex).ok_or(Unheard::Signature)?;
    mac(secret, time, body).verify_slice(&given).map_err(|_| Unheard::Signature)?;
    let time: i64 = time.parse().map_err(|_| Unheard::Signature)?;
    match now.as_second().abs_diff(time) <= TOLERANCE_SECONDS {
        true => Ok(()),
        false => Err(Unheard::Stale),
    }
}

fn mac(secret: &str, time: &str, body: &[u8]) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("a key of any length");
    mac.update(time.as_bytes());
    mac.update(b".");
    mac.update(body);
    mac
}

fn bytes(hex: &str) -> Option<Vec<u8>> {
    let is_hex = hex.len() == 64 && hex.bytes().all(|byte| byte.is_ascii_hexdigit());
    let byte = |place: usize| u8::from_str_radix(&hex[place..place + 2], 16).ok();
    is_hex.then(|| (0..hex.len()).step_by(2).filter_map(byte).collect())
}
