//! What the tags of HTML do to text.

/// The elements that are kept track of; all others are passed through as if they were not there.
const KNOWN: [&str; 79] = [
    "a",
    "abbr",
    "address",
    "article",
    "aside",
    "audio",
    "b",
    "big",
    "blockquote",
    "body",
    "button",
    "canvas",
    "caption",
    "center",
    "cite",
    "code",
    "dd",
    "del",
    "details",
    "dir",
    "div",
    "dl",
    "dt",
    "em",
    "fieldset",
    "figcaption",
    "figure",
    "font",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "html",
    "i",
    "ins",
    "label",
    "legend",
    "li",
    "main",
    "menu",
    "nav",
    "noframes",
    "object",
    "ol",
    "optgroup",
    "option",
    "p",
    "pre",
    "s",
    "section",
    "select",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "summary",
    "sup",
    "svg",
    "table",
    "tbody",
    "td",
    "template",
    "tfoot",
    "th",
    "thead",
    "tr",
    "tt",
    "u",
    "ul",
    "var",
    "video",
    "listing",
    "nobr",
];

/// The known element of this name.
pub(super) fn known(name: &[u8]) -> Option<&'static str> {
    KNOWN.into_iter().find(|known| known.as_bytes() == name)
}

/// Elements whose content is never text of the page; the tokenizer hands it over in one piece.
pub(super) fn is_raw(name: &[u8]) -> bool {
    matches!(name, b"script" | b"style" | b"title" | b"textarea" | b"iframe" | b"noembed" | b"noscript" | b"xmp")
}

/// Whether the element begins and ends a line.
pub(super) fn is_block(name: &str) -> bool {
    !matches!(
        name,
        "a" | "abbr"
            | "b"
            | "big"
            | "button"
            | "cite"
            | "code"
            | "del"
            | "em"
            | "font"
            | "i"
            | "ins"
            | "label"
            | "nobr"
            | "s"
            | "small"
            | "span"
            | "strike"
            | "strong"
            | "sub"
            | "sup"
            | "tt"
            | "u"
            | "var"
    )
}

/// The level of a heading element.
pub(super) fn heading(name: &str) -> Option<u8> {
    match name.as_bytes() {
        [b'h', level @ b'1'..=b'6'] => Some(level - b'0'),
        _ => None,
    }
}

/// Which open elements an opening tag closes, up to the first of the elements after them.
pub(super) fn implied_ends(name: &str) -> (&'static [&'static str], &'static [&'static str]) {
    const CELLS: &[&str] = &["td", "th", "table", "caption"];
    const HEADINGS: &[&str] = &["h1", "h2", "h3", "h4", "h5", "h6"];
    match name {
        "li" => (&["li"], &["ol", "ul", "menu", "dir", "td", "th", "table"]),
        "dt" | "dd" => (&["dt", "dd"], &["dl", "td", "th", "table"]),
        "td" | "th" => (&["td", "th", "caption"], &["tr", "table"]),
        "tr" => (&["tr", "caption"], &["table"]),
        "tbody" | "thead" | "tfoot" => (&["tbody", "thead", "tfoot"], &["table"]),
        _ if heading(name).is_some() => (HEADINGS, CELLS),
        _ if is_block(name) => (&["p"], CELLS),
        _ => (&[], &[]),
    }
}

/// Whether the end tag of `closing` may not reach out of `around`, because bad nesting inside a
/// cell must not end what is outside the table.
pub(super) fn holds_in(around: &str, closing: &str) -> bool {
    let is_table_part = matches!(closing, "table" | "tr" | "td" | "th" | "tbody" | "thead" | "tfoot" | "caption");
    match around {
        "table" => closing != "table",
        "td" | "th" | "caption" => !is_table_part,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{heading, known};

    #[test]
    fn names_are_matched_whole() {
        assert_eq!(known(b"div"), Some("div"));
        assert_eq!(known(b"o:p"), None);
        assert_eq!(heading("h3"), Some(3));
        assert_eq!(heading("hr"), None);
    }
}
