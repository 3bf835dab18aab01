//! Searches over HTTP.

use std::sync::Arc;

use axum::Json;
use axum::extract::{RawQuery, State};
use jiff::Timestamp;
use wire::{ErrorCode, SearchReply};

use crate::limit::SEARCH_DEADLINE;
use crate::{Failure, SearchRequest, Shop, parse_sort};

/// `GET /api/search?q=…&filter=…&sort=…&limit=…&cursor=…`; `filter` may stand several times.
pub(crate) async fn search(
    State(shop): State<Arc<Shop>>,
    RawQuery(query): RawQuery,
) -> Result<Json<SearchReply>, Failure> {
    let request = read(query.as_deref().unwrap_or_default())?;
    let snapshot = shop.ready()?;
    let searching = crate::search(&shop, &snapshot, &request, Timestamp::now());
    match tokio::time::timeout(SEARCH_DEADLINE, searching).await {
        Ok(reply) => reply.map(Json),
        Err(_) => Err(Failure::new(ErrorCode::TimedOut, "The search took too long.")),
    }
}

fn read(query: &str) -> Result<SearchRequest, Failure> {
    let mut request = SearchRequest::default();
    for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
        match &*name {
            "q" | "query" => request.query = value.into_owned(),
            "filter" => request.filters.push(value.into_owned()),
            "cursor" => request.cursor = Some(value.into_owned()),
            "limit" => {
                request.limit = Some(value.parse().map_err(|_| invalid("limit is a number from 1 to 100"))?)
            }
            "sort" => {
                let sort = parse_sort(&value);
                request.sort =
                    Some(sort.ok_or_else(|| invalid("sort is relevance, price, -price, rating, title or an attribute such as weight or -weight"))?);
            }
            _ => return Err(invalid("the parameters are q, filter, sort, limit and cursor")),
        }
    }
    Ok(request)
}

fn invalid(detail: &str) -> Failure {
    Failure::new(ErrorCode::InvalidRequest, format!("The search cannot be read: {detail}."))
}
