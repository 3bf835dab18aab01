//! Money as an integer in the minor unit of an ISO 4217 currency.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

#[path = "currency_table.rs"]
mod currency_table;

use currency_table::{EXPONENTS, NAMESAKES, SHARED_SIGNS, SPELLINGS, SYMBOLS};

/// An amount in a currency. `Money { amount_minor: 5200, currency: USD }` is 52 dollars.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Money {
    /// Cents, yen, fils: see [`Currency::exponent`].
    pub amount_minor: i64,
    /// The currency.
    pub currency: Currency,
}

/// An ISO 4217 currency code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String", extend("pattern" = "^[A-Z]{3}$"))]
pub struct Currency([u8; 3]);

/// Why a text is no price.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MoneyError {
    /// Nothing but spaces.
    Blank,
    /// There are no digits, as in `free` or `call us`.
    NoAmount,
    /// No currency in the text and none given for the feed.
    NoCurrency,
    /// Three letters that are no ISO 4217 code.
    UnknownCurrency(String),
    /// Below zero.
    Negative,
    /// More decimals than the currency has.
    TooPrecise {
        /// How many decimals the currency has.
        exponent: u32,
    },
    /// Not a number, or two numbers.
    NotANumber,
    /// Beyond what 63 bits hold.
    TooLarge,
}

impl Currency {
    /// The currency of this code, in any case.
    pub fn parse(code: &str) -> Option<Self> {
        let code = code.to_ascii_uppercase();
        let bytes: [u8; 3] = code.as_bytes().try_into().ok()?;
        EXPONENTS.binary_search_by_key(&code.as_str(), |(known, _)| known).ok().map(|_| Self(bytes))
    }

    /// The three letters.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("XXX")
    }

    /// How many decimals the minor unit stands for: 2 for USD, 0 for JPY, 3 for KWD.
    pub fn exponent(&self) -> u32 {
        EXPONENTS.binary_search_by_key(&self.code(), |(known, _)| known).map_or(2, |place| EXPONENTS[place].1)
    }

    /// The sign that stands before or after amounts, such as `$`, where there is a usual one.
    pub fn symbol(&self) -> Option<&'static str> {
        SYMBOLS.iter().find(|(_, code)| *code == self.code()).map(|(symbol, _)| *symbol)
    }

    /// The currency of a sign; `$` is the United States dollar.
    pub fn of_symbol(symbol: &str) -> Option<Self> {
        SYMBOLS.iter().find(|(known, _)| *known == symbol).and_then(|(_, code)| Self::parse(code))
    }

    /// The currency that a sign means in a shop whose prices are in `local`: that one where the sign is one of its own, as `$`
    /// is in Canada, else the one that is best known by it. `US$` is the same everywhere.
    pub fn of_sign(sign: &str, local: Option<Self>) -> Option<Self> {
        local.filter(|local| local.shares(sign)).or_else(|| Self::of_symbol(sign))
    }

    /// What the name of this currency means in a shop whose prices are in `local`: a dollar is the shop's own where that is
    /// a dollar too.
    pub fn called_in(self, local: Option<Self>) -> Self {
        let is_namesake = |local: &Self| {
            NAMESAKES.iter().any(|codes| codes.contains(&self.code()) && codes.contains(&local.code()))
        };
        local.filter(is_namesake).unwrap_or(self)
    }

    /// Whether this is one of the currencies that a sign stands for.
    fn shares(&self, sign: &str) -> bool {
        let sign = sign.to_lowercase();
        SHARED_SIGNS.iter().any(|(known, codes)| *known == sign && codes.contains(&self.code()))
    }
}

impl Money {
    /// An amount in minor units.
    pub fn new(amount_minor: i64, currency: Currency) -> Self {
        Self { amount_minor, currency }
    }

    /// Reads a price as feeds and shoppers write it: `52.00 USD`, `$12.5`, `1.299,00 €`, `USD 1,299`, `¥500`.
    /// Without a currency in the text it is in `default`, and a sign that several currencies share stands for `default`
    /// where that is one of them: `$12` is in CAD in a shop that sells in CAD. A dash stands for no cents: `12.-`, `12,–`.
    ///
    /// Where both `.` and `,` stand in the amount, the last one is the decimal sign. A lone `,` before three digits
    /// groups thousands; so does a lone `.` next to a currency sign. Decimals beyond the currency's must be zeros.
    pub fn parse(text: &str, default: Option<Currency>) -> Result<Self, MoneyError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(MoneyError::Blank);
        }
        if !text.contains(|c: char| c.is_ascii_digit()) {
            return Err(MoneyError::NoAmount);
        }
        let is_amount = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '\'' | '’');
        let words: String = text.chars().map(|c| if is_amount(c) { ' ' } else { c }).collect();
        let (currency, has_symbol) = find_currency(&words, default)?;
        let currency = currency.or(default).ok_or(MoneyError::NoCurrency)?;
        let first = amount_start(text);
        let last = text.rfind(|c: char| c.is_ascii_digit()).map_or(text.len(), |place| place + 1);
        if text[..first].contains(['-', '−']) || text[last..].starts_with(['-', '−']) {
            return Err(MoneyError::Negative);
        }
        let amount: String = text[first..last.max(first)]
            .chars()
            .filter(|c| !c.is_whitespace() && !matches!(c, '\'' | '’'))
            .collect();
        if !amount.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',')) {
            return Err(MoneyError::NotANumber);
        }
        let amount_minor = parse_minor(&amount, currency.exponent(), has_symbol)?;
        Ok(Self { amount_minor, currency })
    }

    /// The amount without the currency, with all its decimals: `52.00`.
    pub fn amount(&self) -> String {
        let exponent = self.currency.exponent();
        let scale = 10u64.pow(exponent);
        let sign = if self.amount_minor < 0 { "-" } else { "" };
        let minor = self.amount_minor.unsigned_abs();
        match exponent {
            0 => format!("{sign}{minor}"),
            _ => format!("{sign}{}.{:0width$}", minor / scale, minor % scale, width = exponent as usize),
        }
    }
}

/// Where the amount starts: at its first digit, or at the dot before it in `.99`.
fn amount_start(text: &str) -> usize {
    let digit = text.find(|c: char| c.is_ascii_digit()).unwrap_or(0);
    let is_bare_fraction =
        text[..digit].ends_with('.') && !text[..digit - 1].ends_with(|c: char| c.is_alphanumeric());
    digit - usize::from(is_bare_fraction)
}

fn is_note_mark(c: char) -> bool {
    matches!(c, '*' | '†' | '‡' | '¹' | '²' | '³' | '⁾' | ')' | '(')
}

/// The currency that price tags write so.
fn spelt(word: &str) -> Option<Currency> {
    let (_, code) = SPELLINGS.iter().find(|(known, _)| known.eq_ignore_ascii_case(word))?;
    Currency::parse(code)
}

/// The currency that the words around an amount name, and whether it is a sign.
fn find_currency(words: &str, default: Option<Currency>) -> Result<(Option<Currency>, bool), MoneyError> {
    let mut unknown = None;
    for word in words.split(|c: char| c.is_whitespace() || matches!(c, '-' | '−' | '–' | '—' | ':' | '/'))
    {
        // A mark behind a price leads to a note on taxes or delivery: `12,50 €*`.
        let word = word.trim_matches(is_note_mark);
        if word.is_empty() {
            continue;
        }
        if let Some(currency) = Currency::of_sign(word, default).or_else(|| spelt(word)) {
            return Ok((Some(currency), true));
        }
        match Currency::parse(word) {
            Some(currency) => return Ok((Some(currency), false)),
            None => unknown = Some(word.to_owned()),
        }
    }
    unknown.map_or(Ok((None, false)), |word| Err(MoneyError::UnknownCurrency(word)))
}

fn parse_minor(amount: &str, exponent: u32, has_symbol: bool) -> Result<i64, MoneyError> {
    let (dots, commas) = (amount.matches('.').count(), amount.matches(',').count());
    let last_group = amount.rsplit(['.', ',']).next().map_or(0, str::len);
    let decimal = match (dots, commas) {
        (0, 0) => None,
        (1.., 1..) => amount.chars().rev().find(|c| matches!(c, '.' | ',')),
        // No thousand begins with a zero: `$0.999` has three decimals.
        (1, 0) if last_group == 3 && has_symbol && exponent < 3 && !amount.starts_with('0') => None,
        (1, 0) => Some('.'),
        (0, 1) if last_group == 3 && !amount.starts_with('0') => None,
        (0, 1) => Some(','),
        _ => None,
    };
    let (whole, fraction) = match decimal.and_then(|sign| amount.rsplit_once(sign)) {
        Some((whole, fraction)) => (whole, fraction),
        None => (amount, ""),
    };
    if fraction.contains(['.', ',']) || !is_grouped(whole) {
        return Err(MoneyError::NotANumber);
    }
    let kept = fraction.len().min(exponent as usize);
    if fraction[kept..].bytes().any(|digit| digit != b'0') {
        return Err(MoneyError::TooPrecise { exponent });
    }
    let digits: String = whole
        .chars()
        .filter(char::is_ascii_digit)
        .chain(fraction[..kept].chars())
        .chain(std::iter::repeat_n('0', exponent as usize - kept))
        .collect();
    match digits.parse::<i64>() {
        Ok(minor) => Ok(minor),
        Err(_) if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) => {
            Err(MoneyError::NotANumber)
        }
        Err(_) => Err(MoneyError::TooLarge),
    }
}

/// Whether the whole part is digits, in groups of three where it has separators; all but the last one of two, as in India.
fn is_grouped(whole: &str) -> bool {
    let groups: Vec<&str> = whole.split(['.', ',']).collect();
    let is_digits = |group: &&str| group.bytes().all(|byte| byte.is_ascii_digit());
    let [_, others @ ..] = groups.as_slice() else { return true };
    let ends_in_thousands = others.last().is_none_or(|last| last.len() == 3);
    groups.iter().all(is_digits)
        && ends_in_thousands
        && others.iter().all(|group| matches!(group.len(), 2 | 3))
}

/// `$52.00`, `€1,299.00`, `¥500`, `52.00 CHF`: the sign where there is a usual one, else the code.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let amount = self.amount();
        let (whole, fraction) = amount.split_once('.').map_or((amount.as_str(), None), |(w, f)| (w, Some(f)));
        let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("-", digits));
        let mut grouped = String::new();
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place) % 3 == 0 {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        if let Some(fraction) = fraction {
            grouped.push('.');
            grouped.push_str(fraction);
        }
        match self.currency.symbol() {
            Some(symbol) => write!(f, "{sign}{symbol}{grouped}"),
            None => write!(f, "{sign}{grouped} {}", self.currency.code()),
        }
    }
}

impl fmt::Display for MoneyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Blank => f.write_str("the price is blank"),
            Self::NoAmount => f.write_str("the price has no digits"),
            Self::NoCurrency => f.write_str("the price names no currency"),
            Self::UnknownCurrency(word) => write!(f, "\"{word}\" is no ISO 4217 currency"),
            Self::Negative => f.write_str("the price is below zero"),
            Self::TooPrecise { exponent } => {
                write!(f, "the price has more than the {exponent} decimals of its currency")
            }
            Self::NotANumber => f.write_str("the price is not one number"),
            Self::TooLarge => f.write_str("the price is too large"),
        }
    }
}

impl std::error::Error for MoneyError {}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl TryFrom<String> for Currency {
    type Error = String;

    fn try_from(code: String) -> Result<Self, Self::Error> {
        Self::parse(&code).ok_or_else(|| format!("\"{code}\" is no ISO 4217 currency"))
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.code().to_owned()
    }
}

#[cfg(test)]
#[path = "money/tests.rs"]
mod tests;
