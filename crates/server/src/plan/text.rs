use askama::Template;
use lianfang_domain::{
    PlanId,
    plan::{Clause, ClauseKind, Confidence},
};

use super::{
    here, href,
    segments::{Paragraph, paragraphs},
    trail,
    words::PlanWords,
};
use crate::{Frame, Link, at::At, fault::PageResult, page::page, visit::Visit};

/// The text of a plan with what was read from it beside.
#[derive(Template)]
#[template(path = "plan/text.html")]
pub(crate) struct PlanTextPage {
    frame: Frame,
    t: PlanWords,
    href: String,
    paragraphs: Vec<Paragraph>,
    kinds: Vec<KindOfClauses>,
}

/// The clauses of a kind.
struct KindOfClauses {
    name: &'static str,
    n: String,
    clauses: Vec<ClauseLine>,
}

struct ClauseLine {
    /// Its place among all.
    place: usize,
    /// Where its sentence begins.
    at: u32,
    /// Where it ends.
    end: u32,
    under: String,
    text: String,
    units: String,
    due: String,
    is_unsure: bool,
}

pub(super) async fn show(visit: Visit, At(id): At<PlanId>) -> PageResult {
    let t = PlanWords(visit.lang);
    let record = here(&visit, id).await?;
    let content = visit.app.store().plan_content(&record).await?;
    // It names officials with their numbers.
    visit.app.store().record_read(&visit.actor(), visit.act, &format!("plan:{id}"), Some(&record.area), "");
    let clauses = content.plan.clauses(visit.lang);
    let paragraphs = paragraphs(&content.plan, &clauses);
    let mut trail = trail(&visit);
    trail.push(Link { name: record.title, href: href(id) });
    let kinds = ClauseKind::ALL.into_iter().map(|kind| of_kind(kind, &clauses, t)).collect();
    page(&PlanTextPage { frame: visit.frame(t.text(), trail), t, href: href(id), paragraphs, kinds })
}

fn of_kind(kind: ClauseKind, clauses: &[Clause], t: PlanWords) -> KindOfClauses {
    let line = |(place, clause): (usize, &Clause)| ClauseLine {
        place,
        at: clause.span.start,
        end: clause.span.end,
        under: clause.under.clone(),
        text: clause.text.clone(),
        units: clause.units.join(t.0.pick("、", ", ")),
        due: clause.due.clone(),
        is_unsure: clause.confidence == Confidence::Doubtful,
    };
    let of = clauses.iter().enumerate().filter(|(_, clause)| clause.kind == kind);
    let clauses: Vec<ClauseLine> = of.map(line).collect();
    KindOfClauses { name: kind.words(t.0), n: t.count(clauses.len()), clauses }
}
