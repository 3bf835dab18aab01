//! Stopping an activity that is not wanted any more.

use super::settle;
use crate::writer::Writer;
use crate::{Actor, Cancel, CloseApproval, Effect, Failure, Fate, Key, Stage};

/// Ends it where nothing was sent; else asks the callee to stop, and takes it back when it turns out to have been done.
pub(crate) fn cancel(writer: &mut Writer<'_>, key: Key) {
    let Some(activity) = writer.state().activities.get(&key) else { return };
    if activity.undoes.is_some() || activity.is_cancelled || activity.stage.is_final() {
        return;
    }
    let question = activity.approval.as_ref().map(|approval| approval.digest);
    let (stage, is_unsent) = (activity.stage.clone(), activity.attempt == 0);
    writer.emit(Effect::Cancel(Cancel { key }));
    if let (Stage::AwaitingApproval { .. }, Some(digest)) = (&stage, question) {
        let by = Actor::Runtime;
        writer.emit(Effect::CloseApproval(CloseApproval { key, digest, is_granted: false, by }));
    }
    if is_unsent && !stage.is_in_flight() {
        settle(writer, key, Fate::Failed(Failure::Cancelled));
    }
}
