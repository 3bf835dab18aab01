//! Whether a text goes on with what is looked for: `under 50`, `what about in red?`, `and for my wife?`, `back to the tents`.

use search::{Field, Sort, Understood, analyse};

use super::words_table::{ASKING, BACK, CONTINUING, PERSONS};
use super::{Said, behind};
use crate::thread::Need;
use crate::{Ask, Request, Snapshot};

/// The need that it goes on with; `None` where it is something else.
pub(super) fn need(snapshot: &Snapshot, ask: &Ask, said: &Said<'_>, request: &Request) -> Option<Need> {
    let vocabulary = &snapshot.vocabulary;
    let current = ask.thread.need()?;
    let is_of_products = !request.products.is_empty() || request.place.is_set || ask.product.is_some();
    let rest = said.rest();
    if is_of_products || rest.is_empty() {
        return None;
    }
    let is_back = behind(&rest, BACK).is_some() || rest.last() == Some(&"again");
    let (words, without) = for_whom(snapshot, said.bare());
    let fresh = search::understand(vocabulary, &words);
    let is_question = ASKING.contains(&rest[0]) && crate::reason::comparative_asked(said.bare()).is_none();
    if let Some(kind) = kind(&search::understand(vocabulary, &without)) {
        let is_same = |need: &Need| analyse::stem(&need.read(vocabulary).head) == analyse::stem(&kind);
        if is_back {
            return ask.thread.needs.iter().rev().find(|need| is_same(need)).cloned();
        }
        return (is_same(current) && !is_question).then(|| current.and(&words));
    }
    if is_back || is_question {
        return None;
    }
    // `And a grinder` is something new, `and a lighter one` is not.
    let is_new_thing =
        matches!(rest[0], "a" | "an" | "some") && !matches!(rest.last(), Some(&"one" | &"ones"));
    if is_new_thing && !fresh.text.is_empty() {
        return None;
    }
    let read = || fresh.constraints.iter().chain(&fresh.preferences).flat_map(|c| analyse::words(&c.words));
    let is_read = |word: &str| read().any(|known| known.text == word);
    let is_filter =
        says_something(&fresh) && fresh.text.split(' ').all(|word| word.is_empty() || is_read(word));
    let is_opened = CONTINUING.contains(&rest[0]) || said.is_bound();
    let is_wish = is_opened && !request.focus.is_policy && (says_something(&fresh) || !fresh.text.is_empty());
    let compares = crate::reason::comparative_asked(said.bare()).is_some();
    (is_filter || is_wish || compares && is_opened).then(|| current.and(&words))
}

/// The kind of goods that a text names.
fn kind(need: &Understood) -> Option<String> {
    let is_kind = |field: &Field| *field == Field::Category;
    let named = need.constraints.iter().chain(&need.preferences).find(|c| is_kind(&c.field) && !c.is_negated);
    let read = || need.constraints.iter().chain(&need.preferences).filter(|c| !is_kind(&c.field));
    let is_value = read().any(|c| analyse::words(&c.words).iter().any(|word| word.text == need.head));
    let head = (!need.head.is_empty() && !is_value).then(|| need.head.clone());
    head.or_else(|| named.and_then(|constraint| constraint.words.split(' ').next_back().map(str::to_owned)))
}

fn says_something(need: &Understood) -> bool {
    !need.constraints.is_empty() || !need.preferences.is_empty() || need.sort != Sort::default()
}

/// The words with what shops call the person that they name: `for women` of `for my wife`. Where the catalog knows of no such
/// people, the person says nothing. The second text is without the person.
fn for_whom(snapshot: &Snapshot, text: &str) -> (String, String) {
    let words = analyse::words(text);
    let person = words.iter().find_map(|word| {
        let (_, audience) = PERSONS.iter().find(|(person, _)| *person == word.text)?;
        Some((word, *audience))
    });
    let Some((word, audience)) = person else {
        return (text.to_owned(), text.to_owned());
    };
    let before = words.iter().take_while(|other| other.start < word.start).last();
    let start = before.filter(|before| before.text == "my").map_or(word.start, |before| before.start);
    let is_known = says_something(&search::understand(&snapshot.vocabulary, audience));
    let audience = if is_known { audience } else { "" };
    let (before, after) = (&text[..start], &text[word.end..]);
    (format!("{before}{audience}{after}"), format!("{before}{after}"))
}
