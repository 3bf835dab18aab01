//! A cap on one XML event. The XML reader gathers a text, a tag or a comment whole, so what feeds it must not let one
//! of them grow without end.

use std::io::{self, BufRead, Read};

use crate::text::{Text, read_held};

/// Text of which one event is given at most so many bytes. What an event has beyond that is dropped except for the
/// signs that can end it, so that the next event is whole again; an event that still does not end is the end.
#[derive(Default)]
pub(super) struct Bounded<'t, 's> {
    /// `None` once it has been taken from here.
    text: Option<&'t mut Text<'s>>,
    max_event_bytes: usize,
    given: usize,
}

/// An event that has been cut may still take this part of its cap in signs.
const SIGNS_PART: usize = 4;

impl<'t, 's> Bounded<'t, 's> {
    pub(super) fn new(text: &'t mut Text<'s>, max_event_bytes: usize) -> Self {
        Self { text: Some(text), max_event_bytes, given: 0 }
    }

    /// Says that a new event begins.
    pub(super) fn start_event(&mut self) {
        self.given = 0;
    }

    /// Passes over what is left of a piece of markup: up to its end, or to where the next one begins.
    pub(super) fn skip_markup(&mut self) {
        loop {
            let held = self.fill_buf().unwrap_or(&[]);
            let end = held.iter().position(|byte| matches!(byte, b'>' | b'<'));
            let count = end.map_or(held.len(), |place| place + usize::from(held[place] == b'>'));
            self.consume(count);
            if end.is_some() || count == 0 {
                return;
            }
        }
    }

    /// The line that was reached.
    pub(super) fn line(&self) -> u64 {
        self.text.as_ref().map_or(0, |text| text.line())
    }

    /// Whether an event did not end within its cap.
    pub(super) fn is_overrun(&self) -> bool {
        self.given > self.max_event_bytes + self.max_event_bytes / SIGNS_PART
    }
}

impl Read for Bounded<'_, '_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        read_held(self, into)
    }
}

impl BufRead for Bounded<'_, '_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        let is_overrun = self.is_overrun();
        let Some(text) = self.text.as_mut().filter(|_| !is_overrun) else { return Ok(&[]) };
        if self.given <= self.max_event_bytes {
            return text.fill_buf();
        }
        loop {
            let held = text.fill_buf()?;
            let length = held.len();
            match held.iter().position(|byte| b"<>[]-!?\"'&;".contains(byte)) {
                Some(place) => {
                    text.consume(place);
                    return Ok(&text.fill_buf()?[..1]);
                }
                None if length == 0 => return Ok(&[]),
                None => text.consume(length),
            }
        }
    }

    fn consume(&mut self, count: usize) {
        self.given += count;
        if let Some(text) = &mut self.text {
            text.consume(count);
        }
    }
}
