//! What a client is told when a request fails: RFC 9457 problem details with a code from one table.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The body of every failed request, as `application/problem+json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Problem {
    /// Names the kind of problem: `urn:russet:error:` and the code.
    #[serde(rename = "type")]
    pub kind: String,
    /// The kind of problem in words, the same each time.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What happened this time.
    pub detail: String,
    /// A stable word for programs.
    pub code: ErrorCode,
    /// Whether the same request may succeed later.
    pub retryable: bool,
    /// How to mend it; absent where nobody but the operator can.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// Finds the request in the server's log.
    pub request_id: String,
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident $status:literal $retryable:literal $title:literal;)*) => {
        /// Every way in which a request can fail.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum ErrorCode {
            $($(#[$doc])* $name,)*
        }

        impl ErrorCode {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The HTTP status.
            pub fn status(self) -> u16 {
                match self { $(Self::$name => $status,)* }
            }

            /// Whether the same request may succeed later.
            pub fn is_retryable(self) -> bool {
                match self { $(Self::$name => $retryable,)* }
            }

            /// The kind of problem in words.
            pub fn title(self) -> &'static str {
                match self { $(Self::$name => $title,)* }
            }
        }
    };
}

codes! {
    /// The body or the query string is not what the path takes.
    InvalidRequest 400 false "The request is not well formed";
    /// A filter has no field, no value or a number that is none.
    InvalidFilter 400 false "A filter cannot be read";
    /// The cursor is not one that a search gave, or the catalog has changed since.
    InvalidCursor 400 false "The cursor cannot be used";
    /// The token is not one of this shop, or has expired.
    NotSignedIn 401 false "The token does not count";
    /// A message in the name of the payment provider is not signed with its secret.
    NotVerified 401 false "The signature does not count";
    /// The client has no such session, or no such place in its stream.
    UnknownSession 404 false "There is no such session";
    /// There is no such path.
    UnknownPath 404 false "There is nothing here";
    /// The catalog has no product of this source id.
    UnknownProduct 404 false "There is no such product";
    /// Nothing of that name is remembered of the client.
    UnknownFact 404 false "There is no such fact";
    /// The shop knows no such payment, or none that waits.
    UnknownPayment 404 false "There is no such payment";
    /// No call of this name waits or waited for the staff.
    UnknownReview 404 false "There is no such call";
    /// The text that was read is not what would be done now, or it was answered.
    OutdatedReview 409 false "The text has changed";
    /// The path takes another method.
    WrongMethod 405 false "The method is not allowed here";
    /// The body is larger than the path takes.
    BodyTooLarge 413 false "The body is too large";
    /// As many requests as the server takes are being answered.
    Overloaded 429 true "Too many requests at once";
    /// Another process works on the session.
    SessionBusy 503 true "The session is held elsewhere";
    /// Something failed that the client cannot mend.
    Internal 500 false "Something went wrong";
    /// The catalog is not open yet.
    NotReady 503 true "The server is starting";
    /// The answer took too long.
    TimedOut 504 true "The answer took too long";
}

impl ErrorCode {
    /// The code as it stands in JSON.
    pub fn word(self) -> String {
        let name = format!("{self:?}");
        let mut word = String::new();
        for (place, c) in name.char_indices() {
            if c.is_uppercase() && place > 0 {
                word.push('_');
            }
            word.extend(c.to_lowercase());
        }
        word
    }
}

impl Problem {
    /// A problem of this kind.
    pub fn new(code: ErrorCode, detail: impl Into<String>, request_id: impl Into<String>) -> Self {
        Self {
            kind: format!("urn:russet:error:{}", code.word()),
            title: code.title().to_owned(),
            status: code.status(),
            detail: detail.into(),
            code,
            retryable: code.is_retryable(),
            hint: None,
            request_id: request_id.into(),
        }
    }

    /// The same with a way to mend it.
    pub fn with_hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }
}
