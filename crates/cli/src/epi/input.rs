//! A tidy table of a file: columns are known by their English or Chinese names, in any order.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::path::Path;

use calamine::{Data, Reader, Sheets};
use jiff::civil::Date;
use lianfang_domain::Lang;
use lianfang_epi::assess::clean::{Dated, Step};

use crate::exit::Exit;
use crate::load::io_message;

/// Names under which a column is known.
const NAMES: &[(&str, &[&str])] = &[
    ("date", &["date", "日期", "发病日期", "周起始日", "day", "week"]),
    ("count", &["count", "cases", "病例数", "例数", "发病数", "y", "n"]),
    ("series", &["series", "place", "序列", "地区", "地点", "单位", "症候群"]),
    ("population", &["population", "人口", "人口数"]),
    ("stratum", &["stratum", "age_group", "sex", "分层", "层", "年龄组", "性别"]),
    ("x", &["x", "longitude", "lon", "经度"]),
    ("y", &["latitude", "lat", "纬度", "y"]),
    ("imported", &["imported", "输入", "输入病例"]),
    ("outbreak", &["outbreak", "暴发", "疫情"]),
    ("event", &["event", "onset", "devent", "发病日期", "发病时间"]),
    ("reported", &["reported", "report", "dreport", "报告日期", "报告时间"]),
];

/// Series named as examples when there is none of the name asked for.
const NAMED: usize = 5;

/// A table with the rows it holds; what could not be read is said with its line.
pub(super) struct Table {
    header: Vec<String>,
    rows: Vec<Vec<String>>,
    lang: Lang,
}

impl Table {
    /// Reads a file; says why when it cannot.
    pub(super) fn open(path: &Path, lang: Lang) -> Result<Table, Exit> {
        let fail = |why: String| {
            let path = path.display();
            eprintln!("{}", lang.pick(format!("读不出 {path}：{why}"), format!("Cannot read {path}: {why}")));
            Exit::Unreadable
        };
        let bytes = std::fs::read(path).map_err(|error| fail(io_message(&error, lang)))?;
        let is_book = bytes.starts_with(b"PK") || bytes.starts_with(&[0xd0, 0xcf]);
        let mut rows = if is_book { workbook(&bytes) } else { text(&bytes) }.map_err(fail)?;
        rows.retain(|row| row.iter().any(|cell| !cell.is_empty()));
        if rows.is_empty() {
            return Err(fail(lang.pick("文件是空的。", "the file is empty.").to_owned()));
        }
        let header = rows.remove(0).iter().map(|h| h.trim_start_matches('\u{feff}').trim().to_lowercase()).collect();
        Ok(Table { header, rows, lang })
    }

    fn find(&self, name: &str) -> Option<usize> {
        let (_, names) = NAMES.iter().find(|(known, _)| *known == name)?;
        names.iter().find_map(|n| self.header.iter().position(|h| h == n))
    }

    /// The column of this name; says which names are known when there is none.
    pub(super) fn need(&self, name: &str) -> Result<usize, Exit> {
        self.find(name).ok_or_else(|| {
            let known = NAMES.iter().find(|(n, _)| *n == name).map_or(String::new(), |(_, names)| names.join(", "));
            let header = self.header.join(", ");
            eprintln!(
                "{}",
                self.lang.pick(
                    format!("表头里没有“{name}”这一列（可写作：{known}）。现有列：{header}。"),
                    format!("There is no column {name} (it may be called {known}). The columns are: {header}."),
                )
            );
            Exit::Unreadable
        })
    }

    /// A date of each row under this name.
    pub(super) fn dates(&self, name: &str) -> Result<Vec<Date>, Exit> {
        let column = self.need(name)?;
        self.each(column, date, self.lang.pick("日期，写成 2026-03-01 的样子", "a date such as 2026-03-01"))
    }

    /// A number of each row, `None` where the cell is empty or says that it is unknown.
    pub(super) fn numbers(&self, name: &str) -> Result<Vec<Option<f64>>, Exit> {
        let column = self.need(name)?;
        self.each(column, number, self.lang.pick("数", "a number"))
    }

    /// The numbers of a column that need not be there.
    pub(super) fn numbers_if(&self, name: &str) -> Result<Option<Vec<Option<f64>>>, Exit> {
        self.find(name).map(|_| self.numbers(name)).transpose()
    }

    /// Whether there is a column of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    /// The series of each row; one without a name where there is no such column.
    pub(super) fn series(&self) -> Vec<String> {
        self.words("series")
    }

    /// The words of a column, empty where there is no such column.
    pub(super) fn words(&self, name: &str) -> Vec<String> {
        let column = self.find(name);
        let of = |row: &Vec<String>| column.and_then(|c| row.get(c)).map_or(String::new(), |s| s.trim().to_owned());
        self.rows.iter().map(of).collect()
    }

    fn each<T>(&self, column: usize, read: impl Fn(&str) -> Option<T>, what: &str) -> Result<Vec<T>, Exit> {
        let mut values = Vec::with_capacity(self.rows.len());
        for (index, row) in self.rows.iter().enumerate() {
            let cell = row.get(column).map_or("", |c| c.trim());
            let Some(value) = read(cell) else {
                let (line, name) = (index + 2, &self.header[column]);
                eprintln!(
                    "{}",
                    self.lang.pick(
                        format!("第 {line} 行“{name}”应为{what}，现在是“{cell}”。请改正后再试。"),
                        format!("Line {line}: {name} should be {what}, it is “{cell}”. Correct it and try again."),
                    )
                );
                return Err(Exit::Unreadable);
            };
            values.push(value);
        }
        Ok(values)
    }
}

/// Dated counts by series.
pub(super) fn by_series(table: &Table) -> Result<BTreeMap<String, Vec<Dated>>, Exit> {
    grouped(table, table.numbers("count")?)
}

/// Dated counts by series; unknown where a column `outbreak` says that there was one.
pub(super) fn without_outbreaks(table: &Table) -> Result<BTreeMap<String, Vec<Dated>>, Exit> {
    let mut counts = table.numbers("count")?;
    for (count, outbreak) in counts.iter_mut().zip(table.numbers_if("outbreak")?.unwrap_or_default()) {
        *count = count.filter(|_| outbreak.is_none_or(|o| o == 0.0));
    }
    grouped(table, counts)
}

fn grouped(table: &Table, counts: Vec<Option<f64>>) -> Result<BTreeMap<String, Vec<Dated>>, Exit> {
    let dates = table.dates("date")?;
    let mut series: BTreeMap<String, Vec<Dated>> = BTreeMap::new();
    for ((name, on), count) in table.series().into_iter().zip(dates).zip(counts) {
        series.entry(name).or_default().push(Dated { on, count });
    }
    Ok(series)
}

/// The series asked for, all where none is named; says which there are when there is none of a name.
pub(super) fn only<T>(
    mut series: BTreeMap<String, T>,
    names: &[String],
    lang: Lang,
) -> Result<BTreeMap<String, T>, Exit> {
    let names: Vec<&str> = names.iter().map(|name| name.trim()).collect();
    if names.is_empty() {
        return Ok(series);
    }
    let Some(missing) = names.iter().find(|name| name.is_empty() || !series.contains_key(**name)) else {
        series.retain(|name, _| names.contains(&name.as_str()));
        return Ok(series);
    };
    let mut known: Vec<&str> = series.keys().map(String::as_str).filter(|name| !name.is_empty()).collect();
    let of = known.len();
    if of == 0 {
        eprintln!(
            "{}",
            lang.pick(
                "表里没有“序列”这一列，全表是一个序列，不能用 --only 选择。",
                "The table has no column series: all of it is one series, of which --only cannot choose.",
            )
        );
        return Err(Exit::Usage);
    }
    // Those that share most with what was typed come first: most often it is a slip.
    known.sort_by_key(|name| std::cmp::Reverse(missing.chars().filter(|c| name.contains(*c)).count()));
    known.truncate(NAMED);
    eprintln!(
        "{}",
        lang.pick(
            format!("没有名为“{missing}”的序列。表里有{of}个序列，如：{}。", known.join("、")),
            format!("There is no series “{missing}”. The table has {of}, such as: {}.", known.join(", ")),
        )
    );
    Err(Exit::Usage)
}

/// Weeks where no two dates lie closer than seven days, else days.
pub(super) fn step_of(rows: &[Dated]) -> Step {
    let mut dates: Vec<Date> = rows.iter().map(|r| r.on).collect();
    dates.sort_unstable();
    dates.dedup();
    let weekly = dates.len() > 1 && dates.windows(2).all(|w| (w[1] - w[0]).get_days() >= 7);
    if weekly { Step::Week } else { Step::Day }
}

fn date(cell: &str) -> Option<Date> {
    let plain = cell.replace(['/', '.', '年', '月'], "-").replace('日', "");
    let day = plain.split([' ', 'T']).next()?;
    let mut parts = day.split('-');
    let mut next = || parts.next()?.trim().parse::<i16>().ok();
    let (year, month, day) = (next()?, next()?, next()?);
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

fn number(cell: &str) -> Option<Option<f64>> {
    let unknown = ["", "NA", "N/A", "na", "-", "—", "未知", "缺"];
    if unknown.contains(&cell) {
        return Some(None);
    }
    cell.replace([',', '，'], "").parse().ok().filter(|x: &f64| x.is_finite()).map(Some)
}

fn text(bytes: &[u8]) -> Result<Vec<Vec<String>>, String> {
    let text = String::from_utf8_lossy(bytes);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    reader.records().map(|r| r.map(|r| r.iter().map(str::to_owned).collect()).map_err(|e| e.to_string())).collect()
}

fn workbook(bytes: &[u8]) -> Result<Vec<Vec<String>>, String> {
    let mut sheets: Sheets<_> = calamine::open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(|e| e.to_string())?;
    let range = sheets.worksheet_range_at(0).ok_or("no sheet")?.map_err(|e| e.to_string())?;
    Ok(range.rows().map(|row| row.iter().map(cell).collect()).collect())
}

fn cell(data: &Data) -> String {
    match data {
        Data::DateTime(at) => {
            let (year, month, day, ..) = at.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        Data::DateTimeIso(text) | Data::String(text) => text.clone(),
        Data::Empty => String::new(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_numbers_are_read_as_people_write_them() {
        let day = jiff::civil::date(2026, 3, 1);
        for text in ["2026-03-01", "2026/3/1", "2026年3月1日", "2026-03-01 08:00:00"] {
            assert_eq!(date(text), Some(day), "{text}");
        }
        assert_eq!(date("03-01"), None);
        assert_eq!(number("1,200"), Some(Some(1200.0)));
        assert_eq!(number("未知"), Some(None));
        assert_eq!(number("三"), None);
    }
}
