use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum_server::tls_rustls::RustlsConfig;
use lianfang_domain::Lang;
use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject};

/// What the server shows to browsers that come by https. The files can be read again while it serves.
#[derive(Clone)]
pub struct Tls {
    certificate: PathBuf,
    key: PathBuf,
    pub(crate) config: RustlsConfig,
}

impl fmt::Debug for Tls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tls").field("certificate", &self.certificate).finish_non_exhaustive()
    }
}

impl Tls {
    /// Reads a certificate, with those that lead to its authority behind it, and its key, both as PEM.
    ///
    /// # Errors
    /// [`TlsFault`] says which file is wrong and how.
    pub fn read(certificate: &Path, key: &Path) -> Result<Tls, TlsFault> {
        let config = RustlsConfig::from_config(read(certificate, key)?);
        Ok(Tls { certificate: certificate.to_owned(), key: key.to_owned(), config })
    }

    /// Reads the files again; new connections see what is in them now. When they are wrong, what was read before stays.
    ///
    /// # Errors
    /// [`TlsFault`] says which file is wrong and how.
    pub fn read_again(&self) -> Result<(), TlsFault> {
        self.config.reload_from_config(read(&self.certificate, &self.key)?);
        Ok(())
    }
}

/// What is wrong with a certificate or its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TlsFault {
    /// The file holds no certificate that can be read; why.
    NoCertificate(PathBuf, String),
    /// The file holds no private key that can be read; why.
    NoKey(PathBuf, String),
    /// The two do not belong together, or cannot be used; why.
    NotAPair(PathBuf, PathBuf, String),
}

impl TlsFault {
    /// What is wrong and what to do.
    pub fn words(&self, lang: Lang) -> String {
        match self {
            TlsFault::NoCertificate(file, why) => lang.pick(
                format!("{} 中读不到证书：{why}。应为 PEM 文件，以 -----BEGIN CERTIFICATE----- 开头。", file.display()),
                format!(
                    "No certificate can be read in {}: {why}. It should be a PEM file with -----BEGIN CERTIFICATE-----.",
                    file.display()
                ),
            ),
            TlsFault::NoKey(file, why) => lang.pick(
                format!("{} 中读不到私钥：{why}。应为未加密的 PEM 私钥。", file.display()),
                format!("No key can be read in {}: {why}. It should be a private key as PEM, not encrypted.", file.display()),
            ),
            TlsFault::NotAPair(certificate, key, why) => lang.pick(
                format!("证书 {} 与私钥 {} 不配套或不可用：{why}", certificate.display(), key.display()),
                format!("The certificate {} and the key {} do not fit: {why}", certificate.display(), key.display()),
            ),
        }
    }
}

fn read(certificate: &Path, key: &Path) -> Result<Arc<ServerConfig>, TlsFault> {
    let no_certificate = |why: String| TlsFault::NoCertificate(certificate.to_owned(), why);
    let chain = CertificateDer::pem_file_iter(certificate)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .map_err(|error| no_certificate(error.to_string()))?;
    if chain.is_empty() {
        return Err(no_certificate("no items found".to_owned()));
    }
    let private =
        PrivateKeyDer::from_pem_file(key).map_err(|error| TlsFault::NoKey(key.to_owned(), error.to_string()))?;
    let unfit = |error: rustls::Error| TlsFault::NotAPair(certificate.to_owned(), key.to_owned(), error.to_string());
    let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(unfit)?
        .with_no_client_auth()
        .with_single_cert(chain, private)
        .map_err(unfit)?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Arc::new(config))
}
