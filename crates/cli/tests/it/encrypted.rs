use std::path::PathBuf;

use rcgen::{CertificateParams, KeyPair};

use super::server::{Server, open_encrypted};
use super::{Folder, lianfang, text};

/// A certificate for this machine, signed by itself, and its key, in two files.
fn certificate(folder: &Folder) -> (PathBuf, PathBuf) {
    let key = KeyPair::generate().unwrap();
    let certificate = CertificateParams::new(["localhost".to_owned()]).unwrap().self_signed(&key).unwrap();
    folder.file("certificate.pem", certificate.pem());
    folder.file("key.pem", key.serialize_pem());
    (folder.path("certificate.pem"), folder.path("key.pem"))
}

fn flags(folder: &Folder, certificate: &std::path::Path, key: &std::path::Path) -> Vec<String> {
    let data = text(&folder.path("data"));
    ["--data", &data, "--tls-certificate", &text(certificate), "--tls-key", &text(key)].map(str::to_owned).to_vec()
}

#[test]
fn with_a_certificate_it_serves_https_and_reads_the_renewed_one_when_told() {
    let folder = Folder::new();
    let (certificate_file, key) = certificate(&folder);
    let mut server = Server::start(&flags(&folder, &certificate_file, &key));
    assert!(server.address.starts_with("https://127.0.0.1:"), "{}", server.address);
    assert!(server.line().contains(&server.address), "the link for the first set-up");
    let known = folder.path("known.pem");
    std::fs::copy(&certificate_file, &known).unwrap();
    let answer = open_encrypted(server.host(), "/healthz", &known).unwrap();
    assert_eq!((answer.status, answer.body.as_str()), (200, "ok\n"));
    let switched = open_encrypted(server.host(), "/language/en?back=/", &known).unwrap();
    assert!(switched.head.contains("; Secure"), "cookies travel encrypted only: {}", switched.head);

    certificate(&folder);
    server.signal("HUP");
    let renewed = (0..100).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(50));
        open_encrypted(server.host(), "/healthz", &certificate_file).is_ok()
    });
    assert!(renewed);
    assert!(open_encrypted(server.host(), "/healthz", &known).is_err(), "the old one is no longer shown");
    std::fs::write(&certificate_file, "nothing").unwrap();
    server.signal("HUP");
    assert!(server.stop());
}

#[test]
fn wrong_files_are_named_and_nothing_starts() {
    let folder = Folder::new();
    let (certificate_file, key) = certificate(&folder);
    let other = Folder::new();
    let (_, other_key) = certificate(&other);
    let absent = folder.path("absent.pem");
    let cases = [
        (&absent, &key, "absent.pem 中读不到证书", "No certificate can be read in"),
        (&key, &key, "key.pem 中读不到证书", "No certificate can be read in"),
        (&certificate_file, &certificate_file, "certificate.pem 中读不到私钥", "No key can be read in"),
        (&certificate_file, &other_key, "不配套或不可用", "do not fit"),
    ];
    for (certificate, key, zh, en) in cases {
        for (lang, words) in [("zh", zh), ("en", en)] {
            let flags = flags(&folder, certificate, key);
            let flags: Vec<&str> = flags.iter().map(String::as_str).collect();
            let ran = lianfang(&[&["serve", "--lang", lang], &flags[..]].concat());
            assert_eq!(ran.code, 2);
            assert!(ran.err.contains(words), "{}", ran.err);
        }
    }
    let half = lianfang(&["serve", "--data", &text(&folder.path("data")), "--tls-key", &text(&key)]);
    assert!(half.err.contains("还缺少：--tls-certificate"), "{}", half.err);
    assert!(!folder.path("data").exists());
}
