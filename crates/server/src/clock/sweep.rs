use std::collections::BTreeMap;

use lianfang_domain::{
    UnitId,
    access::{Act, Role},
    area::AreaCode,
    notice::{About, Notice, NoticeKind, Ring, Urgency, rings, told_beside_the_unit},
};
use lianfang_store::{ClockRecord, Recipient, StoreError};

use crate::{
    App,
    app::day_of,
    job::{JobFault, Work},
};

/// The kind of the job.
pub(crate) const SWEEP: &str = "clock.sweep";
/// Clocks that are kept in one act.
const BATCH: u32 = 500;
/// How often a batch is read again because someone changed one of its clocks at the same moment.
const MOST_LOST: u32 = 50;

/// Whether any clock must be looked at.
pub(crate) async fn is_due(app: App) -> Result<bool, StoreError> {
    app.store().is_clock_due(app.now_ms()).await
}

/// Looks at every clock whose time has come: tells who is to be told, and notes when it must be looked at next, both in
/// one act. What another node or a user did at the same moment makes the batch be read again, so that nothing is told
/// twice.
pub(crate) async fn sweep(work: Work) -> Result<(), JobFault> {
    let mut known = Known::default();
    let (mut n_lost, mut n_seen) = (0, 0_u64);
    loop {
        let now_ms = work.app.now_ms();
        let due = work.app.store().due_clocks(now_ms, BATCH).await?;
        if due.is_empty() {
            return Ok(());
        }
        match look_at(&work, &due, &mut known, now_ms).await {
            Ok(()) => n_seen += u64::try_from(due.len()).unwrap_or(0),
            Err(StoreError::Changed(_)) if n_lost < MOST_LOST => n_lost += 1,
            Err(error) => return Err(error.into()),
        }
        work.progress(n_seen, None).await?;
    }
}

async fn look_at(work: &Work, due: &[ClockRecord], known: &mut Known, now_ms: i64) -> Result<(), StoreError> {
    let mut said = Vec::new();
    for record in due {
        let ring = rings(&record.clock, record.escalation, now_ms).filter(|ring| ring.to_string() != record.told);
        let to = match ring {
            Some(ring) => known.recipients(work, record, ring, now_ms).await?,
            None => Vec::new(),
        };
        said.push((record, ring, to));
    }
    let mut tx = work.begin(Act::WatchClocks);
    tx.about("clocks", due.len(), None);
    for (record, ring, to) in said {
        let next = record.clock.next_change_ms(now_ms, record.escalation);
        let told = ring.map_or_else(|| record.told.clone(), |ring| ring.to_string());
        if let Some(ring) = ring {
            tx.notify(&to, &notice(record, ring))?;
        }
        tx.clock_moved_on(record, next, &told);
    }
    tx.commit().await
}

fn notice(record: &ClockRecord, ring: Ring) -> Notice {
    let more = if ring.kind == NoticeKind::ClockStillOut { ring.step.to_string() } else { String::new() };
    Notice {
        kind: ring.kind,
        about: About { what: record.title.clone(), more, due_ms: Some(ring.due_ms) },
        href: record.href.clone(),
        urgency: Urgency::Ordinary,
        area: record.area.clone(),
    }
}

/// Who is told for a unit and who holds a role, asked once a sweep.
#[derive(Default)]
struct Known {
    units: BTreeMap<UnitId, Vec<Recipient>>,
    roles: BTreeMap<(Role, AreaCode), Vec<Recipient>>,
}

impl Known {
    /// The unit; where it has nobody, or none is named, the headquarters office in its place; and whoever is told beside
    /// it by now. Nobody twice.
    async fn recipients(
        &mut self,
        work: &Work,
        record: &ClockRecord,
        ring: Ring,
        now_ms: i64,
    ) -> Result<Vec<Recipient>, StoreError> {
        let mut to = match record.told_unit {
            Some(unit) => self.of_unit(work, unit, now_ms).await?,
            None => Vec::new(),
        };
        let beside = told_beside_the_unit(ring.step);
        let in_its_place = if to.is_empty() && beside.is_empty() { &[Role::Office][..] } else { beside };
        for role in in_its_place {
            to.extend(self.with_role(work, *role, &record.area, now_ms).await?);
        }
        to.sort_by_key(|one| one.user);
        to.dedup_by_key(|one| one.user);
        Ok(to)
    }

    async fn of_unit(&mut self, work: &Work, unit: UnitId, now_ms: i64) -> Result<Vec<Recipient>, StoreError> {
        if let Some(known) = self.units.get(&unit) {
            return Ok(known.clone());
        }
        let found = work.app.store().users_for_unit(unit, day_of(now_ms)).await?;
        self.units.insert(unit, found.clone());
        Ok(found)
    }

    async fn with_role(
        &mut self,
        work: &Work,
        role: Role,
        area: &AreaCode,
        now_ms: i64,
    ) -> Result<Vec<Recipient>, StoreError> {
        let key = (role, area.clone());
        if let Some(known) = self.roles.get(&key) {
            return Ok(known.clone());
        }
        let found = work.app.store().users_with_role(role, area, day_of(now_ms)).await?;
        self.roles.insert(key, found.clone());
        Ok(found)
    }
}
