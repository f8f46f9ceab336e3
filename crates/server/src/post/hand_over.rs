use lianfang_domain::{IncumbencyId, PostId, UnitId, post::hand_over};
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
    visit::Visit,
};

const KIND: HolderFormKind = HolderFormKind::HandOver;

pub(super) async fn show(visit: Visit, At((id, post)): At<(UnitId, PostId)>) -> PageResult {
    let here = Here::read(&visit, id, post, PhoneSight::Masked).await?;
    let form = HolderForm::begin(here.post.version, &visit);
    page(&holder_page(&visit, &here, KIND, form, FormErrors::default()))
}

pub(super) async fn send(
    visit: Visit,
    At((id, post)): At<(UnitId, PostId)>,
    Sent(form): Sent<HolderForm>,
) -> PageResult {
    // Numbers tell people of one name apart.
    let here = Here::read(&visit, id, post, PhoneSight::Full).await?;
    let successor = form.read(post, IncumbencyId(visit.app.store().new_id(visit.now_ms)), &visit);
    let successor = match successor {
        Ok(successor) => successor,
        Err(errors) => return again(&holder_page(&visit, &here, KIND, form, errors)),
    };
    match hand_over(&here.post.incumbencies(), successor) {
        Ok(change) => save(&visit, here, KIND, form, |tx, post| tx.hand_over(post, &change)).await,
        Err(refusal) => refused(&visit, &here, KIND, form, &refusal),
    }
}
