//! Reports: what is asked of units, what they hand in, and who has not.

mod api;
mod ask;
mod board;
mod board_export;
pub(crate) mod completeness;
mod fill;
mod fill_page;
mod give_back;
mod ground;
mod keep_report;
mod mine;
mod owed;
mod read_sheet;
mod reporters;
mod sheet;
mod show;
mod sweep;
mod template_edit;
mod template_form;
mod template_list;
mod template_show;
mod words;
mod work;

pub(crate) use reporters::{Reporter, Reporters, reporters};
pub(crate) use sweep::{SWEEP, is_due, sweep};
pub(crate) use template_form::supplied_indicator;
pub(crate) use work::sections;

use lianfang_domain::{ReportId, ReportTemplateId, access::Act};

use crate::{Link, route::Routes, visit::Visit};

pub(crate) fn routes(routes: Routes) -> Routes {
    api::routes(routes)
        .get("/reports", Act::ViewReports, mine::show)
        .get("/reports/board", Act::ViewReports, board::show)
        .get("/reports/board.xlsx", Act::ExportReports, board_export::workbook)
        .get("/reports/board.csv", Act::ExportReports, board_export::text)
        .get("/reports/fill", Act::FillReports, fill::show)
        .post("/reports/fill", Act::FillReports, fill::send)
        .get("/reports/sheet.xlsx", Act::FillReports, sheet::take_out)
        .get("/reports/sheet", Act::FillReports, read_sheet::show)
        .post("/reports/sheet", Act::FillReports, read_sheet::send)
        .get("/reports/templates", Act::ViewReportTemplates, template_list::show)
        .get("/reports/templates/new", Act::ChangeReportTemplates, template_edit::begin)
        .post("/reports/templates/new", Act::ChangeReportTemplates, template_edit::add)
        .get("/reports/templates/{id}", Act::ViewReportTemplates, template_show::show)
        .get("/reports/templates/{id}/edit", Act::ChangeReportTemplates, template_edit::show)
        .post("/reports/templates/{id}/edit", Act::ChangeReportTemplates, template_edit::change)
        .post("/reports/templates/{id}/ask", Act::ReturnReports, ask::send)
        .get("/reports/{id}", Act::ViewReports, show::show)
        .post("/reports/{id}/return", Act::ReturnReports, give_back::send)
}

/// The address of a report.
fn href(id: ReportId) -> String {
    format!("/reports/{id}")
}

/// The address of a template.
fn template_href(id: ReportTemplateId) -> String {
    format!("/reports/templates/{id}")
}

/// What stands above the pages of reports.
fn trail(visit: &Visit) -> Vec<Link> {
    let (name, href) = if visit.may(Act::ViewReports) {
        (words::ReportWords(visit.lang).title(), "/reports")
    } else {
        (words::ReportWords(visit.lang).templates(), "/reports/templates")
    };
    vec![Link { name: name.to_owned(), href: href.to_owned() }]
}
