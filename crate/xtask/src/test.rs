//! Every check of the project, one after the other.

use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

use anyhow::{Result, ensure};

use crate::install;
use crate::node_tests::node_tests;
use crate::project::{Project, create};
use crate::run::{cargo, run};
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
    fn the_counts_of_cargos_runner_are_read() {
        let cargo = "running 2 tests\ntest result: ok. 2 passed; 0 failed; 0 ignored\n\
                     test result: ok. 40 passed; 0 failed; 1 ignored\n";
        assert_eq!(cargo_passed(cargo), 42);
    }
}
