use askama::Template;

/// A node of a tree of links, such as the areas, with what lies below it.
///
/// It is a template of its own, because a macro cannot call itself.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "part/tree_item.html")]
pub(crate) struct TreeItem {
    /// The name shown.
    pub(crate) name: String,
    /// The address.
    pub(crate) href: String,
    /// A word or figure after the name; may be empty.
    pub(crate) note: String,
    /// Whether this is the page being shown.
    pub(crate) here: bool,
    /// Whether what lies below is shown from the start.
    pub(crate) open: bool,
    /// What lies below.
    pub(crate) below: Vec<TreeItem>,
}

impl TreeItem {
    /// A node with nothing below it yet.
    pub(crate) fn new(name: impl Into<String>, href: impl Into<String>) -> TreeItem {
        TreeItem { name: name.into(), href: href.into(), ..TreeItem::default() }
    }

    /// Whether the page being shown is this node or one below it.
    pub(crate) fn holds_here(&self) -> bool {
        self.here || self.below.iter().any(TreeItem::holds_here)
    }
}
