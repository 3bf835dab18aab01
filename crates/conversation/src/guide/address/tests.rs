use super::read;

fn short(text: &str) -> String {
    in_shop_of(None, text)
}

fn in_shop_of(only_country: Option<&str>, text: &str) -> String {
    match read(text, only_country) {
        Some((contact, address)) => format!("{} <{}> {}", contact.name, contact.email, address.one_line()),
        None => "none".to_owned(),
    }
}

#[test]
fn addresses_are_read_as_people_write_them() {
    let ada = "Ada Lovelace <ada@example.com> 12 Oak Street, Austin TX 78701, US";
    assert_eq!(short("Ada Lovelace, ada@example.com, 12 Oak Street, Austin, TX, 78701, US"), ada);
    assert_eq!(short("Ada Lovelace; 12 Oak Street; Austin; TX 78701; US; ada@example.com."), ada);
    let flat = "Ada <a@b.co> 12 Oak Street, Flat 3, Austin TX 78701, US";
    assert_eq!(short("Ada, a@b.co, 12 Oak Street, Flat 3, Austin, TX 78701, US"), flat);
    let vienna = "Eva Berg <eva@example.at> Ring 1, Wien 1010, Austria";
    assert_eq!(short("Eva Berg, eva@example.at, Ring 1, 1010 Wien, Austria"), vienna);
    let london = "Bo <bo@example.uk> 10 High Street, London SW1A 1AA, United Kingdom";
    assert_eq!(short("Bo, bo@example.uk, 10 High Street, London, SW1A 1AA, United Kingdom"), london);
}

#[test]
fn the_country_is_that_of_the_shop_where_it_has_one_only() {
    let bob = "Bob Ray, bob@example.com, 5 Elm Ave, Portland, OR 97201";
    assert_eq!(short(bob), "none");
    let read = "Bob Ray <bob@example.com> 5 Elm Ave, Portland OR 97201, US";
    assert_eq!(in_shop_of(Some("US"), bob), read);
    assert_eq!(in_shop_of(Some("DE"), &format!("{bob}, US")), read);
}

#[test]
fn what_lacks_something_is_no_address() {
    for text in
        ["", "standard", "Ada, 12 Oak Street, Austin, TX, 78701, US", "Ada, a@b.co, Austin, US", "a@b.co"]
    {
        assert_eq!(short(text), "none", "{text}");
    }
}
