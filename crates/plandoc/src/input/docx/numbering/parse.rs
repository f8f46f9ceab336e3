//! Reads the part that defines a document's lists.

use std::collections::BTreeMap;

use super::super::xml::{Fault, Node, Tag, Xml};
use super::level::{Level, format_named};
use super::{LEVELS, List, Numbering, Pattern};

/// Where in the part the reader stands.
#[derive(Default)]
struct Place {
    pattern: Option<u32>,
    list: Option<u32>,
    level: usize,
}

pub(super) fn numbering(xml: &str) -> Result<Numbering, Fault> {
    let mut numbering = Numbering::default();
    let mut place = Place::default();
    let mut xml = Xml::new(xml);
    while let Some(node) = xml.next()? {
        let Node::Open(tag) = node else { continue };
        match tag.name() {
            "rPr" | "pPr" | "numPicBullet" => xml.skip()?,
            "abstractNum" => {
                let id = number_of(&tag, "abstractNumId").unwrap_or_default();
                place.pattern = Some(id);
                place.list = None;
                numbering.patterns.insert(id, Pattern::default());
            }
            "num" => {
                let id = number_of(&tag, "numId").unwrap_or_default();
                place.list = Some(id);
                numbering.lists.insert(id, List::default());
            }
            _ => numbering.property(&mut place, &tag),
        }
    }
    Ok(numbering)
}

impl Numbering {
    fn property(&mut self, place: &mut Place, tag: &Tag<'_>) {
        match tag.name() {
            "lvl" | "lvlOverride" => {
                place.level = number_of(tag, "ilvl").and_then(|level| usize::try_from(level).ok()).unwrap_or(LEVELS);
                if tag.name() == "lvl"
                    && let Some(levels) = self.levels(place)
                {
                    levels.insert(place.level, Level::default());
                }
            }
            "abstractNumId" => {
                if let Some(list) = self.list(place) {
                    list.pattern = tag.number().unwrap_or_default();
                }
            }
            "startOverride" => {
                let (level, start) = (place.level, tag.number().unwrap_or(1));
                if let Some(list) = self.list(place) {
                    list.starts.insert(level, start);
                }
            }
            "numStyleLink" => {
                let pattern = place.pattern.and_then(|id| self.patterns.get_mut(&id));
                if let Some(pattern) = pattern {
                    pattern.style = tag.val();
                }
            }
            _ => {
                let index = place.level;
                if let Some(level) = self.levels(place).and_then(|levels| levels.get_mut(&index)) {
                    level.property(tag);
                }
            }
        }
    }

    fn list(&mut self, place: &Place) -> Option<&mut List> {
        self.lists.get_mut(&place.list?)
    }

    /// The levels that a definition belongs to: a list's own, or those of a pattern.
    fn levels(&mut self, place: &Place) -> Option<&mut BTreeMap<usize, Level>> {
        if place.list.is_some() {
            return self.list(place).map(|list| &mut list.levels);
        }
        let pattern = self.patterns.get_mut(&place.pattern?)?;
        Some(&mut pattern.levels)
    }
}

impl Level {
    fn property(&mut self, tag: &Tag<'_>) {
        match tag.name() {
            "start" => self.start = tag.number().unwrap_or(1),
            "numFmt" => self.format = format_named(&tag.val().unwrap_or_default()),
            "lvlText" => self.text = tag.val().unwrap_or_default(),
            "pStyle" => self.style = tag.val(),
            "isLgl" => self.legal = tag.is_on(),
            "lvlRestart" => self.restarts = tag.number() != Some(0),
            _ => {}
        }
    }
}

fn number_of(tag: &Tag<'_>, name: &str) -> Option<u32> {
    tag.attr(name)?.trim().parse().ok()
}
