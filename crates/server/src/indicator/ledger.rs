use std::collections::BTreeMap;

use jiff::civil::Date;
use lianfang_domain::{
    IndicatorId, Lang,
    access::Scope,
    area::{AreaCode, AreaLevel},
    clock::end_of_day_ms,
    indicator::{Amount, Figure, Formula, Indicator, Input, RollUp, Source, Total, WorkFault, Worked, figure_words},
};
use lianfang_store::{AreaRow, FigureSearch, FigureSum, IndicatorVersion, Store, StoreError};

use crate::{
    chart::Mark,
    report::{Reporter, Reporters, reporters},
};

/// Formulas that take formulas that take formulas: deeper than this is a circle that got in before it was checked.
const DEEPEST: usize = 24;

/// The figures of an area and its parts over some days, with what is needed to put them together and to work formulas
/// out. Loaded by a handful of reads; everything else is reckoning.
pub(crate) struct Ledger {
    /// The area.
    pub(crate) under: AreaRow,
    /// The areas directly below it.
    pub(crate) parts: Vec<AreaRow>,
    /// The indicators of its county.
    pub(crate) indicators: Vec<Indicator>,
    history: BTreeMap<IndicatorId, Vec<IndicatorVersion>>,
    codes: BTreeMap<String, IndicatorId>,
    whole: bool,
    sums: BTreeMap<(IndicatorId, Date), Vec<FigureSum>>,
    named: BTreeMap<AreaCode, Option<i64>>,
    reporters: Reporters,
    lang: Lang,
}

/// What is known of an indicator for an area and day.
#[derive(Clone, Debug, Default)]
pub(crate) struct Valued {
    /// The figure, if anybody reported one.
    pub(crate) figure: Option<Figure>,
    /// The parts it was put together from.
    pub(crate) total: Total,
    /// How it was worked out, for a formula.
    pub(crate) worked: Option<Worked>,
    /// Which version of the definition it was worked out by.
    pub(crate) version: i64,
    /// The latest as-of time of what went in.
    pub(crate) as_of_ms: Option<i64>,
}

/// Which figures a ledger holds.
pub(crate) struct Window<'a> {
    /// The area.
    pub(crate) under: &'a AreaRow,
    /// The first day.
    pub(crate) from: Date,
    /// The last day.
    pub(crate) to: Date,
    /// The codes of the indicators, with what their formulas take; none for all of them.
    pub(crate) codes: Option<&'a [String]>,
}

impl Ledger {
    /// Reads what is known.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub(crate) async fn load(
        store: &Store,
        scope: &Scope,
        window: Window<'_>,
        lang: Lang,
    ) -> Result<Ledger, StoreError> {
        let villages_from = window.from;
        Ledger::read(store, scope, window, (false, villages_from), lang).await
    }

    /// The same of the area as a whole, not of its parts; of what every village reports, which is much, from a later
    /// day on.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub(crate) async fn load_whole(
        store: &Store,
        scope: &Scope,
        window: Window<'_>,
        villages_from: Date,
        lang: Lang,
    ) -> Result<Ledger, StoreError> {
        Ledger::read(store, scope, window, (true, villages_from), lang).await
    }

    async fn read(
        store: &Store,
        scope: &Scope,
        window: Window<'_>,
        (whole, villages_from): (bool, Date),
        lang: Lang,
    ) -> Result<Ledger, StoreError> {
        let county = window.under.code.home();
        let parts = store.areas_below(Some(&window.under.code), scope, window.to).await?;
        let history = store.indicator_history(&county).await?;
        let indicators = present(&history);
        let taken = taken(&indicators, window.codes);
        let level = parts.first().map_or(window.under.code.level(), |part| part.code.level());
        let of = |is: &dyn Fn(&Indicator) -> bool| -> Vec<IndicatorId> {
            taken.iter().filter(|one| is(one)).map(|one| one.id).collect()
        };
        // An older version of a formula may have been put together.
        let is_summed = |one: &Indicator| !matches!(one.source, Source::RolledUp(RollUp::Last) | Source::Typed);
        let is_deep = |one: &Indicator| one.level == Some(AreaLevel::Village);
        let latest = of(&|one| one.source == Source::RolledUp(RollUp::Last));
        let typed = of(&|one| one.source == Source::Typed);
        let summed = of(&|one| is_summed(one) && !is_deep(one));
        let deep = of(&|one| is_summed(one) && is_deep(one));
        let search = |indicators| FigureSearch {
            area: &county,
            indicators,
            from: window.from,
            to: window.to,
            under: &window.under.code,
        };
        let together = if whole { window.under.code.level() } else { level };
        let mut found = store.roll_up(search(&summed), together, scope).await?;
        found.extend(store.roll_up(search(&typed), level, scope).await?);
        let few_days = FigureSearch { from: villages_from, ..search(&deep) };
        found.extend(store.roll_up(few_days, together, scope).await?);
        found.extend(last_of(&store.figures(search(&latest), scope).await?, level));
        let mut sums: BTreeMap<_, Vec<FigureSum>> = BTreeMap::new();
        for sum in found {
            sums.entry((sum.indicator, sum.on)).or_default().push(sum);
        }
        let mut named = BTreeMap::new();
        for area in named_areas(&taken) {
            let row = store.area_row(&area, &Scope::everywhere(), window.to).await?;
            named.insert(area, row.and_then(|row| row.population));
        }
        // What areas report is expected of areas; of everything else the reports say of whom.
        let of_units = of(&|one| one.level.is_none() && matches!(one.source, Source::RolledUp(_)));
        let span = (window.from, window.to);
        let reporters = reporters(store, scope, &window.under.code, span, &of_units).await?;
        let codes = indicators.iter().map(|one| (one.code.clone(), one.id)).collect();
        let mut by_id: BTreeMap<_, Vec<IndicatorVersion>> = BTreeMap::new();
        for version in history {
            by_id.entry(version.indicator.id).or_default().push(version);
        }
        let under = window.under.clone();
        Ok(Ledger { under, parts, indicators, history: by_id, codes, whole, sums, named, reporters, lang })
    }

    /// The indicator of a code as it is now.
    pub(crate) fn indicator(&self, code: &str) -> Option<&Indicator> {
        self.indicators.iter().find(|one| one.code == code)
    }

    /// Whether anything was reported for a day.
    pub(crate) fn has(&self, on: Date) -> bool {
        self.sums.keys().any(|(_, day)| *day == on)
    }

    /// What is known of an indicator for the area itself or one of its parts.
    pub(crate) fn value(&self, code: &str, on: Date, area: &AreaCode) -> Valued {
        self.value_within(code, on, area, 0)
    }

    fn value_within(&self, code: &str, on: Date, area: &AreaCode, depth: usize) -> Valued {
        let Some(indicator) = self.definition(code, on).filter(|_| depth < DEEPEST) else { return Valued::default() };
        let mut valued = match &indicator.source {
            Source::Formula(text) => self.work(text, on, area, depth),
            Source::RolledUp(how) => self.put_together(indicator, *how, on, area),
            Source::Typed => self.typed(indicator, on, area),
        };
        valued.version = indicator.version;
        valued
    }

    /// The definition that held at the end of a day; the first one for days before it was laid down.
    fn definition(&self, code: &str, on: Date) -> Option<&Indicator> {
        let present = self.codes.get(code)?;
        let end_ms = end_of_day_ms(on).unwrap_or(i64::MAX);
        let all = self.history.get(present)?;
        let held = all.iter().take_while(|one| one.at_ms <= end_ms).last().or_else(|| all.first());
        held.map(|one| &one.indicator)
    }

    fn groups(&self, indicator: &Indicator, on: Date) -> &[FigureSum] {
        self.sums.get(&(indicator.id, on)).map(Vec::as_slice).unwrap_or_default()
    }

    /// The figure of an area from those of its parts; whoever is expected and has no row is not reported.
    fn put_together(&self, indicator: &Indicator, how: RollUp, on: Date, area: &AreaCode) -> Valued {
        let groups: Vec<&FigureSum> =
            self.groups(indicator, on).iter().filter(|sum| area.contains(&sum.place)).collect();
        let mut total = Total::default();
        groups.iter().for_each(|sum| total.merge(&sum.total));
        match how {
            RollUp::Sum => {}
            RollUp::Max => total.known = groups.iter().filter_map(|sum| sum.greatest).max().unwrap_or(Amount::ZERO),
            RollUp::Last => {
                let last = groups.iter().max_by_key(|sum| sum.as_of_ms).map(|sum| sum.total);
                total = last.unwrap_or_default();
            }
        }
        let n_in = |of: &AreaCode| -> u64 {
            groups.iter().filter(|sum| of.contains(&sum.place)).map(|sum| sum.n_places).sum()
        };
        if indicator.level.is_none() {
            let (n_asked, n_open) = self.awaited(indicator.id, on, area);
            // The latest of several is one row, so that rows tell nothing there.
            let n_rows = if how == RollUp::Last { n_asked } else { total.n_parts() };
            total.n_not_reported = n_open.max(n_asked.saturating_sub(n_rows));
        } else if self.whole {
            let expected: u64 = self.areas_of(area).into_iter().map(|part| expected(part, indicator.level)).sum();
            let expected = if indicator.level == Some(area.level()) { 1 } else { expected };
            total.n_not_reported = expected.saturating_sub(n_in(area));
        } else if indicator.level == Some(area.level()) {
            total.n_not_reported = u64::from(n_in(area) == 0);
        } else {
            let short = |part: &AreaRow| expected(part, indicator.level).saturating_sub(n_in(&part.code));
            total.n_not_reported = self.areas_of(area).into_iter().map(short).sum();
        }
        valued(total, groups.iter().map(|sum| sum.as_of_ms).max())
    }

    /// How many units are asked for a figure of the area, and how many of them have handed in no report. A report that is
    /// there may leave the figure out, so that rows are looked at beside it.
    fn awaited(&self, indicator: IndicatorId, on: Date, area: &AreaCode) -> (u64, u64) {
        let count = |(n_asked, n_open), one: &Reporter| (n_asked + 1, n_open + u64::from(!one.is_in));
        self.reporters(indicator, on, area).fold((0, 0), count)
    }

    /// Whether an area is asked for a figure of a day. Where reports ask units, those areas are asked that have one of them
    /// on the day; where nothing says who is asked, every area may be.
    pub(crate) fn is_asked(&self, indicator: &Indicator, on: Date, area: &AreaCode) -> bool {
        let by_units = indicator.level.is_none() && self.reporters.keys().any(|(asked, _)| *asked == indicator.id);
        !by_units || self.reporters(indicator.id, on, area).next().is_some()
    }

    /// The units of an area that are asked for a figure of a day by reports.
    pub(super) fn reporters<'a>(
        &'a self,
        indicator: IndicatorId,
        on: Date,
        area: &'a AreaCode,
    ) -> impl Iterator<Item = &'a Reporter> {
        let all = self.reporters.get(&(indicator, on)).map(Vec::as_slice).unwrap_or_default();
        all.iter().filter(|one| area.contains(&one.division))
    }

    /// The parts of an area; a part, or an area without parts, stands for itself.
    fn areas_of(&self, area: &AreaCode) -> Vec<&AreaRow> {
        if *area == self.under.code && !self.parts.is_empty() {
            return self.parts.iter().collect();
        }
        self.parts.iter().chain([&self.under]).filter(|part| part.code == *area).collect()
    }

    /// What was typed for exactly this area.
    fn typed(&self, indicator: &Indicator, on: Date, area: &AreaCode) -> Valued {
        let is_its_level = indicator.level.is_none_or(|level| level == area.level());
        let found = self.groups(indicator, on).iter().find(|sum| sum.place == *area).filter(|_| is_its_level);
        let mut total = found.map(|sum| sum.total).unwrap_or_default();
        if found.is_none() && indicator.level == Some(area.level()) {
            total.n_not_reported = 1;
        }
        valued(total, found.map(|sum| sum.as_of_ms))
    }

    fn work(&self, text: &str, on: Date, area: &AreaCode, depth: usize) -> Valued {
        let Ok(formula) = Formula::read(text) else { return Valued::default() };
        let mut as_of_ms = None;
        let mut known = BTreeMap::new();
        for input in formula.inputs() {
            let figure = match &input {
                Input::Indicator(code) => {
                    let taken = self.value_within(code, on, area, depth + 1);
                    as_of_ms = as_of_ms.max(taken.as_of_ms);
                    taken.figure
                }
                Input::Population(of) => Some(self.population(of.as_ref().unwrap_or(area))),
            };
            known.insert(input, figure);
        }
        let worked = formula.work(&|input| known.get(input).copied().flatten(), self.lang);
        let figure = worked.figure.clone().ok().flatten();
        let mut total = Total::default();
        total.add(figure);
        Valued { figure, total, worked: Some(worked), as_of_ms, version: 0 }
    }

    /// The population of the area, one of its parts, or an area that a formula names.
    pub(crate) fn population(&self, area: &AreaCode) -> Figure {
        let rows = self.parts.iter().chain([&self.under]);
        let found = rows.filter(|row| row.code == *area).find_map(|row| row.population);
        let n = found.or_else(|| self.named.get(area).copied().flatten());
        n.map_or(Figure::Unknown, |n| Figure::Known(Amount::whole(n)))
    }
}

impl Valued {
    /// Why it could not be worked out although everything is known.
    pub(crate) fn fault(&self) -> Option<&WorkFault> {
        self.worked.as_ref().and_then(|worked| worked.figure.as_ref().err())
    }

    /// As it is shown, without what it is counted in and without what is missing: `1,752`, `至少 606`, `未报`.
    pub(crate) fn short_words(&self, indicator: &Indicator, lang: Lang) -> String {
        let whole = self.words(indicator, lang);
        let missing = self.missing_words(lang);
        whole.strip_suffix(&missing).map_or_else(|| whole.clone(), str::to_owned)
    }

    /// `（缺 2 个：1 未报，1 不详）`; empty where nothing is missing from a sum.
    pub(crate) fn missing_words(&self, lang: Lang) -> String {
        if self.worked.is_some() || self.total.n_parts() <= 1 { String::new() } else { self.total.missing_words(lang) }
    }

    /// As it is shown, without what it is counted in.
    pub(crate) fn words(&self, indicator: &Indicator, lang: Lang) -> String {
        if let Some(fault) = self.fault() {
            return fault.words(lang);
        }
        if self.total.n_parts() == 0 {
            return figure_words(None, 0, lang);
        }
        self.total.words(indicator.decimals, lang)
    }

    /// The amount, where nothing is missing.
    pub(crate) fn amount(&self) -> Option<Amount> {
        self.figure.and_then(Figure::amount)
    }

    /// What a chart shows of it.
    pub(crate) fn mark(&self) -> Mark {
        match self.figure {
            Some(Figure::Known(amount)) => Mark::Whole(amount.approximately()),
            Some(Figure::NotApplicable) => Mark::Nothing,
            _ if self.total.n_known > 0 && self.worked.is_none() => Mark::Partial(self.total.known.approximately()),
            _ => Mark::Missing,
        }
    }
}

fn valued(total: Total, as_of_ms: Option<i64>) -> Valued {
    Valued { figure: total.figure(), total, worked: None, as_of_ms, version: 0 }
}

/// How many figures are expected from an area: one from itself, or one from each area directly below it.
fn expected(area: &AreaRow, level: Option<AreaLevel>) -> u64 {
    match level {
        Some(level) if level == area.code.level() => 1,
        Some(level) if level.above() == Some(area.code.level()) => u64::try_from(area.n_below).unwrap_or(0),
        Some(_) | None => 0,
    }
}

/// The latest version of each indicator, in the order in which they were laid down.
fn present(history: &[IndicatorVersion]) -> Vec<Indicator> {
    let latest: BTreeMap<IndicatorId, &Indicator> =
        history.iter().map(|one| (one.indicator.id, &one.indicator)).collect();
    latest.into_values().cloned().collect()
}

/// The indicators of some codes with everything that their formulas take, in any version.
fn taken<'a>(all: &'a [Indicator], codes: Option<&[String]>) -> Vec<&'a Indicator> {
    let Some(codes) = codes else { return all.iter().collect() };
    let mut wanted: Vec<String> = codes.to_vec();
    let mut at = 0;
    while let Some(code) = wanted.get(at) {
        let formula = all.iter().find(|one| one.code == *code).and_then(|one| one.source.formula());
        let more = formula.and_then(|text| Formula::read(text).ok()).map(|formula| formula.codes()).unwrap_or_default();
        let more: Vec<String> = more.into_iter().filter(|code| !wanted.contains(code)).collect();
        wanted.extend(more);
        at += 1;
    }
    all.iter().filter(|one| wanted.contains(&one.code)).collect()
}

fn named_areas(taken: &[&Indicator]) -> Vec<AreaCode> {
    let inputs = taken.iter().filter_map(|one| Formula::read(one.source.formula()?).ok()).flat_map(|one| one.inputs());
    let named = inputs.filter_map(|input| if let Input::Population(Some(area)) = input { Some(area) } else { None });
    named.collect()
}

/// For each indicator, day and part the figure with the latest as-of time.
fn last_of(rows: &[lianfang_store::FigureRow], level: AreaLevel) -> Vec<FigureSum> {
    let mut last: BTreeMap<(IndicatorId, Date, AreaCode), FigureSum> = BTreeMap::new();
    for row in rows {
        let place = row.place.ancestors().find(|above| above.level() == level).unwrap_or_else(|| row.place.clone());
        let mut total = Total::default();
        total.add(Some(row.figure));
        let n_places = last.get(&(row.indicator, row.on, place.clone())).map_or(0, |one| one.n_places) + 1;
        let sum = FigureSum {
            indicator: row.indicator,
            on: row.on,
            place: place.clone(),
            total,
            n_places,
            greatest: row.figure.amount(),
            as_of_ms: row.as_of_ms,
        };
        let kept = last.entry((row.indicator, row.on, place)).or_insert_with(|| sum.clone());
        kept.n_places = n_places;
        if kept.as_of_ms <= sum.as_of_ms {
            *kept = sum;
        }
    }
    last.into_values().collect()
}
