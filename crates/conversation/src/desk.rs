//! Where conversations come in: who somebody is, what they say, and the stream of the reply.

mod exchange;
mod line;
mod memory;
mod merge;
mod pay;
mod review;
mod say;
mod seat;
mod sign_in;
mod unsettled;

use std::sync::Arc;

use agent::{BadSettings, CheckedSettings, OwnerId};
use checkout::query::Query;
use checkout::{Refusal, Shopper, State};
use sessions::{Courier, NoCourier, Node, Options, Outside, SystemClock};
use store::{BooksError, Runtime};

pub use exchange::{Exchange, StreamEvent};
use line::Line;
pub use memory::{Rememberer, Unedited};
pub use review::{ReviewId, Staff, reviewed};
pub(crate) use review::{described, find_review};
pub use say::Utterance;
pub use seat::Seat;
pub(crate) use unsettled::TAKEN_BACK;
pub use unsettled::Unsettleable;

use crate::{Answerer, Claims, Clerk, Counter, DeskError, Guide, Party, Spending, TokenKey, settings};

/// Takes conversations in and hands replies out. Cheap to clone; clones are one desk.
#[derive(Clone, Debug)]
pub struct Desk {
    node: Node,
    counter: Counter,
    /// What new sessions run under.
    settings: CheckedSettings,
    token_key: Option<TokenKey>,
    line: Line,
}

impl Desk {
    /// Opens the desk of a shop, whose new conversations may spend so much on language models. Its sessions run in this process
    /// until [`Desk::close`].
    pub fn open(
        runtime: Runtime,
        counter: Counter,
        answerer: Arc<dyn Answerer>,
        token_key: Option<TokenKey>,
        spending: Spending,
    ) -> Result<Self, BadSettings> {
        let settings = settings(counter.policy(), spending)?;
        let courier: Arc<dyn Courier> = Arc::new(NoCourier);
        let outside = Outside {
            callee: Arc::new(Clerk::new(counter.clone())),
            decider: Arc::new(Guide::new(counter.clone(), answerer)),
            courier,
            clock: Arc::new(SystemClock),
        };
        let node = Node::start(runtime, outside, Options::default());
        Ok(Self { node, counter, settings, token_key, line: Line::default() })
    }

    /// Gives all sessions back, so that other processes need not wait for them.
    pub async fn close(&self) {
        self.node.stop().await;
    }

    /// The node that runs the sessions.
    pub fn node(&self) -> &Node {
        &self.node
    }

    /// What the desk sells from.
    pub fn counter(&self) -> &Counter {
        &self.counter
    }

    /// A profile for somebody whom the shop's token names and whom the books do not know yet.
    async fn greet(&self, claims: &Claims) -> Result<(), DeskError> {
        let actor = Party::Shopper(claims.sub.clone()).actor(None);
        let known = self.counter.view(&actor, &Query::Profile(claims.sub.clone())).await;
        match known {
            Err(BooksError::Refused(Refusal::ShopperNotFound)) => {}
            Err(BooksError::Store(error)) => return Err(error.into()),
            _ => return Ok(()),
        }
        let shopper = Shopper {
            id: claims.sub.clone(),
            name: claims.name.clone().unwrap_or_default(),
            email: claims.email.clone().unwrap_or_default(),
            address: None,
            methods: std::collections::BTreeMap::new(),
            mandate_keys: Vec::new(),
        };
        let mut state = State::default();
        state.shoppers.insert(claims.sub.clone(), shopper);
        Ok(self.counter.books.put(&state).await?)
    }

    /// Whose a session is; `None` where there is no such session.
    async fn owner(&self, session: &agent::SessionId) -> Result<Option<OwnerId>, DeskError> {
        Ok(self.node.runtime().session(session).await?.map(|row| row.owner))
    }
}
