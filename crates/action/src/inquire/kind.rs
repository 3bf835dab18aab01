//! The actions that a model may choose, and what each needs to know.

use crate::Action;

/// An action without what it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Add,
    Remove,
    SetQuantity,
    Coupon,
    ShowCart,
    Checkout,
    ShowOrder,
    CancelOrder,
    ChangeAddress,
    Return,
    Keep,
    Exchange,
    PriceAlert,
    BuyAtPrice,
    StopAlert,
    StopBuying,
}

/// Something that an action needs to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Item,
    Quantity,
    Option,
    Code,
    Order,
    Address,
    Reason,
    Wanted,
    Price,
    Until,
}

impl Kind {
    pub(super) const ALL: [Self; 16] = [
        Self::Add,
        Self::Remove,
        Self::SetQuantity,
        Self::Coupon,
        Self::ShowCart,
        Self::Checkout,
        Self::ShowOrder,
        Self::CancelOrder,
        Self::ChangeAddress,
        Self::Return,
        Self::Keep,
        Self::Exchange,
        Self::PriceAlert,
        Self::BuyAtPrice,
        Self::StopAlert,
        Self::StopBuying,
    ];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Add => "add",
            Self::Remove => "remove",
            Self::SetQuantity => "set_quantity",
            Self::Coupon => "coupon",
            Self::ShowCart => "show_cart",
            Self::Checkout => "checkout",
            Self::ShowOrder => "show_order",
            Self::CancelOrder => "cancel_order",
            Self::ChangeAddress => "change_address",
            Self::Return => "return",
            Self::Keep => "keep",
            Self::Exchange => "exchange",
            Self::PriceAlert => "price_alert",
            Self::BuyAtPrice => "buy_at_price",
            Self::StopAlert => "stop_alert",
            Self::StopBuying => "stop_buying",
        }
    }

    pub(super) fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// What is to be filled in.
    pub(super) fn fields(self) -> &'static [Field] {
        match self {
            Self::Add => &[Field::Item, Field::Quantity, Field::Option],
            Self::Remove | Self::Keep | Self::StopAlert | Self::StopBuying => &[Field::Item],
            Self::SetQuantity => &[Field::Item, Field::Quantity],
            Self::Coupon => &[Field::Code],
            Self::ShowCart | Self::Checkout => &[],
            Self::ShowOrder | Self::CancelOrder => &[Field::Order],
            Self::ChangeAddress => &[Field::Order, Field::Address],
            Self::Return => &[Field::Item, Field::Reason],
            Self::Exchange => &[Field::Item, Field::Wanted, Field::Reason],
            Self::PriceAlert => &[Field::Item, Field::Price],
            Self::BuyAtPrice => &[Field::Item, Field::Quantity, Field::Price, Field::Until],
        }
    }

    /// Whether nothing can be done without a number.
    pub(super) fn needs_figure(self) -> bool {
        matches!(self, Self::SetQuantity | Self::PriceAlert | Self::BuyAtPrice)
    }

    /// Whether an action is of the kind.
    pub(super) fn is_of(self, action: &Action) -> bool {
        match action {
            Action::Add(_) => self == Self::Add,
            Action::Remove(_) => self == Self::Remove,
            Action::SetQuantity(_) => self == Self::SetQuantity,
            Action::AddCoupon { .. } => self == Self::Coupon,
            Action::ShowCart => self == Self::ShowCart,
            Action::Checkout => self == Self::Checkout,
            Action::ShowOrder(_) | Action::Expect(_) => self == Self::ShowOrder,
            Action::Cancel(_) => self == Self::CancelOrder,
            Action::Readdress { .. } => self == Self::ChangeAddress,
            Action::Each(actions) => actions.iter().all(|action| self.is_of(action)),
            Action::Return { .. } => self == Self::Return,
            Action::Withdraw { .. } => self == Self::Keep,
            Action::Exchange { .. } => self == Self::Exchange,
            Action::SetAlert { .. } => self == Self::PriceAlert,
            Action::SetMandate { .. } => self == Self::BuyAtPrice,
            Action::DropAlert(_) => self == Self::StopAlert,
            Action::DropMandate(_) => self == Self::StopBuying,
            Action::ListOrders
            | Action::ListAlerts
            | Action::Pieces(_)
            | Action::Reorder { .. }
            | Action::AddToOrder { .. }
            | Action::TakeOut { .. }
            | Action::RefundTo(_)
            | Action::OneMore
            | Action::More(_)
            | Action::EmptyCart
            | Action::DropCoupon { .. } => false,
        }
    }
}

impl Field {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Item => "item",
            Self::Quantity => "quantity",
            Self::Option => "option",
            Self::Code => "code",
            Self::Order => "order",
            Self::Address => "address",
            Self::Reason => "reason",
            Self::Wanted => "wanted",
            Self::Price => "price",
            Self::Until => "until",
        }
    }

    /// What it asks for, as the model is told.
    pub(super) fn asks(self) -> &'static str {
        match self {
            Self::Item => "which thing, or it",
            Self::Quantity => "how many, as a number",
            Self::Option => "its size or colour",
            Self::Code => "the code",
            Self::Order => "the number of the order",
            Self::Address => "the whole new address",
            Self::Reason => "why",
            Self::Wanted => "the size or colour that is wanted in its place",
            Self::Price => "the price",
            Self::Until => "the last day",
        }
    }
}
