//! Amounts and days that fill slots, as a language writes them.

use commerce::Currency;

/// The months in English, as days are told.
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
/// The months of the languages that have lines.
const OWN_MONTHS: [(&str, [&str; 12]); 3] = [
    (
        "de",
        [
            "Januar",
            "Februar",
            "März",
            "April",
            "Mai",
            "Juni",
            "Juli",
            "August",
            "September",
            "Oktober",
            "November",
            "Dezember",
        ],
    ),
    (
        "fr",
        [
            "janvier",
            "février",
            "mars",
            "avril",
            "mai",
            "juin",
            "juillet",
            "août",
            "septembre",
            "octobre",
            "novembre",
            "décembre",
        ],
    ),
    (
        "es",
        [
            "enero",
            "febrero",
            "marzo",
            "abril",
            "mayo",
            "junio",
            "julio",
            "agosto",
            "septiembre",
            "octubre",
            "noviembre",
            "diciembre",
        ],
    ),
];

/// An amount or a day as the language writes it; `None` for what is neither.
pub(super) fn own(language: &str, text: &str) -> Option<String> {
    amount(text).map(|amount| money(language, &amount)).or_else(|| day(language, text))
}

/// Whether a text is an amount as the books tell it: `$1,058.00` or `1,058.00 CHF`.
pub(super) fn is_money(text: &str) -> bool {
    amount(text).is_some()
}

struct Amount<'a> {
    sign: &'a str,
    number: &'a str,
    unit: &'a str,
}

fn amount(text: &str) -> Option<Amount<'_>> {
    let bare = text.strip_prefix('-').unwrap_or(text);
    let sign = &text[..text.len() - bare.len()];
    let starts = bare.find(|c: char| c.is_ascii_digit())?;
    let length = bare[starts..].find(|c: char| !(c.is_ascii_digit() || matches!(c, ',' | '.')));
    let (number, behind) = bare[starts..].split_at(length.unwrap_or(bare.len() - starts));
    let is_number = number.ends_with(|c: char| c.is_ascii_digit()) && number.matches('.').count() <= 1;
    let unit = match (&bare[..starts], behind) {
        (symbol, "") => Currency::of_symbol(symbol).map(|_| symbol)?,
        ("", code) => code.strip_prefix(' ').filter(|code| Currency::parse(code).is_some())?,
        _ => return None,
    };
    is_number.then_some(Amount { sign, number, unit })
}

fn money(language: &str, amount: &Amount<'_>) -> String {
    let thousands = if language == "fr" { '\u{202f}' } else { '.' };
    let mark = |c: char| match c {
        ',' => thousands,
        '.' => ',',
        c => c,
    };
    let number: String = amount.number.chars().map(mark).collect();
    format!("{}{number}\u{a0}{}", amount.sign, amount.unit)
}

/// `3 May 2026` with what follows it, such as a time.
fn day(language: &str, text: &str) -> Option<String> {
    let mut words = text.splitn(3, ' ');
    let (day, month, rest) = (words.next()?, words.next()?, words.next()?);
    let is_day = (1..=2).contains(&day.len()) && day.bytes().all(|byte| byte.is_ascii_digit());
    let is_year = rest.len() >= 4 && rest.as_bytes()[..4].iter().all(u8::is_ascii_digit);
    let place = MONTHS.iter().position(|known| *known == month).filter(|_| is_day && is_year)?;
    let month = OWN_MONTHS.iter().find(|(code, _)| *code == language)?.1[place];
    Some(match language {
        "de" => format!("{day}. {month} {rest}"),
        "es" => format!("{day} de {month} de {rest}"),
        _ => format!("{day} {month} {rest}"),
    })
}
