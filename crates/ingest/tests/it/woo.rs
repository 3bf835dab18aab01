//! The product export of WooCommerce.

use commerce::{LinkKind, Links};
use ingest::{Format, Record};

use crate::shown::shown;
use crate::support::read;

pub(crate) const ENGLISH: &str = "\u{feff}ID,Type,SKU,\"GTIN, UPC, EAN, or ISBN\",Name,Published,Is featured?,Visibility in catalog,Short description,Description,Date sale price starts,Date sale price ends,In stock?,Stock,Backorders allowed?,Weight (kg),Length (cm),Sale price,Regular price,Categories,Tags,Images,Parent,Brands,Attribute 1 name,Attribute 1 value(s),Attribute 1 visible,Attribute 1 global,Attribute 2 name,Attribute 2 value(s),Attribute 2 visible,Attribute 2 global
7,variation,KET-R,,Kettle - Red,1,0,visible,,,,,1,4,0,,,,39.00,,,https://img.example/r.jpg,KET,,Colour,Red,,1,,,,
8,variable,KET,,Kettle,1,0,visible,Boils fast.,<p>Enamel on steel.</p>\\n<ul><li>1.7 l</li></ul>,,,1,,0,1.2,24,,,\"Kitchen > Tea\\, coffee, Kitchen, Sale\",\"stove, enamel\",\"https://img.example/k1.jpg, https://img.example/k2.jpg\",,Hearth,Colour,\"Red, Blue\",1,1,Material,\"Steel 430\\, stainless, Enamel\",1,0
9,\"variation, virtual\",,,Kettle - Blue,1,0,visible,,,2026-11-01,2026-11-30,1,0,notify,,,29.90,39.00,,,,id:8,,Colour,Blue,,1,,,,
10,simple,CUP,4006381333931,Cup,1,0,visible,,Holds tea.,,,0,0,0,0.3,,,6.5,Kitchen,,,,,Glaze,Matt,1,0,Secret,x,0,0
11,simple,OLD,,Old cup,-1,0,visible,,,,,1,,,,,,5,,,,,,,,,,,,,
12,variation,LID-S,,Lid - S,1,0,visible,,,,,1,1,0,,,,3,,,,LID,,Size,S,,,,,,
13,variation,,,Nobody's,1,0,visible,,,,,1,1,0,,,,3,,,,,,Size,S,,,,,,
14,grouped,SET,,Tea set,1,0,visible,,,,,1,,,,,,,Kitchen,,,,,,,,,,,,
15,simple,CUP,,Cup again,1,0,visible,,,,,1,,,,,,5,,,,,,,,,,,,,
";

pub(crate) const GERMAN: &str = "ID;Typ;Artikelnummer;Name;Veröffentlicht;Kurzbeschreibung;Beschreibung;Vorrätig?;Lager;\"Lieferrückstande erlaubt?\";Gewicht (g);Angebotspreis;Regulärer Preis;Kategorien;Schlagwörter;Bilder;Übergeordnetes Produkt;Attribut 1 Name;Attribut 1 Wert(e);Attribut 1 Sichtbar;Attribut 1 Global
1;simple;BRETT;Brett;1;;Eiche, geölt.;1;3,0;0;850,5;19,95;1.024,95;\"Küche > Bretter, Unkategorisiert\";;;;Holz;Eiche;1;1
2;variable;TUCH;Tuch;1;;;1;;0;;;;Küche;;;;Größe;\"S, L\";1;1
3;variation;TUCH-S;Tuch - S;1;;;0;0;0;;;8,50;;;;TUCH;Größe;S;;1
4;variation;TUCH-L;Tuch - L;1;;;backorder;;;;;9,50;;;;TUCH;Größe;L;;1
";

#[test]
fn reads_the_english_export() {
    let reading = read("woo.csv", None, ENGLISH.as_bytes());
    assert_eq!(reading.summary.formats, [Format::WooCsv]);
    let kettle = reading.products.iter().find(|product| product.source_id == "KET").unwrap();
    let images: Vec<&str> = kettle.images.iter().map(|image| image.location.as_str()).collect();
    assert_eq!(images, ["https://img.example/k1.jpg", "https://img.example/k2.jpg"]);
    insta::assert_snapshot!(shown(&reading), @r#"
    CUP: Cup |  | Kitchen
      Holds tea.
      [glaze=Matt; weight=0.3 kg] 
      - CUP "" {} $6.50 out_of_stock x0 gtin 04006381333931
    SET: Tea set |  | Kitchen
      [] 
      - SET "" {} no price in_stock
    KET: Kettle | Hearth | Kitchen > Tea, coffee & Sale
      Boils fast.
      Enamel on steel.
      - 1.7 l
      [material=Steel 430, stainless + Enamel; weight=1.2 kg; length=24 cm; tags=stove + enamel] 
      - KET-R "Red" {color=Red} $39.00 in_stock x4
      - 9 "Blue" {color=Blue} $39.00 sale $29.90 Some(2026-11-01T00:00:00Z)..Some(2026-12-01T00:00:00Z) backorder x0
    LID: Lid |  | 
      [] 
      - LID-S "S" {size=S} $3.00 in_stock x1
    ! woo.csv:6: note: [OLD] Published: the product is a draft; it is left out; publish it in the catalog to have it imported
    ! woo.csv:8: error: [13] Parent: the variation names no product; name its product by SKU or as id:123
    ! woo.csv:10: error: [CUP] SKU: the SKU or ID was there before; this row is left out; give every product and variation a SKU of its own
    ! woo.csv:7: warning: [LID] Parent: the product that the variation names is not in the table; only what its variations say of it is known; export the product with its variations
    "#);
}

#[test]
fn links_by_number_lead_to_the_products_of_these_rows() {
    let table = "ID,Type,SKU,Name,Published,Regular price,Upsells,Cross-sells\n\
        1,simple,CUP,Cup,1,5,id:2,\"id:3, POT\"\n2,simple,POT,Pot,1,9,id:1,\n3,simple,,Spoon,1,2,,id:99\n";
    let reading = read("woo.csv", None, table.as_bytes());
    let links = |kinds: [(LinkKind, &[&str]); 2]| {
        let mut links = Links::default();
        kinds.iter().for_each(|(kind, ids)| ids.iter().for_each(|id| links.add(*kind, id)));
        links
    };
    let of = |id: &str| &reading.products.iter().find(|product| product.source_id == id).unwrap().links;
    assert_eq!(*of("POT"), links([(LinkKind::UpSell, &["CUP"]), (LinkKind::CrossSell, &[])]));
    // The row of the pot comes later, and a spoon without a SKU goes by its number.
    let cup = links([(LinkKind::UpSell, &["POT"]), (LinkKind::CrossSell, &["3", "POT"])]);
    assert_eq!(reading.records, [Record::Links { product: "CUP".to_owned(), links: cup }]);
    assert_eq!(*of("3"), links([(LinkKind::UpSell, &[]), (LinkKind::CrossSell, &["99"])]));
}

#[test]
fn reads_the_german_export() {
    let reading = read("woo.csv", None, GERMAN.as_bytes());
    assert_eq!(reading.summary.formats, [Format::WooCsv]);
    insta::assert_snapshot!(shown(&reading), @r#"
    BRETT: Brett |  | Küche > Bretter
      Eiche, geölt.
      [holz=Eiche; weight=850.5 g] 
      - BRETT "" {} $1,024.95 sale $19.95 None..None in_stock x3
    TUCH: Tuch |  | Küche
      [] 
      - TUCH-S "S" {größe=S} $8.50 out_of_stock x0
      - TUCH-L "L" {größe=L} $9.50 backorder
    "#);
}

#[test]
fn reads_a_small_table_made_by_hand() {
    let table = "SKU,Name,Regular price,Images\nA,\"Pipe, 5\"\" wide\",12,https://img.example/a,b.jpg\n";
    insta::assert_snapshot!(shown(&read("woo.csv", None, table.replace("a,b", "a").as_bytes())), @r#"
    A: Pipe, 5" wide |  | 
      [] 
      - A "" {} $12.00 unknown
    "#);
}

#[test]
fn reads_groups_products_of_other_shops_and_fields_of_the_shops_own() {
    let table = "ID,Type,SKU,Name,Published,Visibility in catalog,In stock?,Stock,Weight (lbs),Regular price,Categories,Grouped products,External URL,Button text,Meta: _edit_last,Meta: burn_time,Meta: rank_math_score,Meta: certificates,Attribute 1 name,Attribute 1 value(s),Attribute 1 visible,Attribute 1 global,Attribute 1 default\n\
        1,grouped,SET,Set,1,visible,1,,,,Gifts,\"CAN, id:3, GONE\",,,1,,77,,,,,,\n\
        2,\"simple, virtual, downloadable\",CAN,Candle,1,visible,1,3,\"1,5\",12,Gifts,,,,1,40 h,77,\"Vegan, Fair\",Scent,Fig,1,0,\n\
        3,simple,,Holder,1,visible,1,,,8,Gifts,,,,1,,77,a:1:{i:0;s:1:\"\"x\"\";},,,,,\n\
        4,external,AWAY,Lantern,1,visible,1,,,30,Gifts,,https://other.example/lantern,Buy there,1,,77,,,,,,\n\
        5,simple,PRIV,Private,0,visible,1,,,30,Gifts,,,,1,,,,,,,,\n";
    insta::assert_snapshot!(shown(&read("woo.csv", None, table.as_bytes())), @r#"
    CAN: Candle |  | Gifts
      [scent=Fig; weight=1.5 lb; burn_time=40 h; certificates=Vegan + Fair] 
      - CAN "" {} $12.00 in_stock x3
    3: Holder |  | Gifts
      [] 
      - 3 "" {} $8.00 in_stock
    AWAY: Lantern |  | Gifts
      [] https://other.example/lantern
      - AWAY "" {} $30.00 in_stock
    SET: Set |  | Gifts
      [consists_of=Candle + Holder + GONE] 
      - SET "" {} no price in_stock
    ! woo.csv:6: note: [PRIV] Published: the product is private; it is left out; publish it in the catalog to have it imported
    "#);
}
