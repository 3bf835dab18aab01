//! Answers that did not come in time.

use super::fate::ask;
use super::uncertain;
use crate::writer::Writer;
use crate::{Key, Stage};

/// Looks into calls that were not answered, and asks again where an answer about them did not come either.
pub(super) fn look_into(writer: &mut Writer<'_>) {
    let now = writer.state().now;
    for key in due(writer, |stage| matches!(stage, Stage::Issued { deadline } if *deadline <= now)) {
        uncertain(writer, key);
    }
    for key in due(writer, |stage| matches!(stage, Stage::Asking { next_at } if *next_at <= now)) {
        ask(writer, key);
    }
}

fn due(writer: &Writer<'_>, is_due: impl Fn(&Stage) -> bool) -> Vec<Key> {
    let open = writer.state().open_activities();
    open.filter(|(_, activity)| is_due(&activity.stage)).map(|(key, _)| key).collect()
}
