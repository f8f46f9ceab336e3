//! Time limits as typed values for one clock engine.

use std::sync::LazyLock;

use lianfang_domain::plan::{DurationUnit, Number, Rule, TimeKind, TimeOfDay, TimeRule};
use regex::{Captures, Regex};

use crate::{pattern::pattern, words::Heads};

use super::{
    Ctx,
    dates::{as_limit, dates_in},
    numbers::{count, number},
    time_start::{is_figure, next_start},
};

const N: &str = r"(?:\d{1,4}(?:\.\d+)?|[一二两三四五六七八九十百半]{1,4})";
const UNIT: &str = r"(?:个?工作日|个?小时|分钟|天|日|周|个?月|年)";

const PER_DAY: &str = r"(?P<pd>[^,。;\n]{0,10}?)(?P<pn>\d{1,2}|[一二两三四五六七八九十])(?:次|报))";
const STANDING: &str = r"\s?24\s?小时[^,。;\n]{0,6}?(?:值班|值守|有人|在岗|待命|备勤|应急值|专人值|畅通|不间断))";

/// Times that begin with a number. They are tried where [`next_start`] finds one, as are the others below.
static NUMBERED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"^(?:(?P<perday>(?:一天|一日){PER_DAY}|(?P<standing>{STANDING}|(?P<inc>(?P<in>{N})\s?个?(?P<im>最长|平均|最大)?潜伏期)|(?P<within>(?P<wn>{N})\s?(?P<wu>{UNIT})(?:以内|之内|内))|(?P<plus>(?P<p1>\d{{1,2}})\+(?P<p2>\d{{1,2}})\+(?P<p3>\d{{1,2}}))|(?P<dur>(?P<dn>{N})\s?(?P<du>{UNIT})))"
    ))
});

/// Times that begin with a word.
static WORDED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"^(?:(?P<daily>(?:每天|每日|逐日|每晚|每早)(?:的)?\s?(?:(?P<half>上午|下午|晚上?|早上?|中午|凌晨|早晨|傍晚)\s?)?(?P<h>\d{{1,2}}|[一二两三四五六七八九十]{{1,3}})(?:[时点:](?P<mi>\d{{1,2}}|半)?分?)(?:整)?(?P<by>之?前|以前)?)|(?P<perday>(?:每天|每日|每人每天|日均|早晚){PER_DAY}|(?P<meals>早中晚各|早、中、晚各|早晚各)|(?P<dayreport>(?:每天|每日))|(?P<standing>(?:全天候?|保持|实行|坚持|严格)?{STANDING}|(?P<look>(?:近|过去|最近|此前|既往|发病前|前|之前)\s?(?P<ln>{N})\s?(?P<lu>个?小时|天|日|周|个?月|年)(?:内|来)?)|(?P<maxinc>最长潜伏期)|(?P<every>每(?P<en>{N})?(?P<eu>个?小时|天|周|个?月|季度|半年|年|两年|星期)[^,。;\n]{{0,14}}?(?P<et>\d{{1,2}}|[一二两三四五六七八九十])次))"
    ))
});

/// The pattern for what begins with this character.
pub(super) fn pattern_from(first: char) -> &'static Regex {
    if is_figure(first) { &NUMBERED } else { &WORDED }
}

static CLOCK: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?P<half>上午|下午|晚上?|早上?|中午|凌晨|早晨|傍晚)?\s?(?P<h>\d{1,2}|[一二两三四五六七八九十]{1,3})(?:[时点:](?P<mi>\d{1,2}|半)?分?)(?:整)?(?P<by>之?前|以前)?",
    )
});

/// Reads every time limit of the document, in the order of the text.
pub(crate) fn read_times(ctx: &Ctx<'_>) -> Vec<TimeRule> {
    let mut times = Vec::new();
    for piece in &ctx.outline.pieces {
        if piece.contents {
            continue;
        }
        let number = piece.marker.as_ref().map_or(0, |marker| marker.len);
        let range = ((piece.start + number).min(piece.end), piece.end);
        dates(ctx, range, &mut times);
        let text = ctx.text(range);
        let mut from = 0;
        while let Some((start, first)) = next_start(text, from) {
            let pattern = pattern_from(first);
            let Some(captures) = pattern.captures(&text[start..]) else {
                from = start + first.len_utf8();
                continue;
            };
            let end = start + captures.get(0).map_or(0, |whole| whole.end());
            // Every alternative has a name; the one that was found is the first group that holds something.
            let alternative =
                pattern.capture_names().zip(captures.iter()).skip(1).find_map(|(name, group)| group.and(name));
            let around = (&text[..start], &text[end..]);
            let at = (range.0 + start, range.0 + end);
            for (kind, place) in kinds(ctx, alternative.unwrap_or_default(), around, &captures, at) {
                times.push(rule(ctx, place, kind, Rule::TimePhrase));
            }
            from = end;
        }
    }
    times.sort_by_key(|time| (time.source.span.start, time.source.span.end));
    drop_repeated_days(&mut times);
    times.shrink_to_fit();
    times
}

/// `每天两次` followed by `14天` in the same sentence is one course of observation.
fn drop_repeated_days(times: &mut Vec<TimeRule>) {
    times.dedup_by(|b, a| a.source.span == b.source.span && a.kind == b.kind);
}

fn rule(ctx: &Ctx<'_>, place: (usize, usize), kind: TimeKind, rule: Rule) -> TimeRule {
    TimeRule {
        kind,
        subject: ctx.show(ctx.clause_around(place.0)),
        text: ctx.show(place),
        source: ctx.source(place, rule),
    }
}

/// Limits by date and starts from a date.
fn dates(ctx: &Ctx<'_>, range: (usize, usize), times: &mut Vec<TimeRule>) {
    for found in dates_in(ctx, range) {
        let place = (range.0 + found.start, range.0 + found.end);
        if found.impossible {
            continue;
        }
        let after = &ctx.doc.folded[place.1..range.1];
        if found.begin {
            times.push(rule(ctx, place, TimeKind::FromDate { date: found.date }, Rule::DatePhrase));
        } else if found.limit {
            let clause = after.split([',', '。', ';', ')']).next().unwrap_or("");
            let ongoing = clause.contains("长期坚持") || clause.contains("持续");
            times.push(rule(ctx, place, TimeKind::ByDate { date: as_limit(found.date), ongoing }, Rule::DatePhrase));
        }
    }
}

type Found = Vec<(TimeKind, (usize, usize))>;

/// `around` is what stands before and behind the words in their piece.
fn kinds(ctx: &Ctx<'_>, alternative: &str, around: (&str, &str), captures: &Captures<'_>, at: (usize, usize)) -> Found {
    let get = |name: &str| captures.name(name).map(|m| m.as_str());
    let one = |kind: Option<TimeKind>| kind.map(|kind| vec![(kind, at)]).unwrap_or_default();
    match alternative {
        "daily" => {
            let first = clock(get("half"), get("h"), get("mi"), get("by").is_some() || by_after(ctx, at.1));
            first.map(|kind| (kind, at)).into_iter().chain(further_clocks(ctx, at.1)).collect()
        }
        "perday" => {
            let times = get("pn").and_then(count).unwrap_or(1);
            one(Some(TimeKind::TimesPerDay { times, days: days_nearby(ctx, at) }))
        }
        "meals" => {
            let times = if get("meals").is_some_and(|meals| meals.contains('中')) { 3 } else { 2 };
            one(Some(TimeKind::TimesPerDay { times, days: days_nearby(ctx, at) }))
        }
        "dayreport" => day_report(ctx, at),
        "standing" => one(Some(TimeKind::Standing { hours: 24 })),
        "look" => one(duration(get("ln"), get("lu")).map(|(amount, unit)| TimeKind::LookBack { amount, unit })),
        "inc" => {
            let multiple = get("in").and_then(number).map(|(v, _)| Number(v));
            one(multiple.map(|multiple| TimeKind::Incubations { multiple, maximum: get("im") != Some("平均") }))
        }
        "maxinc" => one(Some(TimeKind::Incubations { multiple: Number(1.0), maximum: true })),
        "every" => one(every(get("en"), get("eu"), get("et"))),
        "within" => one(duration(get("wn"), get("wu")).map(|(amount, unit)| TimeKind::Within {
            amount,
            unit,
            trigger: trigger(ctx, at.0),
        })),
        "plus" => {
            let explained = get("p1").is_some_and(|first| around.1.contains(&format!("{first}小时")));
            if explained { Vec::new() } else { three_clocks(captures, at) }
        }
        _ => one(plain_duration(ctx, around, captures, at)),
    }
}

/// `2+4+24`: three clocks from one trigger.
fn three_clocks(captures: &Captures<'_>, at: (usize, usize)) -> Found {
    ["p1", "p2", "p3"]
        .iter()
        .filter_map(|name| captures.name(name).and_then(|m| m.as_str().parse::<f64>().ok()))
        .map(|hours| (TimeKind::Within { amount: Number(hours), unit: DurationUnit::Hour, trigger: None }, at))
        .collect()
}

fn clock(half: Option<&str>, hour: Option<&str>, minute: Option<&str>, by: bool) -> Option<TimeKind> {
    let mut hour = hour.and_then(count)?;
    let afternoon = matches!(half, Some("下午" | "晚上" | "晚" | "傍晚"));
    if (afternoon && hour < 12) || (half == Some("中午") && hour <= 2) {
        hour += 12;
    }
    let minute = match minute {
        Some("半") => 30,
        Some(text) => count(text)?,
        None => 0,
    };
    if hour == 24 && minute == 0 {
        hour = 23;
        return Some(TimeKind::DailyBy { by: TimeOfDay { hour: 23, minute: 59 } }).filter(|_| hour == 23);
    }
    let time = TimeOfDay {
        hour: u8::try_from(hour).ok().filter(|h| *h < 24)?,
        minute: u8::try_from(minute).ok().filter(|m| *m < 60)?,
    };
    Some(if by { TimeKind::DailyBy { by: time } } else { TimeKind::DailyAt { at: time } })
}

/// `每日8:00前、16:00前`: every further clock of the list.
fn further_clocks(ctx: &Ctx<'_>, mut from: usize) -> Found {
    static NEXT: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^前?(?:、|和|及)(?P<half>上午|下午|晚上?|早上?|中午)?(?P<h>\d{1,2})(?:[时点:](?P<mi>\d{1,2}|半)?分?)(?P<by>之?前|以前)?",
        )
    });
    let mut found = Vec::new();
    while let Some(captures) = NEXT.captures(&ctx.doc.folded[from..]) {
        let get = |name: &str| captures.name(name).map(|m| m.as_str());
        let Some(whole) = captures.get(0) else { break };
        let end = from + whole.end();
        let start = from + captures.name("half").or_else(|| captures.name("h")).map_or(0, |m| m.start());
        found.extend(clock(get("half"), get("h"), get("mi"), get("by").is_some()).map(|kind| (kind, (start, end))));
        from = end;
    }
    found
}

fn by_after(ctx: &Ctx<'_>, end: usize) -> bool {
    let rest = &ctx.doc.folded[end..];
    rest.starts_with('前') || rest.starts_with("之前") || rest.starts_with("以前")
}

/// `每日` with the clock time later in the same clause (`每日由各组于下午3点前报告`).
fn day_report(ctx: &Ctx<'_>, at: (usize, usize)) -> Found {
    let (_, end) = ctx.sentence_around(at.0);
    let rest = &ctx.doc.folded[at.1..end];
    let clause = rest.split([',', ';']).next().unwrap_or(rest);
    let Some(captures) = CLOCK.captures(clause) else { return Vec::new() };
    let Some(whole) = captures.get(0) else { return Vec::new() };
    if clause[..whole.start()].chars().count() > 24 || clause[whole.end()..].starts_with("小时") {
        return Vec::new();
    }
    let get = |name: &str| captures.name(name).map(|m| m.as_str());
    let kind = clock(get("half"), get("h"), get("mi"), get("by").is_some() || clause[whole.end()..].starts_with('前'));
    kind.map(|kind| vec![(kind, (at.0, at.1 + whole.end()))]).unwrap_or_default()
}

/// The number of days in the same sentence that a daily frequency lasts.
fn days_nearby(ctx: &Ctx<'_>, at: (usize, usize)) -> Option<u32> {
    static DAYS: LazyLock<Regex> = LazyLock::new(|| pattern(r"(\d{1,3}|[一二两三四五六七八九十]{1,3})\s?[天日]"));
    let (start, end) = ctx.sentence_around(at.0);
    let behind = DAYS.captures(&ctx.doc.folded[at.1..end]);
    let before = || DAYS.captures_iter(&ctx.doc.folded[start..at.0]).last();
    behind.or_else(before)?.get(1).and_then(|m| count(m.as_str())).filter(|&days| days > 1)
}

fn every(amount: Option<&str>, unit: Option<&str>, times: Option<&str>) -> Option<TimeKind> {
    let times = times.and_then(count)?;
    let amount =
        amount.map_or(Some(1.0), |text| if text == "半" { Some(0.5) } else { number(text).map(|(v, _)| v) })?;
    let (amount, unit) = match unit? {
        "季度" => (amount * 3.0, DurationUnit::Month),
        "半年" => (6.0, DurationUnit::Month),
        "两年" => (2.0, DurationUnit::Year),
        "星期" => (amount, DurationUnit::Week),
        other => (amount, unit_of(other)?),
    };
    if unit == DurationUnit::Day && (amount - 1.0).abs() < f64::EPSILON {
        return Some(TimeKind::TimesPerDay { times, days: None });
    }
    Some(TimeKind::Every { amount: Number(amount), unit, times })
}

fn duration(amount: Option<&str>, unit: Option<&str>) -> Option<(Number, DurationUnit)> {
    if amount? == "半" && unit?.ends_with("小时") {
        return Some((Number(30.0), DurationUnit::Minute));
    }
    let amount = match amount? {
        "半" => 0.5,
        text => number(text).filter(|(_, len)| *len == text.len())?.0,
    };
    Some((Number(amount), unit_of(unit?)?))
}

fn unit_of(text: &str) -> Option<DurationUnit> {
    Some(match text.trim_start_matches('个') {
        "小时" => DurationUnit::Hour,
        "分钟" => DurationUnit::Minute,
        "工作日" => DurationUnit::WorkingDay,
        "天" | "日" => DurationUnit::Day,
        "周" | "星期" => DurationUnit::Week,
        "月" => DurationUnit::Month,
        "年" => DurationUnit::Year,
        _ => return None,
    })
}

/// The words before a limit that start its clock: up to `后`, `起` or the verb.
fn trigger(ctx: &Ctx<'_>, at: usize) -> Option<String> {
    let (start, _) = ctx.clause_around(at);
    let words = ctx.text((start, at)).trim();
    let words =
        words.trim_end_matches(['在', '于']).trim_end_matches("应当").trim_end_matches("应").trim_end_matches('的');
    let ends = ["后", "起", "时", "之后", "之日起"].iter().any(|word| words.ends_with(word));
    (ends && words.chars().count() <= 30)
        .then(|| ctx.show((start, start + ctx.text((start, at)).find(words).unwrap_or(0) + words.len())))
}

/// A bare duration counts where its clause gives it a meaning.
fn plain_duration(
    ctx: &Ctx<'_>,
    (before, after): (&str, &str),
    captures: &Captures<'_>,
    at: (usize, usize),
) -> Option<TimeKind> {
    let get = |name: &str| captures.name(name).map(|m| m.as_str());
    let (amount, unit) = duration(get("dn"), get("du"))?;
    // Parts of dates and of larger numbers are no durations.
    if before.ends_with(|c: char| c.is_ascii_digit() || matches!(c, '年' | '月' | '第' | '.' | '-' | '~' | '/'))
        || after.starts_with(['年', '月', '-', '~'])
    {
        return None;
    }
    if matches!(unit, DurationUnit::Year | DurationUnit::Month) && get("du").is_some_and(|u| !u.starts_with('个')) {
        let validity = unit == DurationUnit::Year
            && ["有效期", "为期", "修订"]
                .iter()
                .any(|w| before.ends_with(w) || ctx.text(ctx.clause_around(at.0)).contains(w));
        return validity.then_some(TimeKind::For { amount, unit });
    }
    let clause = ctx.text(ctx.clause_around(at.0));
    static LASTING: LazyLock<Heads<()>> = LazyLock::new(|| {
        Heads::plain(&[
            "观察",
            "隔离",
            "满",
            "监测",
            "连续",
            "持续",
            "封控",
            "管控",
            "留观",
            "有效期",
            "为期",
            "随访",
            "保存",
            "保留",
            "公示",
            "健康管理",
            "关闭",
            "休市",
            "停业",
            "停课",
            "暂停",
            "封闭",
            "连着",
            "没有新",
            "无新",
            "未出现新",
            "未再出现",
        ])
    });
    if LASTING.are_inside(clause) {
        return Some(TimeKind::For { amount, unit });
    }
    let done = ["到达", "到场", "赶到", "集结", "完成", "完毕", "到位", "查清", "基本查清", "出具"]
        .iter()
        .any(|verb| after.starts_with(verb));
    if done && matches!(unit, DurationUnit::Hour | DurationUnit::Minute) {
        return Some(TimeKind::Within { amount, unit, trigger: trigger(ctx, at.0) });
    }
    let limited = ["不超过", "不得超过", "最迟", "不晚于", "提前"];
    limited.iter().any(|word| before.ends_with(word)).then_some(TimeKind::Within { amount, unit, trigger: None })
}
