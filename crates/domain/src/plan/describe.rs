//! Values in words, in both languages, for terminal, workbook and pages.

use super::{
    BodyKind, Comparator, ConditionMode, Deadline, DocumentKind, DurationUnit, LoweringNeed, Number, PartialDate,
    Quantity, Rank, ResponseLevel, ResponsibilityRole, Severity, TimeKind,
};
use crate::Lang;

impl PartialDate {
    /// `2027年6月30日` or `30 Jun 2027`; unknown parts stay visibly unknown.
    pub fn words(self, lang: Lang) -> String {
        const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
        let year = self.year.map_or_else(|| "????".to_owned(), |y| y.to_string());
        let month = |m: i8| usize::try_from(m - 1).ok().and_then(|i| MONTHS.get(i)).copied().unwrap_or("?");
        match (lang, self.month, self.day) {
            (Lang::Zh, None, _) => format!("{year}年"),
            (Lang::Zh, Some(m), None) => format!("{year}年{m}月"),
            (Lang::Zh, Some(m), Some(d)) => format!("{year}年{m}月{d}日"),
            (Lang::En, None, _) => year,
            (Lang::En, Some(m), None) => format!("{} {year}", month(m)),
            (Lang::En, Some(m), Some(d)) => format!("{d} {} {year}", month(m)),
        }
    }
}

impl DurationUnit {
    /// `小时` or `hours`.
    pub fn words(self, amount: Number, lang: Lang) -> &'static str {
        let one = (amount.0 - 1.0).abs() < f64::EPSILON;
        match (lang, self) {
            (Lang::Zh, DurationUnit::Minute) => "分钟",
            (Lang::Zh, DurationUnit::Hour) => "小时",
            (Lang::Zh, DurationUnit::Day) => "天",
            (Lang::Zh, DurationUnit::WorkingDay) => "个工作日",
            (Lang::Zh, DurationUnit::Week) => "周",
            (Lang::Zh, DurationUnit::Month) => "个月",
            (Lang::Zh, DurationUnit::Year) => "年",
            (Lang::En, DurationUnit::Minute) => {
                if one {
                    "minute"
                } else {
                    "minutes"
                }
            }
            (Lang::En, DurationUnit::Hour) => {
                if one {
                    "hour"
                } else {
                    "hours"
                }
            }
            (Lang::En, DurationUnit::Day) => {
                if one {
                    "day"
                } else {
                    "days"
                }
            }
            (Lang::En, DurationUnit::WorkingDay) => {
                if one {
                    "working day"
                } else {
                    "working days"
                }
            }
            (Lang::En, DurationUnit::Week) => {
                if one {
                    "week"
                } else {
                    "weeks"
                }
            }
            (Lang::En, DurationUnit::Month) => {
                if one {
                    "month"
                } else {
                    "months"
                }
            }
            (Lang::En, DurationUnit::Year) => {
                if one {
                    "year"
                } else {
                    "years"
                }
            }
        }
    }
}

fn times_in_english(times: u32) -> String {
    match times {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        n => format!("{n} times"),
    }
}

impl TimeKind {
    /// What the clock does, in a few words.
    pub fn words(&self, lang: Lang) -> String {
        match self {
            TimeKind::ByDate { date, ongoing } => {
                let day = date.words(lang);
                match (lang, ongoing) {
                    (Lang::Zh, false) => format!("{day}前"),
                    (Lang::Zh, true) => format!("{day}前，并长期坚持"),
                    (Lang::En, false) => format!("by {day}"),
                    (Lang::En, true) => format!("by {day}, then kept up"),
                }
            }
            TimeKind::FromDate { date } => {
                lang.pick(format!("自{}起", date.words(Lang::Zh)), format!("from {}", date.words(Lang::En)))
            }
            TimeKind::Within { amount, unit, trigger } => {
                let length = length(*amount, *unit, lang);
                match (lang, trigger) {
                    (Lang::Zh, Some(trigger)) => format!("{trigger}{length}内"),
                    (Lang::Zh, None) => format!("{length}内"),
                    (Lang::En, Some(trigger)) => format!("within {length} (“{trigger}”)"),
                    (Lang::En, None) => format!("within {length}"),
                }
            }
            TimeKind::DailyAt { at } => lang.pick(format!("每天 {at}"), format!("every day at {at}")),
            TimeKind::DailyBy { by } => lang.pick(format!("每天 {by} 前"), format!("every day by {by}")),
            TimeKind::TimesPerDay { times, days } => match (lang, days) {
                (Lang::Zh, Some(days)) => format!("每天 {times} 次，共 {days} 天"),
                (Lang::Zh, None) => format!("每天 {times} 次"),
                (Lang::En, Some(days)) => format!("{} a day for {days} days", times_in_english(*times)),
                (Lang::En, None) => format!("{} a day", times_in_english(*times)),
            },
            TimeKind::Every { amount, unit, times } => lang.pick(
                format!("每 {amount} {} {times} 次", unit.words(*amount, Lang::Zh)),
                format!("{} every {}", times_in_english(*times), length(*amount, *unit, Lang::En)),
            ),
            TimeKind::For { amount, unit } => lang.pick(
                format!("持续 {}", length(*amount, *unit, lang)),
                format!("for {}", length(*amount, *unit, lang)),
            ),
            TimeKind::LookBack { amount, unit } => lang.pick(
                format!("此前 {}", length(*amount, *unit, Lang::Zh)),
                format!("the {} before", length(*amount, *unit, Lang::En)),
            ),
            TimeKind::Standing { hours } => {
                lang.pick(format!("{hours} 小时值班值守"), format!("on duty {hours} hours a day"))
            }
            TimeKind::Incubations { multiple, maximum } => match (lang, maximum) {
                (Lang::Zh, true) => format!("{multiple} 个最长潜伏期"),
                (Lang::Zh, false) => format!("{multiple} 个平均潜伏期"),
                (Lang::En, true) => format!("{multiple} × maximum incubation period"),
                (Lang::En, false) => format!("{multiple} × mean incubation period"),
            },
            TimeKind::AtOnce { trigger } => match (lang, trigger) {
                (Lang::Zh, Some(trigger)) => format!("{trigger}立即"),
                (Lang::Zh, None) => "立即".to_owned(),
                (Lang::En, Some(trigger)) => format!("at once (“{trigger}”)"),
                (Lang::En, None) => "at once".to_owned(),
            },
        }
    }
}

fn length(amount: Number, unit: DurationUnit, lang: Lang) -> String {
    format!("{amount} {}", unit.words(amount, lang))
}

impl Quantity {
    /// Of what, and how much: `床位 ≥ 25 张`.
    pub fn subject_and_figure(&self) -> String {
        format!("{} {}", self.subject, self.words()).trim().to_owned()
    }

    /// Sign, number and unit: `≥ 60 台`, `2–4 名 / 100 张`; a lost number shows as `?`.
    pub fn words(&self) -> String {
        let value = match (self.value, self.high) {
            (Some(low), Some(high)) => format!("{low}–{high}"),
            (Some(value), None) => value.to_string(),
            (None, _) => String::new(),
        };
        let mut words = match (self.comparator, self.value) {
            (Comparator::Unknown, _) | (_, None) => "?".to_owned(),
            (comparator, Some(_)) => format!("{} {value}", comparator.sign()),
        };
        if !self.unit.is_empty() {
            words.push(' ');
            words.push_str(&self.unit);
        }
        if let Some(per) = &self.per {
            match per.high {
                Some(high) => words.push_str(&format!(" / {}–{high} {}", per.value, per.unit)),
                None => words.push_str(&format!(" / {} {}", per.value, per.unit)),
            }
        }
        words
    }
}

impl Deadline {
    /// The date, or the words where there is none.
    pub fn words(&self, lang: Lang) -> String {
        match (self.date, self.ongoing, lang) {
            (Some(date), false, _) => date.words(lang),
            (Some(date), true, Lang::Zh) => format!("{}，并长期坚持", date.words(lang)),
            (Some(date), true, Lang::En) => format!("{}, then kept up", date.words(lang)),
            (None, _, _) => self.text.clone(),
        }
    }
}

impl Rank {
    /// The rank's usual word.
    pub fn words(self, lang: Lang) -> &'static str {
        let (zh, en) = match self {
            Rank::Commander => ("总指挥", "commander"),
            Rank::ExecutiveDeputyCommander => ("常务副总指挥", "executive deputy commander"),
            Rank::DeputyCommander => ("副总指挥", "deputy commander"),
            Rank::Leader => ("组长", "leader"),
            Rank::ExecutiveDeputyLeader => ("常务副组长", "executive deputy leader"),
            Rank::DeputyLeader => ("副组长", "deputy leader"),
            Rank::LeadingOfficial => ("牵头领导", "leading official"),
            Rank::ResponsiblePerson => ("责任人", "responsible person"),
            Rank::Liaison => ("联系人", "liaison"),
            Rank::Director => ("主任", "director"),
            Rank::DeputyDirector => ("副主任", "deputy director"),
            Rank::MemberPerson => ("成员", "member"),
        };
        lang.pick(zh, en)
    }
}

impl BodyKind {
    /// The kind's usual word.
    pub fn words(self, lang: Lang) -> &'static str {
        let (zh, en) = match self {
            BodyKind::Headquarters => ("指挥部", "headquarters"),
            BodyKind::LeadingGroup => ("领导小组", "leading group"),
            BodyKind::ForwardCommand => ("前方指挥部", "forward command post"),
            BodyKind::Office => ("办公室", "office"),
            BodyKind::WorkGroup => ("工作组", "work group"),
            BodyKind::ExpertGroup => ("专家组", "expert group"),
        };
        lang.pick(zh, en)
    }
}

impl ResponsibilityRole {
    /// 牵头, 配合, 负责, 按职责分工.
    pub fn words(self, lang: Lang) -> &'static str {
        let (zh, en) = match self {
            ResponsibilityRole::Lead => ("牵头", "lead"),
            ResponsibilityRole::Support => ("配合", "support"),
            ResponsibilityRole::Responsible => ("负责", "responsible"),
            ResponsibilityRole::Shared => ("按职责分工", "own share"),
        };
        lang.pick(zh, en)
    }
}

impl Severity {
    /// 错误, 警告, 待问, 提示.
    pub fn words(self, lang: Lang) -> &'static str {
        let (zh, en) = match self {
            Severity::Error => ("错误", "error"),
            Severity::Warning => ("警告", "warning"),
            Severity::Question => ("待问", "question"),
            Severity::Note => ("提示", "note"),
        };
        lang.pick(zh, en)
    }
}

impl DocumentKind {
    /// The kind's usual word.
    pub fn words(self, lang: Lang) -> &'static str {
        let (zh, en) = match self {
            DocumentKind::EmergencyPlan => ("应急预案", "emergency plan"),
            DocumentKind::WorkPlan => ("工作方案", "work plan"),
            DocumentKind::CapacityProgramme => ("能力建设方案", "capacity programme"),
            DocumentKind::Regulation => ("管理办法", "regulation"),
            DocumentKind::StatusReport => ("情况汇报", "status report"),
            DocumentKind::Notice => ("通知", "notice"),
            DocumentKind::Other => ("文件", "document"),
        };
        lang.pick(zh, en)
    }
}

impl ConditionMode {
    /// How the conditions combine; empty where the text does not say.
    pub fn words(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (ConditionMode::Any, Lang::Zh) => "有其一",
            (ConditionMode::Any, Lang::En) => "any of",
            (ConditionMode::All, Lang::Zh) => "同时满足",
            (ConditionMode::All, Lang::En) => "all of",
            (ConditionMode::Unstated, _) => "",
        }
    }
}

impl LoweringNeed {
    /// 趋势研判 or 效果评估.
    pub fn words(self, lang: Lang) -> &'static str {
        match self {
            LoweringNeed::Trend => lang.pick("疫情趋势研判", "trend of the epidemic"),
            LoweringNeed::EffectAssessment => lang.pick("防控效果评估", "assessment of effect"),
        }
    }
}

impl ResponseLevel {
    /// `Ⅳ级` or `level Ⅳ`.
    pub fn words(self, lang: Lang) -> String {
        lang.pick(format!("{}级", self.numeral()), format!("level {}", self.numeral()))
    }
}
