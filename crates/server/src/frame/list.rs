/// A choice of a selection.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Choice {
    /// What is sent.
    pub(crate) value: String,
    /// What is shown.
    pub(crate) label: String,
    /// Whether it is the one chosen now.
    pub(crate) chosen: bool,
}

impl Choice {
    /// The choices of a selection, of which the one with the value `chosen` is marked.
    pub(crate) fn all<V: Into<String>, L: Into<String>>(
        of: impl IntoIterator<Item = (V, L)>,
        chosen: &str,
    ) -> Vec<Choice> {
        let choice = |(value, label): (V, L)| {
            let value = value.into();
            Choice { chosen: value == chosen, label: label.into(), value }
        };
        of.into_iter().map(choice).collect()
    }
}

/// The way through a long list, page by page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Pager {
    /// The address of the page before this one, if there is one.
    pub(crate) previous: Option<String>,
    /// The address of the page after this one, if there is one.
    pub(crate) next: Option<String>,
    /// How many rows a page may have: the number, its address, and whether it is the one in use.
    pub(crate) sizes: Vec<PageSize>,
}

/// How many rows a page may have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PageSize {
    /// The number of rows.
    pub(crate) n_rows: u32,
    /// The address with this number.
    pub(crate) href: String,
    /// Whether it is the one in use.
    pub(crate) here: bool,
}

impl Pager {
    /// The numbers of rows that a page may have.
    pub(crate) const SIZES: [u32; 3] = [25, 50, 100];

    /// A pager whose pages have `n_rows` rows; `href` gives the address of this list with another number of rows.
    pub(crate) fn new(n_rows: u32, href: impl Fn(u32) -> String) -> Pager {
        let size = |n| PageSize { n_rows: n, href: href(n), here: n == n_rows };
        Pager { previous: None, next: None, sizes: Pager::SIZES.map(size).to_vec() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_value_in_use_is_the_one_marked() {
        let choices = Choice::all([("a", "甲"), ("b", "乙")], "b");
        assert_eq!(choices.iter().map(|choice| choice.chosen).collect::<Vec<_>>(), [false, true]);
    }

    #[test]
    fn a_pager_marks_its_own_number_of_rows() {
        let pager = Pager::new(50, |n| format!("/areas?rows={n}"));
        let here: Vec<_> = pager.sizes.iter().filter(|size| size.here).map(|size| size.href.as_str()).collect();
        assert_eq!(here, ["/areas?rows=50"]);
    }
}
