//! Yes and no to a question.

use action::{Reply, Which, pointed, reply, reply_to};
use checkout::tool::ToolName;

#[test]
fn knows_a_yes_from_a_no() {
    let yes = [
        "yes",
        "Yes please!",
        "yeah",
        "ok",
        "sure, go ahead",
        "do it",
        "yes, cancel it",
        "Confirm",
        "of course",
        "ja, bitte",
        "oui, s'il vous plaît",
        "sí, por favor",
        "d'accord",
    ];
    let no = [
        "no",
        "No thanks",
        "nope",
        "don't",
        "never mind",
        "stop",
        "no, leave it",
        "cancel",
        "cancel that",
        "cancel it",
        "Cancel it!",
        "no, cancel it",
        "wait no",
        "hold on",
        "nein danke",
        "non merci",
    ];
    let neither = [
        "yes but in blue",
        "how much is it?",
        "no wait, yes",
        "maybe",
        "",
        "yesterday",
        "which one?",
        "return it",
        "add it",
        "exchange it",
        "send it",
        "buy it",
        "yes, no",
        "please return it",
    ];
    for message in yes {
        assert_eq!(reply(message), Some(Reply::Yes), "{message}");
    }
    for message in no {
        assert_eq!(reply(message), Some(Reply::No), "{message}");
    }
    for message in neither {
        assert_eq!(reply(message), None, "{message}");
    }
}

#[test]
fn what_is_asked_said_over_is_no_answer() {
    let cancelled = |message: &str| reply_to(message, Some(ToolName::CancelOrder));
    assert_eq!(cancelled("cancel"), None);
    assert_eq!(reply_to("cancel", Some(ToolName::PlaceOrder)), Some(Reply::No));
    assert_eq!(cancelled("cancel it"), None);
    assert_eq!(cancelled("please cancel it"), None);
    assert_eq!(cancelled("yes, cancel it"), Some(Reply::Yes));
    assert_eq!(cancelled("no"), Some(Reply::No));
    assert_eq!(cancelled("no, cancel it"), None);
    assert_eq!(reply_to("cancel it", Some(ToolName::PlaceOrder)), Some(Reply::No));
    assert_eq!(reply_to("no, cancel it", Some(ToolName::PlaceOrder)), Some(Reply::No));
}

#[test]
fn a_yes_to_something_else_is_no_yes() {
    let own = [
        (ToolName::PlaceOrder, "yes, place it"),
        (ToolName::CancelOrder, "yes, cancel it"),
        (ToolName::ReturnItems, "yes, return it"),
        (ToolName::ReturnItems, "sure, send it back"),
        (ToolName::ExchangeItems, "yes, exchange it"),
        (ToolName::ChangeOrderAddress, "yes, send it there"),
    ];
    for (tool, message) in own {
        assert_eq!(reply_to(message, Some(tool)), Some(Reply::Yes), "{message}");
        for (other, _) in own.iter().filter(|(other, _)| *other != tool) {
            assert_eq!(reply_to(message, Some(*other)), None, "{message} to {other:?}");
        }
    }
    for message in ["yes?", "okay?", "ja?", "correct?", "no?"] {
        assert_eq!(reply_to(message, Some(ToolName::PlaceOrder)), None, "{message}");
    }
}

#[test]
fn what_is_pointed_at_is_a_place_a_name_or_a_quality() {
    let which = |text: &str| pointed(text).map(|at| at.which);
    assert_eq!(which("the second one"), Some(Which::Place(2, None)));
    assert_eq!(which("the umbrella, please"), Some(Which::Named("umbrella".to_owned())));
    assert_eq!(which("the lighter one"), Some(Which::Most("lighter one".to_owned())));
    assert_eq!(which("which one is lighter?"), None);
}
