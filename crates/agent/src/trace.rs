//! What happened in a turn as spans, with the names of OpenTelemetry's semantic conventions for generative AI.
//!
//! One trace per turn, made from the journal alone: the same journal gives the same trace, and an exporter needs nothing
//! but to send it. <https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-agent-spans/>

mod names;
mod span;
mod spans;

pub use names::*;
pub use span::{Span, SpanKind, SpanStatus, Value as SpanValue};
pub use spans::spans;
