//! The npm package `leitmotif`: the folder `dist/npm` and the tarball that npm makes of it.
//!
//! www/npm holds what is the package's own: its package.json, its entries, and the module that says where the engine is. The
//! rest is the site's code, bundled by esbuild with one file an entry and the parts that are loaded later beside them.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::esbuild;
use crate::project::{Project, Stamp, read, tree, write};
use crate::run::{command, run};
use crate::workshop::{self, Workshop, empty};

/// The files that are imported by name, each with the module it is made of. These names stay within a major version; the
/// parts beside them carry a hash.
const ENTRIES: &[(&str, &str)] = &[
    ("index", "npm/index.js"),
    ("define", "npm/define.js"),
    ("engine", "leitmotif.js"),
    ("inline", "npm/inline.js"),
];

/// The package's name, and that of its folder's tarball.
const NAME: &str = "leitmotif";

/// Where the version stands in www/npm/package.json.
const VERSION: &str = "\"version\": \"0.0.0\"";

/// Writes the package, with the classic script of `dist` in it, into `dist/npm` and its tarball into `dist`; returns both paths.
///
/// # Errors
/// When esbuild, tsc or npm is missing or fails, or a file cannot be read or written.
pub(crate) fn pack(project: &Project, site: &Path, dist: &Path) -> Result<[PathBuf; 2]> {
    let workshop = Workshop::new(project, site, "npm")?;
    let package = dist.join("npm");
    empty(&package)?;
    bundle(project, workshop.folder(), &package)?;
    types(project, site, &package.join("types"))?;
    write(&package.join("leitmotif.wasm"), &read(&workshop::engine(site))?)?;
    write(&package.join("package.json"), manifest(project)?.as_bytes())?;
    for file in ["README.md", "custom-elements.json"] {
        write(&package.join(file), &read(&project.www().join("npm").join(file))?)?;
    }
    write(&package.join("leitmotif.iife.js"), &read(&dist.join("leitmotif.iife.js"))?)?;
    for licence in ["LICENSE-APACHE", "LICENSE-MIT"] {
        write(&package.join(licence), &read(&project.root().join(licence))?)?;
    }
    let tarball = make_tarball(&package, dist)?;
    Ok([package, tarball])
}

fn bundle(project: &Project, workshop: &Path, package: &Path) -> Result<()> {
    let mut esbuild = esbuild::bundle(project, workshop);
    esbuild
        .args(ENTRIES.iter().map(|(entry, module)| format!("{entry}={module}")))
        // All in one folder: the wasm file is beside whichever of them asks for it.
        .args(["--splitting", "--format=esm", "--chunk-names=[name]-[hash]"])
        .arg(format!("--outdir={}", package.display()));
    run("bundling the package's modules", &mut esbuild)?;
    Ok(())
}

/// The declarations of what the entries export, as the doc comments have it. Of the sources: the built files have no types.
fn types(project: &Project, site: &Path, to: &Path) -> Result<()> {
    let made = project.target("pack/types");
    let mut sources = Vec::new();
    for path in tree(site)?.into_values().chain(tree(&project.www().join("npm"))?.into_values()) {
        if path.extension().is_some_and(|extension| extension == "js") {
            sources.push(read(&path)?);
        }
    }
    let stamp = Stamp::new(
        project.target("pack/types-stamp"),
        &sources.iter().map(Vec::as_slice).collect::<Vec<_>>(),
    );
    if !stamp.is_fresh() || !made.is_dir() {
        empty(&made)?;
        declare(project, &made)?;
        stamp.set()?;
    }
    for (place, path) in tree(&made)? {
        write(&to.join(place), &read(&path)?)?;
    }
    for file in ["wasm-file.d.ts", "elements.d.ts"] {
        write(&to.join("npm").join(file), &read(&project.www().join("npm").join(file))?)?;
    }
    // No doc comment says to TypeScript's DOM which elements and events there are.
    for entry in ["npm/index.d.ts", "npm/define.d.ts"] {
        let declared = [b"/// <reference path=\"./elements.d.ts\" />\n", &*read(&to.join(entry))?].concat();
        write(&to.join(entry), &declared)?;
    }
    Ok(())
}

fn declare(project: &Project, to: &Path) -> Result<()> {
    let mut tsc = command("node");
    tsc.current_dir(project.www())
        .arg("node_modules/typescript/bin/tsc")
        .args(ENTRIES.iter().map(|(_, module)| module))
        .args(["--allowJs", "--declaration", "--emitDeclarationOnly", "--stripInternal"])
        .args([
            "--skipLibCheck",
            "--strict",
            "--target",
            "es2022",
            "--module",
            "es2022",
            "--moduleResolution",
            "bundler",
        ])
        .args(["--lib", "es2023,dom,dom.iterable", "--types", "node", "--rootDir", "."])
        .arg("--outDir")
        .arg(to);
    run("writing the package's types", &mut tsc)?;
    Ok(())
}

/// www/npm/package.json with the workspace's version.
fn manifest(project: &Project) -> Result<String> {
    let path = project.www().join("npm/package.json");
    let template =
        String::from_utf8(read(&path)?).with_context(|| format!("{} is not UTF-8", path.display()))?;
    ensure!(template.contains(VERSION), "{} has no line with {VERSION}", path.display());
    Ok(template.replacen(VERSION, &format!("\"version\": \"{}\"", env!("CARGO_PKG_VERSION")), 1))
}

/// npm's own packing: the same bytes for the same folder, whatever the clock says.
fn make_tarball(package: &Path, dist: &Path) -> Result<PathBuf> {
    let mut npm = command("npm");
    npm.current_dir(package)
        .args(["pack", "--silent", "--offline", "--ignore-scripts", "--pack-destination"])
        .arg(dist);
    run("npm pack", &mut npm)?;
    let file = tarball(dist);
    ensure!(file.is_file(), "npm pack wrote no {}", file.display());
    Ok(file)
}

/// The tarball's path in `dist`.
pub(crate) fn tarball(dist: &Path) -> PathBuf {
    dist.join(format!("{NAME}-{}.tgz", env!("CARGO_PKG_VERSION")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_package_has_the_version_of_the_workspace() {
        let manifest = manifest(&Project::find().unwrap()).unwrap();
        let package: serde_json::Value = serde_json::from_str(&manifest).unwrap();
        assert_eq!(package["version"], env!("CARGO_PKG_VERSION"));
        assert_eq!(package["name"], NAME);
    }

    #[test]
    fn every_entry_is_exported_types_first() {
        let manifest = manifest(&Project::find().unwrap()).unwrap();
        let package: serde_json::Value = serde_json::from_str(&manifest).unwrap();
        for (entry, _) in ENTRIES {
            let export = if *entry == "index" { ".".to_owned() } else { format!("./{entry}") };
            assert_eq!(package["exports"][&export]["default"], format!("./{entry}.js"), "{export}");
            let types = manifest.find(&format!("\"{export}\": {{\n      \"types\":"));
            assert!(types.is_some(), "{export}: types must come first in\n{manifest}");
        }
    }
}
