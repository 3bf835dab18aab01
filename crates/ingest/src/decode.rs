//! Unpacking: gzip streams and zip archives, read forwards, with a cap on how much a packed byte may become.

use std::cell::Cell;
use std::io::{self, BufRead, Chain, Cursor, Read};
use std::rc::Rc;

use crate::Options;

/// How a file is packed, by its first bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Packing {
    Plain,
    Gzip,
    Zip,
}

impl Packing {
    /// Bytes that tell.
    pub(crate) const PREFIX_BYTES: usize = 4;

    pub(crate) fn of(prefix: &[u8]) -> Self {
        match prefix {
            [0x1f, 0x8b, ..] => Self::Gzip,
            [b'P', b'K', 3, 4] | [b'P', b'K', 5, 6] => Self::Zip,
            _ => Self::Plain,
        }
    }
}

/// Packed and unpacked bytes of one file so far, shared by the readers at both ends.
#[derive(Debug, Default)]
pub(crate) struct Meter {
    packed: Cell<u64>,
    unpacked: Cell<u64>,
}

/// The caller's reader: counts what it gives, and turns its failure into an end so that nothing below has to tell a
/// broken disk from a broken file.
pub(crate) struct Source<'a> {
    input: &'a mut dyn Read,
    meter: Rc<Meter>,
    failure: Rc<Cell<Option<io::Error>>>,
}

impl<'a> Source<'a> {
    pub(crate) fn new(
        input: &'a mut dyn Read,
        meter: &Rc<Meter>,
        failure: &Rc<Cell<Option<io::Error>>>,
    ) -> Self {
        Self { input, meter: Rc::clone(meter), failure: Rc::clone(failure) }
    }
}

impl Read for Source<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        loop {
            match self.input.read(into) {
                Ok(count) => {
                    self.meter.packed.set(self.meter.packed.get() + count as u64);
                    return Ok(count);
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => {
                    self.failure.set(Some(error));
                    return Ok(0);
                }
            }
        }
    }
}

/// A reader of unpacked bytes that fails where they outgrow the packed ones.
pub(crate) struct Capped<R> {
    inner: R,
    meter: Rc<Meter>,
    max_ratio: u64,
    free_bytes: u64,
}

impl<R> Capped<R> {
    pub(crate) fn new(inner: R, meter: &Rc<Meter>, options: &Options) -> Self {
        Self { inner, meter: Rc::clone(meter), max_ratio: options.max_ratio, free_bytes: options.free_bytes }
    }
}

impl<R: Read> Read for Capped<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(into)?;
        let unpacked = self.meter.unpacked.get() + count as u64;
        self.meter.unpacked.set(unpacked);
        let allowed = self.free_bytes.saturating_add(self.meter.packed.get().saturating_mul(self.max_ratio));
        if unpacked > allowed {
            return Err(io::Error::other(Bomb));
        }
        Ok(count)
    }
}

/// The error of [`Capped`].
#[derive(Debug)]
pub(crate) struct Bomb;

impl std::fmt::Display for Bomb {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the file unpacks to far more than it holds")
    }
}

impl std::error::Error for Bomb {}

/// Whether a reading failed because of a [`Bomb`].
pub(crate) fn is_bomb(error: &io::Error) -> bool {
    error.get_ref().is_some_and(|inner| inner.is::<Bomb>())
}

/// A reader whose first bytes were looked at.
pub(crate) type Peeked<R> = Chain<Cursor<Vec<u8>>, R>;

/// The first bytes of a reader, with the reader as if nothing had been read.
pub(crate) fn peek<R: BufRead>(mut reader: R, count: usize) -> io::Result<(Vec<u8>, Peeked<R>)> {
    let mut prefix = Vec::with_capacity(count);
    reader.by_ref().take(count as u64).read_to_end(&mut prefix)?;
    let again = Cursor::new(prefix.clone()).chain(reader);
    Ok((prefix, again))
}
