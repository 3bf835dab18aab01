//! Something for an order that is placed: it takes nothing more, so a new order to the same place is offered.

use action::{Action, Reply, reply};
use checkout::OrderId;
use store::StoreError;

use super::{Guide, Step, Telling, buy};
use crate::remembered::{Asking, Remembered};
use crate::scene::Surroundings;

const DECLINED: &str = "All right, I have not done that.";

impl Guide {
    /// The offer; `None` where what is to be added is nothing that there is.
    pub(super) async fn offer_new_order(
        &self,
        around: &Surroundings,
        (order, instead): (&OrderId, Action),
        remembered: &Remembered,
    ) -> Result<Option<Step>, StoreError> {
        if !self.finds_all(&instead, (around, remembered)).await? {
            return Ok(None);
        }
        let remembered = Remembered {
            asking: Some(Asking::NewOrder),
            action: Some(instead),
            order: Some(order.clone()),
            ..remembered.clone()
        };
        let text = format!(
            "Order {order} is placed, and nothing can be added to it. Shall I put it into a new order to the same address?"
        );
        Ok(Some(Step::Tell(Box::new(Telling::say(text, remembered)))))
    }

    /// A yes or a no to the offer; `None` where the words are neither.
    pub(super) async fn order_anew(
        &self,
        around: &Surroundings,
        english: &str,
        remembered: &Remembered,
    ) -> Result<Option<Step>, StoreError> {
        let remembered_now = Remembered { action: None, ..remembered.clone() };
        let action = match (reply(english), &remembered.action) {
            (Some(Reply::Yes), Some(action)) => {
                let mut actions = action.single();
                actions.push(Action::Checkout);
                Action::Each(actions)
            }
            (Some(Reply::No), _) => {
                return Ok(Some(Step::Tell(Box::new(Telling::say(DECLINED, remembered_now)))));
            }
            _ => return Ok(None),
        };
        let step = Box::pin(self.act(&around.party, &action, &remembered_now)).await?;
        let before = around.orders.iter().find(|order| Some(&order.id) == remembered.order.as_ref());
        Ok(match (step, before) {
            (Some(Step::Call(mut wishes)), Some(order)) => {
                wishes.extend(buy::set_address(around, &order.address, &order.contact, remembered));
                Some(Step::Call(wishes))
            }
            (step, _) => step,
        })
    }
}
