use askama::Template;
use lianfang_domain::{
    ImportId,
    import::{Answer, Column, FieldKind, Table},
};
use lianfang_store::{ImportRecord, ImportState};

use super::{
    base, here,
    home::above,
    href,
    progress::progress_page,
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
    shown::grouped,
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

pub(super) async fn show(visit: Visit, At(id): At<ImportId>) -> PageResult {
    let import = here(&visit, id).await?;
    if import.state == ImportState::Ready && !visit.app.store().import_cells(id).await?.is_empty() {
        return page(&ready_page(&visit, &import, FormErrors::default()).await?);
    }
    page(&progress_page(&visit, &import).await?)
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

pub(super) fn trail(visit: &Visit, import: &ImportRecord) -> Vec<Link> {
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
