use axum::extract::{FromRequest, Request, State};
use lianfang_domain::{
    OrderFileId, OrderId,
    order::{OrderAct, evidence},
};
use lianfang_store::{NewOrderFile, OrderRecord};

use super::{
    act::ActForm,
    decide::decide,
    here, href,
    show::{Typed, order_page},
    side::facts,
    tell,
    words::OrderWords,
};
use crate::{
    App, Fault,
    at::At,
    fault::PageResult,
    file::Upload,
    form::{FormErrors, Sent},
    keep::{Refusals, keep},
    page::{again, see_other},
    visit::Visit,
};

/// Reports what was done, in words and perhaps with a file that shows it.
pub(super) async fn send(visit: Visit, State(app): State<App>, At(id): At<OrderId>, request: Request) -> PageResult {
    let upload = Upload::from_request(request, &app).await?;
    let field = |name: &str| upload.fields.get(name).cloned().unwrap_or_default();
    let form = ActForm { version: field("version").parse().unwrap_or(0), words: field("words") };
    let file = (!upload.name.is_empty()).then_some((upload.name, upload.bytes));
    keep_report(&visit, id, &form, file).await
}

/// The same from a program, in words alone.
pub(super) async fn send_words(visit: Visit, At(id): At<OrderId>, Sent(form): Sent<ActForm>) -> PageResult {
    keep_report(&visit, id, &form, None).await
}

async fn keep_report(visit: &Visit, id: OrderId, form: &ActForm, file: Option<(String, Vec<u8>)>) -> PageResult {
    let record = here(visit, id).await?;
    let words = form.words.trim();
    let facts = facts(visit, &record, words).await?;
    let mut errors = FormErrors::default();
    let decided = decide(&record, OrderAct::Report, &facts, words, visit.now_ms);
    let file = match file.map(|file| checked(visit, file)).transpose() {
        Ok(file) => file,
        Err(why) => {
            errors.add("file", why);
            None
        }
    };
    let decided = match decided {
        Ok(decided) if errors.is_empty() => decided,
        Ok(_) => return once_more(visit, id, form, errors).await,
        Err(why) => {
            errors.add("words", why.words(visit.lang));
            return once_more(visit, id, form, errors).await;
        }
    };
    let told = tell::of_act(visit, OrderAct::Report, words, &[&record]).await?;
    let seen = OrderRecord { version: form.version, ..record.clone() };
    let mut tx = visit.begin();
    tx.about("order", id, Some(&record.order.division));
    tx.save_order(&seen, &decided.record, OrderAct::Report, words);
    if let Some(due) = decided.occurrence {
        tx.note_occurrence(&record, due, words);
    }
    if let Some(file) = &file {
        tx.add_order_file(&record, file)?;
    }
    tell::tell(&mut tx, &told)?;
    match keep(tx, Refusals::changed(OrderWords(visit.lang).changed())).await? {
        Ok(()) => Ok(see_other(&href(id))),
        Err(errors) => once_more(visit, id, form, errors).await,
    }
}

/// A file that may be kept as evidence.
pub(super) fn checked(visit: &Visit, (name, bytes): (String, Vec<u8>)) -> Result<NewOrderFile, String> {
    let kind = evidence(&name, &bytes).map_err(|why| why.words(visit.lang))?;
    Ok(NewOrderFile { id: OrderFileId(visit.app.store().new_id(visit.now_ms)), name, kind, bytes })
}

async fn once_more(visit: &Visit, id: OrderId, form: &ActForm, errors: FormErrors) -> PageResult {
    let typed = Typed { act: Some(OrderAct::Report), words: form.words.clone(), unit: String::new() };
    again(&order_page(visit, &here(visit, id).await?, &typed, errors).await?)
}

/// Adds a file to an order of which the user carries out the work, from a program.
pub(super) async fn add_file(visit: Visit, At(id): At<OrderId>, upload: Upload) -> PageResult {
    let record = here(&visit, id).await?;
    if !record.order.state.is_open() {
        return Err(Fault::BadInput(OrderWords(visit.lang).ended().to_owned()));
    }
    let file = checked(&visit, (upload.name, upload.bytes)).map_err(Fault::BadInput)?;
    let mut tx = visit.begin();
    tx.about("order", id, Some(&record.order.division));
    tx.add_order_file(&record, &file)?;
    tx.commit().await?;
    Ok(see_other(&href(id)))
}
