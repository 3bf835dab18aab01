//! Why something is not done: a closed list, each with a code for programs and a sentence for shoppers.

#[path = "refusal/sentence_table.rs"]
mod sentence_table;

use std::fmt;

use commerce::{Currency, Money};
use serde::{Deserialize, Serialize};

use crate::policy::Window;
use crate::{ItemCondition, Key, MethodId, OrderId, OrderStatus, ReturnId};

/// A refusal. Serialised it carries its code in `code`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
#[expect(
    missing_docs,
    reason = "each has its sentence in the table beside this file, which says what it means"
)]
pub enum Refusal {
    // Who asks.
    OrderNotFound { order: OrderId },
    ReturnNotFound { id: ReturnId },
    CartNotFound,
    ShopperNotFound,
    ProofNotTaken,
    TooManyGuesses { window: Window },
    MoreDetailsNeeded,
    StaffOnly,
    ShopperOnly,
    AlertNotFound,
    MandateNotFound,
    // The request itself.
    KeyReused { key: Key },
    IdTaken { id: String },
    ConfirmationMissing,
    SummaryOutdated,
    NothingToChange,
    AmountNotTaken { currency: Currency },
    // The cart.
    ItemNotFound,
    NotInCart,
    AlreadyInCart { item: String },
    CartEmpty,
    CartFull { most: u32 },
    CartOrdered { order: OrderId },
    QuantityZero,
    QuantityLimit { item: String, most: u32 },
    OutOfStock { item: String, left: u32 },
    NoPrice { item: String },
    OtherProduct { item: String },
    CouponUnknown { code_entered: String },
    CouponNotNow { code_entered: String },
    CouponUsed { code_entered: String },
    TooManyCoupons { most: u32 },
    ShippingNotOffered { method: String },
    // The order is placed.
    AddressMissing,
    AddressIncomplete { field: String },
    ContactMissing,
    ContactIncomplete { field: String },
    ShippingMissing,
    PricesChanged,
    // Money.
    MethodNotFound { method: MethodId },
    KindNotTaken { method: String },
    SameMethod,
    SplitNotTaken,
    GiftCardTooLow { method: String, balance: Money, needed: Money },
    PaymentUnderWay { order: OrderId },
    NotUnpaid { order: OrderId },
    NotPaid { order: OrderId },
    TooManyAttempts { most: u32 },
    RefundExceedsPaid { asked: Money, paid: Money },
    RefundMethodNotAllowed { method: String },
    // The order is on its way.
    TooManyOrders { most: usize },
    NoneOfThese { why: Vec<Refusal> },
    WrongStatus { order: OrderId, status: OrderStatus },
    TooLate { window: Window, since: String },
    TooOften { order: OrderId, most: u32 },
    ItemsAlreadyChanged { order: OrderId },
    ReasonNotTaken { reasons: Vec<String> },
    AddressChangesPrice,
    NotInOrder,
    SameVariant { item: String },
    OnlyVariants,
    NothingLeft { order: OrderId },
    // The order has arrived.
    ReturnsNotOffered,
    ExchangesNotOffered,
    NotDelivered { order: OrderId, status: OrderStatus },
    NotArrived { item: String },
    ReturnAlreadyRequested { order: OrderId },
    ReturnClosed { id: ReturnId },
    ReturnSettled { id: ReturnId },
    NotReturnable { item: String },
    FinalSale { item: String },
    ConditionNotTaken { item: String, taken: Vec<ItemCondition> },
    // The stock.
    StockPromised { promised: u32, counted: u32 },
    // Prices.
    AlreadyCheaper { item: String, price: Money },
    TooManyAlerts { most: u32 },
    MandatesNotOffered,
    MandateRevoked,
    MandateActed { order: OrderId },
    MandateExpired,
    MandateTooLarge { most: Money },
    MandateQuantity { most: u32 },
    MandateTooLong,
    SignatureInvalid,
    AboveCap { price: Money, cap: Money },
}

impl Refusal {
    /// The code that programs go by: the name of the variant in lower case with `_`.
    pub fn code(&self) -> &'static str {
        sentence_table::code(self)
    }
}

/// The sentence that a shopper reads.
impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&sentence_table::sentence(self))
    }
}

impl std::error::Error for Refusal {}
