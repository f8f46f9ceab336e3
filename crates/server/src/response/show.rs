use askama::Template;
use lianfang_domain::{
    IncidentId,
    access::Act,
    plan::ResponseLevel,
    response::{Demand, LevelChange, LevelStep, ProposalState, replay},
};
use lianfang_store::{IncidentRecord, ProposalRecord};

use super::{LevelWords, plan_text, proposal_href};
use crate::{
    Choice, Fault, Frame,
    at::At,
    fault::PageResult,
    form::FormErrors,
    incident::{end_clock, here, level_class, level_words, pages, trail},
    page::{form_page, page},
    shown::{date, instant},
    visit::Visit,
};

/// The response level of an incident with its history.
#[derive(Template)]
#[template(path = "response/show.html")]
pub(crate) struct LevelPage {
    frame: Frame,
    t: LevelWords,
    href: String,
    pages: Vec<(String, &'static str, bool)>,
    level: String,
    level_class: &'static str,
    since: String,
    end: Option<(String, String, String)>,
    open: Option<ProposalLine>,
    history: Vec<ProposalLine>,
    /// Whether the history leads to the level that is kept.
    is_whole: bool,
    levels: Vec<LevelLine>,
    choices: Vec<Choice>,
    may_propose: bool,
    /// Whether the user issues and lifts the orders of a level.
    may_issue: bool,
    errors: FormErrors,
}

form_page!(LevelPage);

struct ProposalLine {
    href: String,
    change: String,
    state: &'static str,
    tone: &'static str,
    begun: String,
    decided: String,
    filed: String,
}

/// A level as the plan lays it down.
struct LevelLine {
    name: String,
    class: &'static str,
    criteria: Vec<String>,
    n_measures: usize,
    is_now: bool,
}

pub(super) async fn show(visit: Visit, At(id): At<IncidentId>) -> PageResult {
    let record = here(&visit, id).await?;
    page(&level_page(&visit, &record, FormErrors::default()).await?)
}

pub(super) async fn level_page(visit: &Visit, record: &IncidentRecord, errors: FormErrors) -> Result<LevelPage, Fault> {
    let (t, lang) = (LevelWords(visit.lang), visit.lang);
    let plan = plan_text(visit, record).await?;
    let proposals = visit.app.store().proposals(record).await?;
    let clock = end_clock(visit, record).await?;
    let to = |to: Option<ResponseLevel>| LevelChange { from: record.level, to };
    let levels = ResponseLevel::ALL.into_iter().rev().map(Some).chain([None]);
    let allowed = levels.filter(|level| Demand::may_change(&plan, to(*level)).is_ok());
    let choices = allowed.map(|level| {
        let change = to(level);
        let way = change.kind().map(|kind| kind.words(lang)).unwrap_or_default();
        (level.map_or(0, ResponseLevel::number).to_string(), format!("{way} {}", change.words(lang)))
    });
    let has_open = proposals.iter().any(|one| one.state.is_open());
    let level_line = |level: &lianfang_domain::plan::Level| LevelLine {
        name: level_words(Some(level.level), visit),
        class: level_class(Some(level.level)),
        criteria: level.criteria.iter().map(|one| one.text.clone()).collect(),
        n_measures: level.measures.len(),
        is_now: record.level == Some(level.level),
    };
    Ok(LevelPage {
        frame: visit.frame(t.title(), trail(visit, Some(record))),
        href: crate::incident::href(record.id),
        pages: pages(visit, record.id),
        level: level_words(record.level, visit),
        level_class: level_class(record.level),
        since: record.level_since_ms.map(|at| instant(at, lang)).unwrap_or_default(),
        end: clock.map(|clock| {
            (
                clock.words(visit.day(), lang),
                date(clock.earliest_on, lang),
                t.end_from(&date(clock.counts_from, lang), clock.n_days),
            )
        }),
        open: proposals.iter().find(|one| one.state.is_open()).map(|one| line(visit, record, one)),
        history: proposals
            .iter()
            .rev()
            .filter(|one| !one.state.is_open())
            .map(|one| line(visit, record, one))
            .collect(),
        is_whole: replay(&steps(&proposals)) == Ok(record.level),
        levels: plan.levels.iter().map(level_line).collect(),
        choices: Choice::all(choices.collect::<Vec<_>>(), ""),
        may_issue: record.plan.is_some()
            && record.closed_at_ms.is_none()
            && visit.scope_of(Act::IssueOrders).holds_area(&record.area),
        may_propose: !has_open && record.closed_at_ms.is_none() && visit.may(Act::ProposeLevel),
        errors,
        t,
    })
}

/// The approved changes in the order in which they were approved.
pub(super) fn steps(proposals: &[ProposalRecord]) -> Vec<LevelStep> {
    let mut steps: Vec<LevelStep> = proposals
        .iter()
        .filter(|one| one.state == ProposalState::Approved)
        .map(|one| LevelStep {
            change: one.change,
            at_ms: one.decided_at_ms.unwrap_or_default(),
            approved_by: one.decided_by.clone(),
        })
        .collect();
    steps.sort_by_key(|step| step.at_ms);
    steps
}

pub(super) fn tone(state: ProposalState) -> &'static str {
    match state {
        ProposalState::Assessing | ProposalState::Proposed => "warning",
        ProposalState::Approved => "good",
        ProposalState::Refused => "bad",
        ProposalState::Withdrawn => "neutral",
    }
}

fn line(visit: &Visit, record: &IncidentRecord, one: &ProposalRecord) -> ProposalLine {
    let (t, lang) = (LevelWords(visit.lang), visit.lang);
    let at = |at_ms: i64, who: &str| format!("{} {who}", instant(at_ms, lang));
    let decided = one.decided_at_ms.map(|at_ms| {
        let approver = if one.approver.is_empty() { String::new() } else { format!(" · {}", one.approver) };
        format!("{}{approver}", at(at_ms, &one.decided_by))
    });
    let filed = one.filing.as_ref().map(|filing| match &filing.receipt {
        Some((number, _)) => format!("{} · {}", filing.with, t.receipt_is(number)),
        None => format!("{} · {}", filing.with, t.receipt_awaited()),
    });
    ProposalLine {
        href: proposal_href(record.id, one.id),
        change: one.change.words(lang),
        state: one.state.words(lang),
        tone: tone(one.state),
        begun: at(one.made_at_ms, &one.made_by),
        decided: decided.unwrap_or_default(),
        filed: filed.unwrap_or_default(),
    }
}
