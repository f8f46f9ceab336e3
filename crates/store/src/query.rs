use std::collections::BTreeMap;
use std::sync::LazyLock;

use lianfang_domain::access::Scope;
use parking_lot::Mutex;

use crate::{sql::Sql, value::Value};

/// A statement put together from constant parts: the filters, order and scope of a list.
///
/// Only constant text goes into it; everything a user typed is a value. So the number of different statements is
/// small and each is prepared once. They are not in the list of statements; the tests of the lists run them on both
/// databases.
pub(crate) struct Query {
    text: String,
    values: Vec<Value>,
}

static MADE: LazyLock<Mutex<BTreeMap<String, &'static Sql>>> = LazyLock::new(Mutex::default);

impl Query {
    pub(crate) fn new(text: &'static str) -> Query {
        Query { text: text.to_owned(), values: Vec::new() }
    }

    /// Adds constant text.
    pub(crate) fn text(&mut self, text: &'static str) -> &mut Query {
        self.text.push_str(text);
        self
    }

    /// Adds a value.
    pub(crate) fn value(&mut self, value: impl Into<Value>) -> &mut Query {
        self.values.push(value.into());
        self.text.push_str(&format!("${}", self.values.len()));
        self
    }

    /// Restricts to a scope, by the column that holds an area's code.
    pub(crate) fn within(&mut self, column: &'static str, scope: &Scope) -> &mut Query {
        if scope.everywhere {
            return self.text(" TRUE");
        }
        if scope.areas.is_empty() {
            return self.text(" FALSE");
        }
        self.text(" (");
        // Nothing stands beside the ranges, so that each can be looked up in an index.
        for (area, n) in scope.areas.iter().zip(0..) {
            self.text(if n == 0 { "(" } else { " OR (" }).text(column).text(" >= ").value(area);
            self.text(" AND ").text(column).text(" < ").value(area.upper_bound()).text(")");
        }
        self.text(")")
    }

    /// Restricts to a scope of areas and units, by the columns of a unit's area, itself and the unit above it.
    pub(crate) fn within_units(&mut self, [area, unit, parent]: [&'static str; 3], scope: &Scope) -> &mut Query {
        if scope.everywhere || scope.units.is_empty() {
            return self.within(area, scope);
        }
        self.text(" (");
        if !scope.areas.is_empty() {
            self.within(area, scope).text(" OR ");
        }
        for (held, n) in scope.units.iter().zip(0..) {
            self.text(if n == 0 { "" } else { " OR " }).text(unit).text(" = ").value(*held);
            self.text(" OR ").text(parent).text(" = ").value(*held);
        }
        self.text(")")
    }

    /// The statement and its values.
    pub(crate) fn done(self) -> (&'static Sql, Vec<Value>) {
        let mut made = MADE.lock();
        if let Some(sql) = made.get(&self.text) {
            return (sql, self.values);
        }
        let text: &'static str = Box::leak(self.text.clone().into_boxed_str());
        let sql: &'static Sql = Box::leak(Box::new(Sql::new(text)));
        made.insert(self.text, sql);
        (sql, self.values)
    }
}
