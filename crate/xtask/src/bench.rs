//! The engine beside floors and peers: natively, as wasm in Node and in Chromium. Never part of `test`: it takes minutes, and
//! downloads and compiles the peers.

use std::path::Path;

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

use crate::project::{Project, create, write};
use crate::run::{cargo, command, run};
use crate::{bundle, install, optimised_site, serve, toolchain};

/// Measures everything and prints a table.
///
/// # Errors
/// When Node, Chromium or a toolchain is missing, a peer cannot be installed or built, or a measurement fails.
pub(crate) fn run_all(project: &Project) -> Result<bool> {
    install::npm(project)?;
    let site = optimised_site(project)?;
    let folder = project.www().join("bench");
    install::npm_in(&folder)?;
    let chromium = install::chromium()?;
    let built = project.target("bench");
    create(&built)?;
    native(project, &built)?;
    peer(project, &built)?;
    let mut node = command("node");
    node.current_dir(&folder)
        .arg("run.js")
        .env("LEITMOTIF_ROOT", project.root())
        .env("LEITMOTIF_SITE", site)
        .env("LEITMOTIF_BENCH", built)
        .env("CHROMIUM", chromium);
    print!("{}", run("measuring in Node and in Chromium", &mut node)?);
    Ok(true)
}

/// How long a reader on a slow machine waits for a long paste, and how long the page stands still meanwhile.
///
/// # Errors
/// When Node or Chromium is missing, the page cannot be built, or the measurement fails.
pub(crate) fn page(project: &Project) -> Result<bool> {
    install::npm(project)?;
    let site = bundle::assemble(project, &optimised_site(project)?)?;
    let chromium = install::chromium()?;
    let server = serve::start_packed(&site)?;
    let mut node = command("node");
    node.current_dir(project.www())
        .arg("bench/page.js")
        .env("LEITMOTIF_ROOT", project.root())
        .env("LEITMOTIF_URL", serve::url(&server))
        .env("CHROMIUM", chromium);
    print!("{}", run("measuring the page", &mut node)?);
    Ok(true)
}

/// Compiles crate/bench, trains fastText with it and measures what runs natively: `native.json` and `fasttext.bin`.
fn native(project: &Project, built: &Path) -> Result<()> {
    let mut build = cargo();
    build.current_dir(project.root().join("crate/bench")).args(["build", "--release", "--locked"]);
    run("compiling the engine and its peers", build.arg("--target-dir").arg(built))?;
    let program = built.join("release/leitmotif-bench");
    let corpus = project.root().join("seeds/written");
    let train = |model: &str| {
        let mut train = command(&program);
        train.arg("train").arg(&corpus).arg(built.join(model));
        train
    };
    run("training fastText", &mut train("fasttext.bin"))?;
    let figures = run("measuring natively", command(&program).arg("measure").arg(&corpus))?;
    write(&built.join("native.json"), figures.as_bytes())
}

/// Compiles the crate fasttext to wasm, with its glue: `peer/`.
fn peer(project: &Project, built: &Path) -> Result<()> {
    let mut build = toolchain::find(project)?.cargo(&[]);
    build
        .current_dir(project.root().join("crate/bench"))
        .args(["build", "--release", "--locked", "--lib", "--target", toolchain::TARGET])
        .arg("--target-dir")
        .arg(built);
    run("compiling the crate fasttext to wasm", &mut build)?;
    let wasm = built.join(toolchain::TARGET).join("release/leitmotif_bench.wasm");
    Bindgen::new()
        .input_path(&wasm)
        .out_name("fasttext_peer")
        .web(true)?
        .typescript(false)
        .generate(built.join("peer"))
        .with_context(|| format!("wasm-bindgen cannot process {}", wasm.display()))
}
