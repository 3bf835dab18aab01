//! What is an action, in many words, and what is not.

use action::{Action, Amount, Bound, OrderReference, Reference, Which, Wished, listed, read};
use proptest::prelude::*;

/// An action in short.
fn short(action: &Action) -> String {
    match action {
        Action::Add(what) => format!("add {}", of(what)),
        Action::Remove(what) => format!("remove {}", of(what)),
        Action::SetQuantity(what) => format!("set {}", of(what)),
        Action::AddCoupon { code } => format!("coupon {code}"),
        Action::DropCoupon { code } => format!("drop coupon {}", code.as_deref().unwrap_or("?")),
        Action::EmptyCart => "empty".to_owned(),
        Action::OneMore => "one more".to_owned(),
        Action::More(quantity) => format!("{quantity} more"),
        Action::ShowCart => "cart".to_owned(),
        Action::Checkout => "checkout".to_owned(),
        Action::ListOrders => "orders".to_owned(),
        Action::ShowOrder(order) => format!("order {}", by(order)),
        Action::Expect(order) => format!("expect {}", by(order)),
        Action::Cancel(order) => format!("cancel {}", by(order)),
        Action::Each(actions) => actions.iter().map(short).collect::<Vec<_>>().join("; "),
        Action::Reorder { what, order } => {
            format!("again {}{}", what.as_ref().map_or_else(|| "?".to_owned(), of), from(order))
        }
        Action::AddToOrder { what, order } => {
            let what: Vec<String> = what.iter().map(of).collect();
            format!("add {} to {}", what.join(" and "), by(order))
        }
        Action::TakeOut { what, order } => format!("take out {} of {}", of(what), by(order)),
        Action::RefundTo(words) => format!("refund to {words}"),
        Action::Return { what, also, order, reason, refund_to, condition } => {
            let also = also.iter().map(|what| format!(" and {}", of(what))).collect::<String>();
            let to = refund_to.as_ref().map_or_else(String::new, |to| format!(" to {to}"));
            let state = condition.map_or_else(String::new, |condition| format!(" ({condition:?})"));
            format!("return {}{also}{}{}{to}{state}", of(what), from(order), why(reason))
        }
        Action::Withdraw { what, order, is_named } => {
            let what = what.as_ref().map_or_else(String::new, |what| format!(" {}", of(what)));
            format!("{}{what}{}", if *is_named { "withdraw" } else { "keep" }, from(order))
        }
        Action::Exchange { what, order, wanted, reason, condition } => {
            let state = condition.map_or_else(String::new, |condition| format!(" ({condition:?})"));
            format!("exchange {}{} for {}{}{state}", of(what), from(order), wanted.join(" "), why(reason))
        }
        Action::Readdress { order, to } => {
            format!("readdress {} to {}", by(order), to.as_deref().unwrap_or("?"))
        }
        Action::Pieces(quantity) => format!("pieces {quantity}"),
        Action::ListAlerts => "alerts".to_owned(),
        Action::DropAlert(which) => format!("drop alert {}", wished(which)),
        Action::DropMandate(which) => format!("drop mandate {}", wished(which)),
        Action::SetMandate { what, at, until } => {
            let until = until.map_or_else(String::new, |until| format!(" until {until:?}"));
            format!("mandate {} at {}{until}", of(what), figure(at))
        }
        Action::SetAlert { what, at } => {
            let currency = at.currency.as_ref().map_or_else(String::new, |code| format!(" {code}"));
            format!("alert {} at {}{currency}", of(what), figure(at))
        }
    }
}

fn figure(at: &Amount) -> String {
    format!("{}{}", at.number, if at.bound == Bound::PercentOff { "%" } else { "" })
}

fn of(what: &Reference) -> String {
    let which = match &what.which {
        Which::It => "it".to_owned(),
        Which::Place(place, name) => {
            format!("#{place}{}", name.as_ref().map_or_else(String::new, |n| format!(" {n}")))
        }
        Which::Last(name) => format!("last{}", name.as_ref().map_or_else(String::new, |n| format!(" {n}"))),
        Which::Named(name) => format!("'{name}'"),
        Which::Most(words) => format!("most '{words}'"),
        Which::All => "all".to_owned(),
    };
    let quantity = what.quantity.map_or_else(String::new, |quantity| format!("{quantity} x "));
    let options = what.options.iter().map(|option| format!(" [{option}]")).collect::<String>();
    format!("{quantity}{which}{options}")
}

fn by(order: &OrderReference) -> String {
    match order {
        OrderReference::Mine | OrderReference::It => "mine".to_owned(),
        OrderReference::Number(number) => number.clone(),
        OrderReference::All => "all".to_owned(),
        OrderReference::Numbers(numbers) => numbers.join(" and "),
        OrderReference::SoMany(many) => format!("{many} orders"),
        OrderReference::Newest(many) => format!("the newest {many}"),
        OrderReference::These(many) => many.map_or("these".to_owned(), |many| format!("these {many}")),
    }
}

fn wished(which: &Wished) -> String {
    match which {
        Wished::Mine => "mine".to_owned(),
        Wished::On(what) => of(what),
        Wished::All => "all".to_owned(),
    }
}

fn from(order: &Option<OrderReference>) -> String {
    order.as_ref().map_or_else(String::new, |order| format!(" of {}", by(order)))
}

fn why(reason: &Option<String>) -> String {
    reason.as_ref().map_or_else(String::new, |reason| format!(", {reason}"))
}

const ACTIONS: &[(&str, &str)] = &[
    ("change the jacket in order 4036 to L", "exchange 'jacket' of 4036 for l"),
    ("swap the blue tent for the green one in my order", "exchange 'blue tent' of mine for green"),
    ("return the mug from order 1042", "return 'mug' of 1042"),
    ("change it to 2", "set 2 x it"),
    ("2 please", "pieces 2"),
    ("add all of them to my cart", "add all"),
    ("add them all", "add all"),
    ("add both and check out", "add 2 x all; checkout"),
    ("put the stove in my basket and two lamps", "add 'stove'; add 2 x 'lamps'"),
    ("put the stove in my cart and the lamp", "add 'stove'; add 'lamp'"),
    ("show cart", "cart"),
    ("empty my cart", "empty"),
    ("take everything out of the cart", "empty"),
    ("one more", "one more"),
    ("add another one", "one more"),
    ("add two more", "2 more"),
    ("it doesnt fit, i want it in L", "exchange it for l, fit"),
    ("the boots are too small, I need them in 44", "exchange 'boots' for 44, small"),
    ("send it back, changed my mind", "return it"),
    ("nah keep it", "keep it"),
    ("3 more of them please", "3 more"),
    ("add the first one in M and the second one in blue", "add #1 [m]; add #2 [blue]"),
    ("add the first and the second one in size L", "add #1; add #2 [l]"),
    ("remove the code", "drop coupon ?"),
    ("remove the coupon WELCOME10", "drop coupon WELCOME10"),
    ("has it shipped?", "order mine"),
    ("did it ship yet?", "order mine"),
    ("when will it arrive?", "expect mine"),
    ("was I charged?", "orders"),
    ("have you already charged my card?", "orders"),
    ("where is my stuff", "orders"),
    ("I want to cancel my order after all", "cancel mine"),
    ("cancel", "cancel mine"),
    ("the boots are too big, I want my money back", "return 'boots', big"),
    ("boots too big, I want a refund", "return 'boots', big"),
    ("tell me when it drops 20%", "alert it at 20%"),
    ("tell me when the price of the tent drops by 20 percent", "alert 'tent' at 20%"),
    ("buy it when it drops 20%", "mandate it at 20%"),
    ("make it two", "set 2 x it"),
    ("I want three", "pieces 3"),
    ("remove the navy jacket", "remove 'navy jacket'"),
    ("take the first one out", "remove #1"),
    ("change the delivery address", "readdress mine to ?"),
    ("show my alerts", "alerts"),
    ("what alerts do I have?", "alerts"),
    ("Do I have any standing orders?", "alerts"),
    ("stop the alert for the mug", "drop alert 'mug'"),
    ("please remove the price alert on the blue tent", "drop alert 'blue tent'"),
    ("delete all my alerts", "drop alert all"),
    ("cancel my standing order", "drop mandate mine"),
    ("revoke the standing order for the kettle", "drop mandate 'kettle'"),
    ("buy it when it is under 30", "mandate it at 30"),
    ("buy it for me when it costs less than $30", "mandate it at 30"),
    (
        "buy two when it drops below 30, until Christmas",
        "mandate 2 x it at 30 until Day { year: None, month: 12, day: 25 }",
    ),
    ("order 3 of them once the price falls to 12.50", "mandate 3 x it at 12.50"),
    ("if it drops below 40 buy it", "mandate it at 40"),
    (
        "buy two of the first one in M when it drops below 40, for two weeks",
        "mandate 2 x #1 [m] at 40 until Days(14)",
    ),
    ("buy the jacket size L once it is below 40", "mandate 'jacket' [l] at 40"),
    ("buy the second one when it goes below 99 within two weeks", "mandate #2 at 99 until Days(14)"),
    (
        "get the kettle as soon as it hits 25 by December 1st",
        "mandate 'kettle' at 25 until Day { year: None, month: 12, day: 1 }",
    ),
    ("add the second one in medium", "add #2 [medium]"),
    ("Add the 2nd one in M, please!", "add #2 [m]"),
    ("could you put the first one in my cart", "add #1"),
    ("add number 3 to the basket", "add #3"),
    ("I'll take the last one in size L", "add last [l]"),
    ("I'd like to buy the third one", "add #3; checkout"),
    ("buy the poncho, in olive", "add 'poncho' [olive]; checkout"),
    ("buy the mug, a kettle and the poncho", "add 'mug'; add 'kettle'; add 'poncho'; checkout"),
    ("add two of the second one", "add 2 x #2"),
    ("add the fourht one", "add #4"),
    ("add 2 mugs to my cart", "add 2 x 'mugs'"),
    ("add it to my cart", "add it"),
    ("Add the rain jacket in navy blue", "add 'rain jacket' [navy] [blue]"),
    ("put the blue one in my basket", "add it [blue]"),
    ("can you add the second jacket in medium and blue?", "add #2 jacket [medium] [blue]"),
    ("hey, add this one to the bag thanks", "add it"),
    ("add the secnd one to my baskte", "add #2"),
    ("remove the mug from my cart", "remove 'mug'"),
    ("take the second one out of my basket", "remove #2"),
    ("make it three", "set 3 x it"),
    ("make it 0", "set 0 x it"),
    ("make it -1", "set -1 x it"),
    ("make it 5000", "set 5000 x it"),
    ("add -3 of the second one", "add -3 x #2"),
    ("add the first one in marigold, M", "add #1 [marigold] [m]"),
    ("add the first one, in M, please", "add #1 [m]"),
    ("tell me when it drops below -4", "alert it at -4"),
    ("change the quantity of the mug to 4", "set 4 x 'mug'"),
    ("apply the code SAVE10", "coupon SAVE10"),
    ("use coupon welcome", "coupon WELCOME"),
    ("what's in my cart?", "cart"),
    ("show me my basket", "cart"),
    ("check out please", "checkout"),
    ("I want to place the order", "checkout"),
    ("show my orders", "orders"),
    ("what did I order?", "orders"),
    ("where is my order", "order mine"),
    ("is my order shipped?", "order mine"),
    ("my order", "order mine"),
    ("what happened to my refund?", "orders"),
    ("what is happening with my return", "orders"),
    ("is my order paid", "order mine"),
    ("has my parcel been delivered?", "order mine"),
    ("was my card charged?", "orders"),
    ("has my refund been paid?", "orders"),
    ("where is my refund", "orders"),
    ("Where's my order?", "order mine"),
    ("wheres my pakage", "order mine"),
    ("WHERE IS MY ORDER???", "order mine"),
    ("where is my ordr", "order mine"),
    ("where is order 1042?", "order 1042"),
    ("track order number W-2378156", "order w-2378156"),
    ("track #1042", "order 1042"),
    ("what's the status of my last order?", "order mine"),
    ("when will my parcel arrive?", "order mine"),
    ("has my order shipped yet", "order mine"),
    ("has my order shipped", "order mine"),
    ("I haven't received my package", "order mine"),
    ("I have not received my package yet", "order mine"),
    ("cancel my return", "withdraw"),
    ("Please withdraw the exchange.", "withdraw"),
    ("cancel the return of the jacket", "withdraw 'jacket'"),
    ("stop the return for order 1042", "withdraw of 1042"),
    ("I changed my mind about the return", "withdraw"),
    ("I don't want to return it any more", "withdraw it"),
    ("i do not want to return the jacket after all", "withdraw 'jacket'"),
    ("I don't want to send it back", "withdraw it"),
    ("I will keep it after all", "keep it"),
    ("I'd like to keep the jacket after all", "keep 'jacket'"),
    ("cancel it", "cancel mine"),
    ("Cancel my order.", "cancel mine"),
    ("please cancel order 1042", "cancel 1042"),
    ("cancle my order", "cancel mine"),
    ("can you cancel my order?", "cancel mine"),
    ("I want to cancel the order, I changed my mind", "cancel mine"),
    ("i don't want my order anymore", "cancel mine"),
    ("call off my last order", "cancel mine"),
    ("return the jacket", "return 'jacket'"),
    ("I'd like to return the jacket because it is too small", "return 'jacket', too small"),
    ("retrun my jacket", "return 'jacket'"),
    ("send the jacket back, it's too big", "return 'jacket', too big"),
    ("I want my money back for the blue mug", "return 'blue mug'"),
    ("I want to return it. It does not fit", "return it, fit"),
    ("return the second item", "return #2"),
    ("return the salt and pepper mill", "return 'salt and pepper mill'"),
    ("return the jacket, it is too small, send me an L", "exchange 'jacket' for l, too small"),
    ("Return the jacket; it's too small. Send me an L instead.", "exchange 'jacket' for l, too small"),
    ("return my shoes and send me size 42", "exchange 'shoes' for 42"),
    ("exchange the jacket for a large", "exchange 'jacket' for large"),
    ("swap it for the blue one", "exchange it for blue"),
    ("exchange the jacket, it's too tight, I need an XL instead", "exchange 'jacket' for xl, too tight"),
    ("tell me when it drops below 40", "alert it at 40"),
    ("Let me know when the second one drops below $40", "alert #2 at 40"),
    ("notify me if the tent goes under 199.99 euros", "alert 'tent' at 199.99 EUR"),
    ("email me once it costs less than 25", "alert it at 25"),
    ("alert me when the price of the tent falls to 100", "alert 'tent' at 100"),
    ("set a price alert for this at £30", "alert it at 30 GBP"),
    ("ping me when it is 35 or less", "alert it at 35"),
    ("add the cheapest umbrella", "add most 'cheapest umbrella'"),
    ("buy me the lighter one", "add most 'lighter one'; checkout"),
    ("put the cheaper of the two in my cart", "add most 'cheaper of the two'"),
    ("add two of the smallest one in green", "add 2 x most 'smallest one' [green]"),
    ("I'll take the more expensive one", "add most 'more expensive one'"),
    ("put two of them in my basket", "add 2 x it"),
    ("take the last one in blue", "add last [blue]"),
    ("remove the heavier one from my basket", "remove most 'heavier one'"),
    ("put 2 mugs and a kettle in my cart", "add 2 x 'mugs'; add 'kettle'"),
    ("add the first and the third one", "add #1; add #3"),
    ("add 2 mugs, a kettle and the poncho", "add 2 x 'mugs'; add 'kettle'; add 'poncho'"),
    ("add 2 mugs, 1 kettle, please", "add 2 x 'mugs'; add 1 x 'kettle'"),
    ("buy me the tent and the lamp in green", "add 'tent'; add 'lamp' [green]; checkout"),
    ("add 2 mugs in blue and a kettle", "add 2 x 'mugs in blue'; add 'kettle'"),
    ("add a salt and pepper mill", "add 'salt and pepper mill'"),
    ("remove the mug and the kettle from my cart", "remove 'mug'; remove 'kettle'"),
    ("add the tent and remove the lamp", "add 'tent'; remove 'lamp'"),
    ("add the mug to my cart and check out", "add 'mug'; checkout"),
    ("add the jacket, the blue one", "add 'jacket' [blue]"),
    ("order the poncho again", "again 'poncho'"),
    ("buy it again", "again it"),
    ("reorder", "again ?"),
    ("repeat my last order", "again ? of mine"),
    ("reorder order 1042", "again ? of 1042"),
    ("cancel both orders", "cancel 2 orders"),
    ("cancel both of my orders please", "cancel 2 orders"),
    ("cancel all three orders", "cancel 3 orders"),
    ("call both orders off", "cancel 2 orders"),
    ("i don't want both orders anymore", "cancel 2 orders"),
    ("cancel my last two orders", "cancel the newest 2"),
    ("cancel all my orders", "cancel all"),
    ("cancel all of my open orders", "cancel all"),
    ("call off all my orders", "cancel all"),
    ("cancel both", "cancel these 2"),
    ("cancel them both", "cancel these 2"),
    ("cancel all of them", "cancel these"),
    ("cancel all three of them", "cancel these 3"),
    ("cancel order 1003 and 1005", "cancel 1003 and 1005"),
    ("cancel orders 1003, 1005 and 1007", "cancel 1003 and 1005 and 1007"),
    ("please cancel order 1003 and also order 1005", "cancel 1003 and 1005"),
    ("cancel #7 and #9", "cancel 7 and 9"),
    ("cancel 1003 and 1005", "cancel 1003 and 1005"),
    ("cancel order 1003 and cancel order 1005", "cancel 1003 and 1005"),
    ("remove the mug from my order", "take out 'mug' of mine"),
    ("take 2 mugs out of order 1042", "take out 2 x 'mugs' of 1042"),
    ("return everything", "return all"),
    ("send everything back, it does not fit", "return all, fit"),
    ("return the whole order", "return all"),
    ("return all of it because it is too small", "return all, too small"),
    ("I want to return order 1042", "return all of 1042"),
    ("return the tent and the lamp", "return 'tent' and 'lamp'"),
    ("return the tent and the lamp, they are too small", "return 'tent' and 'lamp', too small"),
    ("return the jacket and refund it to my gift card", "return 'jacket' to gift card"),
    ("return the jacket, put the money on my PayPal", "return 'jacket' to paypal"),
    ("refund it to my gift card instead", "refund to gift card"),
    ("add the lamp to order 1003", "add 'lamp' to 1003"),
    ("add a second mug to my order", "add #2 mug to mine"),
    ("add the lamp and the mug to my order", "add 'lamp' and 'mug' to mine"),
    ("put two mugs into my order please", "add 2 x 'mugs' to mine"),
    ("return the headphones, unopened", "return 'headphones' (Unopened)"),
    ("return the headphones, they are still in the box", "return 'headphones' (Unopened)"),
    ("return the headphones unopened", "return 'headphones' (Unopened)"),
    ("return the headphones that are still in the box", "return 'headphones' (Unopened)"),
    ("return the boots, never worn", "return 'boots' (Opened)"),
    ("send the boots back, I have worn them once", "return 'boots' (Used)"),
    ("return the boots, too small, not worn", "return 'boots', small (Opened)"),
    ("return the tent and the lamp, both unused", "return 'tent' and 'lamp' (Opened)"),
    ("return the jacket and it is unopened", "return 'jacket' (Unopened)"),
    ("exchange the boots for a 43, they are unworn", "exchange 'boots' for 43 (Opened)"),
    ("return everything, unopened", "return all (Unopened)"),
];

const OTHERS: &[&str] = &[
    "can I return it?",
    "can i return the jacket if it does not fit?",
    "can you return swimsuits?",
    "how do I return the jacket?",
    "what is your return policy?",
    "return policy",
    "returns",
    "who pays for the return?",
    "is the second one waterproof?",
    "where is it made",
    "where is it made?",
    "where is the jacket from?",
    "where are you located?",
    "when will it be back in stock?",
    "how long does an order take?",
    "do you ship to Canada?",
    "can I cancel an order?",
    "how can I cancel my order?",
    "how do I cancel a return?",
    "can I keep the box?",
    "cancel my subscription",
    "can I add a gift message?",
    "what does the second one cost?",
    "does it come in medium?",
    "is it below 40?",
    "anything below 40",
    "tents under 200 euros",
    "tell me about the second one",
    "tell me when it was made",
    "tell me if it is below 40 cm",
    "tell me more",
    "I need a jacket that is not too small",
    "show me jackets in medium",
    "I want a red tent",
    "which one is better, the first or the second?",
    "the second one",
    "return the jacket and tell me what it weighs",
    "yes",
    "no",
    "please",
    "",
    "!!!",
    "order of the phoenix",
    "does the cart have wheels?",
    "what happens when it drops on the floor",
    "do you have standing desks under 300",
    "can I buy it for less than 30 until Friday?",
    "when does the price drop",
    "return the tent and the lamp to whom?",
    "can I return everything?",
    "can you return everything?",
    "how do I order again?",
    "what do I do with a tent and a lamp",
];

#[test]
fn reads_actions() {
    let wrong: Vec<String> = ACTIONS
        .iter()
        .filter_map(|(message, wanted)| {
            let found = read(message).map_or_else(|| "-".to_owned(), |action| short(&action));
            (found != *wanted).then(|| format!("{message}: {found}, not {wanted}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn commas_of_a_list_are_no_ends_of_clauses() {
    let read: Vec<String> =
        listed("Put a tent, a stove and two lamps in my cart").iter().map(short).collect();
    assert_eq!(read, ["add 'tent'; add 'stove'; add 2 x 'lamps'"]);
    assert_eq!(listed("Where is my tent, and what of the stove?"), []);
}

#[test]
fn an_address_is_kept_as_it_was_written() {
    let cases = [
        ("Change the address of my order to 12 Oak Street, Austin, TX, 78701, US", "mine"),
        ("please send order 4036 to 12 Oak Street, Austin, TX, 78701, US", "4036"),
        ("update the shipping address for order #4036 to 12 Oak Street, Austin, TX, 78701, US", "4036"),
    ];
    for (message, order) in cases {
        let found = read(message).map(|action| short(&action)).unwrap_or_default();
        assert_eq!(found, format!("readdress {order} to 12 Oak Street, Austin, TX, 78701, US"), "{message}");
    }
    assert_eq!(read("can you send my order to Canada?"), None);
}

#[test]
fn leaves_questions_alone() {
    let wrong: Vec<String> =
        OTHERS.iter().filter_map(|message| Some(format!("{message}: {}", short(&read(message)?)))).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn capitals_and_marks_do_not_count() {
    for (message, _) in ACTIONS.iter().filter(|(message, _)| !message.contains('?')) {
        assert_eq!(read(&message.to_uppercase()), read(message), "{message}");
        assert_eq!(read(&format!("  {message} ")), read(message), "{message}");
    }
}

proptest! {
    #[test]
    fn reads_anything_without_a_panic(message in ".{0,120}") {
        read(&message);
        action::reply(&message);
    }

    #[test]
    fn reads_its_own_words_in_any_order(
        words in prop::collection::vec(prop::sample::select(vec![
            "return", "the", "second", "one", "in", "medium", "and", "send", "me", "an", "l", "order", "#", "my", "it",
            "cancel", "when", "below", "40", "2", "of", "because", "is", "too", "small", "please", "#2", "no", ",",
        ]), 0..14)
    ) {
        read(&words.join(" "));
    }
}
