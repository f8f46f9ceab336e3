use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::{ToSpan, civil::Date};
use lianfang_domain::{
    Lang, ReportId, ReportTemplateId, UnitId,
    access::{Act, Scope},
    area::{AreaCode, AreaLevel},
    clock::MINUTE_MS,
    indicator::{Amount, Figure, Indicator},
    plan::TimeOfDay,
    report::{
        Answer, Assignment, Cadence, Covers, LineAsk, ReportContent, ReportLine, ReportState, ReportTemplate,
        TemplateState,
    },
    unit::{Unit, UnitKind},
};
use lianfang_server::{App, Manners, Pace, lay_out_demo, serve};
use lianfang_store::{Actor, NewContent, ReportKey, ReportingUnit, Store, StoreError, UnitState};
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use super::http::Connection;
use super::site::{ask_for, sign_in};
use crate::args::BenchReportsArgs;
use crate::clock;
use crate::exit::Exit;
use crate::store;

type Failed = Box<dyn std::error::Error + Send + Sync>;

/// Days of the board.
const DAYS: i64 = 31;
/// Figures that a report asks for.
const LINES: usize = 12;
/// Connections over which the units hand in together.
const TOGETHER: usize = 200;

/// Lays the demo district out with many units and a month of their reports, and measures the completeness board, as the
/// office of the district and as one who sees one township or one unit; then has many units hand in together.
pub(crate) fn reports(args: &BenchReportsArgs, lang: Lang) -> Exit {
    let done = store::runtime(lang).and_then(|runtime| {
        runtime.block_on(async {
            let store = store::open(&args.store, lang).await?;
            measure(store, args).await.map_err(|error| {
                eprintln!("{error}");
                Exit::Unavailable
            })
        })
    });
    done.map_or_else(|exit| exit, |()| Exit::Ok)
}

fn now_ms() -> i64 {
    clock::now().as_millisecond()
}

fn today() -> Date {
    jiff::tz::offset(8).to_datetime(clock::now()).date()
}

async fn measure(store: Store, args: &BenchReportsArgs) -> Result<(), Failed> {
    let name = store.database_name();
    // One address asks here as fast as it can.
    let pace = Pace { burst: f64::MAX, each_second: f64::MAX };
    let app = App::new(store.clone(), Arc::new(clock::now), Manners { pace, ..Manners::default() });
    lay_out_demo(&app, 1, Lang::Zh).await?;
    let units = committees(&store, args.submitting.max(args.units)).await?;
    let board = template(&store, "月度测速日报", &units[..args.units]).await?;
    fill(&store, &board, &units[..args.units]).await?;
    let rush = template(&store, "集中上报测速", &units[..args.submitting]).await?;
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let (stop, stopped) = oneshot::channel::<()>();
    let server = tokio::spawn(async move {
        // The other end is dropped when everything is measured.
        let told = async move { stopped.await.unwrap_or_default() };
        serve(&app, listener, None, told).await
    });
    tokio::time::sleep(Duration::from_secs(args.rest)).await;
    println!("{name}, {} units x {DAYS} days, {} s for each figure", args.units, args.seconds);
    look(address, &board, args.seconds).await?;
    hand_in(address, &rush, &units[..args.submitting]).await?;
    let late = late(&store, &rush).await?;
    println!("  of them late or missing by the server's clock: {late}");
    drop(stop);
    server.await??;
    Ok(())
}

/// Asks for the board as three people see it.
async fn look(address: SocketAddr, template: &ReportTemplate, seconds: u64) -> Result<(), Failed> {
    println!("{:<52}  p50 ms  p95 ms", "completeness board");
    let whole = format!("/reports/board?template={}&days={DAYS}&rows=all", template.id);
    let first = format!("/reports/board?template={}&days={DAYS}", template.id);
    let (office, township) = (sign_in(address, "office").await?, sign_in(address, "township").await?);
    let unit = sign_in(address, "unit").await?;
    for path in [whole.as_str(), first.as_str(), "/reports"] {
        let mut widest = None;
        for (who, cookies) in [("district", &office), ("one township", &township), ("one unit", &unit)] {
            let measured = ask_for(address, cookies, path, 1, seconds).await?;
            let p95 = measured.at(95);
            let beside = *widest.get_or_insert(p95);
            let shown = path.replace(&template.id.to_string(), "…");
            println!("  {who:<13} {shown:<36} {:6.1}  {p95:6.1}  {:.2}", measured.at(50), p95 / beside);
        }
    }
    Ok(())
}

/// So many village committees, in the villages of the demo district one after another.
async fn committees(store: &Store, n: usize) -> Result<Vec<ReportingUnit>, StoreError> {
    let areas = store.areas_within(&Scope::everywhere()).await?;
    let is_village = |code: &AreaCode| code.level() == AreaLevel::Village;
    let villages: Vec<AreaCode> = areas.into_iter().map(|(area, _)| area.code).filter(is_village).collect();
    let mut tx = store.begin(&Actor::program(now_ms()), Act::ChangeUnits);
    tx.about("unit", "bench", None);
    let mut units = Vec::new();
    for at in 0..n {
        let unit = Unit {
            id: UnitId(store.new_id(now_ms())),
            name: format!("第{at}号村民委员会"),
            kind: UnitKind::VillageCommittee,
            area: villages[at % villages.len()].clone(),
            parent: None,
            aliases: Vec::new(),
            duty_phone: None,
            merged_into: None,
        };
        tx.add_unit(&unit, today());
        let (name, kind, division) = (unit.name, unit.kind, unit.area);
        units.push(ReportingUnit { id: unit.id, name, kind, division, above: None, state: UnitState::Open });
    }
    tx.commit().await?;
    Ok(units)
}

/// A daily report until the end of the day, in use for a month, asked of these units.
async fn template(store: &Store, name: &str, units: &[ReportingUnit]) -> Result<ReportTemplate, Failed> {
    let area: AreaCode = "990101".parse().map_err(|_| "no district")?;
    let known: Vec<Indicator> = store.indicators(&area).await?;
    let typed = known.iter().filter(|one| one.source.formula().is_none()).take(LINES);
    let line = |(at, one): (usize, &Indicator)| ReportLine {
        key: format!("l{}", at + 1),
        section_zh: String::new(),
        section_en: String::new(),
        ask: LineAsk::Figure { indicator: one.id },
        required: true,
    };
    let begun = now_ms() - (DAYS + 1) * 1440 * MINUTE_MS;
    let template = ReportTemplate {
        id: ReportTemplateId(store.new_id(begun)),
        area: area.clone(),
        name_zh: name.to_owned(),
        name_en: String::new(),
        guidance: String::new(),
        cadence: Cadence::Daily { by: TimeOfDay { hour: 24, minute: 0 } },
        covers: Covers::Current,
        lines: typed.enumerate().map(line).collect(),
        assigned: units.iter().map(|unit| Assignment::Unit { unit: unit.id }).collect(),
        told: Vec::new(),
        state: TemplateState::InUse,
        from_on: today().checked_sub((DAYS + 1).days())?,
        version: 1,
    };
    // It is looked at from now on, so that nothing of the month before is noted as missing.
    let mut tx = store.begin(&Actor::program(now_ms()), Act::ChangeReportTemplates);
    tx.about("report_template", template.id, Some(&area));
    tx.add_report_template(&template)?;
    tx.commit().await?;
    Ok(template)
}

fn content(template: &ReportTemplate, at: usize) -> ReportContent {
    let answer = |line: &ReportLine| {
        let n = i64::try_from(at * 7_919 % 400).unwrap_or(0);
        let figure = if at.is_multiple_of(17) { Figure::Unknown } else { Figure::Known(Amount::whole(n)) };
        (line.key.clone(), Answer::Figure(figure))
    };
    ReportContent { answers: template.lines.iter().map(answer).collect(), ..ReportContent::default() }
}

/// A month of reports: one in ten late, one in fifty missing.
async fn fill(store: &Store, template: &ReportTemplate, units: &[ReportingUnit]) -> Result<(), Failed> {
    let from = today().checked_sub(DAYS.days())?;
    for due in template.cadence.dues(template.covers, from, today().yesterday()?) {
        for late in [false, true] {
            let minutes = if late { 25 } else { -25 };
            let mut tx = store.begin(&Actor::program(due.due_at_ms + minutes * MINUTE_MS), Act::FillReports);
            tx.about("report_template", template.id, None);
            for (at, unit) in units.iter().enumerate().filter(|(at, _)| at.is_multiple_of(10) == late) {
                let key = ReportKey::of(template, unit, due);
                if at % 50 == 49 {
                    tx.expect_report(&key, ReportState::Omitted);
                    continue;
                }
                let content = content(template, at);
                let new =
                    NewContent { content: &content, template_version: 1, reason: "", on_behalf: "", withdrawn: &[] };
                tx.add_report(ReportId(store.new_id(due.due_at_ms)), &key, ReportState::Submitted, &new)?;
            }
            tx.commit().await?;
        }
    }
    Ok(())
}

/// Every unit hands its report of today in, over many connections at once.
#[expect(clippy::disallowed_methods, reason = "a benchmark measures time")]
async fn hand_in(address: SocketAddr, template: &ReportTemplate, units: &[ReportingUnit]) -> Result<(), Failed> {
    let office = sign_in(address, "office").await?;
    let mut first = Connection::open(address, &office).await?;
    let page = first.get("/reports").await?;
    let token = page.between("name=\"_csrf\" value=\"", "\"");
    let begun = Instant::now();
    let mut waiting = Vec::new();
    for part in 0..TOGETHER {
        let own: Vec<UnitId> = units.iter().skip(part).step_by(TOGETHER).map(|unit| unit.id).collect();
        let (office, token, template) = (office.clone(), token.clone(), template.clone());
        waiting.push(tokio::spawn(async move { hand_in_some(address, (&office, &token), &template, &own).await }));
    }
    let (mut took, mut n_failed) = (Vec::new(), 0);
    for one in waiting {
        let (times, failed) = one.await??;
        took.extend(times);
        n_failed += failed;
    }
    let whole = begun.elapsed();
    took.sort();
    let at = |percent: usize| took.get(took.len() * percent / 100).copied().unwrap_or_default().as_secs_f64() * 1000.0;
    println!(
        "{} units hand in together over {TOGETHER} connections: {:.1} s, {n_failed} errors, p50 {:.0} ms, p99 {:.0} ms",
        units.len(),
        whole.as_secs_f64(),
        at(50),
        at(99)
    );
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "a benchmark measures time")]
async fn hand_in_some(
    address: SocketAddr,
    (office, token): (&str, &str),
    template: &ReportTemplate,
    units: &[UnitId],
) -> Result<(Vec<Duration>, usize), Failed> {
    let mut connection = Connection::open(address, office).await?;
    let (id, on) = (template.id.to_string(), today().to_string());
    let (mut took, mut n_failed) = (Vec::new(), 0);
    for unit in units {
        let unit = unit.to_string();
        let names: Vec<String> = template.lines.iter().map(|line| format!("v_{}", line.key)).collect();
        let mut fields =
            vec![("_csrf", token), ("template", id.as_str()), ("unit", unit.as_str()), ("on", on.as_str())];
        fields.extend(names.iter().map(|name| (name.as_str(), "12")));
        fields.push(("act", "submit"));
        let begun = Instant::now();
        let answer = connection.send_form("/reports/fill", &fields).await?;
        took.push(begun.elapsed());
        n_failed += usize::from(!answer.location.starts_with("/reports/0"));
    }
    Ok((took, n_failed))
}

/// How many reports of today are not there, or late.
async fn late(store: &Store, template: &ReportTemplate) -> Result<usize, Failed> {
    let cells = store.report_cells(template.id, (today(), today()), &Scope::everywhere(), None).await?;
    let on_time = |cell: &&lianfang_store::BoardCell| {
        cell.facts.first_submitted_at_ms.is_some_and(|at_ms| at_ms < cell.facts.due_at_ms)
    };
    Ok(template.assigned.len() - cells.iter().filter(on_time).count())
}
