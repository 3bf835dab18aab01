//! What shoppers call the kinds of ways to pay.

use checkout::MethodKind;

/// The names of each kind; the first one is what a shopper is shown.
pub const WAYS_TO_PAY: &[(MethodKind, &[&str])] = &[
    (MethodKind::Card, &["card", "credit", "debit", "visa", "mastercard", "amex"]),
    (MethodKind::Wallet, &["wallet", "paypal"]),
    (MethodKind::Bank, &["bank transfer", "bank", "transfer"]),
    (MethodKind::Invoice, &["invoice"]),
    (MethodKind::GiftCard, &["gift card", "giftcard", "gift", "store credit", "shop credit", "voucher"]),
];
