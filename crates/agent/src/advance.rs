//! What follows from the state and the time, whatever event came in. One file for each idea.
//!
//! Since the rules look at the state only, an event whose consequences were not written down before a crash has them
//! after the next event.

mod approval;
mod call;
mod cancel;
mod fate;
mod lost;
mod thought;
mod turn;

pub(crate) use approval::{Verdict, answer, ask_person, revise};
pub(crate) use call::propose;
pub(crate) use cancel::cancel;
pub(crate) use fate::{again, done, give_up, settle, take_back, uncertain};
pub(crate) use thought::{context_before, fail_thought, pass_on};
pub(crate) use turn::end_turn;

use crate::writer::Writer;

/// Applies all rules until none has anything to say.
pub(crate) fn advance(writer: &mut Writer<'_>) {
    loop {
        let before = writer.written();
        turn::end_out_of_time(writer);
        approval::expire(writer);
        lost::look_into(writer);
        call::issue(writer);
        thought::lapse(writer);
        turn::go_on(writer);
        if writer.written() == before {
            return;
        }
    }
}
