//! What a guest says to be known by: the number of an order with an e-mail address, or with a name and a postcode.

use checkout::{OrderId, OrderProof, PersonProof};

/// The proof in a message: "order 1042, ada@example.com" or "1042, Ada Lovelace, 78701". `None` where it is none.
pub(crate) fn read(text: &str) -> Option<OrderProof> {
    if text.contains('?') || text.len() > 300 {
        return None;
    }
    let email = text.split(|c: char| c.is_whitespace() || ",;<>()".contains(c)).find_map(email);
    match email {
        Some(email) => {
            let order = text.split_whitespace().filter(|word| !word.contains('@')).find_map(order)?;
            Some(OrderProof { order, who: PersonProof::Email(email) })
        }
        None => by_person(text),
    }
}

/// Three parts: the number, the name, the postcode.
fn by_person(text: &str) -> Option<OrderProof> {
    let parts: Vec<&str> =
        text.split([',', ';', '\n']).map(str::trim).filter(|part| !part.is_empty()).collect();
    let [number, name, postcode] = parts[..] else { return None };
    let has_digit = |text: &str| text.contains(|c: char| c.is_ascii_digit());
    if has_digit(name) || !has_digit(postcode) || name.split_whitespace().count() > 5 {
        return None;
    }
    let order = number.split_whitespace().rev().find_map(order)?;
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

/// A word that can be an order's number: with a digit in it.
fn order(word: &str) -> Option<OrderId> {
    let word = word.trim_matches(|c: char| !(c.is_alphanumeric() || c == '#' || c == '_' || c == '-'));
    let bare = word.trim_start_matches('#').trim_end_matches(['-', '_']);
    bare.contains(|c: char| c.is_ascii_digit()).then(|| OrderId::parse(bare)).flatten()
}

#[cfg(test)]
mod tests;
