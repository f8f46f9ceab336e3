use axum::http::StatusCode;
use jiff::civil::{Date, date};
use lianfang_domain::{
    Id, IndicatorId, UnitId,
    access::{Act, Scope},
    area::AreaCode,
    indicator::{Amount, Figure},
};
use lianfang_store::{Actor, FigureRow, Store};
use serde_json::Value;

use crate::browser::Browser;
use crate::town::{AREAS, NOW, Town, towns};

const TODAY: Date = date(2026, 11, 22);

/// The office of a district with two townships, and the officer of one of them.
async fn people(town: &Town) -> (Browser, Browser) {
    let (mut system, mut security) = town.set_up().await;
    town.add_areas(&mut system, AREAS).await;
    let office = town.person(&mut system, &mut security, "office", "office", "990101").await;
    let township = town.person(&mut system, &mut security, "township", "township_officer", "990101001").await;
    (office, township)
}

/// Defines an indicator; what is not given is as the form has it at first.
pub(crate) async fn define(office: &mut Browser, fields: &[(&str, &str)]) -> Option<String> {
    office.open("/indicators/new").await;
    let usual =
        [("period", "moment"), ("source", "sum"), ("level", "township"), ("decimals", "0"), ("state", "in_use")];
    let kept = usual.iter().filter(|(name, _)| !fields.iter().any(|(given, _)| given == name));
    let all: Vec<(&str, &str)> = kept.copied().chain(fields.iter().copied()).collect();
    office.send("/indicators/new", &all).await;
    (office.status == StatusCode::OK).then(|| office.path.clone())
}

/// The usual ones: rooms, rooms in use, the share of them.
async fn rooms(office: &mut Browser) -> [String; 3] {
    let total = [("code", "总数"), ("name_zh", "隔离房间总数"), ("unit_zh", "间")];
    let used = [("code", "在用"), ("name_zh", "隔离房间在用"), ("unit_zh", "间")];
    let share = [
        ("code", "使用率"),
        ("name_zh", "房间使用率"),
        ("unit_zh", "%"),
        ("source", "formula"),
        ("formula", "百分比(在用, 总数)"),
        ("decimals", "1"),
    ];
    [define(office, &total).await.unwrap(), define(office, &used).await.unwrap(), define(office, &share).await.unwrap()]
}

fn id_of(path: &str) -> IndicatorId {
    path.rsplit('/').next().unwrap().parse().unwrap()
}

pub(crate) async fn put(store: &Store, path: &str, rows: &[(&str, &str)]) {
    let area: AreaCode = "990101".parse().unwrap();
    let row = |(place, typed): &(&str, &str)| FigureRow {
        area: area.clone(),
        indicator: id_of(path),
        on: TODAY,
        place: place.parse().unwrap(),
        unit: UnitId(Id::from_number(7)),
        figure: Figure::parse(typed).unwrap().unwrap(),
        as_of_ms: NOW - 3_600_000,
        report: None,
        version: 1,
        by: String::new(),
        at_ms: 0,
    };
    let rows: Vec<FigureRow> = rows.iter().map(row).collect();
    let mut tx = store.begin(&Actor::program(NOW), Act::ChangeIndicators);
    tx.put_figures(&rows);
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_formula_is_checked_before_it_is_kept_and_says_where_it_is_wrong() {
    for town in towns().await {
        let (mut office, mut township) = people(&town).await;
        let [total, _, share] = rooms(&mut office).await;
        let wrong = [
            ("总数 + 人口", "间", "第 4 列：“+”两边计量单位不同（间 与 人）"),
            ("总数 ÷", "间", "第 5 列：公式没有写完"),
            ("床位 × 2", "张", "没有代码为“床位”的指标"),
            ("百分比(在用, 总数)", "间", "公式结果的单位是“%”，指标的单位是“间”"),
        ];
        for (formula, unit, words) in wrong {
            let fields =
                [("code", "新"), ("name_zh", "新指标"), ("unit_zh", unit), ("source", "formula"), ("formula", formula)];
            assert_eq!(define(&mut office, &fields).await, None);
            office.shows(words).shows("新指标");
        }
        // The total would rest on the share, which rests on the total.
        office.open(&format!("{total}/edit")).await;
        let version = office.between("name=\"version\" value=\"", "\"").unwrap();
        let circle = [
            ("code", "总数"),
            ("name_zh", "隔离房间总数"),
            ("unit_zh", "%"),
            ("source", "formula"),
            ("formula", "使用率 × 2"),
            ("state", "in_use"),
            ("version", version.as_str()),
            ("why", "试"),
        ];
        office.send(&format!("{total}/edit"), &circle).await.shows("绕成一圈：总数 → 使用率 → 总数");
        assert_eq!(office.status, StatusCode::UNPROCESSABLE_ENTITY);
        township.open(&share).await.shows("百分比(在用, 总数)");
        township.open(&format!("{share}/edit")).await;
        assert_eq!(township.status, StatusCode::FORBIDDEN);
    }
}

#[tokio::test]
async fn figures_are_put_together_upwards_with_what_is_missing_named() {
    for town in towns().await {
        let (mut office, mut township) = people(&town).await;
        let [total, used, share] = rooms(&mut office).await;
        put(&town.store, &total, &[("990101001", "40"), ("990101002", "60")]).await;
        put(&town.store, &used, &[("990101001", "10")]).await;
        office.open(&total).await.shows(">100<").shows("石桥镇").shows("柳林镇");
        // The list looks at the area as a whole and says the same.
        office
            .open("/indicators?area=990101&on=2026-11-22")
            .await
            .shows("至少 10")
            .shows("缺 1 个：1 未报")
            .shows(">100<");
        office.open(&used).await.shows("至少 10").shows("缺 1 个：1 未报").shows("未报：柳林镇");
        office.open(&share).await.shows("百分比(在用（不详）, 总数（100）) = 不详").shows("缺：在用");
        // Drilling down: the township that reported has a share, the other has none.
        office
            .open(&format!("{share}?area=990101001&on=2026-11-22"))
            .await
            .shows("百分比(在用（10）, 总数（40）) = 25.0%");
        office.open(&format!("{share}?area=990101002&on=2026-11-22")).await.shows("= 未报");
        put(&town.store, &used, &[("990101002", "不详")]).await;
        office.open(&used).await.shows("缺 1 个：1 不详");
        put(&town.store, &used, &[("990101002", "0")]).await;
        office.open(&share).await.shows("百分比(在用（10）, 总数（100）) = 10.0%");
        put(&town.store, &used, &[("990101002", "—")]).await;
        office.open(&used).await.shows(">10<").shows("不适用");
        // A township sees itself, and nothing of its neighbour.
        township.open(&total).await.shows(">40<");
        assert!(!township.page.contains("柳林镇"), "{}", township.page);
        township.open(&format!("{total}?area=990101")).await;
        assert_eq!(township.status, StatusCode::NOT_FOUND);
        office.open("/indicators").await.shows("房间使用率").shows("逐级汇总");
    }
}

#[tokio::test]
async fn a_zero_below_the_line_has_no_share_and_says_why() {
    for town in towns().await {
        let (mut office, _) = people(&town).await;
        let [total, used, share] = rooms(&mut office).await;
        put(&town.store, &total, &[("990101001", "0"), ("990101002", "0")]).await;
        put(&town.store, &used, &[("990101001", "0"), ("990101002", "0")]).await;
        office.open(&share).await.shows("无法计算：除数“总数”为 0");
    }
}

#[tokio::test]
async fn a_change_makes_a_version_and_the_slower_of_two_sees_the_present_one() {
    for town in towns().await {
        let (mut office, _) = people(&town).await;
        let [_, _, share] = rooms(&mut office).await;
        let edit = format!("{share}/edit");
        office.open(&edit).await;
        let fields = |formula, why| {
            [
                ("code", "使用率"),
                ("name_zh", "房间使用率"),
                ("unit_zh", "%"),
                ("source", "formula"),
                ("formula", formula),
                ("decimals", "1"),
                ("state", "in_use"),
                ("version", "1"),
                ("why", why),
            ]
        };
        office.send(&edit, &fields("百分比(总数, 在用)", "")).await.shows("请说明更改原因");
        office
            .send(&edit, &fields("100 − 百分比(在用, 总数)", "改报空置率"))
            .await
            .shows("改报空置率")
            .shows("由第 2 版公式计算");
        office.send(&edit, &fields("百分比(在用, 总数)", "改回")).await.shows("刚被他人更改").shows("改回");
        assert_eq!(office.between("name=\"version\" value=\"", "\"").as_deref(), Some("2"));
        // The day before it was changed is still reckoned by the first version; there was none before, so by that.
        office.open(&format!("{share}?on=2026-11-21&area=990101")).await.shows("由第 1 版公式计算");
    }
}

#[tokio::test]
async fn a_target_shows_its_gap_and_what_has_to_be_asked() {
    for town in towns().await {
        let (mut office, mut township) = people(&town).await;
        let [total, ..] = rooms(&mut office).await;
        let set = async |office: &mut Browser, fields: &[(&str, &str)]| {
            office.open("/targets/new?area=990101").await;
            let usual =
                [("comparator", "at_least"), ("basis", "方案第七条"), ("indicator", "总数"), ("place", "990101")];
            let kept = usual.iter().filter(|(name, _)| !fields.iter().any(|(given, _)| given == name));
            let all: Vec<(&str, &str)> = kept.copied().chain(fields.iter().copied()).collect();
            office.send("/targets/new", &all).await;
        };
        set(&mut office, &[("how", "per_population"), ("n", "40"), ("per", "10000"), ("deadline_on", "2026-11-20")])
            .await;
        set(&mut office, &[("how", "lost"), ("question", "倍数是多少？")]).await;
        set(&mut office, &[("how", "per_population"), ("n", "40"), ("per", "10000"), ("place", "990101002")]).await;
        put(&town.store, &total, &[("990101001", "710"), ("990101002", "600")]).await;
        office.open("/targets?area=990101").await;
        office
            .shows("人口（412,500） × 40 ÷ 10,000 = 1,650")
            .shows("缺口 340 间")
            .shows("已过期限")
            .shows("倍数是多少？");
        office.shows("“人口”不详，请补报后再算");
        // With a part missing the gap is bounded, never reckoned with zero.
        put(&town.store, &total, &[("990101002", "不详")]).await;
        office.open("/targets?area=990101").await.shows("未知（最多缺 940 间）");
        set(&mut office, &[("how", "amount"), ("n", "零")]).await;
        office.shows("请填写大于 0 的数字").shows("零");
        let edit = format!("/targets/{}", {
            office.open("/targets?area=990101").await;
            office.between("href=\"/targets/0", "\"").map(|rest| format!("0{rest}")).unwrap()
        });
        office.open(&edit).await;
        let version = office.between("name=\"version\" value=\"", "\"").unwrap();
        office.send(&format!("{edit}/end"), &[("version", "77")]).await.shows("刚被他人更改");
        office.send(&format!("{edit}/end"), &[("version", &version)]).await;
        office.open(&edit).await;
        assert_eq!(office.status, StatusCode::NOT_FOUND);
        township.open("/targets?area=990101001").await;
        assert_eq!(township.status, StatusCode::OK);
        assert!(!township.page.contains("1,650"), "{}", township.page);
        office.open("/targets/calculator?example=1").await;
        office
            .shows("438,000 × 40 ÷ 10,000 = 1,752")
            .shows("1,752 × 10,000 ÷ 40 = 438,000")
            .shows("800 → 5–6")
            .shows("缺倍数");
        office.open("/targets/calculator?population=abc").await.shows("应为不小于 0 的数字").shows("未填，不作推算");
    }
}

#[tokio::test]
async fn rules_of_balance_doubt_what_does_not_fit_and_nothing_that_is_unknown() {
    for town in towns().await {
        let (mut office, mut township) = people(&town).await;
        let [total, used, _] = rooms(&mut office).await;
        office.open("/indicators/balance?area=990101").await;
        let rule =
            |right| [("area", "990101"), ("name_zh", "房间"), ("left", "总数"), ("right", right), ("tolerance", "5")];
        office.send("/indicators/balance", &rule("在用 + 人口")).await.shows("两边计量单位不同");
        office.send("/indicators/balance", &rule("在用 + 30")).await.shows("房间").shows("无法判断");
        put(&town.store, &total, &[("990101001", "40"), ("990101002", "0")]).await;
        put(&town.store, &used, &[("990101001", "20"), ("990101002", "0")]).await;
        office.open("/indicators/balance?area=990101").await.shows("不平").shows("总数（40） = 40");
        put(&town.store, &used, &[("990101002", "不详")]).await;
        office.open("/indicators/balance?area=990101").await.shows("无法判断");
        let path = format!("/indicators/balance/{}", office.between("action=\"/indicators/balance/", "\"").unwrap());
        let change = [rule("在用 + 40").as_slice(), &[("version", "1")]].concat();
        office.send(&path, &change).await.shows("在用 + 40");
        office.send(&path, &change).await.shows("刚被他人更改");
        office.send(&path, &[("area", "990101"), ("version", "2"), ("drop", "1")]).await.shows("还没有平衡关系");
        township.open("/indicators/balance").await;
        township.send("/indicators/balance", &rule("在用 + 30")).await;
        assert_eq!(township.status, StatusCode::FORBIDDEN);
    }
}

const SQUARE: &str = "[[[0.1,0.1],[0.2,0.1],[0.2,0.2],[0.1,0.1]]]";

fn geojson(code: &str) -> String {
    format!(
        "{{\"type\":\"FeatureCollection\",\"features\":[{{\"type\":\"Feature\",\"properties\":{{\"code\":\"{code}\"}},\
         \"geometry\":{{\"type\":\"Polygon\",\"coordinates\":{SQUARE}}}}}]}}"
    )
}

#[tokio::test]
async fn a_map_is_checked_against_the_areas_and_shades_what_is_known() {
    for town in towns().await {
        let (mut office, _) = people(&town).await;
        let [total, ..] = rooms(&mut office).await;
        office.open("/indicators/map?area=990101").await.shows("还没有上传地图");
        let beside = [("area", "990101")];
        for (content, words) in [
            (geojson("990102"), "不在本辖区登记之列：990102"),
            ("{".to_owned(), "不是能识别的 GeoJSON"),
            (geojson(""), "第 1 个要素没有区划代码"),
        ] {
            office.upload_with("/indicators/map", &beside, "区.geojson", content.as_bytes()).await.shows(words);
            assert_eq!(office.status, StatusCode::UNPROCESSABLE_ENTITY);
        }
        office.upload_with("/indicators/map", &beside, "区.geojson", geojson("990101001").as_bytes()).await;
        office.shows("<svg").shows("没有边界的辖区：柳林镇");
        put(&town.store, &total, &[("990101001", "不详")]).await;
        office.open(&format!("{total}?area=990101&on=2026-11-22")).await.shows("url(#hatch-map)");
    }
}

#[tokio::test]
async fn programs_get_the_four_kinds_apart_and_nothing_reported_as_null() {
    for town in towns().await {
        let (mut office, _) = people(&town).await;
        let [total, used, _] = rooms(&mut office).await;
        put(&town.store, &total, &[("990101001", "0"), ("990101002", "*")]).await;
        put(&town.store, &used, &[("990101001", "—")]).await;
        office.open("/api/figures?area=990101&on=2026-11-22").await;
        let answer: Value = serde_json::from_slice(&office.bytes).unwrap();
        let of = |code: &str, area: &str| {
            let rows = answer["rows"].as_array().unwrap();
            rows.iter().find(|row| row["code"] == code && row["area"] == area).unwrap().clone()
        };
        let zero = of("总数", "990101001");
        assert_eq!((&zero["state"], &zero["amount"]), (&"known".into(), &"0".into()));
        let redacted = of("总数", "990101002");
        assert_eq!((&redacted["state"], &redacted["amount"]), (&"redacted".into(), &Value::Null));
        let sum = of("总数", "990101");
        assert_eq!((&sum["state"], &sum["amount"], &sum["at_least"]), (&"redacted".into(), &Value::Null, &"0".into()));
        assert_eq!(of("在用", "990101001")["state"], "not_applicable");
        let none = of("在用", "990101002");
        assert_eq!((&none["state"], &none["n_not_reported"]), (&Value::Null, &1.into()));
        assert_eq!(of("使用率", "990101002")["state"], Value::Null);
        office.open("/api/indicators").await.shows("百分比(在用, 总数)");
        office.open("/api/targets").await.shows("\"rows\":[]");
    }
}

#[tokio::test]
async fn what_is_kept_for_the_sum_is_what_was_put() {
    for town in towns().await {
        let (mut office, _) = people(&town).await;
        let [total, ..] = rooms(&mut office).await;
        put(&town.store, &total, &[("990101001", "710"), ("990101002", "1042")]).await;
        office.open(&total).await.shows("1,752");
        let found = town.store.indicator(id_of(&total), &Scope::everywhere()).await.unwrap().unwrap();
        assert_eq!(found.words(Some(Figure::Known(Amount::whole(1752))), lianfang_domain::Lang::Zh), "1,752 间");
    }
}
