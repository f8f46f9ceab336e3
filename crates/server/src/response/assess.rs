use std::collections::BTreeMap;

use lianfang_domain::{
    IncidentId, ProposalId,
    response::{Assessment, ProposalState},
};
use lianfang_store::ProposalRecord;

use super::{LevelWords, finish, here, show_proposal::Typed, show_proposal::proposal_page};
use crate::{
    at::At,
    fault::PageResult,
    form::{FormErrors, Sent},
    page::again,
    visit::Visit,
};

/// What was sent: `factor_N` for the factors by their place, trend, effect, urgent, and the version that was seen.
type Fields = BTreeMap<String, String>;

/// Keeps what was assessed. It can be written in parts and corrected until it is proposed.
pub(super) async fn send(
    visit: Visit,
    At((id, proposal)): At<(IncidentId, ProposalId)>,
    Sent(fields): Sent<Fields>,
) -> PageResult {
    let case = here(&visit, id, proposal).await?;
    if case.proposal.state != ProposalState::Assessing {
        let mut errors = FormErrors::default();
        errors.add("", LevelWords(visit.lang).not_assessing());
        let typed = Typed { assessment: Some(read(&fields)), ..Typed::default() };
        return again(&proposal_page(&visit, &case, typed, errors).await?);
    }
    let version = fields.get("version").and_then(|version| version.parse().ok()).unwrap_or(0);
    let seen = ProposalRecord { version, ..case.proposal.clone() };
    let mut tx = visit.begin();
    tx.about("incident", id, Some(&case.incident.area));
    tx.assess(&case.incident, &seen, &read(&fields))?;
    finish(&visit, tx, &case).await
}

fn read(fields: &Fields) -> Assessment {
    let field = |name: &str| fields.get(name).map(|value| value.trim().to_owned()).unwrap_or_default();
    let factor = |(name, words): (&String, &String)| {
        let place = name.strip_prefix("factor_")?.parse().ok()?;
        (!words.trim().is_empty()).then(|| (place, words.trim().to_owned()))
    };
    Assessment {
        factors: fields.iter().filter_map(factor).collect(),
        trend: field("trend"),
        effect: field("effect"),
        urgent: field("urgent"),
    }
}
