use std::sync::LazyLock;

use lianfang_domain::plan::{Office, Rank, Rule};
use regex::Regex;

use crate::pattern::pattern;

use super::{Ctx, Cue, context::cut, duties::duties_of_text, persons::read_leaders};

static OFFICE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?P<name>[^,。;:\n]{0,30}?办公室)(?:\([^()]{0,40}\))?,?(?:设在|设于|设立在|设立于|挂靠在|依托)(?P<host>[^,。;:\n()]{2,30})|(?P<name2>日常工作)由(?P<host2>[^,。;:\n()]{2,24}?)(?:承担|负责)",
    )
});

static DIRECTOR: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:办公室)?(?P<rank>副?主任)由(?P<who>[^,。;\n]{2,60}?)(?:担任|兼任|同志担任|同志兼任|任)|(?P<who2>[^,。;\n]{2,60}?)(?:同志)?(?:兼任|任|担任)(?:[^,。;\n]{0,14})?(?:办公室)(?P<rank2>副?主任)",
    )
});

/// The sentence `办公室设在…`, with the director and the duties that follow in the same paragraph.
pub(crate) fn office_in(ctx: &Ctx<'_>, range: (usize, usize)) -> Option<Office> {
    if !ctx.says(Cue::Office, range) {
        return None;
    }
    let text = ctx.text(range);
    let set_in =
        text.contains("办公室") && ["设在", "设于", "设立", "挂靠", "依托"].iter().any(|word| text.contains(word));
    if !set_in && !text.contains("日常工作由") {
        return None;
    }
    let at = ["设在", "设于", "设立", "挂靠", "依托", "日常工作由"].iter().filter_map(|word| text.find(word)).min()?;
    // The name stands shortly before the first of these words; a search from the start of the text would cost more.
    let window = text[..at].char_indices().rev().nth(80).map_or(0, |(i, _)| i);
    let range = (range.0 + window, range.1);
    let captures = OFFICE.captures(ctx.text(range))?;
    let name = captures.name("name").or_else(|| captures.name("name2"))?;
    let host = captures.name("host").or_else(|| captures.name("host2"))?;
    let whole = captures.get(0)?;
    let name_range = ctx.trimmed((range.0 + name.start(), range.0 + name.end()));
    let host_range = ctx.trimmed((range.0 + host.start(), range.0 + host.end()));
    let mut office = Office {
        name: strip_name(&ctx.show(name_range)),
        host: Some(ctx.text(host_range).replace(' ', "")),
        leaders: Vec::new(),
        members: Vec::new(),
        duties: Vec::new(),
        source: ctx.source((name_range.0, range.0 + whole.end()), Rule::LeadershipSentence),
    };
    add_directors(ctx, (range.0 + whole.end(), range.1), &mut office);
    let rest = (range.0 + whole.end(), range.1);
    if let Some(at) = duty_start(ctx.text(rest)) {
        office.duties = duties_of_text(ctx, (rest.0 + at, rest.1));
    }
    Some(office)
}

fn strip_name(name: &str) -> String {
    if name == "日常工作" {
        return "办公室".to_owned();
    }
    let name = name.strip_prefix("下设").unwrap_or(name);
    name.rsplit(['，', ',']).next().unwrap_or(name).to_owned()
}

/// Directors named in prose.
pub(crate) fn add_directors(ctx: &Ctx<'_>, range: (usize, usize), office: &mut Office) {
    if !ctx.text(range).contains("主任") {
        return;
    }
    for sentence in cut(&ctx.doc.folded, range, &['。', ';', '\n']) {
        if ctx.text(sentence).contains("主任") {
            directors_in(ctx, sentence, office);
        }
    }
}

fn directors_in(ctx: &Ctx<'_>, range: (usize, usize), office: &mut Office) {
    for captures in DIRECTOR.captures_iter(ctx.text(range)) {
        let who = captures.name("who").or_else(|| captures.name("who2"));
        let rank = captures.name("rank").or_else(|| captures.name("rank2"));
        let (Some(who), Some(rank)) = (who, rank) else { continue };
        let (rank, word) =
            if rank.as_str() == "主任" { (Rank::Director, "主任") } else { (Rank::DeputyDirector, "副主任") };
        let content = (range.0 + who.start(), range.0 + who.end());
        for leader in read_leaders(ctx, content, rank, word, Rule::LeadershipSentence) {
            office.leaders.push(leader);
        }
    }
}

/// Where the duties begin inside the text behind the host.
fn duty_start(text: &str) -> Option<usize> {
    ["主要负责", "负责", "主要职责", "承担", "工作职责"].iter().filter_map(|word| text.find(word)).min()
}
