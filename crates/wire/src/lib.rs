//! Request, response and stream types that cross the process boundary, with their JSON Schema.
//!
//! **Invariant**: other programs rely on these shapes: a field is added, never renamed, removed or given another
//! meaning, and nothing here decides anything.

mod ask;
mod claim;
mod deal;
mod doctor;
mod error;
mod hit;
mod import;
mod memory;
mod model;
mod notice;
mod pick;
mod product;
mod request;
mod review;
mod reviews;
mod schema;
mod search;
mod shop;
mod step;
mod stream;
mod table;
mod unsettled;

pub use ask::{AskReply, AskTimings, Chip, ModelUse, Recommended};
pub use claim::{Claim, Evidence, EvidenceKind, Polarity, Support};
pub use deal::{Cart, CartLine, Confirm, Confirmed, Order, OrderLine, OrderReturn, Parcel};
pub use doctor::{Check, DoctorReport, Status};
pub use error::{ErrorCode, Problem};
pub use hit::{Hit, Rating, VariantRef};
pub use import::{Counts, Diagnostic, ImportReport, ImportTimings, ImportedFile, Severity};
pub use memory::{Fact, FactEdit, FactScope, FactStatus, Memory, MemoryNote};
pub use model::{ModelEntry, ModelList};
pub use notice::{Notice, NoticeDelivery, NoticeKind, NoticeMessage};
pub use pick::{Choice, Pick, PickWeight, Sensitivity, Standing};
pub use product::{ProductReply, Stated, VariantReply};
pub use request::{AskRequest, Message, MessagePart};
pub use review::{Review, ReviewAnswer, ReviewList, ReviewVerdict};
pub use reviews::{AspectVotes, ReviewSummary};
pub use schema::schemas;
pub use search::{
    Constraint, Correction, Facet, FacetValue, NumberRange, SearchReply, SearchTimings, Test, Understood,
};
pub use shop::ShopReply;
pub use step::Step;
pub use stream::{Citation, Finding, MessageMetadata, Part, STREAM_DONE, STREAM_HEADER};
pub use table::{RowVerdict, Table, TableCell, TableColumn, TableRow};
pub use unsettled::{BooksSay, Settled, SettledAs, Settlement, Unsettled, UnsettledList, UnsettledStatus};
