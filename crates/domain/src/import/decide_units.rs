use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::decide_posts::{KnownPost, PostStep, Posts, decide_posts};
use super::namesakes::Namesakes;
use super::{Decided, Fault, GoodRow, Refused};
use crate::access::Scope;
use crate::area::AreaCode;
use crate::post::PhoneNumber;
use crate::unit::{Alias, AliasKind, AreaName, Unit, UnitKind, UnitTree, normal_name, split_written};
use crate::{Id, UnitId};

/// What a user said about a name that may be that of a registered unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// It is another unit.
    New,
    /// It is this one; the name in the table is learned.
    Is(UnitId),
}

/// What is registered, as far as the user may reach it.
#[derive(Clone, Debug)]
pub struct KnownUnits<'a> {
    /// Areas within the scope.
    pub areas: &'a [AreaName],
    /// Units at work.
    pub units: &'a [Unit],
    /// Their posts with who holds them.
    pub posts: &'a [KnownPost],
    /// What the user said about names that may be known, by the name as written.
    pub answers: &'a BTreeMap<String, Answer>,
}

/// What changes of a registered unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitChange {
    /// The unit.
    pub unit: UnitId,
    /// Kind.
    pub kind: UnitKind,
    /// The unit it stands under.
    pub parent: Option<UnitId>,
    /// Duty phone.
    pub duty_phone: Option<PhoneNumber>,
    /// Names that it did not bear.
    pub aliases: Vec<Alias>,
}

/// What happens to a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnitWhat {
    /// It is new.
    Add(Unit),
    /// It is there and something about it is new.
    Change(UnitChange),
    /// All that the table says of it is known.
    Same(UnitId),
}

impl UnitWhat {
    /// The unit.
    pub fn id(&self) -> UnitId {
        match self {
            UnitWhat::Add(unit) => unit.id,
            UnitWhat::Change(change) => change.unit,
            UnitWhat::Same(id) => *id,
        }
    }
}

/// What is done for the rows of one unit, all or nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitStep {
    /// Its rows.
    pub rows: Vec<usize>,
    /// Where it lies.
    pub area: AreaCode,
    /// The unit itself.
    pub what: UnitWhat,
    /// Its posts.
    pub posts: Vec<PostStep>,
}

/// Names of the rows of one unit: its area and its name as compared.
type Key = (AreaCode, String);

/// A unit of the table while it is decided.
struct Draft<'a> {
    /// Its rows, none once it is refused.
    rows: Vec<&'a GoodRow>,
    first_row: usize,
    id: UnitId,
    known: Option<&'a Unit>,
    area: AreaCode,
    written: String,
    parent: Option<UnitId>,
}

struct Decider<'a, 'b> {
    known: &'a KnownUnits<'a>,
    scope: &'a Scope,
    namesakes: Namesakes<'a>,
    areas: BTreeSet<&'a AreaCode>,
    area_names: BTreeMap<String, Vec<&'a AreaCode>>,
    unit_names: BTreeMap<String, Vec<&'a Unit>>,
    units: BTreeMap<UnitId, &'a Unit>,
    drafts: Vec<Draft<'a>>,
    /// Drafts of registered units.
    by_unit: BTreeMap<UnitId, usize>,
    by_key: BTreeMap<Key, usize>,
    refused: Vec<Refused>,
    new_id: &'b mut dyn FnMut() -> Id,
}

/// Decides what an import of units and their posts does beside what is registered. Rows of the same unit (same area,
/// same name however it is typed, or one of its other names) are taken together; a row that is refused leaves the
/// others of its unit standing.
///
/// * `today`: the first day in post where none is given.
/// * `new_id`: gives identifiers for what is new.
pub fn decide_units<'a>(
    rows: &'a [GoodRow],
    known: &'a KnownUnits<'a>,
    scope: &'a Scope,
    today: Date,
    new_id: &mut dyn FnMut() -> Id,
) -> Decided<UnitStep> {
    let mut decider = Decider::new(known, scope, new_id);
    rows.iter().for_each(|row| decider.place(row));
    decider.find_parents();
    decider.drop_circles();
    decider.drop_orphans();
    let mut steps = decider.steps(today);
    steps.sort_by_key(|step| step.rows.first().copied());
    let refused = decider.refused;
    let gone: BTreeSet<usize> = refused.iter().map(|one| one.row).collect();
    steps.retain(|step| step.rows.iter().any(|row| !gone.contains(row)));
    Decided { steps: parents_first(steps), refused }
}

impl<'a, 'b> Decider<'a, 'b> {
    fn new(known: &'a KnownUnits<'a>, scope: &'a Scope, new_id: &'b mut dyn FnMut() -> Id) -> Decider<'a, 'b> {
        let mut area_names: BTreeMap<String, Vec<&AreaCode>> = BTreeMap::new();
        for area in known.areas {
            for name in std::iter::once(&area.name).chain(&area.short) {
                area_names.entry(normal_name(name)).or_default().push(&area.code);
            }
        }
        let mut unit_names: BTreeMap<String, Vec<&Unit>> = BTreeMap::new();
        for unit in known.units {
            let names: BTreeSet<String> = unit.names().map(normal_name).collect();
            names.into_iter().for_each(|name| unit_names.entry(name).or_default().push(unit));
        }
        Decider {
            namesakes: Namesakes::new(known),
            areas: known.areas.iter().map(|area| &area.code).collect(),
            known,
            scope,
            area_names,
            unit_names,
            units: known.units.iter().map(|unit| (unit.id, unit)).collect(),
            drafts: Vec::new(),
            by_unit: BTreeMap::new(),
            by_key: BTreeMap::new(),
            refused: Vec::new(),
            new_id,
        }
    }

    fn refuse(&mut self, row: &GoodRow, field: &'static str, fault: Fault) {
        self.refused.push(Refused { row: row.row, field, fault });
    }

    /// Puts a row to its unit.
    fn place(&mut self, row: &'a GoodRow) {
        let area = match self.area(row) {
            Ok(area) => area,
            Err((field, fault)) => return self.refuse(row, field, fault),
        };
        let written = row.text("name").unwrap_or_default();
        let key = (area, normal_name(&main_name(written)));
        if let Some(&at) = self.by_key.get(&key) {
            return self.drafts[at].rows.push(row);
        }
        let known = match self.registered(written, &key) {
            Ok(known) => known,
            Err(fault) => return self.refuse(row, "name", fault),
        };
        // Two names of one registered unit in the table are one draft.
        if let Some(at) = known.and_then(|known| self.by_unit.get(&known.id).copied()) {
            self.by_key.insert(key, at);
            return self.drafts[at].rows.push(row);
        }
        if known.is_none()
            && row.text("kind").and_then(UnitKind::from_code).is_none()
            && UnitKind::guess(written).is_none()
        {
            return self.refuse(row, "kind", Fault::KindUnknown);
        }
        let id = known.map_or_else(|| UnitId((self.new_id)()), |known| known.id);
        if known.is_some() {
            self.by_unit.insert(id, self.drafts.len());
        }
        self.by_key.insert(key.clone(), self.drafts.len());
        let area = known.map_or(key.0, |known| known.area.clone());
        let parent = known.and_then(|known| known.parent);
        self.drafts.push(Draft {
            rows: vec![row],
            first_row: row.row,
            id,
            known,
            area,
            written: written.to_owned(),
            parent,
        });
    }

    fn area(&self, row: &GoodRow) -> Result<AreaCode, (&'static str, Fault)> {
        if let Some(code) = row.area("area_code") {
            return match self.areas.contains(code) {
                true => Ok(code.clone()),
                false if self.scope.holds_area(code) => Err(("area_code", Fault::NoSuchArea)),
                false => Err(("area_code", Fault::OutsideScope)),
            };
        }
        let name = normal_name(row.text("area_name").unwrap_or_default());
        match self.area_names.get(&name).map_or(&[][..], Vec::as_slice) {
            [] => Err(("area_name", Fault::NoSuchArea)),
            [one] => Ok((*one).clone()),
            many => {
                Err(("area_name", Fault::SeveralAreas { codes: many.iter().map(|code| (*code).clone()).collect() }))
            }
        }
    }

    /// The registered unit that a row is about; none if it is new.
    fn registered(&mut self, written: &str, (area, name): &Key) -> Result<Option<&'a Unit>, Fault> {
        let called = self.unit_names.get(name).map_or(&[][..], Vec::as_slice);
        if let Some(unit) = called.iter().find(|unit| unit.area == *area) {
            return Ok(Some(unit));
        }
        match self.known.answers.get(written) {
            Some(Answer::New) => return Ok(None),
            Some(Answer::Is(id)) => {
                if let Some(unit) = self.units.get(id) {
                    return Ok(Some(unit));
                }
            }
            None => {}
        }
        match self.namesakes.perhaps(name, area) {
            Some(unit) => Err(Fault::PerhapsKnown { unit: unit.id, name: unit.name.clone() }),
            None => Ok(None),
        }
    }

    fn find_parents(&mut self) {
        for at in 0..self.drafts.len() {
            let given = self.drafts[at].rows.iter().copied().find(|row| row.text("parent").is_some());
            let Some((row, name)) = given.and_then(|row| Some((row, row.text("parent")?))) else { continue };
            match self.parent(name, &self.drafts[at].area) {
                Ok(parent) => self.drafts[at].parent = Some(parent),
                Err(fault) => self.refuse_draft(at, row, fault),
            }
        }
    }

    /// The unit of a name: of this table or registered, of the area itself or the nearest above.
    fn parent(&self, name: &str, area: &AreaCode) -> Result<UnitId, Fault> {
        let name = normal_name(&main_name(name));
        for near in std::iter::once(area.clone()).chain(area.ancestors()) {
            if let Some(&at) = self.by_key.get(&(near.clone(), name.clone())) {
                return Ok(self.drafts[at].id);
            }
            let called = self.unit_names.get(&name).into_iter().flatten();
            if let Some(unit) = called.into_iter().find(|unit| unit.area == near) {
                return Ok(unit.id);
            }
        }
        let drafts = self.by_key.iter().filter(|((_, own), _)| *own == name).map(|(_, &at)| &self.drafts[at]);
        let registered = self.unit_names.get(&name).into_iter().flatten().map(|unit| (unit.id, unit.area.clone()));
        let all: BTreeMap<UnitId, AreaCode> =
            drafts.map(|draft| (draft.id, draft.area.clone())).chain(registered).collect();
        let mut all = all.into_iter();
        match (all.next(), all.next()) {
            (None, _) => Err(Fault::NoSuchUnit),
            (Some((id, _)), None) => Ok(id),
            (Some((_, first)), Some((_, second))) => Err(Fault::SeveralUnits {
                codes: [first, second].into_iter().chain(all.map(|(_, area)| area)).collect(),
            }),
        }
    }

    /// Refuses a unit whole: for what row and why, and its other rows with it.
    fn refuse_draft(&mut self, at: usize, cause: &GoodRow, fault: Fault) {
        for row in self.drafts[at].rows.clone() {
            let fault = if row.row == cause.row { fault.clone() } else { Fault::AboveRefused { row: cause.row } };
            self.refuse(row, "parent", fault);
        }
        self.drafts[at].rows.clear();
    }

    /// Refuses units that would stand under themselves.
    fn drop_circles(&mut self) {
        let mut all: BTreeMap<UnitId, Unit> = self.known.units.iter().map(|unit| (unit.id, unit.clone())).collect();
        for draft in &self.drafts {
            all.entry(draft.id).or_insert_with(|| draft.unit()).parent = draft.parent;
        }
        let all: Vec<Unit> = all.into_values().collect();
        let tree = UnitTree::new(&all);
        let in_circle = |draft: &Draft<'_>| {
            let Some(parent) = draft.parent else { return false };
            draft.known.and_then(|known| known.parent) != Some(parent) && tree.check_parent(draft.id, parent).is_err()
        };
        let circles: Vec<usize> = (0..self.drafts.len()).filter(|at| in_circle(&self.drafts[*at])).collect();
        for at in circles {
            if let Some(row) = self.drafts[at].rows.iter().copied().find(|row| row.text("parent").is_some()) {
                self.refuse_draft(at, row, Fault::Circle);
            }
        }
    }

    /// Refuses new units under units of the table that are refused.
    fn drop_orphans(&mut self) {
        loop {
            let is_gone = |draft: &Draft<'_>| draft.rows.is_empty() && draft.known.is_none();
            let gone: BTreeSet<UnitId> =
                self.drafts.iter().filter(|draft| is_gone(draft)).map(|draft| draft.id).collect();
            let under = |draft: &Draft<'_>| !draft.rows.is_empty() && draft.parent.is_some_and(|up| gone.contains(&up));
            let Some(at) = self.drafts.iter().position(under) else { return };
            let Some(row) = self.drafts[at].rows.first().copied() else { return };
            let above = self.drafts[at].parent;
            let above =
                self.drafts.iter().find(|draft| Some(draft.id) == above).map_or(row.row, |draft| draft.first_row);
            self.refuse_draft(at, row, Fault::AboveRefused { row: above });
        }
    }

    fn steps(&mut self, today: Date) -> Vec<UnitStep> {
        let mut posts: BTreeMap<UnitId, Vec<&KnownPost>> = BTreeMap::new();
        for post in self.known.posts {
            posts.entry(post.post.unit).or_default().push(post);
        }
        let mut steps = Vec::new();
        for at in 0..self.drafts.len() {
            let draft = &self.drafts[at];
            if draft.rows.is_empty() {
                continue;
            }
            let there = posts.get(&draft.id).map_or(&[][..], Vec::as_slice);
            let of = Posts { unit: draft.id, there, today };
            let decided = decide_posts(&draft.rows, &of, self.new_id);
            let refused: BTreeSet<usize> = decided.refused.iter().map(|one| one.row).collect();
            let rows: Vec<usize> = draft.rows.iter().map(|row| row.row).filter(|row| !refused.contains(row)).collect();
            steps.push(UnitStep { rows, area: draft.area.clone(), what: draft.what(), posts: decided.steps });
            self.refused.extend(decided.refused);
        }
        steps
    }
}

/// The name without a bracket of second names; a bracket of anything else belongs to it.
fn main_name(written: &str) -> String {
    let taken_apart = split_written(written);
    if taken_apart.remark.is_none() { taken_apart.name } else { written.trim().to_owned() }
}

impl Draft<'_> {
    /// The first value that its rows give to a field.
    fn first<T>(&self, read: impl Fn(&GoodRow) -> Option<T>) -> Option<T> {
        self.rows.iter().find_map(|row| read(row))
    }

    /// Every other name that the rows give.
    fn aliases(&self) -> Vec<Alias> {
        let mut found: Vec<Alias> = Vec::new();
        let alias = |text: &str, kind| Alias { text: text.to_owned(), kind };
        for row in &self.rows {
            let written = split_written(row.text("name").unwrap_or_default());
            found.extend(written.aliases.into_iter().filter(|_| written.remark.is_none()));
            found.extend(row.names("aliases").iter().map(|name| alias(name, AliasKind::Learned)));
            found.extend(row.text("short").map(|name| alias(name, AliasKind::Short)));
            found.extend(row.names("former").iter().map(|name| alias(name, AliasKind::Former)));
        }
        found
    }

    fn kind(&self) -> Option<UnitKind> {
        self.first(|row| row.text("kind").and_then(UnitKind::from_code))
    }

    fn duty_phone(&self) -> Option<PhoneNumber> {
        self.first(|row| row.phone("duty_phone").cloned())
    }

    /// The unit as new.
    fn unit(&self) -> Unit {
        let name = main_name(&self.written);
        let kind = self.kind().or_else(|| UnitKind::guess(&name)).unwrap_or(UnitKind::Other);
        let mut unit = Unit {
            id: self.id,
            name,
            kind,
            area: self.area.clone(),
            parent: self.parent,
            aliases: Vec::new(),
            duty_phone: self.duty_phone(),
            merged_into: None,
        };
        unit.aliases = new_names(&unit, self.aliases());
        unit
    }

    fn what(&self) -> UnitWhat {
        let Some(known) = self.known else { return UnitWhat::Add(self.unit()) };
        let mut given = self.aliases();
        let written = self.rows.iter().filter_map(|row| row.text("name"));
        given.extend(written.map(|name| Alias { text: main_name(name), kind: AliasKind::Learned }));
        let change = UnitChange {
            unit: known.id,
            kind: self.kind().unwrap_or(known.kind),
            parent: self.parent,
            duty_phone: self.duty_phone().or_else(|| known.duty_phone.clone()),
            aliases: new_names(known, given),
        };
        let same = change.kind == known.kind
            && change.parent == known.parent
            && change.duty_phone == known.duty_phone
            && change.aliases.is_empty();
        if same { UnitWhat::Same(known.id) } else { UnitWhat::Change(change) }
    }
}

/// Those names that the unit does not bear, each once.
fn new_names(unit: &Unit, given: Vec<Alias>) -> Vec<Alias> {
    let mut seen: BTreeSet<String> = unit.names().map(normal_name).collect();
    given.into_iter().filter(|alias| seen.insert(normal_name(&alias.text))).collect()
}

/// The steps in an order in which no unit comes before the new one above it.
fn parents_first(steps: Vec<UnitStep>) -> Vec<UnitStep> {
    let mut waiting: BTreeSet<UnitId> =
        steps.iter().filter(|step| matches!(step.what, UnitWhat::Add(_))).map(|step| step.what.id()).collect();
    let (mut ordered, mut left) = (Vec::with_capacity(steps.len()), steps);
    while !left.is_empty() {
        let n_before = left.len();
        let mut later = Vec::new();
        for step in left {
            let above = match &step.what {
                UnitWhat::Add(unit) => unit.parent,
                UnitWhat::Change(change) => change.parent,
                UnitWhat::Same(_) => None,
            };
            if above.is_some_and(|above| waiting.contains(&above)) {
                later.push(step);
            } else {
                waiting.remove(&step.what.id());
                ordered.push(step);
            }
        }
        // Circles are refused before; should one be left, it keeps its order.
        if later.len() == n_before {
            ordered.append(&mut later);
        }
        left = later;
    }
    ordered
}

#[cfg(test)]
mod tests;
