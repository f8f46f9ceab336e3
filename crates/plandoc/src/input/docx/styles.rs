//! The paragraph styles of a document: which are titles and headings, and which bring numbers.

use std::collections::BTreeMap;

use super::super::lines::Rank;
use super::xml::{Fault, Node, Tag, Xml};

/// Styles build on one another; a chain longer than this is a loop.
const LONGEST_CHAIN: usize = 20;

/// A list and a level in it, as far as a paragraph or style names them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct ListRef {
    /// 0 takes a paragraph out of any list.
    pub(super) list: Option<u32>,
    pub(super) level: Option<u32>,
}

/// What a paragraph's style comes to, with everything that it builds on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Resolved {
    pub(super) rank: Option<Rank>,
    pub(super) list: ListRef,
    /// The style that brings the list, because the list's levels may name their styles.
    pub(super) list_style: Option<String>,
}

#[derive(Debug, Default)]
pub(super) struct Styles {
    by_id: BTreeMap<String, Style>,
    default: Option<String>,
}

#[derive(Debug, Default)]
struct Style {
    name: String,
    based_on: Option<String>,
    outline: Option<u32>,
    list: ListRef,
}

impl Styles {
    pub(super) fn parse(xml: &str) -> Result<Self, Fault> {
        let mut styles = Self::default();
        let mut xml = Xml::new(xml);
        let mut id = String::new();
        while let Some(node) = xml.next()? {
            let Node::Open(tag) = node else { continue };
            match tag.name() {
                "style" => {
                    id = tag.attr("styleId").unwrap_or_default();
                    styles.begin(&id, &tag);
                }
                "rPr" | "tblPr" | "tblStylePr" | "pPrChange" | "latentStyles" => xml.skip()?,
                _ => {
                    if let Some(style) = styles.by_id.get_mut(&id) {
                        style.property(&tag);
                    }
                }
            }
        }
        Ok(styles)
    }

    fn begin(&mut self, id: &str, tag: &Tag<'_>) {
        let is_default = tag.attr("default").is_some_and(|value| value != "0");
        if is_default && tag.attr("type").as_deref() == Some("paragraph") {
            self.default = Some(id.to_owned());
        }
        self.by_id.insert(id.to_owned(), Style::default());
    }

    /// What a paragraph of this style is; without a style, what any paragraph is.
    pub(super) fn resolve(&self, id: Option<&str>) -> Resolved {
        let mut resolved = Resolved::default();
        let mut next = id.or(self.default.as_deref());
        for step in 0..LONGEST_CHAIN {
            let Some((id, style)) = next.and_then(|id| Some((id, self.by_id.get(id)?))) else {
                break;
            };
            if step == 0 && is_title(&style.name) {
                resolved.rank = Some(Rank::Title);
            }
            resolved.rank = resolved.rank.or_else(|| style.rank());
            resolved.list.level = resolved.list.level.or(style.list.level);
            if resolved.list.list.is_none() && style.list.list.is_some() {
                resolved.list.list = style.list.list;
                resolved.list_style = Some(id.to_owned());
            }
            next = style.based_on.as_deref();
        }
        resolved
    }
}

impl Style {
    fn property(&mut self, tag: &Tag<'_>) {
        match tag.name() {
            "name" => self.name = tag.val().unwrap_or_default(),
            "basedOn" => self.based_on = tag.val(),
            "outlineLvl" => self.outline = tag.number(),
            "numId" => self.list.list = tag.number(),
            "ilvl" => self.list.level = tag.number(),
            _ => {}
        }
    }

    fn rank(&self) -> Option<Rank> {
        match self.outline {
            Some(outline) => outline_rank(outline),
            None => heading_level(&self.name).map(Rank::Heading),
        }
    }
}

/// Outline levels count from 0; 9 means body text.
pub(super) fn outline_rank(outline: u32) -> Option<Rank> {
    let level = u8::try_from(outline).ok().filter(|level| *level < 9)?;
    Some(Rank::Heading(level + 1))
}

fn is_title(name: &str) -> bool {
    let name = name.trim();
    name.eq_ignore_ascii_case("title") || name == "标题" || name == "文档标题"
}

/// The level that the name of a heading style tells.
fn heading_level(name: &str) -> Option<u8> {
    let name = name.trim().to_lowercase();
    let level = name.strip_prefix("heading").or_else(|| name.strip_prefix("标题"))?;
    let level = level.trim().parse().ok()?;
    (1..=9).contains(&level).then_some(level)
}

#[cfg(test)]
mod tests {
    use super::super::super::lines::Rank;
    use super::{ListRef, Styles};

    fn styles() -> Styles {
        Styles::parse(
            r#"<w:styles>
            <w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>
            <w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/>
              <w:pPr><w:outlineLvl w:val="0"/><w:numPr><w:numId w:val="4"/></w:numPr></w:pPr></w:style>
            <w:style w:type="paragraph" w:styleId="b"><w:name w:val="章"/><w:basedOn w:val="1"/></w:style>
            <w:style w:type="paragraph" w:styleId="t"><w:name w:val="Title"/></w:style>
            <w:style w:type="paragraph" w:styleId="x"><w:name w:val="标题 3"/><w:basedOn w:val="x"/></w:style>
            </w:styles>"#,
        )
        .unwrap()
    }

    #[test]
    fn a_style_inherits_its_level_and_its_list() {
        let chapter = styles().resolve(Some("b"));
        assert_eq!(chapter.rank, Some(Rank::Heading(1)));
        let list = ListRef { list: Some(4), level: None };
        assert_eq!(chapter.list, list);
        assert_eq!(chapter.list_style.as_deref(), Some("1"));
    }

    #[test]
    fn names_of_styles_tell_titles_and_headings() {
        assert_eq!(styles().resolve(Some("t")).rank, Some(Rank::Title));
        assert_eq!(styles().resolve(Some("x")).rank, Some(Rank::Heading(3)));
        assert_eq!(styles().resolve(None).rank, None);
    }
}
