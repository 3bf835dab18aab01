//! What a client holds of its session: the name and, for guests, the secret that shows that it is theirs.

use std::fmt;

use agent::SessionId;
use checkout::GuestId;
use sessions::new_id;

use crate::Party;
use crate::party::digest;

/// The longest name or secret.
const MAX_BYTES: usize = 64;

/// A session as its owner names it: `ses_….own_…`. Whoever has the secret is the owner, so it is kept out of logs; the
/// journal holds a digest of it.
#[derive(Clone, PartialEq, Eq)]
pub struct Handle {
    /// The session.
    pub session: SessionId,
    secret: Option<String>,
}

impl Handle {
    /// A new session of a guest.
    pub fn new_guest() -> Self {
        Self { session: SessionId::new(new_id("ses")), secret: Some(new_id("own")) }
    }

    /// A session whose owner shows a token.
    pub fn of_shopper(session: SessionId) -> Self {
        Self { session, secret: None }
    }

    /// The handle that a client gave back; `None` where it cannot be one.
    pub fn parse(text: &str) -> Option<Self> {
        let (name, secret) = match text.split_once('.') {
            Some((name, secret)) => (name, Some(secret)),
            None => (text, None),
        };
        let is_name = |text: &str| {
            (1..=MAX_BYTES).contains(&text.len())
                && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-')
        };
        let is_fine = name.starts_with("ses_") && is_name(name) && secret.is_none_or(is_name);
        is_fine.then(|| Self { session: SessionId::new(name), secret: secret.map(str::to_owned) })
    }

    /// The guest that the secret belongs to; nobody where there is none.
    pub fn guest(&self) -> Option<Party> {
        let secret = self.secret.as_deref()?;
        GuestId::parse(&digest(&["guest", self.session.as_str(), secret], 16)).map(Party::Guest)
    }

    /// The handle with its secret, for its owner only.
    pub fn reveal(&self) -> String {
        match &self.secret {
            Some(secret) => format!("{}.{secret}", self.session),
            None => self.session.to_string(),
        }
    }
}

/// Without the secret.
impl fmt::Debug for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.session)
    }
}
