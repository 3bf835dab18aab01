//! Which drawings are harmless. An SVG is a program for a browser unless it is kept to shapes, so anything that is not
//! known to be a shape, a colour or a text is refused; nothing is repaired.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// The elements that draw and do nothing else; those of filters start with `fe`.
const ELEMENTS: &[&str] = &[
    "svg",
    "g",
    "defs",
    "symbol",
    "use",
    "title",
    "desc",
    "metadata",
    "path",
    "rect",
    "circle",
    "ellipse",
    "line",
    "polyline",
    "polygon",
    "text",
    "tspan",
    "textPath",
    "linearGradient",
    "radialGradient",
    "stop",
    "clipPath",
    "mask",
    "pattern",
    "marker",
    "filter",
    "style",
    "switch",
];
/// How deep elements may stand in each other.
const MAX_DEPTH: usize = 200;
/// How much of the head is searched for the first element.
const MAX_HEAD_BYTES: usize = 4096;

/// Whether the bytes start like a drawing: `<svg` is the first element.
pub(crate) fn is_svg(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(MAX_HEAD_BYTES)]);
    let mut rest = head.trim_start_matches('\u{feff}').trim_start();
    loop {
        let end = match rest {
            _ if rest.starts_with("<?") => "?>",
            _ if rest.starts_with("<!--") => "-->",
            _ if rest.starts_with("<!") => ">",
            _ => return rest.starts_with("<svg") || rest.starts_with("<svg:svg"),
        };
        let Some((_, after)) = rest.split_once(end) else { return false };
        rest = after.trim_start();
    }
}

/// What speaks against a drawing, if anything does.
pub(crate) fn find_danger(bytes: &[u8]) -> Option<String> {
    let mut reader = Reader::from_reader(bytes);
    let (mut depth, mut is_style) = (0usize, false);
    loop {
        let danger = match reader.read_event() {
            Err(error) => Some(format!("it is not well-formed: {error}")),
            Ok(Event::Eof) => return (depth > 0).then(|| "it ends too early".to_owned()),
            Ok(Event::DocType(text)) => text.contains('[').then(|| "it declares entities".to_owned()),
            Ok(Event::PI(_)) => Some("it has a processing instruction".to_owned()),
            Ok(Event::Start(element)) => {
                depth += 1;
                is_style = element.local_name().as_ref() == "style";
                in_element(&element)
                    .or_else(|| (depth > MAX_DEPTH).then(|| "it is nested too deep".to_owned()))
            }
            Ok(Event::End(_)) => {
                depth = depth.saturating_sub(1);
                is_style = false;
                None
            }
            Ok(Event::Empty(element)) => in_element(&element),
            Ok(Event::Text(text)) if is_style => in_style(&text),
            Ok(Event::CData(text)) if is_style => in_style(&text),
            Ok(Event::GeneralRef(_)) if is_style => Some("its style has references".to_owned()),
            Ok(_) => None,
        };
        if danger.is_some() {
            return danger;
        }
    }
}

fn in_element(element: &BytesStart<'_>) -> Option<String> {
    let name = element.local_name().as_ref().to_owned();
    if !ELEMENTS.contains(&name.as_str()) && !name.starts_with("fe") || name == "feImage" {
        return Some(format!("it has an element <{name}>"));
    }
    element.attributes().find_map(|attribute| {
        let Ok(attribute) = attribute else { return Some("an attribute is not well-formed".to_owned()) };
        let key = attribute.key.local_name().as_ref().to_lowercase();
        let Ok(value) = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0) else {
            return Some(format!("{key} has an unknown entity"));
        };
        match key.as_str() {
            "href" | "src" if !value.trim_start().starts_with('#') => {
                Some(format!("{key} leads outside the drawing"))
            }
            _ if key.starts_with("on") => Some(format!("it has a script in {key}")),
            _ => in_style(&value),
        }
    })
}

/// Styles may name parts of the drawing itself, nothing else. Escapes could hide a name, so there are none.
fn in_style(text: &str) -> Option<String> {
    let text: String = text.to_lowercase().chars().filter(|c| !c.is_whitespace()).collect();
    let leads_outside =
        text.split("url(").skip(1).any(|target| !target.trim_start_matches(['"', '\'']).starts_with('#'));
    if leads_outside || text.contains("@import") || text.contains("image-set(") {
        return Some("a style leads outside the drawing".to_owned());
    }
    (text.contains('\\') || text.contains("javascript:") || text.contains("expression("))
        .then(|| "a style hides what it names".to_owned())
}
