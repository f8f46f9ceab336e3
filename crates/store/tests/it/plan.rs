use lianfang_domain::{
    PlanId, UnitId,
    access::{Act, Scope},
    plan::{
        ClauseKey, ClauseKind, Confidence, Duty, Edit, EditKind, Finding, FindingCode, Place, Plan, PlanState,
        PlanTier, Rule, Severity, Source, Span, UnitDuty, Verdict,
    },
};
use lianfang_store::{NewPlan, PlanContent, PlanRecord, Store, StoreError};

use crate::ground::{Ground, NOW, actor, grounds};

fn content() -> PlanContent {
    let text = String::new;
    let finding = |severity| Finding {
        code: FindingCode::SumMismatch,
        severity,
        place: Place::default(),
        message_zh: text(),
        message_en: text(),
        question_zh: text(),
        question_en: text(),
    };
    let source = Source {
        span: Span { start: 0, end: 9 },
        line: 1,
        column: 1,
        rule: Rule::Sentence,
        confidence: Confidence::Certain,
        repairs: Vec::new(),
    };
    let duty = |text: &str| Duty {
        number: None,
        text: text.to_owned(),
        units: Vec::new(),
        boilerplate: false,
        source: source.clone(),
    };
    let duties =
        UnitDuty {
            unit: "区卫健局".to_owned(), duties: vec![duty("联系人"), duty("汇总")], source: source.clone()
        };
    let text = "联系人陈试甲，13900000001".to_owned();
    let plan = Plan { text, unit_duties: vec![duties], ..Plan::default() };
    PlanContent { plan, findings: vec![finding(Severity::Error), finding(Severity::Note)] }
}

async fn added(store: &Store, area: &str, replaces: Option<PlanId>) -> PlanRecord {
    let id = PlanId(store.new_id(NOW));
    let new = NewPlan {
        id,
        area: area.parse().unwrap(),
        title: "清河区应急预案".to_owned(),
        kind: "emergency_plan".to_owned(),
        file: "预案.docx".to_owned(),
        replaces,
        file_of: Some(id),
        tier: PlanTier::default(),
        parent: None,
    };
    let mut tx = store.begin(&actor(1), Act::ChangePlans);
    tx.add_plan(&new, &content()).unwrap();
    tx.keep_plan_file(&new.area, id, b"PK\xff\x00").unwrap();
    tx.commit().await.unwrap();
    read(store, id).await
}

async fn read(store: &Store, id: PlanId) -> PlanRecord {
    store.plan(id, &Scope::everywhere()).await.unwrap().unwrap()
}

async fn accept(ground: &Ground, plan: &PlanRecord, follows: Option<&PlanRecord>) -> Result<(), StoreError> {
    let mut tx = ground.store.begin(&actor(1), Act::AcceptPlans);
    tx.accept_plan(plan, follows);
    tx.commit().await
}

#[tokio::test]
async fn a_plan_is_kept_sealed_with_its_answers_and_units_and_read_within_the_scope_alone() {
    for ground in grounds().await {
        let store = &ground.store;
        let plan = added(store, "990101", None).await;
        assert_eq!((plan.n_errors, plan.n_findings, plan.state), (1, 2, PlanState::Draft));
        assert_eq!(store.plan_content(&plan).await.unwrap(), content());
        let elsewhere = Scope { areas: vec!["990102".parse().unwrap()], ..Scope::default() };
        assert_eq!(store.plan(plan.id, &elsewhere).await.unwrap(), None);
        assert_eq!(store.plans(&elsewhere, None, 9).await.unwrap(), []);
        let unit = UnitId(store.new_id(NOW));
        for (verdict, unit) in [(Verdict::AsWritten, None), (Verdict::Corrected, Some(unit))] {
            let mut tx = store.begin(&actor(1), Act::ChangePlans);
            tx.answer_finding(&plan, 0, verdict, "合计 130");
            tx.mean_unit(&plan, "区财政局", unit);
            tx.commit().await.unwrap();
        }
        let answers = store.plan_answers(&plan).await.unwrap();
        assert_eq!((answers.len(), answers[&0].verdict), (1, Verdict::Corrected));
        assert_eq!(store.plan_units(&plan).await.unwrap()[0].unit, Some(unit));
        store.rotate_keys(&actor(1)).await.unwrap();
        assert_eq!(store.plan_content(&plan).await.unwrap(), content(), "sealed anew");
    }
}

#[tokio::test]
async fn an_accepted_plan_cannot_be_changed_and_a_new_version_takes_its_place() {
    for ground in grounds().await {
        let store = &ground.store;
        let first = added(store, "990101", None).await;
        accept(&ground, &first, None).await.unwrap();
        assert!(matches!(accept(&ground, &first, None).await, Err(StoreError::Changed(_))), "once");
        let first = read(store, first.id).await;
        assert_eq!(first.state, PlanState::Accepted);
        let mut tx = store.begin(&actor(1), Act::ChangePlans);
        tx.answer_finding(&first, 0, Verdict::AsWritten, "");
        assert!(matches!(tx.commit().await, Err(StoreError::Changed(_))));
        let second = added(store, "990101", Some(first.id)).await;
        accept(&ground, &second, Some(&first)).await.unwrap();
        assert_eq!(read(store, first.id).await.state, PlanState::Replaced);
        let draft = added(store, "990101", None).await;
        let mut tx = store.begin(&actor(1), Act::ChangePlans);
        tx.drop_plan(&draft);
        tx.commit().await.unwrap();
        let dropped = read(store, draft.id).await;
        assert!(store.plan_content(&dropped).await.is_err(), "its text is deleted");
        assert_eq!(store.plans(&Scope::everywhere(), None, 9).await.unwrap().len(), 2);
        assert_eq!(store.plans(&Scope::everywhere(), Some(second.id), 9).await.unwrap().len(), 1);
    }
}

#[tokio::test]
async fn the_file_and_the_corrections_of_a_plan_are_kept_sealed_and_go_with_it() {
    for ground in grounds().await {
        let store = &ground.store;
        let plan = added(store, "990101", None).await;
        assert_eq!(store.plan_file(&plan).await.unwrap().unwrap(), b"PK\xff\x00");
        let key = ClauseKey { kind: ClauseKind::Duty, span: Span { start: 0, end: 9 }, was: "汇总".to_owned() };
        let edit = |kind, text: &str| Edit { key: key.clone(), kind, text: text.to_owned(), read: Vec::new() };
        for one in [edit(EditKind::Drop, ""), edit(EditKind::Correct, "汇总每日情况")] {
            let mut tx = store.begin(&actor(3), Act::ChangePlans);
            tx.edit_plan(&plan, &one).unwrap();
            tx.commit().await.unwrap();
        }
        let edits = store.plan_edits(&plan).await.unwrap();
        assert_eq!((edits.len(), edits[1].by.as_str(), edits[1].at_ms), (2, "值班员", NOW + 3));
        let words = |content: PlanContent| content.plan.unit_duties[0].duties[1].text.clone();
        assert_eq!(words(store.plan_content(&plan).await.unwrap()), "汇总每日情况");
        assert_eq!(words(store.plan_as_read(&plan).await.unwrap()), "汇总");
        store.rotate_keys(&actor(4)).await.unwrap();
        assert_eq!(store.plan_edits(&plan).await.unwrap(), edits);
        assert_eq!(store.plan_file(&plan).await.unwrap().unwrap(), b"PK\xff\x00");
        let mut tx = store.begin(&actor(5), Act::ChangePlans);
        tx.drop_plan(&plan);
        tx.commit().await.unwrap();
        assert_eq!((store.plan_file(&plan).await.unwrap(), store.plan_edits(&plan).await.unwrap()), (None, vec![]));
        let mut tx = store.begin(&actor(6), Act::ChangePlans);
        tx.edit_plan(&plan, &edits[0].edit).unwrap();
        assert!(matches!(tx.commit().await, Err(StoreError::Changed(_))), "it is no draft any more");
    }
}

#[tokio::test]
async fn a_draft_is_given_its_place_among_the_plans() {
    for ground in grounds().await {
        let store = &ground.store;
        let (whole, school) = (added(store, "990101", None).await, added(store, "990101", None).await);
        let mut tx = store.begin(&actor(1), Act::ChangePlans);
        tx.place_plan(&school, PlanTier::Special, Some(whole.id));
        tx.commit().await.unwrap();
        let placed = read(store, school.id).await;
        assert_eq!((placed.tier, placed.parent), (PlanTier::Special, Some(whole.id)));
        assert_eq!(store.plans_under(whole.id, &Scope::everywhere()).await.unwrap(), [placed]);
        let elsewhere = Scope { areas: vec!["990102".parse().unwrap()], ..Scope::default() };
        assert_eq!(store.plans_under(whole.id, &elsewhere).await.unwrap(), []);
        let mut tx = store.begin(&actor(2), Act::ChangePlans);
        tx.place_plan(&school, PlanTier::Annual, None);
        assert!(matches!(tx.commit().await, Err(StoreError::Changed(_))), "seen before it was placed");
    }
}
