use jiff::civil::{Date, date};

use crate::Lang;

/// How the law classes a disease, which decides how fast it is reported and how it is managed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DiseaseClass {
    /// 甲类.
    A,
    /// 乙类，按甲类管理.
    BAsA,
    /// 乙类.
    B,
    /// 丙类.
    C,
    /// 新发传染病或不明原因疾病, not in the list.
    Unlisted,
}

impl DiseaseClass {
    /// Every class.
    pub const ALL: [DiseaseClass; 5] =
        [DiseaseClass::A, DiseaseClass::BAsA, DiseaseClass::B, DiseaseClass::C, DiseaseClass::Unlisted];

    /// The text that is kept and sent.
    pub fn code(self) -> &'static str {
        match self {
            DiseaseClass::A => "a",
            DiseaseClass::BAsA => "b_as_a",
            DiseaseClass::B => "b",
            DiseaseClass::C => "c",
            DiseaseClass::Unlisted => "unlisted",
        }
    }

    /// The class of a code.
    pub fn from_code(code: &str) -> Option<DiseaseClass> {
        DiseaseClass::ALL.into_iter().find(|class| class.code() == code)
    }

    /// In words.
    pub fn words(self, lang: Lang) -> &'static str {
        match self {
            DiseaseClass::A => lang.pick("甲类", "Class A"),
            DiseaseClass::BAsA => lang.pick("乙类（按甲类管理）", "Class B, managed as A"),
            DiseaseClass::B => lang.pick("乙类", "Class B"),
            DiseaseClass::C => lang.pick("丙类", "Class C"),
            DiseaseClass::Unlisted => lang.pick("新发或不明原因", "New or unexplained"),
        }
    }
}

/// What is known of a disease as a figure or class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ParameterName {
    /// 最长潜伏期, in days.
    MaxIncubationDays,
    /// 平均潜伏期, in days; tenths of a day are allowed.
    MeanIncubationDays,
    /// How many minutes `立即` leaves until an order is late.
    AtOnceMinutes,
    /// 管理类别.
    Class,
}

impl ParameterName {
    /// Every name.
    pub const ALL: [ParameterName; 4] = [
        ParameterName::MaxIncubationDays,
        ParameterName::MeanIncubationDays,
        ParameterName::AtOnceMinutes,
        ParameterName::Class,
    ];

    /// The text that is kept.
    pub fn code(self) -> &'static str {
        match self {
            ParameterName::MaxIncubationDays => "max_incubation_days",
            ParameterName::MeanIncubationDays => "mean_incubation_days",
            ParameterName::AtOnceMinutes => "at_once_minutes",
            ParameterName::Class => "class",
        }
    }

    /// The name of a code.
    pub fn from_code(code: &str) -> Option<ParameterName> {
        ParameterName::ALL.into_iter().find(|name| name.code() == code)
    }

    /// In words.
    pub fn words(self, lang: Lang) -> &'static str {
        match self {
            ParameterName::MaxIncubationDays => lang.pick("最长潜伏期（天）", "Maximum incubation (days)"),
            ParameterName::MeanIncubationDays => lang.pick("平均潜伏期（天）", "Mean incubation (days)"),
            ParameterName::AtOnceMinutes => lang.pick("“立即”的时限（分钟）", "“At once” leaves (minutes)"),
            ParameterName::Class => lang.pick("管理类别", "Managed as"),
        }
    }
}

/// Something known of a disease from a day on, with the document that says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// What.
    pub name: ParameterName,
    /// Its value: a number of days, or the code of a class.
    pub value: &'static str,
    /// Since when.
    pub from_on: Date,
    /// Who says so.
    pub source: &'static str,
}

/// A disease that can be chosen, with what is proposed for it. People confirm each value for their incident, and may set
/// another with its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Disease {
    /// The text that is kept.
    pub code: &'static str,
    /// 中文.
    pub zh: &'static str,
    /// English.
    pub en: &'static str,
    /// What is known, oldest first.
    pub parameters: &'static [Parameter],
}

const fn incubation(days: &'static str, from_on: Date, source: &'static str) -> Parameter {
    Parameter { name: ParameterName::MaxIncubationDays, value: days, from_on, source }
}

const fn class(class: &'static str, from_on: Date, source: &'static str) -> Parameter {
    Parameter { name: ParameterName::Class, value: class, from_on, source }
}

const LAW: &str = "传染病防治法";
const SINCE_2004: Date = date(2004, 12, 1);

impl Disease {
    /// Diseases with proposals.
    pub const ALL: &'static [Disease] = &[
        Disease {
            code: "covid_19",
            zh: "新型冠状病毒感染",
            en: "COVID-19",
            parameters: &[
                class("b_as_a", date(2020, 1, 20), "国家卫生健康委公告2020年第1号"),
                incubation("14", date(2022, 3, 14), "新型冠状病毒肺炎诊疗方案（试行第九版）"),
                class("b", date(2023, 1, 8), "国家卫生健康委公告2022年第7号"),
            ],
        },
        Disease {
            code: "plague",
            zh: "鼠疫",
            en: "Plague",
            parameters: &[class("a", SINCE_2004, LAW), incubation("7", date(2022, 7, 7), "WHO fact sheet: Plague")],
        },
        Disease {
            code: "cholera",
            zh: "霍乱",
            en: "Cholera",
            parameters: &[class("a", SINCE_2004, LAW), incubation("5", date(2023, 12, 11), "WHO fact sheet: Cholera")],
        },
        Disease {
            code: "sars",
            zh: "传染性非典型肺炎",
            en: "SARS",
            parameters: &[
                class("b_as_a", SINCE_2004, LAW),
                incubation("10", date(2003, 10, 17), "WHO consensus document on the epidemiology of SARS, 2003"),
            ],
        },
        Disease {
            code: "avian_influenza_h7n9",
            zh: "人感染H7N9禽流感",
            en: "Avian influenza A(H7N9)",
            parameters: &[
                class("b", date(2013, 11, 4), "国家卫生计生委 2013年11月4日通知"),
                incubation("10", date(2017, 1, 24), "人感染H7N9禽流感诊疗方案（2017年第一版）"),
            ],
        },
        Disease {
            code: "mpox",
            zh: "猴痘",
            en: "Mpox",
            parameters: &[
                class("b", date(2023, 9, 20), "国家卫生健康委公告2023年第7号"),
                incubation("21", date(2023, 7, 26), "猴痘防控方案（2023年）"),
            ],
        },
        Disease {
            code: "measles",
            zh: "麻疹",
            en: "Measles",
            parameters: &[class("b", SINCE_2004, LAW), incubation("21", date(2017, 5, 12), "WS 296-2017 麻疹诊断")],
        },
        Disease {
            code: "dengue",
            zh: "登革热",
            en: "Dengue",
            parameters: &[class("b", SINCE_2004, LAW), incubation("14", date(2018, 3, 6), "WS 216-2018 登革热诊断")],
        },
        Disease {
            code: "influenza",
            zh: "流行性感冒",
            en: "Influenza",
            parameters: &[
                class("c", SINCE_2004, LAW),
                incubation("7", date(2020, 10, 27), "流行性感冒诊疗方案（2020年版）"),
            ],
        },
        Disease {
            code: "hand_foot_mouth",
            zh: "手足口病",
            en: "Hand, foot and mouth disease",
            parameters: &[
                class("c", date(2008, 5, 2), "卫生部 2008年5月2日通知"),
                incubation("10", date(2018, 5, 15), "手足口病诊疗指南（2018年版）"),
            ],
        },
        Disease {
            code: "norovirus",
            zh: "诺如病毒感染",
            en: "Norovirus",
            parameters: &[
                class("c", SINCE_2004, LAW),
                incubation("3", date(2015, 11, 1), "诺如病毒感染暴发调查和预防控制技术指南（2015版）"),
            ],
        },
        Disease {
            code: "unexplained",
            zh: "不明原因疾病",
            en: "Unexplained illness",
            parameters: &[class("unlisted", date(2006, 2, 26), "国家突发公共卫生事件应急预案")],
        },
    ];

    /// The disease of a code.
    pub fn from_code(code: &str) -> Option<&'static Disease> {
        Disease::ALL.iter().find(|disease| disease.code == code)
    }

    /// In words.
    pub fn words(&self, lang: Lang) -> &'static str {
        lang.pick(self.zh, self.en)
    }

    /// What held on a day; none where nothing is known.
    pub fn parameter(&self, name: ParameterName, day: Date) -> Option<&'static Parameter> {
        self.parameters.iter().filter(|one| one.name == name && one.from_on <= day).max_by_key(|one| one.from_on)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_can_be_read_and_names_its_source() {
        for disease in Disease::ALL {
            assert_eq!(Disease::from_code(disease.code), Some(disease));
            for one in disease.parameters {
                match one.name {
                    ParameterName::MaxIncubationDays | ParameterName::AtOnceMinutes => {
                        assert!(one.value.parse::<u32>().unwrap() > 0);
                    }
                    ParameterName::MeanIncubationDays => assert!(one.value.parse::<f64>().unwrap() > 0.0),
                    ParameterName::Class => assert!(DiseaseClass::from_code(one.value).is_some()),
                }
                assert!(!one.source.is_empty(), "{}", disease.code);
            }
        }
    }

    #[test]
    fn the_class_is_that_of_the_day() {
        let covid = Disease::from_code("covid_19").unwrap();
        let class_on = |day| covid.parameter(ParameterName::Class, day).map(|one| one.value);
        assert_eq!(class_on(date(2019, 12, 31)), None);
        assert_eq!(class_on(date(2022, 6, 1)), Some("b_as_a"));
        assert_eq!(class_on(date(2023, 1, 8)), Some("b"));
    }
}
