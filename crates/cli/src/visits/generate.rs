use std::collections::BTreeSet;

use lianfang_domain::Lang;
use lianfang_trace::generate::District;
use lianfang_trace::{Bulk, Day, Fault, VenueId};

use crate::exit::Exit;
use crate::progress;
use crate::visits::args::GenerateArgs;
use crate::visits::open;

/// Persons whose day is made up at a time.
const PART: u32 = 100_000;

/// Fills a folder with a made-up district.
pub(super) fn run(args: &GenerateArgs, lang: Lang) -> Exit {
    made(args, lang).map_or_else(|exit| exit, |()| Exit::Ok)
}

fn made(args: &GenerateArgs, lang: Lang) -> Result<(), Exit> {
    let first = first_day(args, lang)?;
    let store = open::store(&args.data, lang)?;
    let bar = progress::bar(u64::from(args.days) * u64::from(args.persons), lang.pick("生成", "generate"));
    let district = District::new(args.persons, args.seed);
    let (mut stays, mut bytes) = (0, 0);
    let mut bulk = store.bulk();
    for day in 0..args.days {
        one_day(&district, Day(first.0 + day), &mut bulk, |persons| bar.inc(persons))
            .map_err(|fault| open::failed(&fault, lang))?;
        bar.set_message(lang.pick("封存", "seal"));
        let sealed = bulk.flush().map_err(|fault| open::failed(&fault, lang))?;
        bar.set_message(lang.pick("生成", "generate"));
        stays += sealed.stays;
        bytes += sealed.bytes;
    }
    bar.finish_and_clear();
    println!(
        "{}",
        lang.pick(
            format!("{}人，{}天，{stays}条，{bytes}字节。", args.persons, args.days),
            format!("{} persons, {} days, {stays} stays, {bytes} bytes.", args.persons, args.days),
        )
    );
    Ok(())
}

pub(super) fn first_day(args: &GenerateArgs, lang: Lang) -> Result<Day, Exit> {
    Day::from_civil(args.from).ok_or_else(|| {
        eprintln!("{}", lang.pick("--from 应在 1970 年以后。", "--from must not be before 1970."));
        Exit::Usage
    })
}

/// Makes up a day.
fn one_day(district: &District, day: Day, bulk: &mut Bulk<'_>, done: impl Fn(u64)) -> Result<(), Fault> {
    let mut visits = Vec::new();
    let mut from = 0;
    while from < district.persons() {
        let until = from.saturating_add(PART).min(district.persons());
        visits.clear();
        district.day(day, from..until, &mut visits);
        let venues: BTreeSet<VenueId> = visits.iter().map(|visit| visit.venue).collect();
        let classes: Vec<_> = venues.into_iter().map(|venue| (venue, District::class_of(venue))).collect();
        bulk.extend(&visits)?;
        bulk.classify(&classes)?;
        done(u64::from(until - from));
        from = until;
    }
    Ok(())
}
