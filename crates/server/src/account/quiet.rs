use lianfang_domain::notice::Quiet;
use serde::Deserialize;

use super::{show::account_page, words::AccountWords};
use crate::{
    fault::PageResult,
    form::{FormErrors, Sent},
    page::{again, see_other},
    visit::Visit,
};

/// The form for quiet hours; both empty means none.
#[derive(Debug, Deserialize)]
pub(super) struct QuietForm {
    quiet_from: String,
    quiet_until: String,
}

/// Chooses the hours in which messages wait.
pub(super) async fn send(visit: Visit, Sent(form): Sent<QuietForm>) -> PageResult {
    let (from, until) = (form.quiet_from.trim(), form.quiet_until.trim());
    let quiet = if from.is_empty() && until.is_empty() {
        None
    } else {
        let Ok(quiet) = format!("{from}-{until}").parse::<Quiet>() else {
            let mut errors = FormErrors::default();
            errors.add("quiet_from", AccountWords(visit.lang).quiet_bad());
            let typed = (from.to_owned(), until.to_owned());
            return again(&account_page(&visit, errors).await?.with_quiet(typed));
        };
        Some(quiet)
    };
    let user = visit.seat()?.user;
    let mut tx = visit.begin();
    tx.about("quiet", user, None);
    tx.set_quiet(user, quiet);
    tx.commit().await?;
    Ok(see_other("/account#quiet"))
}
