//! The product export of Magento 2.

use std::collections::BTreeMap;

use commerce::Product;
use ingest::{Format, Options};

use crate::support::{read, read_with, shared};

const HEADER: &str = "sku,store_view_code,product_type,categories,name,description,product_online,visibility,price,\
    special_price,special_price_to_date,base_image,additional_images,additional_attributes,qty,is_in_stock,\
    configurable_variations";

const PAN_S: &str = "PAN-S,,simple,,Pan 20 cm,,1,Not Visible Individually,29.9000,,,/p/s.jpg,,\
    \"has_options=0,diameter=20 cm,color=Red\",4,1,";
const PAN_L: &str = "PAN-L,,simple,,Pan 28 cm,,1,Not Visible Individually,39.9000,34.90,2026-12-24,/p/l.jpg,,\
    \"diameter=28 cm,color=Red,weight_net=1.4 kg\",0,0,";
const PAN: &str = "PAN,,configurable,\"Default Category/Kitchen,Default Category/Kitchen/Pans\",Iron pan,\
    \"<p>Cast in one piece.</p><ul><li>Oven safe</li></ul>\",1,\"Catalog, Search\",,,,no_selection,\"/p/a.jpg,/p/b.jpg\",\
    \"manufacturer=Northfire,material=Iron|Oak,care=\"\"Dry, then oil\"\",url_key=pan\",,1,\
    \"sku=PAN-S,diameter=20 cm,color=Red|sku=PAN-L,diameter=28 cm,color=Red\"";
const LID: &str = "LID,,simple,Default Category/Kitchen,Lid,Fits all pans.,1,4,12,,,,,,,,";

/// A table with every kind of row.
pub(crate) fn whole_table() -> Vec<u8> {
    table(&[PAN_S, LID, PAN, PAN_L])
}

fn table(rows: &[&str]) -> Vec<u8> {
    format!("{HEADER}\n{}\n", rows.join("\n")).into_bytes()
}

/// What matters of a product, on a few lines.
fn shown(product: &Product) -> String {
    let mut lines = vec![format!(
        "{} | {} | {} | {}",
        product.source_id,
        product.title,
        product.brand,
        product.categories.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
    )];
    for attribute in &product.attributes {
        let values: Vec<String> = attribute.values.iter().map(commerce::Value::display).collect();
        lines.push(format!("  {} = {}", attribute.key, values.join(" / ")));
    }
    for variant in &product.variants {
        let offer = &variant.offer;
        lines.push(format!(
            "  - {} | {} | {:?} | {} | sale {} | {} {:?} | {}",
            variant.source_id,
            variant.title,
            variant.options,
            offer.price.map_or_else(|| "?".to_owned(), |price| price.to_string()),
            offer
                .sale
                .as_ref()
                .map_or_else(|| "none".to_owned(), |sale| format!("{} until {:?}", sale.price, sale.until)),
            offer.availability.as_str(),
            offer.stock,
            variant.images.iter().map(|image| image.location.as_str()).collect::<Vec<_>>().join(" "),
        ));
    }
    lines.join("\n")
}

fn all_shown(products: &[Product]) -> String {
    products.iter().map(shown).collect::<Vec<_>>().join("\n")
}

#[test]
fn puts_variants_that_come_first_into_their_product() {
    let reading = read("m.csv", None, &table(&[PAN_S, PAN_L, LID, PAN]));
    assert_eq!(reading.summary.formats, [Format::MagentoCsv]);
    assert_eq!(reading.products[0].description, "Cast in one piece.\n- Oven safe");
    insta::assert_snapshot!(all_shown(&reading.products), @r#"
    PAN | Iron pan | Northfire | Kitchen > Pans
      material = Iron / Oak
      care = Dry, then oil
      - PAN-S | 20 cm, Red | {"color": "Red", "diameter": "20 cm"} | $29.90 | sale none | in_stock Some(4) | p/s.jpg
      - PAN-L | 28 cm, Red | {"color": "Red", "diameter": "28 cm"} | $39.90 | sale $34.90 until Some(2026-12-25T00:00:00Z) | out_of_stock Some(0) | p/l.jpg
    LID | Lid |  | Kitchen
      - LID |  | {} | $12.00 | sale none | unknown None |
    "#);
    insta::assert_snapshot!(reading.findings(), @"");
}

#[test]
fn finds_the_same_when_the_product_comes_first() {
    let first = read("m.csv", None, &table(&[PAN, PAN_S, LID, PAN_L]));
    let last = read("m.csv", None, &table(&[PAN_S, PAN_L, LID, PAN]));
    assert_eq!(all_shown(&first.products), all_shown(&last.products));
}

#[test]
fn reports_what_cannot_be_sold() {
    let offline = PAN_S.replace(",1,Not Visible", ",2,Not Visible");
    let twice = LID.replace("Lid", "Lid again");
    let store_view = "LID,de,simple,,Deckel,,,,,,,,,,,,";
    let nameless = ",,simple,,No SKU,,1,4,1,,,,,,,,";
    let orphan = PAN_L.replace("PAN-L", "POT-L");
    let reading =
        read("m.csv", None, &table(&[&offline, PAN_L, PAN, LID, &twice, store_view, nameless, &orphan]));
    insta::assert_snapshot!(all_shown(&reading.products), @r#"
    PAN | Iron pan | Northfire | Kitchen > Pans
      material = Iron / Oak
      care = Dry, then oil
      - PAN-L | 28 cm, Red | {"color": "Red", "diameter": "28 cm"} | $39.90 | sale $34.90 until Some(2026-12-25T00:00:00Z) | out_of_stock Some(0) | p/l.jpg
    LID | Lid |  | Kitchen
      - LID |  | {} | $12.00 | sale none | unknown None |
    "#);
    insta::assert_snapshot!(reading.findings(), @r"
    m.csv:2: note: [PAN-S] product_online: the product is switched off in the shop; it is left out; switch it on to have it imported
    m.csv:6: error: [LID] sku: the SKU was there before; this row is left out; give every product a SKU of its own
    m.csv:7: note: [LID] store_view_code: rows of single store views are left out; the rows for all stores are read; to import one store view, export it alone with names and types
    m.csv:8: error: sku: the row has no SKU; give every product its SKU
    m.csv:9: warning: [POT-L] visibility: the product is not visible on its own and no configurable product near it names it; it is left out; export it together with its configurable product, or make it visible
    ");
}

#[test]
fn says_once_that_prices_need_a_currency() {
    let reading = read_with("m.csv", None, &table(&[PAN_S, PAN_L, PAN, LID]), &Options::default());
    assert!(reading.products.iter().all(|product| product.variants.iter().all(|v| v.offer.price.is_none())));
    insta::assert_snapshot!(reading.findings(), @"m.csv:2: warning: [PAN-S] price: the prices of this table name no currency; all of them are left out; say what the shop sells in with --currency and an ISO 4217 code, such as --currency EUR");
}

#[test]
fn makes_variants_that_were_not_exported_from_what_the_product_says() {
    let product = PAN.replace("\"Catalog, Search\",,", "\"Catalog, Search\",25,");
    let reading = read("m.csv", None, &table(&[&product]));
    insta::assert_snapshot!(all_shown(&reading.products), @r#"
    PAN | Iron pan | Northfire | Kitchen > Pans
      material = Iron / Oak
      care = Dry, then oil
      - PAN-S | 20 cm, Red | {"color": "Red", "diameter": "20 cm"} | $25.00 | sale none | in_stock None | 
      - PAN-L | 28 cm, Red | {"color": "Red", "diameter": "28 cm"} | $25.00 | sale none | in_stock None |
    "#);
}

#[test]
fn reads_a_sample_store() {
    let (Some(main), Some(gear)) = (shared("luma/magento-products.csv"), shared("luma/magento-gear.csv"))
    else {
        return;
    };
    let mut products = read("products.csv", None, &main).products;
    products.extend(read("gear.csv", None, &gear).products);
    assert_eq!(products.len(), 191);
    assert_eq!(products.iter().map(|product| product.variants.len()).sum::<usize>(), 1_891);
    assert!(
        products.iter().flat_map(|product| &product.variants).all(|variant| variant.offer.price.is_some())
    );
}

/// What both exports of the sample store must agree on.
fn facts(products: &[Product]) -> BTreeMap<String, String> {
    let mut facts = BTreeMap::new();
    for product in products {
        // The Google feed carries the shop's own `url_key` as if it were a property of the goods.
        let mut stated: Vec<String> = product
            .attributes
            .iter()
            .filter(|attribute| attribute.key != "url_key")
            .map(|attribute| format!("{}={:?}", attribute.key, attribute.values))
            .collect();
        stated.sort();
        facts.insert(product.source_id.clone(), format!("{} {stated:?}", product.title.trim()));
        for variant in &product.variants {
            let offer = &variant.offer;
            let sale = offer.sale.as_ref().map(|sale| sale.price);
            let key = format!("{} {}", product.source_id, variant.source_id);
            facts.insert(
                key,
                format!(
                    "{} {:?} {:?} {sale:?} {:?} {:?}",
                    variant.title, variant.options, offer.price, offer.availability, variant.attributes
                ),
            );
        }
    }
    facts
}

#[test]
fn agrees_with_the_google_feed_of_the_same_store() {
    let names = ["luma/magento-products.csv", "luma/magento-gear.csv", "luma/google-merchant.xml"];
    let Some(files) = names.into_iter().map(shared).collect::<Option<Vec<_>>>() else { return };
    let mut magento = read("products.csv", None, &files[0]).products;
    magento.extend(read("gear.csv", None, &files[1]).products);
    let (magento, google) = (facts(&magento), facts(&read("google.xml", None, &files[2]).products));
    let differing: Vec<_> = google
        .iter()
        .filter(|(key, fact)| magento.get(*key) != Some(*fact))
        .map(|(key, fact)| {
            format!("{key}\n  google  {fact}\n  magento {}", magento.get(key).map_or("", String::as_str))
        })
        .collect();
    assert_eq!(magento.len(), google.len());
    assert!(
        differing.is_empty(),
        "{} of {}:\n{}",
        differing.len(),
        google.len(),
        differing[..differing.len().min(12)].join("\n")
    );
}
