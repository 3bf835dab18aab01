//! Fixtures, fakes and test servers.
