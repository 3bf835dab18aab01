//! Models: registry, download and verification, embedded runtimes, remote clients, batching.
