use lianfang_store::{StoreError, Tx};

use crate::{Fault, form::FormErrors};

/// What a form says when its change was not kept because of someone else.
#[derive(Clone, Debug, Default)]
pub(crate) struct Refusals {
    /// The record was changed in the meantime; at this field.
    pub(crate) changed: (&'static str, String),
    /// A name or code is in use; at this field. Empty where the change has none.
    pub(crate) taken: (&'static str, &'static str),
}

impl Refusals {
    /// Of a change that can only meet someone who was faster.
    pub(crate) fn changed(words: impl Into<String>) -> Refusals {
        Refusals { changed: ("", words.into()), taken: ("", "") }
    }

    /// The same, and a name or code that may be in use.
    #[must_use]
    pub(crate) fn or_taken(self, field: &'static str, words: &'static str) -> Refusals {
        Refusals { taken: (field, words), ..self }
    }
}

/// Keeps a change. Where someone else was faster nothing is kept, and the form is to be shown again beside the present
/// state, with what was typed and what this gives back.
///
/// # Errors
/// [`Fault`] when it could not be kept for any other reason.
pub(crate) async fn keep(tx: Tx<'_>, refusals: Refusals) -> Result<Result<(), FormErrors>, Fault> {
    let mut errors = FormErrors::default();
    match tx.commit().await {
        Ok(()) => return Ok(Ok(())),
        Err(StoreError::Changed(_)) => errors.add(refusals.changed.0, refusals.changed.1),
        Err(StoreError::Taken(_)) if !refusals.taken.1.is_empty() => errors.add(refusals.taken.0, refusals.taken.1),
        Err(error) => return Err(error.into()),
    }
    Ok(Err(errors))
}
