use jiff::civil::{Date, date};

use super::{ChoiceOption, Field, FieldKind, ImportTemplate, Requires};
use crate::{Lang, unit::UnitKind};

/// Nobody has been in post longer.
const FIRST_DAY_IN_POST: Date = date(1949, 10, 1);
/// How many characters a name has at most.
const NAME: usize = 100;

/// The table of units with their posts, as directories are kept: a unit with several posts has a row for each. Its
/// area is given by code or by name.
///
/// `today` is the day of the import: nobody is in post since the future.
pub fn unit_template(today: Date) -> ImportTemplate {
    let mut fields = unit_fields();
    fields.extend(post_fields(today));
    let requires = |when: &str, then: &str| Requires { when: when.into(), then: then.into() };
    ImportTemplate {
        zh: "单位".into(),
        en: "Units".into(),
        fields,
        same_by: ["name", "area_code", "area_name", "post_title", "incumbent"].map(str::to_owned).to_vec(),
        one_of: vec![vec!["area_code".into(), "area_name".into()]],
        requires: vec![
            requires("incumbent", "post_title"),
            requires("phone", "incumbent"),
            requires("in_post_from_on", "incumbent"),
        ],
    }
}

fn unit_fields() -> Vec<Field> {
    vec![
        Field::new("name", "单位名称", "Unit", FieldKind::UnitName { most: NAME }).required().or_called(&[
            "单位",
            "名称",
            "部门",
            "部门名称",
            "单位全称",
            "全称",
            "机构名称",
            "成员单位",
        ]),
        Field::new("kind", "单位性质", "Kind", kinds()).or_called(&["单位类型", "类型", "类别", "性质", "机构类别"]),
        Field::new("area_code", "区划代码", "Area code", FieldKind::AreaCode).or_called(&[
            "辖区代码",
            "行政区划代码",
            "地区代码",
        ]),
        Field::new("area_name", "辖区", "Area", FieldKind::Text { most: 60 }).or_called(&[
            "辖区名称",
            "所在辖区",
            "所属辖区",
            "所在乡镇",
            "所属乡镇",
            "乡镇街道",
            "镇街",
            "地区",
            "区域",
        ]),
        Field::new("parent", "上级单位", "Parent unit", FieldKind::UnitName { most: NAME }).or_called(&[
            "主管单位",
            "主管部门",
            "上级部门",
            "隶属单位",
            "所属单位",
        ]),
        Field::new("aliases", "别名", "Other names", FieldKind::Names { most: NAME }).or_called(&[
            "其他名称",
            "加挂名称",
            "加挂牌子",
            "又名",
        ]),
        Field::new("short", "简称", "Short name", FieldKind::UnitName { most: NAME })
            .or_called(&["单位简称", "规范简称"]),
        Field::new("former", "曾用名", "Former names", FieldKind::Names { most: NAME })
            .or_called(&["原名", "原单位名称"]),
        Field::new("duty_phone", "值班电话", "Duty phone", FieldKind::Phone).or_called(&[
            "单位电话",
            "办公电话",
            "固定电话",
            "座机",
            "24小时电话",
        ]),
    ]
}

fn post_fields(today: Date) -> Vec<Field> {
    vec![
        Field::new("post_title", "职务", "Post", FieldKind::Text { most: 60 }).or_called(&["岗位", "职位", "职务名称"]),
        Field::new("incumbent", "姓名", "Person", FieldKind::Text { most: 40 }).or_called(&[
            "联系人",
            "负责人",
            "联络员",
            "任职人员",
            "联系人姓名",
            "主要负责人",
        ]),
        Field::new("phone", "手机", "Phone", FieldKind::Phone).or_called(&[
            "手机号",
            "手机号码",
            "联系电话",
            "电话",
            "移动电话",
            "联系方式",
            "电话号码",
        ]),
        Field::new(
            "in_post_from_on",
            "任职日期",
            "In post since",
            FieldKind::Date { earliest: FIRST_DAY_IN_POST, latest: today },
        )
        .or_called(&["任职时间", "到任日期", "任职起始日期"]),
    ]
}

fn kinds() -> FieldKind {
    let option = |kind: UnitKind| ChoiceOption {
        code: kind.code().to_owned(),
        zh: kind.words(Lang::Zh).to_owned(),
        en: kind.words(Lang::En).to_owned(),
        synonyms: synonyms(kind).iter().map(|word| (*word).to_owned()).collect(),
    };
    FieldKind::Choice { options: UnitKind::ALL.into_iter().map(option).collect() }
}

/// How lists write a kind besides its own words.
fn synonyms(kind: UnitKind) -> &'static [&'static str] {
    match kind {
        UnitKind::Government => &["政府", "党政机关"],
        UnitKind::PartyBody => &["党委"],
        UnitKind::Department => &["部门", "机关", "行政机关", "事业单位", "职能部门"],
        UnitKind::DiseaseControl => &["疾控", "疾病预防控制中心", "疾控机构"],
        UnitKind::Hospital => &["医疗机构", "综合医院", "专科医院", "公立医院"],
        UnitKind::PrimaryCare => {
            &["社区卫生服务中心", "卫生院", "乡镇卫生院", "社区医院", "基层医疗机构", "基层医疗卫生机构", "卫生室"]
        }
        UnitKind::HealthInspection => &["卫生监督", "卫生监督所"],
        UnitKind::EmergencyCare => &["急救", "急救站"],
        UnitKind::TownshipOffice => &["乡镇", "街道", "镇街", "乡镇街道", "乡镇（街道）", "街道办事处", "乡镇政府"],
        UnitKind::VillageCommittee => &["村", "社区", "村居", "村（社区）", "村委会", "居委会"],
        UnitKind::Police => &["公安", "派出所"],
        UnitKind::PortOfEntry => &["海关", "口岸"],
        UnitKind::School => &["中小学", "幼儿园", "高校", "教育机构"],
        UnitKind::WelfareInstitution => &["养老机构", "福利机构"],
        UnitKind::PeopleOrganisation => &["群团组织", "社会团体"],
        UnitKind::Market => &["农贸市场", "商超", "超市"],
        UnitKind::Enterprise => &["公司", "国企", "民企"],
        UnitKind::Section => &["科室", "内设机构"],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::import::{ImportTemplate, Value, area_template, read_cell};

    fn templates() -> [ImportTemplate; 2] {
        [area_template(date(2026, 11, 22)), unit_template(date(2026, 11, 22))]
    }

    #[test]
    fn no_header_stands_for_two_fields() {
        for template in templates() {
            let own = |field: &Field| [field.key.replace('_', " "), field.zh.clone(), field.en.to_lowercase()];
            let headers = |field: &Field| {
                BTreeSet::from(own(field)).into_iter().chain(field.synonyms.clone()).collect::<Vec<_>>()
            };
            let all: Vec<String> = template.fields.iter().flat_map(headers).collect();
            let different: BTreeSet<&String> = all.iter().collect();
            assert_eq!(all.len(), different.len(), "{:?}", template.name(Lang::Zh));
        }
    }

    #[test]
    fn the_rules_of_a_form_name_its_own_fields() {
        for template in templates() {
            let named = template.same_by.iter().chain(template.one_of.iter().flatten());
            let required = template.requires.iter().flat_map(|rule| [&rule.when, &rule.then]);
            assert!(named.chain(required).all(|key| template.field(key).is_some()));
        }
    }

    #[test]
    fn every_kind_of_unit_is_read_in_its_own_words_and_no_word_means_two() {
        for kind in UnitKind::ALL {
            let words = [kind.code(), kind.words(Lang::Zh), kind.words(Lang::En)];
            for word in words.iter().chain(synonyms(kind)) {
                assert_eq!(read_cell(&kinds(), word), Ok(Some(Value::Choice(kind.code().into()))), "{word}");
            }
        }
    }
}
