//! dev bench
#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "bench")]
use lianfang_trace::generate::District;
use lianfang_trace::query::*;
use lianfang_trace::rules::*;
use lianfang_trace::*;
use std::time::Instant;
fn cpu() -> f64 {
    let s = std::fs::read_to_string("/proc/self/stat").unwrap();
    let f: Vec<&str> = s.rsplit(')').next().unwrap().split_whitespace().collect();
    (f[11].parse::<f64>().unwrap() + f[12].parse::<f64>().unwrap()) / 100.0
}
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let dir = std::path::Path::new(&a[1]);
    let persons: u32 = a[2].parse().unwrap();
    let days: u32 = a[3].parse().unwrap();
    let first_day = 20_760;
    let district = District::new(persons, 1);
    if !dir.exists() {
        let (store, _) = Store::open(dir).unwrap();
        let mut bulk = store.bulk();
        let (mut tg, mut tm, mut ts) = (0.0, 0.0, 0.0);
        let mut n = 0;
        let mut bytes = 0;
        for day in 0..days {
            let mut from = 0;
            while from < persons {
                let mut visits = Vec::new();
                let t = cpu();
                district.day(Day(first_day + day), from..from + 100_000, &mut visits);
                tg += cpu() - t;
                let t = cpu();
                n += bulk.extend(&visits).unwrap().stored;
                tm += cpu() - t;
                let mut v: Vec<_> = visits.iter().map(|v| v.venue).collect();
                v.sort_unstable();
                v.dedup();
                bulk.classify(&v.into_iter().map(|v| (v, District::class_of(v))).collect::<Vec<_>>()).unwrap();
                from += 100_000;
            }
            let t = cpu();
            bytes += bulk.flush().unwrap().bytes;
            ts += cpu() - t;
        }
        println!("{n} visits, generate {tg:.2} number {tm:.2} seal {ts:.2} cpu s = {:.1} M/s seal; {:.3} B/visit", n as f64 / ts / 1e6, bytes as f64 / n as f64);
    }
    let (t, c) = (Instant::now(), cpu());
    let snap = Snapshot::open(dir).unwrap();
    println!("read open {:.3} s cpu {:.3}", t.elapsed().as_secs_f64(), cpu() - c);
    let s = snap.sizes();
    println!("{s:?} {:.3} B/visit segs {:.3} with ids", s.segment_bytes as f64 / s.stays as f64, (s.segment_bytes + s.id_bytes) as f64 / s.stays as f64);
    drop(snap);
    let (t, c) = (Instant::now(), cpu());
    let (store, _) = Store::open(dir).unwrap();
    println!("write open (full check) {:.3} s cpu {:.3}", t.elapsed().as_secs_f64(), cpu() - c);
    let snap = store.snapshot().unwrap();
    let all = Window { from: Day(first_day).start(), until: Day(first_day + days).start() };
    let case = |i: u32| Case { person: district.person_id(i % persons), infectious: all };
    let supplied = RuleBook::supplied().unwrap();
    if a.len() > 4 {
        let rules = RuleSet::off(0, 0, 30);
        let cases: Vec<Case> = (0..100).map(|i| case(i * 7919 + 13)).collect();
        for _ in 0..50 {
            let t = Instant::now();
            let l = first_order(&snap, &cases, &rules, 1);
            let w = t.elapsed();
            let t = Instant::now();
            let s = cases.iter().map(|c| first_order(&snap, &[*c], &rules, 1).totals.contacts).sum::<usize>();
            println!("{:?} {:?} {} {s}", w, t.elapsed() / 100, l.totals.encounters);
        }
        return;
    }
    for (name, rules) in [("off", RuleSet::off(0, 0, 30)), ("general", supplied.sets()[0].clone())] {
        let mut best = f64::MAX;
        let mut tot = 0.0;
        let mut n = 0;
        for r in 0..5 {
            let t = Instant::now();
            for i in 0..100 {
                let t1 = Instant::now();
                let l = first_order(&snap, &[case(i * 7919 + 13)], &rules, 1);
                best = best.min(t1.elapsed().as_secs_f64());
                if r == 0 { n += l.persons(&snap).len(); }
            }
            tot = t.elapsed().as_secs_f64();
        }
        println!("{name}: first 1: mean {:.3} ms min {:.3} ms, mean persons {}", tot * 10.0, best * 1e3, n / 100);
        let l = first_order(&snap, &(0..100).map(|i| case(i * 7919 + 13)).collect::<Vec<_>>(), &rules, 1);
        let mut by = std::collections::BTreeMap::new();
        for e in l.encounters(&snap) { *by.entry(e.class).or_insert(0) += 1; }
        println!("{by:?}");
        let cases: Vec<Case> = (0..100).map(|i| case(i * 7919 + 13)).collect();
        for th in [1, 2] {
            let (t, c) = (Instant::now(), cpu());
            let l = first_order(&snap, &cases, &rules, th);
            println!("first 100 x{th}: wall {:.1} ms cpu {:.0} totals {:?}", t.elapsed().as_secs_f64() * 1e3, (cpu() - c) * 1e3, l.totals);
        }
        let first = first_order(&snap, &cases[..1], &rules, 1);
        for th in [1, 1, 1, 2, 2] {
            let (t, c) = (Instant::now(), cpu());
            let s = second_order(&snap, &cases[..1], &first, &rules, &Isolation::of_all(all.until), th);
            println!("second x{th}: wall {:.1} ms cpu {:.0} of {} contacts: {}", t.elapsed().as_secs_f64() * 1e3, (cpu() - c) * 1e3, first.totals.contacts, s.len());
        }
    }
}
