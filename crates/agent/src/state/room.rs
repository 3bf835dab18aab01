//! What may still be spent.

use crate::{BudgetScope, Exhausted, Spent, State, Turn, TurnId};

impl State {
    /// Whether this may be spent for a turn: the limit in the way, if not. What runs after its turn has ended, such as
    /// a call that was approved days later, counts for the session alone.
    pub fn afford(&self, id: TurnId, need: Spent) -> Result<(), Exhausted> {
        let budget = &self.settings.budget;
        let of_session = self.spent.plus(self.overrun).plus(need);
        if let Some(kind) = budget.session.passed_by(of_session) {
            return Err(Exhausted { scope: BudgetScope::Session, kind });
        }
        let Some(turn) = self.turn.as_ref().filter(|turn| turn.id == id) else { return Ok(()) };
        match budget.turn.passed_by(turn.spent.plus(turn.overrun).plus(need)) {
            Some(kind) => Err(Exhausted { scope: BudgetScope::Turn, kind }),
            None => Ok(()),
        }
    }

    /// The tokens that may still be spent.
    pub(crate) fn token_room(&self) -> u64 {
        let budget = &self.settings.budget;
        let used = self.spent.tokens.saturating_add(self.overrun.tokens);
        let of_session = budget.session.tokens.unwrap_or(u64::MAX).saturating_sub(used);
        let used = self.turn.as_ref().map_or(0, |turn| turn.spent.tokens.saturating_add(turn.overrun.tokens));
        of_session.min(budget.turn.tokens.unwrap_or(u64::MAX).saturating_sub(used))
    }

    /// Takes it from the budgets.
    pub(crate) fn spend(&mut self, id: TurnId, amount: Spent) {
        self.spent = self.spent.plus(amount);
        if let Some(turn) = self.running(id) {
            turn.spent = turn.spent.plus(amount);
        }
    }

    /// Gives back what was set aside and not used; what was used beyond it is an overrun.
    pub(crate) fn account(&mut self, id: TurnId, reserved: Spent, used: Spent) {
        let (unused, more) = (reserved.beyond(used), used.beyond(reserved));
        self.spent = self.spent.beyond(unused);
        self.overrun = self.overrun.plus(more);
        if let Some(turn) = self.running(id) {
            turn.spent = turn.spent.beyond(unused);
            turn.overrun = turn.overrun.plus(more);
        }
    }

    fn running(&mut self, id: TurnId) -> Option<&mut Turn> {
        self.turn.as_mut().filter(|turn| turn.id == id)
    }
}
