use std::collections::BTreeMap;

use jiff::civil::Date;
use lianfang_domain::{
    Id, IndicatorId, ReportTemplateId, UnitId,
    area::AreaCode,
    indicator::{Amount, Denominator, Indicator, IndicatorState, Period, RollUp, Source},
    report::{
        Assignment, Cadence, Covers, LineAsk, ReportLine, ReportTemplate, SUPPLIED, SuppliedAsk, SuppliedTemplate,
        TemplateState, time_of_day,
    },
    unit::UnitKind,
};

use super::words::ReportWords;
use crate::{form::FormErrors, order::Units, visit::Visit};

/// The fields of the form, as they were sent: besides those of [`TemplateForm`], `kind_CODE` for each kind of unit, and
/// for each line `key_N`, `section_zh_N`, `section_en_N`, `ask_N`, `name_zh_N`, `name_en_N`, `required_N`.
pub(super) type Fields = BTreeMap<String, String>;

/// A line as it is typed. `ask` is an indicator, `text`, or `new:` and the code of one that is supplied.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct TypedLine {
    pub(super) key: String,
    pub(super) section_zh: String,
    pub(super) section_en: String,
    pub(super) ask: String,
    pub(super) name_zh: String,
    pub(super) name_en: String,
    pub(super) required: String,
}

/// A template as it is typed.
#[derive(Clone, Debug, Default)]
pub(super) struct TemplateForm {
    pub(super) name_zh: String,
    pub(super) name_en: String,
    pub(super) guidance: String,
    pub(super) area: String,
    pub(super) every: String,
    pub(super) by: String,
    pub(super) weekday: String,
    pub(super) day: String,
    pub(super) on: String,
    pub(super) minutes: String,
    pub(super) covers: String,
    pub(super) kinds: Vec<UnitKind>,
    /// `1` for every unit of the area, whatever its kind.
    pub(super) whole_area: String,
    /// In which area those of the kinds lie.
    pub(super) asked_area: String,
    /// Registered names, one a line.
    pub(super) units: String,
    pub(super) told: String,
    pub(super) state: String,
    pub(super) lines: Vec<TypedLine>,
}

/// Most lines that are read of a form.
const MOST_LINES: usize = 200;

impl TemplateForm {
    pub(super) fn of(fields: &Fields) -> TemplateForm {
        let field = |name: &str| fields.get(name).cloned().unwrap_or_default();
        let line = |n: usize| TypedLine {
            key: field(&format!("key_{n}")),
            section_zh: field(&format!("section_zh_{n}")),
            section_en: field(&format!("section_en_{n}")),
            ask: field(&format!("ask_{n}")),
            name_zh: field(&format!("name_zh_{n}")),
            name_en: field(&format!("name_en_{n}")),
            required: field(&format!("required_{n}")),
        };
        let is_there = |n: &usize| fields.contains_key(&format!("ask_{n}"));
        TemplateForm {
            name_zh: field("name_zh"),
            name_en: field("name_en"),
            guidance: field("guidance"),
            area: field("area"),
            every: field("every"),
            by: field("by"),
            weekday: field("weekday"),
            day: field("day"),
            on: field("on"),
            minutes: field("minutes"),
            covers: field("covers"),
            kinds: UnitKind::ALL
                .into_iter()
                .filter(|kind| fields.contains_key(&format!("kind_{}", kind.code())))
                .collect(),
            whole_area: field("whole_area"),
            asked_area: field("asked_area"),
            units: field("units"),
            told: field("told"),
            state: field("state"),
            lines: (0..MOST_LINES).take_while(is_there).map(line).collect(),
        }
    }

    /// The form of a template that is there.
    pub(super) fn from_template(template: &ReportTemplate, names: &Units) -> TemplateForm {
        let mut form = TemplateForm {
            name_zh: template.name_zh.clone(),
            name_en: template.name_en.clone(),
            guidance: template.guidance.clone(),
            area: template.area.to_string(),
            covers: template.covers.code().to_owned(),
            state: template.state.code().to_owned(),
            lines: template.lines.iter().map(typed_line).collect(),
            told: names.lines(&template.told),
            ..TemplateForm::default()
        };
        form.set_cadence(template.cadence);
        let mut single = Vec::new();
        for one in &template.assigned {
            match one {
                Assignment::Kind { kind, area } => {
                    form.kinds.push(*kind);
                    form.asked_area = area.to_string();
                }
                Assignment::Area { area } => {
                    "1".clone_into(&mut form.whole_area);
                    form.asked_area = area.to_string();
                }
                Assignment::Unit { unit } => single.push(*unit),
            }
        }
        form.units = names.lines(&single);
        form
    }

    /// The form of a supplied template: its indicators are those that are there by their code or name, or new ones.
    pub(super) fn of_supplied(one: &SuppliedTemplate, area: &str, indicators: &[Indicator]) -> TemplateForm {
        use lianfang_domain::Lang::{En, Zh};
        let line = |((section_zh, section_en), ask): &lianfang_domain::report::SuppliedLine| {
            let mut line = TypedLine {
                section_zh: (*section_zh).to_owned(),
                section_en: (*section_en).to_owned(),
                required: "1".to_owned(),
                ..TypedLine::default()
            };
            match ask {
                SuppliedAsk::Figure { code, name, .. } => {
                    let known = indicators.iter().find(|one| one.code == *code || one.name_zh == name.0);
                    line.ask = known.map_or_else(|| format!("new:{code}"), |one| one.id.to_string());
                }
                SuppliedAsk::Text { name } => {
                    "text".clone_into(&mut line.ask);
                    name.0.clone_into(&mut line.name_zh);
                    name.1.clone_into(&mut line.name_en);
                }
            }
            line
        };
        let mut form = TemplateForm {
            name_zh: one.name(Zh).to_owned(),
            name_en: one.name(En).to_owned(),
            guidance: one.guidance(Zh).to_owned(),
            area: area.to_owned(),
            asked_area: area.to_owned(),
            covers: one.covers.code().to_owned(),
            kinds: one.kinds.to_vec(),
            lines: one.lines.iter().map(line).collect(),
            ..TemplateForm::default()
        };
        form.set_cadence(one.cadence);
        form
    }

    pub(super) fn set_cadence(&mut self, cadence: Cadence) {
        cadence.code().clone_into(&mut self.every);
        self.by = cadence.by().map(|by| by.to_string()).unwrap_or_default();
        match cadence {
            Cadence::Weekly { weekday, .. } => self.weekday = weekday.to_string(),
            Cadence::Monthly { day, .. } => self.day = day.to_string(),
            Cadence::Once { on, .. } => self.on = on.to_string(),
            Cadence::AtOnce { minutes } => self.minutes = minutes.to_string(),
            Cadence::Daily { .. } => {}
        }
    }

    fn cadence(&self, t: ReportWords, errors: &mut FormErrors) -> Option<Cadence> {
        if self.every == "at_once" {
            let minutes = self.minutes.trim().parse::<u32>().ok().filter(|n| (1..=10_080).contains(n));
            if minutes.is_none() {
                errors.add("minutes", t.minutes_bad());
            }
            return minutes.map(|minutes| Cadence::AtOnce { minutes });
        }
        let Some(by) = time_of_day(&self.by) else {
            errors.add("by", t.by_bad());
            return None;
        };
        let number = |text: &str, most: i8| text.trim().parse::<i8>().ok().filter(|n| (1..=most).contains(n));
        let found = match self.every.as_str() {
            "weekly" => number(&self.weekday, 7).map(|weekday| Cadence::Weekly { weekday, by }),
            "monthly" => number(&self.day, 31).map(|day| Cadence::Monthly { day, by }),
            "once" => self.on.trim().parse().ok().map(|on| Cadence::Once { on, by }),
            _ => Some(Cadence::Daily { by }),
        };
        if found.is_none() {
            let field = match self.every.as_str() {
                "weekly" => "weekday",
                "monthly" => "day",
                _ => "on",
            };
            errors.add(field, t.day_bad());
        }
        found
    }

    /// The template that was typed, with what is wrong. Indicators that are new come beside it.
    pub(super) fn read(
        &self,
        visit: &Visit,
        (id, from_on): (ReportTemplateId, Date),
        (names, indicators): (&Units, &[Indicator]),
    ) -> (Option<ReportTemplate>, Vec<Indicator>, FormErrors) {
        let (t, mut errors) = (ReportWords(visit.lang), FormErrors::default());
        let area = self.area.parse::<AreaCode>().ok().filter(|area| visit.scope.holds_area(area));
        if area.is_none() {
            errors.add("area", t.area_bad());
        }
        let cadence = self.cadence(t, &mut errors);
        let mut named = |field: &'static str, typed: &str| match names.all_of(typed, visit.lang) {
            Ok(units) => units,
            Err(why) => {
                errors.add(field, why);
                Vec::new()
            }
        };
        let (units, told) = (named("units", &self.units), named("told", &self.told));
        let (Some(area), Some(cadence)) = (area, cadence) else { return (None, Vec::new(), errors) };
        let mut new = Vec::new();
        let lines = self.lines(&area, indicators, visit, &mut new);
        let template = ReportTemplate {
            id,
            name_zh: self.name_zh.trim().to_owned(),
            name_en: self.name_en.trim().to_owned(),
            guidance: self.guidance.trim().to_owned(),
            cadence,
            covers: Covers::from_code(&self.covers).unwrap_or_default(),
            lines,
            assigned: self.assigned(&area, units),
            told,
            state: TemplateState::from_code(&self.state).unwrap_or_default(),
            from_on,
            version: 1,
            area,
        };
        let all: Vec<Indicator> = indicators.iter().chain(&new).cloned().collect();
        for fault in template.faults(&all) {
            errors.add("", fault.words(visit.lang));
        }
        (Some(template), new, errors)
    }

    fn assigned(&self, area: &AreaCode, units: Vec<UnitId>) -> Vec<Assignment> {
        let within = self.asked_area.parse().unwrap_or_else(|_| area.clone());
        let kinds = self.kinds.iter().map(|kind| Assignment::Kind { kind: *kind, area: within.clone() });
        let whole = (!self.whole_area.is_empty()).then(|| Assignment::Area { area: within.clone() });
        kinds.chain(whole).chain(units.into_iter().map(|unit| Assignment::Unit { unit })).collect()
    }

    fn lines(
        &self,
        area: &AreaCode,
        indicators: &[Indicator],
        visit: &Visit,
        new: &mut Vec<Indicator>,
    ) -> Vec<ReportLine> {
        let mut lines: Vec<ReportLine> = Vec::new();
        for typed in &self.lines {
            let is_blank = typed.ask.is_empty() && typed.name_zh.trim().is_empty();
            if is_blank {
                continue;
            }
            let ask = match typed.ask.strip_prefix("new:").and_then(|code| supplied(code, area, visit)) {
                Some(made) => {
                    // A second line for the same code is found as asked twice.
                    let known = new.iter().chain(indicators).find(|one| one.code == made.code).map(|one| one.id);
                    let indicator = known.unwrap_or(made.id);
                    if known.is_none() {
                        new.push(made);
                    }
                    LineAsk::Figure { indicator }
                }
                None => ask_of(typed),
            };
            let kept: Vec<ReportLine> = self.kept_keys();
            let key = match typed.key.trim() {
                "" => ReportTemplate::new_key(&[kept, lines.clone()].concat()),
                key => key.to_owned(),
            };
            lines.push(ReportLine {
                key,
                section_zh: typed.section_zh.trim().to_owned(),
                section_en: typed.section_en.trim().to_owned(),
                ask,
                required: !typed.required.is_empty(),
            });
        }
        lines
    }

    /// Lines that stand for the keys in use, so that no new one takes them.
    fn kept_keys(&self) -> Vec<ReportLine> {
        let line = |typed: &TypedLine| ReportLine {
            key: typed.key.clone(),
            section_zh: String::new(),
            section_en: String::new(),
            ask: LineAsk::Text { name_zh: String::new(), name_en: String::new() },
            required: false,
        };
        self.lines.iter().map(line).collect()
    }
}

fn typed_line(line: &ReportLine) -> TypedLine {
    let mut typed = TypedLine {
        key: line.key.clone(),
        section_zh: line.section_zh.clone(),
        section_en: line.section_en.clone(),
        required: if line.required { "1".to_owned() } else { String::new() },
        ..TypedLine::default()
    };
    match &line.ask {
        LineAsk::Figure { indicator } => typed.ask = indicator.to_string(),
        LineAsk::Text { name_zh, name_en } => {
            "text".clone_into(&mut typed.ask);
            typed.name_zh.clone_from(name_zh);
            typed.name_en.clone_from(name_en);
        }
    }
    typed
}

fn ask_of(typed: &TypedLine) -> LineAsk {
    match typed.ask.parse::<Id>() {
        Ok(id) => LineAsk::Figure { indicator: IndicatorId(id) },
        Err(_) => LineAsk::Text { name_zh: typed.name_zh.trim().to_owned(), name_en: typed.name_en.trim().to_owned() },
    }
}

/// The indicator of a code that is supplied, as a new one of a county.
fn supplied(code: &str, area: &AreaCode, visit: &Visit) -> Option<Indicator> {
    supplied_indicator(code, area, IndicatorId(visit.app.store().new_id(visit.now_ms)))
}

/// The same under an identifier.
pub(crate) fn supplied_indicator(code: &str, area: &AreaCode, id: IndicatorId) -> Option<Indicator> {
    let asks = SUPPLIED.iter().flat_map(|one| one.lines).map(|(_, ask)| ask);
    asks.into_iter().find_map(|ask| match ask {
        SuppliedAsk::Figure { code: own, name, unit, cumulative } if *own == code => Some(Indicator {
            id,
            area: area.home(),
            code: code.to_owned(),
            name_zh: name.0.to_owned(),
            name_en: name.1.to_owned(),
            unit_zh: unit.0.to_owned(),
            unit_en: unit.1.to_owned(),
            meaning: String::new(),
            period: if *cumulative { Period::Cumulative } else { Period::Day },
            since_on: None,
            decimals: 0,
            source: Source::RolledUp(RollUp::Sum),
            level: None,
            unit: None,
            // Nobody counts fewer than none.
            low: Some(Amount::ZERO),
            high: None,
            jump_percent: Some(300),
            denominator: Denominator::None,
            state: IndicatorState::InUse,
            version: 1,
        }),
        _ => None,
    })
}
