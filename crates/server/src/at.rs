use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

use crate::{App, Fault};

/// The parameters of an address. What cannot be one leads nowhere, like the address of something that is not there.
pub(crate) struct At<T>(pub(crate) T);

impl<T: DeserializeOwned + Send> FromRequestParts<App> for At<T> {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<At<T>, Fault> {
        Path::from_request_parts(parts, app).await.map(|Path(found)| At(found)).map_err(|_| Fault::NotFound)
    }
}
