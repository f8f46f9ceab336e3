use askama::Template;
use lianfang_domain::{
    IncidentId, ProposalId,
    access::{Act, Role},
    response::{Assessment, Demand, EndConditionKind, OpinionVerdict, ProposalState},
};
use lianfang_store::{JudgementRecord, OpinionRecord, Signed};

use super::tell::{WHO_DECIDES, WHO_FOLLOWS, told};
use super::{
    Case, LevelWords, decide::DecideForm, here, judge::JudgeForm, opine::OpinionForm, propose::still_missing,
    show::tone,
};
use crate::{
    Choice, Fault, Frame, Link,
    at::At,
    fault::PageResult,
    form::FormErrors,
    incident::{end_clock, href, level_class, pages, trail},
    page::{form_page, page},
    shown::{date, instant},
    visit::Visit,
};

/// A proposal to change the level: assessment, opinions, conditions, decision, filing.
#[derive(Template)]
#[template(path = "response/proposal.html")]
pub(crate) struct ProposalPage {
    frame: Frame,
    t: LevelWords,
    href: String,
    pages: Vec<(String, &'static str, bool)>,
    version: i64,
    change: String,
    to_class: &'static str,
    state: &'static str,
    tone: &'static str,
    facts: Vec<(&'static str, String)>,
    factors: Vec<(String, String, String)>,
    assessment: Assessment,
    needs_both: bool,
    is_upward: bool,
    conditions: Vec<ConditionLine>,
    judgeable: Vec<Choice>,
    tiers: Vec<Choice>,
    verdicts: Vec<Choice>,
    opinions: Vec<OpinionLine>,
    approvers: Vec<Choice>,
    files_with: String,
    missing: Vec<String>,
    typed: Typed,
    may_assess: bool,
    may_opine: bool,
    is_expert: bool,
    may_propose: bool,
    may_withdraw: bool,
    may_decide: bool,
    /// Who is told of a proposal, and of a decision.
    told: (String, String),
    /// Why the user may not decide, though the role would.
    own_proposal: bool,
    may_file: bool,
    may_receive: bool,
    errors: FormErrors,
}

form_page!(ProposalPage);

/// What was typed into the forms of the page.
#[derive(Clone, Debug, Default)]
pub(super) struct Typed {
    pub(super) assessment: Option<Assessment>,
    pub(super) opinion: OpinionForm,
    pub(super) judgement: JudgeForm,
    pub(super) decision: DecideForm,
}

struct ConditionLine {
    text: String,
    state: String,
    tone: &'static str,
    judged: Vec<(String, String)>,
}

struct OpinionLine {
    tier: String,
    expert: String,
    verdict: &'static str,
    tone: &'static str,
    words: String,
    signed: String,
}

pub(super) async fn show(visit: Visit, At((id, proposal)): At<(IncidentId, ProposalId)>) -> PageResult {
    let case = here(&visit, id, proposal).await?;
    page(&proposal_page(&visit, &case, Typed::default(), FormErrors::default()).await?)
}

pub(super) async fn proposal_page(
    visit: &Visit,
    case: &Case,
    typed: Typed,
    errors: FormErrors,
) -> Result<ProposalPage, Fault> {
    let (t, lang) = (LevelWords(visit.lang), visit.lang);
    let Case { incident, proposal } = case;
    let demand = case.demand(visit).await?;
    let store = visit.app.store();
    let judgements = store.judgements(incident, proposal.id).await?;
    let opinions = store.opinions(incident, proposal.id).await?;
    let state = proposal.state;
    let missing = if state.is_open() { still_missing(visit, case).await? } else { Vec::new() };
    let assessment = typed.assessment.clone().unwrap_or_else(|| proposal.assessment.clone());
    let seat = visit.seat()?;
    let own = proposal.proposed_by == Some(seat.user);
    let is_expert = seat.grants.iter().any(|grant| grant.role == Role::Expert && grant.runs_on(visit.day()));
    let may_propose = visit.may(Act::ProposeLevel);
    let may_decide = state == ProposalState::Proposed && visit.may(Act::ApproveLevel);
    let mut above = trail(visit, Some(incident));
    above.push(Link { name: t.title().to_owned(), href: format!("{}/level", href(incident.id)) });
    let tiers: Vec<String> = if demand.tiers.is_empty() { vec![t.own_tier().to_owned()] } else { demand.tiers.clone() };
    let approvers =
        if demand.approvers.is_empty() { vec![t.headquarters().to_owned()] } else { demand.approvers.clone() };
    Ok(ProposalPage {
        frame: visit.frame(&proposal.change.words(lang), above),
        href: case.href(),
        pages: pages(visit, incident.id),
        version: proposal.version,
        change: proposal.change.words(lang),
        to_class: level_class(proposal.change.to),
        state: state.words(lang),
        tone: tone(state),
        facts: facts(visit, case, &demand),
        factors: factors(&demand, &assessment),
        assessment,
        needs_both: !demand.needs.is_empty(),
        is_upward: proposal.change.kind().is_some_and(lianfang_domain::response::ChangeKind::is_upward),
        conditions: conditions(visit, case, &demand, &judgements).await?,
        judgeable: judgeable(&demand, &typed.judgement.condition),
        tiers: Choice::all(tiers.into_iter().map(|tier| (tier.clone(), tier)), &typed.opinion.tier),
        verdicts: Choice::all(
            OpinionVerdict::ALL.map(|verdict| (verdict.code(), verdict.words(lang))),
            &typed.opinion.verdict,
        ),
        opinions: opinions.iter().map(|one| opinion_line(visit, one)).collect(),
        approvers: Choice::all(approvers.into_iter().map(|name| (name.clone(), name)), &typed.decision.approver),
        files_with: demand.files_with.join(t.0.pick("、", ", ")),
        missing: missing.iter().map(|one| one.words(lang)).collect(),
        may_assess: state == ProposalState::Assessing && may_propose,
        may_opine: state.is_open() && visit.may(Act::GiveOpinion),
        is_expert,
        may_propose: state == ProposalState::Assessing && may_propose,
        may_withdraw: state.is_open() && may_propose,
        may_decide: may_decide && !own,
        told: (told(visit, WHO_DECIDES), told(visit, WHO_FOLLOWS)),
        own_proposal: may_decide && own,
        may_file: state == ProposalState::Approved && proposal.filing.is_none() && may_propose,
        may_receive: proposal.filing.as_ref().is_some_and(|one| one.receipt.is_none()) && may_propose,
        typed,
        errors,
        t,
    })
}

fn facts(visit: &Visit, case: &Case, demand: &Demand) -> Vec<(&'static str, String)> {
    let (t, lang, proposal) = (LevelWords(visit.lang), visit.lang, &case.proposal);
    let join = |names: &[String]| names.join(lang.pick("、", ", "));
    let at = |at_ms: i64, who: &str| format!("{} {who}", instant(at_ms, lang));
    let mut facts = vec![(t.begun_by(), at(proposal.made_at_ms, &proposal.made_by))];
    if !demand.proposers.is_empty() {
        facts.push((t.proposers(), join(&demand.proposers)));
    }
    if !demand.approvers.is_empty() {
        facts.push((t.approvers(), join(&demand.approvers)));
    }
    if let Some(at_ms) = proposal.proposed_at_ms {
        facts.push((t.proposed_by(), at(at_ms, &proposal.proposed_by_name)));
    }
    if let Some(at_ms) = proposal.decided_at_ms {
        let who = at(at_ms, &proposal.decided_by);
        let words = [proposal.approver.as_str(), &who, &proposal.decision_words];
        let said: Vec<&str> = words.into_iter().filter(|part| !part.is_empty()).collect();
        facts.push((proposal.state.words(lang), said.join(" · ")));
    }
    if let Some(filing) = &proposal.filing {
        facts.push((t.filed_as(), [filing.with.as_str(), &filing.number, &instant(filing.at_ms, lang)].join(" ")));
        let receipt = filing.receipt.as_ref().map(|(number, at_ms)| format!("{number} {}", instant(*at_ms, lang)));
        facts.push((t.receipt(), receipt.unwrap_or_else(|| t.receipt_awaited().to_owned())));
    }
    facts
}

/// Name of the field, the factor, and what was found.
fn factors(demand: &Demand, assessment: &Assessment) -> Vec<(String, String, String)> {
    let found = |place: usize| assessment.factors.get(&place).cloned().unwrap_or_default();
    let lines = demand.factors.iter().enumerate();
    lines.map(|(place, factor)| (format!("factor_{place}"), factor.clone(), found(place))).collect()
}

fn judgeable(demand: &Demand, chosen: &str) -> Vec<Choice> {
    let by_people = demand
        .conditions
        .iter()
        .enumerate()
        .filter(|(_, one)| !matches!(one.kind, EndConditionKind::Incubations { .. }));
    Choice::all(by_people.map(|(place, one)| (place.to_string(), one.text.clone())), chosen)
}

async fn conditions(
    visit: &Visit,
    case: &Case,
    demand: &Demand,
    judgements: &[JudgementRecord],
) -> Result<Vec<ConditionLine>, Fault> {
    let (t, lang) = (LevelWords(visit.lang), visit.lang);
    let clock = end_clock(visit, &case.incident).await?;
    let mut lines = Vec::new();
    for (place, condition) in demand.conditions.iter().enumerate() {
        let judged: Vec<&JudgementRecord> = judgements.iter().filter(|one| one.judgement.condition == place).collect();
        let (state, tone) = match (condition.kind, &clock, judged.last()) {
            (EndConditionKind::Incubations { .. }, None, _) => (t.not_known().to_owned(), "unknown"),
            (EndConditionKind::Incubations { .. }, Some(clock), _) => {
                let until = format!("{} · {}", clock.words(visit.day(), lang), date(clock.earliest_on, lang));
                (until, if clock.is_over(visit.day()) { "good" } else { "warning" })
            }
            (_, _, None) => (t.not_judged().to_owned(), "unknown"),
            (_, _, Some(one)) if one.judgement.holds => (t.holds().to_owned(), "good"),
            (_, _, Some(_)) => (t.does_not_hold().to_owned(), "bad"),
        };
        let said = |one: &&JudgementRecord| {
            let verdict = if one.judgement.holds { t.holds() } else { t.does_not_hold() };
            let head = format!("{} · {verdict} · {}", one.judgement.person, instant(one.at_ms, lang));
            (head, one.words.clone())
        };
        let judged = judged.iter().map(said).collect();
        lines.push(ConditionLine { text: condition.text.clone(), state, tone, judged });
    }
    Ok(lines)
}

fn opinion_line(visit: &Visit, record: &OpinionRecord) -> OpinionLine {
    let (t, lang) = (LevelWords(visit.lang), visit.lang);
    let how = match record.signed {
        Signed::InPerson => t.signed_in_person().to_owned(),
        Signed::OnRecord => t.put_on_record(&record.by),
    };
    OpinionLine {
        tier: record.opinion.tier.clone(),
        expert: record.expert.clone(),
        verdict: record.opinion.verdict.words(lang),
        tone: match record.opinion.verdict {
            OpinionVerdict::Agree => "good",
            OpinionVerdict::Disagree => "bad",
            OpinionVerdict::Abstain => "neutral",
        },
        words: record.words.clone(),
        signed: format!("{how} {}", instant(record.at_ms, lang)),
    }
}
