use askama::Template;
use lianfang_domain::{
    PlanId,
    access::Act,
    plan::{Clause, ClauseKey, ClauseKind, Confidence, EditKind, PlanState, is_editable},
};

use lianfang_store::PlanEdit;

use super::{
    edit::{EditLine, edit_line},
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
    /// What people did to it last, where that still holds.
    edit: Option<EditLine>,
    /// Where it can be corrected.
    edit_href: Option<String>,
}

pub(super) async fn show(visit: Visit, At(id): At<PlanId>) -> PageResult {
    let t = PlanWords(visit.lang);
    let record = here(&visit, id).await?;
    let content = visit.app.store().plan_as_read(&record).await?;
    let edits = visit.app.store().plan_edits(&record).await?;
    // It names officials with their numbers.
    visit.app.store().record_read(&visit.actor(), visit.act, &format!("plan:{id}"), Some(&record.area), "");
    let clauses = content.plan.clauses(visit.lang);
    let paragraphs = paragraphs(&content.plan, &clauses);
    let mut trail = trail(&visit);
    trail.push(Link { name: record.title, href: href(id) });
    let edit_at = (record.state == PlanState::Draft && visit.may(Act::ChangePlans)).then(|| href(id));
    let beside = Beside { visit: &visit, edits: &edits, edit_at: edit_at.as_deref(), t };
    let kinds = ClauseKind::ALL.into_iter().map(|kind| beside.of_kind(kind, &clauses)).collect();
    page(&PlanTextPage { frame: visit.frame(t.text(), trail), t, href: href(id), paragraphs, kinds })
}

/// What is shown beside what was read.
struct Beside<'a> {
    visit: &'a Visit,
    edits: &'a [PlanEdit],
    /// The plan's address, where its items can be corrected.
    edit_at: Option<&'a str>,
    t: PlanWords,
}

impl Beside<'_> {
    fn of_kind(&self, kind: ClauseKind, clauses: &[Clause]) -> KindOfClauses {
        let of = clauses.iter().enumerate().filter(|(_, clause)| clause.kind == kind);
        let clauses: Vec<ClauseLine> = of.map(|(place, clause)| self.line(place, clause)).collect();
        KindOfClauses { name: kind.words(self.t.0), n: self.t.count(clauses.len()), clauses }
    }

    fn line(&self, place: usize, clause: &Clause) -> ClauseLine {
        let key = ClauseKey::of(clause);
        let last = self.edits.iter().rev().find(|one| one.edit.key == key);
        let edit = last.filter(|one| one.edit.kind != EditKind::Restore);
        let edit_at = self.edit_at.filter(|_| is_editable(clause.kind));
        ClauseLine {
            place,
            at: clause.span.start,
            end: clause.span.end,
            under: clause.under.clone(),
            text: clause.text.clone(),
            units: if clause.kind == ClauseKind::Member {
                String::new()
            } else {
                clause.units.join(self.t.0.pick("、", ", "))
            },
            due: clause.due.clone(),
            is_unsure: clause.confidence == Confidence::Doubtful,
            edit: edit.map(|one| edit_line(one, self.visit)),
            edit_href: edit_at.map(|plan| format!("{plan}/clauses/{place}")),
        }
    }
}
