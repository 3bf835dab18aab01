//! The cart of a guest who signs in comes along.

use checkout::cart::CartCommand;
use checkout::query::{Query, View};
use checkout::{Actor, CartId, Command, Key, Refusal, Request};
use jiff::Timestamp;
use sessions::new_id;
use store::BooksError;

use super::Desk;
use crate::{DeskError, Party};

/// Carts that became orders before an open one is found.
const MAX_CARTS: u32 = 1_000;

/// Something that the books would do, and what is to be said of it.
pub(super) struct Planned {
    request: Request,
    pub(super) lines: Vec<String>,
}

impl Desk {
    /// Moving the cart of a guest's session into the account's.
    pub(super) async fn cart_move(&self, guest: &Party, to: &Party) -> Result<Option<Planned>, DeskError> {
        let (from, is_filled) = self.cart_of(guest).await?;
        if !is_filled {
            return Ok(None);
        }
        let (cart, _) = self.cart_of(to).await?;
        let open = Command::Cart { cart: cart.clone(), command: CartCommand::Open };
        if let Some(open) = self.plan(to.actor(None), &format!("open.{cart}"), open).await? {
            self.carry_out(open).await?;
        }
        let command = Command::Cart { cart, command: CartCommand::TakeOver { from } };
        self.plan(Actor::System, &new_id("merge"), command).await
    }

    /// Somebody's open cart, and whether there is anything in it.
    async fn cart_of(&self, party: &Party) -> Result<(CartId, bool), DeskError> {
        let mut number = 0;
        loop {
            let id = party.cart(number);
            match self.counter.view(&party.actor(None), &Query::Cart(id.clone())).await {
                Ok(View::Cart(cart, _)) => return Ok((id, !cart.lines.is_empty())),
                Err(BooksError::Refused(Refusal::CartOrdered { .. })) if number < MAX_CARTS => number += 1,
                Err(BooksError::Store(error)) => return Err(error.into()),
                _ => return Ok((id, false)),
            }
        }
    }

    /// What would be done; `None` where it is refused, as to open a cart that is open already.
    pub(super) async fn plan(
        &self,
        actor: Actor,
        key: &str,
        command: Command,
    ) -> Result<Option<Planned>, DeskError> {
        let Some(key) = Key::parse(key) else { return Ok(None) };
        let request = Request { key, actor, at: Timestamp::now(), command, confirmation: None };
        match self.counter.preview(&request).await {
            Ok(summary) => Ok(Some(Planned { request, lines: summary.lines })),
            Err(BooksError::Refused(_)) => Ok(None),
            Err(BooksError::Store(error)) => Err(error.into()),
        }
    }

    /// Does it, unless it is refused by now.
    pub(super) async fn carry_out(&self, planned: Planned) -> Result<(), DeskError> {
        match self.counter.carry_out(&planned.request).await {
            Ok(_) | Err(BooksError::Refused(_)) => Ok(()),
            Err(BooksError::Store(error)) => Err(error.into()),
        }
    }
}
