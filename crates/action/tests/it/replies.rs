//! Yes and no to a question.

use action::{Reply, reply};

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
    ];
    let no =
        ["no", "No thanks", "nope", "don't", "never mind", "stop", "no, leave it", "cancel that", "hold on"];
    let neither =
        ["yes but in blue", "how much is it?", "no wait, yes", "maybe", "", "yesterday", "which one?"];
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
