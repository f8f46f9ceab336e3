//! Why a file could not be read, in words that tell its owner what to do next.

use super::Format;

/// Why a file gave no text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InputError {
    /// The file is larger than this system reads.
    TooLarge {
        /// The size of the file.
        bytes: u64,
        /// The most that is read.
        limit: u64,
    },
    /// The compressed parts unpack to far more than a document would.
    InflatesTooMuch {
        /// The limit that was passed, in bytes.
        limit: u64,
    },
    /// A password is needed to read the file.
    Encrypted {
        /// What the file would be once it is unlocked.
        format: Format,
    },
    /// The file is of a known kind, but cannot be taken apart.
    Damaged {
        /// What the file set out to be.
        format: Format,
        /// The technical cause, for whoever looks into it.
        detail: String,
    },
    /// The pages are pictures: there are no letters to read.
    NoTextLayer,
    /// An older or other office format, to be converted first.
    NeedsConversion {
        /// Which one it is.
        kind: LegacyFormat,
    },
    /// The file is something other than a text document.
    NotADocument {
        /// What it seems to be.
        detail: ForeignKind,
    },
    /// There is nothing in the file, or only blanks.
    Empty,
}

/// Office formats that are recognised here but converted elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LegacyFormat {
    /// Word 97–2003.
    Doc,
    /// WPS Writer before it wrote docx.
    Wps,
    /// Rich Text Format.
    Rtf,
    /// `OpenDocument`, Word 2003 XML, saved web archives and the like.
    OtherOffice,
}

/// What a file that is no text document seems to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ForeignKind {
    /// An Excel or WPS spreadsheet.
    Spreadsheet,
    /// A slide show.
    Slides,
    /// A photo or a scanned picture.
    Image,
    /// A compressed folder such as zip, rar or 7z.
    Archive,
    /// A program.
    Executable,
    /// Sound or video.
    Media,
    /// The national fixed-layout format OFD (GB/T 33190).
    Ofd,
    /// Bytes that are not text in any known encoding.
    Binary,
}

impl InputError {
    /// What happened and what to do next, in plain Chinese or English.
    #[must_use]
    pub fn message(&self, chinese: bool) -> String {
        if chinese { self.in_chinese() } else { self.in_english() }
    }

    fn in_chinese(&self) -> String {
        match self {
            Self::TooLarge { bytes, limit } => format!(
                "文件有 {}，超过了 {} 的上限。请删去图片后另存，或者把文件拆成几份再上传。",
                mebibytes(*bytes),
                mebibytes(*limit)
            ),
            Self::InflatesTooMuch { limit } => format!(
                "文件解压后超过了安全上限（{}），没有继续读取。请用 Word 或 WPS 打开后另存为新文件再试。",
                mebibytes(*limit)
            ),
            Self::Encrypted { format } => {
                format!("这个 {} 文件设有密码，无法读取。请去掉密码后另存，再上传一次。", format_name(*format))
            }
            Self::Damaged { format, detail } => format!(
                "这个 {} 文件已损坏，无法读取（原因：{detail}）。请用原来的软件打开后另存，或者重新取得一份。",
                format_name(*format)
            ),
            Self::NoTextLayer => {
                "文件里只有图片，没有可读取的文字，多半是扫描件。请使用原始的电子文件，或者先做文字识别（OCR）。"
                    .to_owned()
            }
            Self::NeedsConversion { kind } => {
                format!("这是{}文件，需要先转换。请用 Word 或 WPS 打开后另存为 docx，再上传一次。", kind.chinese_name())
            }
            Self::NotADocument { detail } => {
                format!("这是{}，不是文字文档。{}", detail.chinese_name(), detail.chinese_advice())
            }
            Self::Empty => "文件里没有文字。请检查是不是选错了文件。".to_owned(),
        }
    }

    fn in_english(&self) -> String {
        match self {
            Self::TooLarge { bytes, limit } => format!(
                "The file has {}, more than the {} that are read. Save it without pictures, or split it.",
                mebibytes(*bytes),
                mebibytes(*limit)
            ),
            Self::InflatesTooMuch { limit } => format!(
                "The file unpacks to more than is safe ({}), so reading stopped. Open it in Word or WPS and save it as a new file.",
                mebibytes(*limit)
            ),
            Self::Encrypted { format } => format!(
                "This {} file is protected by a password. Save a copy without one and try again.",
                format_name(*format)
            ),
            Self::Damaged { format, detail } => format!(
                "This {} file is damaged and cannot be read ({detail}). Open it in the program that made it and save it again, or get a fresh copy.",
                format_name(*format)
            ),
            Self::NoTextLayer => "The file holds pictures but no letters, so it is probably a scan. Use the original file, or run text recognition (OCR) first.".to_owned(),
            Self::NeedsConversion { kind } => format!(
                "This is {} and has to be converted first. Open it in Word or WPS and save it as docx.",
                kind.english_name()
            ),
            Self::NotADocument { detail } => format!(
                "This is {}, not a text document. {}",
                detail.english_name(),
                detail.english_advice()
            ),
            Self::Empty => "The file holds no text. Check that it is the right one.".to_owned(),
        }
    }
}

impl std::fmt::Display for InputError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.in_english())
    }
}

impl std::error::Error for InputError {}

impl LegacyFormat {
    fn chinese_name(self) -> &'static str {
        match self {
            Self::Doc => "旧版 Word（.doc）",
            Self::Wps => "WPS 文字（.wps）",
            Self::Rtf => " RTF ",
            Self::OtherOffice => "其他办公软件的",
        }
    }

    fn english_name(self) -> &'static str {
        match self {
            Self::Doc => "an old Word file (.doc)",
            Self::Wps => "a WPS Writer file (.wps)",
            Self::Rtf => "an RTF file",
            Self::OtherOffice => "a file of another office program",
        }
    }
}

impl ForeignKind {
    fn chinese_name(self) -> &'static str {
        match self {
            Self::Spreadsheet => "电子表格",
            Self::Slides => "演示文稿",
            Self::Image => "图片",
            Self::Archive => "压缩包",
            Self::Executable => "程序",
            Self::Media => "音频或视频",
            Self::Ofd => "OFD 版式文件",
            Self::Binary => "无法识别的二进制文件",
        }
    }

    fn chinese_advice(self) -> &'static str {
        match self {
            Self::Archive => "请先解压，再上传里面的文档。",
            Self::Image => "请使用原始的电子文件，或者先做文字识别（OCR）。",
            Self::Ofd => "请用 OFD 阅读器导出为 PDF 或 docx。",
            _ => "请上传 docx、pdf、txt、md 或 html 文件。",
        }
    }

    fn english_name(self) -> &'static str {
        match self {
            Self::Spreadsheet => "a spreadsheet",
            Self::Slides => "a slide show",
            Self::Image => "a picture",
            Self::Archive => "a compressed folder",
            Self::Executable => "a program",
            Self::Media => "sound or video",
            Self::Ofd => "an OFD file",
            Self::Binary => "binary data of an unknown kind",
        }
    }

    fn english_advice(self) -> &'static str {
        match self {
            Self::Archive => "Unpack it and upload the document inside.",
            Self::Image => "Use the original file, or run text recognition (OCR) first.",
            Self::Ofd => "Export it as PDF or docx from an OFD reader.",
            _ => "Upload a docx, pdf, txt, md or html file.",
        }
    }
}

impl std::fmt::Display for ForeignKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.english_name())
    }
}

fn format_name(format: Format) -> &'static str {
    match format {
        Format::Docx => "Word",
        Format::Text => "TXT",
        Format::Markdown => "Markdown",
        Format::Html => "HTML",
        Format::Pdf => "PDF",
    }
}

/// Rounds up, so that a file just over the limit does not seem to be as large as the limit.
fn mebibytes(bytes: u64) -> String {
    format!("{} MiB", bytes.div_ceil(1024 * 1024))
}

#[cfg(test)]
mod tests {
    use super::{ForeignKind, InputError, LegacyFormat};

    #[test]
    fn each_message_says_what_to_do_next_in_both_languages() {
        let errors = [
            InputError::TooLarge { bytes: 21 << 20, limit: 20 << 20 },
            InputError::NoTextLayer,
            InputError::NeedsConversion { kind: LegacyFormat::Wps },
            InputError::NotADocument { detail: ForeignKind::Archive },
            InputError::Empty,
        ];
        for error in errors {
            assert!(error.message(true).contains('请'), "{error:?}");
            assert!(error.message(false).matches(". ").count() >= 1, "{error:?}");
        }
    }

    #[test]
    fn a_size_just_over_the_limit_does_not_read_like_the_limit() {
        let error = InputError::TooLarge { bytes: (20 << 20) + 1, limit: 20 << 20 };
        assert!(error.message(false).starts_with("The file has 21 MiB"));
    }
}
