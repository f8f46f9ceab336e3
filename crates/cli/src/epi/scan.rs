//! `lianfang scan`: where and since when are there too many cases?

use std::collections::BTreeMap;

use jiff::civil::Date;
use lianfang_domain::Lang;
use lianfang_epi::Refusal;
use lianfang_epi::chart::{Chart, ChartPoint};
use lianfang_epi::number::chance::Stream;
use lianfang_epi::scan::cluster::{Baseline, CaseTable, Cluster, Scan, scan};
use lianfang_epi::scan::standard::{Stratum, standardised};
use lianfang_epi::scan::zones::{Place, ZoneLimit, Zones};

use super::args::{ModelArg, ScanArgs};
use super::chart::{legend, save};
use super::input::Table;
use super::output::{Cell, Results};
use super::refuse;
use crate::exit::Exit;
use crate::progress;

pub(crate) fn run(args: &ScanArgs, lang: Lang) -> Exit {
    match search(args, lang) {
        Ok(exit) | Err(exit) => exit,
    }
}

/// The table turned into places and days.
struct Map {
    names: Vec<String>,
    places: Vec<Place>,
    /// Per place and stratum, cases and people; one stratum where the table has none.
    strata: Vec<Vec<Stratum>>,
    /// `None` where the table has no dates: places are then compared over the whole time.
    first: Option<Date>,
    /// Per place, cases per day.
    counts: Vec<Vec<u32>>,
}

impl Map {
    fn day(&self, at: usize) -> Option<Date> {
        self.first?.checked_add(jiff::Span::new().days(at as i64)).ok()
    }
}

/// What the rows say, each as wide as the table is long.
struct Columns {
    names: Vec<String>,
    dates: Option<Vec<Date>>,
    counts: Vec<Option<f64>>,
    x: Vec<Option<f64>>,
    y: Vec<Option<f64>>,
    people: Option<Vec<Option<f64>>>,
    strata: Vec<String>,
}

fn columns(args: &ScanArgs, lang: Lang) -> Result<Columns, Exit> {
    let table = Table::open(&args.table.file, lang)?;
    table.need("series")?;
    let by_people = args.model == ModelArg::Poisson;
    if table.has("stratum") && !by_people {
        eprintln!(
            "{}",
            lang.pick(
                "有分层（stratum）列：分层只用于人口模型。请加 --model poisson，并给出每层人口（population）。",
                "There is a column stratum, which only the model of people uses: add --model poisson and the population of each stratum.",
            )
        );
        return Err(Exit::Usage);
    }
    // Places alone can be compared by people; a permutation of dates needs dates.
    let dates = if by_people && !table.has("date") { None } else { Some(table.dates("date")?) };
    Ok(Columns {
        names: table.series(),
        dates,
        counts: table.numbers("count")?,
        x: table.numbers("x")?,
        y: table.numbers("y")?,
        people: if by_people { Some(table.numbers("population")?) } else { None },
        strata: table.words("stratum"),
    })
}

fn read(args: &ScanArgs, lang: Lang) -> Result<Map, Exit> {
    let columns = columns(args, lang)?;
    let first = columns.dates.as_ref().and_then(|d| d.iter().min().copied());
    let last = args.table.as_of.or_else(|| columns.dates.as_ref()?.iter().max().copied());
    let until = |day: Date| first.and_then(|first| usize::try_from((day - first).get_days()).ok());
    let days = first.and(last).map_or(1, |last| until(last).unwrap_or(0) + 1);
    let mut names: Vec<&str> = columns.strata.iter().map(String::as_str).collect();
    names.sort_unstable();
    names.dedup();
    let mut map = Map { names: Vec::new(), places: Vec::new(), strata: Vec::new(), first, counts: Vec::new() };
    let mut known: BTreeMap<&str, usize> = BTreeMap::new();
    for (row, name) in columns.names.iter().enumerate() {
        let refused = |r: Refusal| refuse(&r, lang);
        let unknown = Refusal::Unknown { at: row };
        let place = match known.get(name.as_str()) {
            Some(&place) => place,
            None => {
                let (x, y) = columns.x[row].zip(columns.y[row]).ok_or_else(|| refused(unknown.clone()))?;
                let at = if args.lonlat { Place::Earth { longitude: x, latitude: y } } else { Place::Plane { x, y } };
                map.places.push(at);
                map.names.push(name.clone());
                map.strata.push(vec![Stratum { cases: 0.0, people: f64::NAN }; names.len().max(1)]);
                map.counts.push(vec![0; days]);
                known.insert(name, map.names.len() - 1);
                map.names.len() - 1
            }
        };
        let count = columns.counts[row].ok_or_else(|| refused(unknown))?;
        check(row, count).map_err(refused)?;
        let which = names.binary_search(&columns.strata[row].as_str()).unwrap_or(0);
        let stratum = &mut map.strata[place][which];
        if let Some(people) = columns.people.as_ref().and_then(|p| p[row]).filter(|_| stratum.people.is_nan()) {
            stratum.people = people;
        }
        let day = columns.dates.as_ref().map_or(Some(0), |dates| until(dates[row]));
        if let Some(cell) = day.and_then(|day| map.counts[place].get_mut(day)) {
            *cell += count as u32;
            stratum.cases += count;
        }
    }
    if columns.people.is_some() {
        need_people(&map, &names, lang)?;
    }
    Ok(map)
}

fn check(row: usize, count: f64) -> Result<(), Refusal> {
    if count < 0.0 {
        return Err(Refusal::NegativeCount { at: row, count });
    }
    if count.fract() != 0.0 {
        return Err(Refusal::FractionalCount { at: row, count });
    }
    Ok(())
}

/// Every place has its people in every stratum; a stratum in which nobody lives says 0.
fn need_people(map: &Map, names: &[&str], lang: Lang) -> Result<(), Exit> {
    for (place, strata) in map.names.iter().zip(&map.strata) {
        if let Some(which) = strata.iter().position(|s| s.people.is_nan()) {
            let stratum = names.get(which).copied().unwrap_or_default();
            eprintln!(
                "{}",
                lang.pick(
                    format!("{place} {stratum} 没有人口（population）。请补上；没有人的一层写 0。"),
                    format!(
                        "The population of {place} {stratum} is missing. Add it; a stratum where nobody lives has 0."
                    ),
                )
            );
            return Err(Exit::Unreadable);
        }
    }
    Ok(())
}

fn search(args: &ScanArgs, lang: Lang) -> Result<Exit, Exit> {
    let map = read(args, lang)?;
    let refused = |r: Refusal| refuse(&r, lang);
    let table = CaseTable::new(&map.counts).map_err(refused)?;
    let days = map.counts.first().map_or(0, Vec::len);
    let sum = |of: fn(&Stratum) -> f64| map.strata.iter().map(|s| s.iter().map(of).sum()).collect::<Vec<f64>>();
    let (weights, baseline) = match args.model {
        ModelArg::Permutation => (sum(|s| s.cases), Baseline::Permutation),
        ModelArg::Poisson => {
            let expected = standardised(&map.strata).map_err(refused)?;
            let people = expected.iter().flat_map(|&e| std::iter::repeat_n(e, days)).collect();
            (sum(|s| s.people), Baseline::Poisson { people })
        }
    };
    let zones = Zones::circles(&map.places, &weights, ZoneLimit::Share(args.max_share)).map_err(refused)?;
    let plan = Scan {
        baseline,
        longest: args.longest.min(days.max(1)),
        retrospective: args.retrospective,
        replicates: args.replicates,
        stop_after: None,
        clusters: args.clusters,
        every_days: 1.0,
    };
    let stream = Stream::new("scan", args.seed);
    let found = progress::while_busy(lang.pick("扫描和模拟", "scan and replicates"), || {
        scan(&table, &zones, &plan, &stream)
    });
    let found = found.map_err(refused)?;
    let explained: Vec<String> = if found.clusters.is_empty() {
        vec![lang.pick("没有高于预期的聚集。", "No circle has more cases than expected.").to_owned()]
    } else {
        found.clusters.iter().map(|c| said(c, &map, lang)).collect()
    };
    let written = results(&found.clusters, &map).write(&args.table, &explained, lang);
    let drawn = save(&args.table, lang, || {
        found.clusters.first().filter(|_| map.first.is_some()).map(|c| chart(c, &map, lang))
    });
    Ok(written.max(drawn))
}

fn members(cluster: &Cluster, map: &Map) -> String {
    cluster.places.iter().map(|&p| map.names[p].as_str()).collect::<Vec<_>>().join(" ")
}

fn results(clusters: &[Cluster], map: &Map) -> Results {
    let columns = vec![
        ("places", "地点"),
        ("centre", "中心"),
        ("from", "开始"),
        ("to", "结束"),
        ("cases", "病例数"),
        ("expected", "预期数"),
        ("relative_risk", "相对危险度"),
        ("llr", "对数似然比"),
        ("p", "概率"),
        ("recurrence_days", "重现间隔（天）"),
    ];
    let row = |c: &Cluster| {
        vec![
            Cell::Text(members(c, map)),
            Cell::Text(map.names[c.centre].clone()),
            map.day(c.from).map_or(Cell::Unknown, Cell::Date),
            map.day(c.to).map_or(Cell::Unknown, Cell::Date),
            Cell::Number(c.cases),
            Cell::Number(c.expected),
            Cell::Number(c.relative_risk),
            Cell::Number(c.score),
            Cell::Number(c.p),
            Cell::Number(c.recurrence_days),
        ]
    };
    Results { columns, rows: clusters.iter().map(row).collect() }
}

fn said(c: &Cluster, map: &Map, lang: Lang) -> String {
    let places = members(c, map);
    let (cases, expected, p, recurrence) = (c.cases, c.expected, c.p, c.recurrence_days);
    let Some((from, to)) = map.day(c.from).zip(map.day(c.to)) else {
        return lang.pick(
            format!("{places}：{cases:.0}例，预期{expected:.1}例，p={p:.4}。"),
            format!("{places}: {cases:.0} cases, {expected:.1} expected, p = {p:.4}."),
        );
    };
    lang.pick(
        format!("{from}至{to}，{places}：{cases:.0}例，预期{expected:.1}例，p={p:.4}；如每天扫描，偶然出现约{recurrence:.0}天一次。"),
        format!("{from} to {to}, {places}: {cases:.0} cases, {expected:.1} expected, p = {p:.4}; scanned daily, chance gives one like it about every {recurrence:.0} days."),
    )
}

/// Cases within the strongest cluster's places, its days marked.
fn chart(cluster: &Cluster, map: &Map, lang: Lang) -> Chart {
    let days = map.counts.first().map_or(0, Vec::len);
    let points = (0..days).map(|day| ChartPoint {
        label: map.day(day).map_or(String::new(), |d| d.to_string()),
        observed: Some(cluster.places.iter().map(|&p| f64::from(map.counts[p][day])).sum()),
        alarm: (cluster.from..=cluster.to).contains(&day),
        ..ChartPoint::default()
    });
    Chart {
        title: format!("{} {}", lang.pick("最强聚集：", "strongest cluster: "), members(cluster, map)),
        y_label: lang.pick("病例数", "cases").to_owned(),
        legend: legend([("病例", "cases"), ("", ""), ("", ""), ("", ""), ("聚集期", "days of the cluster")], lang),
        reference: None,
        points: points.collect(),
    }
}
