//! Sending an order elsewhere: the address in the message, or asked for.

use checkout::OrderId;
use checkout::tool::ToolName;
use serde_json::json;
use store::StoreError;

use super::{Guide, Step, address, buy};
use crate::remembered::{Asking, Remembered};
use crate::scene::Surroundings;

const ASK: &str = "Where should it go? Write street, town, state, postcode and country, with commas between them: 12 Oak \
                   Street, Austin, TX, 78701, US.";

impl Guide {
    /// Asks for a yes to the new address, or for the address.
    pub(super) async fn readdress(
        &self,
        around: &Surroundings,
        id: &OrderId,
        to: Option<&str>,
        remembered: &Remembered,
    ) -> Result<Step, StoreError> {
        let remembered = Remembered { order: Some(id.clone()), ..remembered.clone() };
        let asking = Some(Asking::OrderAddress);
        let known = around.orders.iter().find(|order| order.id == *id);
        let to = known.and_then(|order| address::place(to?, &order.address, &order.contact.name));
        let Some(address) = to else { return Ok(buy::ask(ASK, asking, &remembered)) };
        if let Some(field) = self.counter.policy.unclear(&address) {
            let again = format!("Please check the {field} of the address. {ASK}");
            return Ok(buy::ask(again, asking, &remembered));
        }
        let input = json!({ "order": id, "address": address });
        self.call(&around.party, (ToolName::ChangeOrderAddress, input), &remembered).await
    }

    /// The address that was asked for; `None` where the words are none.
    pub(super) async fn readdressed(
        &self,
        around: &Surroundings,
        text: &str,
        remembered: &Remembered,
    ) -> Result<Option<Step>, StoreError> {
        let Some(order) = remembered.order.clone().filter(|_| address::is_meant(text)) else {
            return Ok(None);
        };
        self.readdress(around, &order, Some(text), remembered).await.map(Some)
    }
}
