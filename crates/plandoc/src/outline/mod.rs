//! From the lines of a document to its tree of sections and items.

mod kind;
mod label;
mod marker;
mod pieces;
mod tree;

pub(crate) use kind::section_kind;
pub(crate) use label::{Label, is_label_start, label_at, label_or_space_at, rank_at};
pub(crate) use marker::{Marker, Style, chinese_number, marker_at, marker_before_number};
pub(crate) use tree::{Node, NodeId, Outline, build};

/// Whether a character can begin a heading after a bare number.
pub(crate) fn is_heading_start(c: char) -> bool {
    crate::text::is_cjk(c) || matches!(c, '《' | '"' | 'Ⅰ'..='Ⅳ')
}
