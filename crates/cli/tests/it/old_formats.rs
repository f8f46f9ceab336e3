//! Files that LibreOffice must convert first.

use std::process::Command;

use super::{Folder, PLAN, command, ran};

/// The plan as RTF: every character escaped, one paragraph a line.
fn rtf() -> String {
    let body: String = PLAN
        .chars()
        .map(|c| match c {
            '\n' => "\\par\n".to_owned(),
            c if c.is_ascii() => c.to_string(),
            c => format!("\\u{}?", i32::try_from(u32::from(c)).unwrap()),
        })
        .collect();
    format!("{{\\rtf1\\ansi\\uc1 {body}}}")
}

#[test]
fn without_libreoffice_the_way_on_is_to_save_as_docx() {
    let folder = Folder::new();
    let mut command = command(&["plan", "read", &folder.file("plan.rtf", rtf())]);
    command.env("PATH", "/nowhere-at-all");
    let ran = ran(command);
    assert_eq!(ran.code, 3);
    assert!(ran.err.contains("没有 LibreOffice") && ran.err.contains("另存为 .docx"), "{}", ran.err);
}

#[test]
fn with_libreoffice_an_old_file_is_read_like_any_other() {
    let present =
        ["soffice", "libreoffice"].into_iter().any(|program| Command::new(program).arg("--version").output().is_ok());
    if !present {
        let required = std::env::var("LIANFANG_REQUIRE").unwrap_or_default();
        assert!(!required.contains("libreoffice"), "LibreOffice is required and not installed");
        return;
    }
    let folder = Folder::new();
    let temporary = folder.path("temporary");
    std::fs::create_dir(&temporary).unwrap();
    let mut command = command(&["plan", "read", &folder.file("plan.rtf", rtf())]);
    command.env("TMPDIR", &temporary);
    let ran = ran(command);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("医疗救治组"), "{}", ran.out);
    let entries: Vec<_> = std::fs::read_dir(&temporary).unwrap().flatten().map(|entry| entry.file_name()).collect();
    let left = entries.iter().filter(|name| name.to_string_lossy().starts_with("lianfang-")).count();
    assert_eq!(left, 0, "temporary folders are left behind: {entries:?}");
}
