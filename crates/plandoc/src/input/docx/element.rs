//! The elements of a Word document whose beginning and end matter to its text.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Element {
    Paragraph,
    Run,
    RunProperties,
    ParagraphProperties,
    RowProperties,
    Text,
    Table,
    Row,
    Cell,
    TextBox,
    /// The same thing said in two ways, of which one is to be read.
    Alternate,
    Other,
}

impl Element {
    pub(super) fn named(name: &str) -> Self {
        match name {
            "p" => Self::Paragraph,
            "r" => Self::Run,
            "rPr" => Self::RunProperties,
            "pPr" => Self::ParagraphProperties,
            "trPr" => Self::RowProperties,
            // Formulas hold plain numbers and words often enough to be read as text.
            "t" | "m:t" => Self::Text,
            "tbl" => Self::Table,
            "tr" => Self::Row,
            "tc" => Self::Cell,
            "txbxContent" => Self::TextBox,
            "mc:AlternateContent" => Self::Alternate,
            _ => Self::Other,
        }
    }
}

/// Whether nothing inside the element is text of the document as it stands.
pub(super) fn is_skipped(name: &str) -> bool {
    matches!(
        name,
        "instrText"
            | "delText"
            | "delInstrText"
            | "fldData"
            | "pPrChange"
            | "rPrChange"
            | "tblPrChange"
            | "tblGridChange"
            | "trPrChange"
            | "tcPrChange"
            | "sectPrChange"
            | "numberingChange"
            | "tblPr"
            | "tblGrid"
            | "sdtPr"
            | "sectPr"
            | "rt"
    )
}
