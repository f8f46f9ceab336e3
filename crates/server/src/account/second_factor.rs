use askama::Template;
use base64::{Engine, engine::general_purpose::STANDARD};
use lianfang_store::SignInRecord;
use serde::Deserialize;

use super::words::AccountWords;
use crate::{
    Fault, Frame, Link,
    fault::PageResult,
    form::{FormErrors, Sent},
    page::{again, form_page, page, see_other},
    password,
    second_factor::{new_recovery_code, new_secret, recovery_hash, step_of, uri},
    visit::Visit,
};

/// Recovery codes given out together.
const CODES: usize = 8;

/// The page on which the second factor is set up.
#[derive(Template)]
#[template(path = "account/second_factor.html")]
pub(crate) struct SecondFactorPage {
    frame: Frame,
    t: AccountWords,
    secret: String,
    picture: String,
    errors: FormErrors,
}

form_page!(SecondFactorPage);

/// The recovery codes, shown once.
#[derive(Template)]
#[template(path = "account/recovery_codes.html")]
pub(crate) struct RecoveryCodesPage {
    frame: Frame,
    t: AccountWords,
    codes: Vec<String>,
}

async fn record(visit: &Visit) -> Result<SignInRecord, Fault> {
    visit.app.store().user_record(visit.seat()?.user).await?.ok_or(Fault::SignIn)
}

fn factor_page(visit: &Visit, secret: &str, login: &str, errors: FormErrors) -> Result<SecondFactorPage, Fault> {
    let t = AccountWords(visit.lang);
    let trail = vec![Link { name: t.title().to_owned(), href: "/account".to_owned() }];
    let spaced: Vec<String> =
        secret.as_bytes().chunks(4).map(|four| String::from_utf8_lossy(four).into_owned()).collect();
    Ok(SecondFactorPage {
        frame: visit.frame(t.factor_set_up(), trail),
        t,
        secret: spaced.join(" "),
        picture: picture(&uri(secret, login))?,
        errors,
    })
}

/// The address as a square code, as an image that needs no request of its own.
fn picture(uri: &str) -> Result<String, Fault> {
    let code = qrcode::QrCode::new(uri).map_err(|error| Fault::Broken(error.to_string()))?;
    let svg = code.render::<qrcode::render::svg::Color<'_>>().min_dimensions(220, 220).build();
    Ok(format!("data:image/svg+xml;base64,{}", STANDARD.encode(svg)))
}

/// Shows the secret; one that was begun and not confirmed is shown again.
pub(super) async fn show(visit: Visit) -> PageResult {
    let record = record(&visit).await?;
    if record.user.has_totp {
        return Ok(see_other("/account"));
    }
    let secret = match record.totp {
        Some(begun) => begun,
        None => {
            let secret = new_secret()?;
            let mut tx = visit.begin();
            tx.about("second_factor", record.user.id, None);
            tx.set_totp(&record.user, Some(&secret), false)?;
            tx.commit().await?;
            secret
        }
    };
    page(&factor_page(&visit, &secret, &record.user.login, FormErrors::default())?)
}

#[derive(Deserialize)]
pub(super) struct CodeForm {
    code: String,
}

pub(super) async fn confirm(visit: Visit, Sent(form): Sent<CodeForm>) -> PageResult {
    let record = record(&visit).await?;
    let Some(secret) = record.totp.clone().filter(|_| !record.user.has_totp) else {
        return Ok(see_other("/account"));
    };
    let Some(step) = step_of(&record, &form.code, visit.now_ms) else {
        let mut errors = FormErrors::default();
        errors.add("code", AccountWords(visit.lang).code_wrong());
        return again(&factor_page(&visit, &secret, &record.user.login, errors)?);
    };
    let codes = (0..CODES).map(|_| new_recovery_code()).collect::<Result<Vec<_>, _>>()?;
    let hashes: Vec<Vec<u8>> = codes.iter().map(|code| recovery_hash(code)).collect();
    let mut tx = visit.begin();
    tx.about("second_factor", record.user.id, None);
    tx.set_totp(&record.user, Some(&secret), true)?;
    // The code that was typed is used up: it does not sign in once more.
    tx.note_success(record.user.id, step);
    tx.set_recovery_codes(record.user.id, &hashes);
    tx.commit().await?;
    visit.app.0.seats.forget(record.user.id);
    let t = AccountWords(visit.lang);
    page(&RecoveryCodesPage { frame: visit.frame(t.codes_title(), Vec::new()), t, codes })
}

#[derive(Deserialize)]
pub(super) struct RemoveForm {
    remove: String,
}

/// Turns the second factor off; asks for the password, as whoever sits down at an open screen has none.
pub(super) async fn remove(visit: Visit, Sent(form): Sent<RemoveForm>) -> PageResult {
    let record = record(&visit).await?;
    if !password::is_right(&form.remove, record.password.as_deref()).await? {
        let mut errors = FormErrors::default();
        errors.add("remove", AccountWords(visit.lang).present_wrong());
        return again(&super::show::account_page(&visit, errors).await?);
    }
    let mut tx = visit.begin();
    tx.about("second_factor", record.user.id, None);
    tx.set_totp(&record.user, None, false)?;
    tx.set_recovery_codes(record.user.id, &[]);
    tx.commit().await?;
    visit.app.0.seats.forget(record.user.id);
    Ok(see_other("/account"))
}
