use super::{Folder, command, lianfang, ran, text};

#[test]
fn the_configuration_is_shown_with_its_origins_and_without_passwords() {
    let folder = Folder::new();
    let file = folder.file("lianfang.toml", "node = 3\ndatabase = \"postgres://l:s3cret@db/l\"\n");
    let data = text(folder.0.path());
    let mut show = command(&["config", "show", "--data", &data, "--listen", "127.0.0.1:9", "--lang", "en"]);
    show.env("LIANFANG_HTTPS", "true");
    let shown = ran(show);
    assert_eq!((shown.code, shown.err.as_str()), (0, ""));
    let lines: Vec<Vec<&str>> = shown.out.lines().map(|line| line.split_whitespace().collect()).collect();
    let has = |words: &[&str]| assert!(lines.iter().any(|line| line == words), "{words:?}: {}", shown.out);
    has(&["#", &file]);
    has(&["node", "3", &format!("{file}:1")]);
    has(&["database", "postgres://l:…@db/l", &format!("{file}:2")]);
    has(&["listen", "127.0.0.1:9", "--listen"]);
    has(&["https", "true", "LIANFANG_HTTPS", "(environment)"]);
    has(&["keys", &format!("{data}/keys"), "default"]);
}

#[test]
fn a_wrong_configuration_is_explained_in_both_languages_and_nothing_starts() {
    let folder = Folder::new();
    let wrong = folder.file("wrong.toml", "listen = \"127.0.0.1:0\"\nhtps = true\n");
    let data = text(&folder.path("data"));
    for (lang, words) in
        [("zh", "wrong.toml:2: 没有“htps”这个配置项。是不是“https”？"), ("en", "Did you mean “https”?")]
    {
        let ran = lianfang(&["serve", "--config", &wrong, "--data", &data, "--lang", lang]);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""));
        assert!(ran.err.contains(words), "{}", ran.err);
    }
    assert!(!folder.path("data").exists());
    let missing = lianfang(&["migrate"]);
    assert_eq!(missing.code, 2);
    assert!(missing.err.contains("还缺少：--data"), "{}", missing.err);
    let absent = lianfang(&["migrate", "--config", "absent.toml"]);
    assert!(absent.err.contains("读不了配置文件 absent.toml"), "{}", absent.err);
}

#[test]
fn migrate_says_what_it_did_and_prints_where_tables_lie() {
    let folder = Folder::new();
    let data = text(&folder.path("data"));
    let first = lianfang(&["migrate", "--data", &data]);
    assert_eq!(first.code, 0, "{}", first.err);
    assert!(first.out.starts_with("结构已由第 0 版升到第 "), "{}", first.out);
    let again = lianfang(&["migrate", "--data", &data, "--lang", "en"]);
    assert!(again.out.starts_with("The schema is up to date"), "{}", again.out);
    let printed = lianfang(&["migrate", "--print-distribution"]);
    assert!(printed.out.lines().count() > 10 && printed.out.contains("create_reference_table('unit')"));
}
