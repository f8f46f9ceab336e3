use jiff::civil::{Date, date};

use super::{Field, FieldKind, ImportTemplate, Requires};

/// The first day for which a population is taken: before it there were no codes of areas to count by.
const FIRST_COUNT: Date = date(1949, 10, 1);
/// More people than live in any area.
const MOST_PEOPLE: i64 = 2_000_000_000;

/// The table of areas: code, name, population with its day. The area above is told by the code, so that a column for it
/// is known and ignored.
///
/// `today` is the day of the import: a population is not counted in the future.
pub fn area_template(today: Date) -> ImportTemplate {
    let text = |most| FieldKind::Text { most };
    let fields = vec![
        Field::new("code", "区划代码", "Area code", FieldKind::AreaCode).required().or_called(&[
            "代码",
            "编码",
            "区划编码",
            "行政区划代码",
            "统计用区划代码",
            "辖区代码",
            "地区代码",
            "行政编码",
        ]),
        Field::new("name", "名称", "Name", text(60)).required().or_called(&[
            "辖区",
            "辖区名称",
            "区划名称",
            "行政区划名称",
            "地区名称",
            "地区",
            "单位名称",
        ]),
        Field::new("short", "简称", "Short name", text(30)),
        Field::new("parent", "上级代码", "Parent", FieldKind::Ignored).or_called(&[
            "上级",
            "上级区划",
            "上级名称",
            "上级辖区",
            "父级代码",
            "所属",
            "所属区划",
        ]),
        Field::new("level", "级别", "Level", FieldKind::Ignored).or_called(&["层级", "行政级别", "城乡分类代码"]),
        Field::new("population", "人口", "Population", FieldKind::WholeNumber { least: 0, most: MOST_PEOPLE })
            .or_called(&["人口数", "常住人口", "常住人口数", "总人口", "人口总数"]),
        Field::new(
            "population_on",
            "人口统计日期",
            "Population date",
            FieldKind::Date { earliest: FIRST_COUNT, latest: today },
        )
        .or_called(&["统计日期", "人口日期", "截止日期", "统计时点", "人口统计时间"]),
        Field::new("population_source", "人口来源", "Population source", text(60)).or_called(&["数据来源", "来源"]),
    ];
    ImportTemplate {
        zh: "辖区".into(),
        en: "Areas".into(),
        fields,
        same_by: vec!["code".into()],
        one_of: Vec::new(),
        requires: vec![Requires { when: "population".into(), then: "population_on".into() }],
    }
}
