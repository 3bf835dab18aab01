//! Questions that shoppers asked on a product page, with the answers they got.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{ProductRef, QuestionId};

/// One question about a product.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Question {
    /// Derived from `source_id`.
    pub id: QuestionId,
    /// The id that the feed gave.
    pub source_id: String,
    /// The product it is about.
    pub product: ProductRef,
    /// Plain text.
    pub text: String,
    /// When it was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked: Option<Timestamp>,
    /// In the feed's order; empty while nobody has answered.
    #[serde(default)]
    pub answers: Vec<Answer>,
}

/// One answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// Plain text.
    pub text: String,
    /// Who answered; empty for anonymous.
    #[serde(default)]
    pub author: String,
    /// Whether the shop itself answered.
    #[serde(default)]
    pub is_staff: bool,
    /// When it was answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answered: Option<Timestamp>,
}
