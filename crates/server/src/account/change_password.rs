use lianfang_domain::account::check_password;
use serde::Deserialize;

use super::{show::account_page, words::AccountWords};
use crate::{
    Fault,
    fault::PageResult,
    form::{FormErrors, Sent},
    page::{again, see_other},
    password,
    visit::Visit,
};

#[derive(Deserialize)]
pub(super) struct PasswordForm {
    present: String,
    password: String,
    again: String,
}

pub(super) async fn send(visit: Visit, Sent(form): Sent<PasswordForm>) -> PageResult {
    let seat = visit.seat()?;
    let record = visit.app.store().user_record(seat.user).await?.ok_or(Fault::SignIn)?;
    let mut errors = FormErrors::default();
    if !password::is_right(&form.present, record.password.as_deref()).await? {
        errors.add("present", AccountWords(visit.lang).present_wrong());
    }
    if let Err(refusal) = check_password(&form.password, &form.again, &seat.login) {
        errors.add("password", refusal.words(visit.lang));
    }
    if !errors.is_empty() {
        return again(&account_page(&visit, errors).await?);
    }
    let hash = password::hash(&form.password).await?;
    let mut tx = visit.begin();
    tx.about("set_password", seat.user, None);
    tx.set_password(&record.user, &hash);
    for session in visit.app.store().sessions_of(seat.user).await? {
        if session.id != seat.session.id {
            tx.end_session(seat.user, session.id);
        }
    }
    tx.commit().await?;
    visit.app.0.seats.forget(seat.user);
    Ok(see_other("/account"))
}
