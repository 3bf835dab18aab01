//! What was asked for and compared with nothing: a price in a currency that the shop does not sell in, a measure or an age that
//! no goods state.

use search::Why;

use crate::claim::Answer;
use crate::voice::{Line, Voice};
use crate::{Ask, Request};

/// Says what was not compared.
pub(super) fn tell(answer: &mut Answer, ask: &Ask, request: &Request) {
    let voice = Voice::of(&ask.locale);
    for unheld in &request.need.unheld {
        let words = request.own_words(&unheld.words);
        match unheld.why {
            Why::Currency(own) => {
                answer.notes.push(voice.say(Line::OtherCurrency, &[own.code(), &voice.quote(&words)]));
            }
            // Where nothing was found, the whole wish is told already.
            Why::Measure | Why::Age if !answer.is_abstention => {
                answer.missing.retain(|missing| !words.contains(missing.as_str()));
                answer.missing.push(words);
            }
            Why::Measure | Why::Age => {}
        }
    }
}
