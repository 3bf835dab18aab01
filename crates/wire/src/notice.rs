//! What a shopper should hear of while they are away, as couriers get it.

use commerce::Money;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One notice. It is delivered at least once; the id tells a second time from the first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Notice {
    /// Its name, the same each time.
    pub id: String,
    /// What happened.
    pub kind: NoticeKind,
    /// When, RFC 3339.
    pub at: String,
    /// The shopper's id; left out for a guest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shopper: Option<String>,
    /// Where mail goes; empty where that is not known.
    pub email: String,
    /// What it is about: the goods, or the first line of what was asked for.
    pub title: String,
    /// The price that was waited for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_or_below: Option<Money>,
    /// The price that was reached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<Money>,
    /// How many pieces a standing order was for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<u32>,
    /// The number of the order that was placed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<String>,
    /// What became of what the shop looked at: `done`, `refused`, `expired`, `failed`, `unknown`, or `asked_anew` after a change of the shop's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// What the shopper reads of that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<String>,
    /// How far its delivery is; left out where it was not tried, and in what is delivered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivery: Option<NoticeDelivery>,
}

/// What a notice is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NoticeKind {
    /// A price alert went off.
    PriceReached,
    /// A standing order bought.
    StandingOrderBought,
    /// The time of a standing order is over, and nothing was bought.
    StandingOrderOver,
    /// The shop has looked at what somebody asked for.
    LookedAt,
}

/// How far the delivery of a notice is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NoticeDelivery {
    /// How often it was tried.
    pub attempts: u32,
    /// When it was taken, RFC 3339; `null` where it was not.
    pub delivered_at: Option<String>,
    /// When it is tried again, RFC 3339; `null` where it was taken or is tried no more.
    pub next_at: Option<String>,
    /// What stood in the way last; empty where nothing did.
    pub fault: String,
}

/// What is sent to a webhook, as the Standard Webhooks specification has it: the headers `webhook-id`, `webhook-timestamp` and
/// `webhook-signature` say which message it is and that it is the shop's.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct NoticeMessage {
    /// `notice.` and the kind of the notice.
    #[serde(rename = "type")]
    pub kind: String,
    /// When it happened, RFC 3339.
    pub timestamp: String,
    /// The notice.
    pub data: Notice,
}

impl NoticeKind {
    /// The kind as it stands in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::PriceReached => "price_reached",
            Self::StandingOrderBought => "standing_order_bought",
            Self::StandingOrderOver => "standing_order_over",
            Self::LookedAt => "looked_at",
        }
    }
}
