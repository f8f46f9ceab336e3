use super::{Folder, PLAN, lianfang, lianfang_given};

#[test]
fn a_plan_becomes_a_tree() {
    let folder = Folder::new();
    let ran = lianfang(&["plan", "read", &folder.plan("plan.txt")]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    for words in ["青岚县急性呼吸道传染病应急预案", "组织架构", "医疗救治组", "任务", "待核实"]
    {
        assert!(ran.out.contains(words), "{words}\n{}", ran.out);
    }
    assert!(!ran.out.contains('\u{1b}'), "colour where there is no terminal");
}

#[test]
fn the_same_plan_can_come_by_standard_input() {
    let ran = lianfang_given(&["plan", "read", "-"], PLAN.as_bytes());
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("医疗救治组"));
}

#[test]
fn the_tree_keeps_to_the_width_asked_for() {
    let folder = Folder::new();
    let path = folder.plan("plan.txt");
    for width in ["40", "80"] {
        let mut command = super::command(&["plan", "read", "--full", &path]);
        command.env("COLUMNS", width);
        let widest = super::ran(command).out.lines().map(unicode_width::UnicodeWidthStr::width).max();
        assert!(widest <= width.parse().ok(), "{widest:?} of {width}");
    }
}

#[test]
fn full_shows_more_than_brief() {
    let folder = Folder::new();
    let path = folder.plan("plan.txt");
    let brief = lianfang(&["plan", "read", &path]).out;
    let full = lianfang(&["plan", "read", &path, "--full"]).out;
    assert!(brief.contains("加 --full 显示") && !full.contains("加 --full 显示"));
    assert!(full.len() > brief.len());
}

#[test]
fn english_labels_come_by_option_or_environment() {
    let folder = Folder::new();
    let path = folder.plan("plan.txt");
    let by_option = lianfang(&["plan", "read", &path, "--lang", "en"]).out;
    assert!(by_option.contains("Organisation (") && !by_option.contains("组织架构（"), "{by_option}");
    let mut command = super::command(&["plan", "read", &path]);
    command.env("LANG", "en_GB.UTF-8");
    assert_eq!(super::ran(command).out, by_option);
    let mut command = super::command(&["plan", "read", &path]);
    command.env("LANG", "en_GB.UTF-8").env("LIANFANG_LANG", "zh");
    assert!(super::ran(command).out.contains("组织架构（"));
}

#[test]
fn a_bad_file_does_not_stop_the_others() {
    let folder = Folder::new();
    let (good, other) = (folder.plan("good.txt"), folder.plan("other.txt"));
    let missing = super::text(&folder.path("missing.txt"));
    let ran = lianfang(&["plan", "read", &good, &missing, &other]);
    assert_eq!(ran.code, 3);
    assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
    assert!(ran.err.contains("missing.txt") && ran.err.contains("没有这个文件"), "{}", ran.err);
    assert!(ran.out.contains("good.txt ====") && ran.out.contains("other.txt ===="));
}

#[test]
fn json_is_one_object_that_names_its_version_files_and_failures() {
    let folder = Folder::new();
    let good = folder.plan("good.txt");
    let missing = super::text(&folder.path("missing.txt"));
    let ran = lianfang(&["plan", "read", &good, &missing, "--format", "json"]);
    assert_eq!(ran.code, 3);
    let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(json["schema"], "lianfang.reading/1");
    assert_eq!(json["files"].as_array().unwrap().len(), 1);
    assert_eq!(json["files"][0]["file"], good.as_str());
    assert_eq!(json["files"][0]["plans"][0]["title"]["text"], "青岚县急性呼吸道传染病应急预案");
    assert!(json["files"][0]["findings"].is_array());
    assert_eq!(json["unreadable"][0]["file"], missing.as_str());
}

#[test]
fn every_plan_in_json_reads_back_into_the_types() {
    let folder = Folder::new();
    let ran = lianfang(&["plan", "read", &folder.plan("good.txt"), "--format", "json"]);
    let mut json: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let plan: lianfang_domain::plan::Plan = serde_json::from_value(json["files"][0]["plans"][0].take()).unwrap();
    assert!(!plan.text.is_empty());
}

#[test]
fn the_day_of_reading_decides_what_is_past() {
    let folder = Folder::new();
    let path = folder.plan("plan.txt");
    let findings = |as_of| lianfang(&["plan", "check", &path, "--as-of", as_of]).out;
    assert!(!findings("2026-11-22").contains("deadline_past"));
    assert!(findings("2028-01-01").contains("deadline_past"));
}
