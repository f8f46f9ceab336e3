//! A small hand-made reading for the renderers' tests.

use lianfang_domain::plan::*;

pub(crate) fn source(line: u32) -> Source {
    Source {
        span: Span { start: line * 10, end: line * 10 + 5 },
        line,
        column: 1,
        rule: Rule::Sentence,
        confidence: Confidence::Certain,
        repairs: Vec::new(),
    }
}

pub(crate) fn text(text: &str, line: u32) -> Text {
    Text { text: text.to_owned(), source: source(line) }
}

fn day(year: i16, month: i8, day: i8) -> PartialDate {
    PartialDate { year: Some(year), month: Some(month), day: Some(day), year_from_document: false }
}

fn member(name: &str, line: u32) -> Member {
    Member {
        name: name.to_owned(),
        text: name.to_owned(),
        kind: MemberKind::Unit,
        aliases: Vec::new(),
        confidence: Confidence::Likely,
        source: source(line),
    }
}

fn leader(rank: Rank, post: &str, line: u32) -> Leader {
    Leader {
        rank,
        rank_text: rank.words(lianfang_domain::Lang::Zh).to_owned(),
        person: None,
        post: Some(post.to_owned()),
        source: source(line),
    }
}

fn duty(text: &str, line: u32) -> Duty {
    Duty { number: None, text: text.to_owned(), units: Vec::new(), boilerplate: false, source: source(line) }
}

fn body(name: &str, kind: BodyKind, line: u32) -> Body {
    Body::new(name, kind, source(line))
}

fn organisation() -> Organisation {
    let headquarters = Body {
        leaders: vec![leader(Rank::Commander, "县政府分管副县长", 5)],
        office: Some(Box::new(Office {
            name: "县指挥部办公室".to_owned(),
            host: Some("县卫健局".to_owned()),
            leaders: vec![leader(Rank::Director, "县卫健局局长", 6)],
            members: Vec::new(),
            duties: vec![duty("值班值守", 6)],
            source: source(6),
        })),
        ..body("县指挥部", BodyKind::Headquarters, 5)
    };
    let group = Body {
        parent: Some("县指挥部".to_owned()),
        leaders: vec![leader(Rank::Leader, "县卫健局副局长", 8)],
        lead_units: vec![member("县卫健局", 8)],
        members: vec![member("县医保局", 8), member("县人民医院", 8)],
        members_open: true,
        duties: (1..=6).map(|n| duty(&format!("第{n}项职责"), 8 + n)).collect(),
        ..body("医疗救治组", BodyKind::WorkGroup, 8)
    };
    Organisation { headquarters: vec![headquarters], groups: vec![group], ..Organisation::default() }
}

fn level(level: ResponseLevel, includes: Option<ResponseLevel>, line: u32) -> Level {
    let criterion =
        Criterion { number: Some("1.".to_owned()), text: "出现聚集性疫情".to_owned(), source: source(line) };
    let measure = Measure {
        number: Some("1.".to_owned()),
        under: None,
        text: "=每日报告".to_owned(),
        units: vec!["县疾控中心".to_owned()],
        source: source(line + 1),
    };
    Level {
        level,
        names: vec![format!("{}响应", level.words(lianfang_domain::Lang::Zh))],
        criteria_mode: ConditionMode::Any,
        criteria: vec![criterion],
        includes,
        measures: vec![measure],
        review_chain: vec!["县".to_owned(), "市".to_owned()],
        decided_by: Vec::new(),
        active_from: None,
        sources: vec![source(line)],
    }
}

fn task(title: &str, deadline: Option<PartialDate>, line: u32) -> Task {
    let unit =
        Responsibility {
            unit: "县卫健局".to_owned(), text: "县卫健局".to_owned(), role: ResponsibilityRole::Lead
        };
    let deadline = deadline.map(|date| Deadline {
        date: Some(date),
        ongoing: false,
        place: DeadlinePlace::Responsibility,
        text: "2027年6月底前".to_owned(),
        source: source(line),
    });
    Task {
        number: Some("（一）".to_owned()),
        title: title.to_owned(),
        path: vec!["六、重点任务".to_owned()],
        text: format!("{title}。建成监测网络。"),
        responsible: vec![unit],
        shared_by_duty: false,
        units_open: false,
        deadlines: deadline.into_iter().collect(),
        source: source(line),
    }
}

fn quantity(value: Option<f64>, line: u32) -> Quantity {
    Quantity {
        comparator: if value.is_some() { Comparator::AtLeast } else { Comparator::Unknown },
        value: value.map(Number),
        high: None,
        unit: "间".to_owned(),
        per: Some(Per { value: Number(10_000.0), high: None, unit: "人".to_owned() }),
        subject: "隔离房间".to_owned(),
        whose: None,
        role: QuantityRole::Target,
        text: "每万人不少于40间".to_owned(),
        source: source(line),
    }
}

/// A plan with one of nearly everything.
pub(crate) fn plan() -> Plan {
    Plan {
        kind: DocumentKind::EmergencyPlan,
        title: Some(text("青岚县应急预案", 1)),
        issuer: Some(text("青岚县人民政府", 2)),
        document_number: Some(text("青政发〔2026〕3号", 2)),
        dates: vec![DocumentDate {
            role: DocumentDateRole::Issued,
            date: Some(day(2026, 9, 28)),
            proposed: None,
            text: "2026年9月28日".to_owned(),
            source: source(3),
        }],
        legal_basis: vec![Reference { title: "中华人民共和国传染病防治法".to_owned(), source: source(4) }],
        organisation: organisation(),
        levels: vec![level(ResponseLevel::Iv, None, 20), level(ResponseLevel::Iii, Some(ResponseLevel::Iv), 22)],
        tasks: vec![task("完善监测网络", Some(day(2027, 6, 30)), 40), task("组建流调队伍", None, 41)],
        times: vec![TimeRule {
            kind: TimeKind::DailyBy { by: TimeOfDay { hour: 15, minute: 0 } },
            subject: "各组报告进展".to_owned(),
            text: "每日15:00前".to_owned(),
            source: source(42),
        }],
        quantities: vec![quantity(Some(40.0), 43), quantity(None, 44)],
        text: "青岚县应急预案".to_owned(),
        ..Plan::default()
    }
}

/// The plan with two things to verify.
pub(crate) fn reading() -> Reading {
    let finding = |code, severity, line, zh: &str, en: &str, question: &str| Finding {
        code,
        severity,
        place: Place { plan: 0, line, column: 4, quote: "@11.县文旅局".to_owned() },
        message_zh: zh.to_owned(),
        message_en: en.to_owned(),
        question_zh: question.to_owned(),
        question_en: String::new(),
    };
    Reading {
        plans: vec![plan()],
        findings: vec![
            finding(
                FindingCode::NumberGap,
                Severity::Warning,
                37,
                "编号从9跳到11",
                "The numbers go from 9 to 11",
                "是否缺第10项",
            ),
            finding(FindingCode::SumMismatch, Severity::Error, 43, "分项之和不等于总数", "The parts do not add up", ""),
        ],
    }
}
