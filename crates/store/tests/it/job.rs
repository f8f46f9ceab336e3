use lianfang_domain::access::Act;
use lianfang_domain::job::{JobState, LEASE_MS, MOST_ATTEMPTS, wait_after};
use lianfang_domain::{JobId, UserId};
use lianfang_store::{Actor, Job, JobSearch, Lease, NewJob, Settings, Store, StoreError};
use serde_json::json;

use crate::ground::{NOW, actor, grounds};

const KIND: &str = "count";
const KINDS: &[&str] = &[KIND];

async fn queue(store: &Store, new: &NewJob) -> JobId {
    let mut tx = store.begin(&actor(0), Act::ViewSystem);
    tx.about("job", KIND, None);
    let id = tx.queue_job(new);
    tx.commit().await.unwrap();
    id
}

async fn queued(store: &Store) -> JobId {
    queue(store, &NewJob::now(KIND, json!({ "of": 3 }))).await
}

async fn take(store: &Store, after_ms: i64) -> Option<(Job, Lease)> {
    store.take_job(KINDS, NOW + after_ms).await.unwrap()
}

fn lost() -> Result<(), StoreError> {
    Err(StoreError::Changed("job"))
}

#[tokio::test]
async fn a_job_is_taken_reports_how_far_it_is_and_ends() {
    for ground in grounds().await {
        let store = &ground.store;
        let id = queued(store).await;
        assert_eq!(store.take_job(&["another"], NOW).await.unwrap(), None, "only known kinds are taken");
        let (job, lease) = take(store, 0).await.unwrap();
        assert_eq!((job.id, job.state, job.attempts, job.body.as_str()), (id, JobState::Running, 1, r#"{"of":3}"#));
        assert_eq!(job.actor(NOW + 5), actor(5), "what it changes is changed for whoever asked");
        assert_eq!(take(store, 0).await, None);
        store.note_progress(&lease, 2, Some(3), NOW + 1).await.unwrap();
        let seen = store.job(id).await.unwrap().unwrap();
        assert_eq!((seen.n_done, seen.n_total, seen.lease_until_ms), (2, Some(3), NOW + 1 + LEASE_MS));
        store.finish_job(&lease, NOW + 2).await.unwrap();
        store.finish_job(&lease, NOW + 2).await.unwrap();
        let done = store.job(id).await.unwrap().unwrap();
        assert_eq!((done.state, done.ended_at_ms), (JobState::Done, Some(NOW + 2)));
        assert_eq!(take(store, 10 * LEASE_MS).await, None);
        assert_eq!(store.n_jobs().await.unwrap(), [(JobState::Done, 1)]);
        assert_eq!(store.latest_job(KIND).await.unwrap(), Some(NOW));
    }
}

#[tokio::test]
async fn a_job_is_queued_with_its_change_or_not_at_all() {
    for ground in grounds().await {
        let store = &ground.store;
        let mut tx = store.begin(&actor(0), Act::ViewSystem);
        tx.queue_job(&NewJob::now(KIND, json!({})));
        // Nobody with this number exists, so the change fails.
        tx.note_success(UserId(store.new_id(NOW)), 1);
        assert!(matches!(tx.commit().await, Err(StoreError::Changed(_))));
        let mut dropped = store.begin(&actor(0), Act::ViewSystem);
        dropped.queue_job(&NewJob::now(KIND, json!({})));
        drop(dropped);
        assert_eq!(take(store, 0).await, None);
        assert_eq!(store.jobs(&JobSearch::default(), 9).await.unwrap(), []);
    }
}

#[tokio::test]
async fn many_who_take_at_once_never_take_the_same_job() {
    for ground in grounds().await {
        for _ in 0..40 {
            queued(&ground.store).await;
        }
        let other = match &ground.settings.database {
            Some(_) => Store::open(&Settings { node: 1, ..ground.settings.clone() }, NOW).await.unwrap(),
            None => ground.store.clone(),
        };
        let takers = (0..8).map(|n| {
            let store = if n % 2 == 0 { ground.store.clone() } else { other.clone() };
            tokio::spawn(async move {
                let mut mine = Vec::new();
                while let Some((job, lease)) = take(&store, 0).await {
                    tokio::task::yield_now().await;
                    store.finish_job(&lease, NOW).await.unwrap();
                    mine.push((job.id, job.attempts));
                }
                mine
            })
        });
        let mut taken = Vec::new();
        for taker in takers.collect::<Vec<_>>() {
            taken.extend(taker.await.unwrap());
        }
        taken.sort_unstable();
        assert_eq!(taken.len(), 40, "{}", ground.store.database_name());
        taken.dedup();
        assert_eq!(taken.len(), 40);
        assert!(taken.iter().all(|(_, attempts)| *attempts == 1));
    }
}

#[tokio::test]
async fn a_job_whose_process_died_is_taken_again_and_the_old_lease_is_worth_nothing() {
    for ground in grounds().await {
        let store = &ground.store;
        let id = queued(store).await;
        let (_, old) = take(store, 0).await.unwrap();
        assert_eq!(take(store, LEASE_MS - 1).await, None);
        store.extend_lease(&old, NOW + LEASE_MS - 1).await.unwrap();
        assert_eq!(take(store, LEASE_MS).await, None, "the lease was made longer");
        let (job, new) = take(store, 2 * LEASE_MS).await.unwrap();
        assert_eq!((job.id, job.attempts), (id, 2));
        assert_eq!(store.note_progress(&old, 1, None, NOW).await, lost());
        assert_eq!(store.extend_lease(&old, NOW).await, lost());
        assert_eq!(store.finish_job(&old, NOW).await, lost());
        assert_eq!(store.return_job(&old, NOW).await, lost());
        let mut tx = store.begin(&actor(0), Act::ViewSystem);
        tx.finish_job(&old);
        assert_eq!(tx.commit().await, lost(), "what it would change is not kept either");
        let mut tx = store.begin(&actor(0), Act::ViewSystem);
        tx.finish_job(&new);
        tx.commit().await.unwrap();
        assert_eq!(store.job(id).await.unwrap().unwrap().state, JobState::Done);
    }
}

#[tokio::test]
async fn a_job_that_fails_waits_longer_each_time_is_given_up_and_can_be_tried_again() {
    for ground in grounds().await {
        let store = &ground.store;
        let id = queued(store).await;
        let mut at = 0;
        for attempt in 1..=MOST_ATTEMPTS {
            let (job, lease) = take(store, at).await.unwrap();
            assert_eq!(job.attempts, attempt);
            let state = store.fail_job(&job, &lease, "unavailable", NOW + at).await.unwrap();
            let Some(wait) = wait_after(attempt) else {
                assert_eq!(state, JobState::Failed);
                break;
            };
            assert_eq!(take(store, at + wait - 1).await, None);
            at += wait;
        }
        assert_eq!(take(store, i64::from(u32::MAX)).await, None);
        let failed = store.jobs(&JobSearch { state: Some(JobState::Failed), before: None }, 9).await.unwrap();
        assert_eq!(
            failed.iter().map(|job| (job.id, job.last_error.as_str())).collect::<Vec<_>>(),
            [(id, "unavailable")]
        );
        let mut tx = store.begin(&actor(at), Act::ViewSystem);
        tx.retry_job(&failed[0]);
        tx.commit().await.unwrap();
        let (job, lease) = take(store, at).await.unwrap();
        assert_eq!((job.id, job.attempts), (id, 1));
        assert_eq!(store.give_up_job(&lease, "broken", NOW + at).await, Ok(JobState::Failed));
        assert_eq!(take(store, i64::from(u32::MAX)).await, None);
    }
}

#[tokio::test]
async fn a_job_that_ends_its_process_each_time_is_given_up() {
    for ground in grounds().await {
        let id = queued(&ground.store).await;
        for n in 0..i64::from(MOST_ATTEMPTS) {
            assert!(take(&ground.store, n * LEASE_MS).await.is_some());
        }
        assert_eq!(take(&ground.store, 100 * LEASE_MS).await, None);
        let job = ground.store.job(id).await.unwrap().unwrap();
        assert_eq!((job.state, job.last_error.as_str()), (JobState::Failed, "lost"));
    }
}

#[tokio::test]
async fn work_of_one_name_is_queued_once_until_it_is_done() {
    for ground in grounds().await {
        let store = &ground.store;
        let new = NewJob { once: Some("count-990101".to_owned()), ..NewJob::now(KIND, json!({})) };
        let first = queue(store, &new).await;
        queue(store, &new).await;
        let (_, lease) = take(store, 0).await.unwrap();
        queue(store, &new).await;
        let all = store.jobs(&JobSearch::default(), 9).await.unwrap();
        assert_eq!(all.iter().map(|job| job.id).collect::<Vec<_>>(), [first]);
        store.finish_job(&lease, NOW).await.unwrap();
        let second = queue(store, &new).await;
        let all = store.jobs(&JobSearch::default(), 9).await.unwrap();
        assert_eq!(all.iter().map(|job| job.id).collect::<Vec<_>>(), [second, first]);
        let search = JobSearch { before: Some(second), state: None };
        assert_eq!(store.jobs(&search, 9).await.unwrap().len(), 1);
    }
}

#[tokio::test]
async fn a_job_waits_for_its_time_and_one_given_back_loses_no_attempt() {
    for ground in grounds().await {
        let store = &ground.store;
        queue(store, &NewJob { run_after_ms: Some(NOW + 500), ..NewJob::now(KIND, json!({})) }).await;
        assert_eq!(take(store, 499).await, None);
        let (_, lease) = take(store, 500).await.unwrap();
        store.return_job(&lease, NOW + 600).await.unwrap();
        assert_eq!(take(store, 600).await.unwrap().0.attempts, 1);
    }
}

#[tokio::test]
async fn a_job_outlives_a_restart_and_done_ones_are_forgotten() {
    for ground in grounds().await {
        let id = queued(&ground.store).await;
        ground.store.close().await;
        drop(ground.store);
        let store = Store::open(&ground.settings, NOW).await.unwrap();
        let (job, lease) = take(&store, 0).await.unwrap();
        assert_eq!(job.id, id);
        store.finish_job(&lease, NOW).await.unwrap();
        for (before_ms, left) in [(NOW, 1), (NOW + 1, 0)] {
            let mut tx = store.begin(&Actor::program(NOW), Act::ViewSystem);
            tx.forget_jobs(before_ms);
            tx.commit().await.unwrap();
            assert_eq!(store.jobs(&JobSearch::default(), 9).await.unwrap().len(), left);
        }
    }
}

#[tokio::test]
async fn whoever_runs_jobs_here_hears_of_a_new_one_at_once() {
    for ground in grounds().await {
        let heard = ground.store.job_queued();
        tokio::pin!(heard);
        heard.as_mut().enable();
        queued(&ground.store).await;
        tokio::time::timeout(std::time::Duration::from_secs(5), heard).await.unwrap();
    }
}
