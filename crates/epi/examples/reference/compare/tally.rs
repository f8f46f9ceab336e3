/// What was compared so far.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    pub(crate) cases: usize,
    pub(crate) values: usize,
    /// Largest relative difference of values that count as equal.
    pub(crate) largest: f64,
    pub(crate) mismatches: usize,
    /// Values in which the reference departs from its definition in a way that is known and documented.
    pub(crate) explained: usize,
    /// Cases with a parameter, or a value of one, that is not done here.
    pub(crate) unsupported: usize,
    /// What differs, in words: the first few of each case, then how many more.
    pub(crate) words: Vec<String>,
    case: String,
    /// Differences of the case at hand.
    here: usize,
}

/// Differences of one case that are put in words.
const MOST_WORDS: usize = 3;

impl Tally {
    pub(crate) fn is_fine(&self) -> bool {
        self.mismatches == 0 && self.unsupported == 0
    }

    pub(crate) fn begin(&mut self, case: &str) {
        self.cases += 1;
        self.here = 0;
        case.clone_into(&mut self.case);
    }

    /// A file that is no case.
    pub(crate) fn begin_file(&mut self, file: &str) {
        self.here = 0;
        file.clone_into(&mut self.case);
    }

    /// Ends a case.
    pub(crate) fn end(&mut self) {
        if self.here > MOST_WORDS {
            self.words.push(format!("{}: … {} more", self.case, self.here - MOST_WORDS));
        }
    }

    /// A parameter that is not done here.
    pub(crate) fn refuse(&mut self, what: &str) {
        self.unsupported += 1;
        self.words.push(format!("{}: not supported: {what}", self.case));
    }

    /// Something that could not be compared at all.
    pub(crate) fn fault(&mut self, what: String) {
        self.mismatches += 1;
        self.here += 1;
        if self.here <= MOST_WORDS {
            self.words.push(format!("{}: {what}", self.case));
        }
    }

    /// Two numbers that must be equal up to a relative tolerance, or both be absent.
    pub(crate) fn close(&mut self, place: &str, ours: Option<f64>, theirs: Option<f64>, tolerance: f64) {
        self.close_or(place, ours, theirs, tolerance, 0.0);
    }

    /// As [`Tally::close`], where a difference below `absolute` is none.
    pub(crate) fn close_or(
        &mut self,
        place: &str,
        ours: Option<f64>,
        theirs: Option<f64>,
        tolerance: f64,
        absolute: f64,
    ) {
        self.close_unless(place, (ours, theirs), (tolerance, absolute), || false);
    }

    /// As [`Tally::close_or`]; a difference counts as explained where the known cause of one holds. It is asked for only where
    /// the two differ.
    pub(crate) fn close_unless(
        &mut self,
        place: &str,
        (ours, theirs): (Option<f64>, Option<f64>),
        (tolerance, absolute): (f64, f64),
        known_cause: impl FnOnce() -> bool,
    ) {
        self.values += 1;
        match apart(ours, theirs, absolute) {
            Some(relative) if relative <= tolerance => self.largest = self.largest.max(relative),
            _ if known_cause() => self.explained += 1,
            _ => self.fault(format!("{place}: {ours:?}, reference {theirs:?}")),
        }
    }

    /// A number and one with sampling error.
    pub(crate) fn near(&mut self, place: &str, ours: f64, theirs: f64, allowed: f64) {
        self.values += 1;
        let apart = (ours - theirs).abs();
        if apart.is_nan() || apart > allowed {
            self.fault(format!("{place}: {ours}, sampled {theirs}, allowed {allowed}"));
        }
    }

    /// Two yes-or-no answers.
    pub(crate) fn same(&mut self, place: &str, ours: Option<bool>, theirs: Option<f64>) {
        self.same_unless(place, ours, theirs, || false);
    }

    /// As [`Tally::same`]; a difference counts as explained where the known cause of one holds.
    pub(crate) fn same_unless(
        &mut self,
        place: &str,
        ours: Option<bool>,
        theirs: Option<f64>,
        known_cause: impl FnOnce() -> bool,
    ) {
        self.close_unless(place, (ours.map(|b| f64::from(u8::from(b))), theirs), (0.0, 0.0), known_cause);
    }
}

/// The relative difference of two numbers, 0 where none counts; `None` where one is absent or no number is near.
pub(crate) fn apart(ours: Option<f64>, theirs: Option<f64>, absolute: f64) -> Option<f64> {
    match (ours, theirs) {
        (None, None) => Some(0.0),
        (Some(a), Some(b)) if a == b || (a - b).abs() <= absolute => Some(0.0),
        (Some(a), Some(b)) => Some((a - b).abs() / a.abs().max(b.abs())).filter(|r| !r.is_nan()),
        _ => None,
    }
}
