use lianfang_domain::Lang;
use lianfang_domain::plan::{Body, Confidence, Duty, Leader, Member, Office, Source};

use super::{Cell, Column, Origin, Rows, Sheet, line_of, not_stated};
use crate::load::FileReading;

/// One row for each leader, unit and duty of each body.
pub(super) fn sheet(files: &[FileReading], origin: Origin, lang: Lang) -> Sheet {
    let mut rows = Rows::new(origin);
    rows.each_plan(files, |rows, plan| {
        for body in plan.organisation.bodies() {
            body_rows(rows, body, lang);
        }
        for unit in &plan.unit_duties {
            let place = BodyCells { name: &unit.unit, kind: lang.pick("单位", "unit"), parent: None };
            unit.duties.iter().for_each(|duty| duty_row(rows, place, duty, lang));
        }
    });
    let columns = vec![
        Column::new(lang.pick("机构", "body"), 26),
        Column::new(lang.pick("类别", "kind"), 12),
        Column::new(lang.pick("上级", "under"), 22),
        Column::new(lang.pick("角色", "part"), 14),
        Column::new(lang.pick("单位、人员或职责", "unit, person or duty"), 60),
        Column::new(lang.pick("原文", "as written"), 24),
        Column::new(lang.pick("把握", "certainty"), 9),
        Column::new(lang.pick("行", "line"), 7),
    ];
    rows.into_sheet(lang.pick("组织架构", "Organisation"), columns, lang)
}

#[derive(Clone, Copy)]
struct BodyCells<'a> {
    name: &'a str,
    kind: &'static str,
    parent: Option<&'a str>,
}

fn body_rows(rows: &mut Rows, body: &Body, lang: Lang) {
    let place = BodyCells { name: &body.name, kind: body.kind.words(lang), parent: body.parent.as_deref() };
    let before = rows.rows.len();
    people_rows(rows, place, &body.leaders, lang);
    member_rows(rows, place, lang.pick("牵头单位", "lead unit"), &body.lead_units, lang);
    member_rows(rows, place, lang.pick("成员单位", "member unit"), &body.members, lang);
    if body.members_open {
        let others = lang.pick("等（名单未列完）", "and others (the list is open)");
        row(rows, place, lang.pick("成员单位", "member unit"), Written::plain(others, &body.source), lang);
    }
    if let Some(office) = &body.office {
        office_rows(rows, office, &body.name, lang);
    }
    body.duties.iter().for_each(|duty| duty_row(rows, place, duty, lang));
    if rows.rows.len() == before {
        rows.push(named_only(place, &body.source, lang));
    }
}

fn office_rows(rows: &mut Rows, office: &Office, parent: &str, lang: Lang) {
    let kind = lang.pick("办公室", "office");
    let place = BodyCells { name: &office.name, kind, parent: Some(parent) };
    if let Some(host) = &office.host {
        row(rows, place, lang.pick("设在", "hosted by"), Written::plain(host, &office.source), lang);
    }
    people_rows(rows, place, &office.leaders, lang);
    member_rows(rows, place, lang.pick("成员", "member"), &office.members, lang);
    office.duties.iter().for_each(|duty| duty_row(rows, place, duty, lang));
}

fn people_rows(rows: &mut Rows, place: BodyCells<'_>, leaders: &[Leader], lang: Lang) {
    for leader in leaders {
        let parts = [leader.post.as_deref(), leader.person.as_deref()];
        let who: Vec<&str> = parts.into_iter().flatten().collect();
        let written = Written {
            content: &who.join(" "),
            text: &leader.rank_text,
            confidence: leader.source.confidence,
            source: &leader.source,
        };
        row(rows, place, leader.rank.words(lang), written, lang);
    }
}

fn member_rows(rows: &mut Rows, place: BodyCells<'_>, part: &str, members: &[Member], lang: Lang) {
    for member in members {
        let written = Written {
            content: &member.name,
            text: &member.text,
            confidence: member.confidence,
            source: &member.source,
        };
        row(rows, place, part, written, lang);
    }
}

fn duty_row(rows: &mut Rows, place: BodyCells<'_>, duty: &Duty, lang: Lang) {
    let part = if duty.boilerplate {
        lang.pick("职责（套话）", "duty (stock phrase)")
    } else {
        lang.pick("职责", "duty")
    };
    row(rows, place, part, Written::plain(&duty.text, &duty.source), lang);
}

struct Written<'a> {
    content: &'a str,
    text: &'a str,
    confidence: Confidence,
    source: &'a Source,
}

impl<'a> Written<'a> {
    fn plain(content: &'a str, source: &'a Source) -> Written<'a> {
        Written { content, text: "", confidence: source.confidence, source }
    }
}

fn row(rows: &mut Rows, place: BodyCells<'_>, part: &str, written: Written<'_>, lang: Lang) {
    let content = if written.content.is_empty() { not_stated(lang) } else { Cell::text(written.content) };
    rows.push([
        Cell::text(place.name),
        Cell::text(place.kind),
        Cell::text(place.parent.unwrap_or_default()),
        Cell::text(part),
        content,
        Cell::text(written.text),
        Cell::text(certainty(written.confidence, lang)),
        line_of(written.source),
    ]);
}

fn named_only(place: BodyCells<'_>, source: &Source, lang: Lang) -> [Cell; 8] {
    [
        Cell::text(place.name),
        Cell::text(place.kind),
        Cell::text(place.parent.unwrap_or_default()),
        Cell::text(lang.pick("仅列名", "named only")),
        not_stated(lang),
        Cell::Blank,
        Cell::text(certainty(source.confidence, lang)),
        line_of(source),
    ]
}

fn certainty(confidence: Confidence, lang: Lang) -> &'static str {
    match confidence {
        Confidence::Certain => lang.pick("明写", "certain"),
        Confidence::Likely => lang.pick("推断", "likely"),
        Confidence::Doubtful => lang.pick("存疑", "doubtful"),
    }
}
