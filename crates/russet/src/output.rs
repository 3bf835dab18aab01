//! Plain text for people and JSON for programs, on standard output.

use std::io::{self, IsTerminal, Write};

use serde::Serialize;

/// Prints one object for programs: on one line, so that many of them make a file of lines.
pub(crate) fn json(object: &impl Serialize) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    // As an I/O error, so that a reader who has seen enough is told from a fault.
    serde_json::to_writer(&mut out, object).map_err(io::Error::from)?;
    out.write_all(b"\n")?;
    Ok(())
}

/// Prints text for people.
pub(crate) fn text(text: &str) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(())
}

/// Tells people something while the command works, beside its output.
pub(crate) fn note(text: &str) {
    // Where nobody reads the note, the work goes on.
    let _ = writeln!(io::stderr(), "{text}");
}

/// Faint and strong text where a terminal shows it, plain text elsewhere and where `NO_COLOR` is set.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Style {
    is_rich: bool,
}

impl Style {
    /// The style of standard output.
    pub(crate) fn of_output() -> Self {
        Self { is_rich: io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none() }
    }

    /// Strong text.
    pub(crate) fn strong(self, text: &str) -> String {
        self.wrap("1", text)
    }

    /// Faint text.
    pub(crate) fn faint(self, text: &str) -> String {
        self.wrap("2", text)
    }

    fn wrap(self, code: &str, text: &str) -> String {
        if self.is_rich && !text.is_empty() { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }
}

/// Removes what a feed could use to steer the terminal: control characters other than line breaks.
pub(crate) fn tame(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() || *c == '\n').collect()
}

/// A number with groups of three digits.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `1 warning`, `2 warnings`.
pub(crate) fn counted(number: u64, noun: &str) -> String {
    format!("{} {noun}{}", grouped(number), if number == 1 { "" } else { "s" })
}

/// Bytes as people say them.
pub(crate) fn bytes(bytes: u64) -> String {
    const UNITS: [&str; 4] = ["kB", "MB", "GB", "TB"];
    let mut size = bytes as f64;
    let mut unit = "bytes";
    for next in UNITS {
        if size < 1000.0 {
            break;
        }
        (size, unit) = (size / 1000.0, next);
    }
    if unit == "bytes" { format!("{bytes} bytes") } else { format!("{size:.1} {unit}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_well() {
        assert_eq!([grouped(7), grouped(1234), grouped(1_000_000)], ["7", "1,234", "1,000,000"]);
        assert_eq!([counted(1, "error"), counted(0, "error")], ["1 error", "0 errors"]);
        assert_eq!([bytes(12), bytes(2_340_000)], ["12 bytes", "2.3 MB"]);
    }

    #[test]
    fn a_feed_cannot_steer_the_terminal() {
        assert_eq!(tame("a\x1b[2Jb\nc\u{9b}d"), "a[2Jb\ncd");
    }
}
