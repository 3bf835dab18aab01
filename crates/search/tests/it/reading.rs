//! What searches of several trades and languages find, from the words to the first hits: each line of a shop is a product, each
//! line of a check a query with what has to come first, and nothing of what may not come at all.

use commerce::{Availability, Currency, Listing, Money};
use search::{Lexicon, Vocabulary, understand};

use crate::fixture::{index, product, variant};

/// A shop: id, title, category, attributes, description, price in cents.
type Row =
    (&'static str, &'static str, &'static str, &'static [(&'static str, &'static str)], &'static str, i64);

struct Shop {
    index: search::Index,
    vocabulary: Vocabulary,
}

impl Shop {
    fn new(rows: &[Row]) -> Self {
        let euros = Currency::parse("EUR").unwrap();
        let listing = |(id, title, category, attributes, description, price): &Row| -> Listing {
            let mut listing = product(id, title, category, attributes);
            (*description).clone_into(&mut listing.product.description);
            let mut listing = variant(listing, "", *price, Availability::InStock);
            listing.product.variants[0].offer.price = Some(Money::new(*price, euros));
            listing
        };
        let index = index(&rows.iter().map(listing).collect::<Vec<_>>());
        let vocabulary = Vocabulary::of(&index, Lexicon::builtin(index.language())).unwrap();
        Self { index, vocabulary }
    }

    /// `first` are the first hits in any order, and `never` are no hits.
    fn check(&self, text: &str, first: &[&str], never: &[&str]) {
        let understood = understand(&self.vocabulary, text);
        let hits = self.index.search(&understood.query(20), None).unwrap().hits;
        let found: Vec<&str> = hits.iter().map(|hit| hit.source_id.as_str()).collect();
        let mut start: Vec<&str> = found.iter().take(first.len()).copied().collect();
        start.sort_unstable();
        let mut expected = first.to_vec();
        expected.sort_unstable();
        assert_eq!(start, expected, "{text}: {found:?} {understood:#?}");
        for id in never {
            assert!(!found.contains(id), "{text}: {found:?} {understood:#?}");
        }
    }
}

fn electronics() -> Shop {
    Shop::new(&[
        (
            "laptop15",
            "Corvo 15.6-inch Laptop",
            "Computers > Laptops",
            &[("RAM", "16 GB"), ("Storage", "1 TB"), ("Screen size", "15.6 in"), ("Weight", "1.8 kg")],
            "A laptop for work with a bright display.",
            99900,
        ),
        (
            "laptop13",
            "Corvo 13-inch Laptop",
            "Computers > Laptops",
            &[("RAM", "8 GB"), ("Storage", "512 GB"), ("Screen size", "13.3 in"), ("Weight", "1.2 kg")],
            "A light laptop.",
            79900,
        ),
        (
            "bag",
            "Commuter Laptop Bag",
            "Accessories > Bags",
            &[("Material", "Nylon")],
            "Fits a 15.6 inch laptop and a charger.",
            5900,
        ),
        (
            "charger",
            "65 W USB-C Charger",
            "Accessories > Chargers",
            &[("Power", "65 W")],
            "Charges a laptop or a phone.",
            3900,
        ),
        ("cable1", "USB-C Cable 1 m", "Accessories > Cables", &[], "Braided.", 900),
        ("cable2", "USB-C Cable 2 m", "Accessories > Cables", &[], "Braided.", 1200),
        (
            "bank",
            "Power Bank 20 000 mAh",
            "Accessories > Power banks",
            &[("Battery capacity", "20000 mAh"), ("Weight", "0.4 kg")],
            "Charges a phone four times.",
            4500,
        ),
        (
            "bank5",
            "Slim Power Bank",
            "Accessories > Power banks",
            &[("Battery capacity", "5000 mAh"), ("Weight", "0.12 kg")],
            "For the pocket.",
            1900,
        ),
        (
            "speaker",
            "Rain Speaker",
            "Audio > Speakers",
            &[("Protection", "IP67")],
            "Plays in the rain. Works with HomeKit.",
            6900,
        ),
        ("speaker4", "Shelf Speaker", "Audio > Speakers", &[("Protection", "IP54")], "For the shelf.", 8900),
        (
            "headphones",
            "WH-1000XM5 Wireless Headphones",
            "Audio > Headphones",
            &[("Noise cancelling", "Yes"), ("Battery life", "30 hours")],
            "Over the ear.",
            29900,
        ),
        (
            "wired",
            "Studio Wired Headphones",
            "Audio > Headphones",
            &[("Noise cancelling", "No")],
            "With a long cord.",
            8900,
        ),
    ])
}

#[test]
fn the_head_of_a_phrase_is_what_is_looked_for() {
    let shop = electronics();
    shop.check("laptop bag", &["bag"], &[]);
    shop.check("bag for a 15 inch laptop", &["bag"], &[]);
    shop.check("phone charger", &["charger"], &[]);
    shop.check("charger for laptop under 50", &["charger"], &["laptop15", "laptop13"]);
    shop.check("headphones under 20", &["wired"], &["cable1"]);
}

#[test]
fn measures_bind_to_what_they_measure() {
    let shop = electronics();
    shop.check("usb c cable 2m", &["cable2"], &["cable1"]);
    shop.check("power bank at least 20000 mAh", &["bank"], &["bank5"]);
    shop.check("power bank lighter than 200 g", &["bank5"], &["bank"]);
    shop.check("15 inch laptop", &["laptop15"], &["laptop13"]);
    shop.check("laptop 1 tb", &["laptop15"], &["laptop13"]);
    shop.check("laptop with 8gb ram", &["laptop13"], &["laptop15"]);
    shop.check("speaker ip67 or better", &["speaker"], &["speaker4"]);
    shop.check("headphones at least 20 hours battery life", &["headphones"], &["wired"]);
}

#[test]
fn words_are_found_however_they_are_written() {
    let shop = electronics();
    shop.check("powerbank", &["bank", "bank5"], &[]);
    shop.check("wireles headfones", &["headphones"], &[]);
    shop.check("wh1000xm5", &["headphones"], &[]);
    shop.check("WH-1000XM5", &["headphones"], &[]);
    shop.check("works with homekit", &["speaker"], &["bank"]);
    shop.check("headphones without noise cancelling", &["wired"], &["headphones"]);
}

fn grocery() -> Shop {
    Shop::new(&[
        ("fusilli", "Maize Fusilli, Gluten-Free", "Pasta", &[], "Made of maize.", 290),
        ("spaghetti", "Durum Spaghetti", "Pasta", &[("Allergens", "Gluten")], "From durum wheat.", 190),
        ("bar", "Oat Bar", "Snacks", &[("Allergens", "Oats")], "A bar without nuts. No added sugar.", 150),
        ("mix", "Trail Mix", "Snacks", &[("Allergens", "Nuts")], "Almonds, raisins and nuts.", 350),
        ("cola", "Cola 6 x 330 ml", "Drinks", &[("Volume", "330 ml")], "Sweet.", 450),
        ("water", "Spring Water 1.5 l", "Drinks", &[("Volume", "1.5 l")], "Still.", 90),
        (
            "cream",
            "Crème Brûlée Dessert",
            "Desserts",
            &[("Allergens", "Milk")],
            "With a crust of sugar.",
            250,
        ),
        ("pan", "Non-stick Pan 28 cm", "Kitchen > Pans", &[], "Easy to clean.", 2900),
        ("iron", "Iron Pan 28 cm", "Kitchen > Pans", &[], "Food may stick in the beginning.", 3900),
    ])
}

#[test]
fn what_is_denied_is_told_from_what_is_said() {
    let shop = grocery();
    shop.check("gluten free pasta", &["fusilli"], &["spaghetti"]);
    shop.check("gluten-free pasta", &["fusilli"], &["spaghetti"]);
    shop.check("pasta without gluten", &["fusilli"], &["spaghetti"]);
    shop.check("snacks no nuts", &["bar"], &["mix"]);
    shop.check("nut-free snacks", &["bar"], &["mix"]);
    shop.check("non-stick pan", &["pan"], &[]);
    shop.check("nonstick pan", &["pan"], &[]);
    shop.check("creme brulee", &["cream"], &[]);
    shop.check("drink 330ml", &["cola"], &["water"]);
}

fn german() -> Shop {
    Shop::new(&[
        (
            "regen",
            "Regenjacke Fjord",
            "Bekleidung > Jacken",
            &[("Farbe", "Blau"), ("Eigenschaften", "Wasserdicht"), ("Gewicht", "400 g")],
            "Die Jacke für nasse Tage, mit einer Kapuze und zwei Taschen.",
            5500,
        ),
        (
            "regenrot",
            "Regenjacke Sturm",
            "Bekleidung > Jacken",
            &[("Farbe", "Rot"), ("Eigenschaften", "Wasserdicht"), ("Gewicht", "600 g")],
            "Eine Jacke für den Sturm und die Berge.",
            5500,
        ),
        (
            "teuer",
            "Hardshell Gipfel",
            "Bekleidung > Jacken",
            &[("Farbe", "Blau"), ("Eigenschaften", "Wasserdicht"), ("Gewicht", "500 g")],
            "Für alle, die auch im Winter auf den Berg gehen.",
            19900,
        ),
        (
            "fleece",
            "Fleecejacke Herbst",
            "Bekleidung > Jacken",
            &[("Farbe", "Blau"), ("Eigenschaften", "Warm")],
            "Weich und warm für kühle Abende an der See.",
            4500,
        ),
        (
            "zelt",
            "Zelt Lager 3",
            "Camping > Zelte",
            &[("Personen", "3"), ("Gewicht", "2,4 kg")],
            "Ein Zelt für 3 Personen mit einem Vorraum.",
            19900,
        ),
        (
            "zelt2",
            "Zelt Solo",
            "Camping > Zelte",
            &[("Personen", "1"), ("Gewicht", "1,2 kg")],
            "Ein Zelt für 1 Person auf der Reise.",
            14900,
        ),
        (
            "keks",
            "Haferkekse zuckerfrei",
            "Lebensmittel > Kekse",
            &[],
            "Gebacken ohne Zucker und mit viel Hafer.",
            300,
        ),
        ("keks2", "Butterkekse", "Lebensmittel > Kekse", &[], "Mit Butter und Zucker, wie bei der Oma.", 200),
    ])
}

#[test]
fn german_is_read_in_german() {
    let shop = german();
    assert_eq!(shop.index.language().code(), "de");
    shop.check("wasserdichte Jacke unter 60 Euro in blau", &["regen"], &["regenrot", "teuer", "fleece"]);
    shop.check("Jacken", &["regen", "regenrot", "teuer", "fleece"], &["zelt"]);
    shop.check("Zelte für 3 Personen leichter als 2,5 kg", &["zelt"], &["zelt2"]);
    shop.check("zuckerfreie Kekse", &["keks"], &["keks2"]);
    shop.check("Kekse ohne Zucker", &["keks"], &["keks2"]);
    shop.check("günstigste Jacke", &["fleece"], &[]);
    shop.check("regen jacke", &["regen", "regenrot"], &[]);
}

#[test]
fn french_is_read_in_french() {
    let shop = Shop::new(&[
        (
            "bottes",
            "Bottes de pluie Rivage",
            "Chaussures > Bottes",
            &[("Couleur", "Bleu"), ("Matière", "Caoutchouc")],
            "Des bottes pour les jours de pluie, avec une semelle épaisse.",
            4900,
        ),
        (
            "cuir",
            "Bottes en cuir Vallon",
            "Chaussures > Bottes",
            &[("Couleur", "Noir"), ("Matière", "Cuir")],
            "Une botte pour la ville et les soirées dans le froid.",
            12900,
        ),
        (
            "chaise",
            "Chaise de bureau Lin",
            "Meubles > Chaises",
            &[("Largeur", "60 cm")],
            "Une chaise pour le bureau avec des accoudoirs.",
            8900,
        ),
        (
            "bureau",
            "Bureau en chêne Lac",
            "Meubles > Bureaux",
            &[("Largeur", "120 cm")],
            "Un bureau pour la maison avec un tiroir et une chaise en option.",
            24900,
        ),
        (
            "eau",
            "Bouteille d'eau isolée",
            "Cuisine > Bouteilles",
            &[],
            "Une bouteille qui garde l'eau au frais.",
            2500,
        ),
    ]);
    assert_eq!(shop.index.language().code(), "fr");
    shop.check("bottes sans cuir", &["bottes"], &["cuir"]);
    shop.check("bottes à moins de 60 euros", &["bottes"], &["cuir"]);
    shop.check("chaise de bureau", &["chaise"], &[]);
    shop.check("bottes noires", &["cuir"], &[]);
    shop.check("bouteille eau", &["eau"], &[]);
}

#[test]
fn spanish_is_read_in_spanish() {
    let shop = Shop::new(&[
        (
            "sofa",
            "Sofá de tres plazas Olmo",
            "Muebles > Sofás",
            &[("Color", "Gris"), ("Ancho", "210 cm")],
            "Un sofá para el salón con los cojines de plumas.",
            59900,
        ),
        (
            "sofa2",
            "Sofá cama Roble",
            "Muebles > Sofás",
            &[("Color", "Azul"), ("Ancho", "160 cm")],
            "El sofá que se abre para los invitados de la casa.",
            39900,
        ),
        (
            "galletas",
            "Galletas sin azúcar",
            "Alimentos > Galletas",
            &[],
            "Unas galletas de avena para el desayuno.",
            300,
        ),
        (
            "galletas2",
            "Galletas de mantequilla",
            "Alimentos > Galletas",
            &[],
            "Con mantequilla y con mucho azúcar, como las de la abuela.",
            250,
        ),
    ]);
    assert_eq!(shop.index.language().code(), "es");
    shop.check("sofá gris", &["sofa"], &["sofa2"]);
    shop.check("sofás por menos de 450 euros", &["sofa2"], &["sofa"]);
    shop.check("sofa de menos de 2 m de ancho", &["sofa2"], &["sofa"]);
    shop.check("galletas sin azucar", &["galletas"], &["galletas2"]);
}
