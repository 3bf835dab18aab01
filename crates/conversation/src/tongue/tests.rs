//! What the books tell is told in each language, and nothing that they fill in is changed but amounts and days.

use super::{BOOKS, Book, told};

fn book(language: &str) -> &'static Book {
    &BOOKS.iter().find(|(code, _)| *code == language).expect("there are lines").1
}

#[test]
fn sentences_are_told_in_their_language_with_what_fills_them() {
    let text = "Your cart has 2 of Oak Stool (blue). Your cart has 2 pieces for $58.00.";
    let german =
        "In deinem Warenkorb: 2 × Oak Stool (blue). In deinem Warenkorb liegen 2 Stück für 58,00\u{a0}$.";
    assert_eq!(told(text, "de"), german);
    assert_eq!(
        told("Order 7 is being prepared: $9.00.", "fr-CH"),
        "Commande 7 – en préparation : 9,00\u{a0}$."
    );
    assert_eq!(told("- Order 7 is on its way: $9.00.", "es"), "- Pedido 7: en camino, 9,00\u{a0}$.");
    assert_eq!(
        told("Your cart:\n- 1 × Mug: $9.00\nTotal: $1,009.00", "es"),
        "Tu carrito:\n- 1 × Mug: 9,00\u{a0}$\nTotal: 1.009,00\u{a0}$"
    );
}

#[test]
fn refusals_are_told_in_their_language() {
    assert_eq!(
        told("This was possible for 30 days after it was delivered, and that time is over.", "de"),
        "Das ging nur 30 Tage lang (ab der Lieferung), und diese Zeit ist vorbei."
    );
    assert_eq!(
        told("Oak Stool was a final sale and cannot be sent back unless it is defective.", "es"),
        "Venta final, solo se puede devolver si está defectuoso: Oak Stool."
    );
    assert_eq!(
        told("Oak Stool is taken back only if it is unopened or opened but not used.", "fr"),
        "Repris seulement dans cet état – non ouvert ou ouvert mais non utilisé : Oak Stool."
    );
}

#[test]
fn lists_are_told_part_by_part_and_titles_stay() {
    assert_eq!(
        told("Which one do you mean: Oak Stool at $29.00 or Ash Stool at $31.00 or the item?", "de"),
        "Was davon ist gemeint: Oak Stool für 29,00\u{a0}$ oder Ash Stool für 31,00\u{a0}$ oder der Artikel?"
    );
    assert_eq!(
        told("I will remember that you wear size M and that you are allergic to nuts.", "de"),
        "Ich merke mir: du trägst Größe M und du bist allergisch: nuts."
    );
    assert_eq!(told("Your cart has 1 of Hot or Not Mug.", "de"), "In deinem Warenkorb: 1 × Hot or Not Mug.");
}

#[test]
fn amounts_and_days_are_written_as_the_language_writes_them() {
    let text = "2 × Mug would be bought once it costs $9.00 or less, for at most 18.00 CHF in all, until the end of 3 May 2026.";
    assert_eq!(
        told(text, "es"),
        "2 × Mug: se compraría cuando la unidad cueste 9,00\u{a0}$ o menos, por 18,00\u{a0}CHF como máximo en total, hasta el final del 3 de mayo de 2026."
    );
    assert_eq!(told("$9.00 would go back to Card 4242.", "de"), "9,00\u{a0}$ gingen zurück (Card 4242).");
    assert_eq!(
        told("$9.00 goes back to Visa in 5 to 7 business days after the goods are back.", "de"),
        "9,00\u{a0}$ gehen zurück (Visa), in 5 bis 7 Werktagen, nachdem die Ware zurück ist."
    );
}

#[test]
fn what_has_no_line_stays_as_it_is() {
    assert_eq!(told("A new thing. Your cart is empty.", "de"), "A new thing. Dein Warenkorb ist leer.");
    assert_eq!(told("Your cart is empty.", "it"), "Your cart is empty.");
}

#[test]
fn what_fills_a_line_fills_no_slot_of_it() {
    let text = "Your cart has 2 of {1} Stool (blue). Your cart is empty.";
    assert_eq!(told(text, "de"), "In deinem Warenkorb: 2 × {1} Stool (blue). Dein Warenkorb ist leer.");
}

#[test]
fn every_language_has_every_line_and_fills_the_same_slots() {
    let slots = |text: &str| {
        let text = text.replace(":money}", "}").replace(":list}", "}").replace(":time}", "}");
        (0..6).filter(|place| text.contains(&format!("{{{place}}}"))).collect::<Vec<_>>()
    };
    let files = [include_str!("de.txt"), include_str!("fr.txt"), include_str!("es.txt")];
    let english = |file: &'static str| -> Vec<&str> {
        let lines =
            file.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(" = "));
        lines.inspect(|(a, b)| assert_eq!(slots(a), slots(b), "{a}")).map(|(a, _)| a).collect()
    };
    assert!(files.iter().all(|file| english(file) == english(files[0])));
}

/// The files whose sentences shoppers read.
const TOLD: [&str; 24] = [
    include_str!("../../../checkout/src/refusal/sentence_table.rs"),
    include_str!("../../../action/src/propose.rs"),
    include_str!("../../../action/src/resolve/goods.rs"),
    include_str!("../../../action/src/resolve/on_cart.rs"),
    include_str!("../../../action/src/resolve/on_order.rs"),
    include_str!("../../../action/src/resolve/on_return.rs"),
    include_str!("../../../action/src/resolve/on_wish.rs"),
    include_str!("../../../action/src/resolve/refund.rs"),
    include_str!("../outcome.rs"),
    include_str!("../outcome/cart.rs"),
    include_str!("../outcome/order.rs"),
    include_str!("../outcome/alerts.rs"),
    include_str!("../desk/exchange.rs"),
    include_str!("../desk/unsettled.rs"),
    include_str!("../guide/hear.rs"),
    include_str!("../guide/buy.rs"),
    include_str!("../guide/condition.rs"),
    include_str!("../guide/mandate.rs"),
    include_str!("../guide/mind.rs"),
    include_str!("../guide/mind/learn.rs"),
    include_str!("../guide/mind/erase.rs"),
    include_str!("../guide/mind/show.rs"),
    include_str!("../guide/payment.rs"),
    include_str!("../guide/tell.rs"),
];
/// Sentences that have a line for each thing that can stand in them.
const OF_THINGS: [&str; 4] = [
    "You have no $9.00.",
    "You have no $9.00 on that.",
    "Which $9.00 do you mean: $9.00?",
    "Your $9.00 $9.00 $9.00.",
];

/// The sentences that stand in a file of code, with `X` for what is filled in.
fn sentences(code: &str) -> Vec<String> {
    let code = code.split("#[cfg(test)]").next().unwrap_or_default();
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    let code = lines.collect::<Vec<_>>().join("\n");
    let mut found = Vec::new();
    let mut rest = code.as_str();
    while let Some(start) = rest.find('"') {
        let end = start + 1 + rest[start + 1..].find('"').unwrap_or(0);
        let text = &rest[start + 1..end];
        rest = &rest[end + 1..];
        let text = text.split("\\\n").map(str::trim_start).collect::<String>();
        let is_sentence = text.starts_with(|c: char| c.is_uppercase() || c == '{')
            && text.contains(' ')
            && text.ends_with(['.', '?', ':', '!']);
        if is_sentence {
            found.push(filled(&text));
        }
    }
    found
}

fn filled(text: &str) -> String {
    let mut pieces = text.split('{');
    let mut filled = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        filled.push_str("$9.00");
        filled.push_str(piece.split_once('}').map_or("", |(_, words)| words));
    }
    filled
}

#[test]
fn every_sentence_that_shoppers_read_has_a_line() {
    let english: Vec<String> = TOLD.iter().flat_map(|code| sentences(code)).collect();
    assert!(english.len() > 150, "{} sentences were found", english.len());
    let mut untold: Vec<String> = Vec::new();
    for text in english.iter().filter(|text| !OF_THINGS.contains(&text.as_str())) {
        let lines = text.split("\\n").flat_map(|line| book("de").told(line).1);
        untold.extend(lines.map(str::to_owned));
    }
    assert!(untold.is_empty(), "{untold:#?}");
}
