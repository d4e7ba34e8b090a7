//! How much of the page may travel, and how much does.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use crate::bundle;
use crate::imports;
use crate::project::{list, read};

/// What one kind of files may weigh together, in bytes as sent: each file compressed with brotli on its own.
struct Budget {
    name: &'static str,
    bytes: usize,
    /// Whether a file counts; with it, the modules that the page loads at once.
    counts: fn(&str, &[String]) -> bool,
}

const BUDGETS: &[Budget] = &[
    // What must arrive before an article can be read. The engine has a budget of its own.
    Budget { name: "shell: HTML, CSS and the JavaScript loaded at once", bytes: 60_000, counts: is_shell },
    // With exports, project files, comparison, storage, many files, drafts, the way to the thread below and the service worker,
    // loaded behind the reading.
    Budget { name: "all of the page's own code", bytes: 89_000, counts: is_code },
    // Loaded after all else, for long texts and for many.
    Budget { name: "the thread that reads beside it", bytes: 7_000, counts: is_thread },
];

fn is_shell(place: &str, at_once: &[String]) -> bool {
    place.ends_with(".html") || place.ends_with(".css") || at_once.iter().any(|module| module == place)
}

/// The engine has a budget of its own, and its fallback is loaded in its place.
fn is_code(place: &str, at_once: &[String]) -> bool {
    let engine = place.starts_with("wasm/") || is_thread(place, at_once);
    [".html", ".css", ".js", ".webmanifest"].iter().any(|ending| place.ends_with(ending)) && !engine
}

fn is_thread(place: &str, _: &[String]) -> bool {
    place == bundle::WORKER
}

/// Weighs the site; one line a budget.
///
/// # Errors
/// When a budget is exceeded: then every file of it is listed with its weight.
pub(crate) fn check(site: &Path) -> Result<String> {
    let mut files = Vec::new();
    collect(site, "", &mut files)?;
    let at_once = imports::at_once(site, "page.js")?;
    let mut report = String::new();
    for Budget { name, bytes, counts } in BUDGETS {
        let mut parts = Vec::new();
        for (place, content) in files.iter().filter(|(place, _)| counts(place, &at_once)) {
            parts.push((brotli(content)?.len(), place));
        }
        let sum: usize = parts.iter().map(|(weight, _)| weight).sum();
        ensure!(sum > 0, "{name}: {} holds no such file", site.display());
        if sum > *bytes {
            parts.sort_by(|a, b| b.cmp(a));
            let lines: String = parts.iter().fold(String::new(), |mut lines, (weight, place)| {
                let _ = writeln!(lines, "    {weight:>7} {place}");
                lines
            });
            anyhow::bail!("{name}: {sum} bytes with brotli, of {bytes} allowed\n{lines}");
        }
        if !report.is_empty() {
            report.push_str("; ");
        }
        write!(report, "{name}: {sum} of {bytes} bytes with brotli")?;
    }
    Ok(report)
}

fn collect(folder: &Path, prefix: &str, files: &mut Vec<(String, Vec<u8>)>) -> Result<()> {
    for path in list(folder)? {
        let place = format!("{prefix}{}", path.file_name().unwrap_or_default().to_string_lossy());
        if path.is_dir() {
            collect(&path, &format!("{place}/"), files)?;
        } else {
            files.push((place, read(&path)?));
        }
    }
    Ok(())
}

/// Compressed as a static host does it ahead of time: quality 11.
///
/// # Errors
/// Never for memory alone; the library's signature has one.
pub(crate) fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut packed = Vec::new();
    let mut writer = brotli::CompressorWriter::new(&mut packed, 4096, 11, 22);
    writer.write_all(bytes).context("cannot compress")?;
    drop(writer);
    Ok(packed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::tests::Scratch;

    /// Bytes that no compressor makes smaller.
    fn noise(length: usize) -> String {
        let mut state = 1u32;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            char::from(b' ' + u8::try_from((state >> 24) % 95).unwrap())
        };
        (0..length).map(|_| next()).collect()
    }

    #[test]
    fn a_site_within_its_budgets_is_told_in_bytes() {
        let scratch = Scratch::new();
        scratch.file("index.html", "<!doctype html>");
        scratch.file("page.js", "import(\"./later.js\");");
        scratch.file("later.js", &noise(70_000));
        scratch.file(bundle::WORKER, &noise(5_000));
        scratch.file("wasm/engine.wasm", &noise(200_000));
        scratch.file("wasm/leitmotif_wasm.fallback.js", &noise(200_000));
        let report = check(&scratch.0).unwrap();
        assert!(report.contains("of 60000 bytes"), "{report}");
    }

    #[test]
    fn a_site_beyond_one_is_an_error_that_names_the_largest_file_first() {
        let scratch = Scratch::new();
        scratch.file("index.html", "<!doctype html>");
        scratch.file("page.js", "import\"./large.js\";");
        scratch.file("large.js", &noise(90_000));
        let error = check(&scratch.0).unwrap_err().to_string();
        let lines: Vec<_> = error.lines().collect();
        assert!(lines[0].contains("of 60000 allowed"), "{error}");
        assert!(lines[1].ends_with("large.js"), "{error}");
    }
}
