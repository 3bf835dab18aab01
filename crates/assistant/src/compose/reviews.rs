//! What reviewers say, as sentences: every number is a count of reviewers, every quote is theirs.

use insight::Kind;

use crate::voice::{Line, Voice};

/// How reviewers vote on an aspect.
#[derive(Clone, Copy, Debug)]
pub(super) struct Votes {
    pub(super) agree: u32,
    pub(super) disagree: u32,
    pub(super) mixed: u32,
}

/// Stars in words, and the number alone.
const STARS: [(Line, Line); 5] = [
    (Line::OneStar, Line::One),
    (Line::TwoStars, Line::Two),
    (Line::ThreeStars, Line::Three),
    (Line::FourStars, Line::Four),
    (Line::FiveStars, Line::Five),
];

/// `12 reviewers rate it 4.3 of 5: 7 give five stars, 3 four, 2 two.`
pub(super) fn spread(voice: Voice, mean: &str, stars: &[u32; 5], products: u32) -> String {
    let count: u32 = stars.iter().sum();
    let mean = &voice.figures(mean);
    let of = match products {
        1 => voice.say(Line::SpreadIt, &[]),
        products => voice.say(Line::SpreadThese, &[&products.to_string()]),
    };
    if count == 1 {
        return voice.say(Line::SpreadOne, &[&of, mean]);
    }
    let given = (0..5).rev().filter(|place| stars[*place] > 0);
    let told: Vec<String> = given
        .enumerate()
        .map(|(order, place)| {
            let (whole, number) = STARS[place];
            let (line, words) = match (order, stars[place]) {
                (0, 1) => (Line::StarsGivenOne, whole),
                (0, _) => (Line::StarsGivenMany, whole),
                _ => (Line::StarsAlso, number),
            };
            voice.say(line, &[&stars[place].to_string(), &voice.say(words, &[])])
        })
        .collect();
    voice.say(Line::SpreadMany, &[&count.to_string(), &of, mean, &told.join(", ")])
}

/// Counts first, then a sentence of the larger side and one of the smaller.
pub(super) fn aspect(voice: Voice, name: &str, kind: Kind, votes: Votes, quotes: &[String]) -> String {
    let counts = &match kind {
        Kind::Part | Kind::Whole => judged(voice, name, votes),
        Kind::Quality => called(voice, name, votes, QUALITY),
        Kind::Event => called(voice, name, votes, EVENT),
    };
    match quotes {
        [] => voice.say(Line::Sentence, &[counts]),
        [typical] => voice.say(Line::AspectQuoted, &[counts, typical]),
        [typical, dissent, ..] => voice.say(Line::AspectAgainst, &[counts, typical, dissent]),
    }
}

/// One line for a single reviewer, another with the number of several.
fn counted(voice: Voice, count: u32, one: Line, many: Line, of: &str) -> String {
    match count {
        1 => voice.say(one, &[of]),
        count => voice.say(many, &[&count.to_string(), of]),
    }
}

fn judged(voice: Voice, name: &str, votes: Votes) -> String {
    let Votes { agree, disagree, mixed } = votes;
    match (agree, disagree, mixed) {
        (agree, 0, 0) => counted(voice, agree, Line::PraisesOne, Line::PraisesMany, name),
        (0, disagree, 0) => counted(voice, disagree, Line::FaultsOne, Line::FaultsMany, name),
        (0, 0, mixed) => counted(voice, mixed, Line::DoesBothOne, Line::DoesBothMany, name),
        _ => divided(voice, name, votes),
    }
}

fn divided(voice: Voice, name: &str, votes: Votes) -> String {
    let them = &voice.say(if is_many(name) { Line::Them } else { Line::It }, &[]);
    let sides = [
        (votes.agree, Line::PartPraisesOne, Line::PartPraisesMany),
        (votes.disagree, Line::PartFaultsOne, Line::PartFaultsMany),
        (votes.mixed, Line::PartBothOne, Line::PartBothMany),
    ];
    let told: Vec<String> = sides
        .into_iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, one, many)| voice.say(if count == 1 { one } else { many }, &[&count.to_string(), them]))
        .collect();
    let all = votes.agree + votes.disagree + votes.mixed;
    voice.say(Line::OfJudges, &[&all.to_string(), name, &voice.list(&told)])
}

/// Who says so, one or several, and who says that it is not so.
type Lines = [(Line, Line); 2];
const QUALITY: Lines = [(Line::CallsOne, Line::CallsMany), (Line::DeniesOne, Line::DeniesMany)];
const EVENT: Lines = [(Line::WritesOne, Line::WritesMany), (Line::WritesNotOne, Line::WritesNotMany)];

fn called(voice: Voice, name: &str, votes: Votes, [says, denies]: Lines) -> String {
    let calls = |agree| counted(voice, agree, says.0, says.1, name);
    match (votes.agree, votes.disagree + votes.mixed) {
        (0, against) => counted(voice, against, denies.0, denies.1, name),
        (agree, 0) => calls(agree),
        (agree, against) => {
            let line = if against == 1 { Line::OtherwiseOne } else { Line::OtherwiseMany };
            format!("{}, {}", calls(agree), voice.say(line, &[&against.to_string()]))
        }
    }
}

/// `Counted here: 6 of 40 reviewers (“hiking”).`
pub(super) fn selected(voice: Voice, who: &str, count: u32, of: u32) -> String {
    voice.say(Line::Counted, &[&count.to_string(), &of.to_string(), who])
}

/// How ratings changed.
pub(super) fn trend(
    voice: Voice,
    since: &str,
    before: &(String, u32),
    recent: &(String, u32),
    is_clear: bool,
) -> String {
    let (old, new) = (voice.figures(&before.0), voice.figures(&recent.0));
    let (old_count, new_count) = (before.1.to_string(), recent.1.to_string());
    let counts = voice.say(Line::TrendCounts, &[&new, &new_count, since, &old, &old_count]);
    let line = match (is_clear, recent.0 > before.0) {
        (true, true) => Line::Risen,
        (true, false) => Line::Fallen,
        (false, _) => Line::Unchanged,
    };
    voice.say(line, &[&counts])
}

fn is_many(name: &str) -> bool {
    name.ends_with('s') && !name.ends_with("ss") && !name.ends_with("us")
}
