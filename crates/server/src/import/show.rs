use askama::Template;
use lianfang_domain::{
    ImportId,
    import::{Answer, Column, FieldKind, Table},
};
use lianfang_store::{EffectState, ImportRecord, ImportState};

use super::{
    base, here,
    home::above,
    href,
    trial::{Doubt, Outcome, Trial, messages},
    words::ImportWords,
};
use crate::{
    Fault, Frame, Link,
    at::At,
    fault::PageResult,
    form::FormErrors,
    frame::Choice,
    page::{form_page, page},
    shown::{grouped, instant},
    visit::Visit,
};

/// Messages shown at most; all of them stand in the download.
const SHOWN: usize = 50;
/// Characters of a sample.
const SAMPLE: usize = 24;

/// An uploaded table whose columns and doubts are being settled.
#[derive(Template)]
#[template(path = "import/ready.html")]
pub(crate) struct ReadyPage {
    frame: Frame,
    t: ImportWords,
    href: String,
    version: i64,
    header_row: String,
    columns: Vec<ColumnLine>,
    fixed: Vec<FixedLine>,
    doubts: Vec<DoubtLine>,
    errors: FormErrors,
    tried: Option<Tried>,
}

form_page!(ReadyPage);

/// A column of the file.
struct ColumnLine {
    name: String,
    letter: String,
    header: String,
    sample: String,
    fields: Vec<Choice>,
}

/// A value for all rows.
struct FixedLine {
    name: String,
    label: String,
    value: String,
}

/// A name that may be that of a registered unit.
struct DoubtLine {
    name: String,
    written: String,
    choices: Vec<Choice>,
}

/// What came of trying it out.
struct Tried {
    n_rows: String,
    counts: Vec<(&'static str, String)>,
    messages: Vec<String>,
    more: String,
    run: String,
    n_good: i64,
}

/// An import that runs, is stored or taken back.
#[derive(Template)]
#[template(path = "import/done.html")]
pub(crate) struct DonePage {
    frame: Frame,
    t: ImportWords,
    href: String,
    state: &'static str,
    when: String,
    version: i64,
    /// Steps done and all, while it runs.
    progress: Option<(i64, i64)>,
    n_rows: String,
    counts: Vec<(&'static str, String)>,
    has_rejected: bool,
    may_undo: bool,
    left: Vec<(String, String)>,
}

pub(super) async fn show(visit: Visit, At(id): At<ImportId>) -> PageResult {
    let import = here(&visit, id).await?;
    if import.state == ImportState::Ready && !visit.app.store().import_cells(id).await?.is_empty() {
        return page(&ready_page(&visit, &import, FormErrors::default()).await?);
    }
    page(&done_page(&visit, &import).await?)
}

pub(super) async fn ready_page(visit: &Visit, import: &ImportRecord, errors: FormErrors) -> Result<ReadyPage, Fault> {
    let t = ImportWords(visit.lang);
    let trial = Trial::read(&visit.deed()?, import).await?;
    let (mut errors, mut tried, mut doubts) = (errors, None, Vec::new());
    match &trial.outcome {
        Ok(outcome) => {
            tried = Some(tried_out(outcome, t));
            doubts = outcome.doubts.iter().zip(0..).map(|(doubt, at)| doubt_line(&trial, doubt, at, t)).collect();
        }
        Err(refusal) => errors.add("columns", refusal.clone()),
    }
    Ok(ReadyPage {
        frame: visit.frame(&import.file, trail(visit, import)),
        t,
        href: href(import),
        version: import.version,
        header_row: import.header_row.to_string(),
        columns: columns(visit, &trial),
        fixed: fixed(visit, &trial),
        doubts,
        errors,
        tried,
    })
}

fn trail(visit: &Visit, import: &ImportRecord) -> Vec<Link> {
    let own = Link { name: ImportWords(visit.lang).title(import.kind).to_owned(), href: base(import.kind).to_owned() };
    vec![above(visit, import.kind), own]
}

fn columns(visit: &Visit, trial: &Trial) -> Vec<ColumnLine> {
    let fields = trial.template.fields.iter();
    let known: Vec<(&str, String)> =
        fields.map(|field| (field.key.as_str(), field.label(visit.lang).to_owned())).collect();
    let line = |(at, header): (usize, &String)| {
        let held = trial.mapping.columns.get(at).and_then(|column| column.field.as_deref()).unwrap_or_default();
        ColumnLine {
            name: format!("column_{at}"),
            letter: Column(at).letter(),
            header: header.clone(),
            sample: sample(&trial.table, at),
            fields: Choice::all(known.iter().map(|(key, label)| (*key, label.as_str())), held),
        }
    };
    trial.table.header().iter().enumerate().map(line).collect()
}

/// The first cell of a column that holds anything.
fn sample(table: &Table, at: usize) -> String {
    let filled =
        |(_, row): (usize, &[String])| row.get(at).map(|cell| cell.trim().to_owned()).filter(|cell| !cell.is_empty());
    let mut text = table.rows().find_map(filled).unwrap_or_default();
    if let Some((cut, _)) = text.char_indices().nth(SAMPLE) {
        text.truncate(cut);
        text.push('…');
    }
    text
}

/// Fields without a column that are required or needed by others, and those that have a value.
fn fixed(visit: &Visit, trial: &Trial) -> Vec<FixedLine> {
    let held: Vec<&str> = trial.mapping.columns.iter().filter_map(|column| column.field.as_deref()).collect();
    let wanted =
        |key: &str| {
            trial.template.required().any(|field| field.key == key)
                || trial.template.requires.iter().any(|rule| rule.then == key && held.contains(&rule.when.as_str()))
                || trial.template.one_of.iter().any(|keys| {
                    keys.iter().any(|one| one == key) && !keys.iter().any(|one| held.contains(&one.as_str()))
                })
                || trial.mapping.fixed.contains_key(key)
        };
    let fields = trial.template.fields.iter();
    fields
        .filter(|field| {
            !matches!(field.kind, FieldKind::Ignored) && !held.contains(&field.key.as_str()) && wanted(&field.key)
        })
        .map(|field| FixedLine {
            name: format!("fixed_{}", field.key),
            label: field.label(visit.lang).to_owned(),
            value: trial.mapping.fixed.get(&field.key).cloned().unwrap_or_default(),
        })
        .collect()
}

fn doubt_line(trial: &Trial, doubt: &Doubt, at: usize, t: ImportWords) -> DoubtLine {
    let answer = trial.answers.get(&doubt.written);
    let mut choices = vec![("new".to_owned(), t.doubt_new().to_owned())];
    if let Some((unit, name)) = &doubt.perhaps {
        choices.insert(0, (unit.to_string(), name.clone()));
    }
    let chosen = match answer {
        Some(Answer::New) => "new".to_owned(),
        Some(Answer::Is(unit)) => {
            let name = trial.unit_name(*unit).unwrap_or_else(|| unit.to_string());
            if !choices.iter().any(|(value, _)| *value == unit.to_string()) {
                choices.insert(0, (unit.to_string(), name));
            }
            unit.to_string()
        }
        None => String::new(),
    };
    DoubtLine { name: format!("doubt_{at}"), written: doubt.written.clone(), choices: Choice::all(choices, &chosen) }
}

impl Trial {
    fn unit_name(&self, id: lianfang_domain::UnitId) -> Option<String> {
        match self.outcome.as_ref().ok().map(|outcome| &outcome.known) {
            Some(super::trial::Known::Units { units, .. }) => {
                units.iter().find(|unit| unit.unit.id == id).map(|unit| unit.unit.name.clone())
            }
            _ => None,
        }
    }
}

fn tried_out(outcome: &Outcome, t: ImportWords) -> Tried {
    let (checked, tally) = (&outcome.checked, outcome.steps.tally());
    let number = |n: usize| grouped(i64::try_from(n).unwrap_or(i64::MAX));
    let all = messages(checked, t.0);
    let more = all.len().saturating_sub(SHOWN);
    let n_good = i64::try_from(tally.n_new + tally.n_changed).unwrap_or(i64::MAX);
    Tried {
        n_rows: t.n_rows(i64::try_from(checked.n_in).unwrap_or(i64::MAX)),
        counts: vec![
            (t.n_new(), number(tally.n_new)),
            (t.n_changed(), number(tally.n_changed)),
            (t.n_same(), number(tally.n_same)),
            (t.n_rejected(), number(checked.rejected.len())),
            (t.n_blank(), number(checked.blank)),
        ],
        messages: all.into_iter().take(SHOWN).collect(),
        more: if more == 0 { String::new() } else { t.more(more) },
        run: t.run(n_good),
        n_good,
    }
}

async fn done_page(visit: &Visit, import: &ImportRecord) -> Result<DonePage, Fault> {
    let (t, store) = (ImportWords(visit.lang), visit.app.store());
    let effects = store.import_effects(import.id).await?;
    let late = store.import_late_rows(import.id).await?.len();
    let n_late = i64::try_from(late).unwrap_or(i64::MAX);
    let first = || effects.iter().filter(|effect| effect.place == 0);
    let n_stored: i64 = first().map(|effect| effect.n_rows).sum();
    let settled = |state| effects.iter().filter(|effect| effect.undo.is_some() && effect.state == state).count();
    let (n_undone, n_left) = (settled(EffectState::Undone), settled(EffectState::Left));
    let number = |n: usize| grouped(i64::try_from(n).unwrap_or(i64::MAX));
    let mut counts = vec![
        (t.stored(), grouped(n_stored)),
        (t.n_rejected(), grouped(import.n_rejected)),
        (t.n_blank(), grouped(import.n_blank)),
    ];
    let running = import.state == ImportState::Running;
    if !running {
        let known = import.n_rows - import.n_rejected - import.n_blank - n_stored - n_late;
        counts.insert(1, (t.unchanged(), grouped(known)));
    }
    if late > 0 {
        counts.push((t.late(), number(late)));
    }
    if matches!(import.state, ImportState::Undoing | ImportState::Undone) {
        counts.push((t.n_undone(), number(n_undone)));
        counts.push((t.n_left(), number(n_left)));
    }
    let n_done = i64::try_from(first().count()).unwrap_or(i64::MAX);
    let n_effects = i64::try_from(effects.len()).unwrap_or(i64::MAX);
    let progress = match import.state {
        ImportState::Running => Some((n_done, import.n_steps)),
        ImportState::Undoing => Some((i64::try_from(n_undone + n_left).unwrap_or(0), n_effects)),
        _ => None,
    };
    Ok(DonePage {
        frame: visit.frame(&import.file, trail(visit, import)),
        t,
        href: href(import),
        state: t.state_of(import.state),
        when: instant(import.done_at_ms.unwrap_or(import.made_at_ms), visit.lang),
        version: import.version,
        progress,
        n_rows: t.n_rows(import.n_rows),
        counts,
        has_rejected: import.n_rejected + n_late > 0 && !running,
        may_undo: import.state == ImportState::Done && n_done > 0,
        left: left_as_they_are(&effects),
    })
}

/// What stands although the import was taken back: what it is and where.
fn left_as_they_are(effects: &[lianfang_store::Effect]) -> Vec<(String, String)> {
    let left = effects.iter().filter(|effect| effect.state == EffectState::Left && effect.undo.is_some());
    left.map(|effect| {
        let (kind, id) = effect.target.split_once(':').unwrap_or(("", effect.target.as_str()));
        let href = match kind {
            "area" => format!("/areas/{id}"),
            "unit" => format!("/units/{id}"),
            _ => String::new(),
        };
        (effect.target.clone(), href)
    })
    .collect()
}
