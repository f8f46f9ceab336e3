use std::collections::{BTreeMap, BTreeSet};

use super::{
    Collective, DraftKind, DraftOwner, Missing, OrderDraft, OrderRole,
    fit::GroupWords,
    owner::Owners,
    times::{limits_in, ruling},
};
use crate::{
    Lang, UnitId,
    plan::{
        Body, DeadlinePlace, DemandedPlan, Duty, Level, Measure, Plan, ResponseLevel, ResponsibilityRole, Source, Span,
        Task, TimeKind,
    },
    unit::normal_name,
};

/// What a person wants proposals from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The level in force; none for a plan without an incident, of which no measures of levels are proposed.
    pub level: Option<ResponseLevel>,
    /// Whether the measures of all levels are meant, whichever is in force.
    pub every_level: bool,
    /// The kinds.
    pub kinds: BTreeSet<DraftKind>,
    /// The titles of the plans that belong to this one: what is there need not be made.
    pub plans_there: Vec<String>,
}

impl Asked {
    /// Everything, at a level.
    pub fn everything(level: Option<ResponseLevel>) -> Asked {
        Asked { level, every_level: false, kinds: DraftKind::ALL.into(), plans_there: Vec::new() }
    }

    /// Everything that a plan asks for at any level.
    pub fn at_any_level() -> Asked {
        Asked { every_level: true, ..Asked::everything(None) }
    }
}

/// Which units the names of a plan mean.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnitsMeant {
    /// Names that people settled; none where they said that no single unit of ours is meant.
    pub names: BTreeMap<String, Option<UnitId>>,
    /// The units of each kind, for names such as `各乡镇`.
    pub kinds: BTreeMap<Collective, Vec<UnitId>>,
}

/// What a plan asks for, as drafts of orders: measures of the level and of those that it includes, duties, tasks, phases,
/// reports and mechanisms. Phrases that close every list of duties are no orders. The same words to the same unit are
/// proposed once.
///
/// The machine proposes; a person looks at it, changes it, and issues it.
pub fn propose(plan: &Plan, asked: &Asked, meant: &UnitsMeant, lang: Lang) -> Vec<OrderDraft> {
    let mut proposed =
        Proposed { owners: Owners { plan, meant }, groups: GroupWords::of(plan), plan, lang, drafts: Vec::new() };
    proposed.measures(asked);
    proposed.duties();
    proposed.tasks();
    proposed.phases();
    proposed.reports();
    proposed.mechanisms();
    proposed.general();
    proposed.sub_plans(&asked.plans_there);
    let mut drafts = proposed.drafts;
    drafts.retain(|draft| asked.kinds.contains(&draft.kind));
    each_once(drafts)
}

/// The levels whose measures hold at a level, the lowest first.
fn included(plan: &Plan, level: ResponseLevel) -> Vec<&Level> {
    let mut found: Vec<&Level> = Vec::new();
    let mut next = Some(level);
    while let Some(one) = next.and_then(|level| plan.levels.iter().find(|one| one.level == level)) {
        if found.iter().any(|seen| seen.level == one.level) {
            break;
        }
        found.push(one);
        let builds_on = || one.measures.iter().any(|measure| measure.text.contains("基础上"));
        next = one.includes.or_else(|| if builds_on() { one.level.lower() } else { None });
    }
    found.reverse();
    found
}

/// The drafts while they are gathered.
struct Proposed<'a> {
    owners: Owners<'a>,
    groups: GroupWords<'a>,
    plan: &'a Plan,
    lang: Lang,
    drafts: Vec<OrderDraft>,
}

impl Proposed<'_> {
    fn add(
        &mut self,
        kind: DraftKind,
        heading: &str,
        text: &str,
        source: &Source,
        owners: Vec<DraftOwner>,
    ) -> &mut OrderDraft {
        let times = limits_in(self.plan, source.span);
        self.drafts.push(OrderDraft {
            kind,
            key: format!("{}:{}-{}", kind.code(), source.span.start, source.span.end),
            level: None,
            heading: heading.to_owned(),
            fits: None,
            text: text.trim().trim_end_matches(['；', ';']).to_owned(),
            span: source.span,
            owners,
            limit: ruling(&times),
            times,
            ongoing: false,
        });
        let last = self.drafts.len() - 1;
        &mut self.drafts[last]
    }

    /// Adds what names no unit: it goes to the group that its words fit, or waits for a person to choose.
    fn add_fitting(&mut self, kind: DraftKind, heading: &str, text: &str, source: &Source) -> &mut OrderDraft {
        let fits = self.groups.fit(&format!("{heading}{text}"));
        let owners = match fits {
            Some(body) => self.owners.body(body).into_iter().filter(|owner| owner.role != OrderRole::Support).collect(),
            None => Vec::new(),
        };
        let owners = if owners.is_empty() { vec![nobody()] } else { owners };
        let draft = self.add(kind, heading, text, source, owners);
        draft.fits = fits.map(|body| body.name.clone());
        draft
    }

    fn measure(&mut self, kind: DraftKind, heading: &str, measure: &Measure) -> &mut OrderDraft {
        if measure.units.is_empty() {
            return self.add_fitting(kind, heading, &measure.text, &measure.source);
        }
        let owners = self.owners.all(parts(&measure.units));
        self.add(kind, heading, &measure.text, &measure.source, owners)
    }

    fn measures(&mut self, asked: &Asked) {
        let levels = match asked.level {
            _ if asked.every_level => self.plan.levels.iter().collect(),
            Some(level) => included(self.plan, level),
            None => Vec::new(),
        };
        for level in levels {
            let words = level.level.words(self.lang);
            for measure in &level.measures {
                let heading = measure.under.clone().unwrap_or_else(|| words.clone());
                self.measure(DraftKind::Measure, &heading, measure).level = Some(level.level);
            }
        }
    }

    fn duties(&mut self) {
        let plan = self.plan;
        for body in plan.organisation.groups.iter().chain(&plan.organisation.expert_groups) {
            for duty in spoken(&body.duties) {
                self.duty_of_body(body, duty);
            }
        }
        for office in plan.organisation.bodies().filter_map(|body| body.office.as_ref()) {
            for duty in spoken(&office.duties) {
                let owners = match (&office.host, duty.units.is_empty()) {
                    (_, false) => self.owners.all(parts(&duty.units)),
                    (Some(host), true) => self.owners.named(host, OrderRole::Responsible),
                    (None, true) => self.owners.named(&office.name, OrderRole::Responsible),
                };
                self.add(DraftKind::Duty, &office.name, &duty.text, &duty.source, owners);
            }
        }
        for unit in &plan.unit_duties {
            for duty in spoken(&unit.duties) {
                let named = if duty.units.is_empty() { std::slice::from_ref(&unit.unit) } else { &duty.units[..] };
                let owners = self.owners.all(parts(named));
                self.add(DraftKind::Duty, &unit.unit, &duty.text, &duty.source, owners);
            }
        }
    }

    fn duty_of_body(&mut self, body: &Body, duty: &Duty) {
        let owners = if duty.units.is_empty() { self.owners.body(body) } else { self.owners.all(parts(&duty.units)) };
        self.add(DraftKind::Duty, &body.name, &duty.text, &duty.source, owners);
    }

    fn tasks(&mut self) {
        for task in &self.plan.tasks {
            let (limit, ongoing) = deadline(task);
            if task.responsible.is_empty() {
                let draft = self.add_fitting(DraftKind::Task, &task.title, &task.text, &task.source);
                (draft.limit, draft.ongoing) = (limit.or(draft.limit.take()), ongoing);
                continue;
            }
            let single = task.responsible.len() == 1;
            let role = |role| match role {
                ResponsibilityRole::Lead => OrderRole::Lead,
                ResponsibilityRole::Support => OrderRole::Support,
                ResponsibilityRole::Responsible if single || !task.shared_by_duty => OrderRole::Responsible,
                ResponsibilityRole::Responsible | ResponsibilityRole::Shared => OrderRole::Shared,
            };
            let owners = self.owners.all(task.responsible.iter().map(|one| (one.unit.as_str(), role(one.role))));
            let draft = self.add(DraftKind::Task, &task.title, &task.text, &task.source, owners);
            (draft.limit, draft.ongoing) = (limit.or(draft.limit.take()), ongoing);
        }
    }

    fn phases(&mut self) {
        for phase in &self.plan.phases {
            let by = phase.to.map(|date| TimeKind::ByDate { date, ongoing: false });
            for item in &phase.items {
                let draft = self.add_fitting(DraftKind::Phase, &phase.name, &item.text, &item.source);
                draft.limit = draft.limit.take().or(by.clone());
            }
        }
    }

    /// Reports with a subject or a time. One that is part of a measure, duty or task is told there already; the steps of
    /// the procedure of levels are no orders.
    fn reports(&mut self) {
        for flow in &self.plan.report_flows {
            let said = !flow.what.trim().is_empty() || flow.when.is_some();
            if !said || self.is_told(flow.source.span) {
                continue;
            }
            let heading = flow.to.join("、");
            let draft = if flow.from.is_empty() {
                self.add_fitting(DraftKind::Report, &heading, &flow.text, &flow.source)
            } else {
                let owners = self.owners.all(parts(&flow.from));
                self.add(DraftKind::Report, &heading, &flow.text, &flow.source, owners)
            };
            if let Some(when) = &flow.when {
                draft.limit = Some(when.kind.clone());
            }
        }
    }

    fn mechanisms(&mut self) {
        for mechanism in &self.plan.mechanisms {
            if !self.is_told(mechanism.source.span) {
                self.add_fitting(DraftKind::Mechanism, &mechanism.name, &mechanism.text, &mechanism.source);
            }
        }
    }

    /// Measures outside the levels, unless they are the tasks or mechanisms themselves, or the headings over them.
    fn general(&mut self) {
        for set in &self.plan.measure_sets {
            for measure in &set.items {
                if !self.is_told(measure.source.span) && !self.holds_a_task(measure.source.span) {
                    let heading = measure.under.clone().unwrap_or_else(|| set.title.clone());
                    self.measure(DraftKind::General, &heading, measure);
                }
            }
        }
    }

    /// Plans that are to be made and are not there. The clause that says so may ask for more, and stays a draft of its own.
    fn sub_plans(&mut self, there: &[String]) {
        let missing = |one: &DemandedPlan| !there.iter().any(|title| one.is_met_by(title));
        for one in self.plan.demanded_plans().into_iter().filter(missing) {
            let owners = self.owners.all(parts(&one.units));
            let owners = if owners.is_empty() { vec![nobody()] } else { owners };
            self.drafts.push(OrderDraft {
                kind: DraftKind::SubPlan,
                key: format!("{}:{}-{}:{}", DraftKind::SubPlan.code(), one.span.start, one.span.end, one.name),
                level: None,
                heading: DraftKind::SubPlan.words(self.lang).to_owned(),
                fits: None,
                text: match self.lang {
                    Lang::Zh => format!("编制《{}》并登记在本预案之下", one.name),
                    Lang::En => format!("Make the plan 《{}》 and register it under this plan", one.name),
                },
                span: one.span,
                owners,
                limit: None,
                times: Vec::new(),
                ongoing: false,
            });
        }
    }

    /// Whether a part of the text lies in something that is proposed already.
    fn is_told(&self, span: Span) -> bool {
        let inside = |own: Span| own.start <= span.start && span.end <= own.end;
        self.drafts.iter().any(|draft| inside(draft.span))
    }

    fn holds_a_task(&self, span: Span) -> bool {
        let whole = [DraftKind::Task, DraftKind::Mechanism, DraftKind::Phase];
        self.drafts.iter().any(|draft| whole.contains(&draft.kind) && draft.span.overlaps(span))
    }
}

/// An owner that a person chooses.
fn nobody() -> DraftOwner {
    DraftOwner { name: String::new(), by: String::new(), role: OrderRole::Responsible, unit: Err(Missing::NobodyNamed) }
}

/// The duties that ask something of someone.
fn spoken(duties: &[Duty]) -> impl Iterator<Item = &Duty> {
    duties.iter().filter(|duty| !duty.boilerplate)
}

/// The parts of several named units: each for its own share; one alone for all of it.
fn parts(names: &[String]) -> impl Iterator<Item = (&str, OrderRole)> {
    let role = if names.len() == 1 { OrderRole::Responsible } else { OrderRole::Shared };
    names.iter().map(move |name| (name.as_str(), role))
}

/// By when a task is due, and whether it is kept up: what stands with the units goes before what stands in the text.
fn deadline(task: &Task) -> (Option<TimeKind>, bool) {
    let mut deadlines: Vec<_> = task.deadlines.iter().collect();
    deadlines.sort_by_key(|deadline| deadline.place != DeadlinePlace::Responsibility);
    let ongoing = deadlines.iter().any(|deadline| deadline.ongoing);
    let date = deadlines.iter().find_map(|deadline| deadline.date);
    (date.map(|date| TimeKind::ByDate { date, ongoing }), ongoing)
}

/// The same words to the same unit once, from where they stand first.
fn each_once(drafts: Vec<OrderDraft>) -> Vec<OrderDraft> {
    let mut seen: BTreeSet<(String, UnitId)> = BTreeSet::new();
    let mut keys = BTreeSet::new();
    let once = |mut draft: OrderDraft| {
        let words = normal_name(&draft.text);
        let had_owners = !draft.owners.is_empty();
        draft.owners.retain(|owner| owner.unit.as_ref().map_or(true, |unit| seen.insert((words.clone(), *unit))));
        ((!had_owners || !draft.owners.is_empty()) && keys.insert(draft.key.clone())).then_some(draft)
    };
    drafts.into_iter().filter_map(once).collect()
}
