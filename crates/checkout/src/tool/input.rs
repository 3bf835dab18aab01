//! The inputs of the tools. Numbers of new orders, returns and alerts are not among them: the shop gives those.

use commerce::{Money, ProductId, VariantId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::mandate::{MandateTerms, Signature};
use crate::order::{Pick, Swap, Tender};
use crate::payment::{Operation, PaymentAnswer};
use crate::returns::{ExchangePick, ReturnPick};
use crate::{
    Address, AlertId, CartId, Contact, GuestId, Key, MandateId, MethodId, OrderId, PersonProof, ReturnId,
    ShopperId,
};

macro_rules! inputs {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty,)* })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields)]
        pub struct $name { $($(#[$field_doc])* pub $field: $type,)* }
    )*};
}

inputs! {
    /// Nothing.
    Nothing {}
    /// How somebody is known.
    FindShopper {
        /// E-mail, or name and postcode.
        proof: PersonProof,
    }
    /// An account.
    OfShopper {
        /// The shopper's id.
        shopper: ShopperId,
    }
    /// An order.
    OfOrder {
        /// The order's number.
        order: OrderId,
    }
    /// A product.
    OfProduct {
        /// The product's id.
        product: ProductId,
    }
    /// A variant.
    OfVariant {
        /// The variant's id.
        variant: VariantId,
    }
    /// A cart.
    OfCart {
        /// The cart's id.
        cart: CartId,
    }
    /// Two carts of one person.
    TakeOverCart {
        /// The id of the account's cart.
        cart: CartId,
        /// The id of the cart from before.
        from: CartId,
    }
    /// One person, as a guest and with an account.
    TakeOverOrders {
        /// The id of the account.
        shopper: ShopperId,
        /// The id of the guest's session.
        guest: GuestId,
    }
    /// A variant and how many.
    VariantInCart {
        /// The cart's id.
        cart: CartId,
        /// The variant's id.
        variant: VariantId,
        /// How many.
        quantity: u32,
    }
    /// Another variant in a cart.
    SwapInCart {
        /// The cart's id.
        cart: CartId,
        /// What is in the cart.
        variant: VariantId,
        /// What is wanted in its place.
        to: VariantId,
    }
    /// A code.
    CouponInCart {
        /// The cart's id.
        cart: CartId,
        /// As on the voucher.
        code: String,
    }
    /// Where a cart goes.
    CartAddress {
        /// The cart's id.
        cart: CartId,
        /// Where to.
        address: Address,
    }
    /// Who a cart is for.
    CartContact {
        /// The cart's id.
        cart: CartId,
        /// Name and e-mail.
        contact: Contact,
    }
    /// How a cart goes.
    CartShipping {
        /// The cart's id.
        cart: CartId,
        /// The id of the way of delivery.
        method: String,
    }
    /// Placing an order.
    PlaceOrder {
        /// The cart's id.
        cart: CartId,
        /// What pays.
        pay_with: Tender,
    }
    /// Calling an order off.
    CancelOrder {
        /// The order's number.
        order: OrderId,
        /// In the words of the shop's policy, where it asks for a reason.
        #[serde(default)]
        reason: Option<String>,
        /// Numbers of other orders that are cancelled with it.
        #[serde(default)]
        also: Vec<OrderId>,
    }
    /// Sending an order elsewhere.
    OrderAddress {
        /// The order's number.
        order: OrderId,
        /// Where to.
        address: Address,
    }
    /// Paying an order with something else, or again.
    OrderPayment {
        /// The order's number.
        order: OrderId,
        /// What pays.
        pay_with: Tender,
    }
    /// Changing items of an order.
    OrderItems {
        /// The order's number.
        order: OrderId,
        /// All items that change; there may be no second chance.
        swaps: Vec<Swap>,
        /// What pays a difference, or receives it.
        settle_with: MethodId,
    }
    /// Returning items.
    ReturnItems {
        /// The order's number.
        order: OrderId,
        /// All items that come back.
        items: Vec<ReturnPick>,
        /// Where the money goes.
        refund_to: MethodId,
        /// In the words of the shop's policy, where it asks for a reason.
        #[serde(default)]
        reason: Option<String>,
    }
    /// Exchanging items.
    ExchangeItems {
        /// The order's number.
        order: OrderId,
        /// All items that come back, with what is wanted for each.
        items: Vec<ExchangePick>,
        /// What pays a difference, or receives it.
        settle_with: MethodId,
        /// In the words of the shop's policy, where it asks for a reason.
        #[serde(default)]
        reason: Option<String>,
    }
    /// A return or exchange.
    OfReturn {
        /// Its number.
        id: ReturnId,
    }
    /// Another default address.
    ProfileAddress {
        /// The shopper's id.
        shopper: ShopperId,
        /// Where parcels go from now on.
        address: Address,
    }
    /// A price to wait for.
    SetAlert {
        /// The variant's id.
        variant: VariantId,
        /// The price at or below which it goes off.
        at_or_below: Money,
    }
    /// A price alert.
    OfAlert {
        /// Its id.
        alert: AlertId,
    }
    /// A standing order to sign.
    SignMandate {
        /// What is permitted.
        terms: MandateTerms,
        /// The shopper's signature under the terms.
        signature: Signature,
    }
    /// A standing order to agree to.
    GiveMandate {
        /// What is permitted.
        terms: MandateTerms,
    }
    /// A standing order.
    OfMandate {
        /// Its id.
        mandate: MandateId,
    }
    /// A parcel.
    ShipOrder {
        /// The order's number.
        order: OrderId,
        /// What is in it; empty is all that has not left.
        #[serde(default)]
        items: Vec<Pick>,
        /// Who carries it.
        carrier: String,
        /// Its tracking number.
        tracking: String,
    }
    /// A label.
    SendLabel {
        /// The return's number.
        id: ReturnId,
        /// Who carries it.
        carrier: String,
        /// Its tracking number.
        tracking: String,
    }
    /// Goods that are back.
    ReceiveReturn {
        /// The return's number.
        id: ReturnId,
        /// Whether they can be sold again.
        restock: bool,
    }
    /// A count.
    CountStock {
        /// The variant's id.
        variant: VariantId,
        /// Pieces in the house.
        on_hand: u32,
    }
    /// A refund that was declined.
    RetryRefund {
        /// The order's number.
        order: OrderId,
        /// Which of its movements.
        movement: Key,
        /// Where the money goes; left out: as before.
        #[serde(default)]
        to: Option<MethodId>,
    }
    /// An answer of the payment provider.
    AnswerPayment {
        /// The order's number.
        order: OrderId,
        /// Which movement.
        movement: Key,
        /// On what.
        operation: Operation,
        /// What.
        answer: PaymentAnswer,
    }
    /// A price that was seen.
    NotePrice {
        /// The variant's id.
        variant: VariantId,
        /// What one costs.
        price: Money,
    }
}
