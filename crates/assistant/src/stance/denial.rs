//! What words deny: a negation before a word or over a list that it is in, the verb behind it, and `free`, which says that a thing is left out.

use std::ops::Range;

use search::analyse;

/// Words before a word that turn it around, as stems.
pub(super) const NEGATIONS: &[&str] = &[
    "not", "no", "never", "isnt", "isn", "arent", "aren", "wasnt", "wasn", "doesnt", "doesn", "dont", "don",
    "didnt", "didn", "cant", "cannot", "wont", "without", "hardli", "bare", "lack", "lacks", "non",
    "neither", "nor", "away", "wouldnt", "couldnt", "noth", "none", "nobodi", "less", "zero", "far",
];
/// Verbs with their denial, which can follow what they deny: `concrete isn't`.
const DENYING_VERBS: &[&str] =
    &["isnt", "arent", "wasnt", "doesnt", "dont", "didnt", "cant", "cannot", "wont", "wouldnt", "couldnt"];
/// Verbs whose denial is a word of its own: `are not possible`.
const VERBS: &[&str] = &["is", "are", "was", "were", "do", "doe", "did", "can", "will", "would"];
/// Openings that deny all of what follows, however far: `nothing we sell has been tried on animals`.
const DENYING_OPENINGS: &[&str] = &["noth", "none", "nobodi", "neither", "no"];
/// What is free when it costs nothing, as stems: `delivery free over $50` has a delivery.
const GIVEN_FREE: &[&str] = &[
    "deliveri", "ship", "return", "postag", "exchang", "repair", "servic", "collect", "pickup", "sampl",
    "trial", "wrap", "gift", "instal", "assembl", "cancel", "hand", "toll", "refund", "entri", "parcel",
];
/// How many words before a word a negation can stand.
pub(super) const REACH: usize = 4;
/// How many words a list has that a negation before it denies.
const LONGEST_LIST: usize = 12;
/// How many words of a list can stand between a word and the verb that denies them all.
const LISTED: usize = 4;

/// Whether what stands here is denied by a negation, or said to be left out: `gluten free`, `free from parabens`.
pub(crate) fn is_denied_at(stems: &[String], place: &Range<usize>) -> bool {
    is_negated(stems, place.start) != is_left_out(stems, place)
}

/// Whether a `free` says that what stands here is not in it.
fn is_left_out(stems: &[String], place: &Range<usize>) -> bool {
    let is =
        |place: usize, words: &[&str]| stems.get(place).is_some_and(|stem| words.contains(&stem.as_str()));
    let is_free = |place: usize| is(place, &["free"]);
    let has_own = stems[place.clone()].iter().any(|stem| stem == "free");
    // `Paraben- and silicone-free` is said of both.
    let mut end = place.end;
    while is(end, &["and", "or"]) && !is_free(end + 1) && stems.len() > end + 2 {
        end += 2;
    }
    let behind = is_free(end) && !is(end - 1, GIVEN_FREE) && !is(end + 1, &["of", "from"]);
    let before =
        (0..place.start).any(|at| is_free(at) && is(at + 1, &["of", "from"]) && !is(at + 2, &["charg"]));
    !has_own && (behind || before || is_trace(stems, place.start))
}

/// Whether so little is there that it counts as none: `less than 20 ppm gluten`, the bound of the Codex Alimentarius for gluten-free food.
pub(crate) fn is_trace(stems: &[String], place: usize) -> bool {
    let before = &stems[place.saturating_sub(REACH)..place];
    let is_bound = |stem: &String| matches!(stem.as_str(), "less" | "under" | "below");
    before.last().is_some_and(|stem| stem == "ppm") && before.iter().any(is_bound)
}

/// Whether a negation stands within reach before this place, or governs a list that it is in.
pub(crate) fn is_negated(stems: &[String], place: usize) -> bool {
    let start = place.saturating_sub(REACH);
    let window = &stems[start..place];
    let cut = window.iter().rposition(|stem| matches!(stem.as_str(), "but" | "and" | "onli"));
    let from = start + cut.map_or(0, |cut| cut + 1);
    let near = (from..place).rev().find(|at| is_negation(stems, *at));
    let before = match near {
        // `Not without` says that it is there.
        Some(at) => !(at > from && is_negation(stems, at - 1)),
        None => is_listed_as_absent(stems, place),
    };
    let opens = place > REACH && stems.first().is_some_and(|f| DENYING_OPENINGS.contains(&f.as_str()));
    let opens = opens && near != Some(0) && !is_listed_as_absent(stems, place);
    (usize::from(before) + usize::from(opens) + usize::from(is_denied_behind(stems, place))) % 2 == 1
}

/// Whether the word here denies; `less than 0.5 %` says how much there is.
fn is_negation(stems: &[String], at: usize) -> bool {
    let is_amount = stems[at] == "less" && stems.get(at + 1).is_some_and(|next| next == "than");
    NEGATIONS.contains(&stems[at].as_str()) && !is_amount
}

/// Whether all of a list is denied that this word is in: `without beef, chicken, wheat or soy`, `does not contain milk and eggs`. Between
/// its members stand no other small words.
fn is_listed_as_absent(stems: &[String], place: usize) -> bool {
    let is_joint = |at: usize| matches!(stems[at].as_str(), "and" | "or" | "nor" | "ani" | "ad");
    for at in (place.saturating_sub(LONGEST_LIST)..place).rev() {
        let next = stems.get(at + 1).map_or("", String::as_str);
        match stems[at].as_str() {
            "no" | "without" | "neither" | "zero" | "non" => return true,
            _ if is_negation(stems, at) => return matches!(next, "contain" | "includ" | "use" | "have"),
            _ if is_joint(at) => {}
            stem if analyse::is_stop_word(stem) => return false,
            _ => {}
        }
    }
    false
}

/// Whether the verb behind a word denies it, right behind or behind what is listed with it: `gravel and plants are not
/// included`.
fn is_denied_behind(stems: &[String], place: usize) -> bool {
    let is_among =
        |place: usize, list: &[&str]| stems.get(place).is_some_and(|stem| list.contains(&stem.as_str()));
    let denies = |place: usize| {
        is_among(place, DENYING_VERBS)
            || is_among(place, VERBS) && is_among(place + 1, &["not", "never", "no"])
    };
    let is_verb = |place: &usize| is_among(*place, VERBS) || is_among(*place, DENYING_VERBS);
    let verb = (place + 1..stems.len().min(place + 2 + LISTED)).find(is_verb);
    verb.is_some_and(|verb| {
        denies(verb)
            && (verb == place + 1 || (place + 1..verb).any(|between| is_among(between, &["and", "or"])))
    })
}

/// Whether a word of these denies.
pub(super) fn has_negation(stems: &[String]) -> bool {
    stems.iter().any(|stem| NEGATIONS.contains(&stem.as_str()))
}

/// Whether a sentence denies anything at all.
pub(crate) fn denies(stems: &[String]) -> bool {
    stems.iter().any(|stem| NEGATIONS.contains(&stem.as_str()) || stem == "nowher")
}

/// Whether a sentence denies what it says here: a negation stands anywhere before, as over a list.
pub(crate) fn is_denied(stems: &[String], place: usize) -> bool {
    stems[..place].iter().any(|stem| NEGATIONS.contains(&stem.as_str()))
}
