use jiff::civil::{Date, date};
use lianfang_domain::{
    Id, IndicatorId, ReportId, UnitId,
    access::{Act, Scope},
    area::{AreaCode, AreaLevel},
    indicator::{Amount, Denominator, Figure, Indicator, IndicatorState, Period, RollUp, Source},
};
use lianfang_store::{FigureRow, FigureSearch, Store, StoreError};

use crate::ground::{NOW, actor, grounds};

const DAY: Date = date(2026, 11, 22);

fn county() -> AreaCode {
    "990101".parse().unwrap()
}

fn indicator(store: &Store, code: &str) -> Indicator {
    Indicator {
        id: IndicatorId(store.new_id(NOW)),
        area: county(),
        code: code.to_owned(),
        name_zh: "核酸采样人次".to_owned(),
        name_en: "Persons sampled".to_owned(),
        unit_zh: "人次".to_owned(),
        unit_en: "persons".to_owned(),
        meaning: "当日采样，不含复采".to_owned(),
        period: Period::Day,
        since_on: None,
        decimals: 0,
        source: Source::RolledUp(RollUp::Sum),
        level: Some(AreaLevel::Village),
        unit: None,
        low: None,
        high: Some(Amount::whole(10_000)),
        jump_percent: Some(50),
        denominator: Denominator::Population,
        state: IndicatorState::InUse,
        version: 1,
    }
}

fn row(of: &Indicator, place: &str, unit: i64, figure: Figure) -> FigureRow {
    FigureRow {
        area: county(),
        indicator: of.id,
        on: DAY,
        place: place.parse().unwrap(),
        unit: UnitId(Id::from_number(unit)),
        figure,
        as_of_ms: NOW,
        report: Some(ReportId(Id::from_number(unit + 1000))),
        version: 1,
        by: String::new(),
        at_ms: 0,
    }
}

async fn put(store: &Store, rows: &[FigureRow]) {
    let mut tx = store.begin(&actor(0), Act::ChangeIndicators);
    tx.put_figures(rows);
    tx.commit().await.unwrap();
}

fn search<'a>(ids: &'a [IndicatorId], area: &'a AreaCode, under: &'a AreaCode) -> FigureSearch<'a> {
    FigureSearch { area, indicators: ids, from: DAY, to: DAY, under }
}

#[tokio::test]
async fn an_indicator_keeps_every_version_and_the_slower_of_two_is_refused() {
    for ground in grounds().await {
        let store = &ground.store;
        let first = indicator(store, "采样");
        let mut tx = store.begin(&actor(0), Act::ChangeIndicators);
        tx.add_indicator(&first).unwrap();
        tx.commit().await.unwrap();
        let next = Indicator { decimals: 1, ..first.clone() };
        for kept in [true, false] {
            let mut tx = store.begin(&actor(1), Act::ChangeIndicators);
            tx.change_indicator(&first, &next, "口径调整").unwrap();
            assert_eq!(tx.commit().await.is_ok(), kept);
        }
        let found = store.indicator(first.id, &Scope::everywhere()).await.unwrap().unwrap();
        assert_eq!((found.decimals, found.version), (1, 2));
        let versions = store.indicator_versions(&found).await.unwrap();
        assert_eq!(versions.iter().map(|one| one.indicator.version).collect::<Vec<_>>(), [2, 1]);
        assert_eq!(versions[0].why, "口径调整");
        let twin = Indicator { id: IndicatorId(store.new_id(NOW)), ..first.clone() };
        let mut tx = store.begin(&actor(0), Act::ChangeIndicators);
        tx.add_indicator(&twin).unwrap();
        assert!(matches!(tx.commit().await, Err(StoreError::Taken(_))));
        let township = Scope { areas: vec!["990101001".parse().unwrap()], ..Scope::default() };
        assert!(store.indicator(first.id, &township).await.unwrap().is_some());
        let elsewhere = Scope { areas: vec!["990102".parse().unwrap()], ..Scope::default() };
        assert!(store.indicator(first.id, &elsewhere).await.unwrap().is_none());
    }
}

#[tokio::test]
async fn figures_add_up_by_area_and_what_is_missing_stays_missing() {
    for ground in grounds().await {
        let store = &ground.store;
        let of = indicator(store, "采样");
        let large = Amount::whole(999_999_999_999);
        let rows = [
            row(&of, "990101001001", 1, Figure::Known(Amount::whole(710))),
            row(&of, "990101001002", 2, Figure::Unknown),
            row(&of, "990101001003", 3, Figure::NotApplicable),
            row(&of, "990101002001", 4, Figure::Known(Amount::ZERO)),
            row(&of, "990101002002", 5, Figure::Redacted),
            row(&of, "990101003001", 6, Figure::Known("-0.5".parse().unwrap())),
            row(&of, "990101003002", 7, Figure::Known(large)),
            row(&of, "990101003002", 8, Figure::Known(large)),
            row(&of, "990101", 9, Figure::Known(Amount::whole(3))),
        ];
        put(store, &rows).await;
        let (area, ids, all) = (county(), [of.id], Scope::everywhere());
        let sums = store.roll_up(search(&ids, &area, &area), AreaLevel::Township, &all).await.unwrap();
        let shown: Vec<String> =
            sums.iter().map(|sum| format!("{} {:?}", sum.place, sum.total.figure().map(|one| one.typed()))).collect();
        assert_eq!(
            shown,
            [
                "990101 Some(\"3\")",
                "990101001 Some(\"不详\")",
                "990101002 Some(\"*\")",
                "990101003 Some(\"1999999999997.5\")",
            ]
        );
        assert_eq!((sums[1].total.known, sums[1].total.n_not_applicable), (Amount::whole(710), 1));
        let township: AreaCode = "990101001".parse().unwrap();
        let scope = Scope { areas: vec![township.clone()], ..Scope::default() };
        let own = store.roll_up(search(&ids, &area, &area), AreaLevel::Township, &scope).await.unwrap();
        assert_eq!(own.iter().map(|sum| sum.place.to_string()).collect::<Vec<_>>(), ["990101001"]);
        let found = store.figures(search(&ids, &area, &township), &scope).await.unwrap();
        assert_eq!(found.len(), 3);
        assert_eq!((found[1].figure, found[1].unit.0.number()), (Figure::Unknown, 2));
    }
}

#[tokio::test]
async fn a_correction_takes_the_place_of_a_figure_even_from_known_to_unknown() {
    for ground in grounds().await {
        let store = &ground.store;
        let of = indicator(store, "采样");
        put(store, &[row(&of, "990101001001", 1, Figure::Known(Amount::whole(5)))]).await;
        let corrected = FigureRow { version: 2, ..row(&of, "990101001001", 1, Figure::Unknown) };
        put(store, &[row(&of, "990101001001", 1, Figure::Known(Amount::ZERO)), corrected]).await;
        let (area, ids) = (county(), [of.id]);
        let found = store.figures(search(&ids, &area, &area), &Scope::everywhere()).await.unwrap();
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].figure, found[0].version, found[0].at_ms), (Figure::Unknown, 2, NOW));
        assert!(store.figures(search(&[], &area, &area), &Scope::everywhere()).await.unwrap().is_empty());
        assert!(store.figures(search(&ids, &area, &area), &Scope::default()).await.unwrap().is_empty());
    }
}
