//! The tests in JavaScript: Node's own runner, in Node and with browsers.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Result, ensure};

use crate::project::{Project, list};
use crate::run::{command, run, say};

/// No sound file of tests takes longer; all browsers are one file, so that each starts once.
fn limit(kind: &str) -> Duration {
    Duration::from_secs(60 * if kind == "engines" { 15 } else { 10 })
}

/// Files of browser tests that have the machine to themselves: they measure memory, and need much of it.
const ALONE: &[&str] = &["long.test.js"];

/// More files than this do not fail by chance.
const FEW: usize = 2;

/// Runs the test files of www/test/`kind` with Node's own runner.
///
/// Where browsers are driven, a file that fails is run once more, alone, and that is said: on a machine that others use as well
/// a browser may stand still for longer than a test waits.
///
/// # Errors
/// When one of them fails, or none was run.
pub(crate) fn node_tests(
    project: &Project,
    kind: &str,
    site: &Path,
    further: &[(&str, PathBuf)],
) -> Result<String> {
    let folder = project.www().join("test").join(kind);
    let is_test = |path: &PathBuf| path.to_string_lossy().ends_with(".test.js");
    let files = list(&folder)?.into_iter().filter(is_test);
    let is_alone = |path: &PathBuf| ALONE.iter().any(|name| path.ends_with(name));
    let (alone, others): (Vec<_>, Vec<_>) = files.partition(is_alone);
    // Two browsers fill the waiting of each other: for the network, for what must not happen. More than two do not on two
    // cores; and examples that build themselves, or all browsers in one file, fill them by one.
    let at_once = if kind == "browser" { 2 } else { 1 };
    let (mut tests, mut skipped, mut again) = (0, 0, Vec::new());
    for (files, at_once) in [(others, at_once), (alone, 1)].into_iter().filter(|(files, _)| !files.is_empty())
    {
        let tested = |files: &[PathBuf], at_once: usize| {
            let mut node = command("node");
            node.current_dir(project.root())
                .args(["--test", "--test-reporter=spec"])
                .arg(format!("--test-concurrency={at_once}"))
                // A test that hangs must end some day. The limit is that of a file as well.
                .arg(format!("--test-timeout={}", 1000 * limit(kind).as_secs()))
                .args(files)
                .env("LEITMOTIF_ROOT", project.root())
                .env("LEITMOTIF_SITE", site)
                .envs(further.iter().map(|(name, value)| (name, value)));
            run(&format!("node --test www/test/{kind}"), &mut node)
        };
        let output = match tested(&files, at_once) {
            Err(error) if ["browser", "engines"].contains(&kind) => {
                let report = error.to_string();
                // The one file of all browsers runs modules beside it, and it is they that a report names.
                let is_whole = kind == "engines" && !failures(&report).is_empty();
                let failed: Vec<_> =
                    files.iter().filter(|file| is_whole || has_failed(&report, file)).cloned().collect();
                if failed.is_empty() || failed.len() > FEW {
                    return Err(error);
                }
                say(failures(&report));
                tested(&failed, 1)?;
                again.extend(
                    failed
                        .iter()
                        .filter_map(|file| file.file_name())
                        .map(|name| name.to_string_lossy().into_owned()),
                );
                report
            }
            other => other?,
        };
        let (here, here_skipped) = node_counts(&output);
        ensure!(here > here_skipped, "no test ran of {files:?}\n\n{output}");
        (tests, skipped) = (tests + here, skipped + here_skipped);
    }
    ensure!(tests > 0, "{} holds no *.test.js", folder.display());
    let mut report = format!("tests: {tests}");
    if skipped > 0 {
        let _ = write!(report, ", of them skipped: {skipped}");
    }
    if !again.is_empty() {
        let _ = write!(report, "; FAILED at first and passed alone: {}", again.join(", "));
    }
    Ok(report)
}

/// Whether a report names a test of the file among those that failed.
fn has_failed(report: &str, file: &Path) -> bool {
    let place = |line: &str| Some(line.trim().strip_prefix("test at ")?.rsplitn(3, ':').last()?.to_owned());
    failures(report).lines().filter_map(place).any(|place| file.ends_with(place))
}

/// The part of a report that says what failed, and why.
fn failures(report: &str) -> &str {
    report.find("failing tests:").map_or("", |start| &report[start..])
}

/// The runner's own count of tests and of those skipped, from the foot of its report.
fn node_counts(output: &str) -> (u32, u32) {
    let count = |word: &str| {
        let number =
            |line: &str| line.trim_start_matches(['ℹ', '#', ' ']).strip_prefix(word)?.trim().parse().ok();
        output.lines().rev().find_map(number).unwrap_or(0)
    };
    (count("tests "), count("skipped "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_runners_counts_are_read() {
        let node = "✔ skipped things are told (2ms)\nℹ tests 12\nℹ suites 0\nℹ pass 11\nℹ skipped 1\n";
        assert_eq!(node_counts(node), (12, 1));
        assert_eq!(node_counts("# tests 3\n# skipped 0\n"), (3, 0));
        assert_eq!(node_counts("nothing"), (0, 0));
    }

    #[test]
    fn files_whose_tests_failed_are_found_in_the_report() {
        let report = "test at www/test/browser/a.test.js:9:1 is a title\n✖ failing tests:\n\n\
                      test at www/test/browser/engine.test.js:131:1\n✖ a call that waits ends in time (2874.4ms)\n";
        let failed = |name: &str| has_failed(report, &Path::new("/project/www/test/browser").join(name));
        assert!(failed("engine.test.js"));
        assert!(!failed("a.test.js") && !failed("131.test.js"));
        assert!(!has_failed("ℹ pass 3\n", Path::new("/project/www/test/browser/engine.test.js")));
    }

    #[test]
    fn files_that_run_alone_are_there() {
        let folder = Project::find().unwrap().www().join("test/browser");
        for name in ALONE {
            assert!(folder.join(name).is_file(), "{name}");
        }
    }
}
