use super::*;

fn check(text: &str, expected: &str) {
    let shown = match Money::parse(text, Currency::parse("USD")) {
        Ok(money) => format!("{} {}", money.amount(), money.currency),
        Err(error) => error.to_string(),
    };
    assert_eq!(shown, expected, "{text}");
}

#[test]
fn reads_prices_as_feeds_write_them() {
    check("52.00 USD", "52.00 USD");
    check("52", "52.00 USD");
    check("52.0000", "52.00 USD");
    check("$12.5", "12.50 USD");
    check("1.299,00 €", "1299.00 EUR");
    check("€1.299", "1299.00 EUR");
    check("USD 1,299", "1299.00 USD");
    check("1,299.50", "1299.50 USD");
    check("12,5 EUR", "12.50 EUR");
    check("1 299,00 €", "1299.00 EUR");
    check("1'299.00 CHF", "1299.00 CHF");
    check("¥500", "500 JPY");
    check("1.234 KWD", "1.234 KWD");
    check("12,34,567.00 INR", "1234567.00 INR");
    check(".99", "0.99 USD");
    check("$.99", "0.99 USD");
    check("CHF 12.-", "12.00 CHF");
    check("EUR 1'299.–", "1299.00 EUR");
    check("12,- €", "12.00 EUR");
    check("5 EUR - per piece", "5.00 EUR");
    check("12.50 €*", "12.50 EUR");
    check("12,50 €¹", "12.50 EUR");
    check("Fr. 12.50", "12.50 CHF");
    check("100 Ft", "100.00 HUF");
    check("฿100", "100.00 THB");
    check("12,90 Euro", "12.90 EUR");
}

#[test]
fn reads_shared_signs_in_the_currency_of_the_shop() {
    let shown = |text: &str, code: &str| match Money::parse(text, Currency::parse(code)) {
        Ok(money) => format!("{} {}", money.amount(), money.currency),
        Err(error) => error.to_string(),
    };
    assert_eq!(shown("$12.50", "AUD"), "12.50 AUD");
    assert_eq!(shown("$12.50", "EUR"), "12.50 USD");
    assert_eq!(shown("US$12.50", "AUD"), "12.50 USD");
    assert_eq!(shown("1 299,00 kr", "SEK"), "1299.00 SEK");
    assert_eq!(shown("kr. 1.299", "NOK"), "1299.00 NOK");
    assert_eq!(shown("1 299,00 kr", "EUR"), "\"kr\" is no ISO 4217 currency");
    assert_eq!(shown("Rs. 1,500", "INR"), "1500.00 INR");
    assert_eq!(shown("¥12.5", "CNY"), "12.50 CNY");
}

#[test]
fn says_why_a_text_is_no_price() {
    check("", "the price is blank");
    check("free", "the price has no digits");
    check("-5.00 USD", "the price is below zero");
    check("$-5.00", "the price is below zero");
    check("5.00-", "the price is below zero");
    check("£5-£10", "the price is not one number");
    check("5 to 10 USD", "the price is not one number");
    check("5.999 USD", "the price has more than the 2 decimals of its currency");
    check("5 XYZ", "\"XYZ\" is no ISO 4217 currency");
    check("99999999999999999999", "the price is too large");
    check("1.2.3,4.5", "the price is not one number");
    assert_eq!(Money::parse("5", None), Err(MoneyError::NoCurrency));
}

#[test]
fn signs_and_names_mean_the_currency_of_the_shop() {
    let currency = |code| Currency::parse(code);
    let sign = |sign, shop| Currency::of_sign(sign, currency(shop)).map(|found| found.to_string());
    assert_eq!(sign("$", "AUD").as_deref(), Some("AUD"));
    assert_eq!(sign("$", "EUR").as_deref(), Some("USD"));
    assert_eq!(sign("US$", "AUD").as_deref(), Some("USD"));
    let dollar = |shop| currency("USD").unwrap().called_in(currency(shop)).to_string();
    assert_eq!([dollar("CAD"), dollar("MXN"), dollar("EUR")], ["CAD", "USD", "USD"]);
}

#[test]
fn shows_signs_groups_and_exponents() {
    let show = |minor, code| Money::new(minor, Currency::parse(code).unwrap()).to_string();
    assert_eq!(show(129_900, "USD"), "$1,299.00");
    assert_eq!(show(500, "JPY"), "¥500");
    assert_eq!(show(1_234, "KWD"), "1.234 KWD");
    assert_eq!(show(-5, "EUR"), "-€0.05");
}

proptest::proptest! {
    #[test]
    fn what_is_shown_reads_back(minor in 0i64..1_000_000_000_000, place in 0usize..EXPONENTS.len()) {
        let currency = Currency::parse(EXPONENTS[place].0).unwrap();
        let money = Money::new(minor, currency);
        let text = format!("{} {}", money.amount(), currency);
        proptest::prop_assert_eq!(Money::parse(&text, None), Ok(money));
    }

    #[test]
    fn no_text_makes_the_parser_panic(text in ".*") {
        let _ = Money::parse(&text, None);
    }
}
