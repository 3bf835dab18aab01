//! The list of the tools.

use schemars::schema_for;
use serde::{Deserialize, Serialize};

use super::{Effect, Scope, Tool, input};

macro_rules! tools {
    ($($name:ident $text:literal $effect:ident $scope:ident $input:ident $description:literal)*) => {
        /// The tools by name.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        #[expect(missing_docs, reason = "each has its description in the table")]
        pub enum ToolName {
            $($name,)*
        }

        /// The names of all tools.
        pub const NAMES: &[&str] = &[$($text),*];

        impl ToolName {
            /// The name as models and policies write it.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)*
                }
            }

            /// The tool of this name.
            pub fn parse(text: &str) -> Option<Self> {
                match text {
                    $($text => Some(Self::$name),)*
                    _ => None,
                }
            }

            /// How far it can be taken back.
            pub fn effect(self) -> Effect {
                match self {
                    $(Self::$name => Effect::$effect,)*
                }
            }
        }

        /// All tools, those that read first.
        pub fn tools() -> Vec<Tool> {
            vec![$(Tool {
                name: ToolName::$name,
                description: $description,
                effect: Effect::$effect,
                scope: Scope::$scope,
                input: schema_for!(input::$input),
            },)*]
        }
    };
}

tools! {
    FindShopper "find_shopper" Read Shopper FindShopper
        "Find the account of a shopper by e-mail, or by name and postcode."
    ShowProfile "show_profile" Read Shopper OfShopper
        "Show a shopper's own profile: name, e-mail, default address, ways to pay, and the numbers of their orders."
    ListOrders "list_orders" Read Shopper OfShopper
        "List a shopper's own orders with what is in them and how far they are."
    ShowOrder "show_order" Read Shopper OfOrder
        "Show one order: items, status, address, tracking, payments, returns."
    ShowProduct "show_product" Read Shopper OfProduct
        "Show a product with all its variants, their options, prices and availability."
    ShowItem "show_item" Read Shopper OfVariant
        "Show one variant: options, price and availability."
    ShowCart "show_cart" Read Shopper OfCart
        "Show what is in a cart and what it costs now, with prices that have changed."
    ListShipping "list_shipping" Read Shopper OfCart
        "List the ways in which a cart can be delivered and what each costs."
    ShowPrices "show_prices" Read Shopper OfVariant
        "Show what a variant has cost over time."
    ListAlerts "list_alerts" Read Shopper Nothing
        "List the shopper's own price alerts and standing orders."
    OpenCart "open_cart" Reversible Shopper Nothing
        "Start a new cart."
    AddToCart "add_to_cart" Reversible Shopper VariantInCart
        "Put more pieces of a variant into a cart."
    SetCartQuantity "set_cart_quantity" Reversible Shopper VariantInCart
        "Set how many pieces of a variant a cart has; 0 takes it out."
    SwapInCart "swap_in_cart" Reversible Shopper SwapInCart
        "Put another variant of the same product in the place of one in a cart."
    AddCoupon "add_coupon" Reversible Shopper CouponInCart
        "Put a discount code into a cart."
    DropCoupon "drop_coupon" Reversible Shopper CouponInCart
        "Take a discount code out of a cart."
    AcceptPrices "accept_prices" Reversible Shopper OfCart
        "Accept the prices of today for what is in a cart, after they were shown."
    SetCartAddress "set_cart_address" Reversible Shopper CartAddress
        "Set where a cart goes."
    SetCartContact "set_cart_contact" Reversible Shopper CartContact
        "Set the name and e-mail that an order is for."
    ChooseShipping "choose_shipping" Reversible Shopper CartShipping
        "Choose how a cart is delivered."
    HoldCart "hold_cart" Reversible Shopper OfCart
        "Hold the goods of a cart for a while before it is paid."
    ReleaseCart "release_cart" Reversible Shopper OfCart
        "Let the goods go that are held for a cart."
    PlaceOrder "place_order" Irreversible Shopper PlaceOrder
        "Place the order of a cart and pay it."
    RetryPayment "retry_payment" Irreversible Shopper OrderPayment
        "Pay an order whose payment has failed."
    RetryRefund "retry_refund" Irreversible Shopper RetryRefund
        "Try a refund again that the provider declined, to the same or another way to be paid back."
    CancelOrder "cancel_order" Irreversible Shopper CancelOrder
        "Cancel an order that has not left, or several at once, and give the money back."
    ChangeOrderAddress "change_order_address" Irreversible Shopper OrderAddress
        "Send an order that has not left to another address."
    ChangeOrderPayment "change_order_payment" Irreversible Shopper OrderPayment
        "Pay an order that has not left with something else; the first payment goes back."
    ChangeOrderItems "change_order_items" Irreversible Shopper OrderItems
        "Change items of an order that has not left to other variants of the same products. Collect all items first: there may be no second change."
    ReturnItems "return_items" Irreversible Shopper ReturnItems
        "Send items of a delivered order back for their money. Collect all items first: there may be no second return."
    ExchangeItems "exchange_items" Irreversible Shopper ExchangeItems
        "Exchange items of a delivered order for other variants of the same products. Collect all items first: there may be no second exchange."
    WithdrawReturn "withdraw_return" Irreversible Shopper OfReturn
        "Call off a return or exchange whose goods have not been sent; there may be no other one later."
    ChangeProfileAddress "change_profile_address" Reversible Shopper ProfileAddress
        "Change a shopper's own default address."
    SetAlert "set_alert" Reversible Shopper SetAlert
        "Tell the shopper once a variant costs so much or less."
    DropAlert "drop_alert" Reversible Shopper OfAlert
        "Take a price alert back."
    SignMandate "sign_mandate" Irreversible Shopper SignMandate
        "Give a signed standing order: buy a variant once it costs so much or less, within a cap."
    GiveMandate "give_mandate" Irreversible Shopper GiveMandate
        "Give a standing order by a yes to its summary: buy a variant once it costs so much or less, within a cap."
    RevokeMandate "revoke_mandate" Reversible Shopper OfMandate
        "Take a standing order back before it has bought."
    TakeNotices "take_notices" Reversible Shopper Nothing
        "Tell the shopper, once, of price alerts that went off and standing orders that bought."
    TakeOverCart "take_over_cart" Reversible Shop TakeOverCart
        "Move what a guest had in a cart into the cart of the account that they signed in to."
    TakeOverOrders "take_over_orders" Reversible Shop TakeOverOrders
        "Make the orders and price alerts of a guest's session those of the account that they signed in to."
    ShipOrder "ship_order" Irreversible Shop ShipOrder
        "Note that a parcel of an order has left."
    DeliverOrder "deliver_order" Irreversible Shop OfOrder
        "Note that an order has arrived."
    LapseOrder "lapse_order" Irreversible Shop OfOrder
        "Cancel an order that nobody has paid in time."
    SendLabel "send_label" Reversible Shop SendLabel
        "Note that the label of a return was sent."
    ReceiveReturn "receive_return" Irreversible Shop ReceiveReturn
        "Note that the goods of a return are back: its money moves or its new goods go."
    RejectReturn "reject_return" Irreversible Shop OfReturn
        "Refuse the goods of a return."
    CountStock "count_stock" Reversible Shop CountStock
        "Set how many pieces of a variant are in the house."
    AnswerPayment "answer_payment" Irreversible Shop AnswerPayment
        "Pass on an answer of the payment provider."
    LapseMandate "lapse_mandate" Reversible Shop OfMandate
        "End a standing order whose time is over."
    ActOnMandate "act_on_mandate" Irreversible Shop OfMandate
        "Buy what a standing order permits, if its price is there."
    NotePrice "note_price" Reversible Shop NotePrice
        "Note what a variant costs, and let price alerts go off."
}
