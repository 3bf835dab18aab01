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
fn what_only_one_variant_is_described_as_is_told_of_it() {
    let small =
        PAN_S.replace("Pan 20 cm,,", "Pan 20 cm,<p>Cast in one piece.</p><p>Its handle folds away.</p>,");
    let large = PAN_L.replace("Pan 28 cm,,", "Pan 28 cm,Cast in one piece.,");
    let told = "Cast in one piece.\n- Oven safe\n20 cm, Red: Its handle folds away.";
    for rows in [[&small, &large, PAN], [PAN, &small, &large]] {
        assert_eq!(read("m.csv", None, &table(&rows)).products[0].description, told);
    }
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
    insta::assert_snapshot!(reading.findings(), @r#"
    m.csv:2: note: [PAN-S] product_online: the product is switched off in the shop; it is left out; switch it on to have it imported
    m.csv:7: note: [LID] store_view_code: the table has rows of store views, such as "de"; the rows for all of them are read; to show a store view, name it: --store-view de
    m.csv:6: error: [LID] sku: the SKU was there before; this row is left out; give every product a SKU of its own
    m.csv:8: error: sku: the row has no SKU; give every product its SKU
    m.csv:9: warning: [POT-L] visibility: the product is not visible on its own and no configurable product near it names it; it is left out; export it together with its configurable product, or make it visible
    "#);
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
      - PAN-S | 20 cm, Red | {"color": "Red", "diameter": "20 cm"} | $25.00 | sale none | unknown None | 
      - PAN-L | 28 cm, Red | {"color": "Red", "diameter": "28 cm"} | $25.00 | sale none | unknown None |
    "#);
    insta::assert_snapshot!(reading.findings(), @r#"m.csv:2: warning: [PAN] configurable_variations: the table does not have "PAN-S" and 1 more; whether such variants can be had is not known; export the variants together with the product"#);
}

#[test]
fn passes_over_products_that_name_themselves_and_variants_named_twice() {
    let product =
        PAN.replace("sku=PAN-S,", "sku=PAN,diameter=1 cm|sku=PAN-L,diameter=28 cm,color=Red|sku=PAN-S,");
    let reading = read("m.csv", None, &table(&[PAN_S, PAN_L, &product]));
    let variants: Vec<_> = reading.products[0].variants.iter().map(|variant| &variant.source_id).collect();
    assert_eq!(variants, ["PAN-L", "PAN-S"]);
    insta::assert_snapshot!(reading.findings(), @"m.csv:4: warning: [PAN] configurable_variations: the product names itself as its variant; it is passed over; name the SKUs of its variants");
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

/// A shop with two languages, sets, bundles and choices, as the exporter writes them.
const FURNITURE: &str = "sku,store_view_code,product_type,categories,name,description,weight,product_online,visibility,price,special_price,special_price_from_date,special_price_to_date,additional_attributes,custom_options,bundle_values,associated_skus,configurable_variations,qty,is_in_stock
LEG,,simple,Haus/Teile,Leg,,1.2500,1,\"Catalog, Search\",12.0000,,,,\"finish=Oiled,wood=Oak\",,,,,8,1
LEG,de,,,Tischbein,,,,,,,,,finish=Geölt,,,,,,
LEG,fr,,,Pied,,,,,,,,,,,,,,,
TOP,,simple,Haus/Teile,Top,,18.5,1,\"Catalog, Search\",149.0000,129.0000,2026-03-01 00:00:00,\"3/31/26, 12:00 AM\",wood=Oak,\"name=Engraving,type=field,required=0,price=5.0000,max_characters=20|name=Edge,type=drop_down,required=1,price=0,option_title=Round|name=Edge,type=drop_down,required=1,price=9,option_title=\"\"Square, sharp\"\"\",,,,3,1
TABLE,,grouped,Haus,Table set,Put it together.,,1,\"Catalog, Search\",0.0000,,,,,,,\"TOP=1.0000,LEG=4.0000,GLUE=0.0000\",,0,1
DESK,,bundle,Haus,Desk of your choice,,,1,\"Catalog, Search\",0.0000,,,,,,\"name=Plate,type=radio,required=1,sku=TOP,price=0.0000,default=1,default_qty=1.0000|name=Legs,type=select,required=1,sku=LEG,default_qty=4.0000|name=Legs,type=select,required=1,sku=GLUE,default_qty=1.0000\",,,0,1
CHAIR,,configurable,Haus,Chair,,0.0000,1,\"Catalog, Search\",0.0000,,,,,,,,\"sku=CHAIR-R,color=Red\",0,1
CHAIR,de,,,Stuhl,,,,,,,,,,,,,,,
CHAIR-R,,simple,Haus,Chair Red,,4.2,1,Not Visible Individually,80,,,,color=Red,,,,,2,1
CHAIR-R,de,,,Stuhl rot,,,,,,,,,color=Rot,,,,,,
";

fn furniture(store_view: Option<&str>, weight_unit: Option<&str>) -> crate::support::Reading {
    let options = Options {
        default_currency: commerce::Currency::parse("EUR"),
        weight_unit: weight_unit.and_then(commerce::Unit::parse),
        store_view: store_view.map(str::to_owned),
        ..Options::default()
    };
    read_with("m.csv", None, FURNITURE.as_bytes(), &options)
}

#[test]
fn shows_what_sets_and_bundles_consist_of_and_what_can_be_chosen() {
    let reading = furniture(None, Some("kg"));
    insta::assert_snapshot!(all_shown(&reading.products), @r#"
    CHAIR | Chair |  | Haus
      - CHAIR-R | Red | {"color": "Red"} | €80.00 | sale none | in_stock Some(2) | 
    LEG | Leg |  | Teile
      finish = Oiled
      wood = Oak
      weight = 1.25 kg
      - LEG |  | {} | €12.00 | sale none | in_stock Some(8) | 
    TOP | Top |  | Teile
      wood = Oak
      weight = 18.5 kg
      customization = Engraving
      edge = Round / Square, sharp
      - TOP |  | {} | €149.00 | sale €129.00 until Some(2026-04-01T00:00:00Z) | in_stock Some(3) | 
    TABLE | Table set |  | Haus
      consists_of = Top / 4 × Leg / GLUE
      - TABLE |  | {} | ? | sale none | in_stock None | 
    DESK | Desk of your choice |  | Haus
      consists_of = Top / Legs: 4 × Leg / GLUE
      - DESK |  | {} | ? | sale none | in_stock None |
    "#);
    insta::assert_snapshot!(reading.findings(), @r#"m.csv:3: note: [LEG] store_view_code: the table has rows of store views, such as "de"; the rows for all of them are read; to show a store view, name it: --store-view de"#);
}

#[test]
fn lays_the_view_that_was_asked_for_over_what_holds_for_all() {
    let reading = furniture(Some("fr"), None);
    let titles: Vec<&str> = reading.products.iter().map(|product| product.title.as_str()).collect();
    insta::assert_snapshot!(titles.join(", "), @"Chair, Pied, Top, Table set, Desk of your choice");
    insta::assert_snapshot!(reading.findings(), @"m.csv:2: note: [LEG] weight: the weights of this table name no unit; they are left out; say which unit the shop weighs in with --weight-unit kg or --weight-unit lb");
}
