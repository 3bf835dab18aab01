//! Comparisons and decisions as sentences.

use crate::pick::{Choice, Role};
use crate::voice::{Line, Voice};

/// How a comparison comes out.
pub(super) fn balance(
    voice: Voice,
    ahead: Option<&str>,
    hinges: &[String],
    ranked: &[String],
    unranked: &[String],
) -> String {
    let list =
        |labels: &[String]| voice.list(&labels.iter().map(|own| voice.label_within(own)).collect::<Vec<_>>());
    match (ahead, hinges) {
        (Some(title), _) if !unranked.is_empty() => {
            voice.say(Line::AheadInRanked, &[title, &list(ranked), &list(unranked)])
        }
        (Some(title), _) => voice.say(Line::AheadInAll, &[title]),
        (None, [first, second, ..]) => {
            voice.say(Line::Hinges, &[&voice.label_within(first), &voice.label_within(second)])
        }
        (None, _) => voice.say(Line::NoBetter, &[]),
    }
}

/// One choice with its reasons.
pub(super) fn picked(voice: Voice, choice: &Choice) -> String {
    let line = match choice.role {
        Role::Best => Line::Take,
        Role::Save => Line::TakeToSave,
        Role::StepUp => Line::TakeToStepUp,
    };
    let opening = &voice.say(line, &[&choice.title]);
    let (gains, losses) = (&voice.list(&choice.gains), &voice.list(&choice.losses));
    match (gains.is_empty(), losses.is_empty()) {
        (true, true) => voice.say(Line::Sentence, &[opening]),
        (false, true) => voice.say(Line::ForGains, &[opening, gains]),
        (true, false) => voice.say(Line::DespiteLosses, &[opening, losses]),
        (false, false) => voice.say(Line::ForGainsDespiteLosses, &[opening, gains, losses]),
    }
}
