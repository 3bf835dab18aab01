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

impl Desk {
    /// Moves the cart of a guest's session into the account's; what is to be said of it.
    pub(super) async fn take_cart(&self, guest: &Party, to: &Party) -> Result<Vec<String>, DeskError> {
        let (from, is_filled) = self.cart_of(guest).await?;
        if !is_filled {
            return Ok(Vec::new());
        }
        let (cart, _) = self.cart_of(to).await?;
        let open = Command::Cart { cart: cart.clone(), command: CartCommand::Open };
        self.make(to.actor(None), &format!("open.{cart}"), open).await?;
        let command = Command::Cart { cart, command: CartCommand::TakeOver { from } };
        // What was moved is gone from the guest's cart, so another try moves nothing twice.
        Ok(self.make(Actor::System, &new_id("merge"), command).await?.unwrap_or_default())
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

    /// Has something done; `None` where it is refused, as a cart that is open already.
    pub(super) async fn make(
        &self,
        actor: Actor,
        key: &str,
        command: Command,
    ) -> Result<Option<Vec<String>>, DeskError> {
        let Some(key) = Key::parse(key) else { return Ok(None) };
        let request = Request { key, actor, at: Timestamp::now(), command, confirmation: None };
        let done = async {
            let summary = self.counter.preview(&request).await?;
            self.counter.carry_out(&request).await?;
            Ok(summary.lines)
        };
        match done.await {
            Ok(lines) => Ok(Some(lines)),
            Err(BooksError::Refused(_)) => Ok(None),
            Err(BooksError::Store(error)) => Err(error.into()),
        }
    }
}
