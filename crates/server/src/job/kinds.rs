use std::future::Future;
use std::pin::Pin;

use lianfang_domain::Lang;

use lianfang_store::StoreError;

use super::{JobFault, Work, clear_out};
use crate::{
    App, clock,
    import::{STORE_ROWS, TAKE_BACK, store_rows, undo_all},
    notice, report,
};

const DAY_MS: i64 = 86_400_000;

/// Every capability adds its kinds of jobs here.
pub(crate) fn kinds() -> Kinds {
    Kinds::default()
        .add("clear_out", ["清理过期数据", "Clear out what ran out"], clear_out::run)
        .every(DAY_MS)
        .add(STORE_ROWS, ["导入数据", "Store the rows of an import"], store_rows)
        .add(clock::SWEEP, ["时限巡查", "Watch the clocks"], clock::sweep)
        .when(clock::is_due)
        .add(report::SWEEP, ["报送巡查", "Look who has reported"], report::sweep)
        .when(report::is_due)
        .add(notice::SEND, ["发送通知", "Send notices"], notice::send)
        .when(notice::is_any_waiting)
        .add(TAKE_BACK, ["撤销导入", "Take an import back"], undo_all)
}

type Asked = Pin<Box<dyn Future<Output = Result<bool, StoreError>> + Send>>;
type Running = Pin<Box<dyn Future<Output = Result<(), JobFault>> + Send>>;

/// A kind of job: what it is called and what does it.
pub(crate) struct Kind {
    pub(crate) code: &'static str,
    words: [&'static str; 2],
    /// How often the program itself asks for one, in milliseconds.
    every_ms: Option<i64>,
    /// Tells whether there is anything to do, for what the program itself asks for when there is.
    when: Option<Box<dyn Fn(App) -> Asked + Send + Sync>>,
    run: Box<dyn Fn(Work) -> Running + Send + Sync>,
}

impl Kind {
    /// The kind in words.
    pub(crate) fn words(&self, lang: Lang) -> &'static str {
        lang.pick(self.words[0], self.words[1])
    }

    /// Whether the program itself asks for one now.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub(crate) async fn is_due(&self, app: &App, now_ms: i64) -> Result<bool, StoreError> {
        if let Some(when) = &self.when {
            return when(app.clone()).await;
        }
        let Some(every_ms) = self.every_ms else { return Ok(false) };
        let latest = app.store().latest_job(self.code).await?;
        Ok(latest.is_none_or(|latest| now_ms - latest >= every_ms))
    }

    /// Does the work.
    pub(crate) fn run(&self, work: Work) -> Running {
        (self.run)(work)
    }
}

/// The kinds of jobs that this program can do.
#[derive(Default)]
pub(crate) struct Kinds(Vec<Kind>);

impl Kinds {
    /// Adds a kind: its code, its name in Chinese and English, and its handler. A handler may be called again after
    /// it failed or its process died, so what it does twice must be as if done once; `Work::finish` ends the job
    /// together with the last change.
    pub(crate) fn add<F, W>(mut self, code: &'static str, words: [&'static str; 2], run: F) -> Kinds
    where
        F: Fn(Work) -> W + Send + Sync + 'static,
        W: Future<Output = Result<(), JobFault>> + Send + 'static,
    {
        self.0.push(Kind { code, words, every_ms: None, when: None, run: Box::new(move |work| Box::pin(run(work))) });
        self
    }

    /// The kind added last is asked for by the program itself, this often.
    pub(crate) fn every(mut self, ms: i64) -> Kinds {
        if let Some(kind) = self.0.last_mut() {
            kind.every_ms = Some(ms);
        }
        self
    }

    /// The kind added last is asked for by the program itself when there is something to do.
    pub(crate) fn when<F, W>(mut self, when: F) -> Kinds
    where
        F: Fn(App) -> W + Send + Sync + 'static,
        W: Future<Output = Result<bool, StoreError>> + Send + 'static,
    {
        if let Some(kind) = self.0.last_mut() {
            kind.when = Some(Box::new(move |app| Box::pin(when(app))));
        }
        self
    }

    /// The kind of a code.
    pub(crate) fn of(&self, code: &str) -> Option<&Kind> {
        self.0.iter().find(|kind| kind.code == code)
    }

    /// Every kind.
    pub(crate) fn all(&self) -> &[Kind] {
        &self.0
    }
}
