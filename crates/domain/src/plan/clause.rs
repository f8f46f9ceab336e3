use serde::{Deserialize, Serialize};

use super::{Body, Confidence, Duty, Measure, Member, Office, Plan, Source, Span, Text};
use crate::Lang;

/// What a clause lays down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClauseKind {
    /// A headquarters, group or office and who leads it.
    Body,
    /// A unit in a body.
    Member,
    /// A condition of a level, or of ending.
    Criterion,
    /// What is done at a level, or at every level.
    Measure,
    /// How a level is proposed, approved, changed or ended.
    Procedure,
    /// What a body or unit is there for.
    Duty,
    /// A task with responsible units.
    Task,
    /// A phase with its dates.
    Phase,
    /// Who reports what to whom.
    Report,
    /// A time limit.
    Time,
    /// A figure to be reached or kept.
    Quantity,
}

impl ClauseKind {
    /// Every kind, in the order in which they are shown.
    pub const ALL: [ClauseKind; 11] = [
        ClauseKind::Body,
        ClauseKind::Member,
        ClauseKind::Criterion,
        ClauseKind::Measure,
        ClauseKind::Procedure,
        ClauseKind::Duty,
        ClauseKind::Task,
        ClauseKind::Phase,
        ClauseKind::Report,
        ClauseKind::Time,
        ClauseKind::Quantity,
    ];

    /// In words.
    pub fn words(self, lang: Lang) -> &'static str {
        match self {
            ClauseKind::Body => lang.pick("组织体系", "Organisation"),
            ClauseKind::Member => lang.pick("成员单位", "Members"),
            ClauseKind::Criterion => lang.pick("分级条件", "Conditions"),
            ClauseKind::Measure => lang.pick("响应措施", "Measures"),
            ClauseKind::Procedure => lang.pick("启动与终止程序", "Procedure"),
            ClauseKind::Duty => lang.pick("职责", "Duties"),
            ClauseKind::Task => lang.pick("任务", "Tasks"),
            ClauseKind::Phase => lang.pick("阶段", "Phases"),
            ClauseKind::Report => lang.pick("信息报送", "Reporting"),
            ClauseKind::Time => lang.pick("时限", "Time limits"),
            ClauseKind::Quantity => lang.pick("指标", "Figures"),
        }
    }
}

/// One thing that a plan lays down, as it is looked at beside its sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// What it lays down.
    pub kind: ClauseKind,
    /// What it stands under: the level, the body, the heading; empty when nothing.
    pub under: String,
    /// The words.
    pub text: String,
    /// Who it is for, by their full names.
    pub units: Vec<String>,
    /// By when, in words; empty when nothing is said.
    pub due: String,
    /// Where it stands in the plan's text.
    pub span: Span,
    /// How sure the reader is.
    pub confidence: Confidence,
}

/// The clauses of a plan while they are gathered.
struct Gathered {
    lang: Lang,
    clauses: Vec<Clause>,
}

impl Gathered {
    fn add(&mut self, kind: ClauseKind, under: &str, text: &str, source: &Source) -> &mut Clause {
        let clause = Clause {
            kind,
            under: under.to_owned(),
            text: text.to_owned(),
            units: Vec::new(),
            due: String::new(),
            span: source.span,
            confidence: source.confidence,
        };
        self.clauses.push(clause);
        let last = self.clauses.len() - 1;
        &mut self.clauses[last]
    }

    fn texts(&mut self, kind: ClauseKind, under: &str, texts: &[Text]) {
        for text in texts {
            self.add(kind, under, &text.text, &text.source);
        }
    }

    fn duties(&mut self, under: &str, duties: &[Duty]) {
        // What closes every list of duties asks nothing of anybody.
        for duty in duties.iter().filter(|duty| !duty.boilerplate) {
            self.add(ClauseKind::Duty, under, &duty.text, &duty.source).units.clone_from(&duty.units);
        }
    }

    fn measures(&mut self, under: &str, measures: &[Measure]) {
        for measure in measures {
            self.add(ClauseKind::Measure, under, &measure.text, &measure.source).units.clone_from(&measure.units);
        }
    }

    fn members(&mut self, body: &str, role: &'static str, members: &[Member]) {
        let under = format!("{body}{}{role}", self.lang.pick("，", ", "));
        for member in members {
            let clause = self.add(ClauseKind::Member, &under, &member.name, &member.source);
            clause.units.push(member.name.clone());
            clause.confidence = clause.confidence.max(member.confidence);
        }
    }

    fn office(&mut self, office: &Office) {
        let lang = self.lang;
        let host = office.host.as_ref().map(|host| lang.pick(format!("，设在{host}"), format!(", in {host}")));
        let text = format!("{}{}", office.name, host.unwrap_or_default());
        self.add(ClauseKind::Body, &office.name, &text, &office.source).units.extend(office.host.clone());
        self.members(&office.name, lang.pick("成员", "member"), &office.members);
        self.duties(&office.name, &office.duties);
    }

    fn body(&mut self, body: &Body) {
        let lang = self.lang;
        self.add(ClauseKind::Body, &body.name, &format!("{}：{}", body.kind.words(lang), body.name), &body.source);
        for leader in &body.leaders {
            let who = [&leader.post, &leader.person].into_iter().flatten().cloned().collect::<Vec<_>>().join(" ");
            self.add(ClauseKind::Body, &body.name, &format!("{}：{who}", leader.rank_text), &leader.source);
        }
        self.members(&body.name, lang.pick("牵头单位", "lead"), &body.lead_units);
        self.members(&body.name, lang.pick("成员单位", "member"), &body.members);
        if let Some(office) = &body.office {
            self.office(office);
        }
        self.duties(&body.name, &body.duties);
    }

    fn levels(&mut self, plan: &Plan) {
        let lang = self.lang;
        for level in &plan.levels {
            let under = level.level.words(lang);
            for criterion in &level.criteria {
                self.add(ClauseKind::Criterion, &under, &criterion.text, &criterion.source);
            }
            self.measures(&under, &level.measures);
        }
        for set in &plan.measure_sets {
            self.measures(&set.title, &set.items);
        }
    }

    fn procedure(&mut self, plan: &Plan) {
        let (lang, procedure) = (self.lang, &plan.level_procedure);
        let steps = [
            (lang.pick("提出", "Proposed by"), &procedure.proposes),
            (lang.pick("批准", "Approved by"), &procedure.approves),
            (lang.pick("报备", "Filed with"), &procedure.files_with),
        ];
        for (under, members) in steps {
            for member in members {
                self.add(ClauseKind::Procedure, under, &member.name, &member.source);
            }
        }
        self.texts(ClauseKind::Procedure, lang.pick("评估因素", "To be assessed"), &procedure.assessment_factors);
        self.texts(ClauseKind::Procedure, lang.pick("提级", "Raising"), &procedure.raising);
        self.texts(ClauseKind::Procedure, lang.pick("降级", "Lowering"), &procedure.lowering);
        for condition in &procedure.termination.conditions {
            self.add(ClauseKind::Criterion, lang.pick("终止", "Ending"), &condition.text, &condition.source);
        }
        self.texts(ClauseKind::Procedure, lang.pick("终止后", "Afterwards"), &procedure.termination.afterwards);
    }

    fn work(&mut self, plan: &Plan) {
        let lang = self.lang;
        for unit in &plan.unit_duties {
            let before = self.clauses.len();
            self.duties(&unit.unit, &unit.duties);
            self.clauses[before..].iter_mut().filter(|one| one.units.is_empty()).for_each(|one| {
                one.units.push(unit.unit.clone());
            });
        }
        for task in &plan.tasks {
            let due: Vec<String> = task.deadlines.iter().map(|deadline| deadline.words(lang)).collect();
            let clause = self.add(ClauseKind::Task, &task.title, &task.text, &task.source);
            clause.units = task.responsible.iter().map(|one| one.unit.clone()).collect();
            clause.due = due.join(lang.pick("；", "; "));
        }
        for phase in &plan.phases {
            let end = |date: Option<super::PartialDate>| date.map_or_else(String::new, |date| date.words(lang));
            let clause = self.add(ClauseKind::Phase, &phase.name, &phase.text, &phase.source);
            clause.due = format!("{} – {}", end(phase.from), end(phase.to));
        }
        for flow in &plan.report_flows {
            let under = format!("{} → {}", flow.from.join("、"), flow.to.join("、"));
            let clause = self.add(ClauseKind::Report, &under, &flow.text, &flow.source);
            clause.due = flow.when.as_ref().map(|when| when.kind.words(lang)).unwrap_or_default();
        }
        for time in &plan.times {
            self.add(ClauseKind::Time, &time.subject, &time.text, &time.source).due = time.kind.words(lang);
        }
        for quantity in &plan.quantities {
            let under = quantity.whose.as_deref().unwrap_or_default();
            self.add(ClauseKind::Quantity, under, &quantity.subject_and_figure(), &quantity.source);
        }
    }
}

impl Plan {
    /// Everything that the plan lays down, kind by kind in the order of [`ClauseKind::ALL`], and in each in the order
    /// in which the reader found it.
    pub fn clauses(&self, lang: Lang) -> Vec<Clause> {
        let mut gathered = Gathered { lang, clauses: Vec::new() };
        self.organisation.bodies().for_each(|body| gathered.body(body));
        gathered.levels(self);
        gathered.procedure(self);
        gathered.work(self);
        gathered.clauses.sort_by_key(|clause| clause.kind);
        gathered.clauses
    }

    /// The units that the plan names anywhere, each once, in the order of the text; those that stand for all of a kind
    /// (`各乡镇`) too.
    pub fn unit_names(&self) -> Vec<String> {
        let mut clauses = self.clauses(Lang::Zh);
        clauses.sort_by_key(|clause| clause.span);
        let mut seen = std::collections::BTreeSet::new();
        let names = clauses.into_iter().flat_map(|clause| clause.units);
        names.filter(|name| seen.insert(name.clone())).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::{BodyKind, MemberKind, Rule};
    use super::*;

    fn source(start: u32) -> Source {
        let span = Span { start, end: start + 5 };
        Source { span, line: 1, column: 1, rule: Rule::Sentence, confidence: Confidence::Certain, repairs: Vec::new() }
    }

    fn member(name: &str, start: u32) -> Member {
        Member {
            name: name.to_owned(),
            text: name.to_owned(),
            kind: MemberKind::Unit,
            aliases: Vec::new(),
            confidence: Confidence::Likely,
            source: source(start),
        }
    }

    #[test]
    fn clauses_stand_kind_by_kind_and_units_in_the_order_of_the_text() {
        let mut group = Body::new("综合组", BodyKind::WorkGroup, source(40));
        group.members = vec![member("区财政局", 60), member("区卫健局", 50)];
        let duty = |text: &str, boilerplate| Duty {
            number: None,
            text: text.to_owned(),
            units: Vec::new(),
            boilerplate,
            source: source(70),
        };
        group.duties = vec![duty("汇总情况", false), duty("承办其他工作", true)];
        let mut plan = Plan::default();
        plan.organisation.groups.push(group);
        plan.unit_duties.push(super::super::UnitDuty {
            unit: "区教育局".to_owned(),
            duties: vec![duty("落实晨检", false)],
            source: source(10),
        });
        let clauses = plan.clauses(Lang::Zh);
        let texts: Vec<&str> = clauses.iter().map(|clause| clause.text.as_str()).collect();
        let expected = ["工作组：综合组", "区财政局", "区卫健局", "汇总情况", "落实晨检"];
        assert_eq!(texts, expected, "and what closes every list is left out");
        assert_eq!((clauses[1].confidence, clauses[1].under.as_str()), (Confidence::Likely, "综合组，成员单位"));
        assert_eq!(plan.unit_names(), ["区卫健局", "区财政局", "区教育局"]);
        assert!(clauses.windows(2).all(|pair| pair[0].kind <= pair[1].kind));
    }
}
