use crate::words::words;

words! {
    /// Words of the list of jobs.
    JobWords {
        title: "后台任务", "Jobs";
        system: "系统", "System";
        lead: "导入、清理等在后台进行的工作。失败后会自动重试，间隔逐次加长；多次失败后停止，处理好原因后可手动重试。",
            "Work done in the background: imports, clearing out. What fails is tried again after growing pauses, then given up; put the cause right and try it again here.";
        kind: "内容", "What";
        state: "状态", "State";
        waiting: "等待", "Waiting";
        running: "进行中", "Running";
        done: "完成", "Done";
        failed: "失败", "Failed";
        made_at: "提出时间", "Asked for";
        made_by: "提出人", "By";
        program: "系统", "The program";
        ended_at: "结束时间", "Ended";
        progress: "进度", "Progress";
        attempts: "次数", "Attempts";
        error: "最近一次失败原因", "Why it failed last";
        error_lost: "运行中进程中断", "The process ended while it ran";
        error_changed: "数据已被他人修改", "Someone else changed the data";
        error_unavailable: "数据库无法访问或磁盘已满", "The database was away, or its disk full";
        error_broken: "程序出错，详见日志", "An error of the program; see the log";
        retry: "重试", "Try again";
        filter: "筛选", "Filter";
        next: "更早的任务", "Earlier";
        empty: "没有后台任务", "No jobs";
        empty_why: "导入数据或每日清理时，会出现在这里。", "Imports and the daily clearing out appear here.";
        not_failed: "该任务不在失败状态，无需重试。请查看最新状态。", "This job is not given up, so there is nothing to try again. Look at its present state.";
        queued_again: "同样的任务已在等待或进行中，无需重试。", "The same work already waits or runs; there is no need to try again.";
    }
}
