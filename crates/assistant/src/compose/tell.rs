//! One claim as a sentence.

use crate::claim::{Claim, Polarity, Predicate};
use crate::lexicon::{concepts, stem_list};
use crate::reason::list;

use super::quote::{again, end, quoted, reading};
use super::{offers, reviews, set, suit};

/// Where the last quote stood, so that the next from there says `also`.
#[derive(Debug, Default)]
pub(crate) struct Told {
    last: Option<(search::EvidenceKind, String)>,
}

/// One claim as a sentence.
pub(crate) fn sentence(claim: &Claim, told: &mut Told) -> String {
    let last = told.last.take();
    match &claim.predicate {
        Predicate::Attribute { label, values } => attribute(label, values),
        Predicate::Compared { label, value, asked } => {
            format!("Its {} is {value}; you asked about {asked}.", in_sentence(label))
        }
        Predicate::Ranked { asked, order } => ranked(asked, order),
        Predicate::Leads { title, gains } => format!("{title} is {}.", list(gains)),
        Predicate::Differ { labels } => {
            let labels: Vec<String> = labels.iter().map(|label| in_sentence(label)).collect();
            format!("They differ in {}.", list(&labels))
        }
        Predicate::Balance { ahead, hinges } => set::balance(ahead.as_deref(), hinges),
        Predicate::Picked { choice } => set::picked(choice),
        Predicate::Tie { titles } => {
            format!("By what counts here, {} come out about even.", list(titles))
        }
        Predicate::Beaten { title, by } => {
            format!("I leave out {title}: {by} is at least as good in everything that counts here.")
        }
        Predicate::Turning { text } => text.clone(),
        Predicate::Offered { asked, label, values } => {
            let choices = format!("{}: {}.", plural(label, values.len()), list(values));
            match claim.polarity {
                Polarity::Positive => format!("It comes in {asked}. {choices}"),
                _ => format!("It does not come in {asked}. {choices}"),
            }
        }
        Predicate::Price { price, regular: None } => format!("It costs {price}."),
        Predicate::Price { price, regular: Some(regular) } => {
            format!("It costs {price} now, instead of {regular}.")
        }
        Predicate::Variants { lines, more } => offers::variants(lines, *more),
        Predicate::Total { lines, total, budget } => offers::total(lines, total, budget.as_ref()),
        Predicate::Availability { state } => format!("It is {state}."),
        Predicate::Quote { kind, context, quote } => {
            let is_same = last.as_ref().is_some_and(|(known, under)| known == kind && under == context);
            told.last = Some((*kind, context.clone()));
            if is_same { again(*kind, quote) } else { quoted(*kind, context, quote) }
        }
        Predicate::Counted { is_asked, agree, disagree, quotes } => {
            counted(*is_asked, *agree, *disagree, quotes)
        }
        Predicate::Rating { mean, count: 1 } => format!("One buyer rated it {mean} of 5."),
        Predicate::Rating { mean, count } => format!("{count} buyers rated it {mean} of 5 on average."),
        Predicate::Spread { mean, stars, products } => reviews::spread(mean, stars, *products),
        Predicate::Aspect { name, is_quality, agree, disagree, mixed, quotes } => {
            let votes = reviews::Votes { agree: *agree, disagree: *disagree, mixed: *mixed };
            reviews::aspect(name, *is_quality, votes, quotes)
        }
        Predicate::Selected { who, count, of } => reviews::selected(who, *count, *of),
        Predicate::Trend { since, before, recent, is_clear } => {
            reviews::trend(since, before, recent, *is_clear)
        }
        Predicate::Weather { .. }
        | Predicate::Season { .. }
        | Predicate::Asks { .. }
        | Predicate::Meets { .. }
        | Predicate::Suits { .. } => suit::claim(claim).unwrap_or_default(),
        Predicate::Fits { title, price, reasons, lacks } => {
            let price = if price.is_empty() { String::new() } else { format!(", {price}") };
            let lacks = (!lacks.is_empty()).then(|| format!("not stated: {}", lacks.join(", ")));
            let told: Vec<String> = reasons.iter().cloned().chain(lacks).collect();
            let told = if told.is_empty() { String::new() } else { format!(" – {}", told.join("; ")) };
            end(&format!("{title}{price}{told}"))
        }
    }
}

/// In the way of its concept where it is the whole of it, else `Its weight is 1.2 kg.`
fn attribute(label: &str, values: &[String]) -> String {
    let told = list(values);
    let says = concepts::find(&stem_list(label), &|_| false)
        .into_iter()
        .find(|found| found.places.len() == stem_list(label).len())
        .and_then(|found| found.concept.says.as_deref());
    match (says, values) {
        (Some(says), _) => says.replace("{}", &told),
        (None, [only]) if matches!(only.as_str(), "Yes" | "No") => {
            format!("{label}: {}.", only.to_lowercase())
        }
        (None, _) => {
            let is_many = label.ends_with('s') && !label.ends_with("ss");
            format!("Its {} {} {told}.", in_sentence(label), if is_many { "are listed as" } else { "is" })
        }
    }
}

/// `Screen size` within a sentence is `screen size`; `USB ports` and `IP rating` keep their capitals.
pub(super) fn in_sentence(label: &str) -> String {
    let is_name = |word: &str| word.chars().filter(|c| c.is_uppercase()).count() > 1;
    label
        .split(' ')
        .map(|word| if is_name(word) { word.to_owned() } else { word.to_lowercase() })
        .collect::<Vec<_>>()
        .join(" ")
}

fn plural(label: &str, count: usize) -> String {
    let is_plain = count > 1 && !label.ends_with('s');
    if is_plain { format!("{label}s") } else { label.to_owned() }
}

/// `The A is lighter: 780 g against 1.32 kg for the B.`
fn ranked(asked: &str, order: &[(String, String)]) -> String {
    let Some(((first, value), rest)) = order.split_first() else { return String::new() };
    let others: Vec<String> = rest.iter().map(|(title, value)| format!("{value} for {title}")).collect();
    if rest.iter().all(|(_, other)| other == value) {
        return format!("They are alike in that: {value} for {first} and {}.", list(&others));
    }
    format!("{first} is {asked}: {value}, against {}.", list(&others))
}

fn counted(is_asked: bool, agree: u32, disagree: u32, quotes: &[String]) -> String {
    let quotes = quotes.iter().map(|quote| format!("“{}”", reading(quote))).collect::<Vec<_>>().join(" ");
    let reviewers =
        |count: u32| if count == 1 { "One reviewer".to_owned() } else { format!("{count} reviewers") };
    let verb = |count: u32, one: &str, many: &str| if count == 1 { one.to_owned() } else { many.to_owned() };
    match (is_asked, agree, disagree) {
        (true, agree, 0) => format!("{} {} yes: {quotes}", reviewers(agree), verb(agree, "says", "say")),
        (true, 0, against) => {
            format!("{} {} no: {quotes}", reviewers(against), verb(against, "says", "say"))
        }
        (false, agree, against) if agree == 0 || against == 0 => {
            let all = agree + against;
            format!("{} {} of it: {quotes}", reviewers(all), verb(all, "writes", "write"))
        }
        (_, agree, against) => {
            let other = if against == 1 { "one".to_owned() } else { against.to_string() };
            let (yes, no) = if is_asked { ("yes", "no") } else { ("so", "otherwise") };
            format!(
                "Reviewers are divided: {} {} {yes}, {other} {} {no}: {quotes}",
                if agree == 1 { "one".to_owned() } else { agree.to_string() },
                verb(agree, "says", "say"),
                verb(against, "says", "say")
            )
        }
    }
}
