use lianfang_domain::{UserId, access::Act, area::AreaCode};
use serde_json::{Map, Value as Json};

use crate::{
    AuditEntry, Once, Store, StoreError,
    change::{Change, Expect, Step},
    sql::Sql,
    value::Value,
};

/// Who acts, for the audit record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The user; none for the program itself.
    pub user: Option<UserId>,
    /// The user's name.
    pub name: String,
    /// The request with which it came.
    pub request: String,
    /// The instant of the act, in milliseconds.
    pub now_ms: i64,
    /// The key under which it is to be done once.
    pub once: Option<Once>,
}

impl Actor {
    /// The program itself.
    pub fn program(now_ms: i64) -> Actor {
        Actor { user: None, name: "lianfang".to_owned(), request: String::new(), now_ms, once: None }
    }
}

/// One act of one user: what it reads is read at once, what it changes is kept at `commit`, all or nothing, together
/// with its row in the audit record. Dropped without `commit`, it changes nothing.
pub struct Tx<'a> {
    store: &'a Store,
    pub(crate) now_ms: i64,
    steps: Vec<Step>,
    pub(crate) entry: AuditEntry,
    detail: Map<String, Json>,
    pub(crate) once: Option<Once>,
    /// Where what is being made will be.
    pub(crate) made_at: String,
    /// Whether a job is queued with it.
    pub(crate) queues_job: bool,
}

impl Store {
    /// Begins an act.
    pub fn begin(&self, actor: &Actor, act: Act) -> Tx<'_> {
        Tx {
            store: self,
            now_ms: actor.now_ms,
            steps: Vec::new(),
            entry: entry(actor, act),
            detail: Map::new(),
            once: actor.once.clone(),
            made_at: String::new(),
            queues_job: false,
        }
    }

    /// Puts a read of personal data, or a list taken out, on record without holding it up.
    pub fn record_read(&self, actor: &Actor, act: Act, target: &str, area: Option<&AreaCode>, why: &str) {
        let entry = AuditEntry {
            target: target.to_owned(),
            area: area.map(ToString::to_string).unwrap_or_default(),
            why: why.to_owned(),
            ..entry(actor, act)
        };
        self.inner.engine.keep_unwaited(Change { steps: Vec::new(), audit: vec![entry] });
    }
}

fn entry(actor: &Actor, act: Act) -> AuditEntry {
    AuditEntry {
        at_ms: actor.now_ms,
        who: actor.user.map(|user| user.0.number()),
        who_name: actor.name.clone(),
        act: act.code().to_owned(),
        area: String::new(),
        target: String::new(),
        why: String::new(),
        detail: String::new(),
        request: actor.request.clone(),
    }
}

impl Tx<'_> {
    /// What the act is about: a kind of thing, which one, and in which area.
    pub fn about(&mut self, kind: &str, id: impl std::fmt::Display, area: Option<&AreaCode>) -> &mut Self {
        self.entry.target = format!("{kind}:{id}");
        self.entry.area = area.map(ToString::to_string).unwrap_or_default();
        self
    }

    /// The reason the user gave.
    pub fn because(&mut self, why: &str) -> &mut Self {
        self.entry.why = why.to_owned();
        self
    }

    /// Notes a field that changes, with what it was. Never used for personal data; see [`Tx::changed_unseen`].
    pub fn changed(&mut self, field: &str, from: impl Into<Json>, to: impl Into<Json>) -> &mut Self {
        let (from, to) = (from.into(), to.into());
        if from != to {
            self.detail.insert(field.to_owned(), Json::Array(vec![from, to]));
        }
        self
    }

    /// Notes that a personal field changes, without its content.
    pub fn changed_unseen(&mut self, field: &str) -> &mut Self {
        self.detail.insert(field.to_owned(), Json::Bool(true));
        self
    }

    /// The store behind the act, for reading.
    pub fn store(&self) -> &Store {
        self.store
    }

    /// A statement that must touch one row, or someone else was faster.
    pub(crate) fn one(&mut self, sql: &'static Sql, about: &'static str, values: Vec<Value>) {
        self.steps.push(Step { sql, values, expect: Expect::One, about });
    }

    /// A statement that may touch any number of rows.
    pub(crate) fn any(&mut self, sql: &'static Sql, about: &'static str, values: Vec<Value>) {
        self.steps.push(Step { sql, values, expect: Expect::Any, about });
    }

    /// Keeps everything, and waits until it is on the disk.
    ///
    /// # Errors
    /// [`StoreError::Changed`] or [`StoreError::Taken`] when someone else was faster; nothing is kept then.
    pub async fn commit(mut self) -> Result<(), StoreError> {
        self.note_once();
        if !self.detail.is_empty() {
            self.entry.detail = Json::Object(self.detail).to_string();
        }
        self.store.inner.engine.keep(Change { steps: self.steps, audit: vec![self.entry] }).await?;
        if self.queues_job {
            self.store.inner.job_queued.notify_waiters();
        }
        Ok(())
    }
}
