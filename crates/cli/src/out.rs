//! Where output goes: the screen, or a file that appears only when it is whole.

use std::fs::canonicalize;
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

use lianfang_domain::Lang;

use crate::args::OutArgs;
use crate::exit::Exit;

/// The screen or a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Destination {
    Screen,
    File { path: PathBuf, existing: Existing },
}

/// What happens to a file that is already there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Existing {
    Keep,
    Replace,
}

impl Destination {
    /// The destination asked for, if it may be written: not over another file unless forced, and never over an input.
    pub(crate) fn choose(args: &OutArgs, inputs: &[PathBuf], lang: Lang) -> Result<Self, Exit> {
        let Some(path) = &args.out else {
            return Ok(Destination::Screen);
        };
        if inputs.iter().any(|input| is_same_file(input, path)) {
            eprintln!("{}", same_as_input(path, lang));
            return Err(Exit::Unwritable);
        }
        if path.exists() && !args.force {
            eprintln!("{}", exists(path, lang));
            return Err(Exit::Unwritable);
        }
        let existing = if args.force { Existing::Replace } else { Existing::Keep };
        Ok(Destination::File { path: path.clone(), existing })
    }
}

fn is_same_file(a: &Path, b: &Path) -> bool {
    matches!((canonicalize(a), canonicalize(b)), (Ok(a), Ok(b)) if a == b)
}

/// Writes to the destination and says so when it cannot.
pub(crate) fn write(
    destination: &Destination,
    lang: Lang,
    content: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Exit {
    let written = match destination {
        Destination::Screen => to_screen(content),
        Destination::File { path, existing } => to_file(path, *existing, content),
    };
    match (written, destination) {
        (Ok(()), _) => Exit::Ok,
        (Err(error), Destination::File { path, .. }) if error.kind() == ErrorKind::AlreadyExists => {
            eprintln!("{}", exists(path, lang));
            Exit::Unwritable
        }
        (Err(error), Destination::File { path, .. }) => {
            eprintln!("{}", unwritable(&path.display().to_string(), &error, lang));
            Exit::Unwritable
        }
        (Err(error), Destination::Screen) => {
            eprintln!("{}", unwritable(lang.pick("标准输出", "standard output"), &error, lang));
            Exit::Unwritable
        }
    }
}

fn to_screen(content: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    match content(&mut out).and_then(|()| out.flush()) {
        // The reader of a pipe (`| head`) has seen enough.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

fn to_file(path: &Path, existing: Existing, content: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut builder = tempfile::Builder::new();
    builder.prefix(".lianfang-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let file = builder.tempfile_in(folder)?;
    let mut out = BufWriter::new(file);
    content(&mut out)?;
    let file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
    match existing {
        Existing::Keep => file.persist_noclobber(path)?,
        Existing::Replace => file.persist(path)?,
    };
    Ok(())
}

fn exists(path: &Path, lang: Lang) -> String {
    let path = path.display();
    lang.pick(
        format!("文件已经存在，没有覆盖：{path}。请换一个名字，或加 --force 覆盖。"),
        format!("The file exists and was left alone: {path}. Choose another name, or add --force to overwrite it."),
    )
}

fn same_as_input(path: &Path, lang: Lang) -> String {
    let path = path.display();
    lang.pick(
        format!("输出会盖掉正在读的文件：{path}。请换一个名字。"),
        format!("The output would replace the file being read: {path}. Choose another name."),
    )
}

fn unwritable(name: &str, error: &io::Error, lang: Lang) -> String {
    let why = match (error.kind(), lang) {
        (ErrorKind::NotFound, Lang::Zh) => "文件夹不存在，请先建好".to_owned(),
        (ErrorKind::NotFound, Lang::En) => "the folder does not exist; make it first".to_owned(),
        (ErrorKind::PermissionDenied, Lang::Zh) => "没有写入权限，请换一个文件夹".to_owned(),
        (ErrorKind::PermissionDenied, Lang::En) => "no permission to write; choose another folder".to_owned(),
        (ErrorKind::StorageFull, Lang::Zh) => "磁盘已满，请腾出空间再试".to_owned(),
        (ErrorKind::StorageFull, Lang::En) => "the disk is full; free some space and try again".to_owned(),
        (_, _) => error.to_string(),
    };
    lang.pick(format!("写不进 {name}：{why}。"), format!("Cannot write {name}: {why}."))
}
