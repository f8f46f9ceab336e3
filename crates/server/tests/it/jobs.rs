use axum::http::StatusCode;
use lianfang_domain::access::Act;
use lianfang_server::run_due_jobs;
use lianfang_store::{Actor, JobSearch, NewJob};
use serde_json::json;

use crate::town::{NOW, PASSWORD, towns};

const DAY_MS: i64 = 86_400_000;

#[tokio::test]
async fn every_day_what_ran_out_is_cleared_out() {
    for town in towns().await {
        let (mut system, mut security) = town.set_up().await;
        assert_eq!(run_due_jobs(&town.app).await.unwrap(), 1, "the first day");
        assert_eq!(run_due_jobs(&town.app).await.unwrap(), 0, "once a day");
        system.open("/users/new").await;
        system.send("/users/new", &[("login", "office"), ("name", "办公室")]).await;
        let link = system.between("http://lianfang.test/link/", "<").unwrap();
        security.open("/account").await.shows("security");
        town.wait(5 * DAY_MS);
        assert_eq!(run_due_jobs(&town.app).await.unwrap(), 1);
        for user in town.store.users_after("", 9).await.unwrap() {
            assert_eq!(town.store.sessions_of(user.id).await.unwrap(), [], "{}", user.login);
        }
        let mut late = town.browser();
        late.open(&format!("/link/{link}")).await;
        assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
        late.open("/sign-in").await;
        late.send("/sign-in", &[("login", "system"), ("password", PASSWORD), ("next", "/system/jobs")]).await;
        late.shows("清理过期数据").shows("完成");
        late.open("/system").await.shows("/system/jobs");
    }
}

#[tokio::test]
async fn a_job_that_was_given_up_is_shown_with_its_reason_and_tried_again() {
    for town in towns().await {
        let (mut system, mut security) = town.set_up().await;
        let mut tx = town.store.begin(&Actor::program(NOW), Act::ChangeJobs);
        tx.queue_job(&NewJob::now("of_another_version", json!({})));
        tx.commit().await.unwrap();
        let (_, lease) = town.store.take_job(&["of_another_version"], NOW).await.unwrap().unwrap();
        system.open("/system/jobs").await.shows("of_another_version").shows("进行中");
        let id = town.store.jobs(&JobSearch::default(), 1).await.unwrap()[0].id;
        let retry = format!("/system/jobs/{id}/retry");
        system.send(&retry, &[]).await.shows("不在失败状态");
        assert_eq!(system.status, StatusCode::UNPROCESSABLE_ENTITY);
        town.store.give_up_job(&lease, "unavailable", NOW).await.unwrap();
        system.open("/system/jobs?state=failed").await.shows("数据库无法访问或磁盘已满");
        system.send(&retry, &[]).await.shows("等待");
        assert!(town.store.take_job(&["of_another_version"], NOW).await.unwrap().is_some());
        security.open("/system/jobs").await;
        assert_eq!(security.status, StatusCode::FORBIDDEN);
    }
}
