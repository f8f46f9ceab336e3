use std::collections::BTreeMap;

use jiff::{ToSpan, civil::Date};
use lianfang_domain::{
    IndicatorId, ReportId, ReportTemplateId,
    access::{Act, Scope},
    area::AreaCode,
    clock::{DAY_MS, HOUR_MS, MINUTE_MS},
    indicator::{Amount, Figure, Indicator},
    report::{
        Answer, Assignment, Cadence, Due, LineAsk, ReportContent, ReportLine, ReportState, ReportTemplate, SUPPLIED,
        SuppliedAsk, SuppliedTemplate, TemplateState, next_look_of,
    },
};
use lianfang_store::{Actor, FigureRow, NewContent, ReportKey, ReportRecord, ReportingUnit, Tx};

use super::{district::DISTRICT, draw::Draw, incidents::Cast, lay_out::DemoFault};
use crate::{app::day_of, deed::Deed, report::supplied_indicator};

/// Days for which there are reports.
const DAYS: i64 = 10;

/// What became of the report of a unit and day.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    OnTime,
    Late,
    Corrected,
    Returned,
    Draft,
    Missing,
}

/// Templates of the daily reports, and what nine townships and some forty units handed in by them over ten days: some of
/// it late, missing, corrected, or not known.
pub(super) async fn add_reports(cast: &Cast, draw: &mut Draw) -> Result<(), DemoFault> {
    let home = area()?;
    let everything = Scope { areas: vec![home], ..Scope::default() };
    let units = cast.app.store().reporting_units(&everything, None).await?;
    for supplied in SUPPLIED {
        let template = lay_down(cast, supplied).await?;
        if let Cadence::AtOnce { .. } = template.cadence {
            report_urgent(cast, &template, &units).await?;
        } else {
            report_days(cast, &template, &units, draw).await?;
        }
    }
    Ok(())
}

fn area() -> Result<AreaCode, DemoFault> {
    DISTRICT.parse().map_err(|_| DemoFault("the district has no code".to_owned()))
}

/// A supplied template as the office takes it over; what it counts is there already, or laid down with it.
async fn lay_down(cast: &Cast, supplied: &SuppliedTemplate) -> Result<ReportTemplate, DemoFault> {
    let deed = cast.office(Act::ChangeReportTemplates, (DAYS + 1) * 24)?;
    let (store, home) = (cast.app.store(), area()?);
    let mut known: Vec<Indicator> = store.indicators(&home).await?;
    let mut tx = deed.begin();
    let mut lines: Vec<ReportLine> = Vec::new();
    for ((section_zh, section_en), ask) in supplied.lines {
        let ask = match ask {
            SuppliedAsk::Text { name } => LineAsk::Text { name_zh: name.0.to_owned(), name_en: name.1.to_owned() },
            SuppliedAsk::Figure { code, .. } => {
                let indicator = match known.iter().find(|one| one.code == *code).map(|one| one.id) {
                    Some(id) => id,
                    None => add_indicator(cast, &deed, &mut tx, (code, &home), &mut known)?,
                };
                LineAsk::Figure { indicator }
            }
        };
        lines.push(ReportLine {
            key: ReportTemplate::new_key(&lines),
            section_zh: (*section_zh).to_owned(),
            section_en: (*section_en).to_owned(),
            // Remarks may be left out.
            required: *section_en != "Remarks",
            ask,
        });
    }
    let kinds = supplied.kinds.iter().map(|kind| Assignment::Kind { kind: *kind, area: home.clone() });
    let template = ReportTemplate {
        id: ReportTemplateId(store.new_id(deed.actor.now_ms)),
        area: home.clone(),
        name_zh: supplied.name(lianfang_domain::Lang::Zh).to_owned(),
        name_en: supplied.name(lianfang_domain::Lang::En).to_owned(),
        guidance: supplied.guidance(cast.lang).to_owned(),
        cadence: supplied.cadence,
        covers: supplied.covers,
        lines,
        assigned: kinds.collect(),
        told: Vec::new(),
        state: TemplateState::InUse,
        from_on: day_of(deed.actor.now_ms),
        version: 1,
    };
    tx.about("report_template", template.id, Some(&home));
    tx.add_report_template(&template)?;
    tx.commit().await?;
    Ok(template)
}

fn add_indicator(
    cast: &Cast,
    deed: &Deed,
    tx: &mut Tx<'_>,
    (code, home): (&str, &AreaCode),
    known: &mut Vec<Indicator>,
) -> Result<IndicatorId, DemoFault> {
    let id = IndicatorId(cast.app.store().new_id(deed.actor.now_ms));
    let made = supplied_indicator(code, home, id).ok_or_else(|| DemoFault(format!("nobody knows {code}")))?;
    tx.add_indicator(&made)?;
    known.push(made);
    Ok(id)
}

async fn report_days(
    cast: &Cast,
    template: &ReportTemplate,
    units: &[ReportingUnit],
    draw: &mut Draw,
) -> Result<(), DemoFault> {
    let (store, today) = (cast.app.store(), day_of(cast.now_ms));
    let codes: BTreeMap<IndicatorId, String> =
        store.indicators(&template.area).await?.into_iter().map(|one| (one.id, one.code)).collect();
    let from = today.checked_sub(DAYS.days()).map_err(|error| DemoFault(error.to_string()))?;
    let asked: Vec<&ReportingUnit> = units.iter().filter(|unit| unit.is_asked(&template.assigned)).collect();
    let mut so_far: BTreeMap<(usize, IndicatorId), i64> = BTreeMap::new();
    for due in template.cadence.dues(template.covers, from, today) {
        let mut missing = Vec::new();
        for (at, unit) in asked.iter().enumerate() {
            let content = content(template, &codes, (at, due.period.on), draw, &mut so_far);
            let fate = fate(at, (today - due.day).get_days(), draw);
            let handed = Handed { template, unit, due, content };
            if !hand_in(cast, &handed, fate, draw).await? && due.due_at_ms <= cast.now_ms {
                missing.push(ReportKey::of(template, unit, due));
            }
        }
        note_missing(cast, template, due, &missing).await?;
    }
    // What fell due was noted above as it would have been; whoever looks next looks from now on.
    let found = store.report_template(template.id, &Scope::everywhere()).await?;
    let record = found.ok_or_else(|| DemoFault("the template is gone".to_owned()))?;
    let next = next_look_of(std::slice::from_ref(template), cast.now_ms);
    let mut tx = store.begin(&Actor::program(cast.now_ms), Act::WatchClocks);
    tx.about("report_template", template.id, Some(&template.area));
    tx.looked_at_reports(&record, cast.now_ms, next);
    Ok(tx.commit().await?)
}

/// What became of a report: most are on time; some units are known for coming late, one forgets.
fn fate(unit: usize, days_ago: i32, draw: &mut Draw) -> Fate {
    let drawn = draw.number(0, 99);
    match (unit, days_ago) {
        (4, 1 | 2) => Fate::Missing,
        (1, 1) | (2, 3) => Fate::Corrected,
        (5, 1) => Fate::Late,
        (6, 1) => Fate::Returned,
        _ if drawn < 80 => Fate::OnTime,
        _ if drawn < 88 => Fate::Late,
        _ if drawn < 93 => Fate::Corrected,
        _ if drawn < 96 => Fate::Draft,
        _ => Fate::Missing,
    }
}

/// A report as a unit hands it in.
struct Handed<'a> {
    template: &'a ReportTemplate,
    unit: &'a ReportingUnit,
    due: Due,
    content: ReportContent,
}

/// The report as its fate has it, as far as it lies before the moment of the demo; false where nothing is there.
async fn hand_in(cast: &Cast, handed: &Handed<'_>, fate: Fate, draw: &mut Draw) -> Result<bool, DemoFault> {
    let minutes = |least, most, draw: &mut Draw| i64::try_from(draw.number(least, most)).unwrap_or(0) * MINUTE_MS;
    let due_ms = handed.due.due_at_ms;
    let at_ms = match fate {
        Fate::Missing => return Ok(false),
        Fate::Late => due_ms + minutes(2, 170, draw),
        Fate::OnTime | Fate::Corrected | Fate::Returned | Fate::Draft => due_ms - minutes(4, 230, draw),
    };
    if at_ms > cast.now_ms {
        return Ok(false);
    }
    let state = if fate == Fate::Draft { ReportState::Draft } else { ReportState::Submitted };
    let record = add(cast, handed, state, at_ms).await?;
    let later_ms = at_ms + minutes(20, 90, draw);
    if later_ms > cast.now_ms {
        return Ok(true);
    }
    match fate {
        Fate::Corrected => correct(cast, handed, &record, later_ms).await?,
        Fate::Returned => {
            let deed = cast.office(Act::ReturnReports, (cast.now_ms - later_ms) / HOUR_MS)?;
            let why = cast.lang.pick(
                "与前一日相差较大，请核对后重报。",
                "Differs much from the day before; check it and report again.",
            );
            let mut tx = deed.begin();
            tx.about("report", record.id, Some(&handed.unit.division));
            tx.return_report(&record, why);
            tx.commit().await?;
        }
        _ => {}
    }
    Ok(true)
}

/// Whoever acts for a unit at a moment.
fn actor(unit: &ReportingUnit, now_ms: i64) -> Actor {
    Actor { user: None, name: unit.name.clone(), request: String::new(), now_ms, once: None }
}

fn figures(handed: &Handed<'_>, id: ReportId, (number, at_ms): (i64, i64)) -> Vec<FigureRow> {
    let (unit, due) = (handed.unit, handed.due);
    let row = |(indicator, figure)| FigureRow {
        area: unit.division.home(),
        indicator,
        on: due.period.on,
        place: unit.division.clone(),
        unit: unit.id,
        figure,
        as_of_ms: due.period.until_ms.min(at_ms),
        report: Some(id),
        version: number,
        by: String::new(),
        at_ms,
    };
    handed.content.figures(&handed.template.lines).map(row).collect()
}

async fn add(cast: &Cast, handed: &Handed<'_>, state: ReportState, at_ms: i64) -> Result<ReportRecord, DemoFault> {
    let store = cast.app.store();
    let id = ReportId(store.new_id(at_ms));
    let key = ReportKey::of(handed.template, handed.unit, handed.due);
    let new = NewContent { content: &handed.content, template_version: 1, reason: "", on_behalf: "", withdrawn: &[] };
    let mut tx = store.begin(&actor(handed.unit, at_ms), Act::FillReports);
    tx.about("report", id, Some(&handed.unit.division));
    tx.add_report(id, &key, state, &new)?;
    if state == ReportState::Submitted {
        tx.put_figures(&figures(handed, id, (1, at_ms)));
    }
    tx.commit().await?;
    let found = store.report(id, &Scope::everywhere()).await?;
    found.ok_or_else(|| DemoFault("the report is gone".to_owned()))
}

/// The first figure was too low by a fifth and one.
async fn correct(cast: &Cast, handed: &Handed<'_>, record: &ReportRecord, at_ms: i64) -> Result<(), DemoFault> {
    let mut content = handed.content.clone();
    let first = content.answers.values_mut().find_map(|answer| match answer {
        Answer::Figure(Figure::Known(amount)) => Some(amount),
        _ => None,
    });
    if let Some(amount) = first {
        let fifth = amount.over(Amount::whole(5)).unwrap_or(Amount::ZERO).rounded_to(0);
        *amount = amount.plus(fifth).and_then(|sum| sum.plus(Amount::whole(1))).unwrap_or(*amount);
    }
    let why = cast.lang.pick("漏报一个村，已核实补充。", "One village had been left out; now added.");
    let handed = Handed { content, ..*handed };
    let new = NewContent { content: &handed.content, template_version: 1, reason: why, on_behalf: "", withdrawn: &[] };
    let mut tx = cast.app.store().begin(&actor(handed.unit, at_ms), Act::FillReports);
    tx.about("report", record.id, Some(&handed.unit.division));
    tx.because(why);
    tx.submit_report(record, &new)?;
    tx.put_figures(&figures(&handed, record.id, (2, at_ms)));
    Ok(tx.commit().await?)
}

async fn note_missing(
    cast: &Cast,
    template: &ReportTemplate,
    due: Due,
    missing: &[ReportKey],
) -> Result<(), DemoFault> {
    let mut tx = cast.app.store().begin(&Actor::program(due.due_at_ms), Act::WatchClocks);
    tx.about("report_template", template.id, Some(&template.area));
    missing.iter().for_each(|key| tx.expect_report(key, ReportState::Omitted));
    if missing.is_empty() { Ok(()) } else { Ok(tx.commit().await?) }
}

/// What a unit fills in on a day: figures around its own level, sometimes not known; cumulative ones go on.
fn content(
    template: &ReportTemplate,
    codes: &BTreeMap<IndicatorId, String>,
    (unit, on): (usize, Date),
    draw: &mut Draw,
    so_far: &mut BTreeMap<(usize, IndicatorId), i64>,
) -> ReportContent {
    let mut content = ReportContent::default();
    let scale = 1 + u64::try_from(unit % 5).unwrap_or(0);
    for line in &template.lines {
        let answer = match line.indicator() {
            None if line.required => Answer::Text(words(&line.key, on, draw)),
            None => continue,
            Some(indicator) => {
                let code = codes.get(&indicator).map_or("", String::as_str);
                Answer::Figure(figure(code, (unit, indicator), scale, draw, so_far))
            }
        };
        content.answers.insert(line.key.clone(), answer);
    }
    content
}

fn figure(
    code: &str,
    key: (usize, IndicatorId),
    scale: u64,
    draw: &mut Draw,
    so_far: &mut BTreeMap<(usize, IndicatorId), i64>,
) -> Figure {
    let (least, most) = match code {
        "摸排人数" => (40, 110),
        "市外来人数" | "来人核酸检测人次" => (8, 30),
        "风险地区来人数" | "集中隔离人数" | "留观人数" | "转诊人数" => (0, 4),
        "居家观察人数" => (2, 12),
        "累计摸排管控人数" => (40, 110),
        "发热门诊就诊人数" => (6, 28),
        "核酸采样人次" | "24小时内报告结果数" => (60, 240),
        "核酸检测阳性数" => (0, 1),
        "推送核查人数" => (0, 3),
        _ => (3, 40),
    };
    let drawn = i64::try_from(draw.number(least, most * scale)).unwrap_or(0);
    if code.starts_with("累计") {
        let sum = so_far.entry(key).or_default();
        *sum += drawn;
        return Figure::Known(Amount::whole(*sum));
    }
    match draw.number(0, 99) {
        0 | 1 => Figure::Unknown,
        2 => Figure::Redacted,
        3 => Figure::NotApplicable,
        _ => Figure::Known(Amount::whole(drawn)),
    }
}

fn words(key: &str, on: Date, draw: &mut Draw) -> String {
    let done = ["开展重点场所巡查", "组织人员摸排", "落实值班值守", "完成消毒和通风检查", "开展宣传提示"];
    let trouble = ["个别场所测温登记不全，已督促整改", "部分人员联系不上，正在核实", "无"];
    let next = ["继续按要求做好巡查和报送", "对未联系上的人员再次核实", "补充防护用品"];
    match key {
        "l1" => format!("{}月{}日{}，{}。", on.month(), on.day(), draw.one(&done), draw.one(&done)),
        "l2" => format!("{}。", draw.one(&trouble)),
        _ => format!("{}。", draw.one(&next)),
    }
}

/// A special report of two days ago.
async fn report_urgent(cast: &Cast, template: &ReportTemplate, units: &[ReportingUnit]) -> Result<(), DemoFault> {
    let Some(unit) = units.iter().find(|unit| unit.is_asked(&template.assigned) && unit.name.contains("石桥镇"))
    else {
        return Ok(());
    };
    let at_ms = cast.now_ms - 2 * DAY_MS;
    let due = template.cadence.asked_at(day_of(at_ms), at_ms).ok_or_else(|| DemoFault("no time".to_owned()))?;
    let said = [
        "当日上午，石桥镇中心市场一名摊主发热，已送发热门诊。",
        "涉及 1 人，体温 38.2℃，情况稳定；同摊 2 人已登记。",
        "市场已消毒，同摊人员居家等候结果。",
        "请区疾控中心派员采样。",
    ];
    let answers =
        template.lines.iter().zip(said).map(|(line, words)| (line.key.clone(), Answer::Text(words.to_owned())));
    let content = ReportContent { answers: answers.collect(), ..ReportContent::default() };
    let key = ReportKey { turn: at_ms, ..ReportKey::of(template, unit, due) };
    let new = NewContent { content: &content, template_version: 1, reason: "", on_behalf: "", withdrawn: &[] };
    let id = ReportId(cast.app.store().new_id(at_ms));
    let mut tx = cast.app.store().begin(&actor(unit, at_ms), Act::FillReports);
    tx.about("report", id, Some(&unit.division));
    tx.add_report(id, &key, ReportState::Submitted, &new)?;
    Ok(tx.commit().await?)
}
