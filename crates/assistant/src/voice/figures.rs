//! Numbers and money as a language writes them.

use commerce::Money;
use search::Language;

use super::{Line, Voice};

impl Voice {
    /// An amount of money.
    pub(crate) fn money(self, money: Money) -> String {
        if self.is_english() {
            return money.to_string();
        }
        let amount = self.marks(&grouped(&money.amount()));
        let unit = money.currency.symbol().unwrap_or(money.currency.code());
        format!("{amount}\u{a0}{unit}")
    }

    /// A rendered measure or number with the decimal marks of the language: `1.32 kg` is `1,32 kg`, and `3 to 5 kg` is
    /// `3 bis 5 kg`. What does not begin with a number stays as it is.
    pub(crate) fn figures(self, text: &str) -> String {
        let bare = text.trim_start_matches(['-', '−', '+', '~']);
        if self.is_english() || !bare.starts_with(|c: char| c.is_ascii_digit()) {
            return text.to_owned();
        }
        match text.split_once(" to ") {
            Some((low, high)) if high.starts_with(|c: char| c.is_ascii_digit()) => {
                self.say(Line::Span, &[&self.marks(low), &self.marks(high)])
            }
            _ => self.marks(text),
        }
    }

    /// The marks of decimals and thousands in a text of numbers. What has two points is no number but a version or date.
    pub(crate) fn marks(self, text: &str) -> String {
        if self.is_english() {
            return text.to_owned();
        }
        let thousands = if self.language() == Language::French { '\u{202f}' } else { '.' };
        text.split(' ').map(|word| marked(word, thousands)).collect::<Vec<_>>().join(" ")
    }
}

fn marked(word: &str, thousands: char) -> String {
    if word.matches('.').count() > 1 {
        return word.to_owned();
    }
    let bytes = word.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let groups = |at: usize| (at + 1..at + 4).all(is_digit) && !is_digit(at + 4);
    word.char_indices()
        .map(|(at, c)| match c {
            '.' if at > 0 && is_digit(at - 1) && is_digit(at + 1) => ',',
            ',' if at > 0 && is_digit(at - 1) && groups(at) => thousands,
            c => c,
        })
        .collect()
}

/// An amount with a comma between thousands.
fn grouped(amount: &str) -> String {
    let (whole, fraction) =
        amount.split_once('.').map_or((amount, None), |(whole, rest)| (whole, Some(rest)));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("-", digits));
    let mut grouped = String::from(sign);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    fraction.map_or(grouped.clone(), |fraction| format!("{grouped}.{fraction}"))
}
