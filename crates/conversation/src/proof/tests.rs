use checkout::PersonProof;

use super::read;

fn short(text: &str) -> String {
    match read(text) {
        Some(proof) => match proof.who {
            PersonProof::Email(email) => format!("{} {email}", proof.order),
            PersonProof::NameAndPostcode { name, postcode } => format!("{} {name} {postcode}", proof.order),
            PersonProof::Whole { email, name, postcode } => {
                format!("{} {email} {name} {postcode}", proof.order)
            }
        },
        None => "none".to_owned(),
    }
}

#[test]
fn a_number_with_an_address_or_a_name_is_a_proof() {
    assert_eq!(short("order #1042, ada@example.com"), "1042 ada@example.com");
    assert_eq!(
        short("My order is W-2378156 and my e-mail is <ada@example.com>."),
        "W-2378156 ada@example.com"
    );
    assert_eq!(short("order 7, ada@example.com"), "7 ada@example.com");
    assert_eq!(short("1042, Ada Lovelace, 78701"), "1042 Ada Lovelace 78701");
    assert_eq!(short("order 1042; Ada Lovelace; SW1A 1AA"), "1042 Ada Lovelace SW1A 1AA");
    for text in [
        "1042, ada@example.com, Ada Lovelace, 78701",
        "order 1042, Ada Lovelace, 78701, my e-mail is ada@example.com.",
    ] {
        assert_eq!(short(text), "1042 ada@example.com Ada Lovelace 78701", "{text}");
    }
}

#[test]
fn questions_and_halves_are_none() {
    for text in [
        "ada@example.com, 12 Oak Street",
        "Ada Lovelace, ada@example.com, 12 Oak Street, Austin",
        "ada@example.com, Flat 3, 10115 Berlin",
        "Write to ada@example.com about 2 mugs",
        "2 mugs, blue, size 4",
    ] {
        assert_eq!(short(text), "none", "{text}");
    }
    for text in
        ["ada@example.com", "1042", "where is order 1042?", "red, blue, green", "Is 1042 in M, L, 42?"]
    {
        assert_eq!(short(text), "none", "{text}");
    }
}
