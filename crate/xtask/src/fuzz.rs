//! The fuzz targets of crate/fuzz, each for some minutes.

use anyhow::{Result, ensure};

use crate::project::{Project, create};
use crate::run::{answer, cargo, command, run, say};

/// A target, the folder of crate/fuzz/corpus that it starts from, and its dictionary, if it has one.
struct Target {
    name: &'static str,
    corpus: &'static str,
    dictionary: Option<&'static str>,
}

const TARGETS: &[Target] = &[
    Target { name: "split", corpus: "text", dictionary: Some("text") },
    Target { name: "read", corpus: "text", dictionary: Some("text") },
    Target { name: "html", corpus: "html", dictionary: Some("html") },
    Target { name: "model", corpus: "model", dictionary: Some("model") },
    Target { name: "packed", corpus: "packed", dictionary: None },
];

/// Runs the targets named in `only`, or all, for `minutes` each; whether none found anything.
///
/// # Errors
/// When what they need is missing (the message says how to get it), or they do not compile.
pub(crate) fn run_targets(project: &Project, minutes: u32, only: &[String]) -> Result<bool> {
    needs()?;
    let fuzz = project.root().join("crate/fuzz");
    let built = project.target("fuzz");
    let artifacts = built.join("found");
    create(&artifacts)?;
    // Nothing here is unsafe but in the HTML parser: without a sanitizer the targets run at twice the speed.
    let options = ["--sanitizer", "none", "--fuzz-dir"];
    let cargo_fuzz = |verb: &str| {
        // Not the cargo that compiled xtask: rustup's, which cargo-fuzz calls again by its name.
        let mut command = command("cargo");
        command
            .env_remove("CARGO")
            .env_remove("RUSTC")
            .env("RUSTUP_TOOLCHAIN", "nightly")
            .current_dir(project.root());
        command.args(["fuzz", verb]).args(options).arg(&fuzz).arg("--target-dir").arg(&built);
        command
    };
    run("compiling the fuzz targets", &mut cargo_fuzz("build"))?;
    let mut sound = true;
    for target in
        TARGETS.iter().filter(|target| only.is_empty() || only.iter().any(|name| name == target.name))
    {
        // What is found goes into the first folder; the committed one is only read.
        let grown = built.join("corpus").join(target.name);
        create(&grown)?;
        let mut fuzzing = cargo_fuzz("run");
        fuzzing.arg(target.name).arg(&grown).arg(fuzz.join("corpus").join(target.corpus)).arg("--");
        fuzzing.arg(format!("-max_total_time={}", 60 * minutes)).args(["-timeout=20", "-rss_limit_mb=2000"]);
        fuzzing.arg(format!("-artifact_prefix={}/{}-", artifacts.display(), target.name));
        if let Some(dictionary) = target.dictionary {
            fuzzing.arg(format!("-dict={}", fuzz.join("dictionaries").join(dictionary).display()) + ".dict");
        }
        match run(&format!("fuzzing {}", target.name), &mut fuzzing) {
            Ok(output) => {
                println!("{}: nothing found; {}", target.name, summary(&output))
            }
            Err(problem) => {
                println!(
                    "{problem:#}\n\n{}: FOUND, see above; the input is in {}",
                    target.name,
                    artifacts.display()
                );
                sound = false;
            }
        }
    }
    if !sound {
        say("after the fix, put the input into crate/fuzz/corpus: cargo test replays what lies there");
    }
    Ok(sound)
}

/// The names of the targets.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    TARGETS.iter().map(|target| target.name)
}

/// libFuzzer's last words: `Done 14876 runs in 281 second(s)`, and what was reached, from the line before,
/// `#14876 DONE   cov: 812 ft: 3041 corp: 97/12Kb …`.
fn summary(output: &str) -> String {
    let last = |mark: &str| output.lines().rev().find_map(|line| line.find(mark).map(|at| &line[at..]));
    let reached = last("cov: ").map(|line| line.split(" exec/s").next().unwrap_or(line).trim_end());
    let done = output.lines().rev().find(|line| line.starts_with("Done "));
    format!("{}; {}", done.unwrap_or("no count of runs"), reached.unwrap_or("no coverage"))
}

/// Names everything that is missing, and how to get it.
fn needs() -> Result<()> {
    let mut missing = Vec::new();
    let mut nightly = command("rustup");
    if answer(nightly.args(["which", "--toolchain", "nightly", "rustc"])).is_none() {
        missing.push("the nightly toolchain: rustup toolchain install nightly");
    }
    if answer(cargo().args(["fuzz", "--version"])).is_none() {
        missing.push("cargo-fuzz: cargo install --locked cargo-fuzz");
    }
    ensure!(missing.is_empty(), "fuzzing lacks\n    {}", missing.join("\n    "));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::list;

    #[test]
    fn every_target_has_its_files() {
        let fuzz = Project::find().unwrap().root().join("crate/fuzz");
        let mut sources: Vec<_> = list(&fuzz.join("targets")).unwrap();
        sources.retain(|source| !names().any(|name| source.ends_with(format!("{name}.rs"))));
        assert!(sources.is_empty(), "no command runs {sources:?}");
        let manifest = std::fs::read_to_string(fuzz.join("Cargo.toml")).unwrap();
        for target in TARGETS {
            assert!(manifest.contains(&format!("path = \"targets/{}.rs\"", target.name)), "{}", target.name);
            assert!(!list(&fuzz.join("corpus").join(target.corpus)).unwrap().is_empty(), "{}", target.name);
            if let Some(dictionary) = target.dictionary {
                assert!(
                    fuzz.join("dictionaries").join(format!("{dictionary}.dict")).is_file(),
                    "{dictionary}"
                );
            }
        }
    }

    #[test]
    fn the_last_word_of_the_fuzzer_is_found() {
        let output = "#1\tINITED cov: 9 ft: 9 corp: 1/1b exec/s: 0 rss: 40Mb\n\
                      #14876\tDONE   cov: 812 ft: 3041 corp: 97/12Kb lim: 4096 exec/s: 52 rss: 90Mb\n\
                      Done 14876 runs in 281 second(s)\n";
        let told = "Done 14876 runs in 281 second(s); cov: 812 ft: 3041 corp: 97/12Kb lim: 4096";
        assert_eq!(summary(output), told);
        assert_eq!(summary(""), "no count of runs; no coverage");
    }
}
