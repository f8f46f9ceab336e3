//! Dates as plans write them.

use std::sync::LazyLock;

use lianfang_domain::plan::PartialDate;
use regex::{Captures, Regex};

use crate::pattern::pattern;

use super::{Ctx, Cue, numbers::count};

/// A date found in a text.
#[derive(Clone, Debug)]
pub(crate) struct FoundDate {
    /// Bytes inside the searched text.
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) date: PartialDate,
    /// Whether the words after it make it a limit (`前`, `底前完成`).
    pub(crate) limit: bool,
    /// Whether `起` or `以来` follows.
    pub(crate) begin: bool,
    /// Whether the date cannot exist.
    pub(crate) impossible: bool,
}

const CN: &str = "[一二三四五六七八九十〇零○]";

static DATE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?P<y>\d{{4}}|[一二三四五六七八九〇零]{{4}})\s?年(?:\s?(?P<m>\d{{1,2}}|{CN}{{1,3}})\s?月(?:份)?(?:\s?(?P<d>\d{{1,2}}|{CN}{{1,3}})\s?(?:日|号)|(?P<mp>底|末|中旬|上旬|下旬|初))?|(?P<yp>年底|底|年末|末|上半年|下半年|第?[一二三四1-4]季度(?:末|底)?|年内))?|(?P<iy>\d{{4}})[-./](?P<im>\d{{1,2}})[-./](?P<id>\d{{1,2}})|(?P<m2>\d{{1,2}})月(?:份)?(?:(?P<d2>\d{{1,2}})(?:日|号)|(?P<mp2>底|末|中旬|上旬|下旬))|(?P<rel>(?:今年|本年|当年)?年底|年内|(?:今年|明年)\d{{1,2}}月底)"
    ))
});

static LIMIT: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?:\d{1,2}[时点:]\d{0,2}分?)?(?:以前|之前|前|止|为止|完成|内完成|前后)"));

/// All dates of a text, in order. Missing years come only from the document's own date.
pub(crate) fn find_dates(ctx: &Ctx<'_>, text: &str) -> Vec<FoundDate> {
    DATE.captures_iter(text).filter_map(|captures| found(ctx, text, &captures)).collect()
}

/// All dates of a range of the document; their bytes count from its start.
pub(crate) fn dates_in(ctx: &Ctx<'_>, range: (usize, usize)) -> Vec<FoundDate> {
    if ctx.says(Cue::Date, range) { find_dates(ctx, ctx.text(range)) } else { Vec::new() }
}

fn found(ctx: &Ctx<'_>, text: &str, captures: &Captures<'_>) -> Option<FoundDate> {
    let whole = captures.get(0)?;
    let before = &text[..whole.start()];
    // `12024年`, `第5年`, `近5年`: no year of a date.
    if before.ends_with(|c: char| c.is_ascii_digit()) || before.ends_with('第') {
        return None;
    }
    let mut date = raw_date(ctx, captures)?;
    let after = &text[whole.end()..];
    let limit = LIMIT.is_match(after);
    let begin = after.starts_with('起') || after.starts_with("以来") || after.starts_with("之日起");
    let bare_year = date.month.is_none();
    if bare_year && limit {
        date.month = Some(12);
        date.day = Some(31);
    }
    let day_bad = match (date.year, date.month, date.day) {
        (_, Some(m), _) if !(1..=12).contains(&m) => true,
        (Some(y), Some(m), Some(d)) => jiff::civil::Date::new(y, m, d).is_err(),
        (None, Some(m), Some(d)) => jiff::civil::Date::new(2024, m, d).is_err(),
        _ => false,
    };
    Some(FoundDate { start: whole.start(), end: whole.end(), date, limit, begin, impossible: day_bad })
}

fn raw_date(ctx: &Ctx<'_>, captures: &Captures<'_>) -> Option<PartialDate> {
    let group = |name: &str| captures.name(name).map(|m| m.as_str());
    let small = |text: &str| count(text).and_then(|n| i8::try_from(n).ok());
    if let Some(year) = group("y") {
        let year = year_number(year)?;
        return Some(with_part(year, group("m").and_then(small), group("d").and_then(small), group("mp"), group("yp")));
    }
    if let Some(year) = group("iy") {
        let date = PartialDate {
            year: year.parse().ok(),
            month: group("im").and_then(small),
            day: group("id").and_then(small),
            year_from_document: false,
        };
        return Some(date);
    }
    if let Some(month) = group("m2").and_then(small) {
        let mut date = with_part(2024, Some(month), group("d2").and_then(small), group("mp2"), None);
        settle_year(ctx, &mut date);
        return Some(date);
    }
    group("rel")?;
    let mut date = PartialDate { year: None, month: Some(12), day: Some(31), year_from_document: false };
    settle_year(ctx, &mut date);
    Some(date)
}

/// The year of a date without one: the document's own, when the date then does not lie before the document.
fn settle_year(ctx: &Ctx<'_>, date: &mut PartialDate) {
    date.year = None;
    let Some((year, month)) = ctx.issued else { return };
    let earlier = matches!((month, date.month), (Some(issued), Some(month)) if month < issued);
    if !earlier {
        date.year = Some(year);
        date.year_from_document = true;
    }
    if let (Some(2), Some(y), Some(29)) = (date.month, date.year, date.day)
        && jiff::civil::Date::new(y, 2, 29).is_err()
    {
        date.day = Some(28);
    }
}

fn year_number(text: &str) -> Option<i16> {
    let digits: String = text
        .chars()
        .map(|c| {
            "〇一二三四五六七八九"
                .chars()
                .position(|d| d == c)
                .map_or(c, |i| char::from(b'0' + u8::try_from(i).unwrap_or(0)))
        })
        .map(|c| if c == '零' { '0' } else { c })
        .collect();
    digits.parse().ok().filter(|year| (1949..=2100).contains(year))
}

fn last_day(year: i16, month: i8) -> Option<i8> {
    jiff::civil::Date::new(year, month, 1).ok().map(|date| date.days_in_month())
}

fn with_part(
    year: i16,
    month: Option<i8>,
    day: Option<i8>,
    month_part: Option<&str>,
    year_part: Option<&str>,
) -> PartialDate {
    let mut date = PartialDate { year: Some(year), month, day, year_from_document: false };
    match (month_part, month) {
        (Some("底" | "末" | "下旬"), Some(month)) => date.day = last_day(year, month),
        (Some("中旬"), Some(_)) => date.day = Some(20),
        (Some("上旬" | "初"), Some(_)) => date.day = Some(10),
        _ => {}
    }
    let Some(part) = year_part else { return date };
    let quarter = ["一", "二", "三", "四"]
        .iter()
        .position(|q| part.contains(q))
        .or_else(|| ["1", "2", "3", "4"].iter().position(|q| part.contains(q)));
    let month = match quarter.filter(|_| part.contains("季度")) {
        Some(index) => i8::try_from(index * 3 + 3).unwrap_or(12),
        None if part == "上半年" => 6,
        None => 12,
    };
    date.month = Some(month);
    date.day = last_day(year, month);
    date
}

/// A month without a day, as a limit, means its last day.
pub(crate) fn as_limit(mut date: PartialDate) -> PartialDate {
    if let (Some(month), None) = (date.month, date.day) {
        date.day = last_day(date.year.unwrap_or(2024), month);
    }
    date
}
