//! The engine as wasm: cargo compiles it, wasm-bindgen writes the glue, wasm-opt makes it smaller.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use wasm_bindgen_cli_support::Bindgen;

use crate::project::{Project, Stamp, create, list, read};
use crate::run::{command, run};
use crate::toolchain::{self, TARGET};

/// The name of the two files that the page loads: `<NAME>.js` and `<NAME>_bg.wasm`.
pub(crate) const NAME: &str = "leitmotif_wasm";

/// The profile of the workspace's Cargo.toml that the engine is compiled with.
const PROFILE: &str = "wasm";

/// What wasm-bindgen is asked for, as far as it can change: part of the stamp of its output.
const SETTINGS: &[u8] = b"wasm-bindgen 0.2.130, web, no d.ts, no names, no producers";

/// Compiles the engine and writes its glue; the folder returned holds the two files.
///
/// # Errors
/// When there is no toolchain for wasm32, or the code does not compile.
pub(crate) fn build(project: &Project) -> Result<PathBuf> {
    let wasm = compile(project)?;
    let folder = project.target("wasm/bindgen");
    bind(&wasm, &folder)?;
    Ok(folder)
}

fn compile(project: &Project) -> Result<PathBuf> {
    let toolchain = toolchain::find(project)?;
    let target = project.target("wasm");
    let mut cargo = toolchain.cargo(&remap_flags(project));
    cargo
        .current_dir(project.root())
        .args(["rustc", "--profile", PROFILE, "-p", "leitmotif", "--lib", "--crate-type", "cdylib"])
        .args(["--no-default-features", "--features", "wasm", "--target", TARGET])
        .arg("--target-dir")
        .arg(&target);
    run("compiling the engine to wasm", &mut cargo)?;
    Ok(target.join(TARGET).join(PROFILE).join("leitmotif.wasm"))
}

/// Panic messages carry file names: without these flags the page would tell where it was built.
pub(crate) fn remap_flags(project: &Project) -> Vec<OsString> {
    let home = env::home_dir().map(|home| home.join(".cargo"));
    let cargo_home = env::var_os("CARGO_HOME").map(PathBuf::from).or(home).unwrap_or_default();
    // A folder a registry, named after its host. They exist: xtask itself was compiled from there.
    let registries = list(&cargo_home.join("registry/src")).unwrap_or_default();
    let mut places = vec![(project.root().to_owned(), "leitmotif"), (cargo_home, "cargo")];
    places.extend(registries.into_iter().map(|folder| (folder, "cargo")));
    let flag = |(from, to): (PathBuf, &str)| {
        let mut flag = OsString::from("--remap-path-prefix=");
        flag.push(from);
        flag.push(format!("={to}"));
        flag
    };
    places.into_iter().map(flag).collect()
}

fn bind(wasm: &Path, folder: &Path) -> Result<()> {
    let bytes = read(wasm)?;
    let stamp = Stamp::new(folder.join("stamp"), &[&bytes, SETTINGS]);
    if stamp.is_fresh() {
        return Ok(());
    }
    create(folder)?;
    Bindgen::new()
        .input_bytes(NAME, bytes)
        .web(true)?
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(folder)
        .with_context(|| format!("wasm-bindgen cannot process {}", wasm.display()))?;
    let written = folder.join(format!("{NAME}_bg.wasm"));
    ensure!(written.is_file(), "wasm-bindgen wrote no {}", written.display());
    stamp.set()
}

/// Runs wasm-opt of the npm package binaryen (Debian's own breaks the file) over a wasm file; the
/// result is written beside the other build products and its path returned.
///
/// # Errors
/// When Node or the package is missing, or wasm-opt fails.
pub(crate) fn optimise(project: &Project, wasm: &Path) -> Result<PathBuf> {
    let tool = project.www().join("node_modules/binaryen/bin/wasm-opt");
    let lock = read(&project.www().join("package-lock.json"))?;
    let folder = project.target("wasm/optimised");
    let output = folder.join(format!("{NAME}_bg.wasm"));
    let stamp = Stamp::new(folder.join("stamp"), &[&read(wasm)?, &lock, OPTIMISE.as_bytes()]);
    if stamp.is_fresh() && output.is_file() {
        return Ok(output);
    }
    create(&folder)?;
    let mut wasm_opt = command("node");
    wasm_opt.arg(&tool).arg(OPTIMISE).arg(wasm).arg("-o").arg(&output);
    run("optimising the wasm", &mut wasm_opt)?;
    let (before, after) = (size(wasm)?, size(&output)?);
    ensure!(after < before, "wasm-opt made the file no smaller: {before} bytes before, {after} after");
    stamp.set()?;
    Ok(output)
}

/// For speed: `-Oz` makes the engine 0.1 % smaller still.
const OPTIMISE: &str = "-O3";

fn size(path: &Path) -> Result<u64> {
    Ok(fs::metadata(path).with_context(|| format!("cannot read {}", path.display()))?.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panic_messages_name_neither_home_nor_project() {
        let project = Project::at(Path::new("/somewhere/project"));
        let flags = remap_flags(&project);
        assert!(flags.contains(&"--remap-path-prefix=/somewhere/project=leitmotif".into()), "{flags:?}");
        assert!(
            flags.iter().any(|flag| flag.to_string_lossy().ends_with("=cargo")),
            "the registry's folder is mapped too: {flags:?}"
        );
    }

    #[test]
    fn what_is_not_wasm_is_an_error_that_names_the_file() {
        let scratch = crate::project::tests::Scratch::new();
        let file = scratch.file("broken.wasm", "this is no wasm");
        let error = bind(&file, &scratch.0.join("out")).unwrap_err().to_string();
        assert!(error.contains("broken.wasm"), "{error}");
        assert!(!scratch.0.join("out/stamp").exists(), "a failure must not be taken for done");
    }
}
