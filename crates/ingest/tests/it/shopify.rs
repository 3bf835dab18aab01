//! The product export of Shopify.

use ingest::Format;

use crate::shown::{codes, shown};
use crate::support::read;

/// Old headers: a product with two options and pictures in rows of their own, and one without options.
pub(crate) const OLD: &str = "\u{feff}Handle,Title,Body (HTML),Vendor,Product Category,Type,Tags,Published,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Variant SKU,Variant Grams,Variant Inventory Tracker,Variant Inventory Qty,Variant Inventory Policy,Variant Price,Variant Compare At Price,Variant Barcode,Image Src,Image Position,Image Alt Text,Gift Card,Google Shopping / MPN,Google Shopping / Gender,Burn time (product.metafields.custom.burn_time),Variant Image,Variant Weight Unit,Cost per item,Status
harbor-candle,Harbor Candle,\"<p>Poured by hand.</p><ul><li>Soy wax</li></ul>\",Tern & Tide,Home & Garden > Decor > Candles,Candles,\"scented, gift\",true,Scent,Fig,Colour,Cream,HC-FIG,450,shopify,12,deny,24.00,30.00,,https://img.example/2.jpg,2,Lit candle,false,,unisex,40 h,https://img.example/fig.jpg,kg,8.00,active
harbor-candle,,,,,,,,,Fig,,Black,HC-FIG-B,450,shopify,0,continue,24.00,24.00,,https://img.example/1.jpg,1,Candle on a table,,,,,,kg,8.00,
harbor-candle,,,,,,,,,Cedar,,Cream,,500,,3,deny,26.00,,,,,,,,,,,kg,8.00,
harbor-candle,,,,,,,,,,,,,,,,,,,,https://img.example/3.jpg,3,,,,,,,,,
wick-trimmer,Wick Trimmer,Steel.,Tern & Tide,,Tools,,true,Title,Default Title,,,'00123,80,shopify,0,deny,9.50,0.00,036000291452,,,,false,WT-1,,,,g,,active
draft-lamp,Lamp,,,,,,true,Title,Default Title,,,L-1,,,,deny,10.00,,,,,,,,,,,,,draft
";

/// New headers.
pub(crate) const NEW: &str = "Title,URL handle,Description,Vendor,Product category,Type,Tags,Published on online store,Status,SKU,Barcode,Option1 name,Option1 value,Option1 Linked To,Price,Compare-at price,Inventory tracker,Inventory quantity,Continue selling when out of stock,Weight value (grams),Weight unit for display,Product image URL,Image position,Image alt text,Variant image URL,Google Shopping / Condition
Oak Desk,oak-desk,<p>Solid oak.</p>,Bole,Furniture > Desks,Desks,office; wood,TRUE,Active,OD-120,,Width,120 cm,,499.00,,shopify,2,FALSE,28000,kg,https://img.example/d1.jpg,1,Desk,,new
,oak-desk,,,,,,,,OD-160,,,160 cm,,599.00,699.00,shopify,0,TRUE,36000,kg,https://img.example/d2.jpg,2,,,
,,,,,,,,,,,,,,,,,,,,,https://img.example/d3.jpg,3,,,
Desk Lamp,,,Bole,,Lamps,,TRUE,Active,DL,,Title,Default Title,,free,,,,,,,,,,,used
";

#[test]
fn variants_of_the_same_choices_without_a_sku_are_numbered() {
    let rows = "lamp,Lamp,Color,Red,,5\n".repeat(2_000);
    let table = format!("Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price\n{rows}");
    let reading = read("shopify.csv", None, table.as_bytes());
    let ids: Vec<&str> =
        reading.products[0].variants.iter().map(|variant| variant.source_id.as_str()).collect();
    assert_eq!((ids.len(), &ids[..3]), (2_000, &["lamp:Red", "lamp:Red:2", "lamp:Red:3"][..]));
}

#[test]
fn reads_the_old_headers() {
    let reading = read("shopify.csv", None, OLD.as_bytes());
    assert_eq!(reading.summary.formats, [Format::ShopifyCsv]);
    let images = &reading.products[0].images;
    let shown_images: Vec<String> =
        images.iter().map(|image| format!("{} {}", image.location, image.alt)).collect();
    assert_eq!(
        shown_images,
        [
            "https://img.example/1.jpg Candle on a table",
            "https://img.example/2.jpg Lit candle",
            "https://img.example/3.jpg "
        ]
    );
    assert_eq!(reading.products[0].variants[0].images[0].location, "https://img.example/fig.jpg");
    insta::assert_snapshot!(shown(&reading), @r#"
    harbor-candle: Harbor Candle | Tern & Tide | Home & Garden > Decor > Candles
      Poured by hand.
      - Soy wax
      [burn_time=40 h; gender=unisex; tags=scented + gift] 
      - HC-FIG "Fig, Cream" {color=Cream, scent=Fig} $30.00 sale $24.00 None..None in_stock x12 [weight=0.45 kg]
      - HC-FIG-B "Fig, Black" {color=Black, scent=Fig} $24.00 backorder x0 [weight=0.45 kg]
      - harbor-candle:Cedar, Cream "Cedar, Cream" {color=Cream, scent=Cedar} $26.00 in_stock [weight=0.5 kg]
    wick-trimmer: Wick Trimmer | Tern & Tide | Tools
      Steel.
      [weight=80 g] 
      - 00123 "" {} $9.50 out_of_stock x0 gtin 00036000291452
    ! shopify.csv:7: note: [draft-lamp] Status: the product is a draft; it is left out; make it active and publish it to have it imported
    "#);
}

#[test]
fn reports_a_product_that_stands_twice() {
    let table = "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price,Status\n\
        vase,Vase,Title,Default Title,,19.50,active\nvase,Vase again,Title,Default Title,,21.50,active\n\
        vase,,,Default Title,V-2,22.50,\n";
    insta::assert_snapshot!(shown(&read("s.csv", None, table.as_bytes())), @r#"
    vase: Vase |  | 
      [] 
      - vase "" {} $19.50 unknown
      - V-2 "" {} $22.50 unknown
    ! s.csv:3: error: [vase] Option1 value: the product stood before; this row has neither choices nor a SKU and is left out; give every variant choices or a SKU of its own
    "#);
}

#[test]
fn reads_the_new_headers() {
    insta::assert_snapshot!(shown(&read("shopify.csv", None, NEW.as_bytes())), @r#"
    oak-desk: Oak Desk | Bole | Furniture > Desks
      Solid oak.
      [tags=office + wood] 
      - OD-120 "120 cm" {width=120 cm} $499.00 in_stock x2 [weight=28 kg]
      - OD-160 "160 cm" {width=160 cm} $699.00 sale $599.00 None..None backorder x0 [weight=36 kg]
    desk-lamp: Desk Lamp | Bole | Lamps
      [] 
      - DL "" {} no price in_stock
    ! shopify.csv:5: warning: [desk-lamp] Price: "free": the price has no digits; give an amount with its currency, such as 12.50 USD; a gift is 0.00 USD
    "#);
}

#[test]
fn tells_variants_without_or_with_the_same_sku_apart() {
    let table = "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price\n\
        cup,Cup,Size,S,C-1,5\ncup,,,M,C-1,6\ncup,,,L,,7\ncup,,,L,,8\n";
    let reading = read("shopify.csv", None, table.as_bytes());
    let ids: Vec<&str> =
        reading.products[0].variants.iter().map(|variant| variant.source_id.as_str()).collect();
    assert_eq!(ids, ["C-1", "cup:M", "cup:L", "cup:L:2"]);
    assert_eq!(codes(&reading), ["DuplicateId"]);
}

#[test]
fn goes_on_behind_broken_rows() {
    let table = "Handle,Title,Variant SKU,Variant Price\na,A,1,5\nb,B,2,5,surplus\n,,3,5\nc,C,4,-5\nd,\"D";
    let reading = read("shopify.csv", None, table.as_bytes());
    insta::assert_snapshot!(shown(&reading), @r#"
    a: A |  | 
      [] 
      - 1 "" {} $5.00 unknown
    c: C |  | 
      [] 
      - 4 "" {} no price unknown
    ! shopify.csv:3: error: the row has 5 fields and the header 4; it is left out; put quotation marks around fields that hold a separator or a line break, and double those inside
    ! shopify.csv:4: error: Handle: the row has neither a handle nor a title; give every row the handle of its product
    ! shopify.csv:5: warning: [c] Price: "-5": the price is below zero; write it as 1299.00 USD
    ! shopify.csv:6: error: the file ends in the middle of this row; the row is left out; export or copy the file again
    "#);
}

#[test]
fn hands_a_large_product_over_in_parts() {
    let mut table = "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price\n".to_owned();
    for number in 0..5_000 {
        let (title, name) = if number == 0 { ("Bead", "Shade") } else { ("", "") };
        table += &format!("bead,{title},{name},{number},B{number},1.00\n");
    }
    let products = read("shopify.csv", None, table.as_bytes()).products;
    assert_eq!(
        products.iter().map(|product| product.variants.len()).collect::<Vec<_>>(),
        [2_048, 2_048, 904]
    );
    assert!(
        products
            .iter()
            .all(|part| part.source_id == "bead" && part.variants[0].options.contains_key("shade"))
    );
}
