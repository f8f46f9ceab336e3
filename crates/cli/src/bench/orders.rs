use std::sync::Arc;
use std::time::{Duration, Instant};

use lianfang_domain::{
    Id, Lang, OrderBatchId, OrderId, PlanId, UnitId,
    access::{Act, Scope},
    area::{AreaCode, AreaLevel},
    clock::{Clock, HOUR_MS, Limit},
    order::{OrderOrigin, OrderRole, OrderState},
    plan::{Plan, PlanTier, Reading},
    unit::{Unit, UnitKind},
};
use lianfang_server::{App, Manners, Pace, lay_out_demo, serve};
use lianfang_store::{Actor, NewOrder, NewPlan, PlanContent, Store, StoreError, Urgency};
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use super::http::Connection;
use super::site::{ask_for, sign_in};
use crate::args::BenchOrdersArgs;
use crate::clock;
use crate::exit::Exit;
use crate::store;

type Failed = Box<dyn std::error::Error + Send + Sync>;

/// Tasks of the plan that is proposed from; each goes to every village committee.
const TASKS: usize = 10;
/// Orders that are kept in one act while the ground is laid.
const TOGETHER: usize = 5_000;

/// Lays the demo district out with many units and orders, and measures proposing, issuing, my work and the list, as the
/// office of the district and as one who sees one township or one unit.
pub(crate) fn orders(args: &BenchOrdersArgs, lang: Lang) -> Exit {
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

async fn measure(store: Store, args: &BenchOrdersArgs) -> Result<(), Failed> {
    let name = store.database_name();
    // One address asks here as fast as it can.
    let pace = Pace { burst: f64::MAX, each_second: f64::MAX };
    let app = App::new(store.clone(), Arc::new(clock::now), Manners { pace, ..Manners::default() });
    lay_out_demo(&app, 1, Lang::Zh).await?;
    let units = committees(&store, args.units).await?;
    let plan = plan(&store).await?;
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let (stop, stopped) = oneshot::channel::<()>();
    let server = tokio::spawn(async move {
        // The other end is dropped when everything is measured.
        let told = async move { stopped.await.unwrap_or_default() };
        serve(&app, listener, None, told).await
    });
    println!("{name}, {} units, {} s for each figure", args.units, args.seconds);
    let office = sign_in(address, "office").await?;
    issue(&mut Connection::open(address, &office).await?, plan, args.units).await?;
    fill(&store, &units, args.orders).await?;
    tokio::time::sleep(Duration::from_secs(args.rest)).await;
    println!("{:<34}  p50 ms  p95 ms", format!("with {} orders", args.orders));
    let (township, unit) = (sign_in(address, "township").await?, sign_in(address, "unit").await?);
    let mut first = std::collections::BTreeMap::new();
    for (who, cookies) in [("district", &office), ("one township", &township), ("one unit", &unit)] {
        for path in ["/work", "/orders", "/orders?state=late", "/orders?state=reported&rows=100"] {
            let measured = ask_for(address, cookies, path, 1, args.seconds).await?;
            let p95 = measured.at(95);
            let widest = *first.entry(path).or_insert(p95);
            println!("  {who:<13} {path:<34} {:6.1}  {p95:6.1}  {:.2}", measured.at(50), p95 / widest);
        }
    }
    drop(stop);
    server.await??;
    Ok(())
}

/// So many village committees, in the villages of the demo district one after another.
async fn committees(store: &Store, n: usize) -> Result<Vec<Unit>, StoreError> {
    let day = clock::now().to_zoned(jiff::tz::TimeZone::UTC).date();
    let areas = store.areas_within(&Scope::everywhere()).await?;
    let is_village = |code: &AreaCode| code.level() == AreaLevel::Village;
    let villages: Vec<AreaCode> = areas.into_iter().map(|(area, _)| area.code).filter(is_village).collect();
    let now_ms = clock::now().as_millisecond();
    let mut tx = store.begin(&Actor::program(now_ms), Act::ChangeUnits);
    tx.about("unit", "bench", None);
    let mut units = Vec::new();
    for at in 0..n {
        let unit = Unit {
            id: UnitId(store.new_id(now_ms)),
            name: format!("第{at}号村民委员会"),
            kind: UnitKind::VillageCommittee,
            area: villages[at % villages.len()].clone(),
            parent: None,
            aliases: Vec::new(),
            duty_phone: None,
            merged_into: None,
        };
        tx.add_unit(&unit, day);
        units.push(unit);
    }
    tx.commit().await?;
    Ok(units)
}

/// An accepted plan whose measures go to every village.
async fn plan(store: &Store) -> Result<PlanId, Failed> {
    let now_ms = clock::now().as_millisecond();
    let id = PlanId(store.new_id(now_ms));
    let mut text = "清河区村级防控工作方案\n一、重点任务\n".to_owned();
    for task in 1..=TASKS {
        text.push_str(&format!("{task}.开展第{task}项排查。（各村民委员会负责，2027年{}月底前完成）\n", 1 + task % 12));
    }
    let options = lianfang_plandoc::Options::new(jiff::civil::date(2026, 11, 22));
    let reading: Reading =
        lianfang_plandoc::read("plan.txt", text.as_bytes(), &options).map_err(|e| e.message(false))?;
    let plan: Plan = reading.plans.into_iter().next().ok_or("no plan was read")?;
    let new = NewPlan {
        id,
        area: "990101".parse::<AreaCode>().map_err(|error| error.to_string())?,
        title: "清河区村级防控工作方案".to_owned(),
        kind: "work_plan".to_owned(),
        file: "plan.txt".to_owned(),
        replaces: None,
        file_of: None,
        tier: PlanTier::default(),
        parent: None,
    };
    let mut tx = store.begin(&Actor::program(now_ms), Act::ChangePlans);
    tx.about("plan", id, Some(&new.area));
    tx.add_plan(&new, &PlanContent { plan, findings: Vec::new() })?;
    tx.commit().await?;
    let record = store.plan(id, &Scope::everywhere()).await?.ok_or("the plan is gone")?;
    let mut tx = store.begin(&Actor::program(now_ms), Act::AcceptPlans);
    tx.about("plan", id, Some(&new.area));
    tx.accept_plan(&record, None);
    tx.commit().await?;
    Ok(id)
}

/// Looks at the proposals and issues all of them, as the office does it.
#[expect(clippy::disallowed_methods, reason = "a benchmark measures time")]
async fn issue(connection: &mut Connection, plan: PlanId, n_units: usize) -> Result<(), Failed> {
    let path = format!("/plans/{plan}/orders/propose");
    let begun = Instant::now();
    let page = connection.get(&path).await?;
    let looked = begun.elapsed();
    let token = page.between("name=\"_csrf\" value=\"", "\"");
    let begun = Instant::now();
    let answer = connection.send_form(&path, &[("_csrf", token.as_str()), ("level", "none"), ("kind", "")]).await?;
    let issued = begun.elapsed();
    if !answer.location.starts_with("/orders?batch=") {
        return Err(format!("{path}: {}", answer.status).into());
    }
    let begun = Instant::now();
    let list = connection.get(&answer.location).await?;
    let seen = begun.elapsed();
    let n = list.between("筛选出 ", " 条");
    let ms = |took: Duration| took.as_secs_f64() * 1000.0;
    println!(
        "{TASKS} tasks to {n_units} units: proposed in {:.0} ms, {n} orders issued in {:.0} ms, seen in {:.0} ms",
        ms(looked),
        ms(issued),
        ms(seen)
    );
    Ok(())
}

/// Orders in every state, due from yesterday to in ten days, until there are so many.
async fn fill(store: &Store, units: &[Unit], n_orders: usize) -> Result<(), StoreError> {
    let mut known: Vec<Unit> =
        store.unit_register(&Scope::everywhere()).await?.into_iter().map(|one| one.unit).collect();
    known.extend(units.iter().cloned());
    for from in (0..n_orders).step_by(TOGETHER) {
        let now_ms = clock::now().as_millisecond();
        let batch = OrderBatchId(store.new_id(now_ms));
        let mut tx = store.begin(&Actor::program(now_ms), Act::IssueOrders);
        tx.about("order_batch", batch, None);
        for at in from..(from + TOGETHER).min(n_orders) {
            tx.issue_order(&order(store, &known[at % known.len()], batch, at, now_ms));
        }
        tx.commit().await?;
    }
    Ok(())
}

fn order(store: &Store, unit: &Unit, batch: OrderBatchId, at: usize, now_ms: i64) -> NewOrder {
    let spread = i64::try_from(at * 7_919 % 264).unwrap_or(0) - 24;
    let id: Id = store.new_id(now_ms);
    let clock = Clock::start(Limit::At { at_ms: now_ms + spread * HOUR_MS }, now_ms - 48 * HOUR_MS);
    NewOrder {
        id: OrderId(id),
        unit: unit.id,
        division: unit.area.clone(),
        above: unit.parent,
        issuer: unit.area.home(),
        issuer_unit: None,
        parent: None,
        batch,
        incident: None,
        plan: None,
        plan_key: String::new(),
        level: ["IV", "III", "II", "I"][at % 4].to_owned(),
        heading: "综合协调组".to_owned(),
        role: OrderRole::Responsible,
        origin: OrderOrigin::Written,
        number: String::new(),
        words: format!("第{at}项：对辖区重点场所开展排查，汇总人数和隐患，按时报送"),
        urgency: Urgency::Normal,
        state: [OrderState::Issued, OrderState::Signed, OrderState::Doing, OrderState::Reported][at / 7 % 4],
        clock: (!at.is_multiple_of(10)).then_some(clock),
    }
}
