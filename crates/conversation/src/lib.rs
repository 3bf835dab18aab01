//! The shopping conversation on the runtime. A [`Desk`] takes what somebody says, the [`Guide`] decides what it means, the
//! [`Clerk`] carries it out in the shop's books, and the parts of the reply stream from the session's journal.
//!
//! **Invariants**
//! - What a shopper reads about carts, orders and money is rendered from the books ([`Outcome`]), never written by a model.
//! - What cannot be taken back is done after a yes to the text that was shown, and refused where it would be another now.
//! - Whoever speaks is known by a token of the shop or by the secret in the handle of their session; a session of somebody
//!   else is answered like one that does not exist.
//! - Nothing is kept here: what a turn needs to know of earlier ones stands in the session.

mod adviser;
mod answerer;
mod clerk;
mod counter;
mod desk;
mod error;
mod guide;
mod handle;
mod notices;
mod outcome;
mod party;
mod proof;
mod recollection;
mod remembered;
mod reply;
mod said;
mod scene;
mod settings;
mod token;
mod tongue;
mod webhook;
mod work;

pub use adviser::{Advice, Adviser, Prompt, Unadvised};
pub use agent::Rate;
pub use answerer::{Answered, Answerer, Pointer, Question, Unanswered};
pub use clerk::Clerk;
pub use counter::Counter;
pub use desk::{
    Desk, Exchange, Rememberer, ReviewId, Seat, Staff, StreamEvent, Unedited, Unsettleable, Utterance,
    reviewed,
};
pub use error::DeskError;
pub use guide::Guide;
pub use handle::Handle;
pub use notices::Notices;
pub use outcome::{Outcome, order_facts};
pub use party::Party;
pub use payments::Unheard;
pub use settings::{Spending, settings};
pub use token::{Claims, STAFF_SCOPE, TokenError, TokenKey};
pub use webhook::{Webhook, WebhookError};
