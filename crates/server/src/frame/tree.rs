use askama::Template;

/// A node of a tree of links, such as the areas, with what lies below it.
///
/// It is a template of its own, because a macro cannot call itself.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "part/tree_item.html")]
pub struct TreeItem {
    /// The name shown.
    pub name: String,
    /// The address.
    pub href: String,
    /// A word or figure after the name; may be empty.
    pub note: String,
    /// Whether this is the page being shown.
    pub here: bool,
    /// Whether what lies below is shown from the start.
    pub open: bool,
    /// What lies below.
    pub below: Vec<TreeItem>,
}

impl TreeItem {
    /// A node with nothing below it yet.
    pub fn new(name: impl Into<String>, href: impl Into<String>) -> TreeItem {
        TreeItem { name: name.into(), href: href.into(), ..TreeItem::default() }
    }

    /// Whether the page being shown is this node or one below it.
    pub fn holds_here(&self) -> bool {
        self.here || self.below.iter().any(TreeItem::holds_here)
    }
}
