use std::collections::BTreeMap;

use lianfang_domain::{
    Id, Lang,
    area::Area,
    import::{
        Answer, AreaStep, Checked, Decided, Fault as RowFault, ImportTemplate, KnownPost, KnownUnits, Mapping, Refused,
        Table, UnitStep, UnitWhat, check, decide_areas, decide_units,
    },
    unit::{AreaName, Unit},
};
use lianfang_store::{ImportKind, ImportRecord, PhoneSight, PostRecord, PostState, UnitRecord, UnitState};

use super::template_of;
use crate::{Fault, deed::Deed};

/// What is registered and may be reached by the user, as it was when it was read.
pub(super) enum Known {
    Areas(Vec<(Area, i64)>),
    Units { areas: Vec<AreaName>, units: Vec<UnitRecord>, posts: Vec<PostRecord> },
}

/// What an import would do.
pub(super) enum Steps {
    Areas(Vec<AreaStep>),
    Units(Vec<UnitStep>),
}

/// An import tried out: nothing is stored.
pub(super) struct Trial {
    pub(super) template: ImportTemplate,
    pub(super) table: Table,
    pub(super) mapping: Mapping,
    pub(super) answers: BTreeMap<String, Answer>,
    /// The outcome, or why the columns do not do.
    pub(super) outcome: Result<Outcome, String>,
}

/// What came of it.
pub(super) struct Outcome {
    pub(super) checked: Checked,
    pub(super) steps: Steps,
    pub(super) known: Known,
    /// Names that may be those of registered units, asked or answered.
    pub(super) doubts: Vec<Doubt>,
}

/// A name that may be that of a registered unit.
pub(super) struct Doubt {
    pub(super) written: String,
    pub(super) perhaps: Option<(lianfang_domain::UnitId, String)>,
}

impl Known {
    pub(super) async fn read(deed: &Deed, kind: ImportKind) -> Result<Known, Fault> {
        let store = deed.app.store();
        let areas = store.areas_within(&deed.scope).await?;
        if kind == ImportKind::Areas {
            return Ok(Known::Areas(areas));
        }
        let named = |(area, _): (Area, i64)| {
            let name = area.name_on(deed.day())?.clone();
            Some(AreaName { code: area.code, name: name.name, short: name.short })
        };
        let mut units = store.unit_register(&deed.scope).await?;
        units.retain(|unit| unit.state == UnitState::Open);
        let posts = store.posts_within(&deed.scope, PhoneSight::Full).await?;
        Ok(Known::Units { areas: areas.into_iter().filter_map(named).collect(), units, posts })
    }
}

impl Trial {
    /// Reads the uploaded table with its mapping and decides what it would do.
    pub(super) async fn read(deed: &Deed, import: &ImportRecord) -> Result<Trial, Fault> {
        let cells = deed.app.store().import_cells(import.id).await?;
        let known = Known::read(deed, import.kind).await?;
        let broken = |error: serde_json::Error| Fault::Broken(error.to_string());
        let mapping: Mapping = serde_json::from_str(&import.mapping).map_err(broken)?;
        let answers: BTreeMap<String, Answer> = serde_json::from_str(&import.answers).map_err(broken)?;
        let (deed, header_row, kind) = (deed.clone(), import.header_row, import.kind);
        let tried = tokio::task::spawn_blocking(move || {
            let table = Table::new(cells, header_row).map_err(|refusal| Fault::BadInput(refusal.message(deed.lang)))?;
            let template = template_of(kind, deed.day());
            let outcome = decide(&deed, &template, &table, (&mapping, &answers), known);
            Ok::<_, Fault>(Trial { template, table, mapping, answers, outcome })
        });
        tried.await.map_err(|error| Fault::Broken(error.to_string()))?
    }
}

fn decide(
    deed: &Deed,
    template: &ImportTemplate,
    table: &Table,
    (mapping, answers): (&Mapping, &BTreeMap<String, Answer>),
    known: Known,
) -> Result<Outcome, String> {
    let mut checked = check(template, mapping, table).map_err(|refusal| refusal.message(deed.lang))?;
    let (steps, refused) = match &known {
        Known::Areas(areas) => {
            let areas: Vec<Area> = areas.iter().map(|(area, _)| area.clone()).collect();
            let Decided { steps, refused } = decide_areas(&checked.rows, &areas, &deed.scope, deed.day());
            (Steps::Areas(steps), refused)
        }
        Known::Units { areas, units, posts } => {
            let units: Vec<Unit> = units.iter().map(|record| record.unit.clone()).collect();
            let posts: Vec<KnownPost> =
                posts.iter().filter(|post| post.state == PostState::Open).map(known_post).collect();
            let known = KnownUnits { areas, units: &units, posts: &posts, answers };
            let mut new_id = || -> Id { deed.app.store().new_id(deed.actor.now_ms) };
            let decided = decide_units(&checked.rows, &known, &deed.scope, deed.day(), &mut new_id);
            (Steps::Units(decided.steps), decided.refused)
        }
    };
    let doubts = doubts(&checked, &refused, answers);
    checked.refuse(template, table, &refused);
    Ok(Outcome { checked, steps, known, doubts })
}

fn known_post(record: &PostRecord) -> KnownPost {
    KnownPost { post: record.post.clone(), holders: record.incumbencies() }
}

fn doubts(checked: &Checked, refused: &[Refused], answers: &BTreeMap<String, Answer>) -> Vec<Doubt> {
    let mut seen = std::collections::BTreeSet::new();
    let mut found = Vec::new();
    for row in &checked.rows {
        let Some(written) = row.text("name") else { continue };
        let perhaps = refused.iter().find(|one| one.row == row.row).and_then(|one| match &one.fault {
            RowFault::PerhapsKnown { unit, name } => Some((*unit, name.clone())),
            _ => None,
        });
        if (perhaps.is_some() || answers.contains_key(written)) && seen.insert(written.to_owned()) {
            found.push(Doubt { written: written.to_owned(), perhaps });
        }
    }
    found
}

/// How many rows will be new, changed or stay the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub(super) n_new: usize,
    pub(super) n_changed: usize,
    pub(super) n_same: usize,
}

impl Steps {
    pub(super) fn tally(&self) -> Tally {
        let mut tally = Tally::default();
        match self {
            Steps::Areas(steps) => steps.iter().for_each(|step| match step {
                AreaStep::Add { .. } => tally.n_new += 1,
                AreaStep::Change { .. } => tally.n_changed += 1,
                AreaStep::Same { .. } => tally.n_same += 1,
            }),
            Steps::Units(steps) => steps.iter().for_each(|step| match &step.what {
                UnitWhat::Add(_) => tally.n_new += step.rows.len(),
                _ if is_work(step) => tally.n_changed += step.rows.len(),
                _ => tally.n_same += step.rows.len(),
            }),
        }
        tally
    }

    /// How many steps change anything.
    pub(super) fn n_work(&self) -> usize {
        match self {
            Steps::Areas(steps) => steps.iter().filter(|step| !matches!(step, AreaStep::Same { .. })).count(),
            Steps::Units(steps) => steps.iter().filter(|step| is_work(step)).count(),
        }
    }
}

/// Whether a step changes anything.
pub(super) fn is_work(step: &UnitStep) -> bool {
    !matches!(step.what, UnitWhat::Same(_)) || !step.posts.is_empty()
}

/// What is wrong with the rejected rows, row by row.
pub(super) fn messages(checked: &Checked, lang: Lang) -> Vec<String> {
    checked.errors().map(|error| error.message(lang)).collect()
}
