use lianfang_domain::{
    ImportId,
    area::Area,
    import::{AreaStep, HolderStep, PostStep, UnitChange, UnitStep, UnitWhat},
    unit::Unit,
};
use lianfang_store::{
    AreaRow, Effect, EffectState, PostRecord, PostState, Tx, Undo, UnitDetails, UnitRecord, UnitState,
};

use crate::{Fault, deed::Deed};

fn number(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// Puts what a row says of an area into an act; nothing where nothing changes.
pub(super) fn area_step<'a>(
    deed: &'a Deed,
    import: ImportId,
    step: &AreaStep,
    known: Option<&(Area, i64)>,
) -> Result<Option<Tx<'a>>, Fault> {
    let mut tx = deed.begin();
    let (code, version, undo) = match (step, known) {
        (AreaStep::Add { area, .. }, _) => {
            tx.about("area", &area.code, Some(&area.code));
            tx.add_area(area);
            (&area.code, 1, Undo::RemoveArea { code: area.code.clone() })
        }
        (AreaStep::Change { code, name, population, .. }, Some((area, version))) => {
            tx.about("area", code, Some(code));
            tx.update_area(&seen(area, *version, deed), name.as_ref(), population.as_ref());
            let (names, populations) = (area.names.clone(), area.populations.clone());
            (code, version + 1, Undo::RestoreArea { code: code.clone(), names, populations })
        }
        _ => return Ok(None),
    };
    let target = format!("area:{code}");
    tx.note_effect(import, &effect(step.row(), 0, target, (1, version), Some(undo)))?;
    Ok(Some(tx))
}

fn effect(step: usize, place: usize, target: String, (n_rows, version): (usize, i64), undo: Option<Undo>) -> Effect {
    Effect {
        step: number(step),
        place: number(place),
        target,
        n_rows: number(n_rows),
        version,
        undo,
        state: EffectState::Kept,
    }
}

/// An area as a change sees it.
fn seen(area: &Area, version: i64, deed: &Deed) -> AreaRow {
    let population = area.population_on(deed.day());
    AreaRow {
        code: area.code.clone(),
        name: area.name_on(deed.day()).map(|name| name.name.clone()).unwrap_or_default(),
        population: population.and_then(|count| count.n).and_then(|n| i64::try_from(n).ok()),
        counted_on: population.map(|count| count.on),
        n_below: 0,
        version,
    }
}

/// Puts what the rows of a unit say into an act.
pub(super) fn unit_step<'a>(
    deed: &'a Deed,
    import: ImportId,
    step: &UnitStep,
    known: Option<&UnitRecord>,
    posts: &[&PostRecord],
) -> Result<Option<Tx<'a>>, Fault> {
    let Some(first) = step.rows.first().copied() else { return Ok(None) };
    let mut tx = deed.begin();
    tx.about("unit", step.what.id(), Some(&step.area));
    let (record, version, undo) = match (&step.what, known) {
        (UnitWhat::Add(unit), _) => {
            tx.add_unit(unit, deed.day());
            let undo = Undo::RemoveUnit { home: unit.area.home(), id: unit.id };
            (fresh(unit), 1, Some(undo))
        }
        (UnitWhat::Change(change), Some(was)) => {
            tx.update_unit(was, &details(was, change), &change.aliases, deed.day());
            (was.clone(), was.version + 1, Some(restore(was, change)))
        }
        (UnitWhat::Same(_), Some(was)) => (was.clone(), was.version, None),
        _ => return Ok(None),
    };
    let target = format!("unit:{}", step.what.id());
    tx.note_effect(import, &effect(first, 0, target, (step.rows.len(), version), undo))?;
    for (place, post) in (1..).zip(&step.posts) {
        let (target, version, undo) = post_step(&mut tx, &record, post, posts)?;
        tx.note_effect(import, &effect(first, place, target, (1, version), Some(undo)))?;
    }
    Ok(Some(tx))
}

/// A unit that is being added.
fn fresh(unit: &Unit) -> UnitRecord {
    UnitRecord { unit: unit.clone(), aliases: Vec::new(), state: UnitState::Open, version: 1 }
}

fn details(was: &UnitRecord, change: &UnitChange) -> UnitDetails {
    UnitDetails {
        kind: change.kind,
        area: was.unit.area.clone(),
        parent: change.parent,
        duty_phone: change.duty_phone.clone(),
    }
}

fn restore(was: &UnitRecord, change: &UnitChange) -> Undo {
    Undo::RestoreUnit {
        home: was.home(),
        id: was.unit.id,
        kind: was.unit.kind.code().to_owned(),
        parent: was.unit.parent,
        duty_phone: was.unit.duty_phone.as_ref().map(ToString::to_string).unwrap_or_default(),
        learned: change.aliases.iter().map(|alias| alias.text.clone()).collect(),
    }
}

/// Puts a post into the act; gives back what it is, its version afterwards and how it is undone.
fn post_step(
    tx: &mut Tx<'_>,
    unit: &UnitRecord,
    step: &PostStep,
    posts: &[&PostRecord],
) -> Result<(String, i64, Undo), Fault> {
    let home = unit.home();
    match step {
        PostStep::Add { post, holder, .. } => {
            tx.add_post(unit, post);
            let mut version = 1;
            if let Some(holder) = holder {
                let added = PostRecord {
                    post: post.clone(),
                    home: home.clone(),
                    state: PostState::Open,
                    version,
                    holders: Vec::new(),
                };
                tx.appoint(&added, holder)?;
                version += 1;
            }
            Ok((format!("post:{}", post.id), version, Undo::RemovePost { home, id: post.id }))
        }
        PostStep::Holder { post, step, .. } => {
            let was = posts.iter().find(|record| record.post.id == *post).ok_or(Fault::NotFound)?;
            let (came, went) = match step {
                HolderStep::Appoint(new) => {
                    tx.appoint(was, new)?;
                    (new.id, Vec::new())
                }
                HolderStep::HandOver(change) => {
                    tx.hand_over(was, change)?;
                    (change.opened.id, change.closed.iter().map(|one| one.id).collect())
                }
                HolderStep::Correct(corrected) => {
                    let replaced = was.holders.iter().find(|one| {
                        one.incumbency.person == corrected.person && one.incumbency.from_on == corrected.from_on
                    });
                    let replaced = replaced.ok_or(Fault::NotFound)?;
                    tx.correct_incumbency(was, replaced, corrected)?;
                    (corrected.id, vec![replaced.incumbency.id])
                }
            };
            let until =
                |id| was.holders.iter().find(|one| one.incumbency.id == id).and_then(|one| one.incumbency.until_on);
            let went = went.into_iter().map(|id| (id, until(id))).collect();
            let undo = Undo::RestoreHolders { home: was.home.clone(), id: *post, came, went };
            Ok((format!("post:{post}"), was.version + 1, undo))
        }
    }
}
