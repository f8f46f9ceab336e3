use crate::Lang;

/// Largest file of evidence, in bytes.
pub const LARGEST_EVIDENCE: usize = 10 * 1024 * 1024;

/// What a file of evidence is, by its first bytes; its name decides nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EvidenceKind {
    /// A picture (JPEG).
    Jpeg,
    /// A picture (PNG).
    Png,
    /// PDF.
    Pdf,
    /// A Word or Excel document of today (`.docx`, `.xlsx`), without macros.
    Office,
    /// Plain text.
    Plain,
}

impl EvidenceKind {
    /// Every kind.
    pub const ALL: [EvidenceKind; 5] =
        [EvidenceKind::Jpeg, EvidenceKind::Png, EvidenceKind::Pdf, EvidenceKind::Office, EvidenceKind::Plain];

    /// The text that is kept and sent.
    pub fn code(self) -> &'static str {
        match self {
            EvidenceKind::Jpeg => "jpeg",
            EvidenceKind::Png => "png",
            EvidenceKind::Pdf => "pdf",
            EvidenceKind::Office => "office",
            EvidenceKind::Plain => "text",
        }
    }

    /// The kind of a code.
    pub fn from_code(code: &str) -> Option<EvidenceKind> {
        EvidenceKind::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// The endings that a name of this kind may have.
    fn endings(self) -> &'static [&'static str] {
        match self {
            EvidenceKind::Jpeg => &["jpg", "jpeg"],
            EvidenceKind::Png => &["png"],
            EvidenceKind::Pdf => &["pdf"],
            EvidenceKind::Office => &["docx", "xlsx"],
            EvidenceKind::Plain => &["txt", "csv"],
        }
    }
}

/// Why a file is not taken as evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EvidenceRefusal {
    /// Nothing is in it.
    Empty,
    /// It is too large.
    TooLarge,
    /// It is of no kind that is taken, or its name says another one than its content.
    OtherKind,
}

impl EvidenceRefusal {
    /// What is wrong and what to do.
    pub fn words(self, lang: Lang) -> String {
        let megabytes = LARGEST_EVIDENCE >> 20;
        match self {
            EvidenceRefusal::Empty => {
                lang.pick("文件是空的，请重新选择。".to_owned(), "The file is empty; choose it again.".to_owned())
            }
            EvidenceRefusal::TooLarge => lang.pick(
                format!("文件超过 {megabytes} MB，请压缩或拆分后再传。"),
                format!("The file is larger than {megabytes} MB; make it smaller or split it."),
            ),
            EvidenceRefusal::OtherKind => lang.pick(
                "只接收 JPG、PNG 图片，PDF，Word（.docx）、Excel（.xlsx）和文本，且内容须与扩展名相符。".to_owned(),
                "Pictures (JPG, PNG), PDF, Word (.docx), Excel (.xlsx) and text are taken, and the content must be what the name says."
                    .to_owned(),
            ),
        }
    }
}

/// What a file of evidence is, if it may be kept.
///
/// # Errors
/// [`EvidenceRefusal`] says what is wrong with it.
pub fn evidence(name: &str, bytes: &[u8]) -> Result<EvidenceKind, EvidenceRefusal> {
    if bytes.is_empty() {
        return Err(EvidenceRefusal::Empty);
    }
    if bytes.len() > LARGEST_EVIDENCE {
        return Err(EvidenceRefusal::TooLarge);
    }
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    let kind = by_content(bytes).filter(|kind| kind.endings().contains(&ending.as_str()));
    kind.ok_or(EvidenceRefusal::OtherKind)
}

fn by_content(bytes: &[u8]) -> Option<EvidenceKind> {
    let begins = |with: &[u8]| bytes.starts_with(with);
    let holds = |part: &[u8]| bytes.windows(part.len()).any(|window| window == part);
    if begins(&[0xFF, 0xD8, 0xFF]) {
        Some(EvidenceKind::Jpeg)
    } else if begins(b"\x89PNG\r\n\x1a\n") {
        Some(EvidenceKind::Png)
    } else if begins(b"%PDF-") {
        Some(EvidenceKind::Pdf)
    } else if begins(b"PK\x03\x04") {
        // The names of the parts stand in the file as they are; macros are a part of their own.
        (holds(b"[Content_Types].xml") && !holds(b"vbaProject.bin")).then_some(EvidenceKind::Office)
    } else {
        let is_text = std::str::from_utf8(bytes).is_ok_and(|text| !text.contains('\0'));
        (is_text && !begins(b"#!") && !begins(b"MZ")).then_some(EvidenceKind::Plain)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_its_content_says_and_its_name_must_agree() {
        let docx = b"PK\x03\x04....[Content_Types].xml....";
        let macros = b"PK\x03\x04....[Content_Types].xml..word/vbaProject.bin..";
        let cases: [(&str, &[u8], Result<EvidenceKind, EvidenceRefusal>); 9] = [
            ("现场.JPG", &[0xFF, 0xD8, 0xFF, 0xE0], Ok(EvidenceKind::Jpeg)),
            ("图.png", b"\x89PNG\r\n\x1a\n..", Ok(EvidenceKind::Png)),
            ("报告.pdf", b"%PDF-1.7", Ok(EvidenceKind::Pdf)),
            ("报告.docx", docx, Ok(EvidenceKind::Office)),
            ("报告.docx", macros, Err(EvidenceRefusal::OtherKind)),
            ("说明.txt", "已完成".as_bytes(), Ok(EvidenceKind::Plain)),
            ("报告.pdf", b"MZ\x90", Err(EvidenceRefusal::OtherKind)),
            ("清理.txt", b"#!/bin/sh", Err(EvidenceRefusal::OtherKind)),
            ("空.txt", b"", Err(EvidenceRefusal::Empty)),
        ];
        for (name, bytes, expected) in cases {
            assert_eq!(evidence(name, bytes), expected, "{name}");
        }
        assert_eq!(evidence("大.txt", &vec![b'a'; LARGEST_EVIDENCE + 1]), Err(EvidenceRefusal::TooLarge));
        assert!(EvidenceKind::ALL.into_iter().all(|kind| EvidenceKind::from_code(kind.code()) == Some(kind)));
    }
}
