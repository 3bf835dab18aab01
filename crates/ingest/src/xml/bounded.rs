//! A cap on one XML event. The XML reader gathers a text, a tag or a comment whole, so what feeds it must not let one
//! of them grow without end.

use std::io::{self, BufRead, Read};

use crate::text::Text;

/// Text of which one event is given at most so many bytes. What an event has beyond that is dropped except for the
/// signs that can end it, so that the next event is whole again; an event that still does not end is the end.
pub(super) struct Bounded<'t, 's> {
    text: &'t mut Text<'s>,
    max_event_bytes: usize,
    given: usize,
}

/// An event that has been cut may still take this part of its cap in signs.
const SIGNS_PART: usize = 4;

impl<'t, 's> Bounded<'t, 's> {
    pub(super) fn new(text: &'t mut Text<'s>, max_event_bytes: usize) -> Self {
        Self { text, max_event_bytes, given: 0 }
    }

    /// Says that a new event begins.
    pub(super) fn start_event(&mut self) {
        self.given = 0;
    }

    /// The line that was reached.
    pub(super) fn line(&self) -> u64 {
        self.text.line()
    }

    /// Whether an event did not end within its cap.
    pub(super) fn is_overrun(&self) -> bool {
        self.given > self.max_event_bytes + self.max_event_bytes / SIGNS_PART
    }
}

impl Read for Bounded<'_, '_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let held = self.fill_buf()?;
        let count = held.len().min(into.len());
        into[..count].copy_from_slice(&held[..count]);
        self.consume(count);
        Ok(count)
    }
}

impl BufRead for Bounded<'_, '_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.given <= self.max_event_bytes {
            return self.text.fill_buf();
        }
        if self.is_overrun() {
            return Ok(&[]);
        }
        loop {
            let held = self.text.fill_buf()?;
            let length = held.len();
            match held.iter().position(|byte| b"<>[]-!?\"'&;".contains(byte)) {
                Some(place) => {
                    self.text.consume(place);
                    return Ok(&self.text.fill_buf()?[..1]);
                }
                None if length == 0 => return Ok(&[]),
                None => self.text.consume(length),
            }
        }
    }

    fn consume(&mut self, count: usize) {
        self.given += count;
        self.text.consume(count);
    }
}
