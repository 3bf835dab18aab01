//! HTML pages.

use crate::shown::shown;
use crate::support::{read, shared};

pub(crate) const PAGE: &str = r##"<!doctype html>
<html><head><title>Help | Oak & Ore</title><link rel="canonical" href="https://oak.example/help">
<script>let menu = "<p>no</p>";</script><style>p { color: red }</style></head>
<body>
<header class="site-header"><a href="/">Oak & Ore</a><form><input name="q"><button>Search</button></form></header>
<nav><ul><li><a href="/pans">Pans</a></li><li><a href="/knives">Knives</a></li></ul></nav>
<main>
<h1>Help</h1>
<div class="breadcrumbs"><a href="/">Home</a> / Help</div>
<p>Everything about delivery and returns.</p>
<ul class="toc"><li><a href="#a">Delivery</a></li><li><a href="#b">Returns</a></li></ul>
<h2 id="a">Delivery</h2>
<p>We ship on weekdays. Write to <a href="mailto:hi@oak.example">hi@oak.example</a> or see <a href="/map">the map</a>.</p>
<table><tr><th>Order *</th><th>Standard</th><th>Express</th></tr>
<tr><th>Up to &euro;50</th><td>&euro;5</td><td>&euro;12</td></tr><tr><th>Over &euro;50</th><td>free</td><td>&euro;9</td></tr></table>
<p><strong>Islands</strong><br>Add two days.</p>
<h2 id="b">Returns</h2>
<p>Send it back within 60 days.</p><ol><li>Pack it.<li>Ship it.</ol>
<h3>Not accepted</h3><p>Cut cloth and {{config path="x"}} opened food.</p>
<h2>Who we are</h2><p>Two friends and a dog named Rust.</p>
</main>
<aside><h2>Bestsellers</h2><p>Our best pan costs less this week than ever before.</p></aside>
<footer><p>All rights reserved by nobody in particular, really.</p></footer>
</body></html>"##;

/// The documents of a page: id, kind, title, text.
fn documents(name: &str, html: &[u8]) -> String {
    let reading = read(name, None, html);
    let documents = reading.documents.iter().map(|document| {
        format!("=== {} [{:?}] {}\n{}", document.source_id, document.kind, document.title, document.text)
    });
    documents
        .chain((!reading.diagnostics.is_empty()).then(|| reading.findings()))
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn splits_a_page_about_several_things() {
    insta::assert_snapshot!(documents("help.html", PAGE.as_bytes()), @r"
    === https://oak.example/help [Page] Help
    Everything about delivery and returns.
    === https://oak.example/help#delivery [Shipping] Delivery
    We ship on weekdays. Write to hi@oak.example or see the map.

    Order: Up to €50; Standard: €5; Express: €12
    Order: Over €50; Standard: free; Express: €9

    # Islands

    Add two days.
    === https://oak.example/help#returns [Returns] Returns
    Send it back within 60 days.

    - Pack it.
    - Ship it.

    # Not accepted

    Cut cloth and opened food.
    === https://oak.example/help#who-we-are [Page] Who we are
    Two friends and a dog named Rust.
    ");
}

#[test]
fn keeps_a_page_about_one_thing_whole() {
    let html = "<html><title>Returns – Oak</title><body><h2>Shipping it back</h2><p>We pay the postage for it.</p>\
        <h2>Refunds</h2><dl><dt>Card</dt><dd>5 days</dd><dt>How long does a voucher last?</dt><dd>Two years.</dd></dl>";
    insta::assert_snapshot!(documents("returns.html", html.as_bytes()), @r"
    === returns.html [Returns] Returns – Oak
    # Shipping it back

    We pay the postage for it.

    # Refunds

    Card: 5 days

    # How long does a voucher last?

    Two years.
    ");
}

#[test]
fn leaves_out_pages_of_links() {
    let html = "<html><title>Menu</title><body><ul><li><a href='/a'>Pans</a></li><li><a href='/b'>Knives</a></li></ul>\
        <a href='/c'><b>20% off</b> this week only, on all our pans.</a></body></html>";
    insta::assert_snapshot!(documents("menu.html", html.as_bytes()), @r"
    === menu.html [Page] Menu
    20% off this week only, on all our pans.
    ");
}

#[test]
fn reads_questions_that_fold_out() {
    let html = "<html><title>FAQ</title><body><h1>FAQ</h1>\
        <details><summary>Is it oven safe?</summary><p>Yes, up to 250 °C.</p></details>\
        <h4><a href='#q2'>Can I put it into the dishwasher?</a></h4><div hidden>Better not.</div></body></html>";
    insta::assert_snapshot!(documents("faq.html", html.as_bytes()), @r"
    === faq.html [Faq] FAQ
    # Is it oven safe?

    Yes, up to 250 °C.

    # Can I put it into the dishwasher?

    Better not.
    ");
}

#[test]
fn survives_what_is_broken() {
    let deep = "<div>".repeat(20_000) + "text";
    assert!(read("deep.html", Some(ingest::Format::Html), deep.as_bytes()).documents.is_empty());
    let open = "<html><body><p>One whole sentence stands here.<script>never closed";
    assert_eq!(read("open.html", None, open.as_bytes()).documents.len(), 1);
}

#[test]
fn reads_the_pages_of_a_sample_store() {
    let pages =
        ["customer-service", "privacy-policy-cookie-restriction-mode", "about-us", "gear-left-menu-block"];
    let mut found = Vec::new();
    for page in pages {
        let Some(bytes) = shared(&format!("luma/pages/{page}.html")) else { return };
        let reading = read(&format!("{page}.html"), None, &bytes);
        for document in &reading.documents {
            assert!(!document.text.contains("{{") && !document.text.contains("}}"));
            found.push(format!("{} {:?} {}", document.source_id, document.kind, document.title));
        }
    }
    insta::assert_snapshot!(found.join("\n"), @r"
    customer-service.html#shipping-and-delivery Shipping Shipping and Delivery
    customer-service.html#returns-and-replacements Returns Returns and Replacements
    privacy-policy-cookie-restriction-mode.html Privacy Privacy Policy
    about-us.html Page About us
    ");
}

/// A page with this structured data and nothing to read.
fn structured(scripts: &[&str]) -> String {
    let scripts: String =
        scripts.iter().map(|json| format!("<script type=\"application/ld+json\">{json}</script>")).collect();
    let link = "<link rel='canonical' href='https://oak.example/p/jacket'>";
    let html = format!("<html><head><title>Jacket</title>{link}{scripts}</head><body></body></html>");
    shown(&read("jacket.html", None, html.as_bytes()))
}

#[test]
fn reads_a_product_with_reviews_and_a_return_policy() {
    let product = r##"{"@context": "https://schema.org", "@graph": [
        {"@type": "BreadcrumbList", "itemListElement": [{"@type": "ListItem", "name": "Home"},
            {"@type": "ListItem", "name": "Coats"}, {"@type": "ListItem", "item": {"@id": "/x", "name": "Rain"}}]},
        {"@type": "Product", "sku": "J-1", "name": "Jacket", "description": "<p>Keeps <b>dry</b>.</p>",
         "brand": {"@id": "#brand"}, "image": ["https://oak.example/j.jpg"], "gtin13": "4006381333931",
         "weight": {"@type": "QuantitativeValue", "value": 0.4, "unitCode": "KGM"},
         "additionalProperty": [{"@type": "PropertyValue", "name": "Water column", "value": 10000, "unitText": "mm"}],
         "aggregateRating": {"ratingValue": "4.5", "reviewCount": 12},
         "offers": {"@type": "Offer", "price": 79.5, "priceCurrency": "EUR", "availability": "https://schema.org/InStock",
            "priceSpecification": {"price": "99.50", "priceType": "https://schema.org/ListPrice", "priceCurrency": "EUR"},
            "hasMerchantReturnPolicy": {"@type": "MerchantReturnPolicy", "merchantReturnDays": 30,
                "returnFees": "https://schema.org/FreeReturn", "applicableCountry": "DE"}},
         "review": [{"@type": "Review", "author": {"name": "Ana"}, "datePublished": "2026-02-03",
            "reviewRating": {"ratingValue": 4}, "reviewBody": "Light & dry."},
            {"@type": "Review", "reviewRating": {"ratingValue": 11, "bestRating": 10}, "reviewBody": "Loud."}]}]}"##;
    let brand = r##"{"@id": "#brand", "@type": "Brand", "name": "Oak"}"##;
    insta::assert_snapshot!(structured(&[product, brand]), @r#"
    J-1: Jacket | Oak | Coats > Rain
      Keeps dry.
      [weight=0.4 kg; water_column=10000 mm; average_rating=4.5 of 5 from 12 reviews] https://oak.example/p/jacket
      - J-1 "" {} €99.50 sale €79.50 None..None in_stock gtin 04006381333931
    Review(Review { id: rev_hvkcmmz3wqevdnya, source_id: "J-1/Ana/2026-02-03/Light & dry.", product: ProductRef { source_ids: ["J-1"], gtins: [], mpns: [], urls: [] }, rating: Some(0.75), title: "", text: "Light & dry.", author: "Ana", written: Some(2026-02-03T00:00:00Z), is_verified: false })
    Review(Review { id: rev_4snc8gjv10kkzyer, source_id: "J-1///Loud.", product: ProductRef { source_ids: ["J-1"], gtins: [], mpns: [], urls: [] }, rating: None, title: "", text: "Loud.", author: "", written: None, is_verified: false })
    Document { id: doc_49kzj2wdjh4wktzs, source_id: "https://oak.example#return-policy DE", kind: Returns, title: "Return policy", text: "This holds for: DE.\n\nReturns are accepted within 30 days.\n\nReturns are free of charge.", url: "", products: ProductRef { source_ids: [], gtins: [], mpns: [], urls: [] }, categories: [] }
    ! jacket.html: warning: [J-1///Loud.] ratingValue: "11" is no rating from 1 to 10; it is left out; give bestRating and worstRating with it
    "#);
}

#[test]
fn reads_ranges_summaries_and_json_with_slips() {
    let product = r##"{"@type": "Product", "name": "Lamp", "offers": {"@type": "Offer", "sku": "L-1", "price": "12,50", "priceCurrency": "EUR",},
        "additionalProperty": [{"name": "Operating temperature", "minValue": -10, "maxValue": 40, "unitCode": "CEL"},
            {"name": "Load", "maxValue": "5", "unitText": "kg"}, {"name": "Left open", "unitCode": "CEL"}, ],
        "aggregateRating": {"ratingValue": "4.4", "ratingCount": 89}, "review": [{"reviewBody": "Bright, even [at], } night."}]}"##;
    insta::assert_snapshot!(structured(&[product]), @r#"
    L-1: Lamp |  | 
      [operating_temperature=-10–40 °C; load=up to 5 kg; average_rating=4.4 of 5 from 89 ratings] https://oak.example/p/jacket
      - L-1 "" {} €12.50 unknown
    Review(Review { id: rev_fztxzk37ec544m2x, source_id: "L-1///Bright, even [at], } night.", product: ProductRef { source_ids: ["L-1"], gtins: [], mpns: [], urls: [] }, rating: None, title: "", text: "Bright, even [at], } night.", author: "", written: None, is_verified: false })
    "#);
}

#[test]
fn keeps_of_a_page_what_its_questions_do_not_say() {
    let html = r##"<html><head><title>Help</title><script type="application/ld+json">{"@type": "FAQPage", "mainEntity": [
        {"@type": "Question", "name": "Do you deliver on Saturdays?", "acceptedAnswer": {"text": "<p>Yes, in all cities.</p>"}}]}</script></head>
        <body><main><h1>Help</h1><h3>Do you deliver on Saturdays?</h3><p>Yes, in all cities.</p>
        <h3>Can I pay by invoice?</h3><p>Yes, from the second order on.</p></main></body></html>"##;
    insta::assert_snapshot!(shown(&read("help.html", None, html.as_bytes())), @r##"
    Document { id: doc_5wtp90chttmznqde, source_id: "help.html#faq", kind: Faq, title: "Help", text: "# Do you deliver on Saturdays?\n\nYes, in all cities.", url: "", products: ProductRef { source_ids: [], gtins: [], mpns: [], urls: [] }, categories: [] }
    Document { id: doc_1ps8w1knv1fh4z1x, source_id: "help.html", kind: Page, title: "Help", text: "# Can I pay by invoice?\n\nYes, from the second order on.", url: "", products: ProductRef { source_ids: [], gtins: [], mpns: [], urls: [] }, categories: [] }
    "##);
}

#[test]
fn reads_a_group_of_products() {
    let group = r##"{"@context": "https://schema.org", "@type": "ProductGroup", "productGroupID": "G1", "name": "Jacket",
        "variesBy": ["https://schema.org/color", "https://schema.org/size"], "material": "Wool",
        "hasVariant": [{"@id": "#red"}, {"@type": "Product", "sku": "G1-B", "name": "Jacket blue", "color": "Blue",
            "size": "M", "offers": {"price": "80", "priceCurrency": "USD", "availability": "OutOfStock"}}]}"##;
    let variant = r##"[{"@id": "#red", "@type": "Product", "sku": "G1-R", "name": "Jacket red", "color": "Red", "size": "M",
        "offers": [{"price": "1.299,00", "priceCurrency": "USD", "availability": "InStock"}]}]"##;
    insta::assert_snapshot!(structured(&[group, variant]), @r#"
    G1: Jacket |  | 
      [material=Wool] https://oak.example/p/jacket
      - G1-R "Red, M" {color=Red, size=M} $1,299.00 in_stock
      - G1-B "Blue, M" {color=Blue, size=M} $80.00 out_of_stock
    "#);
}

#[test]
fn reads_questions_and_what_is_broken() {
    let faq = r#"{"@type": "FAQPage", "mainEntity": [{"@type": "Question", "name": "Is it warm?",
        "acceptedAnswer": {"@type": "Answer", "text": "<p>Down to 5 °C.</p>"}}]}"#;
    let nameless = r#"{"@type": "Product", "sku": "X"}"#;
    let loop_of_ids = r##"{"@id": "#a", "@type": "WebPage", "mainEntity": {"@id": "#a"}}"##;
    insta::assert_snapshot!(structured(&[faq, nameless, "{broken", loop_of_ids, ""]), @r##"
    Document { id: doc_zfb171fsyh0fmn80, source_id: "https://oak.example/p/jacket#faq", kind: Faq, title: "Jacket", text: "# Is it warm?\n\nDown to 5 °C.", url: "https://oak.example/p/jacket", products: ProductRef { source_ids: [], gtins: [], mpns: [], urls: [] }, categories: [] }
    ! jacket.html: warning: [https://oak.example/p/jacket] application/ld+json: the structured data of the page is no JSON: key must be a string at line 1 column 2; check the page with a validator for structured data
    ! jacket.html: error: [X] name: the product has no name; it is left out; give the product a name in the structured data of its page
    "##);
    let product = r#"{"@type": "Product", "sku": "X", "name": "Jacket", "offers": {"@type": "AggregateOffer",
        "lowPrice": 5, "highPrice": 9, "priceCurrency": "USD"}}"#;
    insta::assert_snapshot!(structured(&[product, faq]), @r#"
    X: Jacket |  | 
      [price_range=$5.00 to $9.00] https://oak.example/p/jacket
      - X "" {} no price unknown
    Question(Question { id: qst_mbrb2za4zreb1ny3, source_id: "https://oak.example/p/jacket#is-it-warm", product: ProductRef { source_ids: ["X"], gtins: [], mpns: [], urls: [] }, text: "Is it warm?", asked: None, answers: [Answer { text: "Down to 5 °C.", author: "", is_staff: true, answered: None }] })
    ! jacket.html: note: [X] offers: the page gives a range of prices and not what each variant costs; the range is kept as an attribute; list the offers inside the AggregateOffer, or describe the variants as a ProductGroup
    "#);
}

#[test]
fn takes_the_facts_of_a_page_about_one_product_and_leaves_out_what_its_reviews_repeat() {
    let html = r##"<html><head><title>Drill</title><script type="application/ld+json">
        [{"@type": "Product", "sku": "D1", "name": "Drill", "color": "Green", "brand": "Karst",
          "review": {"reviewBody": "Strong enough for brick, and the case is solid.", "author": "Ana", "reviewRating": {"ratingValue": 5}},
          "offers": {"price": "79", "priceCurrency": "GBP"}},
         {"@type": "BreadcrumbList", "itemListElement": [{"name": "Power tools", "item": "https://shop.example/power-tools"},
          {"name": "Drills", "item": {"@id": "https://shop.example/drills"}}, {"name": "Drill"}]}]</script></head>
        <body><main><h1>Drill</h1><p>Two gears and a metal chuck, made for brick and for wood.</p>
        <ul><li>Brushless motor</li><li>Hammer action</li></ul>
        <h2>Technical data</h2><table><tr><th>Torque</th><td>60 Nm</td></tr><tr><th>Noise</th><td>92 dB(A)</td></tr>
        <tr><th>Colour</th><td>Red</td></tr><tr><th>SKU</th><td>D1</td></tr></table>
        <h2>Delivery</h2><table><tr><td>Standard</td><td>£3.95 flat</td></tr><tr><td>Express</td><td>£7</td></tr>
        <tr><td>Islands</td><td>£12</td></tr></table>
        <h2>Reviews</h2><div>100%</div><p>Strong enough for brick, and the case is solid.</p><div>Review by Ana</div></main></body></html>"##;
    insta::assert_snapshot!(shown(&read("drill.html", None, html.as_bytes())), @r#"
    D1: Drill | Karst | Power tools > Drills
      [color=Green; torque=60 Nm; noise=92 dB] 
      - D1 "" {} £79.00 unknown
    Review(Review { id: rev_da4v5qma39a5kxky, source_id: "D1/Ana//Strong enough for brick, and the case is", product: ProductRef { source_ids: ["D1"], gtins: [], mpns: [], urls: [] }, rating: Some(1.0), title: "", text: "Strong enough for brick, and the case is solid.", author: "Ana", written: None, is_verified: false })
    Document { id: doc_w48kyhdqxd7r6g9g, source_id: "drill.html", kind: Page, title: "Drill", text: "Two gears and a metal chuck, made for brick and for wood.\n\n- Brushless motor\n- Hammer action\n\n# Delivery\n\nStandard: £3.95 flat\nExpress: £7\nIslands: £12", url: "", products: ProductRef { source_ids: ["D1"], gtins: [], mpns: [], urls: [] }, categories: [] }
    "#);
}

#[test]
fn says_that_microdata_is_not_read() {
    let html = r#"<div itemscope itemtype="https://schema.org/Product"><h1 itemprop="name">Drill</h1>
        <p itemprop="description">Two gears and a metal chuck, made for brick.</p></div>"#;
    insta::assert_snapshot!(documents("drill.html", html.as_bytes()), @r"
    === drill.html [Page] Drill
    Two gears and a metal chuck, made for brick.
    drill.html: note: [drill.html] the page describes a product as microdata, which is not read; its text is; have the shop write JSON-LD, or import the product from a feed
    ");
}
