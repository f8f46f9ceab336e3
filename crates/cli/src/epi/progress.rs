//! A bar on the terminal while long work goes on.

use std::io::{IsTerminal, Write, stderr};

use lianfang_domain::Lang;

/// Shown only where somebody watches; nothing is written into a pipe or a file.
pub(super) struct Progress {
    of: usize,
    shown: Option<usize>,
    watched: bool,
    words: &'static str,
}

const WIDTH: usize = 30;

impl Progress {
    pub(super) fn new(of: usize, lang: Lang) -> Progress {
        Progress {
            of, shown: None, watched: stderr().is_terminal() && of > 200, words: lang.pick("计算中", "working")
        }
    }

    /// So many are done.
    pub(super) fn done(&mut self, done: usize) {
        let filled = done * WIDTH / self.of.max(1);
        if !self.watched || self.shown == Some(filled) {
            return;
        }
        self.shown = Some(filled);
        let bar: String = (0..WIDTH).map(|i| if i < filled { '█' } else { '·' }).collect();
        eprint!("\r{} {bar} {done}/{}", self.words, self.of);
        if done >= self.of {
            eprintln!();
        }
        // A terminal that is gone need not be told.
        let _ = stderr().flush();
    }
}
