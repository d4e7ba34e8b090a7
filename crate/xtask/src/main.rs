//! The project's own commands, as `cargo xtask <command>`: build the page, serve it, test everything, pack it into one file.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::builder::PossibleValuesParser;
use clap::{Parser, Subcommand};

use crate::project::Project;
use crate::serve::Port;

mod bench;
mod budgets;
mod bundle;
mod classic;
mod codebook;
mod corpora;
mod crate_package;
mod dependencies;
mod esbuild;
mod fallback;
mod frameworks;
mod fuzz;
mod hash;
mod http;
mod imports;
mod install;
mod integrity;
mod lighthouse;
mod node_tests;
mod npm;
mod pack;
mod precache;
mod project;
mod run;
mod serve;
mod single_file;
mod site;
mod sizes;
mod sysroot;
mod test;
mod toolchain;
mod wasm;
mod wasm_text;
mod workshop;

/// Leitmotif's own commands: build the page, serve it, test everything.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Build the page and serve it on this machine (127.0.0.1).
    Serve {
        /// The port; without it always the same one if it is free, else any free one.
        #[arg(long)]
        port: Option<u16>,
    },
    /// Build the wasm and the page into target/site.
    Build {
        /// Also run wasm-opt (needs Node): the page, bundled, goes to target/site-bundled, sizes are printed.
        #[arg(long)]
        optimise: bool,
    },
    /// Write what is delivered into dist/: the page as one file, the npm package, integrity values (needs Node).
    Pack,
    /// Build the examples with their frameworks, from the packed package, and drive them in Chromium (needs Node; not part
    /// of `test`).
    Frameworks {
        /// This example alone; may be given several times.
        #[arg(long, value_name = "EXAMPLE")]
        only: Vec<String>,
    },
    /// Measure the engine beside floors and peers, natively, in Node and in Chromium (needs Node; not part of `test`).
    Bench {
        /// Only the page: a paste of 10,000 words with the processor slowed six times.
        #[arg(long)]
        page: bool,
    },
    /// Measure the page with Lighthouse, as on a slow phone, against its floors (needs Node; not part of `test`).
    Lighthouse,
    /// Label corpora of up to a gigabyte with `leitmotif label`: how fast, and how much memory (minutes; not part of `test`).
    Corpora {
        /// The largest corpus.
        #[arg(long, value_name = "N", default_value_t = 1000)]
        megabytes: usize,
    },
    /// Throw any bytes at the engine: the fuzz targets of crate/fuzz, one after the other (needs nightly and cargo-fuzz).
    Fuzz {
        /// How long each runs.
        #[arg(long, value_name = "N", default_value_t = 10)]
        minutes: u32,
        /// Run this target alone; may be given several times.
        #[arg(long, value_name = "TARGET", value_parser = PossibleValuesParser::new(fuzz::names()))]
        only: Vec<String>,
    },
    /// Run every check, from formatting to the page in a real browser.
    Test {
        /// Run this step alone, with those it needs; may be given several times.
        #[arg(long, value_name = "STEP", value_parser = PossibleValuesParser::new(test::names()))]
        only: Vec<String>,
    },
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Task::Serve { port } => serve(port),
        Task::Build { optimise } => build(optimise),
        Task::Pack => pack(),
        Task::Frameworks { only } => frameworks(&only),
        Task::Bench { page } => Project::find()
            .and_then(|project| if page { bench::page(&project) } else { bench::run_all(&project) }),
        Task::Corpora { megabytes } => {
            Project::find().and_then(|project| corpora::measure(&project, megabytes))
        }
        Task::Fuzz { minutes, only } => {
            Project::find().and_then(|project| fuzz::run_targets(&project, minutes, &only))
        }
        Task::Lighthouse => Project::find().and_then(|project| lighthouse::run_all(&project)),
        Task::Test { only } => Project::find().map(|project| test::run_steps(&project, &only)),
    };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn serve(port: Option<u16>) -> Result<bool> {
    let project = Project::find()?;
    let site = site::assemble(&project, &wasm::build(&project)?)?;
    let server = serve::start(&site, port.map_or(Port::Usual, Port::Exactly))?;
    println!("Leitmotif is at {} (Ctrl-C ends it)", serve::url(&server));
    server.wait();
    Ok(true)
}

fn build(optimise: bool) -> Result<bool> {
    let project = Project::find()?;
    if optimise {
        install::npm(&project)?;
        let site = optimised_site(&project)?;
        sizes::report(&project, &site)?;
        println!("The page is in {}", bundle::assemble(&project, &site)?.display());
    } else {
        let site = site::assemble(&project, &wasm::build(&project)?)?;
        println!("The page is in {}", site.display());
    }
    Ok(true)
}

fn pack() -> Result<bool> {
    let project = Project::find()?;
    install::npm(&project)?;
    for path in pack::all(&project, &optimised_site(&project)?)? {
        println!("{}", path.display());
    }
    Ok(true)
}

fn frameworks(only: &[String]) -> Result<bool> {
    let project = Project::find()?;
    install::npm(&project)?;
    pack::all(&project, &optimised_site(&project)?)?;
    frameworks::run_all(&project, &npm::tarball(&project.root().join("dist")), only)
}

/// Builds the site with the wasm that wasm-opt made smaller, and the glue that esbuild did.
fn optimised_site(project: &Project) -> Result<PathBuf> {
    let folder = wasm::build(project)?;
    let engine = wasm::optimise(project, &folder.join(format!("{}_bg.wasm", wasm::NAME)))?;
    let glue = wasm::minify(project, &folder.join(format!("{}_bg.js", wasm::NAME)))?;
    site::assemble_optimised(project, &folder, [engine, glue])
}
