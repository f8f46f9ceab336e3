//! Old office files are turned into docx by LibreOffice, where it is installed.

use std::env;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::sleep;
use std::time::Duration;

use lianfang_domain::Lang;
use lianfang_plandoc::LegacyFormat;

const TIME_OUT: Duration = Duration::from_secs(60);
const PAUSE: Duration = Duration::from_millis(50);

/// Why there is no docx.
#[derive(Debug)]
pub(super) enum NotConverted {
    NoProgram,
    TimedOut,
    Failed,
    Io(io::Error),
}

impl From<io::Error> for NotConverted {
    fn from(error: io::Error) -> Self {
        NotConverted::Io(error)
    }
}

impl NotConverted {
    pub(super) fn message(&self, kind: LegacyFormat, lang: Lang) -> String {
        let name = match kind {
            LegacyFormat::Doc => lang.pick("旧版 Word(.doc)文件", "an old Word file (.doc)"),
            LegacyFormat::Wps => lang.pick("WPS 文字(.wps)文件", "a WPS Writer file (.wps)"),
            LegacyFormat::Rtf => lang.pick("RTF 文件", "an RTF file"),
            LegacyFormat::OtherOffice => lang.pick("其他办公软件的文件", "a file of another office program"),
        };
        let why = match self {
            NotConverted::NoProgram => lang
                .pick("本机没有 LibreOffice,不能代为转换", "LibreOffice is not installed here to convert it")
                .to_owned(),
            NotConverted::TimedOut => lang
                .pick("LibreOffice 转换超过 60 秒，已经停止", "LibreOffice took over 60 seconds and was stopped")
                .to_owned(),
            NotConverted::Failed => {
                lang.pick("LibreOffice 没有转换成功", "LibreOffice could not convert it").to_owned()
            }
            NotConverted::Io(error) => {
                lang.pick(format!("转换时出错({error})"), format!("converting it failed ({error})"))
            }
        };
        lang.pick(
            format!("这是{name}，{why}。请用 Word 或 WPS 打开，另存为 .docx 再试。"),
            format!("This is {name}, and {why}. Open it in Word or WPS, save it as .docx and try again."),
        )
    }
}

/// Converts the file. Everything written on the way is removed, whatever happens.
pub(super) fn to_docx(kind: LegacyFormat, bytes: &[u8], limit: u64) -> Result<Vec<u8>, NotConverted> {
    let program = find_program(env::var_os("PATH").as_deref()).ok_or(NotConverted::NoProgram)?;
    convert(&program, extension(kind), bytes, limit, TIME_OUT)
}

fn extension(kind: LegacyFormat) -> &'static str {
    match kind {
        LegacyFormat::Doc => "doc",
        LegacyFormat::Wps => "wps",
        LegacyFormat::Rtf => "rtf",
        LegacyFormat::OtherOffice => "odt",
    }
}

fn find_program(path: Option<&std::ffi::OsStr>) -> Option<PathBuf> {
    let names = ["soffice", "libreoffice", "soffice.exe"];
    env::split_paths(path?)
        .filter(|folder| folder.is_absolute())
        .flat_map(|folder| names.map(|name| folder.join(name)))
        .find(|program| program.is_file())
}

fn convert(
    program: &Path,
    extension: &str,
    bytes: &[u8],
    limit: u64,
    time_out: Duration,
) -> Result<Vec<u8>, NotConverted> {
    let folder = tempfile::Builder::new().prefix("lianfang-").tempdir()?;
    let source = folder.path().join(format!("plan.{extension}"));
    fs::write(&source, bytes)?;
    let outcome = run(&mut start(program, folder.path(), &source)?, time_out);
    let docx = outcome.and_then(|status| result(status, &folder.path().join("out/plan.docx"), limit));
    folder.close()?;
    docx
}

fn start(program: &Path, folder: &Path, source: &Path) -> io::Result<Child> {
    let mut command = Command::new(program);
    command
        .arg(format!(
            "-env:UserInstallation=file://{}",
            folder.join("profile").display().to_string().replace(' ', "%20")
        ))
        .args(["--headless", "--norestore", "--convert-to", "docx", "--outdir"])
        .arg(folder.join("out"))
        .arg(source)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    // The program starts others; in a group of their own they can be stopped together.
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    command.spawn()
}

fn run(child: &mut Child, time_out: Duration) -> Result<ExitStatus, NotConverted> {
    let mut waited = Duration::ZERO;
    while waited < time_out {
        if let Some(status) = child.try_wait()? {
            return Ok(status);
        }
        sleep(PAUSE);
        waited += PAUSE;
    }
    stop(child);
    child.wait()?;
    Err(NotConverted::TimedOut)
}

fn stop(child: &mut Child) {
    #[cfg(unix)]
    if let Some(group) = i32::try_from(child.id()).ok().and_then(rustix::process::Pid::from_raw) {
        // A group that has ended by itself in the meantime needs no stopping.
        let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
    }
    let _ = child.kill();
}

fn result(status: ExitStatus, docx: &Path, limit: u64) -> Result<Vec<u8>, NotConverted> {
    if !status.success() || !docx.is_file() {
        return Err(NotConverted::Failed);
    }
    let mut bytes = Vec::new();
    File::open(docx)?.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use super::{NotConverted, convert, find_program};
    use std::fs;
    use std::os::unix::fs::PermissionsExt;
    use std::path::{Path, PathBuf};
    use std::time::Duration;

    fn program(folder: &Path, script: &str) -> PathBuf {
        let path = folder.join("soffice");
        fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        path
    }

    /// Converts, again where another test's fork still holds the fresh script open for writing.
    fn converted(program: &Path, time_out: Duration) -> Result<Vec<u8>, NotConverted> {
        loop {
            match convert(program, "rtf", b"words", 100, time_out) {
                Err(NotConverted::Io(error)) if error.kind() == std::io::ErrorKind::ExecutableFileBusy => {}
                outcome => return outcome,
            }
        }
    }

    #[test]
    fn what_the_program_writes_is_taken() {
        let folder = tempfile::tempdir().unwrap();
        let program = program(folder.path(), r#"for last; do :; done; mkdir "$7"; cp "$last" "$7/plan.docx""#);
        let docx = converted(&program, Duration::from_secs(10)).unwrap();
        assert_eq!(docx, b"words");
    }

    #[test]
    fn a_program_that_hangs_is_stopped_with_its_children() {
        let folder = tempfile::tempdir().unwrap();
        let mark = folder.path().join("still-running");
        let program = program(folder.path(), &format!("(sleep 1; touch '{}') & wait", mark.display()));
        let outcome = converted(&program, Duration::from_millis(200));
        assert!(matches!(outcome, Err(NotConverted::TimedOut)), "{outcome:?}");
        std::thread::sleep(Duration::from_millis(1300));
        assert!(!mark.exists(), "the child outlived the time-out");
    }

    #[test]
    fn a_program_that_writes_nothing_has_failed() {
        let folder = tempfile::tempdir().unwrap();
        let program = program(folder.path(), "exit 0");
        let outcome = converted(&program, Duration::from_secs(10));
        assert!(matches!(outcome, Err(NotConverted::Failed)), "{outcome:?}");
    }

    #[test]
    fn without_a_path_there_is_no_program() {
        assert_eq!(find_program(None), None);
        assert_eq!(find_program(Some("/nowhere-at-all".as_ref())), None);
    }
}
