use super::{Cell, CellState};
use crate::Lang;

/// How complete the reports of some units and periods are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Completeness {
    /// Handed in on time.
    pub n_on_time: usize,
    /// Handed in too late.
    pub n_late: usize,
    /// Over their time and not handed in.
    pub n_missing: usize,
    /// Sent back.
    pub n_returned: usize,
    /// Begun while there is time.
    pub n_draft: usize,
    /// Not begun while there is time.
    pub n_not_yet_due: usize,
    /// Of those handed in, how many were corrected.
    pub n_corrected: usize,
    /// Of those handed in, how many hold unknown or redacted figures.
    pub n_with_unknown: usize,
}

impl Completeness {
    /// Counts a cell in.
    pub fn add(&mut self, cell: &Cell) {
        let counted = match cell.state {
            CellState::NotAsked => return,
            CellState::OnTime => &mut self.n_on_time,
            CellState::Late(_) => &mut self.n_late,
            CellState::Missing => &mut self.n_missing,
            CellState::Returned => &mut self.n_returned,
            CellState::Draft => &mut self.n_draft,
            CellState::NotYetDue => &mut self.n_not_yet_due,
        };
        *counted += 1;
        if cell.state.is_in() {
            self.n_corrected += usize::from(cell.n_corrections > 0);
            self.n_with_unknown += usize::from(cell.n_unknown > 0);
        }
    }

    /// Of cells.
    pub fn of<'a>(cells: impl IntoIterator<Item = &'a Cell>) -> Completeness {
        let mut all = Completeness::default();
        cells.into_iter().for_each(|cell| all.add(cell));
        all
    }

    /// How many were asked for.
    pub fn n_asked(&self) -> usize {
        self.n_in() + self.n_missing + self.n_returned + self.n_draft + self.n_not_yet_due
    }

    /// How many were handed in and stand.
    pub fn n_in(&self) -> usize {
        self.n_on_time + self.n_late
    }

    /// How many of a state, by its code.
    pub fn n(&self, code: &str) -> usize {
        match code {
            "missing" => self.n_missing,
            "returned" => self.n_returned,
            "late" => self.n_late,
            "draft" => self.n_draft,
            "not_yet_due" => self.n_not_yet_due,
            "on_time" => self.n_on_time,
            _ => 0,
        }
    }

    /// `应报 40，已报 37（迟报 2），未报 3：石桥镇人民政府、…`; whoever is missing is named.
    pub fn words(&self, missing: &[String], lang: Lang) -> String {
        let (asked, had, late, open) = (self.n_asked(), self.n_in(), self.n_late, self.n_asked() - self.n_in());
        let names = missing.join(lang.pick("、", ", "));
        let late = match late {
            0 => String::new(),
            n => lang.pick(format!("（迟报 {n}）"), format!(" ({n} late)")),
        };
        let rest = match (open, names.is_empty()) {
            (0, _) => lang.pick("，已报齐。".to_owned(), "; complete.".to_owned()),
            (n, true) => lang.pick(format!("，未报 {n}。"), format!("; {n} missing.")),
            (n, false) => lang.pick(format!("，未报 {n}：{names}。"), format!("; {n} missing: {names}.")),
        };
        lang.pick(format!("应报 {asked}，已报 {had}{late}{rest}"), format!("{had} of {asked} reported{late}{rest}"))
    }
}
