//! What the session is allowed changes.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::Incoming;
use crate::{Scope, State};

/// The shopper signed in or out, or staff changed what is allowed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Authorised {
    /// All scopes from here on.
    pub scopes: BTreeSet<Scope>,
}

impl Incoming for Authorised {
    fn is_news(&self, state: &State) -> bool {
        self.scopes != state.scopes
    }

    fn apply(&self, state: &mut State) {
        state.scopes = self.scopes.clone();
    }
}
