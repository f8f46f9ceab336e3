use askama::Template;
use lianfang_domain::{
    MeetingId,
    access::Act,
    area::{AreaCode, AreaLevel},
    incident::IncidentState,
};
use lianfang_store::Meeting;
use schemars::JsonSchema;
use serde::Deserialize;

use super::{here, href, show::meeting_page, trail, words::MeetingWords};
use crate::{
    Choice, Fault, Frame,
    at::At,
    fault::PageResult,
    form::{FormErrors, Sent},
    keep::{Refusals, keep},
    page::{again, form_page, page, see_other},
    shown::date,
    typed_time::{field_of, instant_of},
    unit::area_choices,
    visit::Visit,
};

/// Incidents offered at most.
const INCIDENTS: u32 = 100;

/// Where a meeting is put down.
#[derive(Template)]
#[template(path = "meeting/open.html")]
pub(crate) struct OpenMeetingPage {
    frame: Frame,
    t: MeetingWords,
    areas: Vec<Choice>,
    incidents: Vec<Choice>,
    form: MeetingForm,
    errors: FormErrors,
}

form_page!(OpenMeetingPage);

/// A meeting.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(rename = "MeetingToHold")]
pub(super) struct MeetingForm {
    pub(super) version: i64,
    pub(super) area: String,
    pub(super) incident: String,
    pub(super) name: String,
    /// `2026-11-22T09:00`, in China's time.
    pub(super) held_at: String,
    /// By post.
    pub(super) chair: String,
    pub(super) present: String,
    pub(super) minutes: String,
}

impl MeetingForm {
    pub(super) fn of(meeting: &Meeting) -> MeetingForm {
        MeetingForm {
            version: meeting.version,
            area: meeting.area.to_string(),
            incident: meeting.incident.map(|id| id.to_string()).unwrap_or_default(),
            name: meeting.name.clone(),
            held_at: field_of(meeting.held_at_ms),
            chair: meeting.chair.clone(),
            present: meeting.present.clone(),
            minutes: meeting.minutes.clone(),
        }
    }
}

pub(super) async fn show(visit: Visit) -> PageResult {
    let t = MeetingWords(visit.lang);
    let seen = visit.scope_of(Act::ViewIncidents);
    let open = visit.app.store().incidents(&seen, IncidentState::Open, None, 1).await?;
    let form = MeetingForm {
        area: visit.scope.areas.first().map(ToString::to_string).unwrap_or_default(),
        incident: open.first().map(|one| one.id.to_string()).unwrap_or_default(),
        name: t.usual_name(&date(visit.day(), visit.lang)),
        held_at: format!("{}T09:00", visit.day()),
        ..MeetingForm::default()
    };
    page(&open_page(&visit, form, FormErrors::default()).await?)
}

async fn open_page(visit: &Visit, form: MeetingForm, errors: FormErrors) -> Result<OpenMeetingPage, Fault> {
    let t = MeetingWords(visit.lang);
    let seen = visit.scope_of(Act::ViewIncidents);
    let open = visit.app.store().incidents(&seen, IncidentState::Open, None, INCIDENTS).await?;
    Ok(OpenMeetingPage {
        frame: visit.frame(t.hold(), trail(visit)),
        areas: area_choices(visit, &visit.scope, AreaLevel::Township, &form.area).await?,
        incidents: Choice::all(open.into_iter().map(|one| (one.id.to_string(), one.name)), &form.incident),
        form,
        errors,
        t,
    })
}

/// The meeting that was typed, beside what is known of it already.
async fn read(
    visit: &Visit,
    form: &MeetingForm,
    there: Option<&Meeting>,
) -> Result<Result<Meeting, FormErrors>, Fault> {
    let (t, mut errors) = (MeetingWords(visit.lang), FormErrors::default());
    let name = form.name.trim();
    if name.is_empty() || name.chars().count() > 60 {
        errors.add("name", t.name_bad());
    }
    let held_at = instant_of(&form.held_at);
    if held_at.is_none() {
        errors.add("held_at", t.time_bad());
    }
    let area = match there {
        Some(meeting) => Some(meeting.area.clone()),
        None => form.area.parse::<AreaCode>().ok().filter(|area| visit.scope.holds_area(area)),
    };
    if area.is_none() {
        errors.add("area", t.area_bad());
    }
    let incident = match (there, form.incident.parse().ok()) {
        (Some(meeting), _) => meeting.incident,
        (None, Some(id)) => {
            visit.app.store().incident(id, &visit.scope_of(Act::ViewIncidents)).await?.map(|one| one.id)
        }
        (None, None) => None,
    };
    let (Some(area), Some(held_at_ms), true) = (area, held_at, errors.is_empty()) else { return Ok(Err(errors)) };
    let text = |text: &str| text.trim().replace("\r\n", "\n");
    Ok(Ok(Meeting {
        id: there.map_or_else(|| MeetingId(visit.app.store().new_id(visit.now_ms)), |meeting| meeting.id),
        area,
        incident,
        name: name.to_owned(),
        held_at_ms,
        chair: text(&form.chair),
        present: text(&form.present),
        minutes: text(&form.minutes),
        by: String::new(),
        version: form.version,
    }))
}

pub(super) async fn send(visit: Visit, Sent(form): Sent<MeetingForm>) -> PageResult {
    let new = match read(&visit, &form, None).await? {
        Ok(new) => new,
        Err(errors) => return again(&open_page(&visit, form, errors).await?),
    };
    let mut tx = visit.begin();
    tx.about("meeting", new.id, Some(&new.area));
    tx.add_meeting(&new);
    tx.commit().await?;
    Ok(see_other(&href(new.id)))
}

pub(super) async fn change(visit: Visit, At(id): At<MeetingId>, Sent(form): Sent<MeetingForm>) -> PageResult {
    let meeting = here(&visit, id).await?;
    let new = match read(&visit, &form, Some(&meeting)).await? {
        Ok(new) => new,
        Err(errors) => return again(&meeting_page(&visit, &meeting, Some(form), errors).await?),
    };
    let seen = Meeting { version: form.version, ..meeting };
    let mut tx = visit.begin();
    tx.about("meeting", id, Some(&seen.area));
    tx.change_meeting(&seen, &new);
    match keep(tx, Refusals::changed(MeetingWords(visit.lang).changed())).await? {
        Ok(()) => Ok(see_other(&href(id))),
        Err(errors) => {
            let now = here(&visit, id).await?;
            let form = MeetingForm { version: now.version, ..form };
            again(&meeting_page(&visit, &now, Some(form), errors).await?)
        }
    }
}
