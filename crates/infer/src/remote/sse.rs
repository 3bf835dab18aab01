//! Server-sent events (WHATWG HTML, section 9.2): bytes in, the data of whole events out.

/// Bytes of one event that are kept; an answer's events are a few hundred.
const MAX_EVENT_BYTES: usize = 1 << 20;

/// A reader of one stream.
#[derive(Debug, Default)]
pub(super) struct Sse {
    line: Vec<u8>,
    data: Option<Vec<u8>>,
}

/// An event grew beyond its cap.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct TooLong;

impl Sse {
    /// Adds bytes and gives the data of the events that they complete.
    pub(super) fn push(&mut self, bytes: &[u8]) -> Result<Vec<String>, TooLong> {
        let mut events = Vec::new();
        for &byte in bytes {
            match byte {
                b'\n' => events.extend(self.end_line()),
                byte => self.line.push(byte),
            }
            if self.line.len() + self.data.as_ref().map_or(0, Vec::len) > MAX_EVENT_BYTES {
                return Err(TooLong);
            }
        }
        Ok(events)
    }

    /// The data of the last event of a stream that ended without an empty line.
    pub(super) fn finish(&mut self) -> Option<String> {
        // The first ends a line that was cut off, if there is one, the second the event.
        self.end_line().or_else(|| self.end_line())
    }

    /// An empty line ends an event, a line with data adds to it, and all others are passed over.
    fn end_line(&mut self) -> Option<String> {
        let line = std::mem::take(&mut self.line);
        let line = line.strip_suffix(b"\r").unwrap_or(&line);
        if line.is_empty() {
            return self.data.take().map(|data| String::from_utf8_lossy(&data).into_owned());
        }
        if let Some(data) = line.strip_prefix(b"data:") {
            let data = data.strip_prefix(b" ").unwrap_or(data);
            match &mut self.data {
                Some(earlier) => {
                    earlier.push(b'\n');
                    earlier.extend_from_slice(data);
                }
                None => self.data = Some(data.to_vec()),
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STREAM: &str =
        "data: {\"a\":1}\n\n: a comment\r\nevent: x\r\ndata: é\r\ndata:two\r\n\r\n\n\ndata: [DONE]\n";

    fn read(cut: usize) -> Vec<String> {
        let mut sse = Sse::default();
        let mut events = Vec::new();
        for piece in STREAM.as_bytes().chunks(cut) {
            events.extend(sse.push(piece).unwrap());
        }
        events.extend(sse.finish());
        events
    }

    #[test]
    fn events_do_not_depend_on_where_the_bytes_are_cut() {
        for cut in 1..STREAM.len() {
            assert_eq!(read(cut), ["{\"a\":1}", "é\ntwo", "[DONE]"], "cut at {cut}");
        }
    }

    #[test]
    fn an_event_without_end_is_refused() {
        let mut sse = Sse::default();
        let flood = vec![b'x'; MAX_EVENT_BYTES + 1];
        assert_eq!(sse.push(&flood), Err(TooLong));
    }
}
