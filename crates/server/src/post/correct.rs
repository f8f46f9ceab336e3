use lianfang_domain::{
    IncumbencyId, PostId, UnitId,
    access::Act,
    post::{Incumbency, appoint},
};
use lianfang_store::PhoneSight;

use super::{
    appoint::{HolderFormKind, holder_page, refused, save},
    read::{Here, HolderForm},
};
use crate::{
    at::At,
    fault::PageResult,
    form::{FormErrors, Sent},
    page::{again, page},
    unit::may_reach,
    visit::Visit,
};

pub(super) async fn show(visit: Visit, At((id, post, holder)): At<(UnitId, PostId, IncumbencyId)>) -> PageResult {
    let here = Here::read(&visit, id, post, PhoneSight::Full).await?;
    let was = here.holder(holder)?;
    let time = &was.incumbency;
    let may_see = may_reach(&visit, Act::ViewPhones, &here.unit);
    if may_see && time.phone.is_some() {
        let target = format!("post:{post}");
        visit.app.store().record_read(&visit.actor(), Act::ViewPhones, &target, Some(&here.unit.unit.area), "");
    }
    let form = HolderForm {
        version: here.post.version,
        person: time.person.clone(),
        phone: if may_see { was.phone.clone() } else { String::new() },
        from_on: time.from_on.to_string(),
        until_on: time.until_on.map(|until| until.to_string()).unwrap_or_default(),
        tenure: time.tenure.code().to_owned(),
    };
    page(&holder_page(&visit, &here, HolderFormKind::Correct(holder), form, FormErrors::default()))
}

pub(super) async fn send(
    visit: Visit,
    At((id, post, holder)): At<(UnitId, PostId, IncumbencyId)>,
    Sent(form): Sent<HolderForm>,
) -> PageResult {
    let here = Here::read(&visit, id, post, PhoneSight::Full).await?;
    let (was, kind) = (here.holder(holder)?, HolderFormKind::Correct(holder));
    let corrected = match form.read(post, holder, &visit) {
        Ok(corrected) => corrected,
        Err(errors) => return again(&holder_page(&visit, &here, kind, form, errors)),
    };
    if let Err(refusal) = appoint(&here.post.incumbencies(), &corrected) {
        return refused(&visit, &here, kind, form, &refusal);
    }
    // A number that the user does not see is not taken away by leaving its field empty.
    let unseen = !may_reach(&visit, Act::ViewPhones, &here.unit) && corrected.phone.is_none();
    let phone = if unseen { was.incumbency.phone.clone() } else { corrected.phone.clone() };
    let id = IncumbencyId(visit.app.store().new_id(visit.now_ms));
    let corrected = Incumbency { id, phone, ..corrected };
    save(&visit, here, kind, form, |tx, post| tx.correct_incumbency(post, &was, &corrected)).await
}
