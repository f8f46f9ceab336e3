use super::server::{Server, open_plain};
use super::{Folder, lianfang, text};

#[test]
fn metrics_stand_on_a_listener_of_their_own_and_tell_of_nobody() {
    let folder = Folder::new();
    let data = text(&folder.path("data"));
    let flags = ["--data", &data, "--metrics-listen", "127.0.0.1:0"].map(str::to_owned);
    let mut server = Server::start(&flags);
    let set_up = server.line();
    let token = set_up.rsplit_once('/').unwrap().1.to_owned();
    let metrics = server.line();
    let metrics = metrics.strip_prefix("Metrics: http://").unwrap().strip_suffix("/metrics").unwrap();
    assert_eq!(open_plain(server.host(), &format!("/set-up/{token}")).unwrap().status, 200);
    assert_eq!(open_plain(server.host(), "/metrics").unwrap().status, 404, "not where everybody comes");
    assert_eq!(open_plain(server.host(), "/nowhere/13900000001").unwrap().status, 404);
    let shown = open_plain(metrics, "/metrics").unwrap();
    assert_eq!(shown.status, 200);
    for line in [
        "lianfang_requests_total{method=\"GET\",route=\"/set-up/{token}\",class=\"2xx\"} 1",
        "lianfang_requests_total{method=\"GET\",route=\"other\",class=\"4xx\"} 2",
        "lianfang_request_seconds_count{route=\"/set-up/{token}\"} 1",
        "lianfang_jobs{state=\"failed\"} 0",
        "lianfang_sessions 0",
        "lianfang_database_up 1",
        "lianfang_store_batch_changes_bucket{le=\"1.0\"}",
        "lianfang_build_info{version=",
        "lianfang_memory_resident_bytes ",
    ] {
        assert!(shown.body.contains(line), "{line} is not in\n{}", shown.body);
    }
    assert!(!shown.body.contains(&token) && !shown.body.contains("13900000001"));
    assert!(server.stop());
}

#[test]
fn metrics_are_never_open_to_others() {
    let folder = Folder::new();
    let ran = lianfang(&["serve", "--data", &text(&folder.path("data")), "--metrics-listen", "0.0.0.0:9090"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("不得向外开放"), "{}", ran.err);
}
