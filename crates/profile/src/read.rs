//! From a message to what it says about whoever wrote it.

use std::ops::Range;

use crate::grammar::{GRAMMAR, Order};
use crate::kind::{Kind, Use};
use crate::known::Known;
use crate::slot::Slot;
use crate::words::{Word, clauses, covered};

/// The longest message that is read.
pub const MAX_MESSAGE_BYTES: usize = 600;
/// The longest note that is kept.
pub const MAX_NOTE_CHARS: usize = 300;
/// The most words of a clause; it bounds how often slots are tried.
const MAX_CLAUSE_WORDS: usize = 40;
/// The most facts of one message.
const MAX_FACTS: usize = 8;
/// Words that join two statements.
const JOINING: &[&str] = &["and", "or", "but", "so"];
/// Marks after which another sentence begins.
const ENDS: &[char] = &['.', '!', '?'];

/// What a message is to the memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Speech {
    /// The shopper says something about themself.
    Tell(Told),
    /// They want to see what is known.
    Show,
    /// All of it is to be erased.
    ForgetAll,
    /// What was told last is to be erased.
    ForgetThat,
    /// What is named is to be erased.
    Forget(About),
    /// What is named is not to be used for this question.
    Ignore(About),
}

/// What somebody told about themself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// The facts; none where what was told before is to be remembered.
    pub facts: Vec<Known>,
    /// Whether they asked for it to be remembered.
    pub is_explicit: bool,
    /// The message without the facts; empty where it holds nothing else.
    pub rest: String,
}

/// What a wish to forget or to ignore names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    /// Facts of the topic of this one.
    Fact(Known),
    /// Facts of these kinds, or those that hold these words.
    Words(String),
}

impl About {
    /// Whether a fact is named.
    pub fn covers(&self, known: &Known) -> bool {
        match self {
            Self::Fact(fact) => fact.topic() == known.topic(),
            Self::Words(words) => {
                let named: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
                let is_kind = |kind: &Kind| kind.names.contains(&named);
                let text = format!("{} {}", known.thing, known.value).to_lowercase();
                let one = |word: &str| word.trim_end_matches('s').to_owned();
                let holds = |word: &String| text.split_whitespace().any(|own| one(own) == one(word));
                is_kind(known.kind) || named.iter().all(|word| holds(word) || is_kind_word(known.kind, word))
            }
        }
    }
}

fn is_kind_word(kind: &Kind, word: &str) -> bool {
    kind.names.iter().any(|name| name.len() == 1 && name[0] == word)
}

/// What a message is to the memory; `None` where it is nothing to it.
pub fn read(message: &str) -> Option<Speech> {
    if message.len() > MAX_MESSAGE_BYTES {
        return None;
    }
    let clauses = clauses(message);
    if clauses.iter().any(|clause| clause.len() > MAX_CLAUSE_WORDS) {
        return None;
    }
    if let Some(speech) = order(message, &clauses) {
        return Some(speech);
    }
    told(message, &clauses).map(Speech::Tell)
}

/// Whether goods are looked for that somebody else is to have, for whom nothing is known.
pub fn is_for_another(message: &str) -> bool {
    clauses(message).iter().flatten().any(|word| GRAMMAR.is_in("others", &word.text))
}

/// A message that is one order to the memory and nothing else.
fn order(message: &str, clauses: &[Vec<Word>]) -> Option<Speech> {
    let mut said = clauses.iter().map(|clause| GRAMMAR.bare(clause)).filter(|clause| !clause.is_empty());
    let (clause, None) = (said.next()?, said.next()) else { return None };
    if let Some((order, named)) = GRAMMAR.order(message, clause) {
        return Some(match order {
            Order::Show if named.is_empty() || is_named(&named) => Speech::Show,
            Order::ForgetAll => Speech::ForgetAll,
            Order::ForgetThat => Speech::ForgetThat,
            Order::Forget if is_named(&named) => Speech::Forget(About::Words(named)),
            Order::Ignore if is_named(&named) => Speech::Ignore(About::Words(named)),
            Order::Show | Order::Forget | Order::Ignore => return None,
        });
    }
    // "Forget that I wear size M."
    let behind =
        ["forget", "erase", "delete"].contains(&clause.first()?.text.as_str()).then(|| &clause[1..])?;
    fact(message, skip(behind, &["that", "about"])).map(|known| Speech::Forget(About::Fact(known)))
}

/// Whether words name a kind of fact. `My cart` and `my order` are none.
fn is_named(words: &str) -> bool {
    let named: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
    let all = || GRAMMAR.kinds.iter().flat_map(|kind| &kind.names);
    all().any(|name| *name == named)
        || named.last().is_some_and(|last| all().any(|name| name.last() == Some(last)))
}

fn skip<'a>(words: &'a [Word], some: &[&str]) -> &'a [Word] {
    match words.first() {
        Some(word) if some.contains(&word.text.as_str()) => &words[1..],
        _ => words,
    }
}

/// The fact that a clause states as a whole.
fn fact(message: &str, clause: &[Word]) -> Option<Known> {
    let (kind, filled) = GRAMMAR.tell(message, GRAMMAR.bare(clause))?;
    let kind = Kind::of(&kind.name)?;
    Some(Known { kind, thing: filled.thing, value: filled.value }.in_plural())
}

/// What was found so far.
#[derive(Default)]
struct Found {
    told: Told,
    /// The parts of the message that the facts took.
    taken: Vec<Range<usize>>,
    /// The kind of which a bare word may be another thing: `nuts and soy`.
    open: Option<&'static Kind>,
}

fn told(message: &str, clauses: &[Vec<Word>]) -> Option<Told> {
    let mut found = Found::default();
    let mut end = 0;
    for clause in clauses {
        let Some(last) = clause.last().filter(|_| clause[0].span.start >= end) else { continue };
        let is_question = message[last.span.end..].trim_start().starts_with('?');
        let bare = GRAMMAR.bare(clause);
        match GRAMMAR.remembered(bare) {
            Some(inner) => end = explicit(message, (bare, inner), &mut found),
            None if is_question => asked(message, clause, &mut found),
            None => parts(message, clause, &mut found),
        }
    }
    let Found { mut told, taken, .. } = found;
    told.facts.truncate(MAX_FACTS);
    told.rest = rest(message, taken);
    (told.is_explicit || !told.facts.is_empty()).then_some(told)
}

/// What is to be remembered: facts, or the words up to the end of the sentence. The end of what was read.
fn explicit(message: &str, (clause, inner): (&[Word], &[Word]), found: &mut Found) -> usize {
    let start = clause[0].span.start;
    let last = clause.last().map_or(start, |word| word.span.end);
    found.told.is_explicit = true;
    let before = found.told.facts.len();
    if inner.is_empty() {
        found.taken.push(start..last);
        return last;
    }
    parts(message, inner, found);
    let wished = found.told.facts.len() == before;
    let wish = wished.then(|| GRAMMAR.wish(message, GRAMMAR.bare(inner))).flatten();
    if let Some((kind, filled)) = wish.and_then(|(kind, filled)| Some((Kind::of(&kind.name)?, filled))) {
        found.told.facts.push(Known { kind, thing: filled.thing, value: filled.value });
    }
    if found.told.facts.len() > before {
        found.taken.push(start..if wished { last } else { inner[0].span.start });
        return last;
    }
    let from = inner[0].span.start;
    let ends = message[from..].char_indices().find(|(place, mark)| {
        let next = message[from + place + mark.len_utf8()..].chars().next();
        ENDS.contains(mark) && next.is_none_or(char::is_whitespace)
    });
    let end = ends.map_or(message.len(), |(place, _)| from + place);
    let words: String = message[from..end].trim().chars().take(MAX_NOTE_CHARS).collect();
    found.told.facts.push(Known::note(&words));
    found.taken.push(start..end);
    end
}

/// A question may follow a fact in one clause: `I am allergic to nuts and which bars can I eat?`.
fn asked(message: &str, clause: &[Word], found: &mut Found) {
    let joins = |place: &usize| JOINING.contains(&clause[*place].text.as_str());
    if let Some(place) = (1..clause.len()).rfind(joins)
        && let Some(known) = fact(message, &clause[..place])
    {
        found.taken.push(clause[0].span.start..clause[place].span.end);
        found.told.facts.push(known);
    }
    found.open = None;
}

/// The facts of a clause, which may hold several statements, and other words as well.
fn parts(message: &str, clause: &[Word], found: &mut Found) {
    if let Some(known) = fact(message, clause) {
        return take(clause, known, found);
    }
    let mut from = 0;
    let mut is_first = true;
    while from < clause.len() {
        let joins = |place: &usize| JOINING.contains(&clause[*place].text.as_str());
        let end = (from..clause.len()).find(joins).unwrap_or(clause.len());
        let part = &clause[from..end];
        let known = fact(message, part).or_else(|| more(message, part, is_first, found));
        match known {
            Some(known) => {
                take(part, known, found);
                if let Some(joining) = clause.get(end) {
                    found.taken.push(joining.span.clone());
                }
            }
            None => found.open = None,
        }
        from = end + 1;
        is_first = false;
    }
}

fn take(words: &[Word], known: Known, found: &mut Found) {
    if let (Some(first), Some(last)) = (words.first(), words.last()) {
        found.taken.push(first.span.start..last.span.end);
    }
    found.open = known.unwanted().is_some().then_some(known.kind);
    found.told.facts.push(known);
}

/// Another thing of the statement before: `soy` of `nuts and soy`. Behind a comma only what does harm goes on, since a
/// wish may follow.
fn more(message: &str, part: &[Word], is_after_comma: bool, found: &Found) -> Option<Known> {
    let kind = found.open?;
    let is_short = part.len() == 1 || kind.bearing == Use::Harm;
    let thing = Slot::Free.fill(part, covered(message, part)).filter(|_| is_short && part.len() <= 2)?;
    (!is_after_comma || kind.bearing == Use::Harm).then(|| Known { kind, thing, value: String::new() })
}

/// The message without some parts of it, and without the marks and joining words that they leave.
fn rest(message: &str, mut taken: Vec<Range<usize>>) -> String {
    taken.sort_by_key(|range| range.start);
    let (mut kept, mut place) = (Vec::new(), 0);
    for range in taken {
        kept.push(message.get(place..range.start).unwrap_or_default());
        place = place.max(range.end);
    }
    kept.push(message.get(place..).unwrap_or_default());
    let mark = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '.' | '!' | '-' | '–' | '—');
    let pieces = kept.into_iter().map(|piece| piece.trim_start_matches(mark).trim_end_matches(mark));
    let pieces: Vec<&str> = pieces.filter(|piece| piece.chars().any(char::is_alphanumeric)).collect();
    let whole = pieces.join(", ");
    let only = clauses(&whole).iter().all(|clause| GRAMMAR.bare(clause).iter().all(is_joining));
    if only { String::new() } else { bare_start(&whole).to_owned() }
}

fn is_joining(word: &Word) -> bool {
    JOINING.contains(&word.text.as_str())
}

/// A text without joining words at its beginning.
fn bare_start(text: &str) -> &str {
    let first = clauses(text).into_iter().next().unwrap_or_default();
    let skipped = first.iter().take_while(|word| is_joining(word)).last();
    skipped.map_or(text, |word| text[word.span.end..].trim_start())
}
