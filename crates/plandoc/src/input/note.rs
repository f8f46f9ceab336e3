//! What a person should know about how the text was won from the file.

/// One remark about the reading of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputNote {
    /// What kind of remark it is.
    pub code: NoteCode,
    /// The line it is about, where it is about one.
    pub line: Option<u32>,
    /// The count, name or piece of text that goes with it, in no particular language.
    pub detail: String,
}

/// The kinds of remark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoteCode {
    /// Bytes that fit the encoding nowhere became U+FFFD; the detail is their number.
    UndecodableBytes,
    /// Nothing in the file names its encoding; the detail names the one that fits.
    EncodingGuessed,
    /// Lines of the web page around the document were left out; number and first words.
    FrameDropped,
    /// Leaving out what looked like the web page's frame would have lost the document itself.
    FrameKept,
    /// Pictures were passed over; the detail is their number.
    ImagesIgnored,
    /// Tracked deletions were left out; the detail is their number.
    DeletionsDropped,
    /// Hidden text was left out; the detail is the number of pieces.
    HiddenDropped,
    /// Text boxes follow the paragraph they hang on; the detail is their number.
    TextBoxAppended,
    /// Footnotes and endnotes stand at the end, from this line on; the detail is their number.
    FootnotesAppended,
    /// Symbols of a picture font became U+25A1; the detail is their number.
    SymbolsReplaced,
    /// A part could not be read and was left out; the detail names it and says why.
    PartSkipped,
    /// Merged cells were so many that their value was no longer repeated.
    MergesNotRepeated,
    /// Pages without any letters; the detail lists them.
    PagesWithoutText,
    /// Letters that the fonts do not translate; the detail is their number.
    UnmappedGlyphs,
}

impl InputNote {
    /// The remark as a sentence, in plain Chinese or English.
    #[must_use]
    pub fn message(&self, chinese: bool) -> String {
        let template = if chinese { self.code.chinese() } else { self.code.english() };
        template.replace("{}", &self.detail)
    }
}

impl NoteCode {
    fn chinese(self) -> &'static str {
        match self {
            Self::UndecodableBytes => "有 {} 处字节无法识别，已用“\u{FFFD}”代替，请核对原文。",
            Self::EncodingGuessed => "文件没有注明编码，按 {} 读取。",
            Self::FrameDropped => "略去了网页框架：{}。",
            Self::FrameKept => "网页框架与正文难以区分，已全部保留。",
            Self::ImagesIgnored => "有 {} 张图片没有读取。",
            Self::DeletionsDropped => "有 {} 处修订删除的内容没有读取。",
            Self::HiddenDropped => "有 {} 处隐藏内容没有读取。",
            Self::TextBoxAppended => "有 {} 个文本框，内容放在所在段落之后。",
            Self::FootnotesAppended => "有 {} 条脚注或尾注，放在文末。",
            Self::SymbolsReplaced => "有 {} 个图形符号用“□”代替。",
            Self::PartSkipped => "有一部分无法读取，已跳过：{}。",
            Self::MergesNotRepeated => "合并单元格过多，后面的没有逐行重复。",
            Self::PagesWithoutText => "这些页没有文字，可能是图片：{}。",
            Self::UnmappedGlyphs => "有 {} 个字符的字体没有对应文字，请核对原文。",
        }
    }

    fn english(self) -> &'static str {
        match self {
            Self::UndecodableBytes => "{} pieces could not be decoded and became U+FFFD; check the original.",
            Self::EncodingGuessed => "The file does not name its encoding; it was read as {}.",
            Self::FrameDropped => "The frame of the web page was left out: {}.",
            Self::FrameKept => "The frame of the web page could not be told from the document; all was kept.",
            Self::ImagesIgnored => "{} pictures were not read.",
            Self::DeletionsDropped => "{} tracked deletions were left out.",
            Self::HiddenDropped => "{} hidden pieces were left out.",
            Self::TextBoxAppended => "{} text boxes follow the paragraph they hang on.",
            Self::FootnotesAppended => "{} footnotes or endnotes stand at the end.",
            Self::SymbolsReplaced => "{} symbols of a picture font became U+25A1.",
            Self::PartSkipped => "A part could not be read and was left out: {}.",
            Self::MergesNotRepeated => "There are too many merged cells; the later ones are not repeated row by row.",
            Self::PagesWithoutText => "These pages hold no letters and may be pictures: {}.",
            Self::UnmappedGlyphs => "{} letters have no text in their font; check the original.",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{InputNote, NoteCode};

    #[test]
    fn a_note_reads_as_a_sentence_in_both_languages() {
        let note = InputNote { code: NoteCode::ImagesIgnored, line: None, detail: "3".to_owned() };
        assert_eq!(note.message(true), "有 3 张图片没有读取。");
        assert_eq!(note.message(false), "3 pictures were not read.");
    }
}
