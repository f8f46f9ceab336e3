use std::path::PathBuf;

use lianfang_store::{Settings, Store, StoreError};
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};

use crate::ground::{NOW, note};

/// An authority in a file, and a certificate of it for a host with its key.
fn certificates(folder: &tempfile::TempDir, host: &str) -> (PathBuf, String, String) {
    let authority_key = KeyPair::generate().unwrap();
    let mut authority = CertificateParams::new(Vec::new()).unwrap();
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let file = folder.path().join("ca.pem");
    std::fs::write(&file, authority.self_signed(&authority_key).unwrap().pem()).unwrap();
    let key = KeyPair::generate().unwrap();
    let issuer = Issuer::new(authority, authority_key);
    let certificate = CertificateParams::new([host.to_owned()]).unwrap().signed_by(&key, &issuer).unwrap();
    (file, certificate.pem(), key.serialize_pem())
}

async fn opened(address: String, database_ca: Option<PathBuf>) -> Result<Store, StoreError> {
    let folder = tempfile::tempdir().unwrap();
    let settings = Settings { database: Some(address), database_ca, ..Settings::in_folder(folder.path()) };
    let store = Store::open(&settings, NOW).await?;
    note(&store, 0, "x").await;
    Ok(store)
}

async fn refused(address: String, database_ca: Option<PathBuf>, why: &str) {
    match opened(address.clone(), database_ca).await {
        Err(StoreError::Broken(words)) => assert!(words.contains(why), "{address}: {words}"),
        other => panic!("{address}: {:?}", other.err()),
    }
}

#[tokio::test]
async fn a_database_without_encryption_is_refused_where_encryption_is_asked_for() {
    let Some(server) = lianfang_throwaway::alone() else { return };
    let folder = tempfile::tempdir().unwrap();
    let (authority, ..) = certificates(&folder, "127.0.0.1");
    let plain = "offers no encrypted connection";
    refused(format!("{}?sslmode=require", server.database().address), None, plain).await;
    refused(format!("{}?sslmode=verify-full", server.database().address), Some(authority.clone()), plain).await;
    refused(server.database().address, Some(authority.clone()), plain).await;
    refused(format!("{}?sslmode=verify-full", server.database().address), None, "--database-ca").await;
    refused(format!("{}?sslmode=disable", server.database().address), Some(authority), "leave one of the two out")
        .await;
    opened(format!("{}?sslmode=prefer", server.database().address), None).await.unwrap().close().await;
}

#[tokio::test]
async fn an_encrypted_database_is_used_encrypted_and_must_be_who_it_says() {
    let Some(server) = lianfang_throwaway::alone() else { return };
    let folder = tempfile::tempdir().unwrap();
    let (authority, certificate, key) = certificates(&folder, "127.0.0.1");
    server.encrypt(&certificate, &key);
    let address = || server.database().address;
    for (address, authority) in [
        (format!("{}?sslmode=require", address()), None),
        (format!("{}?sslmode=verify-full", address()), Some(authority.clone())),
        (address(), Some(authority.clone())),
        (address(), None),
    ] {
        let store = opened(address.clone(), authority).await.unwrap();
        assert_eq!(n_plain(&address).await, 0, "{address}");
        store.close().await;
    }
    let by_another_name = address().replace("127.0.0.1", "localhost");
    refused(by_another_name, Some(authority), "was not accepted").await;
    let elsewhere = tempfile::tempdir().unwrap();
    let (another, ..) = certificates(&elsewhere, "127.0.0.1");
    refused(address(), Some(another), "was not accepted").await;
    refused(address(), Some(elsewhere.path().join("none.pem")), "no certificate of an authority can be read").await;
}

/// How many connections of the program to a database are not encrypted.
async fn n_plain(address: &str) -> i64 {
    let plain = address.split('?').next().unwrap().to_owned() + "?sslmode=disable";
    let (client, connection) = tokio_postgres::connect(&plain, tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    let sql = "SELECT count(*) FILTER (WHERE NOT ssl), count(*) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)
        WHERE application_name = 'lianfang' AND datname = current_database()";
    let row = client.query_one(sql, &[]).await.unwrap();
    assert!(row.get::<_, i64>(1) > 0);
    row.get(0)
}
