use jiff::civil::Date;
use lianfang_domain::{
    Lang, UserId,
    access::{Act, Scope, scope},
};
use lianfang_store::{Actor, Tx};

use crate::{
    App, Fault,
    app::day_of,
    job::{JobFault, Work},
    visit::Visit,
};

/// An act that a user does, in a request or in the job that goes on with it: as whom, how far it goes, in which language.
#[derive(Clone)]
pub(crate) struct Deed {
    pub(crate) app: App,
    pub(crate) act: Act,
    pub(crate) user: UserId,
    pub(crate) actor: Actor,
    /// What of the data the act may touch.
    pub(crate) scope: Scope,
    pub(crate) lang: Lang,
}

impl Deed {
    /// Today in China.
    pub(crate) fn day(&self) -> Date {
        day_of(self.actor.now_ms)
    }

    /// Begins the act.
    pub(crate) fn begin(&self) -> Tx<'_> {
        self.app.store().begin(&self.actor, self.act)
    }
}

impl Visit {
    /// The act of this request.
    ///
    /// # Errors
    /// [`Fault::SignIn`] when nobody is signed in.
    pub(crate) fn deed(&self) -> Result<Deed, Fault> {
        Ok(Deed {
            app: self.app.clone(),
            act: self.act,
            user: self.seat()?.user,
            actor: self.actor(),
            scope: self.scope.clone(),
            lang: self.lang,
        })
    }
}

impl Work {
    /// The act with which the job goes on for whoever asked for it, as far as they may do it now.
    ///
    /// # Errors
    /// [`JobFault::Never`] when nobody asked for it, or they may no longer.
    pub(crate) async fn deed(&self, act: Act) -> Result<Deed, JobFault> {
        let app = self.app.clone();
        let actor = self.job.actor(app.now_ms());
        let user = actor.user.ok_or_else(|| JobFault::Never("nobody".to_owned()))?;
        let record = app.store().user_record(user).await?.ok_or_else(|| JobFault::Never("nobody".to_owned()))?;
        let grants = app.store().grants(user).await?;
        let scope = scope(&grants, act, day_of(actor.now_ms));
        if scope.is_nothing() {
            return Err(JobFault::Never("no right".to_owned()));
        }
        Ok(Deed { act, user, actor, scope, lang: record.user.lang, app })
    }
}

impl From<Fault> for JobFault {
    fn from(fault: Fault) -> JobFault {
        match fault {
            Fault::Store(error) => JobFault::from(error),
            // What is wrong with the input may hold what was typed; the code says enough for the list of jobs.
            _ => JobFault::Never("broken".to_owned()),
        }
    }
}
