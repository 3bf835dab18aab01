//! Products and groups of products.

use std::borrow::Cow;

use commerce::{Attribute, Attributes, CategoryPath, Image, Product, ProductId, Variant};

use super::graph::{Node, word};
use super::unit_code_table::UNIT_CODES;
use super::{offer, return_policy, review};
use crate::html_page::Page;
use crate::html_text::{Fact, plain, plain_with_facts, state};
use crate::output::Output;
use crate::row::{Row, attribute, list_values};
use crate::table_product::{option_key, settle_attributes};
use crate::variant_notes::{self, Described};
use crate::{DiagnosticCode, Record};

/// Properties that variants of a group differ in where the group does not say.
const USUAL_OPTIONS: [&str; 5] = ["size", "color", "colour", "material", "pattern"];

/// Properties that are attributes, with the name that a shopper reads.
const ATTRIBUTES: [(&str, &str); 12] = [
    ("color", "Color"),
    ("size", "Size"),
    ("material", "Material"),
    ("pattern", "Pattern"),
    ("weight", "Weight"),
    ("width", "Width"),
    ("height", "Height"),
    ("depth", "Depth"),
    ("model", "Model"),
    ("countryOfOrigin", "Country of origin"),
    ("productionDate", "Production date"),
    ("keywords", "Tags"),
];

/// Hands over the products with their reviews; gives their source ids. A product that is a variant of a group goes
/// with the group.
pub(super) fn read(
    nodes: &[Node<'_>],
    entities: &[Node<'_>],
    page: &Page,
    output: &mut Output<'_>,
) -> Vec<String> {
    let trail = breadcrumb(entities);
    let (groups, alone): (Vec<Node<'_>>, Vec<Node<'_>>) =
        nodes.iter().partition(|node| node.is("ProductGroup"));
    let mut families: Vec<(Node<'_>, Vec<Node<'_>>)> =
        groups.into_iter().map(|group| (group, group.nodes("hasVariant"))).collect();
    for node in alone {
        let is_in =
            |(_, variants): &(Node<'_>, Vec<Node<'_>>)| variants.iter().any(|known| known.is_same(&node));
        if families.iter().any(is_in) {
            continue;
        }
        match node.nodes("isVariantOf").into_iter().next() {
            Some(parent) => match families.iter_mut().find(|(group, _)| is_one(group, &parent)) {
                Some((_, variants)) => variants.push(node),
                None => families.push((parent, vec![node])),
            },
            None => families.push((node, Vec::new())),
        }
    }
    // The tables of a page with several products are about none of them alone.
    let facts = if families.len() == 1 { page.facts.as_slice() } else { &[] };
    let around = Around { trail: &trail, facts, page };
    families.iter().filter_map(|(node, variants)| read_one(node, variants, &around, output)).collect()
}

/// What a page says of its product outside of the product's own data.
struct Around<'a> {
    /// The names of its breadcrumb.
    trail: &'a [String],
    facts: &'a [Fact],
    page: &'a Page,
}

fn is_one(group: &Node<'_>, other: &Node<'_>) -> bool {
    let id = group.text("productGroupID");
    group.is_same(other) || !id.is_empty() && id == other.text("productGroupID")
}

fn read_one(
    node: &Node<'_>,
    variants: &[Node<'_>],
    around: &Around<'_>,
    output: &mut Output<'_>,
) -> Option<String> {
    let page = around.page;
    let source_id = source_id(node, page);
    let mut row = Row { output, line: 0, record: &source_id };
    let first = variants.first().unwrap_or(node);
    let title = [node, first].map(|node| plain(&node.text("name"))).into_iter().find(|name| !name.is_empty());
    let Some(title) = title else {
        let hint = "give the product a name in the structured data of its page";
        row.refuse("name", DiagnosticCode::MissingField, "the product has no name; it is left out", hint);
        return None;
    };
    let mut product = product(node, source_id.clone(), title, around);
    if product.brand.is_empty() {
        product.brand = first.text("brand").into_owned();
    }
    if variants.is_empty() {
        product.variants = offer::variants(node, &source_id, &mut row);
        if let Some(range) = offer::range(node, &mut row) {
            product.attributes.add(range);
        }
    } else {
        let options = options(node, variants);
        product.variants =
            variants.iter().map(|variant| read_variant(variant, &source_id, &options, &mut row)).collect();
        settle_attributes(&mut product);
        product.description = with_notes(&product, variants);
    }
    output.record(Record::Product(product));
    for reviewed in std::iter::once(node).chain(variants) {
        review::read_all(reviewed, &source_id, output);
        for offer in reviewed.nodes("offers") {
            offer
                .nodes("hasMerchantReturnPolicy")
                .iter()
                .for_each(|policy| return_policy::read(policy, page, output));
        }
    }
    Some(source_id)
}

/// The description of a group with what its variants are described as.
fn with_notes(product: &Product, variants: &[Node<'_>]) -> String {
    let texts: Vec<String> = variants.iter().map(|variant| plain(&variant.text("description"))).collect();
    let own = Described { name: "", text: &product.description };
    let each = product.variants.iter().zip(&texts);
    let each = each.map(|(variant, text)| Described { name: &variant.title, text });
    variant_notes::description(std::iter::once(own).chain(each))
}

fn product(node: &Node<'_>, source_id: String, title: String, around: &Around<'_>) -> Product {
    let page = around.page;
    let (description, stated) = plain_with_facts(&node.text("description"));
    let mut attributes = attributes(node);
    state(&stated, &mut attributes);
    state(around.facts, &mut attributes);
    let mut categories: Vec<CategoryPath> =
        node.texts("category").iter().filter_map(|path| category(path)).collect();
    if categories.is_empty() {
        let names = around.trail.iter().filter(|name| **name != title);
        categories.extend(CategoryPath::new(names.cloned()));
    }
    Product {
        id: ProductId::of(&[&source_id]),
        description,
        brand: node.text("brand").into_owned(),
        categories,
        url: Some(node.text("url"))
            .filter(|url| url.contains("://"))
            .map_or_else(|| page.url.clone(), Cow::into_owned),
        images: images(node),
        attributes,
        links: commerce::Links::default(),
        variants: Vec::new(),
        source_id,
        title,
    }
}

/// The id that the shop's data gives, else the address of the product or page.
pub(super) fn source_id(node: &Node<'_>, page: &Page) -> String {
    let names: &[&str] = match node.is("ProductGroup") {
        true => &["productGroupID", "sku", "productID"],
        false => &["sku", "productID", "mpn", "gtin13", "gtin", "gtin14", "gtin12", "gtin8"],
    };
    let given = node.first_text(names);
    let id = [given.as_ref(), &node.text("url"), node.id()]
        .into_iter()
        .find(|id| !id.is_empty())
        .map(str::to_owned);
    id.or_else(|| offer::only_sku(node)).unwrap_or_else(|| page.source_id.clone())
}

fn read_variant(node: &Node<'_>, product_id: &str, options: &[String], row: &mut Row<'_, '_>) -> Variant {
    let id =
        node.first_text(&["sku", "productID", "mpn", "gtin13", "gtin", "gtin14", "gtin12", "gtin8", "url"]);
    let id = [id.as_ref(), node.id(), &node.text("name")]
        .into_iter()
        .find(|id| !id.is_empty())
        .unwrap_or("")
        .to_owned();
    let mut variant = Variant::new(product_id, &id);
    offer::read_numbers(node, row, &mut variant);
    variant.offer = offer::read(node, row);
    variant.images = images(node);
    variant.url = Some(node.text("url")).filter(|url| url.contains("://")).unwrap_or_default().into_owned();
    variant.attributes = attributes(node);
    if let Some(range) = offer::range(node, row) {
        variant.attributes.add(range);
    }
    let chosen: Vec<(String, String)> =
        options.iter().filter_map(|name| Some((option_key(name), option_text(node, name)?))).collect();
    variant.title = chosen.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>().join(", ");
    variant.options = chosen.into_iter().collect();
    variant
}

/// What the variants of a group differ in.
fn options(group: &Node<'_>, variants: &[Node<'_>]) -> Vec<String> {
    let stated: Vec<String> = group.texts("variesBy").iter().map(|name| word(name).to_owned()).collect();
    if !stated.is_empty() {
        return stated;
    }
    let differs = |name: &&str| {
        let first = variants.first().and_then(|variant| option_text(variant, name));
        variants.iter().any(|variant| option_text(variant, name) != first)
    };
    USUAL_OPTIONS.into_iter().filter(differs).map(str::to_owned).collect()
}

/// What a variant states of an option, as a property or as an additional one.
fn option_text(variant: &Node<'_>, name: &str) -> Option<String> {
    let direct = variant.text(name);
    if !direct.is_empty() {
        return Some(direct.into_owned());
    }
    let key = option_key(name);
    let mut additional = variant.nodes("additionalProperty").into_iter();
    additional
        .find(|property| option_key(&property.text("name")) == key)
        .map(|property| value_text(&property))
}

fn attributes(node: &Node<'_>) -> Attributes {
    let mut attributes = Attributes::new();
    let mut add = |read: Option<Attribute>| read.into_iter().for_each(|read| attributes.add(read));
    for (property, label) in ATTRIBUTES {
        let quantities =
            node.nodes(property).iter().map(value_text).filter(|text| text.contains(' ')).collect::<Vec<_>>();
        let texts = match quantities.is_empty() {
            true => node.texts(property).into_iter().map(Cow::into_owned).collect(),
            false => quantities,
        };
        add(attribute(label, texts.iter().flat_map(|text| list_values(text))));
    }
    for property in node.nodes("additionalProperty") {
        let value = value_text(&property);
        add(attribute(&property.text("name"), list_values(&value)));
    }
    // Where all the reviews are there themselves, they are counted instead.
    for rating in node.nodes("aggregateRating").iter().filter(|rating| !is_counted(rating, node)) {
        add(rating_text(rating).and_then(|text| attribute("Average rating", [text.as_str()])));
    }
    attributes
}

/// Whether the reviews that a rating sums up are all there.
fn is_counted(rating: &Node<'_>, product: &Node<'_>) -> bool {
    let shown = product.nodes("review").len();
    let counted = rating.first_text(&["reviewCount", "ratingCount"]).parse::<usize>();
    shown > 0 && counted.is_ok_and(|counted| counted <= shown)
}

/// `4.4 of 5 from 89 reviews`, as the page states it.
fn rating_text(rating: &Node<'_>) -> Option<String> {
    let value = rating.text("ratingValue");
    let best = Some(rating.text("bestRating")).filter(|best| !best.is_empty()).unwrap_or(Cow::Borrowed("5"));
    let (count, what) = match rating.text("reviewCount") {
        reviews if reviews.is_empty() => (rating.text("ratingCount"), "ratings"),
        reviews => (reviews, "reviews"),
    };
    let is_number = |text: &str| text.parse::<f64>().is_ok();
    (is_number(&value) && is_number(&count)).then(|| format!("{value} of {best} from {count} {what}"))
}

/// The value of a property, or the range that it lies in, with its unit; empty where there is no value.
fn value_text(property: &Node<'_>) -> String {
    let value = match (property.texts("value"), property.text("minValue"), property.text("maxValue")) {
        (values, _, _) if !values.is_empty() => values.join(", "),
        (_, low, high) if low.is_empty() && high.is_empty() => return String::new(),
        (_, low, high) if high.is_empty() => format!("at least {low}"),
        (_, low, high) if low.is_empty() => format!("up to {high}"),
        (_, low, high) => format!("{low} to {high}"),
    };
    let unit = property.first_text(&["unitText", "unitCode"]);
    let unit = UNIT_CODES.iter().find(|(code, _)| unit == *code).map_or(unit.as_ref(), |(_, unit)| unit);
    format!("{value} {unit}").trim().to_owned()
}

fn images(node: &Node<'_>) -> Vec<Image> {
    let image = |(location, alt): (Cow<'_, str>, Cow<'_, str>)| Image {
        location: location.into_owned(),
        alt: alt.into_owned(),
    };
    node.addresses("image").into_iter().map(image).collect()
}

fn category(text: &str) -> Option<CategoryPath> {
    let text = plain(text);
    match text.contains('>') {
        true => CategoryPath::parse(&text, '>'),
        false => CategoryPath::new(text.split(" / ")),
    }
}

/// What shops call their home page.
const HOME: &[&str] =
    &["home", "homepage", "home page", "start", "startseite", "accueil", "inicio", "hem", "strona główna"];

/// The names of the page's breadcrumb without the home page.
fn breadcrumb(entities: &[Node<'_>]) -> Vec<String> {
    let Some(list) = entities.iter().find(|node| node.is("BreadcrumbList")) else { return Vec::new() };
    let name = |item: &Node<'_>| {
        let own = plain(&item.text("name"));
        if own.is_empty() { plain(&item.text("item")) } else { own }
    };
    let is_home = |item: &Node<'_>| {
        let address = item.addresses("item").into_iter().next().map(|(address, _)| address);
        let path = address.as_deref().map(|url| match url.split_once("://") {
            Some((_, rest)) => rest.split_once('/').map_or("", |(_, path)| path),
            None => url,
        });
        HOME.contains(&name(item).to_lowercase().as_str())
            || path.is_some_and(|path| path.trim_matches('/').is_empty())
    };
    let items = list.nodes("itemListElement");
    let is_kept = |(place, item): &(usize, &Node<'_>)| *place > 0 || !is_home(item);
    let kept = items.iter().enumerate().filter(is_kept);
    kept.map(|(_, item)| name(item)).filter(|name| !name.is_empty()).collect()
}
