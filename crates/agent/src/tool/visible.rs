//! Which tools a session may see.

use crate::{State, Tool};

/// The tools that a session may use, in the order of their names. Others are not shown to it, and a call of one is
/// refused as if there were no such tool.
pub fn visible(state: &State) -> impl Iterator<Item = &Tool> {
    state.settings.tools.values().filter(|tool| tool.scopes.is_subset(&state.scopes))
}
