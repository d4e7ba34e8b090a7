//! Every check of the project, one after the other.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};

use crate::install;
use crate::project::{Project, create, list};
use crate::run::{cargo, command, run};
use crate::serve::{self, Port};
use crate::{budgets, bundle, dependencies, pack, site, sizes, wasm};

/// A check: its name for `--only`, what it does, which steps must have run before, and the work itself.
/// The work returns a remark for the log, or what went wrong.
struct Step {
    name: &'static str,
    about: &'static str,
    needs: &'static [&'static str],
    work: fn(&Project) -> Result<String>,
}

const STEPS: &[Step] = &[
    Step { name: "format", about: "the sources are formatted", needs: &[], work: format },
    Step { name: "clippy", about: "clippy has no remarks", needs: &[], work: clippy },
    Step { name: "rust", about: "Rust tests, with those in the documentation", needs: &[], work: rust },
    Step { name: "doc", about: "the documentation builds without warnings", needs: &[], work: doc },
    Step {
        name: "package",
        about: "the crate packs without a warning and builds from its package alone",
        needs: &[],
        work: package,
    },
    Step {
        name: "licences",
        about: "every dependency has a licence that deny.toml allows",
        needs: &[],
        work: dependencies::licences,
    },
    Step {
        name: "advisories",
        about: "nothing is known against a dependency",
        needs: &[],
        work: dependencies::advisories,
    },
    Step { name: "model", about: "training again gives the committed model", needs: &[], work: model },
    Step { name: "npm", about: "the test tools of www/ are installed", needs: &[], work: npm },
    Step { name: "site", about: "the wasm and the site are built", needs: &["npm"], work: build_site },
    Step { name: "node", about: "JavaScript tests in Node", needs: &["site"], work: node },
    Step {
        name: "optimise",
        about: "what readers load keeps to its budget",
        needs: &["site"],
        work: optimise,
    },
    Step {
        name: "node-optimised",
        about: "the same JavaScript tests, on the optimised wasm",
        needs: &["optimise"],
        work: node_optimised,
    },
    Step {
        name: "budgets",
        about: "the bundled page weighs what it may",
        needs: &["optimise"],
        work: check_budgets,
    },
    Step { name: "pack", about: "what is delivered is packed", needs: &["optimise"], work: pack_page },
    Step {
        name: "npm-package",
        about: "the npm package, as its users have it",
        needs: &["pack"],
        work: npm_package,
    },
    Step { name: "chromium", about: "Chromium is installed", needs: &[], work: chromium },
    Step {
        name: "browser",
        about: "the served page in Chromium",
        needs: &["site", "pack", "chromium"],
        work: browser,
    },
    Step {
        name: "engines",
        about: "the page in Firefox and WebKit, as in Chromium",
        needs: &["site", "pack", "chromium"],
        work: engines,
    },
];

/// The names of the steps, in order.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    STEPS.iter().map(|step| step.name)
}

/// Runs the steps named in `only` with those they need, or all; stops at the first that fails.
/// Returns whether all passed.
pub(crate) fn run_steps(project: &Project, only: &[String]) -> bool {
    let chosen = choose(only);
    let mut passed = 0;
    let mut failed = 0;
    for (index, step) in chosen.iter().enumerate() {
        println!("\n[{}/{}] {}: {}", index + 1, chosen.len(), step.name, step.about);
        let started = Instant::now();
        let outcome = (step.work)(project);
        let seconds = started.elapsed().as_secs_f64();
        match outcome {
            Ok(remark) => {
                let remark = if remark.is_empty() { remark } else { format!(" ({remark})") };
                println!("  passed in {seconds:.1} s{remark}");
                passed += 1;
            }
            Err(error) => {
                println!(
                    "{error:#}\n\n  failed after {seconds:.1} s; to repeat: cargo xtask test --only {}",
                    step.name
                );
                failed += 1;
                break;
            }
        }
    }
    let left = chosen.len() - passed - failed;
    if left > 0 {
        println!("  {left} further steps were not run");
    }
    println!("\nxtask test: {passed} passed, {failed} failed");
    failed == 0
}

/// The steps to run, in order: those named and, before them, those they need. No name means all.
fn choose(only: &[String]) -> Vec<&'static Step> {
    let mut wanted: Vec<&str> = only.iter().map(String::as_str).collect();
    let mut next = 0;
    while let Some(&name) = wanted.get(next) {
        wanted.extend(STEPS.iter().filter(|step| step.name == name).flat_map(|step| step.needs));
        next += 1;
    }
    STEPS.iter().filter(|step| only.is_empty() || wanted.contains(&step.name)).collect()
}

fn in_root(project: &Project, mut command: Command, arguments: &[&str]) -> Command {
    command.current_dir(project.root()).args(arguments);
    command
}

fn format(project: &Project) -> Result<String> {
    run("cargo fmt", &mut in_root(project, cargo(), &["fmt", "--all", "--check"]))?;
    // A workspace of its own.
    let fuzz = ["fmt", "--manifest-path", "crate/fuzz/Cargo.toml", "--check"];
    run("cargo fmt, of the fuzz targets", &mut in_root(project, cargo(), &fuzz))?;
    Ok(String::new())
}

fn clippy(project: &Project) -> Result<String> {
    let all = ["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"];
    run("cargo clippy", &mut in_root(project, cargo(), &all))?;
    let wasm = ["clippy", "-p", "leitmotif", "--all-targets", "--features", "wasm", "--", "-D", "warnings"];
    run("cargo clippy, with the JavaScript bindings", &mut in_root(project, cargo(), &wasm))?;
    Ok(String::new())
}

fn rust(project: &Project) -> Result<String> {
    let output = run("cargo test", &mut in_root(project, cargo(), &["test", "--workspace"]))?;
    let passed = cargo_passed(&output);
    ensure!(passed > 0, "cargo test ran no test");
    Ok(format!("tests: {passed}"))
}

/// Adds up the `test result: ok. N passed; …` lines.
fn cargo_passed(output: &str) -> u32 {
    let count = |line: &str| line.strip_prefix("test result: ok. ")?.split(' ').next()?.parse::<u32>().ok();
    output.lines().filter_map(count).sum()
}

fn doc(project: &Project) -> Result<String> {
    // One call a package: the library and the command line share the name `leitmotif`, and would
    // write to the same folder.
    for package in ["xtask", "leitmotif-cli", "leitmotif"] {
        let mut cargo = in_root(project, cargo(), &["doc", "--no-deps", "--all-features", "-p", package]);
        run(&format!("cargo doc -p {package}"), cargo.env("RUSTDOCFLAGS", "-D warnings"))?;
    }
    Ok(String::new())
}

fn package(project: &Project) -> Result<String> {
    // Everything that it could ask the network for was there to compile the tests.
    let package = ["package", "-p", "leitmotif", "--allow-dirty", "--offline"];
    let output = run("cargo package", &mut in_root(project, cargo(), &package))?;
    // The tests stay out: they read the seeds. There is no way to tell cargo that this is meant.
    let is_meant = |line: &str| line.starts_with("warning: ignoring test ");
    let warns = output.lines().any(|line| line.contains("warning:") && !is_meant(line));
    ensure!(!warns, "cargo package warns:\n\n{output}");
    let packed = output.lines().find_map(|line| line.trim_start().strip_prefix("Packaged "));
    Ok(packed.unwrap_or_default().to_owned())
}

fn model(project: &Project) -> Result<String> {
    let train = ["run", "-p", "leitmotif-cli", "--release", "--", "train", "--check"];
    run("leitmotif train --check", &mut in_root(project, cargo(), &train))?;
    // The same bytes on a lesser processor: the C library's exp and ln have other last bits without these.
    let mut masked = in_root(project, cargo(), &train);
    masked.env("GLIBC_TUNABLES", "glibc.cpu.hwcaps=-AVX2_Usable,-FMA_Usable,-AVX2,-FMA");
    run("leitmotif train --check, without AVX2 and FMA in the C library", &mut masked)?;
    Ok(String::new())
}

fn build_site(project: &Project) -> Result<String> {
    site::assemble(project, &wasm::build(project)?)?;
    Ok(String::new())
}

fn npm(project: &Project) -> Result<String> {
    install::npm(project)?;
    Ok(String::new())
}

fn optimise(project: &Project) -> Result<String> {
    let site = crate::optimised_site(project)?;
    let total = sizes::report(project, &site)?;
    Ok(format!("{total} bytes with brotli of {} allowed", sizes::BUDGET))
}

fn check_budgets(project: &Project) -> Result<String> {
    budgets::check(&bundle::assemble(project, &project.target("site-optimised"))?)
}

fn pack_page(project: &Project) -> Result<String> {
    Ok(format!("files and folders: {}", pack::all(project, &project.target("site-optimised"))?.len()))
}

fn chromium(_: &Project) -> Result<String> {
    Ok(install::chromium()?.display().to_string())
}

fn node(project: &Project) -> Result<String> {
    node_tests(project, "node", &project.target("site"), &[])
}

fn node_optimised(project: &Project) -> Result<String> {
    node_tests(project, "node", &project.target("site-optimised"), &[])
}

fn npm_package(project: &Project) -> Result<String> {
    let dist = [("LEITMOTIF_DIST", project.root().join("dist"))];
    node_tests(project, "package", &project.target("site-optimised"), &dist)
}

fn browser(project: &Project) -> Result<String> {
    let site = project.target("site");
    let shots = project.target("screenshots");
    create(&shots)?;
    let server = serve::start(&site, Port::Any)?;
    let bundled = serve::start(&bundle::assemble(project, &site)?, Port::Any)?;
    let chromium = install::chromium()?;
    let further = [
        ("LEITMOTIF_DIST", project.root().join("dist")),
        ("LEITMOTIF_PACKED", project.root().join("dist/leitmotif.html")),
        ("LEITMOTIF_URL", PathBuf::from(serve::url(&server))),
        ("LEITMOTIF_BUNDLED_URL", PathBuf::from(serve::url(&bundled))),
        ("LEITMOTIF_SHOTS", shots),
        ("CHROMIUM", chromium),
    ];
    node_tests(project, "browser", &site, &further)
}

fn engines(project: &Project) -> Result<String> {
    let site = project.target("site");
    let server = serve::start(&site, Port::Any)?;
    let mut further = vec![
        ("LEITMOTIF_PACKED", project.root().join("dist/leitmotif.html")),
        ("LEITMOTIF_URL", PathBuf::from(serve::url(&server))),
        ("CHROMIUM", install::chromium()?),
    ];
    // Not every machine lets itself be given browsers; what was not tested is said.
    let mut skipped = Vec::new();
    match install::firefox() {
        Ok(path) => further.push(("FIREFOX", path)),
        Err(error) => skipped.push(format!("SKIPPED Firefox: {error:#}")),
    }
    match install::webkit() {
        Ok(webkit) => further.extend([("WEBKIT_DRIVER", webkit.driver), ("WEBKIT_BROWSER", webkit.browser)]),
        Err(error) => skipped.push(format!("SKIPPED WebKit: {error:#}")),
    }
    for line in &skipped {
        println!("  {line}");
    }
    if skipped.len() == 2 {
        return Ok("SKIPPED: neither Firefox nor WebKit is here".to_owned());
    }
    node_tests(project, "engines", &site, &further)
}

/// No sound file of tests takes longer; all browsers are one file, so that each starts once.
fn limit(kind: &str) -> Duration {
    Duration::from_secs(60 * if kind == "engines" { 15 } else { 10 })
}

/// Files of browser tests that have the machine to themselves: they measure memory, and need much of it.
const ALONE: &[&str] = &["long.test.js"];

/// Runs the test files of www/test/`kind` with Node's own runner.
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
    let (mut tests, mut skipped) = (0, 0);
    for (files, at_once) in [(others, at_once), (alone, 1)].into_iter().filter(|(files, _)| !files.is_empty())
    {
        let mut node = command("node");
        node.current_dir(project.root())
            .args(["--test", "--test-reporter=spec"])
            .arg(format!("--test-concurrency={at_once}"))
            // A test that hangs must end some day. The limit is that of a file as well.
            .arg(format!("--test-timeout={}", 1000 * limit(kind).as_secs()))
            .args(&files)
            .env("LEITMOTIF_ROOT", project.root())
            .env("LEITMOTIF_SITE", site)
            .envs(further.iter().map(|(name, value)| (name, value)));
        let output = run(&format!("node --test www/test/{kind}"), &mut node)?;
        let (here, here_skipped) = node_counts(&output);
        ensure!(here > here_skipped, "no test ran of {files:?}\n\n{output}");
        (tests, skipped) = (tests + here, skipped + here_skipped);
    }
    ensure!(tests > 0, "{} holds no *.test.js", folder.display());
    Ok(if skipped > 0 {
        format!("tests: {tests}, of them skipped: {skipped}")
    } else {
        format!("tests: {tests}")
    })
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

    fn chosen(only: &[&str]) -> Vec<&'static str> {
        let only: Vec<_> = only.iter().map(|&name| name.to_owned()).collect();
        choose(&only).iter().map(|step| step.name).collect()
    }

    #[test]
    fn no_name_means_every_step() {
        assert_eq!(chosen(&[]), names().collect::<Vec<_>>());
    }

    #[test]
    fn a_step_brings_what_it_needs_and_nothing_else() {
        assert_eq!(chosen(&["format"]), ["format"]);
        assert_eq!(chosen(&["budgets"]), ["npm", "site", "optimise", "budgets"]);
        assert_eq!(chosen(&["browser"]), ["npm", "site", "optimise", "pack", "chromium", "browser"]);
        assert_eq!(chosen(&["node-optimised"]), ["npm", "site", "optimise", "node-optimised"]);
    }

    #[test]
    fn what_a_step_needs_stands_before_it() {
        let names: Vec<_> = names().collect();
        for (index, step) in STEPS.iter().enumerate() {
            for need in step.needs {
                let place = names.iter().position(|name| name == need);
                assert!(place.is_some_and(|place| place < index), "{} needs {need}", step.name);
            }
        }
    }

    #[test]
    fn the_page_says_the_version_of_the_workspace() {
        let page = Project::find().unwrap().www().join("version.js");
        let source = std::fs::read_to_string(page).unwrap();
        assert!(source.contains(&format!("VERSION = \"{}\"", env!("CARGO_PKG_VERSION"))), "{source}");
    }

    #[test]
    fn the_counts_of_both_runners_are_read() {
        let cargo = "running 2 tests\ntest result: ok. 2 passed; 0 failed; 0 ignored\n\
                     test result: ok. 40 passed; 0 failed; 1 ignored\n";
        assert_eq!(cargo_passed(cargo), 42);
        let node = "✔ skipped things are told (2ms)\nℹ tests 12\nℹ suites 0\nℹ pass 11\nℹ skipped 1\n";
        assert_eq!(node_counts(node), (12, 1));
        assert_eq!(node_counts("# tests 3\n# skipped 0\n"), (3, 0));
        assert_eq!(node_counts("nothing"), (0, 0));
    }

    #[test]
    fn files_that_run_alone_are_there() {
        let folder = Project::find().unwrap().www().join("test/browser");
        for name in ALONE {
            assert!(folder.join(name).is_file(), "{name}");
        }
    }
}
