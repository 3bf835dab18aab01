//! Comparisons and decisions as sentences.

use super::tell::in_sentence;
use crate::pick::{Choice, Role};
use crate::reason::list;

/// How a comparison comes out.
pub(super) fn balance(ahead: Option<&str>, hinges: &[String]) -> String {
    match (ahead, hinges) {
        (Some(title), _) => format!("{title} is ahead in everything that can be ranked."),
        (None, [first, second, ..]) => format!(
            "Neither is ahead in everything: it comes down to whether {} or {} matters more.",
            in_sentence(first),
            in_sentence(second)
        ),
        (None, _) => "Nothing that the store states makes one of them the better choice.".to_owned(),
    }
}

/// One choice with its reasons.
pub(super) fn picked(choice: &Choice) -> String {
    let title = &choice.title;
    let opening = match choice.role {
        Role::Best => format!("I would take {title}"),
        Role::Save => format!("To save money, take {title}"),
        Role::StepUp => format!("To step up, take {title}"),
    };
    match (choice.gains.as_slice(), choice.losses.as_slice()) {
        ([], []) => format!("{opening}."),
        (gains, []) => format!("{opening}: it is {}.", list(gains)),
        ([], losses) => format!("{opening}, though it is {}.", list(losses)),
        (gains, losses) => format!("{opening}: it is {}, though {}.", list(gains), list(losses)),
    }
}
