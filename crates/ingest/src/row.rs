//! Fields that every feed has, read the same way in each of them. What cannot be read is reported with the place and
//! a way to mend it, and is left out of the record.

use commerce::{Attribute, Availability, Condition, Gtin, Money, MoneyError, Sale};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use crate::output::{Output, Place, shortened};
use crate::{DiagnosticCode, Severity};

mod list;

pub(crate) use list::list_values;

/// One row being read: where findings in its fields go.
pub(crate) struct Row<'r, 'o> {
    pub(crate) output: &'r mut Output<'o>,
    /// The line that the row starts on.
    pub(crate) line: u64,
    /// The row's id; empty while it is not known.
    pub(crate) record: &'r str,
}

impl Row<'_, '_> {
    /// Reports something that leaves the row in.
    pub(crate) fn warn(
        &mut self,
        field: &str,
        code: DiagnosticCode,
        reason: impl Into<String>,
        hint: impl Into<String>,
    ) {
        self.report(Severity::Warning, field, code, reason, hint);
    }

    /// Reports something by which nothing is lost.
    pub(crate) fn note(
        &mut self,
        field: &str,
        code: DiagnosticCode,
        reason: impl Into<String>,
        hint: impl Into<String>,
    ) {
        self.report(Severity::Note, field, code, reason, hint);
    }

    /// Reports something for which the row is left out, and counts it.
    pub(crate) fn refuse(
        &mut self,
        field: &str,
        code: DiagnosticCode,
        reason: impl Into<String>,
        hint: impl Into<String>,
    ) {
        self.report(Severity::Error, field, code, reason, hint);
        self.output.count_skipped();
    }

    fn report(
        &mut self,
        severity: Severity,
        field: &str,
        code: DiagnosticCode,
        reason: impl Into<String>,
        hint: impl Into<String>,
    ) {
        let place = Place {
            line: (self.line > 0).then_some(self.line),
            record: (!self.record.is_empty()).then_some(self.record),
            field: (!field.is_empty()).then_some(field),
        };
        self.output.diagnose(severity, code, place, reason, hint);
    }

    /// A price. The caller decides what becomes of a row whose price is wrong, so nothing is reported here; see
    /// [`price_problem`].
    pub(crate) fn price(&self, text: &str) -> Result<Money, MoneyError> {
        Money::parse(text, self.output.default_currency)
    }

    /// A sale price with its time. Blank is none; one that is not below the price, or in another currency, is
    /// reported and left out.
    pub(crate) fn sale(
        &mut self,
        field: &str,
        text: &str,
        price: Option<Money>,
        from: Option<Timestamp>,
        until: Option<Timestamp>,
    ) -> Option<Sale> {
        if text.trim().is_empty() {
            return None;
        }
        let currency = price.map(|price| price.currency).or(self.output.default_currency);
        let sale = match Money::parse(text, currency) {
            Ok(sale) => sale,
            Err(error) => {
                let (reason, hint) = price_problem(text, &error);
                self.warn(field, DiagnosticCode::InvalidSale, reason, hint);
                return None;
            }
        };
        let problem = match price {
            Some(price) if price.currency != sale.currency => {
                "the sale price is in another currency than the price"
            }
            Some(price) if price.amount_minor == sale.amount_minor => return None,
            Some(price) if price.amount_minor < sale.amount_minor => "the sale price is above the price",
            _ if from.zip(until).is_some_and(|(from, until)| from >= until) => {
                "the sale ends before it begins"
            }
            _ => return Some(Sale { price: sale, from, until }),
        };
        self.warn(
            field,
            DiagnosticCode::InvalidSale,
            problem,
            "give a lower amount in the same currency, or none",
        );
        None
    }

    /// A word for the availability; blank is unknown.
    pub(crate) fn availability(&mut self, field: &str, text: &str) -> Availability {
        if text.trim().is_empty() {
            return Availability::Unknown;
        }
        Availability::parse(text).unwrap_or_else(|| {
            self.warn(
                field,
                DiagnosticCode::InvalidAvailability,
                format!("\"{}\" is no availability", shortened(text)),
                "use in_stock, out_of_stock, preorder or backorder",
            );
            Availability::Unknown
        })
    }

    /// A word for the condition; blank is new.
    pub(crate) fn condition(&mut self, field: &str, text: &str) -> Condition {
        let word: String =
            text.rsplit('/').next().unwrap_or("").chars().filter(char::is_ascii_alphabetic).collect();
        match word.to_ascii_lowercase().as_str() {
            "" | "new" | "newcondition" => Condition::New,
            "refurbished" | "refurbishedcondition" | "reconditioned" => Condition::Refurbished,
            "used" | "usedcondition" | "damagedcondition" | "secondhand" => Condition::Used,
            _ => {
                self.warn(
                    field,
                    DiagnosticCode::InvalidCondition,
                    format!("\"{}\" is no condition; it is taken as new", shortened(text)),
                    "use new, refurbished or used",
                );
                Condition::New
            }
        }
    }

    /// A trade item number; blank is none, a wrong one is reported and left out.
    pub(crate) fn gtin(&mut self, field: &str, text: &str) -> Option<Gtin> {
        if text.trim().is_empty() {
            return None;
        }
        match Gtin::parse(text.trim()) {
            Ok(gtin) => Some(gtin),
            Err(error) => {
                self.warn(
                    field,
                    DiagnosticCode::InvalidGtin,
                    format!("\"{}\": {error}; the number is left out", shortened(text)),
                    "give the number under the bar code with all its digits, as text and not as a number",
                );
                None
            }
        }
    }

    /// A number of pieces; blank is not counted, a negative one (sold more than there were) is none left.
    pub(crate) fn stock(&mut self, field: &str, text: &str) -> Option<u32> {
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        let count = text.parse::<f64>().ok().filter(|count| count.is_finite());
        let (problem, stock) = match count {
            Some(count) if count < 0.0 => ("is below zero; it is taken as none left", Some(0)),
            Some(count) => return Some(count.floor().min(f64::from(u32::MAX)) as u32),
            None => ("is no number of pieces; it is left out", None),
        };
        let reason = format!("\"{}\" {problem}", shortened(text));
        self.warn(field, DiagnosticCode::InvalidStock, reason, "give a whole number from 0 on");
        stock
    }

    /// An address of the web, or a path; anything else (`javascript:`, `file:`) is reported and left out.
    pub(crate) fn url(&mut self, field: &str, text: &str) -> String {
        let text = text.trim();
        if is_web_address(text) {
            return text.to_owned();
        }
        if !text.is_empty() {
            self.warn(
                field,
                DiagnosticCode::InvalidUrl,
                format!("\"{}\" is no address of the web; it is left out", shortened(text)),
                "give the whole address, such as https://shop.example/product",
            );
        }
        String::new()
    }

    /// A point in time; blank is none.
    pub(crate) fn time(&mut self, field: &str, text: &str) -> Option<Timestamp> {
        self.moment(field, text, parse_time)
    }

    /// The end of a span of time: a date without a time of day is meant with that day.
    pub(crate) fn end_time(&mut self, field: &str, text: &str) -> Option<Timestamp> {
        self.moment(field, text, parse_end_time)
    }

    fn moment(&mut self, field: &str, text: &str, parse: fn(&str) -> Option<Timestamp>) -> Option<Timestamp> {
        if text.trim().is_empty() {
            return None;
        }
        let time = parse(text);
        if time.is_none() {
            self.warn(
                field,
                DiagnosticCode::InvalidDate,
                format!("\"{}\" is no date; it is left out", shortened(text)),
                "write it as 2026-03-14 or 2026-03-14T09:30:00Z",
            );
        }
        time
    }
}

/// Whether a text is an `http` or `https` address, or a path without a scheme.
fn is_web_address(text: &str) -> bool {
    if text.is_empty() || text.contains(|c: char| c.is_control() || c == '"' || c == '<') {
        return false;
    }
    let scheme = text
        .split_once(':')
        .map(|(scheme, _)| scheme)
        .filter(|scheme| !scheme.contains(['/', '?', '#', '.']));
    scheme.is_none_or(|scheme| scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https"))
}

/// Attributes by which shop systems find their own pages, whatever feed they come in.
const ADDRESSES: &[&str] = &["url_key", "url_path", "url_rewrite", "request_path"];

/// An attribute under the one key that all spellings of its name share: `Colour` has the key `color`. What only leads a
/// shop system to its own page is none.
pub(crate) fn attribute<'a>(name: &str, values: impl IntoIterator<Item = &'a str>) -> Option<Attribute> {
    let mut attribute = Attribute::parse(name, values)?;
    if ADDRESSES.contains(&attribute.key.as_str()) {
        return None;
    }
    if attribute.key == "colour" {
        attribute.key = "color".to_owned();
    }
    Some(attribute)
}

/// What is wrong with a price, and how to mend it.
pub(crate) fn price_problem(text: &str, error: &MoneyError) -> (String, &'static str) {
    let hint = match error {
        MoneyError::Blank | MoneyError::NoAmount => {
            "give an amount with its currency, such as 12.50 USD; a gift is 0.00 USD"
        }
        MoneyError::NoCurrency => "add the currency, such as 12.50 USD, or name one for the whole import",
        _ => "write it as 1299.00 USD",
    };
    match text.trim().is_empty() {
        true => (error.to_string(), hint),
        false => (format!("\"{}\": {error}", shortened(text)), hint),
    }
}

/// Reads `2026-03-14T09:30:00Z`, `…+01:00`, `…+0100`, `2026-03-14 09:30`, `2026-03-14`; without an offset it is UTC.
pub(crate) fn parse_time(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    if let Ok(time) = text.parse::<Timestamp>() {
        return Some(time);
    }
    if let Ok(time) = text.parse::<DateTime>() {
        return time.to_zoned(TimeZone::UTC).ok().map(|zoned| zoned.timestamp());
    }
    if let Some(padded) = with_two_digit_hour(text) {
        return parse_time(&padded);
    }
    jiff::fmt::rfc2822::parse(text).ok().map(|zoned| zoned.timestamp())
}

/// `2026-10-26 0:00:00`, as WooCommerce writes it, with two digits for the hour.
fn with_two_digit_hour(text: &str) -> Option<String> {
    let (date, time) = text.split_once(' ')?;
    let is_short = time.as_bytes().get(1) == Some(&b':') && time.starts_with(|c: char| c.is_ascii_digit());
    is_short.then(|| format!("{date} 0{time}"))
}

/// As [`parse_time`], but a bare date is the end of its day.
pub(crate) fn parse_end_time(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    let is_bare_date = text.len() == 10 && text.parse::<Date>().is_ok();
    let date = if is_bare_date {
        text.parse::<Date>().ok()?.tomorrow().ok()?.to_datetime(Default::default())
    } else {
        return parse_time(text);
    };
    date.to_zoned(TimeZone::UTC).ok().map(|zoned| zoned.timestamp())
}

#[cfg(test)]
mod tests;
