use super::{Folder, PLAN, lianfang, text};

#[test]
fn a_plan_and_itself_do_not_differ() {
    let folder = Folder::new();
    let ran = lianfang(&["plan", "diff", &folder.plan("old.txt"), &folder.plan("new.txt")]);
    assert_eq!((ran.code, ran.out.as_str()), (0, "两版没有差别。\n"));
}

#[test]
fn changes_are_told_in_words_with_both_lines() {
    let folder = Folder::new();
    let newer = PLAN
        .replace("县医保局、县人民医院", "县人民医院")
        .replace("2027年3月底前完成", "2027年4月底前完成")
        .replace("不少于2辆", "不少于3辆");
    assert_ne!(newer, PLAN);
    let (old, new) = (folder.plan("old.txt"), folder.file("new.txt", &newer));
    let ran = lianfang(&["plan", "diff", &old, &new]);
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("“医疗救治组”减少成员单位：县医保局"), "{}", ran.out);
    assert!(ran.out.contains("由2027年3月31日改为2027年4月30日（推后 30 天）"), "{}", ran.out);
    assert!(ran.out.contains("由 ≥ 2 辆 改为 ≥ 3 辆"), "{}", ran.out);
    assert!(ran.out.contains("旧版第 ") && ran.out.contains("处变化"), "{}", ran.out);
    let english = lianfang(&["plan", "diff", &old, &new, "--lang", "en"]).out;
    assert!(english.contains("member unit removed: 县医保局"), "{english}");
}

#[test]
fn json_names_both_files_and_each_change() {
    let folder = Folder::new();
    let new = folder.file("new.txt", PLAN.replace("县医保局、县人民医院", "县人民医院"));
    let ran = lianfang(&["plan", "diff", &folder.plan("old.txt"), &new, "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((ran.code, &json["schema"]), (1, &serde_json::json!("lianfang.diff/1")));
    assert_eq!(json["new"], new.as_str());
    assert_eq!(json["plans"][0]["changes"][0]["kind"], "removed");
}

#[test]
fn a_missing_version_is_not_a_difference() {
    let folder = Folder::new();
    let ran = lianfang(&["plan", "diff", &folder.plan("old.txt"), &text(&folder.path("new.txt"))]);
    assert_eq!((ran.code, ran.out.as_str()), (3, ""));
}
