//! How far a run has come, on a terminal.

use std::io::{self, IsTerminal};

use indicatif::{ProgressBar, ProgressStyle};

use crate::console::say;

pub(super) struct Progress {
    /// Hidden where standard error is no terminal.
    bar: ProgressBar,
    labelled: usize,
}

impl Progress {
    /// A bar over `size` bytes, or a count where the size is not known; none where the answers themselves go to the terminal.
    pub(super) fn new(size: Option<u64>, to_file: bool) -> Self {
        if !to_file && io::stdout().is_terminal() {
            return Progress { bar: ProgressBar::hidden(), labelled: 0 };
        }
        let (bar, template) = match size {
            Some(size) => (ProgressBar::new(size), "{wide_bar} {bytes} of {total_bytes}, {msg}, {eta} left"),
            None => (ProgressBar::no_length(), "{spinner} {bytes} in {elapsed}, {msg}"),
        };
        bar.set_style(ProgressStyle::with_template(template).unwrap_or(ProgressStyle::default_bar()));
        Progress { bar, labelled: 0 }
    }

    pub(super) fn advance(&mut self, size: u64, labelled: usize) {
        self.labelled += labelled;
        self.bar.set_message(format!("{} labelled", self.labelled));
        self.bar.inc(size);
    }

    /// Writes a line to standard error, above the bar where there is one.
    pub(super) fn say(&self, line: &str) {
        self.bar.suspend(|| say(line));
    }

    pub(super) fn finish(self) {
        self.bar.finish_and_clear();
    }
}
