use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::header::{header_key, numbered};
use super::{Column, Fault, ImportTemplate, Value, read_cell};
use crate::Lang;

/// What one column holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MappedColumn {
    /// Its header, as compared: without spaces and marks.
    pub header: String,
    /// How many columns of the same header stand before it.
    pub nth: usize,
    /// The key of the field; none where the user has said that the column is not needed.
    pub field: Option<String>,
}

/// Which field each column holds, by header: kept, and applied again to the next file, whatever the order of its
/// columns.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    /// Columns.
    pub columns: Vec<MappedColumn>,
    /// Values that hold for every row and stand in no column (`人口统计日期` = 2025-12-31), by the key of the field. A
    /// cell that is filled counts more.
    pub fixed: BTreeMap<String, String>,
}

/// A column whose cells are not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnmappedColumn {
    /// The column.
    pub column: Column,
    /// Its header as written.
    pub header: String,
    /// Whether the mapping does not know it, so that nobody has said that it is not needed.
    pub is_new: bool,
}

/// A mapping applied to the header of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    /// The column of each field that has one.
    pub columns: BTreeMap<String, Column>,
    /// What is read for a field where its cell is empty.
    pub fixed: BTreeMap<String, Value>,
    /// Columns that are not read.
    pub unmapped: Vec<UnmappedColumn>,
    /// Headers of the mapping that the file does not have.
    pub absent: Vec<String>,
}

/// Why a table cannot be read with a mapping.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MappingRefusal {
    /// No column holds a field that must be filled.
    NoColumn {
        /// Its header in Chinese.
        zh: String,
        /// In English.
        en: String,
    },
    /// No column holds any of several fields of which one must be filled.
    NoColumnOf {
        /// Their headers in Chinese.
        zh: Vec<String>,
        /// In English.
        en: Vec<String>,
    },
    /// Two columns are said to hold one field.
    Twice {
        /// Its header in Chinese.
        zh: String,
        /// In English.
        en: String,
        /// The columns.
        columns: (Column, Column),
    },
    /// The mapping names a field that the import does not have.
    UnknownField {
        /// Its key.
        key: String,
    },
    /// The value for every row is wrong.
    FixedValue {
        /// The field's header in Chinese.
        zh: String,
        /// In English.
        en: String,
        /// The value.
        value: String,
        /// What is wrong.
        fault: Box<Fault>,
    },
}

impl MappingRefusal {
    /// What is wrong and what to do.
    pub fn message(&self, lang: Lang) -> String {
        match self {
            MappingRefusal::NoColumn { zh, en } => lang.pick(
                format!("没有哪一列对应必填项“{zh}”，请选择它所在的列，或为全表填一个值。"),
                format!(
                    "No column holds “{en}”, which must be filled; choose its column, or give one value for all rows."
                ),
            ),
            MappingRefusal::NoColumnOf { zh, en } => lang.pick(
                format!("{}至少要有一列，请选择所在的列。", zh.join("、")),
                format!("There must be a column for at least one of {}; choose it.", en.join(", ")),
            ),
            MappingRefusal::Twice { zh, en, columns: (a, b) } => lang.pick(
                format!("{a}列和{b}列都对应“{zh}”，请只保留一列。"),
                format!("Columns {a} and {b} are both said to hold “{en}”; keep one."),
            ),
            MappingRefusal::UnknownField { key } => lang.pick(
                format!("保存的对应关系中有本表没有的字段“{key}”，请重新选择该列。"),
                format!(
                    "The saved mapping names a field “{key}” that this import does not have; choose the column again."
                ),
            ),
            MappingRefusal::FixedValue { zh, en, value, fault } => {
                let sentence = fault.sentence(lang.pick(zh, en), value, lang);
                lang.pick(
                    format!("为全表填写的值有误：{sentence}，请改正。"),
                    format!("The value for all rows is wrong: {sentence}; correct it."),
                )
            }
        }
    }
}

impl Mapping {
    /// Finds the mapping's columns in the header of a file.
    ///
    /// # Errors
    /// [`MappingRefusal`] says why the file cannot be read with it.
    pub fn lay_out(&self, template: &ImportTemplate, header: &[String]) -> Result<Layout, MappingRefusal> {
        let mut layout = Layout { fixed: self.fixed_values(template)?, ..Layout::default() };
        for (column, ((key, nth), text)) in numbered(header).zip(header).enumerate() {
            let column = Column(column);
            let known = self.columns.iter().find(|one| header_key(&one.header) == key && one.nth == nth);
            match known.and_then(|known| known.field.as_ref()) {
                Some(field) => layout.place(template, field, column)?,
                None => layout.unmapped.push(UnmappedColumn { column, header: text.clone(), is_new: known.is_none() }),
            }
        }
        let present: Vec<(String, usize)> = numbered(header).collect();
        let is_absent = |one: &&MappedColumn| !present.contains(&(header_key(&one.header), one.nth));
        layout.absent = self.columns.iter().filter(is_absent).map(|one| one.header.clone()).collect();
        layout.check(template)?;
        Ok(layout)
    }

    fn fixed_values(&self, template: &ImportTemplate) -> Result<BTreeMap<String, Value>, MappingRefusal> {
        let mut values = BTreeMap::new();
        for (key, text) in &self.fixed {
            let field = template.field(key).ok_or_else(|| MappingRefusal::UnknownField { key: key.clone() })?;
            let wrong = |fault: Fault| MappingRefusal::FixedValue {
                zh: field.zh.clone(),
                en: field.en.clone(),
                value: text.clone(),
                fault: Box::new(fault),
            };
            if let Some(value) = read_cell(&field.kind, text).map_err(wrong)? {
                values.insert(key.clone(), value);
            }
        }
        Ok(values)
    }
}

impl Layout {
    fn place(&mut self, template: &ImportTemplate, key: &str, column: Column) -> Result<(), MappingRefusal> {
        let field = template.field(key).ok_or_else(|| MappingRefusal::UnknownField { key: key.to_owned() })?;
        match self.columns.insert(key.to_owned(), column) {
            None => Ok(()),
            Some(first) => {
                Err(MappingRefusal::Twice { zh: field.zh.clone(), en: field.en.clone(), columns: (first, column) })
            }
        }
    }

    /// Whether a field can have a value at all.
    fn has(&self, key: &str) -> bool {
        self.columns.contains_key(key) || self.fixed.contains_key(key)
    }

    fn check(&self, template: &ImportTemplate) -> Result<(), MappingRefusal> {
        if let Some(field) = template.required().find(|field| !self.has(&field.key)) {
            return Err(MappingRefusal::NoColumn { zh: field.zh.clone(), en: field.en.clone() });
        }
        match template.one_of.iter().find(|keys| !keys.iter().any(|key| self.has(key))) {
            None => Ok(()),
            Some(keys) => {
                let (zh, en) = template.labels(keys);
                Err(MappingRefusal::NoColumnOf { zh, en })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::import::{area_template, suggest_mapping, unit_template};

    fn header(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    fn template() -> ImportTemplate {
        area_template(date(2026, 11, 22))
    }

    fn mapping() -> Mapping {
        suggest_mapping(&template(), &header(&["代码", "名称", "人口", "统计日期", "备注"])).mapping()
    }

    #[test]
    fn a_saved_mapping_finds_its_columns_in_another_order() {
        let layout =
            mapping().lay_out(&template(), &header(&["备注", "统计日期", "名称 ", "人口", "新列", "代码"])).unwrap();
        let at: Vec<_> = layout.columns.iter().map(|(key, column)| (key.as_str(), column.0)).collect();
        assert_eq!(at, [("code", 5), ("name", 2), ("population", 3), ("population_on", 1)]);
        let unmapped: Vec<_> = layout.unmapped.iter().map(|one| (one.header.as_str(), one.is_new)).collect();
        assert_eq!(unmapped, [("备注", false), ("新列", true)]);
        assert_eq!(layout.absent, Vec::<String>::new());
    }

    #[test]
    fn every_column_is_either_mapped_or_listed() {
        let texts = header(&["代码", "代码", "", "名称", "", "人口", "甲"]);
        let layout = mapping().lay_out(&template(), &texts).unwrap();
        let mut seen: Vec<usize> = layout.columns.values().map(|column| column.0).collect();
        seen.extend(layout.unmapped.iter().map(|one| one.column.0));
        seen.sort_unstable();
        assert_eq!(seen, (0..texts.len()).collect::<Vec<_>>());
        assert_eq!(layout.absent, ["统计日期", "备注"]);
    }

    #[test]
    fn a_required_field_without_a_column_is_refused_unless_it_has_one_value_for_all() {
        let refused = mapping().lay_out(&template(), &header(&["名称"])).unwrap_err();
        assert_eq!(refused.message(Lang::Zh), "没有哪一列对应必填项“区划代码”，请选择它所在的列，或为全表填一个值。");
        let mut with_value = mapping();
        with_value.fixed.insert("code".into(), "990101000000".into());
        let layout = with_value.lay_out(&template(), &header(&["名称"])).unwrap();
        assert_eq!(layout.fixed["code"], Value::Area("990101".parse().unwrap()));
    }

    #[test]
    fn wrong_mappings_are_refused() {
        let mut twice = mapping();
        twice.columns[4].field = Some("code".into());
        let refused = twice.lay_out(&template(), &header(&["代码", "名称", "备注"])).unwrap_err();
        assert_eq!(refused.message(Lang::Zh), "A列和C列都对应“区划代码”，请只保留一列。");
        let mut unknown = mapping();
        unknown.columns[4].field = Some("colour".into());
        let refused = unknown.lay_out(&template(), &header(&["代码", "名称", "备注"])).unwrap_err();
        assert_eq!(refused, MappingRefusal::UnknownField { key: "colour".into() });
        let mut fixed = mapping();
        fixed.fixed.insert("population".into(), "约三千".into());
        let refused = fixed.lay_out(&template(), &header(&["代码", "名称"])).unwrap_err();
        assert_eq!(refused.message(Lang::Zh), "为全表填写的值有误：人口应为整数，现为“约三千”，请改正。");
    }

    #[test]
    fn of_several_fields_one_must_have_a_column() {
        let units = unit_template(date(2026, 11, 22));
        let texts = header(&["单位名称"]);
        let refused = suggest_mapping(&units, &texts).mapping().lay_out(&units, &texts).unwrap_err();
        assert!(matches!(refused, MappingRefusal::NoColumnOf { .. }), "{refused:?}");
    }
}
