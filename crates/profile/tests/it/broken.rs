//! Whatever is written, reading it ends and invents nothing.

use proptest::prelude::*;

proptest! {
    #[test]
    fn what_is_left_stands_in_the_message(message in "[a-zA-Z0-9 ,.'!?ß–é]{0,120}") {
        if let Some(profile::Speech::Tell(told)) = profile::read(&message) {
            for word in told.rest.split([' ', ',']).filter(|word| !word.is_empty()) {
                prop_assert!(message.contains(word), "{word}");
            }
            for fact in told.facts {
                prop_assert!(message.to_lowercase().contains(&fact.thing.to_lowercase()));
            }
        }
    }

    #[test]
    fn no_text_breaks_it(message in "\\PC{0,200}") {
        let _ = profile::read(&message);
    }
}
