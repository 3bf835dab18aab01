//! What a purchase brings with it besides the price: payments by instalments, a contract, a price for members, delivery
//! and pickup, and what the law has the shop say. The specification gives these in parts; a shopper reads them as one line.
//! Source: Product data specification, support.google.com/merchants/answer/7052112.

use commerce::Money;

/// Lines of one kind that are kept: a feed may give delivery for every postal code.
const MAX_LINES: usize = 8;

/// Fields with parts, and the parts in the order in which a table gives them between colons.
const PARTS: &[(&str, &[&str])] = &[
    ("consumer_notice", &["notice_type", "notice_message"]),
    ("free_shipping_threshold", &["country", "price_threshold"]),
    ("installment", &["months", "amount", "downpayment", "credit_type"]),
    ("loyalty_program", &["program_label", "tier_label", "price"]),
    (
        "shipping",
        &[
            "country",
            "region",
            "service",
            "price",
            "min_handling_time",
            "max_handling_time",
            "min_transit_time",
            "max_transit_time",
        ],
    ),
    ("subscription_cost", &["period", "period_length", "amount"]),
];

/// Fields that a table may give several times in one cell.
const SEVERAL: &[&str] = &["free_shipping_threshold", "loyalty_program", "shipping"];

/// Fields without parts that make a line together with others.
const SINGLE: &[&str] = &["max_handling_time", "min_handling_time", "pickup_method", "pickup_sla"];

/// The terms of one item as the feed gives them.
#[derive(Debug, Default)]
pub(crate) struct Terms<'e> {
    lines: Vec<(&'static str, String)>,
    single: Vec<(&'e str, &'e str)>,
}

/// Whether a field of this name has parts.
pub(crate) fn has_parts(name: &str) -> bool {
    PARTS.iter().any(|(known, _)| *known == name)
}

impl<'e> Terms<'e> {
    /// Takes a field of an XML feed by its parts.
    pub(super) fn take_parts(&mut self, name: &str, part: impl Fn(&str) -> &'e str) {
        let line = match name {
            "consumer_notice" => notice(part),
            "free_shipping_threshold" => free_delivery(part),
            "installment" => instalments(part),
            "loyalty_program" => member_price(part),
            "shipping" => delivery(part),
            "subscription_cost" => subscription(part),
            _ => None,
        };
        let Some((label, text)) = line else { return };
        let is_known = self.lines.iter().any(|(known, line)| *known == label && *line == text);
        if !is_known && self.lines.iter().filter(|(known, _)| *known == label).count() < MAX_LINES {
            self.lines.push((label, text));
        }
    }

    /// Takes a field without parts, or one of a table with its parts between colons, those that may be several parted by
    /// commas. Says whether it is one.
    pub(super) fn take_text(&mut self, name: &'e str, text: &'e str) -> bool {
        if SINGLE.contains(&name) {
            self.single.push((name, text));
            return true;
        }
        let Some((_, parts)) = PARTS.iter().find(|(known, _)| *known == name) else { return false };
        let several = if SEVERAL.contains(&name) { text.split(',').collect() } else { vec![text] };
        for one in several.into_iter().map(str::trim) {
            let values: Vec<&'e str> = one.splitn(parts.len(), ':').map(str::trim).collect();
            self.take_parts(name, |wanted| {
                let place = parts.iter().position(|part| *part == wanted);
                place.and_then(|place| values.get(place).copied()).unwrap_or("").trim_matches('"')
            });
        }
        true
    }

    /// The lines, each with the name that a shopper reads.
    pub(super) fn lines(&self) -> Vec<(&'static str, String)> {
        let single =
            |name: &str| self.single.iter().find(|(known, _)| *known == name).map_or("", |(_, text)| *text);
        let mut lines = self.lines.clone();
        lines.extend(
            span(single("min_handling_time"), single("max_handling_time"))
                .map(|days| ("Handling time", days)),
        );
        lines
            .extend(pickup(single("pickup_method"), single("pickup_sla")).map(|text| ("Store pickup", text)));
        lines
    }
}

type Line = Option<(&'static str, String)>;

/// `24 payments of €35.00, €50.00 down`.
fn instalments<'e>(part: impl Fn(&str) -> &'e str) -> Line {
    let (months, amount, down) = (part("months"), part("amount"), part("downpayment"));
    let count: u32 = months.parse().ok().filter(|count| *count > 0)?;
    let down = if is_paid(down) { format!(", {} down", money(down)) } else { String::new() };
    let lease = if part("credit_type") == "lease" { ", as a lease" } else { "" };
    is_paid(amount)
        .then(|| ("Installments", format!("{count} monthly payments of {}{down}{lease}", money(amount))))
}

/// `€35.00 a month for 12 months`.
fn subscription<'e>(part: impl Fn(&str) -> &'e str) -> Line {
    let (period, length, amount) = (part("period"), part("period_length"), part("amount"));
    let length: u32 = length.parse().ok().filter(|length| *length > 0)?;
    let period = ["week", "month", "year"].into_iter().find(|known| period.eq_ignore_ascii_case(known))?;
    let plural = if length == 1 { "" } else { "s" };
    is_paid(amount)
        .then(|| ("Subscription", format!("{} a {period} for {length} {period}{plural}", money(amount))))
}

/// `$45.00 with Club, gold`.
fn member_price<'e>(part: impl Fn(&str) -> &'e str) -> Line {
    let names: Vec<&str> =
        [part("program_label"), part("tier_label")].into_iter().filter(|name| !name.is_empty()).collect();
    let price = part("price");
    let with = if names.is_empty() { String::new() } else { format!(" with {}", names.join(", ")) };
    is_paid(price).then(|| ("Member price", format!("{}{with}", money(price))))
}

/// `Standard to DE: €4.95, 3–5 days`; a price of nothing is free.
fn delivery<'e>(part: impl Fn(&str) -> &'e str) -> Line {
    let price = part("price");
    let cost = Money::parse(price, None).ok()?;
    let cost = if cost.amount_minor == 0 { "free".to_owned() } else { cost.to_string() };
    let place: Vec<&str> = ["region", "postal_code", "country"]
        .into_iter()
        .map(&part)
        .filter(|place| !place.is_empty())
        .collect();
    let service = part("service");
    let to = if place.is_empty() { String::new() } else { format!("to {}", place.join(", ")) };
    let heading = [service, &to].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ");
    let heading = if heading.is_empty() { String::new() } else { format!("{heading}: ") };
    let days = span(part("min_transit_time"), part("max_transit_time"));
    let days = days.map(|days| format!(", {days} on the way")).unwrap_or_default();
    Some(("Shipping", format!("{heading}{cost}{days}")))
}

/// `from $50.00 to US`.
fn free_delivery<'e>(part: impl Fn(&str) -> &'e str) -> Line {
    let (country, price) = (part("country"), part("price_threshold"));
    let to = if country.is_empty() { String::new() } else { format!(" to {country}") };
    is_paid(price).then(|| ("Free shipping", format!("from {}{to}", money(price))))
}

/// What the law has the shop say.
fn notice<'e>(part: impl Fn(&str) -> &'e str) -> Line {
    let (kind, message) = (part("notice_type"), part("notice_message"));
    let kind = kind.replace('_', " ");
    match (kind.is_empty(), message.is_empty()) {
        (_, true) => None,
        (true, false) => Some(("Notice", message.to_owned())),
        (false, false) => Some(("Notice", format!("{kind}: {message}"))),
    }
}

/// `reserve online, ready the same day`.
fn pickup(method: &str, ready: &str) -> Option<String> {
    let method = method.trim().to_lowercase().replace('_', " ");
    let how = match method.as_str() {
        "not supported" => return Some("No".to_owned()),
        "buy" => "buy online and pick up",
        "reserve" => "reserve online and pay in the store",
        "ship to store" => "sent to the store",
        _ => "",
    };
    let ready = match ready.trim().to_lowercase().replace(['_', '-'], " ").as_str() {
        "" => String::new(),
        "same day" => "ready the same day".to_owned(),
        "next day" => "ready the next day".to_owned(),
        "multi week" => "ready in some weeks".to_owned(),
        days => match days.strip_suffix(" day").and_then(|count| count.parse::<u32>().ok()) {
            Some(count) => format!("ready in {count} days"),
            None => return (!how.is_empty()).then(|| how.to_owned()),
        },
    };
    let text = [how, &ready].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
    (!text.is_empty()).then_some(text)
}

/// `2-5 days`, of what is given.
fn span(least: &str, most: &str) -> Option<String> {
    let days = |text: &str| text.parse::<u32>().ok();
    match (days(least), days(most)) {
        (Some(least), Some(most)) if least < most => Some(format!("{least}-{most} days")),
        (_, Some(1)) => Some("1 day".to_owned()),
        (_, Some(0)) => Some("0 days".to_owned()),
        (_, Some(most)) => Some(format!("{most} days")),
        (Some(_), None) | (None, None) => None,
    }
}

/// Whether this is an amount above nothing.
fn is_paid(text: &str) -> bool {
    Money::parse(text, None).is_ok_and(|money| money.amount_minor > 0)
}

/// An amount as a shopper reads it.
fn money(text: &str) -> String {
    Money::parse(text, None).map_or_else(|_| text.to_owned(), |money| money.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, text: &str, expected: &[(&str, &str)]) {
        let mut terms = Terms::default();
        assert!(terms.take_text(name, text));
        let lines = terms.lines();
        let lines: Vec<(&str, &str)> = lines.iter().map(|(label, text)| (*label, text.as_str())).collect();
        assert_eq!(lines, expected, "{text}");
    }

    #[test]
    fn reads_the_parts_of_tables() {
        check(
            "installment",
            "24:35.00 EUR:50 EUR",
            &[("Installments", "24 monthly payments of €35.00, €50.00 down")],
        );
        check("subscription_cost", "month:12:35.00 USD", &[("Subscription", "$35.00 a month for 12 months")]);
        check("loyalty_program", "Club:gold:45 USD", &[("Member price", "$45.00 with Club, gold")]);
        check(
            "shipping",
            "US:CA:Overnight:16.00 USD:1:1:2:3, US:::0 USD",
            &[("Shipping", "Overnight to CA, US: $16.00, 2-3 days on the way"), ("Shipping", "to US: free")],
        );
        check("free_shipping_threshold", "US:50 USD", &[("Free shipping", "from $50.00 to US")]);
        check(
            "consumer_notice",
            "prop_65:\"May expose you to lead, and more\"",
            &[("Notice", "prop 65: May expose you to lead, and more")],
        );
        check("pickup_method", "not supported", &[("Store pickup", "No")]);
        check("max_handling_time", "2", &[("Handling time", "2 days")]);
    }

    #[test]
    fn leaves_out_what_says_nothing() {
        for (name, text) in [
            ("installment", "0:35.00 EUR"),
            ("installment", "12"),
            ("subscription_cost", "century:1:5 USD"),
            ("shipping", "US:::"),
            ("loyalty_program", "Club::"),
            ("pickup_sla", "whenever"),
            ("min_handling_time", "1"),
        ] {
            check(name, text, &[]);
        }
        assert!(!Terms::default().take_text("color", "Red"));
        assert!(has_parts("shipping") && !has_parts("pickup_sla"));
    }
}
