use super::*;
use crate::Attribute;

fn check(text: &str, expected: &str) {
    let shown = Quantity::parse(text).map_or_else(|| "none".to_owned(), |quantity| quantity.to_string());
    assert_eq!(shown, expected, "{text}");
}

#[test]
fn tells_newton_metres_from_nanometres() {
    let dimension = |text: &str| Quantity::find_all(text)[0].1.dimension();
    check("60 Nm", "60 Nm");
    check("60 NM", "60 Nm");
    check("450 nm", "450 nm");
    assert_eq!(dimension("a torque of 60 nm in two gears"), Dimension::Torque);
    assert_eq!(dimension("UV laser, 405 NM"), Dimension::Length);
    let drill = Quantity::parse("60 nm").unwrap().for_catalog_with_torque("drill with 60 nm");
    assert_eq!(drill.dimension(), Dimension::Torque);
    let stated = |name, value| Attribute::parse(name, [value]).unwrap().values[0].display();
    assert_eq!(stated("Max torque", "60 nm"), "60 Nm");
    assert_eq!(stated("Wavelength", "365-395 NM"), "365–395 nm");
    assert_eq!(stated("Drehmoment", "20-60 nm"), "20–60 Nm");
}

#[test]
fn reads_quantities_as_feeds_write_them() {
    check("1.2 kg", "1.2 kg");
    check("1,2kg", "1.2 kg");
    check("32 fl oz", "32 fl oz");
    check("32 fl. oz.", "32 fl oz");
    check("10 lbs.", "10 lb");
    check("0.75 L", "0.75 l");
    check("40L", "40 l");
    check("+5 °C", "5 °C");
    check("30 Tage", "30 days");
    check("2 ans", "2 years");
    check("3-seater", "3 people");
    check("15.6-inch", "15.6 in");
    check("10 000 mAh", "10000 mAh");
    check("10,000 mAh", "10000 mAh");
    check("29\"", "29 in");
    check("3-person", "3 people");
    check("1 person", "1 person");
    check("3 1/2 lb", "3.5 lb");
    check("3½ lbs", "3.5 lb");
    check("5 ft 6 in", "5.5 ft");
    check("6'6\"", "6.5 ft");
    check("-5 °C", "-5 °C");
    check("20°C", "20 °C");
    check("40c", "40 °C");
    assert_eq!(Quantity::parse("700c"), None, "a size of wheels");
    check("450 lumens", "450 lm");
    check("30%", "30%");
    check("40 hours", "40 h");
    check("2 years", "2 years");
    check("512 GB", "512 GB");
    check("Cool", "none");
    check("24 things", "none");
    check("X200", "none");
    check("pack of 12", "none");
}

#[test]
fn reads_quantities_of_many_trades() {
    check("60 Nm", "60 Nm");
    check("44 ft-lb", "44 ft-lb");
    check("4.5 Ah", "4.5 Ah");
    check("99.9 Wh", "99.9 Wh");
    check("2402 Mbit/s", "2402 Mbit/s");
    check("480 Mbps", "480 Mbit/s");
    check("2700 K", "2700 K");
    check("6500K", "6500 K");
    check("4K", "none");
    check("350 cd/m²", "350 cd/m²");
    check("32 Ω", "32 Ω");
    check("64 ohm", "64 Ω");
    check("92 dB(A)", "92 dB");
    check("1,450 l/h", "1450 l/h");
    check("320 m³/h", "320 m³/h");
    check("9,000 rpm", "9000 rpm");
    check("2 TB", "2 TB");
    check("120 psi", "120 psi");
    check("356 kcal", "356 kcal");
    check("1.299,50 mm", "1299.5 mm");
    check("1,299.50 mm", "1299.5 mm");
    check("5' 10\"", "5.833333 ft");
    check("1/2 in", "0.5 in");
    check("1 3/8\"", "1.375 in");
    check("10 Gb/s", "10 Gbit/s");
    check("10 GB/s", "10 GB/s");
    check("500 Mb/s", "500 Mbit/s");
    check("12,000 BTU/hr", "12000 BTU/h");
    check("4000 Pa", "4000 Pa");
    check("1000 mcg", "1000 µg");
    check("1500 VA", "1500 VA");
    check("13.5 tog", "13.5 tog");
    check("50 N·m", "50 Nm");
    check("440 in-lbs", "440 in-lb");
    check("1500 r/min", "1500 rpm");
    check("10.000 mAh", "10000 mAh");
    check("2.500 W", "2500 W");
    check("0.500 W", "0.5 W");
    check("2.500 kg", "2.5 kg");
    check("2.4/5 GHz", "none");
    check("2/2.4 GHz", "none");
    check("0.5 ct", "none");
    check("34B", "none");
    check("50/60 Hz", "none");
    check("12/24 V", "none");
    check("6 x 330 ml", "none");
    check("IP67", "none");
    check("M8 x 40", "none");
}

#[test]
fn types_values_only_where_there_is_no_doubt() {
    use crate::Value;
    let shown = |text: &str| format!("{:?}", Value::parse(text).unwrap());
    assert_eq!(shown("1,299.00"), "Number(1299.0)");
    assert_eq!(shown("1.299,00"), "Number(1299.0)");
    assert_eq!(shown("1,5"), "Number(1.5)");
    assert_eq!(shown("1,299"), "Text(\"1,299\")");
    assert_eq!(shown("1/2"), "Text(\"1/2\")");
    assert_eq!(Value::parse("550 mm (22 in)"), Value::parse("550 mm"));
    assert_eq!(shown("550 mm (2 pieces)"), "Text(\"550 mm (2 pieces)\")");
}

#[test]
fn compares_across_units() {
    let base = |text: &str| Quantity::parse(text).unwrap().base();
    assert!((base("2.5 kg") - base("5.5116 lb")).abs() < 1e-3);
    assert!((base("0 °C") - base("32 °F")).abs() < 1e-9);
    assert!((base("1 gal") - base("128 fl oz")).abs() < 1e-9);
    assert!(base("90 min") < base("2 h"));
}

#[test]
fn shows_the_shoppers_units() {
    let shown = |text: &str, system| Quantity::parse(text).unwrap().shown_in(system).to_string();
    assert_eq!(shown("1.2 kg", UnitSystem::Imperial), "2.65 lb");
    assert_eq!(shown("1.2 kg", UnitSystem::Metric), "1.2 kg");
    assert_eq!(shown("12 oz", UnitSystem::Metric), "340 g");
    assert_eq!(shown("29\"", UnitSystem::Metric), "73.7 cm");
    assert_eq!(shown("-5 °C", UnitSystem::Imperial), "23 °F");
    assert_eq!(shown("10000 mAh", UnitSystem::Imperial), "10000 mAh");
}

#[test]
fn finds_every_quantity_in_running_text() {
    let found = |text: &str| {
        Quantity::find_all(text)
            .into_iter()
            .map(|(range, q)| format!("{}={q}", &text[range]))
            .collect::<Vec<_>>()
    };
    assert_eq!(found("tents for 3 people lighter than 2.5 kg"), ["3 people=3 people", "2.5 kg=2.5 kg"]);
    assert_eq!(found("L 29\" x W 13\" x H 11\"."), ["29\"=29 in", "13\"=13 in", "11\"=11 in"]);
    assert_eq!(
        found("Table, seats 10, pack of 2, 6 x 330 ml"),
        ["seats 10=10 people", "pack of 2=2 pieces", "330 ml=330 ml"]
    );
    assert_eq!(found("a cable 2 m long"), ["2 m=2 m"]);
    assert_eq!(found("Bought 2 in March, model X5 kg"), Vec::<String>::new());
    assert_eq!(found("dry in 1 h 30 min at 40 °C"), ["1 h 30 min=1.5 h", "40 °C=40 °C"]);
}

#[test]
fn reads_ranges() {
    let shown = |text: &str| QuantityRange::parse(text).map(|range| range.to_string());
    assert_eq!(shown("10-15 kg").as_deref(), Some("10–15 kg"));
    assert_eq!(shown("-5 °C to 10 °C").as_deref(), Some("-5–10 °C"));
    assert_eq!(shown("5 to 10 °C").as_deref(), Some("5–10 °C"));
    assert_eq!(shown("-18 °C to +40 °C").as_deref(), Some("-18–40 °C"));
    assert_eq!(shown("15.6-inch"), None);
    assert_eq!(shown("well-made"), None);
}

#[test]
fn leaves_codes_of_sizes_alone() {
    use crate::Attribute;
    let shown = |name: &str, text: &str| format!("{:?}", Attribute::parse(name, [text]).unwrap().values);
    assert_eq!(shown("Size", "36C"), "[Text(\"36C\")]");
    assert_eq!(shown("Bra size", "32A"), "[Text(\"32A\")]");
    assert_eq!(shown("Taille", "40L"), "[Text(\"40L\")]");
    assert_eq!(shown("Fuse", "32A"), "[Quantity(Quantity { value: 32.0, unit: A })]");
    assert_eq!(shown("Screen size", "15 in"), "[Quantity(Quantity { value: 15.0, unit: in })]");
}

proptest::proptest! {
    #[test]
    fn no_text_makes_the_parser_panic(text in ".*") {
        let _ = Quantity::find_all(&text);
        let _ = Quantity::parse(&text);
        let _ = QuantityRange::parse(&text);
    }

    #[test]
    fn quantities_read_back(value in 0u32..100_000, place in 0u8..20) {
        let unit = Unit::parse(["kg", "g", "cm", "in", "lb", "W", "V", "mAh", "GB", "°C", "lm", "l", "ml", "ft", "oz", "Hz", "h", "min", "m", "mm"][usize::from(place)]).unwrap();
        let quantity = Quantity::new(f64::from(value), unit);
        proptest::prop_assert_eq!(Quantity::parse(&quantity.to_string()), Some(quantity));
    }
}
