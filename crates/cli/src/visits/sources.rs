use std::io::{self, Write};

use lianfang_domain::Lang;
use lianfang_trace::PersonId;
use lianfang_trace::query::{Case, Households, SharedVenue, shared_venues};
use lianfang_trace::rules::RuleSet;

use crate::exit::Exit;
use crate::out::{self, Destination};
use crate::visits::args::SourcesArgs;
use crate::visits::look::{class_words, times};
use crate::visits::open;

/// Lists the venues that cases share, the least likely by chance first.
pub(super) fn run(args: &SourcesArgs, lang: Lang) -> Exit {
    let asked = open::window(&args.window, lang).and_then(|window| Ok((window, open::snapshot(&args.data, lang)?)));
    let (window, snapshot) = match asked {
        Ok(asked) => asked,
        Err(exit) => return exit,
    };
    let cases: Vec<Case> =
        args.persons.iter().map(|person| Case { person: PersonId(*person), infectious: window }).collect();
    let households = if args.households { Households::Counted } else { Households::LeftOut };
    let found = shared_venues(&snapshot, &cases, &RuleSet::off(0, 0, 30), args.at_least, households);
    out::write(&Destination::Screen, lang, |out| write(out, &found, args.limit, lang))
}

fn write(out: &mut dyn Write, found: &[SharedVenue], limit: usize, lang: Lang) -> io::Result<()> {
    for one in found.iter().take(limit) {
        let (class, cases) = (class_words(one.class, lang), one.cases.len());
        let words = lang.pick(
            format!("病例{cases}，到访{}人，随机应有{:.2}，概率{:.1e}", one.visitors, one.by_chance, one.p_value),
            format!(
                "cases {cases}, visitors {}, by chance {:.2}, probability {:.1e}",
                one.visitors, one.by_chance, one.p_value
            ),
        );
        writeln!(out, "{}  {class}  {}  {words}", one.venue.0, times(one.window))?;
    }
    let shown = found.len().min(limit);
    let sum = lang.pick(
        format!("共{}处，列出{shown}处。概率只用于排序，不是结论。", found.len()),
        format!("{} venues, {shown} listed. The probability ranks them; it proves nothing.", found.len()),
    );
    writeln!(out, "{sum}")
}
