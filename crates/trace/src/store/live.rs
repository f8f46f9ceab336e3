//! What was appended and is not sealed: small segments in memory, and a tail of stays that are in none yet.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::fault::Fault;
use crate::segment::{Segment, Stay};

/// Stays that are not sealed, by day.
#[derive(Debug, Default)]
pub(crate) struct Live {
    days: BTreeMap<u32, LiveDay>,
}

#[derive(Debug, Default)]
struct LiveDay {
    runs: Vec<Arc<Segment>>,
    tail: Vec<Stay>,
}

/// A run is put together with the one before while that one is less than this many times its size.
const GROWTH: u32 = 4;

impl Live {
    pub(crate) fn push(&mut self, day: u32, stay: Stay) {
        self.days.entry(day).or_default().tail.push(stay);
    }

    /// Puts the tails into segments.
    pub(crate) fn settle(&mut self) -> Result<(), Fault> {
        self.days.iter_mut().try_for_each(|(day, live)| live.settle(*day))
    }

    /// The segments of each day; complete after [`settle`](Live::settle).
    pub(crate) fn parts(&self) -> impl Iterator<Item = (u32, &[Arc<Segment>])> {
        self.days.iter().map(|(day, live)| (*day, live.runs.as_slice()))
    }

    /// Takes everything out.
    pub(crate) fn take(&mut self) -> Result<BTreeMap<u32, Vec<Arc<Segment>>>, Fault> {
        self.settle()?;
        let taken = std::mem::take(self);
        Ok(taken.days.into_iter().map(|(day, live)| (day, live.runs)).collect())
    }
}

impl LiveDay {
    fn settle(&mut self, day: u32) -> Result<(), Fault> {
        if self.tail.is_empty() {
            return Ok(());
        }
        let mut stays = std::mem::take(&mut self.tail);
        while let Some(last) = self.runs.pop_if(|run| (run.view().stays / GROWTH) < stays.len() as u32) {
            stays.extend(last.view().all());
        }
        self.runs.push(Arc::new(Segment::of_stays(day, stays)?));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_small_appends_leave_few_segments_and_lose_nothing() {
        let mut live = Live::default();
        for number in 0..1000u32 {
            live.push(5, Stay { venue: number % 7, enter: 3, person: number, dwell: 1, spot: 0, source: 0 });
            live.settle().unwrap();
        }
        let runs = live.take().unwrap().remove(&5).unwrap();
        assert!(runs.len() <= 6, "{} runs", runs.len());
        assert_eq!(runs.iter().map(|run| run.view().stays).sum::<u32>(), 1000);
    }
}
