//! HTML pages.

use crate::support::{read, shared};

const PAGE: &str = r##"<!doctype html>
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
    insta::assert_snapshot!(documents("menu.html", html.as_bytes()), @"menu.html: note: [menu.html] the page has no text to read besides links; leave the page out; nothing of it was needed");
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
