//! The actions that shoppers can ask for: a closed list, with what they refer to still in words.

use checkout::ItemCondition;
use serde::{Deserialize, Serialize};

/// Something that is to be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Several of these, one after the other: goods into the cart or out of it, codes, and at the end the way to paying.
    Each(Vec<Action>),
    /// More of something into the cart.
    Add(Reference),
    /// Something into an order that is placed.
    AddToOrder {
        /// What.
        what: Vec<Reference>,
        /// Into which order.
        order: OrderReference,
    },
    /// What was ordered before, into the cart again.
    Reorder {
        /// What of it, where it was said.
        what: Option<Reference>,
        /// Of which order, where it was said.
        order: Option<OrderReference>,
    },
    /// Something out of the cart.
    Remove(Reference),
    /// So many of something in the cart.
    SetQuantity(Reference),
    /// A discount code.
    AddCoupon {
        /// As it was written.
        code: String,
    },
    /// A discount code that is not to count any more; the one there is where none is named.
    DropCoupon {
        /// As it was written.
        code: Option<String>,
    },
    /// Everything out of the cart.
    EmptyCart,
    /// One more of what was talked about last.
    OneMore,
    /// So many more of it.
    More(i32),
    /// What is in the cart.
    ShowCart,
    /// On to paying.
    Checkout,
    /// The shopper's orders.
    ListOrders,
    /// How far an order is.
    ShowOrder(OrderReference),
    /// When an order arrives; where nothing was ordered, `it` is goods, and no order is meant.
    Expect(OrderReference),
    /// Calls an order off.
    Cancel(OrderReference),
    /// Takes something out of an order that has not left.
    TakeOut {
        /// What.
        what: Reference,
        /// Of which order.
        order: OrderReference,
    },
    /// Sends something back for its money.
    Return {
        /// What.
        what: Reference,
        /// What else of the same order.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        also: Vec<Reference>,
        /// Of which order, where it was said.
        #[serde(default)]
        order: Option<OrderReference>,
        /// Why, in the shopper's words.
        reason: Option<String>,
        /// Where the money goes, in the shopper's words; `None` is to what paid.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        refund_to: Option<String>,
        /// In which condition it is, where it was said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        condition: Option<ItemCondition>,
    },
    /// Where the money of a return goes that is being agreed on, in the shopper's words.
    RefundTo(String),
    /// Keeps what was to be sent back.
    Withdraw {
        /// What is kept, where it was said.
        what: Option<Reference>,
        /// From which order, where it was said.
        order: Option<OrderReference>,
        /// Whether a return or an exchange was named: "I will keep it" may be about anything.
        is_named: bool,
    },
    /// Sends something back for another variant of it.
    Exchange {
        /// What.
        what: Reference,
        /// Of which order, where it was said.
        #[serde(default)]
        order: Option<OrderReference>,
        /// The options that are wanted, in the shopper's words.
        wanted: Vec<String>,
        /// Why, in the shopper's words.
        reason: Option<String>,
        /// In which condition it is, where it was said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        condition: Option<ItemCondition>,
    },
    /// Sends an order elsewhere.
    Readdress {
        /// Which one.
        order: OrderReference,
        /// Where to, as it was written; `None` where it was not said.
        to: Option<String>,
    },
    /// So many of what was talked about last, where that is in the cart: `2 please`.
    Pieces(i32),
    /// Tells when something costs so much or less.
    SetAlert {
        /// What.
        what: Reference,
        /// How much.
        at: Amount,
    },
    /// Buys something once it costs so much or less.
    SetMandate {
        /// What.
        what: Reference,
        /// How much one may cost.
        at: Amount,
        /// Until when, where it was said.
        until: Option<Until>,
    },
    /// The shopper's price alerts and standing orders.
    ListAlerts,
    /// Takes price alerts back.
    DropAlert(Wished),
    /// Takes standing orders back.
    DropMandate(Wished),
}

/// Which alerts or standing orders are meant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wished {
    /// The one there is.
    Mine,
    /// The one on this.
    On(Reference),
    /// All of them.
    All,
}

/// A last day as it was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Until {
    /// A day of the year; the next one where the year was not said.
    Day {
        /// The year, where it was said.
        year: Option<i16>,
        /// From 1.
        month: i8,
        /// From 1.
        day: i8,
    },
    /// The next day of this name, from Monday as 1.
    Weekday(i8),
    /// So many days from now.
    Days(u32),
    /// The last day of the week, month or year.
    EndOf(Span),
}

/// A stretch of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Span {
    /// It ends with Sunday.
    Week,
    /// A month.
    Month,
    /// A year.
    Year,
}

impl Action {
    /// The thing that it is about, where it is about one of the shop's goods.
    pub fn thing(&self) -> Option<&Reference> {
        match self {
            Self::Add(what)
            | Self::Remove(what)
            | Self::SetQuantity(what)
            | Self::SetAlert { what, .. }
            | Self::SetMandate { what, .. }
            | Self::TakeOut { what, .. }
            | Self::Reorder { what: Some(what), .. }
            | Self::Return { what, .. }
            | Self::Exchange { what, .. }
            | Self::DropAlert(Wished::On(what))
            | Self::DropMandate(Wished::On(what)) => Some(what),
            _ => None,
        }
    }

    /// The same action on what was talked about last, with the options and the quantity that were said; `None` where it is
    /// about no goods of the shop.
    pub fn on_focus(&self) -> Option<Self> {
        self.pointed_at(&Reference { which: Which::It, options: Vec::new(), quantity: None })
    }

    /// The same action on what is pointed at now; options and a quantity that are said now count beside those that were.
    pub fn pointed_at(&self, at: &Reference) -> Option<Self> {
        let mut action = self.clone();
        let what = match &mut action {
            Self::Add(what)
            | Self::Remove(what)
            | Self::SetQuantity(what)
            | Self::SetAlert { what, .. }
            | Self::SetMandate { what, .. }
            | Self::TakeOut { what, .. }
            | Self::Reorder { what: Some(what), .. }
            | Self::Return { what, .. }
            | Self::Exchange { what, .. } => what,
            Self::DropAlert(which) | Self::DropMandate(which) => {
                *which = Wished::On(at.clone());
                return Some(action);
            }
            _ => return None,
        };
        what.which = match (&at.which, &what.which) {
            // "The second one" of those of a name.
            (Which::Place(place, None), Which::Named(name)) => Which::Place(*place, Some(name.clone())),
            (Which::Last(None), Which::Named(name)) => Which::Last(Some(name.clone())),
            (which, _) => which.clone(),
        };
        what.options.extend(at.options.iter().cloned());
        what.quantity = at.quantity.or(what.quantity);
        Some(action)
    }

    /// The actions on single goods that it is made of.
    pub fn single(&self) -> Vec<Self> {
        match self {
            Self::Each(actions) => actions.clone(),
            Self::Return { what, also, order, reason, refund_to, condition } => {
                let one = |what: &Reference| Self::Return {
                    what: what.clone(),
                    also: Vec::new(),
                    order: order.clone(),
                    reason: reason.clone(),
                    refund_to: refund_to.clone(),
                    condition: *condition,
                };
                [what].into_iter().chain(also).map(one).collect()
            }
            action => vec![action.clone()],
        }
    }

    /// The same with more goods; `None` where it is none that takes any.
    pub fn and_also(&self, goods: Vec<Reference>) -> Option<Self> {
        let (mut actions, make): (Vec<Self>, fn(Reference) -> Self) = match self {
            Self::Add(_) => (vec![self.clone()], Self::Add),
            Self::Remove(_) => (vec![self.clone()], Self::Remove),
            Self::Each(actions) => match actions.last()? {
                Self::Add(_) => (actions.clone(), Self::Add),
                Self::Remove(_) => (actions.clone(), Self::Remove),
                _ => return None,
            },
            _ => return None,
        };
        actions.extend(goods.into_iter().map(make));
        Some(Self::Each(actions))
    }

    /// The same action for a variant with these options beside those that it names, or instead of them; `None` where options
    /// say nothing.
    pub fn with_options(&self, options: &[String], is_instead: bool) -> Option<Self> {
        let mut action = self.clone();
        let known = match &mut action {
            Self::Add(what)
            | Self::Remove(what)
            | Self::SetQuantity(what)
            | Self::TakeOut { what, .. }
            | Self::Return { what, .. }
            | Self::SetAlert { what, .. }
            | Self::SetMandate { what, .. } => &mut what.options,
            Self::Exchange { wanted, .. } => wanted,
            _ => return None,
        };
        if is_instead {
            known.clear();
        }
        known.extend(options.iter().cloned());
        Some(action)
    }
}

/// Something that somebody talks about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reference {
    /// Which one.
    pub which: Which,
    /// Options that it is to have: `medium`, `blue`.
    #[serde(default)]
    pub options: Vec<String>,
    /// How many, where it was said.
    #[serde(default)]
    pub quantity: Option<i32>,
}

/// Which thing is meant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Which {
    /// What was last talked about: `it`, `that one`.
    It,
    /// The how many-th of those that were shown, counted from 1, among those of the name where one was said.
    Place(u32, Option<String>),
    /// The last of those that were shown.
    Last(Option<String>),
    /// What is called so.
    Named(String),
    /// The one that has most or least of something: `cheapest ladder`, `lighter one`, `cheaper of the two`.
    Most(String),
    /// All there is of it.
    All,
}

/// Which order is meant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderReference {
    /// The one that was talked about, else the newest.
    Mine,
    /// The same by a pronoun, which may stand for something else that was talked about.
    It,
    /// The one of this number.
    Number(String),
    /// All of them.
    All,
    /// Those of these numbers.
    Numbers(Vec<String>),
    /// So many orders, all there are: `both orders`.
    SoMany(u32),
    /// The newest ones: `my last two orders`.
    Newest(u32),
    /// Several by a pronoun, which may stand for something else that was talked about: `both`, `all of them`.
    These(Option<u32>),
}

/// An amount of money as it was said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amount {
    /// The digits.
    pub number: String,
    /// The code of its currency, where one was said.
    pub currency: Option<String>,
    /// What it says of a price.
    #[serde(default)]
    pub bound: Bound,
}

/// What an amount says of a price.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    /// So much or less.
    #[default]
    At,
    /// Less than it: `below 40` is not 40.
    Below,
    /// So many percent off the price of now.
    PercentOff,
}
