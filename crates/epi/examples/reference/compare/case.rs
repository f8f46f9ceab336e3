use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde_json::Value;

/// One case: its parameters, which of them were asked for, and where its files lie.
pub(crate) struct Case {
    root: PathBuf,
    folder: PathBuf,
    stem: String,
    params: Value,
    asked: RefCell<BTreeSet<String>>,
}

/// Said of a case, not parameters of its method.
const WORDS: &[&str] = &["algo", "dataset", "tool", "note", "input", "fn"];

impl Case {
    pub(crate) fn open(root: &Path, folder: &Path, stem: &str) -> Result<Case, String> {
        let text = std::fs::read_to_string(folder.join(format!("{stem}.params.json"))).map_err(|e| e.to_string())?;
        let params = serde_json::from_str(&text).map_err(|e| e.to_string())?;
        let (root, folder, stem) = (root.to_owned(), folder.to_owned(), stem.to_owned());
        Ok(Case { root, folder, stem, params, asked: RefCell::default() })
    }

    /// A parameter by its path (`mu0.trend`), if it is given and not null.
    pub(crate) fn value(&self, name: &str) -> Option<&Value> {
        self.asked.borrow_mut().insert(name.to_owned());
        let found = self.params.get(name).or_else(|| name.split('.').try_fold(&self.params, |v, part| v.get(part)));
        found.filter(|v| !v.is_null())
    }

    pub(crate) fn number(&self, name: &str) -> Option<f64> {
        self.value(name).and_then(Value::as_f64)
    }

    pub(crate) fn or(&self, name: &str, default: f64) -> f64 {
        self.number(name).unwrap_or(default)
    }

    pub(crate) fn count(&self, name: &str, default: usize) -> usize {
        self.number(name).map_or(default, |x| x as usize)
    }

    pub(crate) fn flag(&self, name: &str, default: bool) -> bool {
        self.value(name).and_then(Value::as_bool).unwrap_or(default)
    }

    pub(crate) fn word(&self, name: &str) -> Option<&str> {
        self.value(name).and_then(Value::as_str)
    }

    pub(crate) fn numbers(&self, name: &str) -> Option<Vec<f64>> {
        Some(self.value(name)?.as_array()?.iter().filter_map(Value::as_f64).collect())
    }

    /// Parameters that nothing asked for.
    pub(crate) fn unused(&self) -> Vec<String> {
        let asked = self.asked.borrow();
        let mut unused = Vec::new();
        for (name, value) in self.params.as_object().into_iter().flatten() {
            if WORDS.contains(&name.as_str()) || asked.contains(name) {
                continue;
            }
            let Some(inner) = value.as_object() else {
                unused.push(name.clone());
                continue;
            };
            let inside = inner.keys().map(|k| format!("{name}.{k}"));
            unused.extend(inside.filter(|path| !path.ends_with(".note") && !asked.contains(path)));
        }
        unused
    }

    /// A table beside the parameters: `output`, `input`, `triangle`.
    pub(crate) fn table(&self, kind: &str) -> Result<Rows, String> {
        Rows::read(&self.folder.join(format!("{}.{kind}.csv", self.stem)))
    }

    /// The input table, named by the parameters or beside them.
    pub(crate) fn input(&self) -> Result<Rows, String> {
        match self.params.get("input").and_then(Value::as_str) {
            Some(path) => Rows::read(&self.root.join(path)),
            None => self.table("input"),
        }
    }

    /// What is said of the data set: length of the year, first week, dates or not.
    pub(crate) fn about_input(&self) -> Value {
        let path = self.params.get("input").and_then(Value::as_str).unwrap_or_default();
        let text = std::fs::read_to_string(self.root.join(path).with_extension("json")).unwrap_or_default();
        serde_json::from_str(&text).unwrap_or(Value::Null)
    }
}

/// A table with its header.
pub(crate) struct Rows {
    columns: BTreeMap<String, usize>,
    rows: Vec<Vec<String>>,
}

impl Rows {
    fn read(path: &Path) -> Result<Rows, String> {
        let fault = |e: csv::Error| format!("{}: {e}", path.display());
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_path(path).map_err(fault)?;
        let header = reader.headers().map_err(fault)?;
        let columns = header.iter().enumerate().map(|(i, name)| (name.to_owned(), i)).collect();
        let rows = reader.records().map(|r| r.map(|r| r.iter().map(str::to_owned).collect())).collect::<Result<_, _>>();
        Ok(Rows { columns, rows: rows.map_err(fault)? })
    }

    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    pub(crate) fn has(&self, column: &str) -> bool {
        self.columns.contains_key(column)
    }

    pub(crate) fn text(&self, row: usize, column: &str) -> &str {
        self.columns.get(column).and_then(|&c| self.rows[row].get(c)).map_or("", String::as_str)
    }

    /// A number; `None` for NA, NaN and infinities.
    pub(crate) fn number(&self, row: usize, column: &str) -> Option<f64> {
        self.text(row, column).trim().parse().ok().filter(|x: &f64| x.is_finite())
    }

    /// A column; what is no number is `NaN`.
    pub(crate) fn column(&self, name: &str) -> Vec<f64> {
        (0..self.len()).map(|row| self.number(row, name).unwrap_or(f64::NAN)).collect()
    }

    /// Rows of each series, in their order; one series where there is no such column.
    pub(crate) fn by_series(&self) -> BTreeMap<String, Vec<usize>> {
        let mut series: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for row in 0..self.len() {
            series.entry(self.text(row, "series").to_owned()).or_default().push(row);
        }
        series
    }
}
