use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU32, Ordering};

use jiff::Timestamp;
use lianfang_domain::job::{JobState, MOST_ATTEMPTS};
use lianfang_store::{JobSearch, Settings, Store};

use super::*;
use crate::{Manners, job::Kinds};

const NOW: i64 = 1_795_309_200_000;

struct Site {
    app: App,
    clock: Arc<AtomicI64>,
    n_begun: Arc<AtomicU32>,
    _folder: tempfile::TempDir,
}

/// A server on each database, with a kind of job for each way in which it may end.
async fn sites() -> Vec<Site> {
    let databases = [Some(None), lianfang_throwaway::database().map(|database| Some(database.address))];
    let mut sites = Vec::new();
    for database in databases.into_iter().flatten() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&Settings { database, ..Settings::in_folder(folder.path()) }, NOW).await.unwrap();
        let clock = Arc::new(AtomicI64::new(NOW));
        let hand = Arc::clone(&clock);
        let now = Arc::new(move || Timestamp::from_millisecond(hand.load(Ordering::Relaxed)).unwrap());
        let n_begun = Arc::new(AtomicU32::new(0));
        let manners = Manners::default();
        let app = App::with_kinds(store, now, manners, kinds(&n_begun));
        sites.push(Site { app, clock, n_begun, _folder: folder });
    }
    sites
}

fn kinds(n_begun: &Arc<AtomicU32>) -> Kinds {
    let slow = Arc::clone(n_begun);
    Kinds::default()
        .add("well", ["", ""], |work: Work| async move { work.progress(3, Some(3)).await })
        .add("later", ["", ""], |_| async { Err(JobFault::Later("unavailable".to_owned())) })
        .add("never", ["", ""], |_| async { Err(JobFault::Never("没有这个文件 · No such file".to_owned())) })
        .add("panic", ["", ""], |_| async { std::panic::resume_unwind(Box::new("a defect")) })
        .add("slow", ["", ""], move |_| {
            slow.fetch_add(1, Ordering::Relaxed);
            async {
                tokio::time::sleep(Duration::from_secs(3600)).await;
                Ok(())
            }
        })
}

impl Site {
    async fn queue(&self, kind: &'static str) {
        let mut tx = self.app.store().begin(&Actor::program(self.app.now_ms()), Act::ChangeJobs);
        tx.queue_job(&NewJob::now(kind, json!({})));
        tx.commit().await.unwrap();
    }

    async fn latest(&self) -> Job {
        self.app.store().jobs(&JobSearch::default(), 1).await.unwrap().remove(0)
    }

    /// Waits until the latest job is in a state.
    async fn becomes(&self, state: JobState) -> Job {
        for _ in 0..500 {
            let job = self.latest().await;
            if job.state == state {
                return job;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("the job is {:?}", self.latest().await)
    }
}

#[tokio::test]
async fn each_way_in_which_a_job_ends_is_noted() {
    for site in sites().await {
        let cases = [
            ("well", JobState::Done, ""),
            ("later", JobState::Waiting, "unavailable"),
            ("panic", JobState::Waiting, "broken"),
            ("never", JobState::Failed, "没有这个文件 · No such file"),
        ];
        for (kind, state, error) in cases {
            site.queue(kind).await;
            assert_eq!(run_due_jobs(&site.app).await.unwrap(), 1, "{kind}");
            let job = site.latest().await;
            assert_eq!((job.kind.as_str(), job.state, job.last_error.as_str()), (kind, state, error));
        }
        assert_eq!(run_due_jobs(&site.app).await.unwrap(), 0);
        let mut n_run = 0;
        for _ in 0..MOST_ATTEMPTS {
            site.clock.fetch_add(3_600_000, Ordering::Relaxed);
            n_run += run_due_jobs(&site.app).await.unwrap();
        }
        assert_eq!(n_run, 2 * (MOST_ATTEMPTS as usize - 1), "two were tried before");
    }
}

#[tokio::test]
async fn a_runner_takes_what_is_queued_at_once() {
    for site in sites().await {
        let runner = Runner::start(&site.app);
        tokio::time::sleep(Duration::from_millis(100)).await;
        site.queue("well").await;
        // Looking for it would take minutes in a test.
        let job = site.becomes(JobState::Done).await;
        assert_eq!((job.n_done, job.n_total), (3, Some(3)));
        runner.stopped().await;
    }
}

#[tokio::test]
async fn a_job_that_does_not_end_in_time_is_given_back_when_the_program_stops() {
    for site in sites().await {
        let runner = Runner::start(&site.app);
        site.queue("slow").await;
        site.becomes(JobState::Running).await;
        // It is noted as running before its handler begins.
        while site.n_begun.load(Ordering::Relaxed) == 0 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        runner.stopped().await;
        let job = site.latest().await;
        assert_eq!((job.state, job.attempts), (JobState::Waiting, 0));
    }
}
