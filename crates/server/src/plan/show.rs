use std::collections::BTreeMap;

use askama::Template;
use lianfang_domain::{
    PlanId,
    access::Act,
    plan::{ClauseKind, Finding, Plan, PlanState, Severity, Verdict, may_accept},
};
use lianfang_store::{PlanAnswer, PlanRecord};

use super::{
    changes::in_text,
    family::{Family, family},
    here, href, kind_words,
    list::tone,
    trail,
    words::PlanWords,
};
use crate::{
    Fault, Frame,
    at::At,
    fault::PageResult,
    form::FormErrors,
    frame::Choice,
    page::{form_page, page},
    shown::instant,
    visit::Visit,
};

/// A plan: what it is, what is doubtful in it, and whether it can be accepted.
#[derive(Template)]
#[template(path = "plan/show.html")]
pub(crate) struct PlanPage {
    frame: Frame,
    t: PlanWords,
    href: String,
    version: i64,
    facts: Vec<(&'static str, String)>,
    state: &'static str,
    tone: &'static str,
    /// What was read, kind by kind.
    counts: Vec<(&'static str, String)>,
    findings: Vec<FindingLine>,
    notes: Vec<FindingLine>,
    n_open: String,
    /// Why it cannot be accepted yet; empty when it can.
    not_yet: String,
    may_answer: bool,
    /// Whether the user makes plans.
    may_change: bool,
    may_accept: bool,
    /// Whether it takes the place of another, with which it can be compared.
    follows: bool,
    /// Whether orders can be proposed from it.
    may_issue: bool,
    /// Whether the file as which it came is kept.
    has_file: bool,
    family: Family,
    errors: FormErrors,
}

form_page!(PlanPage);

struct FindingLine {
    place: usize,
    severity: &'static str,
    tone: &'static str,
    message: String,
    question: String,
    quote: String,
    line: u32,
    /// Where it stands in the text.
    href: String,
    verdicts: Vec<Choice>,
    note: String,
    error: String,
    /// The answer in words, where it can no longer be changed.
    answered: String,
    by: String,
}

pub(super) async fn show(visit: Visit, At(id): At<PlanId>) -> PageResult {
    let record = here(&visit, id).await?;
    page(&plan_page(&visit, &record, &BTreeMap::new(), FormErrors::default()).await?)
}

/// The page, with what was typed in place of what is kept.
pub(super) async fn plan_page(
    visit: &Visit,
    record: &PlanRecord,
    typed: &BTreeMap<String, String>,
    errors: FormErrors,
) -> Result<PlanPage, Fault> {
    let (t, store) = (PlanWords(visit.lang), visit.app.store());
    let content = store.plan_content(record).await?;
    let area = store.area_row(&record.area, &visit.scope, visit.day()).await?;
    let area = area.map_or_else(|| record.area.to_string(), |area| area.name);
    let answers = store.plan_answers(record).await?;
    let verdicts = answers.iter().map(|(place, answer)| (*place, answer.verdict)).collect();
    let is_draft = record.state == PlanState::Draft;
    let line = |(place, finding): (usize, &Finding)| {
        finding_line(visit, record, &content.plan, (place, finding), answers.get(&place), (typed, &errors))
    };
    let of = |wanted: bool| {
        let all = content.findings.iter().enumerate();
        let mut lines: Vec<(Severity, FindingLine)> = all
            .filter(|(_, finding)| (finding.severity == Severity::Note) != wanted)
            .map(|one| (one.1.severity, line(one)))
            .collect();
        lines.sort_by_key(|(severity, _)| *severity);
        lines.into_iter().map(|(_, line)| line).collect::<Vec<_>>()
    };
    let (findings, notes) = (of(true), of(false));
    let n_open = findings.iter().filter(|line| line.by.is_empty()).count();
    let not_yet = may_accept(&content.findings, &verdicts).err().map(|why| why.message(visit.lang));
    let family = family(visit, record, &content.plan).await?;
    Ok(PlanPage {
        frame: visit.frame(&record.title, trail(visit)),
        href: href(record.id),
        version: record.version,
        facts: facts(visit, record, &content.plan, area),
        state: record.state.words(visit.lang),
        tone: tone(record.state),
        counts: counts(&content.plan, t),
        n_open: if n_open > 0 { t.n_open(n_open) } else { String::new() },
        findings,
        notes,
        not_yet: not_yet.unwrap_or_default(),
        may_change: visit.may(Act::ChangePlans),
        may_answer: is_draft && visit.may(Act::ChangePlans),
        may_accept: is_draft && visit.may(Act::AcceptPlans),
        follows: record.replaces.is_some(),
        may_issue: record.state == PlanState::Accepted && visit.may(Act::IssueOrders),
        has_file: record.file_of.is_some(),
        family,
        errors,
        t,
    })
}

fn facts(visit: &Visit, record: &PlanRecord, plan: &Plan, area: String) -> Vec<(&'static str, String)> {
    let t = PlanWords(visit.lang);
    let text = |text: &Option<lianfang_domain::plan::Text>| text.as_ref().map(|text| text.text.clone());
    let mut facts = vec![
        (t.kind(), kind_words(&record.kind, visit).to_owned()),
        (t.tier(), record.tier.words(visit.lang).to_owned()),
        (t.area(), area),
        (t.issuer(), text(&plan.issuer).unwrap_or_default()),
        (t.number(), text(&plan.document_number).unwrap_or_default()),
        (t.file(), record.file.clone()),
        (t.uploaded(), format!("{} {}", instant(record.made_at_ms, visit.lang), record.made_by)),
    ];
    if let Some(at) = record.settled_at_ms {
        facts.push((record.state.words(visit.lang), format!("{} {}", instant(at, visit.lang), record.settled_by)));
    }
    facts
}

fn counts(plan: &Plan, t: PlanWords) -> Vec<(&'static str, String)> {
    let clauses = plan.clauses(t.0);
    let n = |kind: ClauseKind| clauses.iter().filter(|clause| clause.kind == kind).count();
    ClauseKind::ALL.into_iter().map(|kind| (kind.words(t.0), t.count(n(kind)))).collect()
}

fn finding_line(
    visit: &Visit,
    record: &PlanRecord,
    plan: &Plan,
    (place, finding): (usize, &Finding),
    answer: Option<&PlanAnswer>,
    (typed, errors): (&BTreeMap<String, String>, &FormErrors),
) -> FindingLine {
    let lang = visit.lang;
    let kept = answer.map(|answer| answer.verdict.code()).unwrap_or_default();
    let held = typed.get(&format!("verdict_{place}")).map_or(kept, String::as_str);
    let note = answer.map(|answer| answer.note.clone()).unwrap_or_default();
    let is_missing = !errors.is_empty()
        && Verdict::from_code(held).is_some_and(Verdict::needs_note)
        && typed.get(&format!("note_{place}")).is_some_and(|note| note.trim().is_empty());
    FindingLine {
        place,
        severity: finding.severity.words(lang),
        tone: match finding.severity {
            Severity::Error => "bad",
            Severity::Warning => "warning",
            Severity::Question => "unknown",
            Severity::Note => "neutral",
        },
        message: finding.message(lang).to_owned(),
        question: finding.question(lang).to_owned(),
        quote: finding.place.quote.clone(),
        line: finding.place.line,
        href: in_text(plan, record.id, finding.place.line),
        verdicts: Choice::all(Verdict::ALL.into_iter().map(|one| (one.code(), one.words(lang))), held),
        note: typed.get(&format!("note_{place}")).cloned().unwrap_or(note.clone()),
        error: if is_missing { PlanWords(lang).note_needed().to_owned() } else { String::new() },
        answered: answer.map(|one| format!("{} {note}", one.verdict.words(lang))).unwrap_or_default(),
        by: answer.map(|one| format!("{} {}", instant(one.at_ms, lang), one.by)).unwrap_or_default(),
    }
}
