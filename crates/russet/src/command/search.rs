//! `russet search`: products for words and filters.

use clap::Args;
use commerce::{Availability, Currency, Money};
use jiff::Timestamp;
use search::Sort;
use server::SearchRequest;
use wire::{Constraint, ErrorCode, Facet, Hit, SearchReply, Test};

use crate::config::Config;
use crate::engine::Engine;
use crate::failure::UsageError;
use crate::output::{self, Style, counted, grouped, tame};

/// Values of a facet that are printed.
const SHOWN_VALUES: usize = 8;

/// Find products.
///
/// Words are read in the catalog's own vocabulary: prices, sizes, colours, materials and any other attribute become
/// conditions, the rest is matched with text. What had to be given up to find anything is said.
#[derive(Args, Debug)]
#[command(after_help = "\
Fields of --filter:
  price, category, brand, rating (1 to 5), availability (in_stock, out_of_stock, preorder, backorder)
  and every attribute and option of the catalog: color, size, weight … (--facets shows them, with their values;
  attribute.price is an attribute that is called like one of the fields above)

Examples:
  russet search \"waterproof jacket under $60 in blue, size M\"
  russet search tent --filter 'capacity>=3' --filter 'weight<2.5 kg' --sort price
  russet search \"power bank\" --sort -battery_capacity
  russet search shoes --filter color=Blue --filter color=Green --facets
  russet search --filter category=Tents --json | jq '.hits[].title'")]
pub(crate) struct Arguments {
    /// What to look for; may be left out where there is a filter
    #[arg(value_name = "QUERY")]
    query: Vec<String>,

    /// Condition: color=Blue, price<60, rating>=4, material!=Leather, price=20..60; the same field twice means either
    #[arg(long, short, value_name = "CONDITION")]
    filter: Vec<String>,

    /// Order: relevance, price, -price, rating, title, or an attribute that holds numbers: weight, -weight for the most first
    #[arg(long, value_name = "ORDER", value_parser = sort, allow_hyphen_values = true)]
    sort: Option<Sort>,

    /// Hits on a page, at most 100
    #[arg(long, short = 'n', value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u16).range(1..=100))]
    limit: u16,

    /// Where the page before ended
    #[arg(long, value_name = "CURSOR")]
    cursor: Option<String>,

    /// Show what else the hits could be narrowed by
    #[arg(long)]
    facets: bool,

    /// Print one JSON object, described by docs/schema/search-reply.json
    #[arg(long)]
    json: bool,
}

fn sort(name: &str) -> Result<Sort, String> {
    server::parse_sort(name)
        .ok_or_else(|| "it is relevance, price, -price, rating, title or an attribute".to_owned())
}

/// Searches and prints.
pub(crate) async fn run(config: Config, arguments: Arguments) -> anyhow::Result<()> {
    let engine = Engine::open(&config).await?;
    let snapshot = engine.current().await?;
    engine.open_embedder_of(&config, &snapshot).await?;
    let request = SearchRequest {
        query: arguments.query.join(" "),
        filters: arguments.filter,
        sort: arguments.sort,
        limit: Some(arguments.limit.into()),
        cursor: arguments.cursor,
    };
    let reply = server::search(&engine.shop, &snapshot, &request, Timestamp::now()).await;
    let reply = reply.map_err(|failure| match failure.code() {
        ErrorCode::InvalidFilter | ErrorCode::InvalidCursor | ErrorCode::InvalidRequest => {
            UsageError(failure.to_string()).into()
        }
        _ => anyhow::Error::new(failure),
    })?;
    match arguments.json {
        true => output::json(&reply),
        false => output::text(&describe(&reply, arguments.facets, Style::of_output())),
    }
}

fn describe(reply: &SearchReply, has_facets: bool, style: Style) -> String {
    let mut text = String::new();
    let currency = reply.hits.iter().find_map(|hit| hit.price).map(|price| price.currency);
    let condition = |constraint: &Constraint| condition(constraint, currency);
    let read: Vec<String> = reply.understood.constraints.iter().map(condition).collect();
    if !read.is_empty() {
        text.push_str(&style.faint(&format!("looking for {}", read.join(", "))));
        text.push('\n');
    }
    for given_up in &reply.relaxed {
        text.push_str(&format!("Nothing fits all of it; left out: {}\n", condition(given_up)));
    }
    if !reply.understood.unknown.is_empty() {
        let unknown = tame(&reply.understood.unknown.join(", "));
        text.push_str(&style.faint(&format!("nothing here is known of: {unknown}")));
        text.push('\n');
    }
    if reply.hits.is_empty() {
        text.push_str("No product fits.\n");
    }
    for (place, hit) in reply.hits.iter().enumerate() {
        text.push_str(&describe_hit(place + 1, hit, style));
    }
    if has_facets {
        text.push('\n');
        reply
            .facets
            .iter()
            .for_each(|(name, facet)| text.push_str(&describe_facet(name, facet, currency, style)));
    }
    let time = format!("{} in {:.1} ms", counted(reply.total, "product"), reply.timings_ms.total);
    text.push_str(&format!("\n{}\n", style.faint(&time)));
    if let Some(cursor) = &reply.next_cursor {
        text.push_str(&style.faint(&format!("next page: --cursor {cursor}\n")));
    }
    text
}

/// A product on a line or two.
pub(crate) fn describe_hit(place: usize, hit: &Hit, style: Style) -> String {
    let variant = hit.variant.as_ref().filter(|variant| !variant.title.is_empty());
    let variant = variant.map(|variant| format!(", {}", tame(&variant.title))).unwrap_or_default();
    let price = hit.price.map(|price| format!("  {price}")).unwrap_or_default();
    let before =
        hit.regular_price.map(|price| style.faint(&format!(" instead of {price}"))).unwrap_or_default();
    let state = match hit.availability {
        Availability::InStock | Availability::Unknown => "",
        Availability::Preorder => "  for pre-order",
        Availability::Backorder => "  ships later",
        Availability::OutOfStock => "  out of stock",
    };
    let rating =
        hit.rating.map(|rating| format!("  {:.1} of 5 ({})", rating.stars, rating.count)).unwrap_or_default();
    let id = style.faint(&tame(&hit.source_id));
    format!("{place:>3}. {}{variant}{price}{before}{state}{rating}  {id}\n", style.strong(&tame(&hit.title)))
}

fn describe_facet(name: &str, facet: &Facet, currency: Option<Currency>, style: Style) -> String {
    let values = facet.values.iter().take(SHOWN_VALUES);
    let mut parts: Vec<String> =
        values.map(|v| format!("{} ({})", tame(&v.value), grouped(v.count))).collect();
    if let (true, Some(range)) = (parts.is_empty(), &facet.range) {
        parts.push(format!("{} to {}", number(name, range.min, currency), number(name, range.max, currency)));
    }
    if facet.values.len() > SHOWN_VALUES {
        parts.push(format!("and {} more", facet.values.len() - SHOWN_VALUES));
    }
    format!("     {}  {}\n", style.strong(&tame(&facet.label)), parts.join(", "))
}

/// A condition as people say it: in the shopper's words where it came from them.
fn condition(constraint: &Constraint, currency: Option<Currency>) -> String {
    if !constraint.words.is_empty() {
        let not = if constraint.negated { "not " } else { "" };
        return tame(&format!("{not}{}", constraint.words));
    }
    let shown = |value: f64| number(&constraint.field, value, currency);
    let not = if constraint.negated { "not " } else { "" };
    let test = match &constraint.test {
        Test::AnyOf { values } => values.join(" or "),
        Test::AtMost { max } => format!("at most {}", shown(*max)),
        Test::AtLeast { min } => format!("at least {}", shown(*min)),
        Test::Between { min, max } => format!("{} to {}", shown(*min), shown(*max)),
    };
    tame(&format!("{} {not}{test}", constraint.field))
}

/// A number of a field: prices with their currency, others rounded to what people read.
fn number(field: &str, value: f64, currency: Option<Currency>) -> String {
    match currency {
        Some(currency) if field == "price" => Money::new(value.round() as i64, currency).to_string(),
        _ => format!("{}", (value * 1e4).round() / 1e4),
    }
}
