//! The shopping conversation: understand, retrieve, reason, compose, verify.
