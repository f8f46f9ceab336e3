use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::PathBuf;

use serde::Serialize;

use crate::app::day_of;

/// A notice on its way to someone who is not in the app. It names no telephone number: whoever delivers it knows how to
/// reach a login.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Message {
    /// The notice. A message may come twice after a crash; the second is to be dropped.
    pub(crate) notice: String,
    /// Who is told.
    pub(crate) user: String,
    /// The name with which they sign in.
    pub(crate) login: String,
    /// When it went out.
    pub(crate) at_ms: i64,
    /// `ordinary` or `urgent`.
    pub(crate) urgency: &'static str,
    /// What is said.
    pub(crate) text: String,
    /// The page on this site that it leads to.
    pub(crate) href: String,
}

/// Where messages go out: a folder, a text message service, a company messenger.
pub(crate) trait Gateway: Send + Sync {
    /// Hands messages over; all of them, or it fails and they are handed over again later.
    fn send(&self, messages: &[Message]) -> io::Result<()>;
}

/// A folder in which messages wait for whoever fetches them: JSON lines, one file a day.
pub(crate) struct Outbox(pub(crate) PathBuf);

impl Gateway for Outbox {
    fn send(&self, messages: &[Message]) -> io::Result<()> {
        std::fs::create_dir_all(&self.0)?;
        let mut days: BTreeMap<_, Vec<u8>> = BTreeMap::new();
        for message in messages {
            let lines = days.entry(day_of(message.at_ms)).or_default();
            serde_json::to_writer(&mut *lines, message)?;
            lines.push(b'\n');
        }
        for (day, lines) in days {
            let path = self.0.join(format!("notices-{day}.jsonl"));
            let mut file = std::fs::OpenOptions::new().create(true).append(true).open(path)?;
            file.write_all(&lines)?;
            file.sync_data()?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_appended_to_the_file_of_their_day() {
        let folder = tempfile::tempdir().unwrap();
        let outbox = Outbox(folder.path().join("outbox"));
        let message = |notice: &str, at_ms| Message {
            notice: notice.to_owned(),
            user: "0000000000001".to_owned(),
            login: "office".to_owned(),
            at_ms,
            urgency: "ordinary",
            text: "新指令".to_owned(),
            href: "/orders/1".to_owned(),
        };
        let noon = 1_795_320_000_000;
        outbox.send(&[message("a", noon), message("b", noon + 86_400_000)]).unwrap();
        outbox.send(&[message("c", noon)]).unwrap();
        let read = |day: &str| std::fs::read_to_string(folder.path().join(format!("outbox/notices-{day}.jsonl")));
        let first = read("2026-11-22").unwrap();
        let notices: Vec<serde_json::Value> = first.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(notices.iter().map(|one| one["notice"].as_str().unwrap()).collect::<Vec<_>>(), ["a", "c"]);
        assert_eq!(read("2026-11-23").unwrap().lines().count(), 1);
    }
}
