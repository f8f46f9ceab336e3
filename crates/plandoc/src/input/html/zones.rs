//! Tells the frame of a web site from the document inside it, by names of elements and classes.

use html5gum::StartTag;

use super::super::flow::Zone;

/// Words in a class or id that the blocks around a document go by.
const FRAME_WORDS: [&str; 27] = [
    "nav",
    "navbar",
    "navi",
    "navigation",
    "menu",
    "breadcrumb",
    "breadcrumbs",
    "crumb",
    "crumbs",
    "footer",
    "foot",
    "header",
    "share",
    "sidebar",
    "related",
    "copyright",
    "pagination",
    "pager",
    "toolbar",
    "ad",
    "ads",
    "advert",
    "bdsharebuttonbox",
    "bshare",
    "qrcode",
    "topbar",
    "friendlink",
];

/// Words that make a header or a menu one of the document: `article-header`, `content-menu`.
const DOCUMENT_WORDS: [&str; 9] = ["article", "content", "main", "title", "detail", "text", "document", "doc", "page"];

/// The zone of an element's content, given the zone it stands in and whether it stands in the
/// element that holds the document.
pub(super) fn zone_of(tag: &StartTag<()>, name: &str, outer: Zone, in_article: bool) -> Zone {
    match outer {
        Zone::Frame | Zone::Hidden => outer,
        Zone::Body | Zone::Form => match own_zone(tag, name, in_article) {
            Zone::Body => outer,
            own => own,
        },
    }
}

fn own_zone(tag: &StartTag<()>, name: &str, in_article: bool) -> Zone {
    if is_hidden(tag) {
        return Zone::Hidden;
    }
    match name {
        "noframes" | "template" | "svg" | "object" | "video" | "audio" | "canvas" => Zone::Hidden,
        "nav" | "footer" | "aside" | "button" | "select" => Zone::Frame,
        "header" if !in_article => Zone::Frame,
        "html" | "body" | "main" | "article" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Zone::Body,
        _ if has_frame_name(tag) => Zone::Frame,
        "form" => Zone::Form,
        _ => Zone::Body,
    }
}

fn is_hidden(tag: &StartTag<()>) -> bool {
    if tag.attributes.contains_key(b"hidden".as_slice()) {
        return true;
    }
    style_has(tag, "display:none") || style_has(tag, "visibility:hidden")
}

/// Whether the element's style sets this, however it is spaced.
pub(super) fn style_has(tag: &StartTag<()>, setting: &str) -> bool {
    let style: String =
        attribute(tag, "style").chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_lowercase()).collect();
    style.contains(setting)
}

fn has_frame_name(tag: &StartTag<()>) -> bool {
    let mut words = words(&attribute(tag, "class"));
    words.extend(self::words(&attribute(tag, "id")));
    let is_documents = words.iter().any(|word| DOCUMENT_WORDS.contains(&word.as_str()));
    words
        .iter()
        .map(String::as_str)
        .filter(|word| FRAME_WORDS.contains(word))
        .any(|word| !(is_documents && matches!(word, "header" | "menu" | "related")))
}

/// `navBar main-menu_2` has the words nav, bar, main, menu.
fn words(names: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut after_small = false;
    for c in names.chars() {
        let begins = c.is_ascii_uppercase() && after_small;
        if begins || !c.is_alphabetic() {
            words.push(String::new());
        }
        if c.is_alphabetic()
            && let Some(word) = words.last_mut()
        {
            word.push(c.to_ascii_lowercase());
        }
        after_small = c.is_ascii_lowercase();
    }
    words
}

/// The value of an attribute, or nothing.
pub(super) fn attribute(tag: &StartTag<()>, name: &str) -> String {
    tag.attributes.get(name.as_bytes()).map(|value| String::from_utf8_lossy(value).into_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn class_names_are_taken_apart_into_words() {
        let found = words("navBar main-menu_2 header");
        for word in ["nav", "bar", "main", "menu", "header"] {
            assert!(found.iter().any(|found| found == word), "{word}");
        }
        assert!(!words("shadow").iter().any(|word| word == "ad"));
    }
}
