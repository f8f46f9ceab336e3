use lianfang_domain::{
    UnitId,
    access::{Act, Scope},
    area::{AreaCode, AreaLevel},
    unit::{Unit, UnitKind},
};
use lianfang_store::{Actor, Store, StoreError};
use tokio::task::JoinSet;

use crate::clock;

/// Changes under way at once.
const AT_ONCE: usize = 256;

/// Adds units to the villages of the demo district until there are so many, each through an act of its own.
pub(super) async fn fill(store: &Store, n_units: usize) -> Result<(), StoreError> {
    let day = clock::now().to_zoned(jiff::tz::TimeZone::UTC).date();
    let areas = store.areas_within(&Scope::everywhere()).await?;
    let is_village = |code: &AreaCode| code.level() == AreaLevel::Village;
    let villages: Vec<AreaCode> = areas.into_iter().map(|(area, _)| area.code).filter(is_village).collect();
    let there = store.unit_register(&Scope::everywhere()).await?.len();
    let mut under_way = JoinSet::new();
    for n in there..n_units {
        if under_way.len() >= AT_ONCE
            && let Some(done) = under_way.join_next().await
        {
            done.map_err(|error| StoreError::Broken(error.to_string()))??;
        }
        let (store, area) = (store.clone(), villages[n % villages.len()].clone());
        under_way.spawn(async move {
            let now_ms = clock::now().as_millisecond();
            let unit = Unit {
                id: UnitId(store.new_id(now_ms)),
                name: format!("第{n}号商店"),
                kind: UnitKind::Enterprise,
                area,
                parent: None,
                aliases: Vec::new(),
                duty_phone: None,
                merged_into: None,
            };
            let mut tx = store.begin(&Actor::program(now_ms), Act::ChangeUnits);
            tx.about("unit", unit.id, Some(&unit.area));
            tx.add_unit(&unit, day);
            tx.commit().await
        });
    }
    while let Some(done) = under_way.join_next().await {
        done.map_err(|error| StoreError::Broken(error.to_string()))??;
    }
    Ok(())
}
