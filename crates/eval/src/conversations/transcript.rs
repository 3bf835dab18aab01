//! Transcripts as text: what a shopper says, and below it what a good assistant's reply holds.
//!
//! ```text
//! == find: A budget is lowered
//! > rain jackets under $130
//!   shows jacket-drizzle
//! > no, under 50
//!   only poncho-squall
//! ```
//!
//! A line `== CAPABILITY: NAME` opens a conversation, `> WORDS` a turn. Lines that begin with `+` say what is sent with the
//! words, indented ones what is expected (see [`Expected`]). `#` opens a remark.

use std::fs;
use std::path::Path;

use anyhow::{Context, bail};

use crate::catalog::Catalog;

/// The folder beside a store's other judgements.
const FOLDER: &str = "conversations";

/// One conversation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Transcript {
    /// What it is mostly about, such as `find`.
    pub capability: String,
    /// In words.
    pub name: String,
    /// In order.
    pub turns: Vec<Turn>,
}

/// What is said at once, with what is expected.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Turn {
    /// The shopper's words.
    pub text: String,
    /// The source id of the product whose page is open: `+ page ID`.
    pub page: Option<String>,
    /// Source ids of products that were chosen: `+ chosen ID ID`.
    pub chosen: Vec<String>,
    /// Ids of constraints that are taken away: `+ drop ID`.
    pub drop: Vec<String>,
    /// What the reply holds.
    pub expected: Vec<Expected>,
}

/// What a reply holds. Alternatives stand between bars, ids between spaces.
#[derive(Clone, Debug, PartialEq)]
pub enum Expected {
    /// `intent A | B`: it was taken as one of these.
    Intent(Vec<String>),
    /// `shows ID ID`: all of these products.
    Shows(Vec<String>),
    /// `some ID ID`: at least one of them.
    Some(Vec<String>),
    /// `only ID ID`: products, and no others than these.
    Only(Vec<String>),
    /// `first ID ID`: one of these before all others.
    First(Vec<String>),
    /// `hides ID ID`: none of these.
    Hides(Vec<String>),
    /// `says A | B`: one of these stands in the text.
    Says(Vec<String>),
    /// `unsaid A | B`: none of these does.
    Unsaid(Vec<String>),
    /// `quotes A | B`: one of these stands in a quote of its evidence.
    Quotes(Vec<String>),
    /// `answers`: it is no abstention.
    Answers,
    /// `abstains`: it says that the data is silent.
    Abstains,
    /// `asks`: it asks back.
    Asks,
    /// `settles`: it does not ask back.
    Settles,
    /// `chips ID ID`: these constraints hold and can be taken away.
    Chips(Vec<String>),
    /// `nochips ID ID`: none of these constraints holds.
    NoChips(Vec<String>),
    /// `cart N`: so many pieces are in the cart that is shown.
    Cart(u32),
    /// `confirms`: it waits for a yes.
    Confirms,
    /// `order A | B`: the order that it shows has one of these states.
    Order(Vec<String>),
    /// `dismisses ID`: with these words the shopper turned a product down; it must not come back.
    Dismisses(Vec<String>),
    /// `recalls ID`: with these words they asked for it again.
    Recalls(Vec<String>),
}

/// The transcripts of a store by file name; none where it has none.
pub fn read(catalog: Catalog) -> anyhow::Result<Vec<Transcript>> {
    let judged = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/judged"));
    let folder = judged.join(catalog.as_str()).join(FOLDER);
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut paths: Vec<_> =
        fs::read_dir(&folder)?.map(|entry| Ok(entry?.path())).collect::<anyhow::Result<_>>()?;
    paths.sort();
    let mut transcripts = Vec::new();
    for path in paths.iter().filter(|path| path.extension().is_some_and(|end| end == "txt")) {
        let text = fs::read_to_string(path)?;
        transcripts.extend(parse(&text).with_context(|| path.display().to_string())?);
    }
    Ok(transcripts)
}

/// The transcripts of a text.
pub fn parse(text: &str) -> anyhow::Result<Vec<Transcript>> {
    let mut transcripts: Vec<Transcript> = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let line = line.trim_end();
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        take(&mut transcripts, line).with_context(|| format!("line {}: {line}", number + 1))?;
    }
    Ok(transcripts)
}

fn take(transcripts: &mut Vec<Transcript>, line: &str) -> anyhow::Result<()> {
    if let Some(head) = line.strip_prefix("== ") {
        let (capability, name) = head.split_once(": ").context("a conversation is `== CAPABILITY: NAME`")?;
        let (capability, name) = (capability.to_owned(), name.to_owned());
        transcripts.push(Transcript { capability, name, turns: Vec::new() });
        return Ok(());
    }
    let transcript = transcripts.last_mut().context("nothing stands before the first conversation")?;
    if let Some(text) = line.strip_prefix('>') {
        transcript.turns.push(Turn { text: text.trim().to_owned(), ..Turn::default() });
        return Ok(());
    }
    let turn = transcript.turns.last_mut().context("nothing is expected before the first turn")?;
    if let Some(sent) = line.strip_prefix('+') {
        let (what, ids) =
            sent.trim().split_once(' ').context("`+ page ID`, `+ chosen ID ID` or `+ drop ID`")?;
        match what {
            "page" => turn.page = Some(ids.trim().to_owned()),
            "chosen" => turn.chosen = words(ids),
            "drop" => turn.drop = words(ids),
            _ => bail!("nothing is sent as `{what}`"),
        }
        return Ok(());
    }
    turn.expected.push(expected(line.trim())?);
    Ok(())
}

fn expected(line: &str) -> anyhow::Result<Expected> {
    let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
    Ok(match verb {
        "intent" => Expected::Intent(bars(rest)),
        "shows" => Expected::Shows(words(rest)),
        "some" => Expected::Some(words(rest)),
        "only" => Expected::Only(words(rest)),
        "first" => Expected::First(words(rest)),
        "hides" => Expected::Hides(words(rest)),
        "says" => Expected::Says(bars(rest)),
        "unsaid" => Expected::Unsaid(bars(rest)),
        "quotes" => Expected::Quotes(bars(rest)),
        "answers" => Expected::Answers,
        "abstains" => Expected::Abstains,
        "asks" => Expected::Asks,
        "settles" => Expected::Settles,
        "chips" => Expected::Chips(words(rest)),
        "nochips" => Expected::NoChips(words(rest)),
        "cart" => Expected::Cart(rest.trim().parse().context("a number of pieces")?),
        "confirms" => Expected::Confirms,
        "order" => Expected::Order(bars(rest)),
        "dismisses" => Expected::Dismisses(words(rest)),
        "recalls" => Expected::Recalls(words(rest)),
        _ => bail!("nothing is expected as `{verb}`"),
    })
}

fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(|word| word.trim_matches(',').to_owned()).collect()
}

fn bars(text: &str) -> Vec<String> {
    text.split('|').map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_transcript_is_read() {
        let text = "# remark\n== find: Lower\n> tents\n+ drop price\n  shows a, b\n  says x | y z\n> bye\n";
        let read = parse(text).unwrap();
        assert_eq!((read.len(), read[0].turns.len()), (1, 2));
        assert_eq!((&*read[0].capability, &*read[0].name), ("find", "Lower"));
        let turn = &read[0].turns[0];
        assert_eq!(turn.drop, ["price"]);
        let says = Expected::Says(vec!["x".to_owned(), "y z".to_owned()]);
        assert_eq!(turn.expected, [Expected::Shows(vec!["a".to_owned(), "b".to_owned()]), says]);
    }

    #[test]
    fn a_line_that_says_nothing_known_is_told_with_its_number() {
        let wrong = parse("== find: x\n> a\n  shouts b\n").unwrap_err();
        assert!(wrong.to_string().starts_with("line 3"), "{wrong}");
    }
}
