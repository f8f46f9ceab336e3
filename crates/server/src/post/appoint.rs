use askama::Template;
use lianfang_domain::{
    IncumbencyId, PostId, UnitId,
    post::{PostRefusal, Tenure, appoint},
};
use lianfang_store::{PhoneSight, StoreError, Tx};

use super::{
    lines::{PersonLine, PostLine, post_line},
    read::{Here, HolderForm, field_of},
    words::PostWords,
};
use crate::{
    Fault, Frame,
    at::At,
    fault::PageResult,
    form::{FormErrors, Sent},
    frame::Choice,
    keep::{Refusals, keep},
    page::{again, form_page, page, see_other},
    unit,
    visit::Visit,
};

/// The form for someone's time in a post: appointing, handing over, correcting.
#[derive(Template)]
#[template(path = "post/holder.html")]
pub(crate) struct HolderFormPage {
    frame: Frame,
    t: PostWords,
    unit: String,
    unit_href: String,
    post: PostLine,
    /// Who will be in the post later.
    later: Vec<PersonLine>,
    form: HolderForm,
    tenures: Vec<Choice>,
    errors: FormErrors,
    kind: HolderFormKind,
    action: String,
    /// Where a record that was never true is taken back.
    withdraw_href: String,
    back: String,
}

form_page!(HolderFormPage);

/// What the form is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum HolderFormKind {
    Appoint,
    HandOver,
    Correct(IncumbencyId),
}

impl HolderFormKind {
    fn title(self, t: PostWords) -> &'static str {
        match self {
            HolderFormKind::Appoint => t.appoint(),
            HolderFormKind::HandOver => t.hand_over(),
            HolderFormKind::Correct(_) => t.correct(),
        }
    }

    fn withdraw_href(self, here: &Here) -> String {
        match self {
            HolderFormKind::Correct(holder) => format!("{}/holders/{holder}/withdraw", here.href()),
            HolderFormKind::Appoint | HolderFormKind::HandOver => String::new(),
        }
    }

    fn action(self, here: &Here) -> String {
        match self {
            HolderFormKind::Appoint => format!("{}/appoint", here.href()),
            HolderFormKind::HandOver => format!("{}/hand-over", here.href()),
            HolderFormKind::Correct(holder) => format!("{}/holders/{holder}/correct", here.href()),
        }
    }
}

impl HolderFormPage {
    /// What the form does, in a sentence.
    fn intro(&self) -> &'static str {
        match self.kind {
            HolderFormKind::Appoint => self.t.appoint_intro(),
            HolderFormKind::HandOver => self.t.hand_over_intro(),
            HolderFormKind::Correct(_) => self.t.correct_intro(),
        }
    }

    fn is_correction(&self) -> bool {
        matches!(self.kind, HolderFormKind::Correct(_))
    }
}

pub(super) fn holder_page(
    visit: &Visit,
    here: &Here,
    kind: HolderFormKind,
    form: HolderForm,
    errors: FormErrors,
) -> HolderFormPage {
    let t = PostWords(visit.lang);
    let later = here.post.holders.iter().filter(|holder| holder.incumbency.from_on > visit.day());
    let tenures = Tenure::ALL.into_iter().map(|tenure| (tenure.code(), tenure.words(visit.lang)));
    // Numbers that were read for deciding are not shown beside the form.
    let hidden = |line: PersonLine| PersonLine { phone: String::new(), ..line };
    HolderFormPage {
        frame: visit.frame(kind.title(t), here.trail(visit)),
        t,
        unit: here.unit.unit.name.clone(),
        unit_href: unit::href(here.unit.unit.id),
        post: post_line(&here.post, visit),
        later: later.map(|holder| hidden(PersonLine::of(holder, visit))).collect(),
        tenures: Choice::all(tenures, &form.tenure),
        form,
        errors,
        kind,
        action: kind.action(here),
        withdraw_href: kind.withdraw_href(here),
        back: here.href(),
    }
}

pub(super) async fn show(visit: Visit, At((id, post)): At<(UnitId, PostId)>) -> PageResult {
    let here = Here::read(&visit, id, post, PhoneSight::Masked).await?;
    let form = HolderForm::begin(here.post.version, &visit);
    page(&holder_page(&visit, &here, HolderFormKind::Appoint, form, FormErrors::default()))
}

pub(super) async fn send(
    visit: Visit,
    At((id, post)): At<(UnitId, PostId)>,
    Sent(form): Sent<HolderForm>,
) -> PageResult {
    let here = Here::read(&visit, id, post, PhoneSight::Full).await?;
    let kind = HolderFormKind::Appoint;
    let new = form.read(post, IncumbencyId(visit.app.store().new_id(visit.now_ms)), &visit);
    let new = match new {
        Ok(new) => new,
        Err(errors) => return again(&holder_page(&visit, &here, kind, form, errors)),
    };
    match appoint(&here.post.incumbencies(), &new) {
        Ok(()) => save(&visit, here, kind, form, |tx, post| tx.appoint(post, &new)).await,
        Err(refusal) => refused(&visit, &here, kind, form, &refusal),
    }
}

/// The form again with what a rule says against it.
pub(super) fn refused(
    visit: &Visit,
    here: &Here,
    kind: HolderFormKind,
    form: HolderForm,
    refusal: &PostRefusal,
) -> PageResult {
    let mut errors = FormErrors::default();
    errors.add(field_of(refusal), refusal.message(visit.lang));
    again(&holder_page(visit, here, kind, form, errors))
}

/// Keeps a change of the version that the user saw; where someone was faster, shows the present state with what was
/// typed.
pub(super) async fn save(
    visit: &Visit,
    here: Here,
    kind: HolderFormKind,
    form: HolderForm,
    change: impl FnOnce(&mut Tx<'_>, &lianfang_store::PostRecord) -> Result<(), StoreError>,
) -> PageResult {
    let (id, post, href) = (here.unit.unit.id, here.post.post.id, here.href());
    let area = here.unit.unit.area.clone();
    let mut tx = visit.begin();
    tx.about("post", post, Some(&area));
    change(&mut tx, &here.seen(form.version)).map_err(Fault::from)?;
    match keep(tx, Refusals::changed(PostWords(visit.lang).changed())).await? {
        Ok(()) => Ok(see_other(&href)),
        Err(errors) => {
            let here = Here::read(visit, id, post, PhoneSight::Masked).await?;
            let form = HolderForm { version: here.post.version, ..form };
            again(&holder_page(visit, &here, kind, form, errors))
        }
    }
}
