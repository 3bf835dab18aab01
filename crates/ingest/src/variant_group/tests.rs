use super::*;

fn row(id: &str, title: &str, choices: &[(&'static str, &str)], attributes: &[(&str, &str)]) -> FlatRow {
    let stated = choices.iter().map(|(key, text)| (*key, *text)).chain(attributes.iter().copied());
    FlatRow {
        line: 1,
        product_id: "P".to_owned(),
        is_grouped: true,
        title: title.to_owned(),
        description: String::new(),
        brand: String::new(),
        categories: Vec::new(),
        url: String::new(),
        images: Vec::new(),
        attributes: stated.filter_map(|(key, text)| Attribute::parse(key, [text])).collect(),
        choices: choices
            .iter()
            .map(|(key, text)| Choice {
                key,
                text: (*text).to_owned(),
                is_usual: matches!(*key, "size" | "color"),
            })
            .collect(),
        variant: Variant::new("P", id),
    }
}

fn shown(rows: Vec<FlatRow>) -> String {
    let product = grouped(rows, true).unwrap();
    let attributes = |all: &Attributes| {
        all.iter()
            .map(|one| {
                format!(
                    "{}={}",
                    one.key,
                    one.values.iter().map(commerce::Value::display).collect::<Vec<_>>().join("+")
                )
            })
            .collect::<Vec<_>>()
            .join(" ")
    };
    let mut text = format!("{} [{}]", product.title, attributes(&product.attributes));
    for variant in &product.variants {
        let options: Vec<String> =
            variant.options.iter().map(|(key, text)| format!("{key}={text}")).collect();
        text.push_str(&format!(
            "\n{}: {} [{}]",
            variant.title,
            options.join(" "),
            attributes(&variant.attributes)
        ));
    }
    text
}

#[test]
fn takes_options_out_of_titles() {
    let rows = vec![
        row("1", "Chaz Hoodie - XS, Black", &[("color", "Black"), ("size", "XS")], &[("climate", "Cool")]),
        row("2", "Chaz Hoodie - S, Black", &[("color", "Black"), ("size", "S")], &[("climate", "Cool")]),
    ];
    insta::assert_snapshot!(shown(rows), @r"
    Chaz Hoodie [climate=Cool]
    XS, Black: color=Black size=XS []
    S, Black: color=Black size=S []
    ");
}

#[test]
fn finds_titles_without_separators_by_what_they_share() {
    let rows = vec![
        row("1", "Trail Runner 4 Red 42", &[("color", "Red"), ("size", "42")], &[("material", "Mesh")]),
        row("2", "Trail Runner 4 Blue 42", &[("color", "Blue"), ("size", "42")], &[("material", "Mesh")]),
    ];
    insta::assert_snapshot!(shown(rows), @r"
    Trail Runner 4 [size=42 material=Mesh]
    Red: color=Red []
    Blue: color=Blue []
    ");
}

#[test]
fn takes_in_attributes_that_tell_variants_apart() {
    let rows = vec![
        row("1", "Phone 9 128 GB", &[("color", "Black")], &[("Storage", "128 GB"), ("Screen", "6.1 in")]),
        row("2", "Phone 9 256 GB", &[("color", "Black")], &[("Storage", "256 GB"), ("Screen", "6.1 in")]),
    ];
    insta::assert_snapshot!(shown(rows), @r"
    Phone 9 [color=Black screen=6.1 in]
    128 GB: storage=128 GB []
    256 GB: storage=256 GB []
    ");
}

#[test]
fn keeps_titles_that_end_in_no_option() {
    let rows = vec![row("1", "Mug - The Big One", &[("color", "Red")], &[])];
    insta::assert_snapshot!(shown(rows), @r"
    Mug - The Big One []
    Red: color=Red []
    ");
}

#[test]
fn reads_options_in_brackets_and_with_their_names() {
    let split = |title: &str| {
        let row = row("1", title, &[("size", "M"), ("color", "Black/White")], &[]);
        title::split(title, &row.choices).map(|(base, named)| {
            format!(
                "{base} + {}",
                named.iter().map(|choice| choice.text.as_str()).collect::<Vec<_>>().join(" + ")
            )
        })
    };
    assert_eq!(split("Tee (Black/White, Size M)").as_deref(), Some("Tee + Black/White + M"));
    assert_eq!(split("Tee, Color: black/white").as_deref(), Some("Tee + Black/White"));
    assert_eq!(split("Tee - Men"), None);
    assert_eq!(split("M"), None);
}
