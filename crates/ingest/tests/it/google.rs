//! Google Merchant product data and reviews.

use commerce::ReviewId;
use ingest::Record;

use crate::shown::shown;
use crate::support::read;

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:merchant="http://base.google.com/ns/1.0"><channel><title>Shop &amp; Co</title><link>https://shop.example</link>
"#;

#[test]
fn reads_any_prefix_and_all_kinds_of_fields() {
    let feed = format!(
        "{HEAD}{}</channel></rss>",
        r#"<item><merchant:id>D1</merchant:id><title>Plain title</title><merchant:title>Cordless <![CDATA[<b>Drill</b>]]> 18&nbsp;V</merchant:title>
<merchant:description>&lt;p&gt;Strong.&lt;/p&gt;&lt;ul&gt;&lt;li&gt;Light&lt;/li&gt;&lt;/ul&gt;</merchant:description>
<merchant:product_highlight>Two batteries</merchant:product_highlight>
<merchant:link>https://shop.example/d1</merchant:link><merchant:image_link>https://shop.example/d1.jpg</merchant:image_link>
<merchant:additional_image_link>https://shop.example/a,b.jpg,https://shop.example/c.jpg</merchant:additional_image_link>
<merchant:price>129.00 EUR</merchant:price><merchant:sale_price>99.00 EUR</merchant:sale_price>
<merchant:sale_price_effective_date>2026-02-24T11:07+0100/2026-02-28T23:07+0100</merchant:sale_price_effective_date>
<merchant:availability>in stock</merchant:availability><merchant:gtin>4006381333931</merchant:gtin>
<merchant:google_product_category>Hardware &gt; Tools &gt; Drills</merchant:google_product_category>
<merchant:material>Steel/Plastic</merchant:material><merchant:product_weight>1.4 kg</merchant:product_weight>
<merchant:product_detail><merchant:section_name>Power</merchant:section_name><merchant:attribute_name>Voltage</merchant:attribute_name><merchant:attribute_value>18 V</merchant:attribute_value></merchant:product_detail>
<merchant:shipping><merchant:country>DE</merchant:country><merchant:price>4.90 EUR</merchant:price></merchant:shipping>
<merchant:cost_of_goods_sold>50 EUR</merchant:cost_of_goods_sold><merchant:energy_efficiency_class>A+</merchant:energy_efficiency_class>
<merchant:question_and_answer><merchant:question>Is a case included?</merchant:question><merchant:answer>Yes.</merchant:answer></merchant:question_and_answer>
<media:title xmlns:media="http://search.yahoo.com/mrss/">Not this</media:title></item>"#
    );
    insta::assert_snapshot!(shown(&read("feed.xml", None, feed.as_bytes())), @r#"
    D1: Cordless Drill 18 V |  | Hardware > Tools > Drills
      Strong.
      - Light
      - Two batteries
      [material=Steel + Plastic; voltage=18 V; shipping=to DE: €4.90; weight=1.4 kg; energy_efficiency_class=A+] https://shop.example/d1
      - D1 "" {} €129.00 sale €99.00 Some(2026-02-24T10:07:00Z)..Some(2026-02-28T22:07:00Z) in_stock gtin 04006381333931
    Question(Question { id: qst_4rh1mq2vtwfmrgqb, source_id: "D1?Is a case included?", product: ProductRef { source_ids: ["D1"], gtins: [], mpns: [], urls: [] }, text: "Is a case included?", asked: None, answers: [Answer { text: "Yes.", author: "", is_staff: true, answered: None }] })
    Shop(Shop { name: "Shop & Co", currency: None, url: "https://shop.example" })
    "#);
}

fn item(fields: &str) -> String {
    format!("<item>{fields}</item>\n")
}

fn feed(items: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?>\n<rss xmlns:g=\"http://base.google.com/ns/1.0\"><channel>\n{items}</channel></rss>"
    )
}

const LAMP: &str = "<g:id>L1</g:id><g:title>Lamp</g:title><g:price>$12.5</g:price>";

#[test]
fn reports_wrong_fields_and_reads_on() {
    let items = [
        item(
            "<g:id>A</g:id><g:title>&lt;b&gt;Mug&lt;/b&gt;</g:title><g:price>1.299,00 €</g:price><g:gtin>4006381333932</g:gtin><g:quantity>-3</g:quantity><g:availability>maybe</g:availability>",
        ),
        item("<g:id>B</g:id><g:title>Gift</g:title><g:price>free</g:price>"),
        item("<g:id>C</g:id><g:title>Nothing</g:title>"),
        item("<g:id>D</g:id><g:price>5 USD</g:price>"),
        item(LAMP),
        item(LAMP),
        item(
            "<g:id>E</g:id><g:title>Sale</g:title><g:price>5 USD</g:price><g:sale_price>6 USD</g:sale_price><g:link>javascript:alert(1)</g:link>",
        ),
    ];
    insta::assert_snapshot!(shown(&read("bad.xml", None, feed(&items.concat()).as_bytes())), @r#"
    A: Mug |  | 
      [] 
      - A "" {} €1,299.00 unknown x0
    L1: Lamp |  | 
      [] 
      - L1 "" {} $12.50 unknown
    E: Sale |  | 
      [] 
      - E "" {} $5.00 unknown
    ! bad.xml:3: warning: [A] availability: "maybe" is no availability; use in_stock, out_of_stock, preorder or backorder
    ! bad.xml:3: warning: [A] quantity: "-3" is below zero; it is taken as none left; give a whole number from 0 on
    ! bad.xml:3: warning: [A] gtin: "4006381333932": the last digit of the GTIN should be 1; the number is left out; give the number under the bar code with all its digits, as text and not as a number
    ! bad.xml:4: error: [B] price: "free": the price has no digits; the item is left out; give an amount with its currency, such as 12.50 USD; a gift is 0.00 USD
    ! bad.xml:5: error: [C] price: the price is blank; the item is left out; give an amount with its currency, such as 12.50 USD; a gift is 0.00 USD
    ! bad.xml:6: error: [D] title: the item has no title and is left out; every item needs an id and a title
    ! bad.xml:8: error: [L1] id: another item before it has the same id; this one is left out; give every variant an id of its own
    ! bad.xml:9: warning: [E] sale_price: the sale price is above the price; give a lower amount in the same currency, or none
    ! bad.xml:9: warning: [E] link: "javascript:alert(1)" is no address of the web; it is left out; give the whole address, such as https://shop.example/product
    "#);
}

#[test]
fn keeps_what_came_before_a_cut() {
    let whole = feed(&[item(LAMP), item("<g:id>L2</g:id><g:title>Second lamp</g:title>")].concat());
    let cut = &whole[..whole.find("Second").unwrap() + 3];
    insta::assert_snapshot!(shown(&read("cut.xml", None, cut.as_bytes())), @r#"
    L1: Lamp |  | 
      [] 
      - L1 "" {} $12.50 unknown
    ! cut.xml:4: error: [L2] the file ends in the middle; what came before this line is in; export or download the file again
    "#);
}

#[test]
fn expands_no_entity_of_a_feed() {
    let bomb = format!(
        "<?xml version=\"1.0\"?>\n<!DOCTYPE rss [<!ENTITY a \"lol\"><!ENTITY b \"&a;&a;&a;\"><!ENTITY x SYSTEM \"file:///etc/passwd\">]>\n{}",
        feed(&item("<g:id>A</g:id><g:title>Mug &b; &x; &amp; &#8364;</g:title><g:price>5 USD</g:price>"))
            .replace("<?xml version=\"1.0\"?>\n", "")
    );
    insta::assert_snapshot!(shown(&read("bomb.xml", None, bomb.as_bytes())), @r#"
    A: Mug &b; &x; & € |  | 
      [] 
      - A "" {} $5.00 unknown
    ! bomb.xml:2: error: the file declares entities of its own; they are not expanded; write the text itself, and leave the document type out
    "#);
}

#[test]
fn reads_groups_that_point_at_each_other_and_groups_that_come_back() {
    let row = |id: &str, group: &str, size: &str, weight: &str| {
        item(&format!(
            "<g:id>{id}</g:id><g:title>Mug - {size}</g:title><g:price>5 USD</g:price><g:size>{size}</g:size>\
             <g:item_group_id>{group}</g:item_group_id><g:product_weight>{weight}</g:product_weight>"
        ))
    };
    let items = [row("A", "B", "S", "1 kg"), row("B", "A", "M", "2 kg"), row("C", "B", "L", "3 kg")];
    insta::assert_snapshot!(shown(&read("cycle.xml", None, feed(&items.concat()).as_bytes())), @r#"
    B: Mug |  | 
      [weight=1 kg] 
      - A "S" {size=S} $5.00 unknown
    A: Mug |  | 
      [weight=2 kg] 
      - B "M" {size=M} $5.00 unknown
    B: Mug |  | 
      [] 
      - C "L" {size=L} $5.00 unknown [weight=3 kg]
    ! cycle.xml:4: warning: [B] the row is in a group and its id is the name of another group; groups are not followed; give all variants of a product the same group, which is no variant's id
    "#);
}

#[test]
fn reads_atom_and_tables_alike() {
    let atom = r#"<feed xmlns="http://www.w3.org/2005/Atom" xmlns:g="http://base.google.com/ns/1.0"><title>Shop</title>
<entry><g:id>P1</g:id><title>Player</title><link href="https://shop.example/p1"/><summary>Plays.</summary><g:price>50 USD</g:price>
<g:item_group_id>P</g:item_group_id><g:color>Red</g:color><g:product_type>Audio &gt; Players</g:product_type>
<g:product_detail><g:section_name>General</g:section_name><g:attribute_name>Modes</g:attribute_name><g:attribute_value>Shuffle, Repeat</g:attribute_value></g:product_detail></entry></feed>"#;
    let table = "id\ttitle\tlink\tdescription\tprice\titem group id\tcolor\tproduct type\tproduct_detail\n\
        P1\tPlayer\thttps://shop.example/p1\tPlays.\t50 USD\tP\tRed\tAudio > Players\tGeneral:Modes:Shuffle, Repeat\n";
    let (atom, table) = (read("a.xml", None, atom.as_bytes()), read("t.txt", None, table.as_bytes()));
    assert_eq!(atom.products, table.products);
    insta::assert_snapshot!(shown(&table), @r#"
    P: Player |  | Audio > Players
      Plays.
      [modes=Shuffle + Repeat] https://shop.example/p1
      - P1 "Red" {color=Red} $50.00 unknown
    "#);
}

#[test]
fn reads_reviews_of_both_versions() {
    let feed = r#"<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns:vc="http://www.w3.org/2007/XMLSchema-versioning"><version>2.4</version><publisher><name>Shop</name></publisher>
<deleted_reviews><review_id>99</review_id></deleted_reviews><reviews>
<review><review_id>1</review_id><reviewer><name is_anonymous="true">Anonymous</name></reviewer><review_timestamp>2026-03-14T09:30:00+01:00</review_timestamp>
<title>Fine</title><content>Warm &amp; dry.</content><pros><pro>Warm</pro><pro>Light</pro></pros><cons><con>Loud</con></cons>
<ratings><overall min="1" max="10">10</overall></ratings><products><product><product_ids><gtins><gtin>4006381333931</gtin></gtins><skus><sku>A</sku></skus></product_ids><product_url>https://shop.example/a</product_url></product></products><is_verified_purchase>true</is_verified_purchase></review>
<review><review_id>2</review_id><content>No product</content></review>
<review><review_id>4</review_id><content>Buy pills</content><products><product><product_ids><skus><sku>A</sku></skus></product_ids></product></products><is_spam>true</is_spam></review>
<review><review_id>3</review_id><reviewer><name>Kim</name></reviewer><ratings><overall min="1" max="5">8</overall></ratings><content>Bad scale</content><products><product><product_ids><skus><sku>A</sku></skus></product_ids></product></products></review>
</reviews></feed>"#;
    insta::assert_snapshot!(shown(&read("reviews.xml", None, feed.as_bytes())), @r#"
    WithdrawnReview(rev_hrbswd2r77wvx6kj)
    Review(Review { id: rev_v2kwsy61kn2q4h02, source_id: "1", product: ProductRef { source_ids: ["A"], gtins: ["04006381333931"], mpns: [], urls: ["https://shop.example/a"] }, rating: Some(1.0), title: "Fine", text: "Warm & dry.\nPros: Warm; Light\nCons: Loud", author: "", written: Some(2026-03-14T08:30:00Z), is_verified: true })
    WithdrawnReview(rev_8c842qr3mvr0jzc3)
    Review(Review { id: rev_06q9dhqr0dp0eyrs, source_id: "3", product: ProductRef { source_ids: ["A"], gtins: [], mpns: [], urls: [] }, rating: None, title: "", text: "Bad scale", author: "Kim", written: None, is_verified: false })
    ! reviews.xml:7: error: [2] products: the review names no product and is left out; give a SKU, a GTIN, an MPN or the product's address
    ! reviews.xml:8: note: [4] is_spam: the feed says that the review is spam; it is left out; say false where it is none
    ! reviews.xml:9: warning: [3] overall: "8" is no rating from 1 to 5; it is left out; give a number between min and max
    "#);
}

#[test]
fn reviews_that_the_feed_takes_back_are_withdrawn_and_those_without_an_id_get_one() {
    let about =
        "<products><product><product_ids><skus><sku>A</sku></skus></product_ids></product></products>";
    let feed = format!(
        "<feed><version>2.3</version><reviews><review><review_id>1</review_id><is_deleted>true</is_deleted></review>\
         <review><reviewer><name>Kim</name></reviewer><review_timestamp>2026-03-14T09:30:00Z</review_timestamp><content>Warm.\
         </content>{about}</review></reviews><deleted_reviews>\n<review_id> 2&amp;3 </review_id><review_id></review_id>\
         <deleted_review><review_id>4</review_id></deleted_review></deleted_reviews></feed>"
    );
    let reading = read("reviews.xml", None, feed.as_bytes());
    let withdrawn = |id: &str| Record::WithdrawnReview(ReviewId::of(&[id]));
    let mut records = reading.records.clone();
    let Record::Review(review) = records.remove(1) else { panic!("{records:?}") };
    assert_eq!(review.source_id, "A/Kim/2026-03-14T09:30:00Z/Warm.");
    assert_eq!(records, [withdrawn("1"), withdrawn("2&3"), withdrawn("4")]);
    assert_eq!(
        (reading.summary.withdrawn, reading.summary.reviews, reading.findings()),
        (3, 1, String::new())
    );
}

#[test]
fn reads_what_tells_a_shopper_something() {
    let fields = "<g:id>C1</g:id><g:title>Coffee</g:title><g:price>9.90 EUR</g:price><g:item_group_id>C</g:item_group_id>\
        <g:availability>preorder</g:availability><g:availability_date>2026-12-24T13:00-0800</g:availability_date>\
        <g:multipack>6</g:multipack><g:is_bundle>yes</g:is_bundle><g:condition>refurbished</g:condition>\
        <g:unit_pricing_measure>1.5 kg</g:unit_pricing_measure><g:unit_pricing_base_measure>100 g</g:unit_pricing_base_measure>\
        <g:shipping_weight>1.8 kg</g:shipping_weight><g:shipping_length>20 cm</g:shipping_length>\
        <g:size>M</g:size><g:size_system>EU</g:size_system><g:size_type>petite</g:size_type>\
        <g:certification><g:certification_authority>EC</g:certification_authority><g:certification_name>EPREL</g:certification_name>\
        <g:certification_code>123456</g:certification_code></g:certification>\
        <g:energy_efficiency_class>A</g:energy_efficiency_class><g:max_energy_efficiency_class>G</g:max_energy_efficiency_class>\
        <g:product_highlight>Roasted slowly</g:product_highlight><g:description>&lt;table&gt;&lt;tr&gt;&lt;td&gt;Roast&lt;/td&gt;\
        &lt;td&gt;Dark&lt;/td&gt;&lt;/tr&gt;&lt;/table&gt;</g:description>";
    insta::assert_snapshot!(shown(&read("feed.xml", None, feed(&item(fields)).as_bytes())), @r#"
    C: Coffee |  | 
      Roast: Dark
      - Roasted slowly
      [eprel=123456; availability_date=2026-12-24; multipack=6; is_bundle=Yes; contents=1.5 kg; shipping_weight=1.8 kg; shipping_length=20 cm; size_system=EU; size_type=petite; energy_efficiency_class=A; max_energy_efficiency_class=G; roast=Dark] 
      - C1 "M" {size=M} €9.90 preorder
    "#);
}

#[test]
fn reads_what_a_purchase_brings_with_it() {
    let fields = "<g:id>P1</g:id><g:title>Phone</g:title><g:price>900 EUR</g:price>\
        <g:installment><g:months>24</g:months><g:amount>35.00 EUR</g:amount><g:downpayment>60 EUR</g:downpayment></g:installment>\
        <g:subscription_cost><g:period>month</g:period><g:period_length>12</g:period_length><g:amount>20 EUR</g:amount></g:subscription_cost>\
        <g:loyalty_program><g:program_label>Club</g:program_label><g:price>850 EUR</g:price></g:loyalty_program>\
        <g:shipping><g:country>DE</g:country><g:service>Standard</g:service><g:price>4.90 EUR</g:price></g:shipping>\
        <g:shipping><g:country>AT</g:country><g:price>0 EUR</g:price></g:shipping>\
        <g:min_handling_time>1</g:min_handling_time><g:max_handling_time>3</g:max_handling_time>\
        <g:pickup_method>reserve</g:pickup_method><g:pickup_sla>same day</g:pickup_sla><g:shipping_label>heavy</g:shipping_label>\
        <g:consumer_notice><g:notice_type>safety_warning</g:notice_type><g:notice_message>Keep away from fire.</g:notice_message></g:consumer_notice>";
    let table = "id\ttitle\tprice\tinstallment\tsubscription cost\tloyalty program\tshipping\tmin handling time\tmax handling time\tpickup method\tpickup SLA\tconsumer notice\n\
        P1\tPhone\t900 EUR\t24:35.00 EUR:60 EUR\tmonth:12:20 EUR\tClub::850 EUR\tDE::Standard:4.90 EUR,AT:::0 EUR\t1\t3\treserve\tsame day\tsafety_warning:Keep away from fire.\n";
    let of_feed = read("feed.xml", None, feed(&item(fields)).as_bytes());
    let of_table = read("feed.tsv", None, table.as_bytes());
    assert_eq!(of_feed.products, of_table.products);
    let shown: Vec<String> = of_feed.products[0]
        .attributes
        .iter()
        .map(|stated| {
            let values: Vec<String> = stated.values.iter().map(commerce::Value::display).collect();
            format!("{}: {}", stated.label, values.join(" + "))
        })
        .collect();
    insta::assert_snapshot!(shown.join("\n"), @r"
    Installments: 24 monthly payments of €35.00, €60.00 down
    Subscription: €20.00 a month for 12 months
    Member price: €850.00 with Club
    Shipping: Standard to DE: €4.90 + to AT: free
    Notice: safety warning: Keep away from fire.
    Handling time: 1–3 days
    Store pickup: reserve online and pay in the store, ready the same day
    ");
}
