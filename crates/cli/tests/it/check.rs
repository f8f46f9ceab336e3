use super::{Folder, lianfang, text};

#[test]
fn errors_make_the_exit_code_one_and_are_counted() {
    let folder = Folder::new();
    let ran = lianfang(&["plan", "check", &folder.plan("plan.txt"), "--as-of", "2026-11-22"]);
    assert_eq!(ran.code, 1, "{}", ran.out);
    assert!(ran.out.contains("[sum_mismatch]") && ran.out.contains("1 个文件：错误 1"), "{}", ran.out);
    assert!(!ran.out.contains("组织架构"), "only what is doubtful");
}

#[test]
fn a_file_that_cannot_be_read_weighs_more_than_an_error_found() {
    let folder = Folder::new();
    let missing = text(&folder.path("missing.txt"));
    assert_eq!(lianfang(&["plan", "check", &folder.plan("plan.txt"), &missing]).code, 3);
}
