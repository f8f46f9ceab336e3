//! The templates that are supplied: the shape of a status report, and the daily reports of an epidemic response.

use super::{Cadence, Covers};
use crate::Lang;
use crate::plan::TimeOfDay;
use crate::unit::UnitKind;

/// What a line of a supplied template asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SuppliedAsk {
    /// A figure: the code of its indicator, its name in both languages, what it is counted in, and whether it is counted
    /// since the beginning.
    Figure {
        /// The code.
        code: &'static str,
        /// Its name.
        name: (&'static str, &'static str),
        /// What it is counted in.
        unit: (&'static str, &'static str),
        /// Whether it is cumulative.
        cumulative: bool,
    },
    /// Some words.
    Text {
        /// What about.
        name: (&'static str, &'static str),
    },
}

/// A line of a supplied template: the heading that begins with it, and what it asks for.
pub type SuppliedLine = ((&'static str, &'static str), SuppliedAsk);

/// A template that is supplied.
#[derive(Clone, Copy, Debug)]
pub struct SuppliedTemplate {
    /// By which it is chosen.
    pub code: &'static str,
    name: (&'static str, &'static str),
    guidance: (&'static str, &'static str),
    /// How often and until when; the plan may say otherwise.
    pub cadence: Cadence,
    /// Of which period.
    pub covers: Covers,
    /// Which kinds of unit report.
    pub kinds: &'static [UnitKind],
    /// What it asks.
    pub lines: &'static [SuppliedLine],
}

impl SuppliedTemplate {
    /// Its name.
    pub fn name(&self, lang: Lang) -> &'static str {
        lang.pick(self.name.0, self.name.1)
    }

    /// What whoever fills it in has to know.
    pub fn guidance(&self, lang: Lang) -> &'static str {
        lang.pick(self.guidance.0, self.guidance.1)
    }

    /// The one of a code.
    pub fn of(code: &str) -> Option<&'static SuppliedTemplate> {
        SUPPLIED.iter().find(|one| one.code == code)
    }
}

const NONE: (&str, &str) = ("", "");
const PERSONS: (&str, &str) = ("人", "persons");
const TIMES: (&str, &str) = ("人次", "person-times");
const AT_THREE: Cadence = Cadence::Daily { by: TimeOfDay { hour: 15, minute: 0 } };

const fn count(
    section: (&'static str, &'static str),
    code: &'static str,
    name_en: &'static str,
    unit: (&'static str, &'static str),
) -> SuppliedLine {
    (section, SuppliedAsk::Figure { code, name: (code, name_en), unit, cumulative: false })
}

const fn since(code: &'static str, name_en: &'static str, unit: (&'static str, &'static str)) -> SuppliedLine {
    (NONE, SuppliedAsk::Figure { code, name: (code, name_en), unit, cumulative: true })
}

const fn words(section: (&'static str, &'static str), name: (&'static str, &'static str)) -> SuppliedLine {
    (section, SuppliedAsk::Text { name })
}

const REMARK: SuppliedLine = words(("需要说明的情况", "Remarks"), ("需要说明的情况", "What has to be explained"));

/// Every supplied template.
pub const SUPPLIED: &[SuppliedTemplate] = &[
    SuppliedTemplate {
        code: "status",
        name: ("工作情况日报", "Daily report on the work"),
        guidance: (
            "各工作组和成员单位每日15时前报当日工作。没有的内容请写“无”。",
            "Working groups and member units report the day's work before 15:00. Write “none” where there is nothing.",
        ),
        cadence: AT_THREE,
        covers: Covers::Current,
        kinds: &[UnitKind::Department],
        lines: &[
            words(("工作开展情况", "Work done"), ("工作开展情况", "Work done")),
            words(("存在的问题", "Problems"), ("存在的问题", "Problems")),
            words(("下步打算", "Next steps"), ("下步打算", "Next steps")),
        ],
    },
    SuppliedTemplate {
        code: "arrivals",
        name: ("市外来人摸排管控日报", "Daily report on arrivals from outside"),
        guidance: (
            "统计前24小时（昨日15时至今日15时）。没有来人请报零。",
            "The 24 hours before 15:00 today. If nobody arrived, report zero.",
        ),
        cadence: AT_THREE,
        covers: Covers::UpToDue,
        kinds: &[UnitKind::TownshipOffice],
        lines: &[
            count(("摸排", "Screening"), "摸排人数", "Persons screened", PERSONS),
            count(NONE, "市外来人数", "Arrivals from outside", PERSONS),
            count(NONE, "风险地区来人数", "Arrivals from risk areas", PERSONS),
            count(("管控", "Control"), "集中隔离人数", "In central isolation", PERSONS),
            count(NONE, "居家观察人数", "Under observation at home", PERSONS),
            count(NONE, "来人核酸检测人次", "Tests of arrivals", TIMES),
            since("累计摸排管控人数", "Screened and controlled so far", PERSONS),
            REMARK,
        ],
    },
    SuppliedTemplate {
        code: "fever",
        name: ("发热门诊和核酸检测日报", "Daily report on fever clinics and tests"),
        guidance: (
            "各医疗机构每日15时前报前24小时情况。没有患者请报零。",
            "Each institution reports the 24 hours before 15:00. If there were no patients, report zero.",
        ),
        cadence: AT_THREE,
        covers: Covers::UpToDue,
        kinds: &[UnitKind::Hospital, UnitKind::PrimaryCare],
        lines: &[
            count(("发热门诊", "Fever clinic"), "发热门诊就诊人数", "Fever clinic patients", PERSONS),
            count(NONE, "留观人数", "Kept under observation", PERSONS),
            count(NONE, "转诊人数", "Referred", PERSONS),
            count(("核酸检测", "Tests"), "核酸采样人次", "Persons sampled", TIMES),
            count(NONE, "核酸检测阳性数", "Positive results", PERSONS),
            count(NONE, "24小时内报告结果数", "Results within 24 hours", TIMES),
            REMARK,
        ],
    },
    SuppliedTemplate {
        code: "drugs",
        name: ("四类药品实名登记日报", "Daily register of four kinds of drugs"),
        guidance: (
            "退热、止咳、抗病毒、抗生素四类药品。药店报市场监管部门，汇总后于15时前报送。",
            "Drugs against fever, cough and viruses, and antibiotics. Pharmacies report to market supervision, which reports before 15:00.",
        ),
        cadence: AT_THREE,
        covers: Covers::UpToDue,
        kinds: &[UnitKind::Pharmacy],
        lines: &[
            count(("登记", "Register"), "药店实名登记人次", "Purchases registered by name", TIMES),
            count(NONE, "退热药购买人次", "Purchases against fever", TIMES),
            count(NONE, "止咳药购买人次", "Purchases against cough", TIMES),
            count(NONE, "抗病毒药购买人次", "Purchases against viruses", TIMES),
            count(NONE, "抗生素购买人次", "Purchases of antibiotics", TIMES),
            count(("处置", "Follow-up"), "推送核查人数", "Passed on for checking", PERSONS),
            REMARK,
        ],
    },
    SuppliedTemplate {
        code: "urgent",
        name: ("特殊紧急情况报告", "Report of a special or urgent matter"),
        guidance: ("特殊、紧急情况随时报告，先报事实，后续续报。", "Report at once: the facts first, the rest later."),
        cadence: Cadence::AtOnce { minutes: 120 },
        covers: Covers::Current,
        kinds: &[UnitKind::TownshipOffice, UnitKind::Hospital, UnitKind::PrimaryCare, UnitKind::Department],
        lines: &[
            words(("基本情况", "What happened"), ("时间、地点和经过", "Time, place and course")),
            words(NONE, ("涉及人数和状况", "Persons concerned and their state")),
            words(("已采取措施", "Measures taken"), ("已采取措施", "Measures taken")),
            words(("需要协调的事项", "What is needed"), ("需要协调的事项", "What is needed")),
        ],
    },
];
