use askama::Template;
use lianfang_store::ImportKind;

use super::{base, href, kind_of, words::ImportWords};
use crate::{
    Fault, Frame, Link,
    fault::PageResult,
    form::FormErrors,
    page::{form_page, page},
    shown::{grouped, instant},
    visit::Visit,
};

/// Imports listed at most.
const LISTED: u32 = 50;

/// Where a table is uploaded, with the user's earlier imports.
#[derive(Template)]
#[template(path = "import/home.html")]
pub(crate) struct ImportHomePage {
    frame: Frame,
    t: ImportWords,
    action: &'static str,
    errors: FormErrors,
    rows: Vec<ImportLine>,
}

form_page!(ImportHomePage);

/// An import in a list.
struct ImportLine {
    href: String,
    file: String,
    when: String,
    state: &'static str,
    rows: String,
}

pub(super) async fn home_page(visit: &Visit, errors: FormErrors) -> Result<ImportHomePage, Fault> {
    let (kind, t) = (kind_of(visit.act), ImportWords(visit.lang));
    let imports = visit.app.store().imports(visit.seat()?.user, LISTED).await?;
    let line = |import: lianfang_store::ImportRecord| ImportLine {
        href: href(&import),
        when: instant(import.made_at_ms, visit.lang),
        state: t.state_of(import.state),
        rows: grouped(import.n_rows),
        file: import.file,
    };
    Ok(ImportHomePage {
        frame: visit.frame(t.title(kind), vec![above(visit, kind)]),
        t,
        action: base(kind),
        errors,
        rows: imports.into_iter().filter(|import| import.kind == kind).map(line).collect(),
    })
}

/// The list into which is imported.
pub(super) fn above(visit: &Visit, kind: ImportKind) -> Link {
    let (name, href) = match kind {
        ImportKind::Areas => (visit.lang.pick("辖区", "Areas"), "/areas"),
        ImportKind::Units => (visit.lang.pick("单位", "Units"), "/units"),
    };
    Link { name: name.to_owned(), href: href.to_owned() }
}

pub(super) async fn show(visit: Visit) -> PageResult {
    page(&home_page(&visit, FormErrors::default()).await?)
}
