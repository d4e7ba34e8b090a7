//! The list of what lies in dist/, with the hash that a page can ask the browser to check: `dist/integrity.txt`.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::hash;
use crate::project::{read, tree, write};

/// The list's own name.
const LIST: &str = "integrity.txt";

/// Writes the list: a line a file, `sha384-… path`, sorted by path; returns its path.
///
/// # Errors
/// When a file cannot be read or the list not written.
pub(crate) fn list(dist: &Path) -> Result<PathBuf> {
    let mut lines = String::new();
    for (place, path) in tree(dist)? {
        if place != LIST {
            writeln!(lines, "{} {place}", hash::integrity(&read(&path)?))?;
        }
    }
    let file = dist.join(LIST);
    write(&file, lines.as_bytes())?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::tests::Scratch;

    #[test]
    fn every_file_has_its_line_and_the_list_has_none() {
        let scratch = Scratch::new();
        for (place, text) in [("b.js", ""), ("a/package.json", "abc"), (LIST, "old")] {
            scratch.file(place, text);
        }
        let file = list(&scratch.0).unwrap();
        let expected = format!("{} a/package.json\n{} b.js\n", hash::integrity(b"abc"), hash::integrity(b""));
        assert_eq!(String::from_utf8(read(&file).unwrap()).unwrap(), expected);
    }
}
