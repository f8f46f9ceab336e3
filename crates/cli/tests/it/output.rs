use std::fs;
use std::io::Cursor;
use std::process::Stdio;

use calamine::{Reader, Xlsx};

use super::{Folder, PLAN, lianfang, text};

#[test]
fn a_workbook_holds_six_sheets_with_rows() {
    let folder = Folder::new();
    let out = folder.path("plan.xlsx");
    let ran = lianfang(&["plan", "read", &folder.plan("plan.txt"), "--format", "xlsx", "--out", &text(&out)]);
    assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{}", ran.err);
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(fs::read(&out).unwrap())).unwrap();
    let sheets = book.sheet_names();
    assert_eq!(sheets, ["组织架构", "响应分级", "任务清单", "指标", "时限", "待核实"]);
    for sheet in ["组织架构", "任务清单", "待核实"] {
        let rows = book.worksheet_range(sheet).unwrap().height();
        assert!(rows > 3, "{sheet} has {rows} rows");
    }
}

#[test]
fn an_existing_file_is_kept_unless_forced() {
    let folder = Folder::new();
    let (plan, out) = (folder.plan("plan.txt"), folder.file("out.json", "mine"));
    let args = ["plan", "read", &plan, "--format", "json", "--out", &out];
    let ran = lianfang(&args);
    assert_eq!(ran.code, 4);
    assert!(ran.err.contains("--force"), "{}", ran.err);
    assert_eq!(fs::read_to_string(&out).unwrap(), "mine");
    let ran = lianfang(&[&args[..], &["--force"]].concat());
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(fs::read_to_string(&out).unwrap().contains("lianfang.reading/1"));
}

#[test]
fn the_file_being_read_is_never_the_output() {
    let folder = Folder::new();
    let plan = folder.plan("plan.txt");
    let ran = lianfang(&["plan", "read", &plan, "--out", &plan, "--force"]);
    assert_eq!(ran.code, 4, "{}", ran.err);
    assert_eq!(fs::read_to_string(&plan).unwrap(), PLAN);
}

#[test]
fn an_output_that_cannot_be_written_is_said_and_leaves_nothing_behind() {
    let folder = Folder::new();
    let plan = folder.plan("plan.txt");
    let nowhere = text(&folder.path("no-such-folder/out.json"));
    let ran = lianfang(&["plan", "read", &plan, "--format", "json", "--out", &nowhere]);
    assert_eq!(ran.code, 4);
    assert!(ran.err.contains("文件夹不存在"), "{}", ran.err);
    assert_eq!(fs::read_dir(folder.0.path()).unwrap().count(), 1);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error() {
    let folder = Folder::new();
    let mut command = super::command(&["plan", "read", &folder.plan("plan.txt")]);
    command.stdout(fs::OpenOptions::new().write(true).open("/dev/full").unwrap());
    let output = command.stderr(Stdio::piped()).spawn().unwrap().wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(4));
    assert!(String::from_utf8(output.stderr).unwrap().contains("磁盘已满"));
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    let folder = Folder::new();
    let plan = folder.plan("plan.txt");
    let mut command = super::command(&["plan", "read", &plan, "--format", "json"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
}
