use super::{Folder, lianfang, lianfang_given};

#[test]
fn each_kind_of_bad_file_is_told_what_it_is_and_what_to_do() {
    let folder = Folder::new();
    let missing = super::text(&folder.path("missing.docx"));
    let directory = super::text(folder.0.path());
    let png = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00";
    let cases = [
        (missing, "没有这个文件", "No such file"),
        (directory, "这是文件夹", "This is a folder"),
        (folder.file("empty.txt", ""), "没有文字", "no text"),
        (folder.file("picture.docx", png), "图片", "picture"),
        (folder.file("junk.bin", [0_u8, 159, 146, 150, 0, 1, 2, 3, 255, 254, 0, 7].repeat(50)), "请", ". "),
    ];
    for (path, zh, en) in &cases {
        let ran = lianfang(&["plan", "read", path]);
        assert_eq!((ran.code, ran.out.as_str()), (3, ""), "{path}");
        assert!(ran.err.contains(zh), "{path}: {}", ran.err);
        let ran = lianfang(&["plan", "read", path, "--lang", "en"]);
        assert!(ran.err.contains(en), "{path}: {}", ran.err);
        assert!(!ran.err.contains("panicked"), "{path}: {}", ran.err);
    }
}

#[test]
fn a_file_over_the_limit_says_how_to_raise_it() {
    let folder = Folder::new();
    let path = folder.file("large.txt", "预案".repeat(400_000));
    let ran = lianfang(&["plan", "read", &path, "--max-size", "1"]);
    assert_eq!(ran.code, 3);
    assert!(ran.err.contains("--max-size 3"), "{}", ran.err);
    let ran = lianfang_given(&["plan", "read", "-", "--max-size", "1"], "预案".repeat(400_000).as_bytes());
    assert_eq!(ran.code, 3);
    assert!(ran.err.contains("--max-size"), "{}", ran.err);
}

#[test]
fn a_wrong_command_line_is_explained_in_the_language_of_the_user() {
    let cases: [(&[&str], &str); 7] = [
        (&["plna"], "没有“plna”这个命令。是不是“plan”"),
        (&["plan", "read", "--fromat", "json", "x"], "没有“--fromat”这个选项。是不是“--format”"),
        (&["plan", "read"], "还缺少：<FILE>..."),
        (&["plan", "read", "x", "--format", "csv"], "可以用：tree、json、xlsx"),
        (&["plan", "read", "x", "--as-of", "2027-02-30"], "日期写成 2027-06-30 的样子"),
        (&["plan", "read", "x", "--max-size", "0"], "1 到 1024"),
        (&["plan", "read", "x", "--format", "xlsx"], "请加 --out"),
    ];
    for (args, words) in cases {
        let ran = lianfang(args);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{args:?}");
        assert!(ran.err.contains(words), "{args:?}: {}", ran.err);
        let english = lianfang(&[args, &["--lang", "en"]].concat());
        assert_eq!(english.code, 2);
        assert!(!english.err.contains("用法见"), "{args:?}: {}", english.err);
    }
}

#[test]
fn the_help_that_is_named_is_that_of_the_command() {
    let cases: [(&[&str], &str); 4] = [
        (&["plna"], "用法见 lianfang --help。"),
        (&["plan", "read"], "用法见 lianfang plan read --help。"),
        (&["detect"], "用法见 lianfang detect --help。"),
        (&["visits", "contacts", "--data", "plan"], "用法见 lianfang visits contacts --help。"),
    ];
    for (args, words) in cases {
        let ran = lianfang(args);
        assert!(ran.err.contains(words), "{args:?}: {}", ran.err);
    }
}

#[test]
fn a_table_that_is_not_there_is_named_in_the_language_of_the_user() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().to_string_lossy();
    for command in [vec!["detect"], vec!["visits", "import", "--data", &data]] {
        let asked = |lang| lianfang(&[&command[..], &["no-such.csv", "--lang", lang]].concat());
        let (chinese, english) = (asked("zh"), asked("en"));
        assert_eq!((chinese.code, english.code), (3, 3), "{command:?}");
        assert!(chinese.err.contains("no-such.csv") && chinese.err.contains("没有这个文件"), "{}", chinese.err);
        assert!(english.err.contains("no-such.csv") && english.err.contains("No such file"), "{}", english.err);
    }
}

#[test]
fn help_and_version_are_no_mistakes() {
    for args in [vec!["--help"], vec!["--version"], vec!["plan", "--help"], vec!["plan", "diff", "--help"]] {
        let ran = lianfang(&args);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{args:?}");
        assert!(!ran.out.is_empty());
    }
}
