use std::sync::OnceLock;

/// One statement, written once for both databases with `$1`, `$2` … for its values.
#[derive(Debug)]
pub(crate) struct Sql {
    text: &'static str,
    sqlite: OnceLock<String>,
}

impl Sql {
    /// A statement of this crate.
    pub(crate) const fn new(text: &'static str) -> Sql {
        Sql { text, sqlite: OnceLock::new() }
    }

    /// The text for PostgreSQL, as written.
    pub(crate) fn text(&self) -> &'static str {
        self.text
    }

    /// The text for SQLite, which numbers its values `?1`, `?2` ….
    pub(crate) fn for_sqlite(&self) -> &str {
        self.sqlite.get_or_init(|| numbered(self.text))
    }

    /// Tells statements apart without comparing their texts.
    pub(crate) fn key(&self) -> usize {
        self.text.as_ptr().addr()
    }
}

/// `$n` as `?n`. The statements hold no quoted dollar sign; a test prepares each one.
fn numbered(text: &str) -> String {
    text.replace('$', "?")
}

/// Declares the statements of a module and `ALL`, their list, through which a test prepares every one on both
/// databases.
macro_rules! statements {
    ($($(#[$doc:meta])* $name:ident = $text:expr;)*) => {
        $($(#[$doc])* pub(crate) static $name: $crate::sql::Sql = $crate::sql::Sql::new($text);)*

        /// Every statement of this module.
        pub(crate) static ALL: &[(&str, &$crate::sql::Sql)] = &[$((stringify!($name), &$name)),*];
    };
}

pub(crate) use statements;
