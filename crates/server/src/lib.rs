//! HTTP: the API, the stream and the page. Here, and in `conversation`, the types of the domain meet those of the wire, so
//! the command line turns its searches and answers into JSON here as well.
//!
//! **Invariant**: a request reads one [`Snapshot`] from beginning to end, holds one place among a fixed number of
//! them, and is refused at once where there is none.

mod ask;
mod examples;
mod filter;
mod headers;
mod limit;
mod listen;
mod present;
mod problem;
mod request_id;
mod route;
mod search;
mod shop;

pub use ask::{Parts, Question, Reader, ask};
pub use examples::examples;
pub use filter::{FilterError, parse_filter};
pub use limit::{ASK_DEADLINE, MAX_BODY_BYTES, SEARCH_DEADLINE};
pub use listen::{Options, serve};
pub use problem::Failure;
pub use route::router;
pub use search::{SearchRequest, parse_sort, search};
pub use shop::{Phrasing, Picture, Pictures, Shop, Snapshot};
