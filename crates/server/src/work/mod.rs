//! My work: what waits for the user, whatever capability it comes from.

use askama::Template;
use futures_util::future::try_join;
use lianfang_domain::access::Act;

use crate::{
    Frame,
    fault::PageResult,
    order::{self, OrderLine},
    page::page,
    report,
    route::Routes,
    shown::grouped,
    visit::Visit,
    words::words,
};

words! {
    /// Words of the page of one's own work.
    WorkWords {
        title: "我的工作", "My work";
        late: "已超时", "Overdue";
        to_sign: "待签收", "To sign for";
        returned: "退回重办", "Sent back to me";
        due_today: "今日到期", "Due today";
        to_answer: "督办", "Supervised";
        in_hand: "办理中", "In hand";
        to_decide: "待办结、待答复", "To close or to answer";
        late_units: "超时未办", "Overdue with units";
        supervised: "督办中", "Being supervised";
        unsigned: "尚未签收", "Not signed for yet";
        nothing: "目前没有需要您办理的事项", "Nothing waits for you";
        nothing_why: "新的指令下达后会显示在这里。", "New orders will be shown here.";
        all_orders: "全部指令", "All orders";
        overview: "概况", "At a glance";
    }
}

/// A part of the page: what waits for one reason. Each capability adds its own.
pub(crate) struct Section {
    /// What waits.
    pub(crate) title: &'static str,
    /// The colour of its number: bad, warning or neutral.
    pub(crate) tone: &'static str,
    /// How many there are.
    pub(crate) n: i64,
    /// The first of them.
    pub(crate) lines: Vec<OrderLine>,
    /// Where all of them are.
    pub(crate) href: String,
    /// The words of that link.
    pub(crate) all: &'static str,
}

impl Section {
    /// How many there are, for people.
    fn count(&self) -> String {
        grouped(self.n)
    }

    /// Whether more are there than are shown.
    fn has_more(&self) -> bool {
        i64::try_from(self.lines.len()).unwrap_or(0) < self.n
    }
}

/// The page of one's own work.
#[derive(Template)]
#[template(path = "work/show.html")]
pub(crate) struct WorkPage {
    frame: Frame,
    t: WorkWords,
    /// Every section, for the figures on top.
    sections: Vec<Section>,
    is_empty: bool,
}

pub(crate) fn routes(routes: Routes) -> Routes {
    routes.get("/work", Act::ViewOrders, show)
}

async fn show(visit: Visit) -> PageResult {
    let t = WorkWords(visit.lang);
    let (mut sections, reports) = try_join(order::sections(&visit), report::sections(&visit)).await?;
    sections.extend(reports);
    let is_empty = sections.iter().all(|section| section.n == 0);
    page(&WorkPage { frame: visit.frame(t.title(), Vec::new()), t, sections, is_empty })
}
