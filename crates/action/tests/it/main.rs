//! Words in, actions and calls out.

#![expect(clippy::unwrap_used, reason = "what is missing fails the test")]

mod phrasings;
mod replies;
mod scene;
