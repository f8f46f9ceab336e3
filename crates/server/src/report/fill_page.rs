use std::collections::BTreeMap;

use askama::Template;
use lianfang_domain::{
    clock::{Clock, Limit},
    indicator::{Figure, Warning, figure_words},
    report::{LineAsk, ReportLine, ReportState, TypedAnswer},
};

use super::{ground::Ground, trail, words::ReportWords};
use crate::{Frame, form::FormErrors, frame::Choice, order::light_tone, page::form_page, shown::instant, visit::Visit};

/// What stands in the form.
#[derive(Default)]
pub(super) struct Shown {
    pub(super) typed: BTreeMap<String, TypedAnswer>,
    pub(super) warnings: BTreeMap<String, Vec<Warning>>,
    /// Why it is corrected.
    pub(super) why: String,
    /// What was just done.
    pub(super) notice: Option<String>,
    /// Whether the form was just opened.
    pub(super) is_first: bool,
}

/// A report being filled in.
#[derive(Template)]
#[template(path = "report/fill.html")]
pub(crate) struct FillPage {
    frame: Frame,
    t: ReportWords,
    unit: String,
    period: String,
    due: String,
    light: String,
    light_tone: &'static str,
    guidance: String,
    behalf: String,
    why_returned: String,
    before: String,
    /// What tells the report apart, sent with the form.
    place: Vec<(&'static str, String)>,
    keep: String,
    version: i64,
    is_correction: bool,
    may_save: bool,
    has_figures: bool,
    why: String,
    sections: Vec<Section>,
    sheet_href: String,
    cancel: String,
    errors: FormErrors,
}

form_page!(FillPage);

struct Section {
    title: String,
    at: usize,
    has_figures: bool,
    lines: Vec<LineView>,
}

struct LineView {
    key: String,
    label: String,
    unit: String,
    is_text: bool,
    required: bool,
    value: String,
    chosen: Vec<Choice>,
    before: String,
    hint: String,
    warnings: Vec<String>,
    reason: String,
    error: String,
}

/// The form of a report.
pub(super) fn fill_page(visit: &Visit, ground: &Ground, shown: Shown, errors: FormErrors) -> FillPage {
    let (t, lang, key) = (ReportWords(visit.lang), visit.lang, &ground.key);
    let record = ground.record.as_ref();
    let is_correction = record.is_some_and(|record| record.state == ReportState::Submitted);
    let clock = Clock::start(Limit::At { at_ms: key.due_at_ms }, ground.period.from_ms.min(key.due_at_ms - 1));
    let light = clock.light(visit.now_ms);
    let place = match record {
        Some(record) => vec![("report", record.id.to_string())],
        None => vec![
            ("template", key.template.to_string()),
            ("unit", key.unit.to_string()),
            ("on", key.period_on.to_string()),
        ],
    };
    let mut frame = visit.frame(&ground.name(visit), trail(visit));
    let saved = shown.is_first && visit.here.contains("saved=1");
    frame.notice = shown.notice.clone().or_else(|| saved.then(|| t.saved().to_owned()));
    FillPage {
        t,
        unit: ground.unit.name.clone(),
        period: t.period(ground.period, lang),
        due: instant(key.due_at_ms, lang),
        light: if is_correction { String::new() } else { light.words(lang) },
        light_tone: light_tone(light),
        guidance: ground.template.guidance.clone(),
        behalf: match ground.on_behalf(visit) {
            role if role.is_empty() => role,
            role => t.on_behalf(&role, &ground.unit.name),
        },
        why_returned: record.map(|record| record.why_returned.clone()).unwrap_or_default(),
        before: ground.before_on.map(ReportWords::short_day).unwrap_or_default(),
        keep: format!("{}-{}-{}", key.template, key.unit, key.period_on),
        version: record.map_or(0, |record| record.version),
        is_correction,
        may_save: record.is_none_or(|record| record.first_submitted_at_ms.is_none()),
        has_figures: ground.template.lines.iter().any(|line| line.indicator().is_some()),
        sheet_href: format!("/reports/sheet.xlsx?template={}&unit={}&on={}", key.template, key.unit, key.period_on),
        cancel: record.filter(|_| is_correction).map_or_else(|| "/reports".to_owned(), |one| super::href(one.id)),
        sections: sections(visit, ground, &shown, &errors),
        why: shown.why,
        place,
        frame,
        errors,
    }
}

fn sections(visit: &Visit, ground: &Ground, shown: &Shown, errors: &FormErrors) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    for (at, line) in ground.template.lines.iter().enumerate() {
        if sections.is_empty() || !line.section_zh.is_empty() {
            let title = line.section(visit.lang).to_owned();
            sections.push(Section { title, at, has_figures: false, lines: Vec::new() });
        }
        let view = line_view(visit, ground, line, shown, errors);
        if let Some(section) = sections.last_mut() {
            section.has_figures |= !view.is_text;
            section.lines.push(view);
        }
    }
    sections
}

fn line_view(visit: &Visit, ground: &Ground, line: &ReportLine, shown: &Shown, errors: &FormErrors) -> LineView {
    let (lang, indicator) = (visit.lang, ground.indicator(&line.ask));
    let typed = shown.typed.get(&line.key).cloned().unwrap_or_default();
    let before = indicator.map(|one| {
        let figure = ground.before.get(&one.id).copied();
        figure_words(figure, one.decimals, lang)
    });
    let states = [Figure::Unknown, Figure::Redacted, Figure::NotApplicable];
    let states = states.map(|figure| (figure.state(), figure.words(0, lang)));
    LineView {
        key: line.key.clone(),
        label: line.name(&ground.indicators, lang).to_owned(),
        unit: indicator.map(|one| one.unit_words(lang).to_owned()).unwrap_or_default(),
        is_text: matches!(line.ask, LineAsk::Text { .. }),
        required: line.required,
        chosen: Choice::all(states, &typed.chosen),
        value: typed.value,
        before: before.unwrap_or_default(),
        hint: indicator.map(|one| one.meaning.clone()).unwrap_or_default(),
        warnings: shown.warnings.get(&line.key).into_iter().flatten().map(|one| one.words(lang)).collect(),
        reason: typed.reason,
        error: errors.at(&format!("v_{}", line.key)).to_owned(),
    }
}
