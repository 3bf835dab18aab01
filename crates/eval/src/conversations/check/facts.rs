//! No number, name, material, size, availability or date stands in the prose without a claim that has it.
//!
//! A clause may say what the rows of its claims say, what they stand under, the names and prices of the products that they
//! are about, and what the shopper said. Words that belong to no claim may name what is shown and what was looked for.

use std::collections::BTreeSet;

use ingest::Record;
use wire::{AskReply, Part, Support};

use crate::conversations::expect::plain;
use crate::conversations::held::{Held, HeldTurn};
use crate::conversations::stage::Stage;

mod numbers;

use numbers::numbers;

/// Replies that say what was done are rendered from the books, which other checks hold them to.
const ACT: &str = "act";
/// What is said of stock.
const AVAILABILITY: [&str; 6] =
    ["in stock", "out of stock", "sold out", "backorder", "preorder", "discontinued"];
/// Months, as dates name them.
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
/// Letters of the shortest value that is looked for; shorter ones are words of every text.
const LEAST_LETTERS: usize = 4;

/// Names, materials, colours and sizes that a catalog has.
pub struct Values(BTreeSet<String>);

impl Values {
    /// Those of these records.
    pub fn of(records: &[Record]) -> Self {
        let mut values = BTreeSet::new();
        let mut take = |text: &str| {
            let words = words(text).join(" ");
            if words.len() >= LEAST_LETTERS {
                values.insert(words);
            }
        };
        for record in records {
            let Record::Product(product) = record else { continue };
            take(&product.title);
            take(&product.brand);
            for variant in &product.variants {
                variant.options.values().for_each(|value| take(value));
            }
        }
        Self(values)
    }

    /// Those that a text has and a source has not.
    fn unsaid<'a>(&'a self, text: &str, source: &str) -> impl Iterator<Item = &'a String> {
        let (text, source) = (spaced(text), spaced(source));
        self.0.iter().filter(move |value| {
            let value = format!(" {value} ");
            text.contains(&value) && !source.contains(&value)
        })
    }
}

/// What does not hold.
pub(super) fn faults(stage: &Stage, values: &Values, held: &Held<'_>) -> anyhow::Result<Vec<String>> {
    let mut faults = Vec::new();
    let mut said = String::new();
    for turn in held.turns.iter() {
        said.push(' ');
        said.push_str(&turn.turn.text);
        if turn.reply.intent != ACT {
            faults.extend(faults_of(stage, values, turn, &said)?);
        }
    }
    Ok(faults)
}

/// A stretch of prose with the claims that it tells.
struct Clause {
    text: String,
    claims: Vec<usize>,
}

fn faults_of(stage: &Stage, values: &Values, turn: &HeldTurn<'_>, said: &str) -> anyhow::Result<Vec<String>> {
    let mut faults = Vec::new();
    for clause in clauses(&turn.parts) {
        let mut source = source(stage, &turn.reply, &clause.claims)?;
        source.push(' ');
        source.push_str(said);
        let mut fault = |what: &str| faults.push(format!("{what} is nowhere stated: {}", clause.text.trim()));
        let known = numbers(&source);
        if !is_worked_out(&turn.reply, &clause.claims) {
            let unknown = numbers(&clause.text).into_iter().filter(|number| !known.contains(number));
            unknown.for_each(|number| fault(&number));
        }
        values.unsaid(&clause.text, &source).for_each(|value| fault(value));
        let (text, source) = (spaced(&clause.text), spaced(&source));
        let has = |text: &str, phrase: &str| text.contains(&format!(" {phrase} "));
        for phrase in AVAILABILITY.iter().chain(&MONTHS) {
            let is_verb = *phrase == "may" || *phrase == "march";
            if !is_verb && has(&text, phrase) && !has(&source, phrase) {
                fault(phrase);
            }
        }
    }
    Ok(faults)
}

/// Whether the numbers of a clause were counted or worked out, so that they are those of no row.
fn is_worked_out(reply: &AskReply, claims: &[usize]) -> bool {
    claims.iter().filter_map(|place| reply.claims.get(*place)).any(|claim| claim.support != Support::Stated)
}

/// The clauses of a stream.
fn clauses(parts: &[Part]) -> Vec<Clause> {
    let mut clauses: Vec<Clause> = Vec::new();
    for part in parts {
        match part {
            Part::TextDelta { delta, .. } => clauses.push(Clause { text: delta.clone(), claims: Vec::new() }),
            Part::DataCitation { data } => {
                if let Some(last) = clauses.last_mut() {
                    last.claims = data.claims.iter().map(|place| *place as usize).collect();
                }
            }
            _ => {}
        }
    }
    clauses
}

/// All that a clause may say.
fn source(stage: &Stage, reply: &AskReply, claims: &[usize]) -> anyhow::Result<String> {
    let mut texts: Vec<String> = Vec::new();
    let own: Vec<&wire::Claim> = claims.iter().filter_map(|place| reply.claims.get(*place)).collect();
    let cited: BTreeSet<_> = own.iter().flat_map(|claim| &claim.evidence).collect();
    let rows = reply.evidence.iter().filter(|row| cited.contains(&row.id));
    let mut products: Vec<_> = own.iter().filter_map(|claim| claim.product.clone()).collect();
    for row in rows {
        texts.extend([row.quote.clone(), row.context.clone(), row.source.clone()]);
        products.extend(row.product.clone());
    }
    for id in &products {
        if let Some(product) =
            stage.shop.snapshot().and_then(|s| s.view.index.product(id).transpose()).transpose()?
        {
            texts.extend([product.title, product.brand]);
        }
    }
    for shown in reply.products.iter().filter(|shown| claims.is_empty() || products.contains(&shown.hit.id)) {
        texts.push(shown.hit.title.clone());
        texts.extend(shown.hit.variant.as_ref().map(|variant| variant.title.clone()));
        if !claims.is_empty() {
            texts.extend(shown.hit.price.map(|price| price.to_string()));
        }
    }
    // What the shopper told of themself is told with the day on which they did.
    for fact in reply.memory.iter().flat_map(|note| note.used.iter().chain(&note.learned)) {
        texts.extend([fact.text.clone(), fact.words.clone(), day(&fact.said_at)]);
    }
    if claims.is_empty() {
        texts.extend(reply.missing.iter().chain(&reply.relaxed).chain(&reply.looked_at).cloned());
        // What opens or sums up an answer restates its claims.
        texts.extend(reply.claims.iter().map(|claim| claim.text.clone()));
    }
    Ok(texts.join(" "))
}

/// The day of a time as it is read: `22 November 2026`.
fn day(time: &str) -> String {
    let time: Option<jiff::Timestamp> = time.parse().ok();
    time.map(|time| time.strftime("%-d %B %Y").to_string()).unwrap_or_default()
}

fn words(text: &str) -> Vec<String> {
    let is_word = |c: char| c.is_alphanumeric() || c == '\'';
    plain(text).split(|c: char| !is_word(c)).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// The words of a text with one space around each.
fn spaced(text: &str) -> String {
    format!(" {} ", words(text).join(" "))
}
