//! Global trade item numbers (GS1 General Specifications, section 7.9: check digit by weights 3 and 1 from the right).

use std::fmt;

use serde::{Deserialize, Serialize};

/// A checked GTIN-8, -12, -13 or -14, kept as fourteen digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Gtin(u64);

/// Why a text is no trade item number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GtinError {
    /// Something other than digits, spaces and hyphens.
    NotDigits,
    /// Not 8, 12, 13 or 14 digits.
    Length(usize),
    /// The last digit does not fit the others.
    CheckDigit {
        /// What the last digit would have to be.
        expected: u8,
    },
    /// A prefix that GS1 keeps for numbers inside one shop or for coupons (02, 04, 2x, 05, 98, 99), or nothing but zeros.
    Restricted,
}

impl Gtin {
    /// Reads and checks a number; spaces and hyphens are allowed.
    pub fn parse(text: &str) -> Result<Self, GtinError> {
        let digits: Vec<u8> = text
            .chars()
            .filter(|c| !matches!(c, ' ' | '-'))
            .map(|c| c.to_digit(10).map(|digit| digit as u8).ok_or(GtinError::NotDigits))
            .collect::<Result<_, _>>()?;
        if !matches!(digits.len(), 8 | 12 | 13 | 14) {
            return Err(GtinError::Length(digits.len()));
        }
        let (check, body) = digits.split_last().ok_or(GtinError::Length(0))?;
        let expected = check_digit(body);
        if *check != expected {
            return Err(GtinError::CheckDigit { expected });
        }
        let number = digits.iter().fold(0u64, |number, digit| number * 10 + u64::from(*digit));
        if number == 0 || digits.len() != 8 && is_restricted(number) {
            return Err(GtinError::Restricted);
        }
        Ok(Self(number))
    }
}

/// The check digit of the digits before it.
fn check_digit(body: &[u8]) -> u8 {
    let sum: u32 = body
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| u32::from(*digit) * if place % 2 == 0 { 3 } else { 1 })
        .sum();
    ((10 - sum % 10) % 10) as u8
}

/// Whether the number, seen as thirteen digits, starts with a prefix that GS1 does not give to makers.
fn is_restricted(number: u64) -> bool {
    let prefix = number % 10_000_000_000_000 / 100_000_000_000;
    matches!(prefix, 2 | 4 | 5 | 20..=29 | 98 | 99)
}

impl fmt::Display for Gtin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:014}", self.0)
    }
}

impl fmt::Debug for Gtin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl fmt::Display for GtinError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotDigits => f.write_str("a GTIN has digits only"),
            Self::Length(length) => write!(f, "a GTIN has 8, 12, 13 or 14 digits, not {length}"),
            Self::CheckDigit { expected } => write!(f, "the last digit of the GTIN should be {expected}"),
            Self::Restricted => {
                f.write_str("the GTIN's prefix is kept for numbers inside one shop or coupons")
            }
        }
    }
}

impl std::error::Error for GtinError {}

impl TryFrom<String> for Gtin {
    type Error = GtinError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<Gtin> for String {
    fn from(gtin: Gtin) -> Self {
        gtin.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_length_as_fourteen_digits() {
        assert_eq!(Gtin::parse("4006381333931").unwrap().to_string(), "04006381333931");
        assert_eq!(Gtin::parse("0 36000 29145 2").unwrap().to_string(), "00036000291452");
        assert_eq!(Gtin::parse("9638-5074").unwrap().to_string(), "00000096385074");
    }

    #[test]
    fn refuses_wrong_numbers_with_the_reason() {
        assert_eq!(Gtin::parse("4006381333932"), Err(GtinError::CheckDigit { expected: 1 }));
        assert_eq!(Gtin::parse("12345"), Err(GtinError::Length(5)));
        assert_eq!(Gtin::parse("40063813339X1"), Err(GtinError::NotDigits));
        assert_eq!(Gtin::parse("2000000000008"), Err(GtinError::Restricted));
    }
}
