use std::io::Write;
use std::path::Path;
use std::process::Command;

use super::server::Server;
use super::text;
use super::visitor::{Visitor, county};

/// A small disk of its own, which goes with the test.
struct Disk(tempfile::TempDir);

impl Disk {
    /// None where this user may not have one.
    fn of(megabytes: u32) -> Option<Disk> {
        let folder = tempfile::tempdir().unwrap();
        let size = format!("size={megabytes}m");
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(folder.path()).output();
        let mounted = mounted.is_ok_and(|output| output.status.success());
        if !mounted {
            lianfang_throwaway::skipped("disk", "a small disk cannot be made by this user");
        }
        mounted.then_some(Disk(folder))
    }

    fn path(&self) -> &Path {
        self.0.path()
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _gone = Command::new("umount").args(["-l"]).arg(self.0.path()).status();
    }
}

/// Fills a disk to its last byte. The server may take a page in between, so that running out is no failure here.
fn fill(file: &Path) {
    let mut ballast = std::fs::File::create(file).unwrap();
    let mut size = 1 << 16;
    while size > 0 {
        match ballast.write(&vec![7; size]) {
            Ok(n) if n > 0 => {}
            _ => size /= 2,
        }
    }
}

#[test]
fn a_full_disk_is_said_so_with_what_was_typed_and_it_goes_on_when_there_is_room() {
    let Some(disk) = Disk::of(8) else { return };
    let mut server = Server::start(&["--data".to_owned(), text(&disk.path().join("data"))]);
    let mut visitor = Visitor::set_up(&mut server);
    let host = server.host().to_owned();
    let ballast = disk.path().join("ballast");
    fill(&ballast);
    // What is left of the log takes some changes yet.
    let refused = (1..2000).find_map(|n| {
        let answer = visitor.add_area(&host, &county(n), &format!("第{n}清河区")).unwrap();
        (answer.status != 303 && answer.status != 429).then_some((n, answer))
    });
    let (n, answer) = refused.unwrap();
    assert_eq!(answer.status, 503, "{}", answer.body);
    for words in ["磁盘已满，无法保存", "通知系统管理员清理磁盘", "再次提交", &format!("value=\"第{n}清河区\"")]
    {
        assert!(answer.body.contains(words), "{words} is not in {}", answer.body);
    }
    let areas = visitor.open(&host, "/areas").unwrap();
    assert_eq!(areas.status, 200, "what is there can still be read");
    assert!(!areas.body.contains(&format!("第{n}清河区")));
    std::fs::remove_file(&ballast).unwrap();
    let again = visitor.add_area(&host, &county(n), &format!("第{n}清河区")).unwrap();
    assert_eq!(again.status, 303, "{}", again.body);
    assert!(visitor.open(&host, "/areas").unwrap().body.contains(&format!("第{n}清河区")));
    assert!(server.stop());
}
