use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};

/// Tells the conversions of a process apart.
static NEXT: AtomicU32 = AtomicU32::new(0);

/// Has LibreOffice turn a file of one kind into another, told by how their names end and, after a colon, by which filter;
/// none where it is not installed.
///
/// # Panics
/// When it is not installed and `LIANFANG_REQUIRE` names `libreoffice`, or when it makes nothing of the file.
pub fn converted(bytes: &[u8], from: &str, to: &str) -> Option<Vec<u8>> {
    let Some(program) = ["soffice", "libreoffice"].into_iter().find_map(super::program) else {
        super::skipped("libreoffice", "LibreOffice is not installed");
        return None;
    };
    if [from, to].iter().any(|kind| kind.contains("xlsx") || kind.contains("ods")) && !has_calc(&program) {
        super::skipped("libreoffice", "LibreOffice is installed without Calc");
        return None;
    }
    let n = NEXT.fetch_add(1, Ordering::Relaxed);
    let folder = std::env::temp_dir().join(format!("lianfang-office-{}-{n}", std::process::id()));
    let made = folder.join("made");
    let converted = fs::create_dir_all(&folder).and_then(|()| fs::write(folder.join(format!("file.{from}")), bytes));
    // A profile of its own, or it talks to another that runs and leaves nothing here.
    let ran = Command::new(program)
        .arg(format!("-env:UserInstallation=file://{}", folder.join("profile").display()))
        .args(["--headless", "--convert-to", to, "--outdir"])
        .arg(&made)
        .arg(folder.join(format!("file.{from}")))
        .output();
    let file = converted.and(ran).and_then(|ran| {
        fs::read(made.join(format!("file.{}", to.split(':').next().unwrap_or(to))))
            .map_err(|error| std::io::Error::other(format!("{error}: {}", String::from_utf8_lossy(&ran.stderr))))
    });
    // What it left behind is of no use whether it worked or not.
    let _removed = fs::remove_dir_all(&folder);
    match file {
        Ok(file) => Some(file),
        Err(error) => panic!("LibreOffice made no {to} of a {from}: {error}"),
    }
}

/// Whether the part that opens workbooks lies beside the program. Where the parts are not packed apart, it does.
fn has_calc(program: &Path) -> bool {
    let real = fs::canonicalize(program).unwrap_or_else(|_| program.to_owned());
    let beside = |name| real.with_file_name(name).exists();
    beside("libsclo.so") || !beside("libswlo.so")
}
