//! From a call of the runtime to a request for the books.

use checkout::tool::{Call, Fresh, ToolName, call};
use checkout::{Actor, AlertId, CartId, Command, Key, MandateId, OrderId, OrderProof, Request, ReturnId};
use jiff::Timestamp;
use serde_json::Value;

use crate::Party;
use crate::party::digest;

/// Digits of an order's number.
const ORDER_DIGITS: u32 = 12;

/// A call with who makes it.
#[derive(Clone, Debug)]
pub(crate) struct Work {
    pub(crate) tool: ToolName,
    pub(crate) actor: Actor,
    pub(crate) call: Call,
    pub(crate) key: Key,
}

impl Work {
    /// The work that a tool call is; a reason for a shopper where it is none.
    pub(crate) fn of(party: &Party, tool: &str, mut input: Value, key: &str) -> Result<Self, String> {
        let proof = input.as_object_mut().and_then(|input| input.remove("proof"));
        let proof: Option<OrderProof> = proof.and_then(|proof| serde_json::from_value(proof).ok());
        let name = ToolName::parse(tool).ok_or_else(|| format!("There is no {tool} here."))?;
        let key = Key::parse(key).ok_or("This cannot be done here.")?;
        let call = call(tool, input, fresh(&key)).map_err(|fault| fault.to_string())?;
        Ok(Self { tool: name, actor: party.actor(proof), call, key })
    }

    /// The request of a command at this time, unconfirmed.
    pub(crate) fn request(&self, command: Command) -> Request {
        let (key, actor) = (self.key.clone(), self.actor.clone());
        Request { key, actor, at: Timestamp::now(), command, confirmation: None }
    }
}

/// Ids for what a call makes: they follow from its key, so that the same call makes the same things on every node.
fn fresh(key: &Key) -> Fresh {
    let name = |tag: &str| format!("{tag}_{}", digest(&[tag, key.as_str()], 8));
    let number = u64::from_str_radix(&digest(&["order", key.as_str()], 8), 16).unwrap_or_default();
    let number = format!("{:012}", number % 10u64.pow(ORDER_DIGITS));
    let fine = "a short text without control characters";
    Fresh {
        cart: CartId::parse(&name("cart")).expect(fine),
        order: OrderId::parse(&number).expect(fine),
        return_id: ReturnId::parse(&name("ret")).expect(fine),
        alert: AlertId::parse(&name("alr")).expect(fine),
        mandate: MandateId::parse(&name("man")).expect(fine),
    }
}
