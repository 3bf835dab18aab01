//! One claim as a sentence.

use crate::claim::{Claim, Lead, Polarity, Predicate};
use crate::lexicon::{concepts, stem_list};
use crate::voice::{Line, Voice};

use super::quote::{again, end, quoted, reading};
use super::{offers, reviews, set, suit};

/// Bytes of the longest value that is told as a fact.
const LONGEST_VALUE: usize = 200;

/// Where the last quote stood, so that the next from there says `also`.
#[derive(Debug, Default)]
pub(crate) struct Told {
    last: Option<(search::EvidenceKind, String)>,
}

/// One claim as a sentence.
pub(crate) fn sentence(voice: Voice, claim: &Claim, told: &mut Told) -> String {
    let last = told.last.take();
    match &claim.predicate {
        Predicate::Attribute { label, values } => attribute(voice, label, values),
        Predicate::Compared { label, value, asked } => {
            voice.say(Line::Compared, &[&voice.label_within(label), value, asked])
        }
        Predicate::Ranked { asked, order, lead } => ranked(voice, asked, order, *lead),
        Predicate::Leads { title, gains } => voice.say(Line::Leads, &[title, &voice.list(gains)]),
        Predicate::Differ { labels } => {
            let labels: Vec<String> = labels.iter().map(|label| voice.label_within(label)).collect();
            voice.say(Line::DifferIn, &[&voice.list(&labels)])
        }
        Predicate::Balance { ahead, hinges, ranked, unranked } => {
            set::balance(voice, ahead.as_deref(), hinges, ranked, unranked)
        }
        Predicate::Picked { choice } => set::picked(voice, choice),
        Predicate::Tie { titles } => voice.say(Line::Tie, &[&voice.list(titles)]),
        Predicate::Beaten { title, by } => voice.say(Line::LeftOut, &[title, by]),
        Predicate::Turning { text } => text.clone(),
        Predicate::Offered { asked, label, values } => {
            let label = plural(voice, label, values.len());
            let choices = voice.say(Line::Choices, &[&label, &voice.list(values)]);
            let is_yes = claim.polarity == Polarity::Positive;
            voice.say(if is_yes { Line::ComesIn } else { Line::DoesNotComeIn }, &[asked, &choices])
        }
        Predicate::Price { price, regular: None } => voice.say(Line::Costs, &[price]),
        Predicate::Price { price, regular: Some(regular) } => {
            voice.say(Line::CostsInstead, &[price, regular])
        }
        Predicate::Variants { lines, more } => offers::variants(voice, lines, *more),
        Predicate::Total { lines, total, budget } => offers::total(voice, lines, total, budget.as_ref()),
        Predicate::Availability { state } => voice.say(Line::IsAvailable, &[state]),
        Predicate::Quote { kind, context, quote } => {
            let is_same = last.as_ref().is_some_and(|(known, under)| {
                known == kind && (under == context || *kind == search::EvidenceKind::Review)
            });
            told.last = Some((*kind, context.clone()));
            if is_same { again(voice, *kind, quote) } else { quoted(voice, *kind, context, quote) }
        }
        Predicate::Counted { is_asked, agree, disagree, quotes } => {
            counted(voice, *is_asked, *agree, *disagree, quotes)
        }
        Predicate::Rating { mean, count: 1 } => voice.say(Line::OneRated, &[&voice.figures(mean)]),
        Predicate::Rating { mean, count } => {
            voice.say(Line::ManyRated, &[&count.to_string(), &voice.figures(mean)])
        }
        Predicate::Spread { mean, stars, products } => reviews::spread(voice, mean, stars, *products),
        Predicate::Aspect { name, kind, agree, disagree, mixed, quotes } => {
            let votes = reviews::Votes { agree: *agree, disagree: *disagree, mixed: *mixed };
            reviews::aspect(voice, name, *kind, votes, quotes)
        }
        Predicate::Selected { who, count, of } => reviews::selected(voice, who, *count, *of),
        Predicate::Trend { since, before, recent, is_clear } => {
            reviews::trend(voice, since, before, recent, *is_clear)
        }
        Predicate::Weather { .. }
        | Predicate::Season { .. }
        | Predicate::Asks { .. }
        | Predicate::Meets { .. }
        | Predicate::Suits { .. } => suit::claim(voice, claim).unwrap_or_default(),
        Predicate::Fits { title, price, reasons, lacks } => fits(voice, title, price, reasons, lacks),
    }
}

/// A product with its price and why it is shown.
fn fits(voice: Voice, title: &str, price: &str, reasons: &[String], lacks: &[String]) -> String {
    let price = if price.is_empty() { String::new() } else { format!(", {price}") };
    let lacks = (!lacks.is_empty()).then(|| voice.say(Line::NotStatedOf, &[&lacks.join(", ")]));
    let told: Vec<String> = reasons.iter().cloned().chain(lacks).collect();
    let told = if told.is_empty() { String::new() } else { format!(" – {}", told.join("; ")) };
    end(&format!("{title}{price}{told}"))
}

/// In the way of its concept where it is the whole of it, else `Its weight is 1.2 kg.` Other languages than English name the
/// label and the values, so that no ending has to agree.
fn attribute(voice: Voice, label: &str, values: &[String]) -> String {
    let told = &voice.list(values);
    if values.iter().any(|value| is_prose(value)) {
        return format!("{}: {}", voice.label(label), voice.quote(told));
    }
    if !voice.is_english() || is_half_sentence(label) {
        return voice.say(Line::Flag, &[&voice.label(label), told]);
    }
    let says = concepts::find(&stem_list(label), &|_| false)
        .into_iter()
        .find(|found| found.places.len() == stem_list(label).len())
        .and_then(|found| found.concept.says.as_deref());
    match (says, values) {
        (Some(says), _) => says.replace("{}", told),
        (None, [only]) if matches!(only.as_str(), "Yes" | "No") => {
            voice.say(Line::Flag, &[label, &only.to_lowercase()])
        }
        (None, _) => {
            let is_many = label.ends_with('s') && !label.ends_with("ss");
            let line = if is_many { Line::AttributeListed } else { Line::Attribute };
            voice.say(line, &[&voice.label_within(label), told])
        }
    }
}

/// Whether a label goes on in its values, as `Contains` and `Free from` do, and names nothing that they are.
fn is_half_sentence(label: &str) -> bool {
    const ENDS: &[&str] =
        &["for", "from", "of", "with", "in", "to", "by", "on", "at", "contains", "includes"];
    const WHOLE: &[&str] = &[
        "fits", "supports", "requires", "needs", "holds", "sleeps", "seats", "serves", "suits", "covers",
        "replaces",
    ];
    let label = label.to_lowercase();
    let last = label.rsplit(' ').next().unwrap_or_default();
    ENDS.contains(&last) || WHOLE.contains(&label.as_str())
}

/// Whether a value is no fact but something that somebody says, so that it is quoted.
fn is_prose(value: &str) -> bool {
    value.len() > LONGEST_VALUE || value.contains(['?', '!'])
}

fn plural(voice: Voice, label: &str, count: usize) -> String {
    let is_plain = voice.is_english() && count > 1 && !label.ends_with('s');
    if is_plain { format!("{label}s") } else { voice.label(label) }
}

/// `The A is lighter: 780 g against 1.32 kg for the B.`
fn ranked(voice: Voice, asked: &str, order: &[(String, String)], lead: Lead) -> String {
    let beside = |(title, value): &(String, String)| voice.say(Line::ValueFor, &[value, title]);
    let told: Vec<String> = order.iter().map(beside).collect();
    let Some(((first, value), rest)) = order.split_first() else { return String::new() };
    match lead {
        Lead::Clear => voice.say(Line::Ranked, &[first, asked, value, &voice.list(&told[1..])]),
        Lead::Alike if rest.iter().all(|(_, other)| other == value) => {
            let titles: Vec<String> = rest.iter().map(|(title, _)| title.clone()).collect();
            voice.say(Line::Alike, &[value, first, &voice.list(&titles)])
        }
        Lead::Alike | Lead::Overlaps => voice.say(Line::NotClearly, &[asked, &voice.list(&told)]),
    }
}

fn counted(voice: Voice, is_asked: bool, agree: u32, disagree: u32, quotes: &[String]) -> String {
    let quotes = &quotes.iter().map(|quote| voice.quote(&reading(quote))).collect::<Vec<_>>().join(" ");
    let all = &(agree + disagree).to_string();
    match (is_asked, agree, disagree) {
        (true, 1, 0) => voice.say(Line::OneSaysYes, &[quotes]),
        (true, _, 0) => voice.say(Line::ManySayYes, &[all, quotes]),
        (true, 0, 1) => voice.say(Line::OneSaysNo, &[quotes]),
        (true, 0, _) => voice.say(Line::ManySayNo, &[all, quotes]),
        (false, 1, 0) | (false, 0, 1) => voice.say(Line::OneWritesOfIt, &[quotes]),
        (false, _, 0) | (false, 0, _) => voice.say(Line::ManyWriteOfIt, &[all, quotes]),
        (_, agree, against) => {
            let (yes, no) = sides(is_asked, agree, against);
            let yes = &voice.say(yes, &[&agree.to_string()]);
            let no = &voice.say(no, &[&against.to_string()]);
            voice.say(Line::ReviewersDivided, &[yes, no, quotes])
        }
    }
}

/// How both sides are told.
fn sides(is_asked: bool, agree: u32, against: u32) -> (Line, Line) {
    let yes = match (is_asked, agree) {
        (true, 1) => Line::SideYesOne,
        (true, _) => Line::SideYesMany,
        (false, 1) => Line::SideSoOne,
        (false, _) => Line::SideSoMany,
    };
    let no = match (is_asked, against) {
        (true, 1) => Line::SideNoOne,
        (true, _) => Line::SideNoMany,
        (false, 1) => Line::SideOtherwiseOne,
        (false, _) => Line::SideOtherwiseMany,
    };
    (yes, no)
}
