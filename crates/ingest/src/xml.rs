//! XML feeds, one entry at a time: events in, a small tree in reused buffers out. No entity of the feed's own is ever
//! expanded, and what is not closed is closed with the entry it stands in.

use quick_xml::Reader;
use quick_xml::errors::{Error as XmlError, SyntaxError};
use quick_xml::events::{BytesRef, BytesStart, Event};

use crate::output::{Output, Place};
use crate::text::Text;
use crate::{DiagnosticCode, Severity};

mod bounded;
mod entry;
mod space;

use bounded::Bounded;
pub(crate) use entry::{Entry, Node};
pub(crate) use space::Space;
use space::Spaces;

/// Elements inside elements; a feed has fewer than ten.
const MAX_DEPTH: usize = 64;

/// Whether an element of this local name is an entry, inside this element outside of entries.
pub(crate) type IsEntry = fn(name: &str, inside: Option<&str>) -> bool;

/// The entries of a feed: the elements of certain names, wherever they stand.
pub(crate) struct XmlEntries<'t, 's> {
    reader: Reader<Bounded<'t, 's>>,
    is_entry: IsEntry,
    buffer: Vec<u8>,
    spaces: Spaces,
    /// The open elements outside entries.
    outside: Vec<String>,
    /// What stands before the entries: the name of the shop, its address.
    heading: Entry,
    entry: Entry,
    is_ended: bool,
    has_declared_entities: bool,
}

impl<'t, 's> XmlEntries<'t, 's> {
    pub(crate) fn new(text: &'t mut Text<'s>, is_entry: IsEntry, output: &Output<'_>) -> Self {
        Self {
            reader: reader_of(Bounded::new(text, output.options.max_row_bytes)),
            is_entry,
            buffer: Vec::new(),
            spaces: Spaces::default(),
            outside: Vec::new(),
            heading: Entry::default(),
            entry: Entry::default(),
            is_ended: false,
            has_declared_entities: false,
        }
    }

    /// What was said outside entries so far, as a flat list of elements with text.
    pub(crate) fn heading(&self) -> &Entry {
        &self.heading
    }

    /// The next whole entry; `None` at the end of the feed or when the caller wants no more. Entries that are too
    /// large are reported and left out.
    pub(crate) fn next(&mut self, output: &mut Output<'_>) -> Option<&Entry> {
        while !self.is_ended && !output.is_stopped() {
            if self.read_entry(output) {
                output.count_row();
                if self.is_small_enough(output) {
                    self.report_damage(output);
                    return Some(&self.entry);
                }
                output.count_skipped();
            }
        }
        None
    }

    /// Reads on until an entry is whole; `false` at the end.
    fn read_entry(&mut self, output: &mut Output<'_>) -> bool {
        self.entry.clear(output.options);
        loop {
            self.buffer.clear();
            self.reader.get_mut().start_event();
            let event = match self.reader.read_event_into(&mut self.buffer) {
                Ok(event) => event,
                Err(XmlError::Syntax(SyntaxError::InvalidBangMarkup)) => {
                    report_stray(self.reader.get_ref().line(), output);
                    self.skip_markup();
                    continue;
                }
                Err(error) => {
                    let ending = Ending::of(&error);
                    self.end(ending, output);
                    return false;
                }
            };
            let line = self.reader.get_ref().line();
            let place = &mut Placed {
                entry: &mut self.entry,
                heading: &mut self.heading,
                outside: &mut self.outside,
                spaces: &mut self.spaces,
                is_entry: self.is_entry,
                line,
            };
            let step = match event {
                Event::Start(start) => place.open(&start),
                Event::Empty(start) => match place.open(&start) {
                    Step::On => place.close(start.name().as_ref()),
                    step => step,
                },
                Event::End(end) => place.close(end.name().as_ref()),
                Event::Text(text) => place.text(&text),
                Event::CData(data) => place.text(&data),
                Event::GeneralRef(reference) => place.reference(&reference),
                Event::DocType(declaration) => {
                    self.has_declared_entities = declaration.contains("<!ENTITY");
                    Step::On
                }
                Event::Eof => Step::End,
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => Step::On,
            };
            match step {
                Step::On => {}
                Step::Whole => return true,
                Step::Dropped => report_dropped(line, output),
                Step::TooDeep => {
                    self.end(Ending::TooDeep, output);
                    return false;
                }
                Step::End => {
                    let is_cut_off = self.entry.is_open() || !self.outside.is_empty();
                    self.end(if is_cut_off { Ending::CutOff } else { Ending::Proper }, output);
                    return false;
                }
            }
            if std::mem::take(&mut self.has_declared_entities) {
                report_entities(line, output);
            }
        }
    }

    /// Goes on behind markup that is none: a reader that has failed reads no more, so another one takes its place.
    fn skip_markup(&mut self) {
        let mut source = std::mem::take(self.reader.get_mut());
        source.skip_markup();
        self.reader = reader_of(source);
    }

    fn end(&mut self, ending: Ending, output: &mut Output<'_>) {
        self.is_ended = true;
        let line = Some(self.reader.get_ref().line());
        if self.entry.is_open() {
            output.count_row();
            output.count_skipped();
        }
        let (code, reason, hint) = match ending {
            Ending::Proper => return,
            Ending::CutOff if self.reader.get_ref().is_overrun() => (
                DiagnosticCode::RowTooLong,
                "a piece of markup here is too long; the rest of the file is left out",
                "look for a quotation mark, a comment or a CDATA section that is never closed",
            ),
            Ending::CutOff => (
                DiagnosticCode::Truncated,
                "the file ends in the middle; what came before this line is in",
                "export or download the file again",
            ),
            Ending::Broken => (
                DiagnosticCode::Malformed,
                "this is no XML; the rest of the file is left out",
                "export the file again, or check it with an XML validator",
            ),
            Ending::TooDeep => (
                DiagnosticCode::Malformed,
                "elements are nested too deep; the rest of the file is left out",
                "close the elements, or check the file with an XML validator",
            ),
        };
        output.summary.is_cut_short = true;
        let record = self.entry.value("id");
        let place = Place { line, record: (!record.is_empty()).then_some(record), field: None };
        output.diagnose(Severity::Error, code, place, reason, hint);
    }

    /// Whether the entry is within the caps; else that is reported.
    fn is_small_enough(&self, output: &mut Output<'_>) -> bool {
        let place = Place { line: Some(self.entry.line), record: Some(self.entry.value("id")), field: None };
        if self.entry.has_too_many_nodes() {
            let reason = format!("it has more than {} elements and is left out", output.options.max_columns);
            output.diagnose(Severity::Error, DiagnosticCode::TooManyColumns, place, reason, "split it up");
            return false;
        }
        if self.entry.is_too_long() {
            let reason = format!("it has more than {} bytes and is left out", output.options.max_row_bytes);
            output.diagnose(Severity::Error, DiagnosticCode::RowTooLong, place, reason, "shorten its texts");
            return false;
        }
        true
    }

    /// Reports fields that were cut and elements that were not closed.
    fn report_damage(&self, output: &mut Output<'_>) {
        let record = Some(self.entry.value("id"));
        if let Some(name) = self.entry.cut_field() {
            output.diagnose(
                Severity::Warning,
                DiagnosticCode::FieldTooLong,
                Place { line: Some(self.entry.line), record, field: Some(name) },
                format!(
                    "the text has more than {} bytes; the rest is cut off",
                    output.options.max_field_bytes
                ),
                "shorten it",
            );
        }
        if let Some(name) = self.entry.unclosed_field() {
            output.diagnose(
                Severity::Warning,
                DiagnosticCode::Malformed,
                Place { line: Some(self.entry.line), record, field: Some(name) },
                "the element is not closed; its text may be incomplete",
                "close it, and write < as &lt; in texts",
            );
        }
    }
}

fn reader_of<'t, 's>(source: Bounded<'t, 's>) -> Reader<Bounded<'t, 's>> {
    let mut reader = Reader::from_reader(source);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    reader
}

/// What an event did.
enum Step {
    On,
    /// The entry is whole.
    Whole,
    /// An entry began inside another, which is dropped: it was never closed.
    Dropped,
    TooDeep,
    End,
}

/// How a feed ended.
enum Ending {
    Proper,
    CutOff,
    Broken,
    TooDeep,
}

impl Ending {
    fn of(error: &XmlError) -> Self {
        match error {
            XmlError::Syntax(_) | XmlError::Io(_) => Self::CutOff,
            _ => Self::Broken,
        }
    }
}

/// Where an event lands: in an entry, or in the heading.
struct Placed<'a> {
    entry: &'a mut Entry,
    heading: &'a mut Entry,
    outside: &'a mut Vec<String>,
    spaces: &'a mut Spaces,
    is_entry: IsEntry,
    line: u64,
}

impl Placed<'_> {
    fn open(&mut self, start: &BytesStart<'_>) -> Step {
        let depth = self.outside.len() + self.entry.depth();
        if depth >= MAX_DEPTH {
            return Step::TooDeep;
        }
        let attributes = start.attributes_raw();
        if attributes.contains("xmlns") {
            self.spaces.declare(depth, start);
        }
        let name = start.name();
        let (space, local) = self.spaces.resolve(name.as_ref());
        let inside = self.outside.last().map(String::as_str);
        let starts_entry = (self.is_entry)(local, inside) && space != Space::Other;
        if starts_entry {
            let was_open = self.entry.is_open();
            self.entry.restart(local, self.line);
            return if was_open { Step::Dropped } else { Step::On };
        }
        if self.entry.is_open() {
            self.entry.open(space, local);
            if attributes.len() > 1 {
                self.entry.attributes(start);
            }
        } else {
            self.outside.push(local.to_owned());
        }
        Step::On
    }

    fn close(&mut self, name: &str) -> Step {
        let local = name.trim_end().rsplit(':').next().unwrap_or(name);
        if self.entry.is_open() {
            if (self.is_entry)(local, self.outside.last().map(String::as_str)) {
                self.entry.close_all();
                self.spaces.forget(self.outside.len());
                return Step::Whole;
            }
            self.entry.close(local);
        } else if let Some(place) = self.outside.iter().rposition(|open| open == local) {
            self.outside.truncate(place);
        }
        self.spaces.forget(self.outside.len() + self.entry.depth());
        Step::On
    }

    fn text(&mut self, text: &str) -> Step {
        if self.entry.is_open() {
            self.entry.text(text);
        } else if let Some(name) = self.outside.last() {
            self.heading.add_heading(name, text);
        }
        Step::On
    }

    /// `&amp;` and `&#8364;` are what they stand for; other names are left as they are, for HTML has many of them and
    /// those that the feed declares itself are not expanded.
    fn reference(&mut self, reference: &BytesRef<'_>) -> Step {
        let mut bytes = [0u8; 4];
        let text = match reference.resolve_char_ref() {
            Ok(Some(sign)) => &*sign.encode_utf8(&mut bytes),
            _ => match reference.as_ref() {
                "amp" => "&",
                "lt" => "<",
                "gt" => ">",
                "quot" => "\"",
                "apos" => "'",
                name => return self.text(&format!("&{name};")),
            },
        };
        if self.entry.is_open() {
            self.entry.text(text);
        } else if let Some(name) = self.outside.last() {
            self.heading.add_heading(name, text);
        }
        Step::On
    }
}

fn report_stray(line: u64, output: &mut Output<'_>) {
    output.diagnose(
        Severity::Warning,
        DiagnosticCode::Malformed,
        Place { line: Some(line), ..Place::default() },
        "a declaration stands where none may; it is passed over",
        "take it out, and write < as &lt; in texts",
    );
}

fn report_dropped(line: u64, output: &mut Output<'_>) {
    output.count_row();
    output.count_skipped();
    output.diagnose(
        Severity::Error,
        DiagnosticCode::Malformed,
        Place { line: Some(line), ..Place::default() },
        "an entry begins inside another; the one before this line is left out",
        "close every entry",
    );
}

fn report_entities(line: u64, output: &mut Output<'_>) {
    output.diagnose(
        Severity::Error,
        DiagnosticCode::EntityDeclared,
        Place { line: Some(line), ..Place::default() },
        "the file declares entities of its own; they are not expanded",
        "write the text itself, and leave the document type out",
    );
}
