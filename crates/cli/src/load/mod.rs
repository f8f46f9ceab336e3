//! From a file name to a reading, with a message that helps when it fails.

mod convert;

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

use lianfang_domain::Lang;
use lianfang_domain::plan::Reading;
use lianfang_plandoc::{InputError, Limits, Options};

use crate::args::ReadingArgs;
use crate::clock;
use crate::tree::printable;

/// A file with what was read in it.
#[derive(Debug)]
pub(crate) struct FileReading {
    pub(crate) file: String,
    pub(crate) reading: Reading,
}

/// A file that could not be read, and why.
#[derive(Debug)]
pub(crate) struct Unreadable {
    pub(crate) file: String,
    pub(crate) message: String,
}

/// What came of all the files.
#[derive(Debug, Default)]
pub(crate) struct Loaded {
    pub(crate) files: Vec<FileReading>,
    pub(crate) unreadable: Vec<Unreadable>,
}

const MIB: u64 = 1024 * 1024;

/// The reader's options for these arguments.
pub(crate) fn options(args: &ReadingArgs) -> Options {
    let usual = Limits::default();
    let max_bytes = args.max_size * MIB;
    let limits =
        Limits { max_bytes, max_inflated_bytes: usual.max_inflated_bytes.max(max_bytes.saturating_mul(10)), ..usual };
    Options { limits, ..Options::new(clock::day_of_reading(args.as_of)) }
}

/// Reads every file; a bad one is named on standard error and does not stop the others.
pub(crate) fn all(paths: &[PathBuf], options: &Options, lang: Lang) -> Loaded {
    let mut loaded = Loaded::default();
    for path in paths {
        let file = path.display().to_string();
        match one(path, options, lang) {
            Ok(reading) => loaded.files.push(FileReading { file, reading }),
            Err(message) => {
                let line = lang.pick(format!("{file}：{message}"), format!("{file}: {message}"));
                eprintln!("{}", printable(&line));
                loaded.unreadable.push(Unreadable { file, message });
            }
        }
    }
    loaded
}

fn one(path: &Path, options: &Options, lang: Lang) -> Result<Reading, String> {
    let limit = options.limits.max_bytes;
    let bytes =
        if path.as_os_str() == "-" { bytes_up_to(&mut io::stdin().lock(), limit) } else { bytes_of_file(path, limit) };
    let bytes = bytes.map_err(|why| why.message(lang))?;
    let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    match lianfang_plandoc::read(&name, &bytes, options) {
        Err(InputError::NeedsConversion { kind }) => converted(kind, &bytes, options, lang),
        other => other.map_err(|error| error.message(lang == Lang::Zh)),
    }
}

fn converted(
    kind: lianfang_plandoc::LegacyFormat,
    bytes: &[u8],
    options: &Options,
    lang: Lang,
) -> Result<Reading, String> {
    let docx = convert::to_docx(kind, bytes, options.limits.max_bytes).map_err(|why| why.message(kind, lang))?;
    lianfang_plandoc::read("converted.docx", &docx, options).map_err(|error| error.message(lang == Lang::Zh))
}

enum NoBytes {
    TooLarge { bytes: u64, limit: u64 },
    Io(io::Error),
}

fn bytes_of_file(path: &Path, limit: u64) -> Result<Vec<u8>, NoBytes> {
    let about = fs::metadata(path).map_err(NoBytes::Io)?;
    if about.is_dir() {
        return Err(NoBytes::Io(io::Error::from(ErrorKind::IsADirectory)));
    }
    if about.len() > limit {
        return Err(NoBytes::TooLarge { bytes: about.len(), limit });
    }
    bytes_up_to(&mut File::open(path).map_err(NoBytes::Io)?, limit)
}

/// Reads one byte more than the limit at most: enough to know that it is too much.
fn bytes_up_to(source: &mut dyn Read, limit: u64) -> Result<Vec<u8>, NoBytes> {
    let mut bytes = Vec::new();
    source.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(NoBytes::Io)?;
    match u64::try_from(bytes.len()) {
        Ok(n) if n <= limit => Ok(bytes),
        _ => Err(NoBytes::TooLarge { bytes: limit.saturating_add(1), limit }),
    }
}

impl NoBytes {
    fn message(&self, lang: Lang) -> String {
        match self {
            NoBytes::TooLarge { bytes, limit } => {
                let mib = bytes.div_ceil(MIB);
                let error = InputError::TooLarge { bytes: *bytes, limit: *limit };
                let hint = lang.pick(
                    format!("也可以加 --max-size {mib} 放宽上限。"),
                    format!(" Or raise the limit with --max-size {mib}."),
                );
                format!("{}{hint}", error.message(lang == Lang::Zh))
            }
            NoBytes::Io(error) => io_message(error, lang),
        }
    }
}

/// Why a file cannot be read, and what to do.
pub(crate) fn io_message(error: &io::Error, lang: Lang) -> String {
    match error.kind() {
        ErrorKind::NotFound => {
            lang.pick("没有这个文件。请检查名字和所在的文件夹。", "No such file. Check its name and folder.").to_owned()
        }
        ErrorKind::IsADirectory => lang
            .pick(
                "这是文件夹，不是文件。请写出其中的文件名，例如 文件夹/*.docx。",
                "This is a folder, not a file. Name the files in it, such as folder/*.docx.",
            )
            .to_owned(),
        ErrorKind::PermissionDenied => lang
            .pick("没有读取权限。请找文件的所有者开通。", "No permission to read it. Ask the owner of the file.")
            .to_owned(),
        _ => lang.pick(
            format!("读取时出错({error})。请把文件复制到本机再试。"),
            format!("It could not be read ({error}). Copy it to this machine and try again."),
        ),
    }
}
