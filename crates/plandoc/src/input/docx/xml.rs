//! Reads the XML of a document as a flat run of tags and text, without ever recursing.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};

/// Deeper than any program nests, and shallow enough to bound what is kept open.
const DEEPEST: usize = 256;

/// The two names that the vocabulary of Word texts goes by.
const WORD: [&str; 2] = [
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
];

/// Why the XML of a part could not be read on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fault {
    /// Broken XML, as a damaged file has.
    Broken(String),
    /// The part ends in the middle.
    Cut,
    /// Elements nest deeper than any real document.
    TooDeep,
    /// A document type declaration, which no Word document has.
    Doctype,
    /// A reference to an entity that only such a declaration could define.
    Entity,
}

impl Fault {
    /// Whether it looks like an attack rather than an accident.
    pub(super) fn is_suspicious(&self) -> bool {
        matches!(self, Self::TooDeep | Self::Doctype | Self::Entity)
    }
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Broken(cause) => write!(f, "broken XML: {cause}"),
            Self::Cut => f.write_str("the XML ends in the middle"),
            Self::TooDeep => f.write_str("the XML nests too deep"),
            Self::Doctype => f.write_str("the XML declares a document type"),
            Self::Entity => f.write_str("the XML uses an unknown entity"),
        }
    }
}

/// One step through a part.
pub(super) enum Node<'x> {
    Open(Tag<'x>),
    Close,
    Text(Cow<'x, str>),
}

/// An opening tag.
pub(super) struct Tag<'x> {
    start: BytesStart<'x>,
    /// How many bytes of the name are the prefix of Word's own vocabulary.
    prefix: usize,
}

impl Tag<'_> {
    /// `p` for an element of Word's vocabulary, whatever prefix the file gives it; the name as
    /// written, such as `mc:Choice`, for any other.
    pub(super) fn name(&self) -> &str {
        let name = self.start.name().0;
        name.get(self.prefix..).unwrap_or(name)
    }

    /// The value of the attribute with this name, whatever its prefix.
    pub(super) fn attr(&self, name: &str) -> Option<String> {
        self.start
            .attributes()
            .with_checks(false)
            .flatten()
            .find(|attribute| attribute.key.local_name().as_ref() == name)
            .and_then(|attribute| attribute.normalized_value(XmlVersion::Implicit1_0).ok())
            .map(Cow::into_owned)
    }

    /// The `val` attribute, in which most properties keep their value.
    pub(super) fn val(&self) -> Option<String> {
        self.attr("val")
    }

    /// The `val` attribute as a number.
    pub(super) fn number(&self) -> Option<u32> {
        self.val()?.trim().parse().ok()
    }

    /// A property that is switched on by being there, unless its `val` says otherwise.
    pub(super) fn is_on(&self) -> bool {
        !matches!(self.val().as_deref(), Some("0" | "false" | "off"))
    }
}

/// A part being read.
pub(super) struct Xml<'x> {
    reader: Reader<&'x [u8]>,
    depth: usize,
    /// The prefix of Word's vocabulary with its colon, once the root element has named it.
    prefix: Option<String>,
}

impl<'x> Xml<'x> {
    pub(super) fn new(xml: &'x str) -> Self {
        let mut reader = Reader::from_str(xml);
        reader.config_mut().expand_empty_elements = true;
        Self { reader, depth: 0, prefix: None }
    }

    /// The next tag or text, or `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<Node<'x>>, Fault> {
        loop {
            let event = self.reader.read_event().map_err(|cause| Fault::Broken(cause.to_string()))?;
            match event {
                Event::Start(start) | Event::Empty(start) => return self.open(start).map(Some),
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Ok(Some(Node::Close));
                }
                Event::Text(text) => return Ok(Some(Node::Text(text.xml10_content()))),
                Event::CData(text) => return Ok(Some(Node::Text(text.xml10_content()))),
                Event::GeneralRef(entity) => {
                    let character = match entity.resolve_char_ref() {
                        Ok(Some(character)) => character,
                        Ok(None) => predefined(&entity).ok_or(Fault::Entity)?,
                        Err(cause) => return Err(Fault::Broken(cause.to_string())),
                    };
                    return Ok(Some(Node::Text(Cow::Owned(character.to_string()))));
                }
                Event::DocType(_) => return Err(Fault::Doctype),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
                Event::Eof if self.depth > 0 => return Err(Fault::Cut),
                Event::Eof => return Ok(None),
            }
        }
    }

    /// Passes over everything up to the end of the element that was just opened.
    pub(super) fn skip(&mut self) -> Result<(), Fault> {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside {
            if self.next()?.is_none() {
                return Err(Fault::Cut);
            }
        }
        Ok(())
    }

    fn open(&mut self, start: BytesStart<'x>) -> Result<Node<'x>, Fault> {
        if self.depth == DEEPEST {
            return Err(Fault::TooDeep);
        }
        self.depth += 1;
        let prefix = self.prefix.get_or_insert_with(|| word_prefix(&start));
        let prefix = if start.name().0.starts_with(prefix.as_str()) { prefix.len() } else { 0 };
        Ok(Node::Open(Tag { start, prefix }))
    }
}

/// The prefix that the root element binds to Word's vocabulary, with its colon.
fn word_prefix(root: &BytesStart<'_>) -> String {
    let binding =
        root.attributes().with_checks(false).flatten().find(|attribute| WORD.contains(&attribute.value.as_ref()));
    match binding {
        Some(binding) => binding.key.0.strip_prefix("xmlns:").map(|prefix| format!("{prefix}:")).unwrap_or_default(),
        None => "w:".to_owned(),
    }
}

fn predefined(name: &str) -> Option<char> {
    match name {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Fault, Node, Xml};

    fn read(xml: &str) -> Result<String, Fault> {
        let mut xml = Xml::new(xml);
        let mut seen = String::new();
        while let Some(node) = xml.next()? {
            match node {
                Node::Open(tag) => seen.push_str(&format!("<{}>", tag.name())),
                Node::Close => seen.push_str("</>"),
                Node::Text(text) => seen.push_str(&text),
            }
        }
        Ok(seen)
    }

    #[test]
    fn any_prefix_of_words_vocabulary_is_understood() {
        let word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
        let named = format!("<x:p xmlns:x='{word}'><x:t>甲&lt;&#20057;</x:t><m:t/></x:p>");
        assert_eq!(read(&named).unwrap(), "<p><t>甲<乙</><m:t></></>");
        let default = format!("<p xmlns='{word}'/>");
        assert_eq!(read(&default).unwrap(), "<p></>");
        assert_eq!(read("<w:p/>").unwrap(), "<p></>");
    }

    #[test]
    fn tricks_with_entities_and_nesting_are_refused() {
        assert_eq!(read("<!DOCTYPE a><a/>"), Err(Fault::Doctype));
        assert_eq!(read("<a>&boom;</a>"), Err(Fault::Entity));
        assert_eq!(read(&"<a>".repeat(10_000)), Err(Fault::TooDeep));
    }

    #[test]
    fn a_part_that_stops_in_the_middle_is_told_from_one_that_ends() {
        assert_eq!(read("<a><b>"), Err(Fault::Cut));
        assert!(matches!(read("<a></b>"), Err(Fault::Broken(_))));
    }
}
