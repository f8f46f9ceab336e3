//! Which rules are asked for.

use lianfang_domain::Lang;
use lianfang_trace::Day;
use lianfang_trace::rules::{RuleBook, RuleFault, RuleSet};

use crate::exit::Exit;
use crate::visits::args::RuleArgs;

/// How long a visit without an end lasts where no rule says so, in minutes.
const ASSUMED_STAY: u16 = 30;

/// The rules of the arguments: windows in minutes, a file, or the supplied book; of a book the set in force on the day.
pub(super) fn choose(args: &RuleArgs, on: Day, lang: Lang) -> Result<RuleSet, Exit> {
    if args.before.is_some() || args.after.is_some() {
        return Ok(RuleSet::off(args.before.unwrap_or(0), args.after.unwrap_or(0), ASSUMED_STAY));
    }
    let book = match &args.rules {
        None => RuleBook::supplied().map_err(|fault| refused(&fault, lang))?,
        Some(path) => {
            let text = std::fs::read_to_string(path).map_err(|error| {
                eprintln!("{}: {error}", path.display());
                Exit::Unreadable
            })?;
            RuleBook::parse(&text).map_err(|fault| refused(&fault, lang))?
        }
    };
    book.on(on).cloned().ok_or_else(|| {
        let words = lang.pick(
            format!("{on}尚无有效的规则；请用 --rules 给出，或用 --before 和 --after 不按规则查。"),
            format!(
                "No rules were in force on {on}; give some with --rules, or ask without rules by --before and --after."
            ),
        );
        eprintln!("{words}");
        Exit::Usage
    })
}

fn refused(fault: &RuleFault, lang: Lang) -> Exit {
    eprintln!("{}", lang.pick(fault.zh(), fault.to_string()));
    Exit::Usage
}
