use super::*;

#[test]
fn percentages_read_and_show_the_same() {
    for text in ["20%", "8.875%", "0.0001%", "0%", "100%"] {
        assert_eq!(Percent::parse(text).map(|percent| percent.to_string()).as_deref(), Some(text));
    }
    for text in ["", "-5%", "1.23456%", "5 5%", "1000%", "%"] {
        assert_eq!(Percent::parse(text), None, "{text}");
    }
}

#[test]
fn a_half_goes_where_it_is_told() {
    let divide = |rounding: Rounding| [25, 35, -25].map(|dividend| rounding.divide(dividend, 10));
    assert_eq!(divide(Rounding::HalfUp), [3, 4, -3]);
    assert_eq!(divide(Rounding::HalfEven), [2, 4, -2]);
    assert_eq!(divide(Rounding::Down), [2, 3, -2]);
    assert_eq!(divide(Rounding::Up), [3, 4, -3]);
}

#[test]
fn shares_add_up_and_the_largest_remainder_is_served_first() {
    assert_eq!(shares(100, &[1, 1, 1]), [34, 33, 33]);
    assert_eq!(shares(10, &[333, 333, 334]), [3, 3, 4]);
    assert_eq!(shares(7, &[0, 0]), [7, 0]);
    assert_eq!(shares(0, &[5, 5]), [0, 0]);
    assert_eq!(shares(5, &[]), Vec::<i64>::new());
}

#[test]
fn units_of_a_line_add_up_to_the_line() {
    let parts: Vec<i64> = (0..7).map(|before| units_share(1000, 7, before, 1)).collect();
    assert_eq!(parts.iter().sum::<i64>(), 1000);
}
