//! What a guest says to be known by: the number of an order with an e-mail address, with a name and a postcode, or with all of that.

use checkout::{OrderId, OrderProof, PersonProof};

/// Digits of an order's number that nothing else calls one, at least.
const MIN_DIGITS: usize = 4;
/// Words before the number of an order.
const NUMBER_SIGNS: [&str; 5] = ["order", "number", "no", "nr", "#"];

/// The proof in a message: "order 1042, ada@example.com" or "1042, Ada Lovelace, 78701", or both together. `None` where it is none.
pub(crate) fn read(text: &str) -> Option<OrderProof> {
    if text.contains('?') || text.len() > 300 {
        return None;
    }
    if let Some(proof) = whole(text) {
        return Some(proof);
    }
    let email = text.split(|c: char| c.is_whitespace() || ",;<>()".contains(c)).find_map(email);
    match email {
        Some(email) => {
            let words: Vec<&str> = text.split_whitespace().filter(|word| !word.contains('@')).collect();
            // Text with more numbers is something else, such as an address.
            let mut numbers = (0..words.len()).filter(|place| has_digit(words[*place]));
            let place = numbers.next().filter(|_| numbers.next().is_none())?;
            let order = order(words[place], place.checked_sub(1).map(|before| words[before]))?;
            Some(OrderProof { order, who: PersonProof::Email(email) })
        }
        None => by_person(&parts(text)),
    }
}

/// Four parts, one of which is an e-mail address; the others are those of a person.
fn whole(text: &str) -> Option<OrderProof> {
    let (with, rest): (Vec<&str>, Vec<&str>) = parts(text).into_iter().partition(|part| part.contains('@'));
    let ([address], [_, _, _]) = (&with[..], &rest[..]) else { return None };
    let email = address.split_whitespace().find_map(email)?;
    let OrderProof { order, who } = by_person(&rest)?;
    let PersonProof::NameAndPostcode { name, postcode } = who else { return None };
    Some(OrderProof { order, who: PersonProof::Whole { email, name, postcode } })
}

fn parts(text: &str) -> Vec<&str> {
    text.split([',', ';', '\n']).map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// Three parts: the number, the name, the postcode.
fn by_person(parts: &[&str]) -> Option<OrderProof> {
    let [number, name, postcode] = parts[..] else { return None };
    if has_digit(name) || !has_digit(postcode) || name.split_whitespace().count() > 5 {
        return None;
    }
    let words: Vec<&str> = number.split_whitespace().collect();
    let (last, before) = words.split_last()?;
    let order = order(last, before.last().copied())?;
    let who = PersonProof::NameAndPostcode { name: name.to_owned(), postcode: postcode.to_owned() };
    Some(OrderProof { order, who })
}

/// An e-mail address, without what a sentence puts around it.
pub(crate) fn email(word: &str) -> Option<String> {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    let (name, host) = word.split_once('@')?;
    let is_one = !name.is_empty() && host.contains('.') && !host.contains('@');
    is_one.then(|| word.to_owned())
}

fn has_digit(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit())
}

/// A word that can be an order's number: with some digits, or said to be one by the word before it.
fn order(word: &str, before: Option<&str>) -> Option<OrderId> {
    let word = word.trim_matches(|c: char| !(c.is_alphanumeric() || c == '#' || c == '_' || c == '-'));
    let bare = word.trim_start_matches('#').trim_end_matches(['-', '_']);
    let before = before.map(|before| before.trim_matches(|c: char| !c.is_alphanumeric() && c != '#'));
    let is_said = word.starts_with('#')
        || before.is_some_and(|before| NUMBER_SIGNS.iter().any(|sign| before.eq_ignore_ascii_case(sign)));
    let digits = bare.chars().filter(char::is_ascii_digit).count();
    let is_plausible = digits >= MIN_DIGITS || is_said && digits > 0;
    is_plausible.then(|| OrderId::parse(bare)).flatten()
}

#[cfg(test)]
mod tests;
