use serde::{Deserialize, Serialize};

use super::{Column, Field, ImportTemplate, MappedColumn, Mapping};
use crate::Lang;
use crate::unit::{edit_ratio, normal_name};

/// How a header was recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HeaderMatch {
    /// It is the field's own header.
    Exact,
    /// It is another header under which the field is known.
    Synonym,
    /// It is like one of them, from 0 to 1000.
    Similar(u16),
}

impl HeaderMatch {
    /// How sure it is, from 0 to 1000.
    pub fn confidence(self) -> u16 {
        match self {
            HeaderMatch::Exact => 1000,
            HeaderMatch::Synonym => 950,
            // However alike, it is less sure than a known header.
            HeaderMatch::Similar(ratio) => ratio.min(900),
        }
    }

    /// How it was recognised, in words.
    pub fn words(self, lang: Lang) -> &'static str {
        match self {
            HeaderMatch::Exact => lang.pick("表头相同", "Same header"),
            HeaderMatch::Synonym => lang.pick("同义表头", "Known under this header, too"),
            HeaderMatch::Similar(_) => lang.pick("表头相近，请核对", "Similar header; please check"),
        }
    }
}

/// Which field a column seems to hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnSuggestion {
    /// The column.
    pub column: Column,
    /// Its header as written.
    pub header: String,
    /// The key of the field and how it was recognised; none if the column fits no field, or another fits better.
    pub field: Option<(String, HeaderMatch)>,
}

/// Which fields the columns of a table seem to hold. Every column is listed, so that none is dropped unseen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MappingSuggestion {
    /// Every column.
    pub columns: Vec<ColumnSuggestion>,
    /// Keys of fields that must be filled and that no column seems to hold.
    pub missing: Vec<String>,
}

impl MappingSuggestion {
    /// The mapping, for the user to correct and accept.
    pub fn mapping(&self) -> Mapping {
        let headers: Vec<String> = self.columns.iter().map(|one| one.header.clone()).collect();
        let field = |one: &ColumnSuggestion| one.field.as_ref().map(|(key, _)| key.clone());
        let fields = self.columns.iter().map(field);
        let columns = numbered(&headers).zip(fields).map(|((header, nth), field)| MappedColumn { header, nth, field });
        Mapping { columns: columns.collect(), ..Mapping::default() }
    }
}

/// How alike a header must be to be suggested.
const ALIKE: u16 = 600;

/// Suggests which field each column holds, whatever their order. Each field is given to the column that fits it best.
pub fn suggest_mapping(template: &ImportTemplate, header: &[String]) -> MappingSuggestion {
    let mut fits = Vec::new();
    for (column, text) in header.iter().enumerate() {
        for (place, field) in template.fields.iter().enumerate() {
            if let Some(how) = recognise(field, text) {
                fits.push((std::cmp::Reverse(how.confidence()), column, place, how));
            }
        }
    }
    fits.sort_by_key(|(confidence, column, place, _)| (*confidence, *column, *place));
    let mut given: Vec<Option<HeaderMatch>> = vec![None; template.fields.len()];
    let mut columns: Vec<ColumnSuggestion> = header
        .iter()
        .enumerate()
        .map(|(column, text)| ColumnSuggestion { column: Column(column), header: text.clone(), field: None })
        .collect();
    for (_, column, place, how) in fits {
        if columns[column].field.is_none() && given[place].is_none() {
            columns[column].field = Some((template.fields[place].key.clone(), how));
            given[place] = Some(how);
        }
    }
    let is_held = |field: &&Field| columns.iter().flat_map(|one| &one.field).any(|(key, _)| *key == field.key);
    let missing = template.required().filter(|field| !is_held(field)).map(|field| field.key.clone()).collect();
    MappingSuggestion { columns, missing }
}

/// How many rows a header is looked for in.
const TITLE_ROWS: usize = 20;

/// The row, from 1, that looks most like the template's header; titles often stand above it. None if no row has two
/// known headers.
pub fn find_header_row(template: &ImportTemplate, cells: &[Vec<String>]) -> Option<usize> {
    let known = |row: &Vec<String>| {
        let found = suggest_mapping(template, row).columns.into_iter().filter_map(|one| one.field);
        found.filter(|(_, how)| !matches!(how, HeaderMatch::Similar(_))).count()
    };
    let counted = cells.iter().take(TITLE_ROWS).map(known).enumerate().filter(|(_, known)| *known >= 2);
    counted.max_by_key(|(index, known)| (*known, std::cmp::Reverse(*index))).map(|(index, _)| index + 1)
}

/// How a header names a field, if it does. What stands in a bracket behind (`人口（人）`) is a remark.
fn recognise(field: &Field, header: &str) -> Option<HeaderMatch> {
    let whole = header_key(header);
    let plain = whole.split_once('(').map_or(whole.as_str(), |(plain, _)| plain);
    if whole.is_empty() {
        return None;
    }
    let is = |name: &str| header_key(name) == whole || header_key(name) == plain;
    if [&field.zh, &field.en, &field.key].into_iter().any(|name| is(name)) {
        return Some(HeaderMatch::Exact);
    }
    if field.synonyms.iter().any(|name| is(name)) {
        return Some(HeaderMatch::Synonym);
    }
    let names = [&field.zh, &field.en].into_iter().chain(&field.synonyms);
    let ratio = names.map(|name| edit_ratio(&header_key(name), plain)).max()?;
    (ratio >= ALIKE).then_some(HeaderMatch::Similar(ratio))
}

/// A header as it is compared: without spaces, line breaks and the star of fields that must be filled.
pub(super) fn header_key(header: &str) -> String {
    normal_name(header).chars().filter(|c| !matches!(c, '*' | '_')).collect()
}

/// Headers as compared, each with how many of the same stand before it.
pub(super) fn numbered(headers: &[String]) -> impl Iterator<Item = (String, usize)> {
    let keys: Vec<String> = headers.iter().map(|header| header_key(header)).collect();
    let before = |at: usize| keys[..at].iter().filter(|key| **key == keys[at]).count();
    let counts: Vec<usize> = (0..keys.len()).map(before).collect();
    keys.into_iter().zip(counts)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::import::{area_template, unit_template};

    fn header(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    fn fields(template: &ImportTemplate, texts: &[&str]) -> Vec<Option<String>> {
        let suggestion = suggest_mapping(template, &header(texts));
        suggestion.columns.into_iter().map(|one| one.field.map(|(key, _)| key)).collect()
    }

    #[test]
    fn columns_are_recognised_in_any_order_and_under_usual_headers() {
        let template = area_template(date(2026, 11, 22));
        let known = |key: &str| Some(key.to_owned());
        assert_eq!(
            fields(&template, &["序号", "常住人口（人）", "辖区名称 *", "行政区划代码", "统计日期"]),
            [None, known("population"), known("name"), known("code"), known("population_on")]
        );
        assert_eq!(
            fields(&template, &["Code", "Name", "Population"]),
            [known("code"), known("name"), known("population")]
        );
    }

    #[test]
    fn every_form_recognises_its_own_headers_exactly() {
        for template in [area_template(date(2026, 11, 22)), unit_template(date(2026, 11, 22))] {
            for lang in [Lang::Zh, Lang::En] {
                let suggestion = suggest_mapping(&template, &template.header(lang));
                for (one, field) in suggestion.columns.iter().zip(&template.fields) {
                    assert_eq!(one.field, Some((field.key.clone(), HeaderMatch::Exact)), "{}", one.header);
                }
                assert_eq!(suggestion.missing, Vec::<String>::new());
            }
        }
    }

    #[test]
    fn a_field_goes_to_the_column_that_fits_best_and_the_others_stay_listed() {
        let template = area_template(date(2026, 11, 22));
        let suggestion = suggest_mapping(&template, &header(&["代码", "区划代码", "备注"]));
        let found: Vec<_> = suggestion.columns.iter().map(|one| one.field.clone()).collect();
        assert_eq!(found, [None, Some(("code".to_owned(), HeaderMatch::Exact)), None]);
        assert_eq!(suggestion.columns.len(), 3);
        assert_eq!(suggestion.missing, ["name"]);
    }

    #[test]
    fn a_slip_in_a_header_is_recognised_with_less_confidence() {
        let template = area_template(date(2026, 11, 22));
        let suggestion = suggest_mapping(&template, &header(&["区化代码"]));
        let (key, how) = suggestion.columns[0].field.clone().unwrap();
        assert_eq!(key, "code");
        assert!(matches!(how, HeaderMatch::Similar(_)) && how.confidence() < HeaderMatch::Synonym.confidence());
    }

    #[test]
    fn the_header_is_found_below_titles() {
        let template = area_template(date(2026, 11, 22));
        let cells = [
            header(&["清河区辖区一览表"]),
            header(&[]),
            header(&["代码", "名称", "人口"]),
            header(&["990101", "清河区"]),
        ];
        assert_eq!(find_header_row(&template, &cells), Some(3));
        assert_eq!(find_header_row(&template, &cells[..2]), None);
    }
}
