use base64::Engine;
use checkout::ShopperId;

use super::{Claims, TokenError, TokenKey};

fn key() -> TokenKey {
    TokenKey::new("your-256-bit-secret-of-32-or-more-bytes").expect("long enough")
}

fn claims() -> Claims {
    Claims { sub: ShopperId::parse("ada").expect("an id"), exp: 100, name: None, email: None, scope: None }
}

#[test]
fn a_token_counts_until_it_expires() {
    let token = key().sign(&claims());
    assert_eq!(key().verify(&token, 99), Ok(claims()));
    assert_eq!(key().verify(&token, 100), Err(TokenError::Invalid));
}

#[test]
fn a_token_of_another_library_counts() {
    // Made with the header {"typ":"JWT","alg":"HS256"} and a claim that is not ours, and signed here.
    let signed = "eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhZGEiLCJleHAiOjEwMCwiaXNzIjoic2hvcCJ9";
    let signature = super::URL_SAFE_NO_PAD.encode(hmac::Mac::finalize(key().mac(signed)).into_bytes());
    assert_eq!(key().verify(&format!("{signed}.{signature}"), 1), Ok(claims()));
}

#[test]
fn what_was_changed_or_signed_by_others_does_not_count() {
    let token = key().sign(&claims());
    let other =
        TokenKey::new("another secret of thirty-two bytes or more").expect("long enough").sign(&claims());
    let none = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZGEiLCJleHAiOjEwMH0.";
    for bad in [&token[1..], &token[..token.len() - 2], &other, none, "", "a.b.c", &"x".repeat(5_000)] {
        assert_eq!(key().verify(bad, 1), Err(TokenError::Invalid), "{bad}");
    }
    assert_eq!(TokenKey::new("short").err(), Some(TokenError::ShortSecret));
    assert_eq!(format!("{:?}", key()), "TokenKey");
}
