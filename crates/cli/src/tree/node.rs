use super::wrap::printable;

/// How a label is shown where colour is on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Paint {
    #[default]
    Plain,
    Bold,
    Dim,
    Red,
    Orange,
    Yellow,
    Blue,
}

/// How the text after a label may break.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Flow {
    /// Anywhere that Chinese and Latin typography allow.
    Prose(String),
    /// Only between the items.
    List(Vec<String>),
    /// Not at all: one line, cut at the edge.
    Line(String),
}

/// A line of the tree with what hangs below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Node {
    pub(super) label: String,
    pub(super) paint: Paint,
    pub(super) flow: Flow,
    pub(super) children: Vec<Node>,
}

impl Node {
    pub(crate) fn new(label: impl Into<String>) -> Node {
        Node {
            label: printable(&label.into()),
            paint: Paint::Plain,
            flow: Flow::Prose(String::new()),
            children: Vec::new(),
        }
    }

    /// A node without a label: text alone.
    pub(crate) fn prose(text: &str) -> Node {
        Node::new("").text(text)
    }

    pub(crate) fn text(mut self, text: &str) -> Node {
        self.flow = Flow::Prose(printable(text));
        self
    }

    pub(crate) fn line(mut self, text: &str) -> Node {
        self.flow = Flow::Line(printable(text));
        self
    }

    pub(crate) fn list<T: AsRef<str>>(mut self, items: impl IntoIterator<Item = T>) -> Node {
        let mut items: Vec<String> = items.into_iter().map(|item| printable(item.as_ref())).collect();
        let last = items.len().saturating_sub(1);
        for item in items.iter_mut().take(last) {
            item.push('、');
        }
        self.flow = Flow::List(items);
        self
    }

    pub(crate) fn paint(mut self, paint: Paint) -> Node {
        self.paint = paint;
        self
    }

    pub(crate) fn child(mut self, child: Node) -> Node {
        self.children.push(child);
        self
    }

    pub(crate) fn children(mut self, children: impl IntoIterator<Item = Node>) -> Node {
        self.children.extend(children);
        self
    }

    /// The node, unless nothing hangs below it: an empty part says nothing.
    pub(crate) fn unless_bare(self) -> Option<Node> {
        (!self.children.is_empty()).then_some(self)
    }
}
