//! An address as people write it, with commas between its parts.

use checkout::{Address, Contact};

use crate::proof::email;

/// Parts of a message that is meant as an address, at least.
const MIN_PARTS: usize = 3;

/// Name, e-mail and address, the name first. Where the country is left out, it is the one that the shop delivers to.
pub(super) fn read(text: &str, only_country: Option<&str>) -> Option<(Contact, Address)> {
    let parts: Vec<&str> = parts(text).collect();
    let mail = parts.iter().find_map(|part| email(part))?;
    let mut rest: Vec<&str> = parts.into_iter().filter(|part| email(part).is_none()).collect();
    if rest.last().is_some_and(has_digit) {
        rest.extend(only_country);
    }
    let (name, rest) = rest.split_first()?;
    let contact = Contact { name: (*name).to_owned(), email: mail };
    address(rest).map(|address| (contact, address))
}

/// An address alone. Where the country is left out, it is that of the one before. A name in front that is not that of the order
/// stands in it as whose home it is; an e-mail address is left out.
pub(super) fn place(text: &str, before: &Address, own_name: &str) -> Option<Address> {
    let text = text.trim().trim_end_matches(['.', '!']).trim_end_matches(" please");
    let mut rest: Vec<&str> = parts(text).filter(|part| email(part).is_none()).collect();
    if rest.last().is_some_and(has_digit) {
        rest.push(&before.country);
    }
    let mut other = None;
    if let [name, line, _, _, ..] = rest[..]
        && !has_digit(&name)
        && has_digit(&line)
    {
        other = Some(rest.remove(0)).filter(|name| !name.eq_ignore_ascii_case(own_name.trim()));
    }
    let mut address = address(&rest)?;
    if let Some(name) = other {
        let line2 = std::mem::take(&mut address.line2);
        address.line2 = [format!("c/o {name}"), line2]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(", ");
    }
    Some(address)
}

fn has_digit(part: &&str) -> bool {
    part.contains(|c: char| c.is_ascii_digit())
}

/// The parts of an address: the last one is the country, the one before it the postcode, alone or with the state or the town.
fn address(rest: &[&str]) -> Option<Address> {
    let (country, rest) = rest.split_last()?;
    let (code, rest) = rest.split_last()?;
    let (line1, rest) = rest.split_first()?;
    let (postcode, beside) = split_code(code)?;
    let (line2, city, region) = match (rest, beside) {
        ([], city) => (String::new(), city, String::new()),
        ([city], region) => (String::new(), (*city).to_owned(), region),
        ([city, region], beside) if beside.is_empty() => {
            (String::new(), (*city).to_owned(), (*region).to_owned())
        }
        ([line2, city], region) => ((*line2).to_owned(), (*city).to_owned(), region),
        ([line2, city, region], _) => ((*line2).to_owned(), (*city).to_owned(), (*region).to_owned()),
        _ => return None,
    };
    let address = Address {
        line1: (*line1).to_owned(),
        line2,
        city,
        region,
        postcode,
        country: country.trim_end_matches('.').to_owned(),
    };
    address.fault().is_none().then_some(address)
}

/// Whether somebody tried to write an address.
pub(super) fn is_meant(text: &str) -> bool {
    let is_question = text.trim_end().ends_with('?');
    !is_question && (parts(text).count() >= MIN_PARTS || parts(text).any(|part| email(part).is_some()))
}

fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split([',', ';', '\n']).map(str::trim).filter(|part| !part.is_empty())
}

/// A postcode with what stands beside it: `TX 78701`, `1010 Wien`, `SW1A 1AA`.
fn split_code(part: &str) -> Option<(String, String)> {
    let words: Vec<&str> = part.split_whitespace().collect();
    let first = words.iter().position(has_digit)?;
    let last = words.iter().rposition(has_digit)?;
    let beside = words[..first].iter().chain(&words[last + 1..]).copied().collect::<Vec<_>>();
    Some((words[first..=last].join(" "), beside.join(" ")))
}

#[cfg(test)]
mod tests;
