//! HTTP: the API, the stream and the page.
