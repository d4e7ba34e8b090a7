//! Rows of a document that stand too far apart to be read together: the memory for that would grow with the corpus. They are
//! read in parts, and that is said.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::Complaint;

/// So many documents of earlier windows are known, and up to as many again: some 9 MB.
const KNOWN: usize = 1 << 17;

/// Of one file, so many are told singly.
const TOLD: usize = 10;

/// The documents of one file, with the last line of each.
#[derive(Default)]
pub(super) struct Documents {
    /// Of the window that is being filled.
    window: HashMap<u64, u64>,
    recent: HashMap<u64, u64>,
    older: HashMap<u64, u64>,
    parts: usize,
}

impl Documents {
    /// Takes the document of a row. A remark where its last rows are in an earlier window, and `expected` does not tell that
    /// this has been said.
    pub(super) fn meet(&mut self, file: &str, doc: &str, line: u64, expected: bool) -> Option<Complaint> {
        let mut hasher = DefaultHasher::new();
        doc.hash(&mut hasher);
        let key = hasher.finish();
        if self.window.insert(key, line).is_some() || expected {
            return None;
        }
        let before = self.recent.get(&key).or_else(|| self.older.get(&key))?;
        self.parts += 1;
        (self.parts <= TOLD).then(|| {
            Complaint::remark(format!(
                "{file}, line {line}: the rows of document {doc:?} do not stand together: those up to line {before} were read \
                 without these"
            ))
        })
    }

    /// A window is full.
    pub(super) fn next_window(&mut self) {
        self.recent.extend(self.window.drain());
        if self.recent.len() >= KNOWN {
            self.older = std::mem::take(&mut self.recent);
        }
    }

    /// At the end of the file: what was not told singly.
    pub(super) fn rest(&self, file: &str) -> Option<Complaint> {
        let rest = self.parts.checked_sub(TOLD + 1)? + 1;
        Some(Complaint::remark(format!(
            "{file}: in {rest} further places rows of a document do not stand together; sort them by document to have them read \
             together"
        )))
    }
}
