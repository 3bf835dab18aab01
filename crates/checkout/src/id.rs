//! Identifiers. They come from the caller, because a pure machine draws no random numbers: an imported order keeps the
//! number that its shop gave it.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The longest id that is taken, in bytes.
pub const MAX_ID_BYTES: usize = 96;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        #[serde(try_from = "String", into = "String")]
        #[schemars(with = "String", extend("minLength" = 1, "maxLength" = MAX_ID_BYTES))]
        pub struct $name(String);

        impl $name {
            /// The id that this text is: not blank, without control characters, of at most [`MAX_ID_BYTES`].
            pub fn parse(text: &str) -> Option<Self> {
                let text = text.trim();
                let is_id = !text.is_empty() && text.len() <= MAX_ID_BYTES && !text.contains(char::is_control);
                is_id.then(|| Self(text.to_owned()))
            }

            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = String;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                Self::parse(&text).ok_or_else(|| {
                    format!("an id is 1 to {MAX_ID_BYTES} bytes of text without control characters")
                })
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0
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
    /// A cart, from the first item to the order.
    CartId
    /// An order, as the shopper knows its number.
    OrderId
    /// A return or an exchange.
    ReturnId
    /// A signed-in shopper.
    ShopperId
    /// A browser or session of somebody who is not signed in.
    GuestId
    /// A person who works for the shop.
    StaffId
    /// A way to pay: a card, a wallet account, a gift card.
    MethodId
    /// A wish to be told about a price.
    AlertId
    /// A signed permission to buy.
    MandateId
    /// What makes a request the same request when it is sent again.
    Key
}
