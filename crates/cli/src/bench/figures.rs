use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::{ToSpan, civil::Date};
use lianfang_domain::{
    Id, IndicatorId, Lang, UnitId,
    access::{Act, Scope},
    area::{AreaCode, AreaLevel},
    indicator::{Amount, Denominator, Figure, Indicator, IndicatorState, Period, RollUp, Source},
};
use lianfang_server::{App, Manners, Pace, lay_out_demo, serve};
use lianfang_store::{Actor, FigureRow, FigureSearch, Store, StoreError};
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use super::site::{ask_for, sign_in};
use crate::args::BenchFiguresArgs;
use crate::clock;
use crate::exit::Exit;
use crate::store;

type Failed = Box<dyn std::error::Error + Send + Sync>;

/// Indicators that every village reports.
const INDICATORS: usize = 60;
const DISTRICT: &str = "990101";
/// The township for which the demo's township officer works.
const TOWNSHIP: &str = "990101101";

/// Lays the demo district out with figures of every village for many days, and measures the roll-up of one day and the
/// pages of indicators, as the office of the district and as the officer of one township.
pub(crate) fn figures(args: &BenchFiguresArgs, lang: Lang) -> Exit {
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

async fn measure(store: Store, args: &BenchFiguresArgs) -> Result<(), Failed> {
    // One address asks here as fast as it can.
    let pace = Pace { burst: f64::MAX, each_second: f64::MAX };
    let app = App::new(store.clone(), Arc::new(clock::now), Manners { pace, ..Manners::default() });
    lay_out_demo(&app, 1, Lang::Zh).await?;
    let today = clock::now().to_zoned(jiff::tz::TimeZone::fixed(jiff::tz::offset(8))).date();
    let indicators = define(&store).await?;
    let filled = fill(&store, &indicators, args.values, today).await?;
    println!("{}, {filled} figures, {} s for each figure", store.database_name(), args.seconds);
    tokio::time::sleep(Duration::from_secs(args.rest)).await;
    let ids: Vec<IndicatorId> = indicators.iter().map(|one| one.id).collect();
    println!("{:<48}  p50 ms  p95 ms", format!("roll-up of {INDICATORS} indicators, one day"));
    for (who, under) in [("district, by township", DISTRICT), ("one township, by township", TOWNSHIP)] {
        for level in [AreaLevel::Township, AreaLevel::Village] {
            let area = under.parse::<AreaCode>().map_err(|error| error.to_string())?;
            rolled_up(&store, (&ids, today), (who, &area, level), args.seconds).await?;
        }
    }
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let (stop, stopped) = oneshot::channel::<()>();
    let server = tokio::spawn(async move {
        // The other end is dropped when everything is measured.
        let told = async move { stopped.await.unwrap_or_default() };
        serve(&app, listener, None, told).await
    });
    pages(address, indicators.first().map(|one| one.id), args.seconds).await?;
    drop(stop);
    server.await??;
    Ok(())
}

async fn define(store: &Store) -> Result<Vec<Indicator>, Failed> {
    let now_ms = clock::now().as_millisecond();
    let area = DISTRICT.parse::<AreaCode>().map_err(|error| error.to_string())?;
    let mut tx = store.begin(&Actor::program(now_ms), Act::ChangeIndicators);
    tx.about("indicator", "bench", Some(&area));
    let mut all = Vec::new();
    for at in 0..INDICATORS {
        let indicator = Indicator {
            id: IndicatorId(store.new_id(now_ms)),
            area: area.clone(),
            code: format!("测速{at}"),
            name_zh: format!("测速指标{at}"),
            name_en: format!("Bench {at}"),
            unit_zh: "人".to_owned(),
            unit_en: "persons".to_owned(),
            meaning: String::new(),
            period: Period::Day,
            since_on: None,
            decimals: 0,
            source: Source::RolledUp(RollUp::Sum),
            level: Some(AreaLevel::Village),
            unit: None,
            low: None,
            high: None,
            jump_percent: None,
            denominator: Denominator::None,
            state: IndicatorState::InUse,
            version: 1,
        };
        tx.add_indicator(&indicator)?;
        all.push(indicator);
    }
    tx.commit().await?;
    Ok(all)
}

/// Figures of every village for every indicator, day by day back from today, until there are so many.
async fn fill(store: &Store, indicators: &[Indicator], n: usize, today: Date) -> Result<usize, StoreError> {
    let areas = store.areas_within(&Scope::everywhere()).await?;
    let is_village = |code: &AreaCode| code.level() == AreaLevel::Village;
    let villages: Vec<AreaCode> = areas.into_iter().map(|(area, _)| area.code).filter(is_village).collect();
    let (mut filled, mut back) = (0, 0_i64);
    while filled < n {
        let (on, now_ms) = (today.saturating_sub(back.days()), clock::now().as_millisecond());
        let mut rows = Vec::new();
        for (place, unit) in villages.iter().zip(1_i64..) {
            for (indicator, at) in indicators.iter().zip(0_i64..) {
                rows.push(row(indicator, place, unit, (on, now_ms), at * 7 + unit * 13 + back));
            }
        }
        filled += rows.len();
        let mut tx = store.begin(&Actor::program(now_ms), Act::ChangeIndicators);
        tx.about("figure", on, None);
        tx.put_figures(&rows);
        tx.commit().await?;
        back += 1;
    }
    Ok(filled)
}

fn row(indicator: &Indicator, place: &AreaCode, unit: i64, (on, as_of_ms): (Date, i64), number: i64) -> FigureRow {
    let figure = match number % 97 {
        0 => Figure::Unknown,
        1 => Figure::Redacted,
        2 => Figure::NotApplicable,
        n => Figure::Known(Amount::whole(n)),
    };
    FigureRow {
        area: indicator.area.clone(),
        indicator: indicator.id,
        on,
        place: place.clone(),
        unit: UnitId(Id::from_number(unit)),
        figure,
        as_of_ms,
        report: None,
        version: 1,
        by: String::new(),
        at_ms: 0,
    }
}

/// The roll-up itself, asked of the store one after another.
#[expect(clippy::disallowed_methods, reason = "a benchmark measures time")]
async fn rolled_up(
    store: &Store,
    (ids, on): (&[IndicatorId], Date),
    (who, under, level): (&str, &AreaCode, AreaLevel),
    seconds: u64,
) -> Result<(), Failed> {
    let area = under.home();
    let scope = Scope { areas: vec![under.clone()], ..Scope::default() };
    let search = FigureSearch { area: &area, indicators: ids, from: on, to: on, under };
    let (begun, mut took, mut n_rows) = (Instant::now(), Vec::new(), 0);
    while begun.elapsed() < Duration::from_secs(seconds) {
        let asked = Instant::now();
        n_rows = store.roll_up(search, level, &scope).await?.len();
        took.push(asked.elapsed().as_secs_f64() * 1000.0);
    }
    took.sort_by(f64::total_cmp);
    let at = |percent: usize| took.get(took.len() * percent / 100).copied().unwrap_or(f64::NAN);
    let what = format!("{who} down to {} ({n_rows} sums)", level.code());
    println!("  {what:<46} {:6.1}  {:6.1}", at(50), at(95));
    Ok(())
}

async fn pages(address: SocketAddr, one: Option<IndicatorId>, seconds: u64) -> Result<(), Failed> {
    let (office, township) = (sign_in(address, "office").await?, sign_in(address, "township").await?);
    let one = one.map(|id| format!("/indicators/{id}")).ok_or("no indicator")?;
    println!("{:<48}  p50 ms  p95 ms  beside the district", "pages");
    let mut first = std::collections::BTreeMap::new();
    for (who, cookies) in [("district", &office), ("one township", &township)] {
        for path in ["/indicators", one.as_str(), "/targets", "/api/figures"] {
            let measured = ask_for(address, cookies, path, 1, seconds).await?;
            let p95 = measured.at(95);
            let widest = *first.entry(path.to_owned()).or_insert(p95);
            println!("  {who:<13} {path:<32} {:6.1}  {p95:6.1}  {:.2}", measured.at(50), p95 / widest);
        }
    }
    Ok(())
}
