use lianfang_store::{ImportKind, ImportState};

use crate::{shown::grouped, words::words};

words! {
    /// Words of the pages on imports.
    ImportWords {
        areas: "导入辖区", "Import areas";
        units: "导入单位与职务", "Import units and posts";
        upload: "上传", "Upload";
        choose_file: "选择文件", "Choose a file";
        file_hint: "支持 .xlsx、.xls、.ods、.csv，最大 20 MB。列的顺序不限，表头可以是常用写法，表上方可以有标题行。",
            "Takes .xlsx, .xls, .ods and .csv up to 20 MB. Columns in any order, usual headers, titles above them.";
        empty_form: "下载空表", "Download an empty form";
        nothing_yet: "上传后先核对，不会立即入库。", "After the upload you check first; nothing is stored at once.";
        history: "我的导入", "My imports";
        file: "文件", "File";
        when: "时间", "Time";
        state: "状态", "State";
        rows: "行数", "Rows";
        ready: "待核对", "To be checked";
        running: "正在导入", "Being stored";
        done: "已导入", "Stored";
        undoing: "正在撤销", "Being taken back";
        undone: "已撤销", "Taken back";
        dropped: "已放弃", "Put aside";
        header_row: "表头在第几行", "Row of the header";
        header_row_hint: "表头以上的行不导入。", "Rows above it are not imported.";
        columns: "各列对应的内容", "What the columns hold";
        column: "列", "Column";
        header: "表头", "Header";
        sample: "例", "Sample";
        holds: "对应", "Holds";
        not_needed: "不导入", "Not imported";
        fixed: "表中没有的列，可为全表填一个值", "One value for all rows, where there is no column";
        doubts: "可能是已有单位，请选择", "These may be registered units; choose";
        doubt_new: "新单位", "A new unit";
        doubt_open: "还没选，暂不导入", "Not chosen yet; not imported";
        recheck: "重新核对", "Check again";
        outcome: "核对结果", "What will happen";
        n_new: "新增", "New";
        n_changed: "更改", "Changed";
        n_same: "没有变化", "Unchanged";
        n_rejected: "有误", "Rejected";
        n_blank: "空行", "Blank";
        errors: "有误的行", "Rejected rows";
        download_errors: "下载有误的行", "Download the rejected rows";
        errors_hint: "下载后改正，可只上传这些行。", "Correct them and upload only these.";
        run_none: "没有可导入的行。", "There is nothing to store.";
        drop: "放弃", "Put aside";
        leave_hint: "可以离开本页，导入会继续；稍后从“我的导入”回来。", "You may leave; it goes on. Come back through “My imports”.";
        refresh: "刷新", "Reload";
        stored: "已入库", "Stored";
        late: "他人先改，未入库", "Changed by others first, not stored";
        unchanged: "原已登记", "Known before";
        undo: "撤销本次导入", "Take this import back";
        undo_hint: "撤销后，本次新增的会删除，更改的会复原；之后又被他人修改或使用的保持不动，并逐一列出。",
            "What it added is removed and what it changed is restored; what others have changed or used since stays and is listed.";
        n_undone: "已撤销", "Taken back";
        n_left: "保持不动", "Left as they are";
        left_why: "已被修改或使用", "Changed or in use since";
        one_value_hint: "只在单元格为空时使用。", "Used only where the cell is empty.";
        stopped: "中途停下", "Stopped half-way";
        stopped_hint: "已入库的保持不动，不会重复入库。原因消除后可继续。", "What is stored stays and is not stored twice. Put the cause right and go on.";
        go_on: "继续", "Go on";
        not_settled: "导入尚未完成，请稍后再试。", "The import is still running; try again in a moment.";
        content_gone: "上传的表格已清除，不能再下载。", "The uploaded table was deleted and cannot be downloaded any more.";
        sheet_rejected: "有误的行", "Rejected rows";
    }
}

impl ImportWords {
    /// The title of the pages of a kind.
    pub(super) fn title(self, kind: ImportKind) -> &'static str {
        if kind == ImportKind::Areas { self.areas() } else { self.units() }
    }

    /// A state in words.
    pub(super) fn state_of(self, state: ImportState) -> &'static str {
        match state {
            ImportState::Ready => self.ready(),
            ImportState::Running => self.running(),
            ImportState::Done => self.done(),
            ImportState::Undoing => self.undoing(),
            ImportState::Undone => self.undone(),
            ImportState::Dropped => self.dropped(),
        }
    }

    /// The button that stores the good rows.
    pub(super) fn run(self, n_rows: i64) -> String {
        let rows = if n_rows == 1 { "row" } else { "rows" };
        self.0.pick(format!("导入 {} 行", grouped(n_rows)), format!("Store {} {rows}", grouped(n_rows)))
    }

    /// Rows in are rows stored, rejected and blank.
    pub(super) fn n_rows(self, n_rows: i64) -> String {
        let rows = if n_rows == 1 { "row" } else { "rows" };
        self.0.pick(format!("共 {} 行", grouped(n_rows)), format!("{} {rows} in all", grouped(n_rows)))
    }

    /// How many messages are not shown.
    pub(super) fn more(self, n: usize) -> String {
        self.0.pick(format!("另有 {n} 行，见下载的文件。"), format!("{n} more are in the download."))
    }

    /// How many more stand than are listed.
    pub(super) fn more_left(self, n: i64) -> String {
        self.0.pick(format!("另有 {} 项未列出。", grouped(n)), format!("{} more are not listed.", grouped(n)))
    }

    /// Sheets that were not read.
    pub(super) fn other_sheets(self, names: &str) -> String {
        self.0.pick(format!("未读的工作表：{names}"), format!("Sheets not read: {names}"))
    }

    /// How far it is.
    pub(super) fn done_of(self, done: &i64, all: &i64) -> String {
        let (done, all) = (grouped(*done), grouped(*all));
        self.0.pick(format!("已完成 {done} / {all}"), format!("{done} of {all} done"))
    }
}
