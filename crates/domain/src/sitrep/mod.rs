//! Situation reports 日报、简报、续报、终报、情况汇报: written from a template whose placeholders are figures and facts,
//! cleared by the office, issued by the publicity group, frozen with a number, and never changed after that.
//!
//! * [`read_template`]: the text of a template or a draft as headings, paragraphs, tables and pictures.
//! * [`fill`]: what it says with the figures of a day; every figure names where it comes from.
//! * [`next_sitrep`]: draft, cleared, issued, withdrawn, and who may take which step.

mod facts;
mod fill;
mod kind;
mod language;
mod markup;
mod numbering;
mod state;
mod supplied;
#[cfg(test)]
mod tests;
mod untraced;
mod written;

pub use facts::{FACT_NAMES, FactName};
pub use fill::{
    ChartPoint, DocBlock, Document, FigureFact, PartFact, Run, SitrepFacts, SourceLine, TableCell, WordFact, fill,
};
pub use kind::SitrepKind;
pub use language::language_of;
pub use markup::{
    ChartSpec, FigureForm, KnownNames, MarkupFault, MarkupFaultKind, Part, SitrepBlock, TableSpec, figures_in,
    questions_in, read_template,
};
pub use numbering::chinese_number;
pub use state::{SitrepRefusal, SitrepState, SitrepStep, StepBy, next_sitrep};
pub use supplied::supplied_text;
pub use untraced::untraced_numbers;
pub use written::{Said, WrittenAnswer, WrittenFact};
