//! The step: an event comes in, effects go out.

use crate::advance::advance;
use crate::writer::Writer;
use crate::{Effect, Event, EventKind, Session, StandDown};

/// Takes one event and says what is to be done about it.
///
/// The session keeps what must be stored: append [`Session::take_unsaved`] to the journal **before** acting on an
/// effect. What the session knows already (a message that was sent twice, an answer that came twice) changes nothing and
/// is not journalled. An event of another epoch is refused with [`Effect::StandDown`].
pub fn step(session: &mut Session, event: Event) -> Vec<Effect> {
    if session.is_foreign(event.epoch, &event.kind) {
        return vec![Effect::StandDown(StandDown { held: session.state.epoch })];
    }
    if !is_news(session, &event) {
        return Vec::new();
    }
    let kind = session.record(event);
    let mut writer = Writer::new(session);
    kind.incoming().decide(&mut writer);
    advance(&mut writer);
    writer.finish()
}

fn is_news(session: &Session, event: &Event) -> bool {
    let state = &session.state;
    if let EventKind::Woke(_) = event.kind {
        return state.due().is_some_and(|due| due <= state.now.max(event.at));
    }
    event.kind.incoming().is_news(state)
}
