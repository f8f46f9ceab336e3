use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Query;
use jiff::{ToSpan, civil::Date, tz::TimeZone};
use lianfang_domain::{Lang, access::Act};
use lianfang_store::{AuditPlace, AuditRow, AuditSearch};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value as Json;

use super::{fields::field_words, words::AuditWords};
use crate::{Choice, Fault, Frame, fault::PageResult, page::page, shown::instant, visit::Visit};

/// Rows on a page.
const PAGE: u32 = 50;
/// Days that are shown when none are asked for.
const DAYS: i32 = 30;

/// The list of audit rows.
#[derive(Template)]
#[template(path = "audit/list.html")]
pub(crate) struct AuditPage {
    frame: Frame,
    t: AuditWords,
    filter: Filter,
    acts: Vec<Choice>,
    rows: Vec<AuditLine>,
    next: Option<String>,
}

struct AuditLine {
    at: String,
    who: String,
    act: String,
    target: String,
    area: String,
    detail: String,
    why: String,
}

/// What to look for, as it stands in the address.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(rename = "AuditQuery")]
pub(super) struct Filter {
    from_on: String,
    until_on: String,
    who: String,
    act: String,
    target: String,
    /// The place after which to go on.
    after: String,
}

/// The first instant of a day in China.
fn start_of(day: Date) -> i64 {
    let zone = TimeZone::fixed(jiff::tz::offset(8));
    day.to_zoned(zone).map_or(0, |at| at.timestamp().as_millisecond())
}

fn place(text: &str) -> Option<AuditPlace> {
    let mut numbers = text.split('.').map(str::parse::<i64>);
    let mut next = || numbers.next()?.ok();
    Some(AuditPlace { at_ms: next()?, chain: next()?, n: next()? })
}

/// A place as it stands in an address.
pub(super) fn place_text(place: AuditPlace) -> String {
    format!("{}.{}.{}", place.at_ms, place.chain, place.n)
}

/// The rows that a filter finds, whether there are more, and the filter with its days.
pub(super) async fn found(visit: &Visit, filter: Filter) -> Result<(Vec<AuditRow>, bool, Filter), Fault> {
    let until = filter.until_on.parse().unwrap_or_else(|_| visit.day());
    let from = filter.from_on.parse().unwrap_or_else(|_| until.saturating_sub(DAYS.days()));
    let search = AuditSearch {
        from_ms: start_of(from),
        until_ms: start_of(until.saturating_add(1.day())),
        who: filter.who.trim().to_owned(),
        act: filter.act.clone(),
        target: filter.target.trim().to_owned(),
        after: place(&filter.after),
    };
    let mut rows = visit.app.store().search_audit(&search, PAGE + 1).await?;
    let more = rows.len() > PAGE as usize;
    rows.truncate(PAGE as usize);
    let filter = Filter { from_on: from.to_string(), until_on: until.to_string(), ..filter };
    Ok((rows, more, filter))
}

pub(super) async fn show(visit: Visit, Query(filter): Query<Filter>) -> PageResult {
    let t = AuditWords(visit.lang);
    let (rows, more, filter) = found(&visit, filter).await?;
    let next = more.then(|| rows.last().map(|row| next_page(&filter, row.place))).flatten();
    page(&AuditPage {
        frame: visit.frame(t.title(), Vec::new()),
        t,
        acts: Choice::all(Act::ALL.iter().map(|act| (act.code(), act.words(visit.lang))), &filter.act),
        rows: rows.into_iter().map(|row| line(row, &visit, t)).collect(),
        next,
        filter,
    })
}

fn line(row: AuditRow, visit: &Visit, t: AuditWords) -> AuditLine {
    let entry = row.entry;
    AuditLine {
        at: instant(entry.at_ms, visit.lang),
        who: if entry.who.is_none() { t.program().to_owned() } else { entry.who_name },
        act: Act::from_code(&entry.act).map_or(entry.act, |act| act.words(visit.lang).to_owned()),
        target: entry.target,
        area: entry.area,
        detail: change_words(&entry.detail, visit.lang),
        why: entry.why,
    }
}

/// What changed, field by field: `名称：石桥镇 → 石桥街道`. A personal field is named without its content.
fn change_words(detail: &str, lang: Lang) -> String {
    let Ok(fields) = serde_json::from_str::<BTreeMap<String, Json>>(detail) else { return detail.to_owned() };
    let shown = |value: &Json| match value {
        Json::String(text) if text.is_empty() => "—".to_owned(),
        Json::String(text) => text.clone(),
        Json::Null => lang.pick("未知", "unknown").to_owned(),
        other => other.to_string(),
    };
    let separator = lang.pick("：", ": ");
    let field = |(name, change): (&String, &Json)| {
        let name = field_words(name, lang);
        match change.as_array().map(Vec::as_slice) {
            Some([from, to]) => format!("{name}{separator}{} → {}", shown(from), shown(to)),
            _ => format!("{name}{separator}{}", lang.pick("已更改（内容不记）", "changed (content not recorded)")),
        }
    };
    fields.iter().map(field).collect::<Vec<_>>().join(lang.pick("；", "; "))
}

fn next_page(filter: &Filter, place: AuditPlace) -> String {
    let after = place_text(place);
    let query = form_urlencoded::Serializer::new(String::new())
        .append_pair("from_on", &filter.from_on)
        .append_pair("until_on", &filter.until_on)
        .append_pair("who", &filter.who)
        .append_pair("act", &filter.act)
        .append_pair("target", &filter.target)
        .append_pair("after", &after)
        .finish();
    format!("/audit?{query}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_read_field_by_field() {
        let detail = r#"{"name":["石桥镇","石桥街道"],"password":true,"population":[null,41250]}"#;
        assert_eq!(
            change_words(detail, Lang::Zh),
            "名称：石桥镇 → 石桥街道；密码：已更改（内容不记）；人口：未知 → 41250"
        );
        assert_eq!(change_words("", Lang::Zh), "");
    }
}
