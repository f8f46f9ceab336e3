//! Visits go: when their time is over, and when a person asks.

use crate::fault::Fault;
use crate::store::seal::Change;
use crate::store::{Sealed, Store};
use crate::time::Day;
use crate::visit::{Days, PersonId};

impl Store {
    /// Deletes all days that are older than `keep` days on the day `today`: their segments, and the logs that could hold
    /// visits of them. A visit over midnight loses what lies on an expired day.
    ///
    /// # Errors
    /// As [`Store::seal`]; nothing has expired then.
    pub fn expire(&self, today: Day, keep: Days) -> Result<Sealed, Fault> {
        let first_kept = (today.0 + 1).saturating_sub(keep.0);
        self.republish(Change { expire: Some(first_kept), ..Change::default() })
    }

    /// Erases all visits of a person, and the id. Gives whether there was anything to erase.
    ///
    /// # Errors
    /// As [`Store::seal`]; ask again then.
    pub fn erase(&self, person: PersonId) -> Result<bool, Fault> {
        let (number, unfinished) = {
            let inner = self.inner();
            (inner.persons.find(person.0), !inner.erasing.is_empty())
        };
        if number.is_none() && !unfinished {
            return Ok(false);
        }
        self.republish(Change { erase: number.into_iter().collect(), ..Change::default() })?;
        Ok(true)
    }
}
