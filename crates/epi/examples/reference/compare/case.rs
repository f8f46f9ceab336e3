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
    wrong: RefCell<BTreeSet<String>>,
}

/// Said of a case, not parameters of its method.
const WORDS: &[&str] = &[
    "algo",
    "dataset",
    "tool",
    "note",
    "input",
    "fn",
    "name",
    "title",
    "description",
    "version",
    "date",
    "source",
    "licence",
    "license",
    "comment",
    "columns",
    "monte_carlo",
    "mc_columns",
    "tolerance",
    "series",
    "nseries",
];

/// Without influence on a result that can be compared: what is printed, which rows there are (the rows say that), how a search
/// by the reference ends, and the seed of its random numbers.
const IDLE: &[&str] = &[
    "range",
    "range_start",
    "range_end",
    "verbose",
    "plot",
    "warn",
    "glmWarnings",
    "xMax",
    "maxUpperboundCases",
    "nSamples",
    "seed",
    "start",
    "cores",
    "n_cores",
    "epochAsDate",
    "freq",
    "frequency",
    "n",
    "when",
];

impl Case {
    pub(crate) fn open(root: &Path, folder: &Path, stem: &str) -> Result<Case, String> {
        let path = folder.join(format!("{stem}.params.json"));
        let fault = |e: &dyn std::fmt::Display| format!("{}: {e}", path.display());
        let text = std::fs::read_to_string(&path).map_err(|e| fault(&e))?;
        let params: Value = serde_json::from_str(&text).map_err(|e| fault(&e))?;
        if !params.is_object() {
            return Err(fault(&"parameters must be an object"));
        }
        let (root, folder, stem) = (root.to_owned(), folder.to_owned(), stem.to_owned());
        Ok(Case { root, folder, stem, params, asked: RefCell::default(), wrong: RefCell::default() })
    }

    /// A parameter by its path (`mu0.trend`), if it is given and neither null nor empty. A list of one is its only member.
    pub(crate) fn value(&self, name: &str) -> Option<&Value> {
        self.asked.borrow_mut().insert(name.to_owned());
        let found = self.params.get(name).or_else(|| name.split('.').try_fold(&self.params, |v, part| v.get(part)));
        match found? {
            Value::Null => None,
            Value::Array(list) if list.is_empty() => None,
            Value::Object(inner) if inner.is_empty() => None,
            Value::Array(list) if list.len() == 1 => list.first().filter(|v| !v.is_null()),
            other => Some(other),
        }
    }

    /// A number, also one that was written as text.
    pub(crate) fn number(&self, name: &str) -> Option<f64> {
        let value = self.value(name)?;
        value.as_f64().or_else(|| value.as_str()?.trim().parse().ok()).filter(|x| x.is_finite())
    }

    /// A number, or what stands where none is given; anything else that is given is noted as wrong.
    pub(crate) fn or(&self, name: &str, default: f64) -> f64 {
        self.number(name).unwrap_or_else(|| {
            self.note_wrong(name, "a number");
            default
        })
    }

    pub(crate) fn count(&self, name: &str, default: usize) -> usize {
        let number = self.or(name, default as f64);
        if number < 0.0 || number.fract() != 0.0 {
            self.note_wrong(name, "a whole number, 0 or more");
            return default;
        }
        number as usize
    }

    pub(crate) fn flag(&self, name: &str, default: bool) -> bool {
        let Some(value) = self.value(name) else { return default };
        match (value.as_bool(), value.as_f64(), value.as_str()) {
            (Some(flag), _, _) => flag,
            (_, Some(x), _) if x == 0.0 || x == 1.0 => x == 1.0,
            (_, _, Some("TRUE" | "T" | "true")) => true,
            (_, _, Some("FALSE" | "F" | "false")) => false,
            _ => {
                self.note_wrong(name, "true or false");
                default
            }
        }
    }

    pub(crate) fn word(&self, name: &str) -> Option<&str> {
        self.value(name).and_then(Value::as_str)
    }

    pub(crate) fn numbers(&self, name: &str) -> Option<Vec<f64>> {
        match self.value(name)? {
            Value::Array(list) => {
                let numbers: Vec<f64> = list.iter().filter_map(Value::as_f64).collect();
                if numbers.len() < list.len() {
                    self.note_wrong(name, "a list of numbers");
                }
                Some(numbers)
            }
            one => Some(vec![one.as_f64()?]),
        }
    }

    /// Whether a parameter is a list with names, as R writes settings of a fit.
    pub(crate) fn has_inside(&self, name: &str) -> bool {
        self.params.get(name).is_some_and(Value::is_object)
    }

    /// Whether a parameter stands there as null, which for some means: estimated.
    pub(crate) fn is_null(&self, name: &str) -> bool {
        self.asked.borrow_mut().insert(name.to_owned());
        self.params.get(name).is_some_and(|v| v.is_null() || v.as_object().is_some_and(serde_json::Map::is_empty))
    }

    fn note_wrong(&self, name: &str, wanted: &str) {
        if let Some(value) = self.value(name) {
            self.wrong.borrow_mut().insert(format!("{name} must be {wanted}, found {value}"));
        }
    }

    /// Parameters of a kind that they cannot be.
    pub(crate) fn wrong(&self) -> Vec<String> {
        self.wrong.borrow().iter().cloned().collect()
    }

    /// Which of several names of one method the case carries, for `bayes1` and the like: the folder's own or that in `algo`.
    pub(crate) fn named(&self) -> String {
        let algo = self.params.get("algo").and_then(Value::as_str).unwrap_or_default();
        let folder = self.folder.file_name().and_then(|n| n.to_str()).unwrap_or_default();
        let bare = |name: &str| name.trim_start_matches("algo.").to_owned();
        if algo.is_empty() || bare(folder).starts_with(&bare(algo)) { bare(folder) } else { bare(algo) }
    }

    /// Parameters that nothing asked for.
    pub(crate) fn unused(&self) -> Vec<String> {
        let asked = self.asked.borrow();
        let mut unused = Vec::new();
        for (name, value) in self.params.as_object().into_iter().flatten() {
            let quiet = WORDS.contains(&name.as_str()) || IDLE.contains(&name.as_str()) || name.starts_with('_');
            if quiet || value.is_null() || asked.contains(name) {
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

    /// Whether a table lies beside the parameters.
    pub(crate) fn has_table(&self, kind: &str) -> bool {
        self.folder.join(format!("{}.{kind}.csv", self.stem)).exists()
    }

    /// What is said of the data set, the parameters of the case before the file beside its input: length of the year, dates
    /// or not.
    pub(crate) fn about_input(&self) -> Result<About, String> {
        let path = self.params.get("input").and_then(Value::as_str).unwrap_or_default();
        let path = self.root.join(path).with_extension("json");
        let file: Value = match std::fs::read_to_string(&path) {
            Ok(text) => serde_json::from_str(&text).map_err(|e| format!("{}: {e}", path.display()))?,
            Err(_) => Value::Null,
        };
        let of = |names: &[&str]| names.iter().find_map(|n| self.params.get(n).or_else(|| file.get(n))).cloned();
        let scalar = |v: Value| v.as_array().and_then(|l| l.first().cloned()).unwrap_or(v);
        let freq = of(&["freq", "frequency"]).map(scalar).and_then(|v| v.as_u64()).unwrap_or(52) as usize;
        let by_date = of(&["epochAsDate"]).map(scalar).and_then(|v| v.as_bool()).unwrap_or(false);
        Ok(About { freq: freq.max(1), by_date })
    }
}

/// What is said of a data set.
pub(crate) struct About {
    /// Steps in a year.
    pub(crate) freq: usize,
    /// Whether years are found back by date.
    pub(crate) by_date: bool,
}

/// A table with its header.
#[derive(Debug)]
pub(crate) struct Rows {
    path: PathBuf,
    columns: BTreeMap<String, usize>,
    rows: Vec<Vec<String>>,
}

impl Rows {
    fn read(path: &Path) -> Result<Rows, String> {
        let fault = |e: csv::Error| format!("{}: {e}", path.display());
        let mut reader = csv::ReaderBuilder::new().from_path(path).map_err(fault)?;
        let header = reader.headers().map_err(fault)?;
        let columns: BTreeMap<String, usize> =
            header.iter().enumerate().map(|(i, name)| (name.trim().to_owned(), i)).collect();
        let rows = reader.records().map(|r| r.map(|r| r.iter().map(|x| x.trim().to_owned()).collect()));
        let rows: Vec<Vec<String>> = rows.collect::<Result<_, _>>().map_err(fault)?;
        let table = Rows { path: path.to_owned(), columns, rows };
        table.check().map(|()| table)
    }

    /// Every cell of a column of numbers is a number, nothing, or one of the words for an unknown or endless one.
    fn check(&self) -> Result<(), String> {
        const TEXTS: &[&str] = &["series", "date", "dEvent", "dReport", "locations", "county", "name", "stratum"];
        for (name, &column) in self.columns.iter().filter(|(name, _)| !TEXTS.contains(&name.as_str())) {
            for (row, cells) in self.rows.iter().enumerate() {
                let cell = cells.get(column).map_or("", String::as_str);
                if !["", "NA", "NaN", "TRUE", "FALSE"].contains(&cell) && cell.parse::<f64>().is_err() {
                    return Err(format!("{} line {}: {name} is no number: {cell}", self.path.display(), row + 2));
                }
            }
        }
        Ok(())
    }

    /// The table has these columns, or the one that is missing is named.
    pub(crate) fn need(&self, columns: &[&str]) -> Result<(), String> {
        match columns.iter().find(|c| !self.has(c)) {
            Some(column) => Err(format!("{}: no column {column}", self.path.display())),
            None => Ok(()),
        }
    }

    /// Names of the columns.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.columns.keys().map(String::as_str)
    }

    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    pub(crate) fn has(&self, column: &str) -> bool {
        self.columns.contains_key(column)
    }

    pub(crate) fn text(&self, row: usize, column: &str) -> &str {
        self.columns.get(column).and_then(|&c| self.rows.get(row)?.get(c)).map_or("", String::as_str)
    }

    /// A number; `None` for NA, NaN and infinities.
    pub(crate) fn number(&self, row: usize, column: &str) -> Option<f64> {
        match self.text(row, column) {
            "TRUE" => Some(1.0),
            "FALSE" => Some(0.0),
            text => text.parse().ok().filter(|x: &f64| x.is_finite()),
        }
    }

    /// A place in a series, counted from 1 in the table and from 0 here.
    pub(crate) fn place(&self, row: usize, column: &str) -> Result<usize, String> {
        let fault = || format!("{} line {}: {column} must be 1, 2, …", self.path.display(), row + 2);
        self.number(row, column).filter(|x| *x >= 1.0 && x.fract() == 0.0).map(|x| x as usize - 1).ok_or_else(fault)
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
