use search::analyse;

use super::*;

fn spot(name: &str) -> &'static Spot {
    find(&analyse::words(name), name, true).map(|found| found.spot).unwrap_or_else(|| panic!("no {name}"))
}

#[test]
fn every_line_of_the_tables_is_read() {
    assert!(CITIES.len() >= 100, "{}", CITIES.len());
    assert_eq!(places::unread(), Vec::<&str>::new());
}

#[test]
fn a_place_is_read_by_any_of_its_names_and_through_a_typo() {
    for (typed, name) in
        [("oslo", "Oslo"), ("Wien", "Vienna"), ("Reykjavík", "Reykjavik"), ("Reykyavik", "Reykjavik")]
    {
        assert_eq!(spot(typed).name, name, "{typed}");
    }
    assert!(find(&analyse::words("us"), "us", true).is_none());
    assert!(find(&analyse::words("US"), "US", true).is_some());
}

#[test]
fn a_country_takes_its_city_and_a_town_the_nearest_one() {
    let norway = weather(Some(spot("Norway")), &[11]);
    assert_eq!(norway.basis, Basis::Taken { city: "Oslo".to_owned(), km: None });
    assert_eq!(norway.normal.low, Some(0.0));
    let helsinki = weather(Some(spot("Helsinki")), &[1]);
    assert!(matches!(&helsinki.basis, Basis::Taken { city, km: Some(_) } if city == "Saint Petersburg"));
    let rows: Vec<&str> = norway.rows.iter().map(|row| row.source.as_str()).collect();
    assert_eq!(rows, ["place:norway", "climate:oslo:11"]);
}

#[test]
fn winter_is_in_june_where_the_year_is_turned_around() {
    assert_eq!(Season::Winter.months(true), [6, 7, 8]);
    assert_eq!(Season::of(8, true), Season::Winter);
    let patagonia = weather(Some(spot("Patagonia")), &[8]);
    assert_eq!((patagonia.basis, patagonia.seasons), (Basis::Season, vec![Season::Winter]));
    assert!(patagonia.normal.low.is_some_and(|low| low < 0.0));
}
