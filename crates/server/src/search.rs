//! A search from its words to the reply, for the API and the command line.

use std::time::Instant;

use jiff::Timestamp;
use search::{Constraint, SearchError, Sort, understand};
use wire::{ErrorCode, SearchReply, SearchTimings};

use crate::filter::{attribute_key, known_attributes};
use crate::{Failure, Shop, Snapshot, parse_filter, present};

/// Hits on a page when nothing is said.
const DEFAULT_LIMIT: usize = 10;
/// Hits on a page, at most.
const MAX_LIMIT: usize = 100;
/// Filters of one search, at most.
const MAX_FILTERS: usize = 32;
/// Bytes of a query, at most.
const MAX_QUERY_BYTES: usize = 2_000;

/// What is searched for.
#[derive(Clone, Debug, Default)]
pub struct SearchRequest {
    /// The shopper's words.
    pub query: String,
    /// Filters as in [`crate::parse_filter`]; several for one field count as one of them.
    pub filters: Vec<String>,
    /// The order; `None` for the one that the words ask for.
    pub sort: Option<Sort>,
    /// Hits on a page; `None` for ten.
    pub limit: Option<usize>,
    /// Where the page before ended.
    pub cursor: Option<String>,
}

/// The order of this name: `relevance`, `price`, `-price`, `rating`, `title`, or an attribute that holds numbers, with a minus
/// before it where the most comes first. Whether the catalog has such an attribute is seen when it is searched.
pub fn parse_sort(name: &str) -> Option<Sort> {
    Some(match name {
        "relevance" => Sort::Relevance,
        "price" | "price_ascending" => Sort::PriceAscending,
        "-price" | "price_descending" => Sort::PriceDescending,
        "rating" => Sort::Rating,
        "title" => Sort::Title,
        other => {
            let (name, is_descending) = match other.strip_prefix('-') {
                Some(name) => (name, true),
                None => (other, false),
            };
            let key = attribute_key(name.strip_prefix("attribute.").unwrap_or(name));
            if key.is_empty() {
                return None;
            }
            Sort::Attribute { keys: vec![key], is_descending }
        }
    })
}

/// Searches one snapshot at this time.
pub async fn search(
    shop: &Shop,
    snapshot: &Snapshot,
    request: &SearchRequest,
    now: Timestamp,
) -> Result<SearchReply, Failure> {
    let started = Instant::now();
    check(request)?;
    let asked = assistant::Ask { text: request.query.clone(), ..assistant::Ask::default() };
    let text = assistant::for_search(&snapshot.view, &asked).map_err(|error| Failure::internal(&error))?;
    let mut understood = understand(&snapshot.view.vocabulary, &text);
    understood.constraints.extend(filters(request, snapshot)?);
    let mut query = understood.query(request.limit.unwrap_or(DEFAULT_LIMIT).min(MAX_LIMIT));
    if let Some(sort) = &request.sort {
        check_sort(sort, snapshot)?;
        query.sort = sort.clone();
    }
    query.cursor = request.cursor.clone();
    let vector = if query.text.is_empty() { None } else { shop.embed(&asked, snapshot).await? };
    let index = snapshot.view.index.at(now);
    let found = index.search(&query, vector.as_deref()).map_err(|error| failure(&error))?;
    Ok(SearchReply {
        query: request.query.clone(),
        understood: wire::Understood {
            constraints: understood.constraints.iter().map(present::constraint).collect(),
            preferences: understood.preferences.iter().map(present::constraint).collect(),
            text: understood.text,
            corrections: understood
                .corrections
                .into_iter()
                .map(|c| wire::Correction { from: c.from, to: c.to })
                .collect(),
            unknown: understood.unknown,
        },
        hits: found.hits.iter().map(present::hit).collect(),
        total: found.total,
        facets: present::facets(&found.facets),
        relaxed: found.relaxed.iter().chain(&found.unmet).map(present::constraint).collect(),
        next_cursor: found.next_cursor,
        timings_ms: SearchTimings { total: started.elapsed().as_secs_f64() * 1000.0 },
    })
}

fn check(request: &SearchRequest) -> Result<(), Failure> {
    if request.query.len() > MAX_QUERY_BYTES {
        let message = format!("The query has more than {MAX_QUERY_BYTES} bytes.");
        return Err(Failure::new(ErrorCode::InvalidRequest, message));
    }
    if request.filters.len() > MAX_FILTERS {
        return Err(Failure::new(
            ErrorCode::InvalidFilter,
            format!("There are more than {MAX_FILTERS} filters."),
        ));
    }
    Ok(())
}

/// Refuses an order by what no goods state in numbers.
fn check_sort(sort: &Sort, snapshot: &Snapshot) -> Result<(), Failure> {
    let Sort::Attribute { keys, .. } = sort else { return Ok(()) };
    let terms = snapshot.view.index.terms();
    let numeric = || terms.iter().filter(|term| term.is_numeric);
    let Some(unknown) = keys.iter().find(|key| !numeric().any(|term| is_attribute(&term.field, key))) else {
        return Ok(());
    };
    let message =
        format!("Nothing in the catalog can be put in the order of \"{unknown}\": it has no such numbers.");
    let known = known_attributes(numeric()).join(", ");
    let hint = match known.is_empty() {
        true => "It can be relevance, price, -price, rating or title.".to_owned(),
        false => format!("It can be relevance, price, -price, rating, title, or one of: {known}."),
    };
    Err(Failure::new(ErrorCode::InvalidRequest, message).hint(hint))
}

fn is_attribute(field: &search::Field, key: &str) -> bool {
    matches!(field, search::Field::Attribute(own) if own == key)
}

/// The constraints of the filters: values of one field are choices, so that any of them will do.
fn filters(request: &SearchRequest, snapshot: &Snapshot) -> Result<Vec<Constraint>, Failure> {
    let mut constraints: Vec<Constraint> = Vec::new();
    for filter in &request.filters {
        let read = parse_filter(filter, &snapshot.view.index)
            .map_err(|error| Failure::new(ErrorCode::InvalidFilter, error.to_string()))?;
        let same = |known: &&mut Constraint| known.field == read.field && known.is_negated == read.is_negated;
        match (constraints.iter_mut().find(same).map(|known| &mut known.test), &read.test) {
            (Some(search::Test::AnyOf(known)), search::Test::AnyOf(more)) => {
                known.extend(more.iter().cloned())
            }
            _ => constraints.push(read),
        }
    }
    Ok(constraints)
}

/// What a client is told of an error of the index.
fn failure(error: &SearchError) -> Failure {
    match error {
        SearchError::Cursor => {
            Failure::new(ErrorCode::InvalidCursor, "The cursor does not belong to this search.")
                .hint("Begin at the first page.")
        }
        SearchError::TooManyConstraints { .. } => Failure::new(ErrorCode::InvalidFilter, error.to_string()),
        SearchError::Storage(_) | SearchError::Outdated { .. } | SearchError::Dimensions { .. } => {
            Failure::internal(error)
        }
    }
}
