use std::path::Path;
use std::sync::Arc;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime, pem::PemObject};
use rustls::{ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme};
use tokio_postgres::{Config, config::SslMode};
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::StoreError;

/// What an address says besides what `tokio_postgres` knows: that the server must show a certificate of an authority.
const VERIFY_FULL: &str = "sslmode=verify-full";

/// Reads an address such as `postgres://user:password@host/database?sslmode=verify-full`, and how its connections are
/// encrypted: `prefer` where the server can (the default), `require` always, `verify-full` or an authority always and
/// only with a certificate of that authority for the name of the host.
pub(super) fn read_address(address: &str, authority: Option<&Path>) -> Result<(Config, MakeRustlsConnect), StoreError> {
    let verify = address.contains(VERIFY_FULL);
    let mut config: Config = address
        .replace(VERIFY_FULL, "sslmode=require")
        .parse()
        .map_err(|error| StoreError::Broken(format!("the address of the database cannot be read: {error}")))?;
    let tls = match authority {
        Some(_) if config.get_ssl_mode() == SslMode::Disable => {
            return Err(broken(
                "the address of the database says sslmode=disable, but an authority for its certificate is given; leave one of the two out",
            ));
        }
        Some(file) => {
            config.ssl_mode(SslMode::Require);
            checked(file)?
        }
        None if verify => {
            return Err(broken(
                "sslmode=verify-full needs the authority that signed the database's certificate: --database-ca FILE",
            ));
        }
        None => unchecked()?,
    };
    Ok((config, MakeRustlsConnect::new(tls)))
}

fn broken(why: &str) -> StoreError {
    StoreError::Broken(why.to_owned())
}

fn provider() -> Arc<CryptoProvider> {
    Arc::new(ring::default_provider())
}

/// Only a certificate of this authority, for the name of the host.
fn checked(file: &Path) -> Result<ClientConfig, StoreError> {
    let unfit = |why: &dyn std::fmt::Display| {
        StoreError::Broken(format!("{}: no certificate of an authority can be read: {why}", file.display()))
    };
    let mut roots = RootCertStore::empty();
    for certificate in CertificateDer::pem_file_iter(file).map_err(|error| unfit(&error))? {
        roots.add(certificate.map_err(|error| unfit(&error))?).map_err(|error| unfit(&error))?;
    }
    if roots.is_empty() {
        return Err(unfit(&"there is none in it"));
    }
    let versions = ClientConfig::builder_with_provider(provider()).with_safe_default_protocol_versions();
    Ok(versions.map_err(|error| unfit(&error))?.with_root_certificates(roots).with_no_client_auth())
}

/// Any certificate: nobody can listen, but nobody proves who they are either.
fn unchecked() -> Result<ClientConfig, StoreError> {
    let versions = ClientConfig::builder_with_provider(provider())
        .with_safe_default_protocol_versions()
        .map_err(|error| StoreError::Broken(error.to_string()))?;
    let any = Arc::new(Any(provider()));
    Ok(versions.dangerous().with_custom_certificate_verifier(any).with_no_client_auth())
}

/// Takes any certificate.
#[derive(Debug)]
struct Any(Arc<CryptoProvider>);

impl ServerCertVerifier for Any {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls12_signature(message, certificate, signature, &self.0.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls13_signature(message, certificate, signature, &self.0.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}

/// Why no encrypted connection came about, in words; none when something else went wrong.
pub(super) fn why_not_encrypted(error: &tokio_postgres::Error) -> Option<StoreError> {
    let cause = std::error::Error::source(error)?;
    if cause.to_string() == "server does not support TLS" {
        return Some(broken(
            "the database offers no encrypted connection, which the address asks for (sslmode); turn ssl on at the \
             server. Nothing was sent unencrypted",
        ));
    }
    let inner = cause.downcast_ref::<std::io::Error>()?.get_ref()?;
    let error = inner.downcast_ref::<rustls::Error>()?;
    Some(StoreError::Broken(format!(
        "the certificate of the database was not accepted ({error}); --database-ca must hold the authority that signed \
         it, and the address must name the host as the certificate does"
    )))
}
