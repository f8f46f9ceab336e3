//! `lianfang scan`: where and since when are there too many cases?

use std::collections::BTreeMap;

use jiff::civil::Date;
use lianfang_domain::Lang;
use lianfang_epi::Refusal;
use lianfang_epi::chart::{Chart, ChartPoint};
use lianfang_epi::number::chance::Stream;
use lianfang_epi::scan::cluster::{Baseline, CaseTable, Cluster, Scan, scan};
use lianfang_epi::scan::zones::{Place, ZoneLimit, Zones};

use super::args::{ModelArg, ScanArgs};
use super::chart::{legend, save};
use super::input::Table;
use super::output::{Cell, Results};
use super::refuse;
use crate::exit::Exit;

pub(crate) fn run(args: &ScanArgs, lang: Lang) -> Exit {
    match search(args, lang) {
        Ok(exit) | Err(exit) => exit,
    }
}

/// The table turned into places and days.
struct Map {
    names: Vec<String>,
    places: Vec<Place>,
    people: Vec<f64>,
    first: Date,
    /// Per place, cases per day.
    counts: Vec<Vec<u32>>,
}

impl Map {
    fn day(&self, at: usize) -> Date {
        self.first.checked_add(jiff::Span::new().days(at as i64)).unwrap_or(self.first)
    }
}

fn read(args: &ScanArgs, lang: Lang) -> Result<Map, Exit> {
    let table = Table::open(&args.table.file, lang)?;
    table.need("series")?;
    let (names, dates, counts) = (table.series(), table.dates("date")?, table.numbers("count")?);
    let (x, y) = (table.numbers("x")?, table.numbers("y")?);
    let people = if args.model == ModelArg::Poisson { Some(table.numbers("population")?) } else { None };
    let last = args.table.as_of.or_else(|| dates.iter().max().copied()).unwrap_or(Date::MIN);
    let first = dates.iter().min().copied().unwrap_or(last);
    let days = usize::try_from((last - first).get_days()).unwrap_or(0) + 1;
    let mut map = Map { names: Vec::new(), places: Vec::new(), people: Vec::new(), first, counts: Vec::new() };
    let mut known: BTreeMap<&str, usize> = BTreeMap::new();
    for row in 0..names.len() {
        let unknown = Refusal::Unknown { at: row };
        let place = match known.get(names[row].as_str()) {
            Some(&place) => place,
            None => {
                let (x, y) = x[row].zip(y[row]).ok_or_else(|| refuse(&unknown, lang))?;
                let at = if args.lonlat { Place::Earth { longitude: x, latitude: y } } else { Place::Plane { x, y } };
                map.places.push(at);
                map.names.push(names[row].clone());
                map.people.push(people.as_ref().and_then(|p| p[row]).unwrap_or(0.0));
                map.counts.push(vec![0; days]);
                known.insert(&names[row], map.names.len() - 1);
                map.names.len() - 1
            }
        };
        let count = counts[row].ok_or_else(|| refuse(&unknown, lang))?;
        if count < 0.0 {
            return Err(refuse(&Refusal::NegativeCount { at: row, count }, lang));
        }
        if count.fract() != 0.0 {
            return Err(refuse(&Refusal::FractionalCount { at: row, count }, lang));
        }
        let day = usize::try_from((dates[row] - first).get_days()).unwrap_or(usize::MAX);
        if let Some(cell) = map.counts[place].get_mut(day) {
            *cell += count as u32;
        }
    }
    Ok(map)
}

fn search(args: &ScanArgs, lang: Lang) -> Result<Exit, Exit> {
    let map = read(args, lang)?;
    let refused = |r: Refusal| refuse(&r, lang);
    let table = CaseTable::new(&map.counts).map_err(refused)?;
    let cases: Vec<f64> = map.counts.iter().map(|row| row.iter().map(|&c| f64::from(c)).sum()).collect();
    let weights = if args.model == ModelArg::Poisson { &map.people } else { &cases };
    let zones = Zones::circles(&map.places, weights, ZoneLimit::Share(args.max_share)).map_err(refused)?;
    let days = map.counts.first().map_or(0, Vec::len);
    let baseline = match args.model {
        ModelArg::Permutation => Baseline::Permutation,
        ModelArg::Poisson => {
            Baseline::Poisson { people: map.people.iter().flat_map(|&p| std::iter::repeat_n(p, days)).collect() }
        }
    };
    let plan = Scan {
        baseline,
        longest: args.longest,
        retrospective: args.retrospective,
        replicates: args.replicates,
        stop_after: None,
        clusters: args.clusters,
        every_days: 1.0,
    };
    let found = scan(&table, &zones, &plan, &Stream::new("scan", args.seed)).map_err(refused)?;
    let explained: Vec<String> = if found.clusters.is_empty() {
        vec![lang.pick("没有高于预期的聚集。", "No circle has more cases than expected.").to_owned()]
    } else {
        found.clusters.iter().map(|c| said(c, &map, lang)).collect()
    };
    let written = results(&found.clusters, &map).write(&args.table, &explained, lang);
    let drawn = save(&args.table, lang, || found.clusters.first().map(|c| chart(c, &map, lang)));
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
            Cell::Date(map.day(c.from)),
            Cell::Date(map.day(c.to)),
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
    let (from, to, places) = (map.day(c.from), map.day(c.to), members(c, map));
    let (cases, expected, p, recurrence) = (c.cases, c.expected, c.p, c.recurrence_days);
    lang.pick(
        format!("{from}至{to}，{places}：{cases:.0}例，预期{expected:.1}例，p={p:.4}；如每天扫描，偶然出现约{recurrence:.0}天一次。"),
        format!("{from} to {to}, {places}: {cases:.0} cases, {expected:.1} expected, p = {p:.4}; scanned daily, chance gives one like it about every {recurrence:.0} days."),
    )
}

/// Cases within the strongest cluster's places, its days marked.
fn chart(cluster: &Cluster, map: &Map, lang: Lang) -> Chart {
    let days = map.counts.first().map_or(0, Vec::len);
    let points = (0..days).map(|day| ChartPoint {
        label: map.day(day).to_string(),
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
