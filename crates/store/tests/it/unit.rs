use std::collections::BTreeSet;

use jiff::civil::date;
use lianfang_domain::{
    UnitId,
    access::{Act, Scope},
    area::AreaCode,
    unit::{Alias, AliasKind, Choices, Unit, UnitKind, UnitTree, merge},
};
use lianfang_store::{
    ListStart, OldName, Store, StoreError, Tx, UnitDetails, UnitOrder, UnitRecord, UnitSearch, UnitState,
};

use crate::ground::{NOW, actor, grounds};

pub(crate) const TODAY: jiff::civil::Date = date(2026, 11, 22);

/// A new unit that is not kept yet.
fn unit(store: &Store, name: &str, area: &str) -> Unit {
    Unit {
        id: UnitId(store.new_id(NOW)),
        name: name.to_owned(),
        kind: UnitKind::Department,
        area: area.parse().unwrap(),
        parent: None,
        aliases: Vec::new(),
        duty_phone: None,
        merged_into: None,
    }
}

/// Keeps what an act changes.
pub(crate) async fn act(store: &Store, change: impl FnOnce(&mut Tx<'_>)) -> Result<(), StoreError> {
    let mut tx = store.begin(&actor(0), Act::ChangeUnits);
    change(&mut tx);
    tx.commit().await
}

/// Adds a unit and reads it again.
pub(crate) async fn added(store: &Store, name: &str, area: &str) -> UnitRecord {
    let unit = unit(store, name, area);
    act(store, |tx| tx.add_unit(&unit, TODAY)).await.unwrap();
    read(store, unit.id).await
}

pub(crate) async fn read(store: &Store, id: UnitId) -> UnitRecord {
    store.unit(id, &Scope::everywhere()).await.unwrap().unwrap()
}

fn in_areas(areas: &[&str]) -> Scope {
    Scope { areas: areas.iter().map(|area| area.parse().unwrap()).collect(), ..Scope::default() }
}

fn search() -> UnitSearch {
    UnitSearch { limit: 25, ..UnitSearch::default() }
}

async fn names(store: &Store, search: &UnitSearch, scope: &Scope) -> Vec<String> {
    let list = store.units(search, scope, TODAY).await.unwrap();
    list.rows.into_iter().map(|row| row.name).collect()
}

#[tokio::test]
async fn a_list_holds_what_the_scope_holds_and_nothing_else() {
    for ground in grounds().await {
        let store = &ground.store;
        let county = added(store, "清河区卫生健康局", "990101").await;
        let town = added(store, "白鹭镇卫生院", "990101003").await;
        let other = added(store, "临河区卫生健康局", "990102").await;
        let mut below = unit(store, "临河区卫健局医政科", "990102");
        below.parent = Some(other.unit.id);
        act(store, |tx| tx.add_unit(&below, TODAY)).await.unwrap();
        assert_eq!(names(store, &search(), &Scope::everywhere()).await.len(), 4);
        assert_eq!(names(store, &search(), &in_areas(&["990101003"])).await, ["白鹭镇卫生院"]);
        assert_eq!(names(store, &search(), &in_areas(&["990101"])).await.len(), 2);
        assert!(names(store, &search(), &Scope::default()).await.is_empty());
        let officer = Scope { units: BTreeSet::from([other.unit.id]), ..Scope::default() };
        assert_eq!(names(store, &search(), &officer).await, ["临河区卫健局医政科", "临河区卫生健康局"]);
        let list = store.units(&search(), &in_areas(&["990101003"]), TODAY).await.unwrap();
        assert_eq!((list.n_found, list.n_all), (1, 1), "a count tells nothing of what is outside");
        assert_eq!(store.unit(county.unit.id, &in_areas(&["990101003"])).await.unwrap(), None);
        assert!(store.unit(town.unit.id, &in_areas(&["990101003"])).await.unwrap().is_some());
    }
}

#[tokio::test]
async fn the_unit_above_is_named_only_where_the_scope_holds_it() {
    for ground in grounds().await {
        let store = &ground.store;
        let county = added(store, "清河区卫生健康局", "990101").await;
        let mut town = unit(store, "白鹭镇卫生院", "990101003");
        town.parent = Some(county.unit.id);
        act(store, |tx| tx.add_unit(&town, TODAY)).await.unwrap();
        let parent = |scope: Scope| async move {
            store.units(&search(), &scope, TODAY).await.unwrap().rows.pop().unwrap().parent.map(|parent| parent.name)
        };
        assert_eq!(parent(in_areas(&["990101"])).await.as_deref(), Some("清河区卫生健康局"));
        assert_eq!(parent(in_areas(&["990101003"])).await, None);
    }
}

#[tokio::test]
async fn pages_follow_each_other_both_ways_whole_and_without_doubles() {
    for ground in grounds().await {
        let store = &ground.store;
        for n in 0..13 {
            // Few names in many areas, so that places are told apart by what comes after the name, too.
            added(store, &format!("单位{}", n % 5), &format!("990101003{:03}", n / 5 + 1)).await;
        }
        for order in [UnitOrder::Area, UnitOrder::AreaBackwards, UnitOrder::Name, UnitOrder::NameBackwards] {
            let whole = UnitSearch { order, ..search() };
            let all: Vec<_> = ids(store, &whole).await;
            assert_eq!(all.len(), 13);
            let (forward, last) = walk(store, order, true, ListStart::First).await;
            assert_eq!(forward, all, "{order:?}");
            let (mut back, _) = walk(store, order, false, last).await;
            back.reverse();
            assert_eq!(back, all[..all.len() - 1], "{order:?}");
        }
    }
}

async fn ids(store: &Store, search: &UnitSearch) -> Vec<UnitId> {
    let list = store.units(search, &Scope::everywhere(), TODAY).await.unwrap();
    list.rows.into_iter().map(|row| row.id).collect()
}

/// Goes through the pages of four; gives back the units in the order met and the place of the last.
async fn walk(store: &Store, order: UnitOrder, forward: bool, start: ListStart) -> (Vec<UnitId>, ListStart) {
    let mut met = Vec::new();
    let mut start = start;
    let mut end = ListStart::First;
    loop {
        let page = UnitSearch { order, start: start.clone(), limit: 4, ..UnitSearch::default() };
        let list = store.units(&page, &Scope::everywhere(), TODAY).await.unwrap();
        let more = if forward { list.has_after } else { list.has_before };
        let mut rows = list.rows;
        if !forward {
            rows.reverse();
        }
        met.extend(rows.iter().map(|row| row.id));
        if let Some(row) = rows.last() {
            // What stands in an address is read again.
            let place = row.place.to_string().parse().unwrap();
            start = if forward { ListStart::After(place) } else { ListStart::Before(place) };
            end = ListStart::Before(row.place.clone());
        }
        if !more {
            return (met, end);
        }
    }
}

#[tokio::test]
async fn filters_find_by_any_name_however_it_is_typed() {
    for ground in grounds().await {
        let store = &ground.store;
        let mut health = unit(store, "清河区卫生健康局", "990101");
        health.aliases.push(Alias { text: "区卫健局".to_owned(), kind: AliasKind::Short });
        act(store, |tx| tx.add_unit(&health, TODAY)).await.unwrap();
        let mut clinic = unit(store, "白鹭镇卫生院", "990101003");
        clinic.kind = UnitKind::PrimaryCare;
        act(store, |tx| tx.add_unit(&clinic, TODAY)).await.unwrap();
        let everywhere = Scope::everywhere();
        for (text, found) in [("卫 健局", 1), ("卫生", 2), ("%", 0), ("_", 0), ("卫", 2), ("没有", 0)] {
            let search = UnitSearch { text: text.to_owned(), ..search() };
            let list = store.units(&search, &everywhere, TODAY).await.unwrap();
            assert_eq!((list.n_found, list.n_all), (found, 2), "{text}");
            assert_eq!(i64::try_from(list.rows.len()), Ok(found));
        }
        let kind = UnitSearch { kind: Some(UnitKind::PrimaryCare), ..search() };
        assert_eq!(names(store, &kind, &everywhere).await, ["白鹭镇卫生院"]);
        let area = UnitSearch { area: Some("990101003".parse().unwrap()), ..search() };
        assert_eq!(names(store, &area, &everywhere).await, ["白鹭镇卫生院"]);
        let closed = UnitSearch { state: Some(UnitState::Closed), ..search() };
        assert!(names(store, &closed, &everywhere).await.is_empty());
    }
}

#[tokio::test]
async fn a_name_is_used_once_in_an_area_among_units_at_work() {
    for ground in grounds().await {
        let store = &ground.store;
        let first = added(store, "清河区卫生健康局", "990101").await;
        let same = unit(store, "清河区 卫生健康局", "990101");
        let taken = act(store, |tx| tx.add_unit(&same, TODAY)).await;
        assert_eq!(taken, Err(StoreError::Taken("unit name")));
        added(store, "清河区卫生健康局", "990102").await;
        act(store, |tx| tx.close_unit(&first)).await.unwrap();
        act(store, |tx| tx.add_unit(&same, TODAY)).await.unwrap();
        let closed = read(store, first.unit.id).await;
        assert_eq!(closed.state, UnitState::Closed);
        assert_eq!(act(store, |tx| tx.reopen_unit(&closed)).await, Err(StoreError::Taken("unit name")));
        act(store, |tx| tx.rename_unit(&closed, "清河区卫生局", OldName::Dropped)).await.unwrap();
        let renamed = read(store, first.unit.id).await;
        act(store, |tx| tx.reopen_unit(&renamed)).await.unwrap();
        assert_eq!(read(store, first.unit.id).await.state, UnitState::Open);
    }
}

#[tokio::test]
async fn a_change_of_an_old_version_keeps_nothing() {
    for ground in grounds().await {
        let store = &ground.store;
        let seen = added(store, "清河区卫生计生委", "990101").await;
        act(store, |tx| tx.rename_unit(&seen, "清河区卫生健康局", OldName::FormerBefore(TODAY))).await.unwrap();
        let details = UnitDetails { kind: UnitKind::Other, ..UnitDetails::of(&seen.unit) };
        assert_eq!(act(store, |tx| tx.change_unit(&seen, &details)).await, Err(StoreError::Changed("unit")));
        assert_eq!(act(store, |tx| tx.close_unit(&seen)).await, Err(StoreError::Changed("unit name")));
        let alias = Alias { text: "区卫健局".to_owned(), kind: AliasKind::Short };
        assert!(act(store, |tx| tx.learn_alias(&seen, &alias, TODAY)).await.is_err());
        let now = read(store, seen.unit.id).await;
        assert_eq!((now.unit.name.as_str(), now.unit.kind), ("清河区卫生健康局", UnitKind::Department));
        let former = Alias { text: "清河区卫生计生委".to_owned(), kind: AliasKind::Former };
        assert_eq!(now.unit.aliases, [former]);
        assert_eq!(now.aliases[0].noted_on, TODAY);
    }
}

#[tokio::test]
async fn aliases_are_learned_and_dropped_and_a_new_name_is_no_alias_of_its_own() {
    for ground in grounds().await {
        let store = &ground.store;
        let unit = added(store, "清河区卫生计生委", "990101").await;
        let alias = Alias { text: "清河区卫生健康局".to_owned(), kind: AliasKind::Learned };
        act(store, |tx| tx.learn_alias(&unit, &alias, TODAY)).await.unwrap();
        let learned = read(store, unit.unit.id).await;
        act(store, |tx| tx.rename_unit(&learned, "清河区卫生健康局", OldName::FormerBefore(TODAY))).await.unwrap();
        let renamed = read(store, unit.unit.id).await;
        assert_eq!(renamed.unit.aliases.len(), 1);
        act(store, |tx| tx.drop_alias(&renamed, "清河区卫生计生委")).await.unwrap();
        assert!(read(store, unit.unit.id).await.unit.aliases.is_empty());
    }
}

#[tokio::test]
async fn a_unit_that_moves_to_another_county_keeps_its_names() {
    for ground in grounds().await {
        let store = &ground.store;
        let mut moving = unit(store, "联合医院", "990101");
        moving.aliases.push(Alias { text: "联医".to_owned(), kind: AliasKind::Short });
        act(store, |tx| tx.add_unit(&moving, TODAY)).await.unwrap();
        let seen = read(store, moving.id).await;
        let to = UnitDetails { area: "990102005".parse().unwrap(), ..UnitDetails::of(&moving) };
        act(store, |tx| tx.change_unit(&seen, &to)).await.unwrap();
        let now = read(store, moving.id).await;
        assert_eq!((now.home().as_str(), now.unit.aliases.len()), ("990102", 1));
        assert_eq!(names(store, &search(), &Scope::everywhere()).await, ["联合医院"]);
    }
}

#[tokio::test]
async fn a_merge_leaves_one_unit_with_all_names_and_old_addresses_lead_to_it() {
    for ground in grounds().await {
        let store = &ground.store;
        let everywhere = Scope::everywhere();
        let survivor = added(store, "清河区卫生健康局", "990101").await;
        let other = added(store, "区卫健局", "990101").await;
        let third = added(store, "区卫健委", "990102").await;
        let mut below = unit(store, "区卫健局医政科", "990101");
        below.parent = Some(other.unit.id);
        act(store, |tx| tx.add_unit(&below, TODAY)).await.unwrap();
        merged(store, &other, &third, Choices::default()).await;
        let other = read(store, other.unit.id).await;
        merged(store, &survivor, &other, Choices::default()).await;
        let now = read(store, survivor.unit.id).await;
        assert!(now.unit.is_called("区卫健局") && now.unit.is_called("区卫健委"));
        assert_eq!(read(store, below.id).await.unit.parent, Some(now.unit.id));
        for gone in [other.unit.id, third.unit.id] {
            assert_eq!(store.unit(gone, &everywhere).await.unwrap(), None);
            assert_eq!(store.survivor(gone, &everywhere).await.unwrap(), Some(now.unit.id));
            assert_eq!(store.survivor(gone, &in_areas(&["990102"])).await.unwrap(), None);
        }
        assert_eq!(names(store, &search(), &everywhere).await.len(), 2);
        let late = act(store, |tx| tx.rename_unit(&other, "区卫生局", OldName::Dropped)).await;
        assert!(matches!(late, Err(StoreError::Changed(_))));
    }
}

/// Merges the other into the survivor, whose values are kept where they differ.
pub(crate) async fn merged(store: &Store, survivor: &UnitRecord, other: &UnitRecord, choices: Choices) {
    use lianfang_domain::unit::Side::Survivor;
    let register = store.unit_register(&Scope::everywhere()).await.unwrap();
    let units: Vec<Unit> = register.into_iter().map(|record| record.unit).collect();
    let choices = Choices { area: choices.area.or(Some(Survivor)), ..choices };
    let decided = merge(&survivor.unit, &other.unit, &UnitTree::new(&units), choices).unwrap();
    act(store, |tx| tx.merge_units(survivor, other, &decided, TODAY)).await.unwrap();
}

#[tokio::test]
async fn a_list_holds_what_lies_in_the_scope_whatever_its_order_and_start() {
    for ground in grounds().await {
        let store = &ground.store;
        let mut all = Vec::new();
        for (n, area) in
            ["990101", "990101001", "990101002", "990101003001", "990102"].iter().cycle().take(25).enumerate()
        {
            let unit = added(store, &format!("单位{n:02}"), area).await.unit;
            all.push((unit.id, unit.area));
        }
        let scopes = [&[][..], &["990101"], &["990101001"], &["990101001", "990101003"], &["990101003001", "990102"]];
        let orders = [UnitOrder::Area, UnitOrder::AreaBackwards, UnitOrder::Name, UnitOrder::NameBackwards];
        for areas in scopes {
            let scope = in_areas(areas);
            for filter in [None, Some("990101"), Some("990101003")] {
                let filter: Option<AreaCode> = filter.map(|code| code.parse().unwrap());
                let held = |area: &AreaCode| {
                    scope.holds_area(area) && filter.as_ref().is_none_or(|filter| filter.contains(area))
                };
                let expected: BTreeSet<UnitId> = all.iter().filter(|(_, area)| held(area)).map(|(id, _)| *id).collect();
                for (order, text) in orders.into_iter().flat_map(|order| [(order, ""), (order, "单位")]) {
                    let mut search = UnitSearch { area: filter.clone(), order, limit: 4, ..UnitSearch::default() };
                    search.text = text.to_owned();
                    let mut seen = Vec::new();
                    loop {
                        let page = store.units(&search, &scope, TODAY).await.unwrap();
                        assert_eq!(page.n_found, i64::try_from(expected.len()).unwrap(), "{areas:?} {order:?} {text}");
                        seen.extend(page.rows.iter().map(|row| row.id));
                        let Some(last) = page.rows.last().filter(|_| page.has_after) else { break };
                        search.start = ListStart::After(last.place.clone());
                    }
                    assert_eq!(seen.len(), expected.len(), "none twice: {areas:?} {order:?}");
                    assert_eq!(seen.iter().copied().collect::<BTreeSet<_>>(), expected, "{areas:?} {order:?}");
                    let Some(last) = seen.last() else { continue };
                    let place = store.units(&search, &scope, TODAY).await.unwrap().rows.last().unwrap().place.clone();
                    search.start = ListStart::Before(place);
                    let before = store.units(&search, &scope, TODAY).await.unwrap();
                    assert!(before.rows.iter().all(|row| expected.contains(&row.id) && row.id != *last));
                    assert_eq!(before.rows.len(), 4.min(expected.len() - 1), "{areas:?} {order:?}");
                }
            }
        }
    }
}
