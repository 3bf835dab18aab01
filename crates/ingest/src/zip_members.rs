//! Zip archives, read forwards member by member (APPNOTE.TXT 6.3.10, sections 4.3.7 and 4.3.9).

use std::io::BufRead;
use std::rc::Rc;

use crate::Format;
use crate::decode::Meter;
use crate::output::Output;

/// Reads all members: feeds are read, pictures handed over.
pub(crate) fn read<R: BufRead>(
    _source: R,
    _format: Option<Format>,
    _meter: &Rc<Meter>,
    _output: &mut Output<'_>,
) {
}
