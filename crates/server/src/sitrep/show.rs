use askama::Template;
use lianfang_domain::{
    SitrepId,
    access::Act,
    sitrep::{FACT_NAMES, Run, SitrepState, SitrepStep, SourceLine},
};
use lianfang_store::SitrepRecord;

use super::{
    filled::filled,
    gather::{Asking, Names},
    here, href,
    list::tone,
    masthead::Masthead,
    number_words, trail,
    view::{Shown, shown},
    words::SitrepWords,
};
use crate::{
    Fault, Frame,
    at::At,
    fault::PageResult,
    form::FormErrors,
    page::{form_page, page},
    shown::{date, instant},
    visit::Visit,
};

/// A situation report: its words while they are written, how it reads, where its figures come from, what was done.
#[derive(Template)]
#[template(path = "sitrep/show.html")]
pub(crate) struct SitrepPage {
    frame: Frame,
    t: SitrepWords,
    href: String,
    version: i64,
    heading: String,
    body: String,
    state: &'static str,
    tone: &'static str,
    facts: Vec<(&'static str, String)>,
    head: Masthead,
    title: Vec<Run>,
    blocks: Vec<Shown>,
    sources: Vec<SourceLine>,
    faults: Vec<String>,
    untraced: String,
    /// What can be put in: name and unit.
    indicators: Vec<(String, String)>,
    names: Vec<&'static str>,
    questions: Vec<String>,
    /// Address, word, and whether it needs a reason, of what the user may do now.
    steps: Vec<(String, &'static str, bool)>,
    step_hint: &'static str,
    may_write: bool,
    may_correct: bool,
    events: Vec<(String, String, String)>,
    errors: FormErrors,
}

form_page!(SitrepPage);

/// A report for print: nothing but itself.
#[derive(Template)]
#[template(path = "sitrep/print.html")]
pub(crate) struct SitrepPrintPage {
    frame: Frame,
    t: SitrepWords,
    href: String,
    head: Masthead,
    title: Vec<Run>,
    blocks: Vec<Shown>,
}

pub(super) async fn show(visit: Visit, At(id): At<SitrepId>) -> PageResult {
    let record = here(&visit, id).await?;
    page(&sitrep_page(&visit, &record, FormErrors::default()).await?)
}

pub(super) async fn print(visit: Visit, At(id): At<SitrepId>) -> PageResult {
    let record = here(&visit, id).await?;
    let text = filled(&visit, &record).await?;
    let head = Masthead::of(&visit, &record).await?;
    page(&SitrepPrintPage {
        frame: visit.frame(&record.sitrep.name, trail(&visit)),
        t: SitrepWords(visit.lang),
        href: href(id),
        blocks: shown(&text.document, head.lang),
        head,
        title: text.document.title,
    })
}

pub(super) async fn sitrep_page(visit: &Visit, record: &SitrepRecord, errors: FormErrors) -> Result<SitrepPage, Fault> {
    let (t, lang) = (SitrepWords(visit.lang), visit.lang);
    let text = filled(visit, record).await?;
    let may_write =
        record.state == SitrepState::Draft && visit.scope_of(Act::WriteSitreps).holds_area(&record.sitrep.area);
    let (indicators, questions) = match may_write {
        true => {
            let names = Names::of(&Asking::of(visit), &record.sitrep.area).await?;
            (names.offered(lang), names.offered_questions(lang))
        }
        false => (Vec::new(), Vec::new()),
    };
    let (steps, step_hint) = steps(visit, record);
    let head = Masthead::of(visit, record).await?;
    let is_out = matches!(record.state, SitrepState::Issued | SitrepState::Withdrawn);
    Ok(SitrepPage {
        frame: visit.frame(&record.sitrep.name, trail(visit)),
        href: href(record.sitrep.id),
        version: record.version,
        heading: record.sitrep.name.clone(),
        body: record.sitrep.body.clone(),
        state: record.state.words(lang),
        tone: tone(record.state),
        facts: facts(visit, record),
        blocks: shown(&text.document, head.lang),
        head,
        title: text.document.title,
        sources: text.document.sources,
        faults: text.faults.iter().map(|fault| fault.words(lang)).collect(),
        untraced: text.untraced.join(lang.pick("、", ", ")),
        indicators,
        questions,
        names: FACT_NAMES.iter().map(|name| lang.pick(name.zh, name.en)).collect(),
        steps,
        step_hint,
        may_write,
        may_correct: is_out && visit.scope_of(Act::WriteSitreps).holds_area(&record.sitrep.area),
        events: events(visit, record).await?,
        errors,
        t,
    })
}

fn facts(visit: &Visit, record: &SitrepRecord) -> Vec<(&'static str, String)> {
    let (t, lang) = (SitrepWords(visit.lang), visit.lang);
    let by = |at: i64, who: &str| format!("{} {who}", instant(at, lang));
    let mut facts = vec![
        (t.kind(), record.sitrep.kind.words(lang).to_owned()),
        (t.on(), date(record.sitrep.on, lang)),
        (t.written(), by(record.written_at_ms, &record.written_by)),
    ];
    if !record.cleared_by_name.is_empty() {
        facts.push((t.cleared(), record.cleared_by_name.clone()));
    }
    if let Some(at) = record.issued_at_ms {
        facts.push((t.number(), number_words(record, visit)));
        facts.push((t.issued(), by(at, &record.issued_by)));
    }
    facts
}

/// What the user may do with the report as it is, and what follows from the first of it.
fn steps(visit: &Visit, record: &SitrepRecord) -> (Vec<(String, &'static str, bool)>, &'static str) {
    let t = SitrepWords(visit.lang);
    let may = |act: Act| visit.scope_of(act).holds_area(&record.sitrep.area);
    let (possible, hint): (&[(SitrepStep, &str, Act)], &str) = match record.state {
        SitrepState::Draft => (
            &[(SitrepStep::Clear, "clear", Act::ClearSitreps), (SitrepStep::Drop, "drop", Act::WriteSitreps)],
            t.clear_hint(),
        ),
        SitrepState::Cleared => (
            &[
                (SitrepStep::Issue, "issue", Act::IssueSitreps),
                (SitrepStep::SendBack, "send-back", Act::ClearSitreps),
                (SitrepStep::Drop, "drop", Act::WriteSitreps),
            ],
            t.issue_hint(),
        ),
        SitrepState::Issued => (&[(SitrepStep::Withdraw, "withdraw", Act::IssueSitreps)], t.reason_hint()),
        SitrepState::Withdrawn | SitrepState::Dropped => (&[], ""),
    };
    let allowed = possible.iter().filter(|(_, _, act)| may(*act));
    let line = |(step, path, _): &(SitrepStep, &str, Act)| {
        (format!("{}/{path}", href(record.sitrep.id)), step.words(visit.lang), step.needs_reason())
    };
    (allowed.map(line).collect(), hint)
}

async fn events(visit: &Visit, record: &SitrepRecord) -> Result<Vec<(String, String, String)>, Fault> {
    let t = SitrepWords(visit.lang);
    let events = visit.app.store().sitrep_events(record).await?.into_iter().rev();
    let line = |event: lianfang_store::SitrepEvent| {
        let step = SitrepStep::from_code(&event.step).map_or(t.step_written(), |step| step.words(visit.lang));
        let words = if event.words.is_empty() {
            step.to_owned()
        } else {
            format!("{step}{}{}", visit.lang.pick("：", ": "), event.words)
        };
        (instant(event.at_ms, visit.lang), event.by, words)
    };
    Ok(events.map(line).collect())
}
