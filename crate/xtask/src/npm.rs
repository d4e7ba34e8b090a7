//! The npm package `leitmotif`: the folder `dist/npm` and the tarball that npm makes of it.
//!
//! www/npm holds what is the package's own: its package.json, its entries, and the module that says where the engine is. The
//! rest is the site's code, bundled by esbuild with one file an entry and the parts that are loaded later beside them.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::esbuild;
use crate::hash;
use crate::project::{Project, create, list, read, write};
use crate::run::{command, run};
use crate::single_file::copy_code;
use crate::wasm;

/// The files that are imported by name, each with the module it is made of. These names stay within a major version; the
/// parts beside them carry a hash.
const ENTRIES: &[(&str, &str)] = &[("engine", "leitmotif.js"), ("inline", "npm/inline.js")];

/// The package's name, and that of its folder's tarball.
const NAME: &str = "leitmotif";

/// Where the version stands in www/npm/package.json.
const VERSION: &str = "\"version\": \"0.0.0\"";

/// Writes the package into `dist/npm` and its tarball into `dist`; returns both paths.
///
/// # Errors
/// When esbuild, tsc or npm is missing or fails, or a file cannot be read or written.
pub(crate) fn pack(project: &Project, site: &Path, dist: &Path) -> Result<[PathBuf; 2]> {
    let workshop = workshop(project, site)?;
    let package = dist.join("npm");
    empty(&package)?;
    bundle(project, &workshop, &package)?;
    types(project, &workshop, &package.join("types"))?;
    write(&package.join("leitmotif.wasm"), &read(&engine(site))?)?;
    write(&package.join("package.json"), manifest(project)?.as_bytes())?;
    write(&package.join("README.md"), &read(&project.www().join("npm/README.md"))?)?;
    for licence in ["LICENSE-APACHE", "LICENSE-MIT"] {
        write(&package.join(licence), &read(&project.root().join(licence))?)?;
    }
    let tarball = tarball(&package, dist)?;
    Ok([package, tarball])
}

/// The optimised wasm file of a site.
pub(crate) fn engine(site: &Path) -> PathBuf {
    site.join(format!("wasm/{}_bg.wasm", wasm::NAME))
}

/// The site's code with the package's own modules in the place of the site's.
fn workshop(project: &Project, site: &Path) -> Result<PathBuf> {
    let workshop = project.target("npm");
    empty(&workshop)?;
    copy_code(site, &workshop)?;
    for path in list(&project.www().join("npm"))? {
        let name = path.file_name().unwrap_or_default();
        if path.to_string_lossy().ends_with(".js") {
            write(&workshop.join("npm").join(name), &read(&path)?)?;
        }
    }
    fs::rename(workshop.join("npm/engine-place.js"), workshop.join("engine-place.js"))
        .context("www/npm/engine-place.js is missing")?;
    let bytes = workshop.join("npm/wasm-bytes.js");
    let empty = String::from_utf8(read(&bytes)?).with_context(|| format!("{}", bytes.display()))?;
    write(&bytes, with_bytes(&empty, &read(&engine(site))?)?.as_bytes())?;
    Ok(workshop)
}

/// The module www/npm/wasm-bytes.js with the bytes in it.
pub(crate) fn with_bytes(module: &str, wasm: &[u8]) -> Result<String> {
    let place = "PACKED = \"\"";
    ensure!(module.contains(place), "www/npm/wasm-bytes.js has no line with {place}");
    Ok(module.replacen(place, &format!("PACKED = \"{}\"", hash::base64(wasm)), 1))
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

/// The declarations of what the entries export, as the doc comments have it.
fn types(project: &Project, workshop: &Path, to: &Path) -> Result<()> {
    let mut tsc = command("node");
    tsc.current_dir(workshop)
        .arg(project.www().join("node_modules/typescript/bin/tsc"))
        .args(ENTRIES.iter().map(|(_, module)| module))
        .args(["--allowJs", "--declaration", "--emitDeclarationOnly", "--skipLibCheck", "--strict"])
        .args(["--target", "es2022", "--module", "es2022", "--moduleResolution", "bundler"])
        .args(["--lib", "es2023,dom,dom.iterable", "--types", "node", "--rootDir", "."])
        .arg("--typeRoots")
        .arg(project.www().join("node_modules/@types"))
        .arg("--outDir")
        .arg(to);
    run("writing the package's types", &mut tsc)?;
    let by_hand = project.www().join("npm/wasm-file.d.ts");
    write(&to.join("npm/wasm-file.d.ts"), &read(&by_hand)?)
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
fn tarball(package: &Path, dist: &Path) -> Result<PathBuf> {
    let mut npm = command("npm");
    npm.current_dir(package)
        .args(["pack", "--silent", "--offline", "--ignore-scripts", "--pack-destination"])
        .arg(dist);
    run("npm pack", &mut npm)?;
    let file = dist.join(format!("{NAME}-{}.tgz", env!("CARGO_PKG_VERSION")));
    ensure!(file.is_file(), "npm pack wrote no {}", file.display());
    Ok(file)
}

/// Makes a folder that holds nothing.
pub(crate) fn empty(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("cannot empty {}", folder.display()))?;
    }
    create(folder)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::tests::Scratch;

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

    #[test]
    fn bytes_stand_in_the_module_in_the_place_of_none() {
        let module = with_bytes("const PACKED = \"\";\nexport {};\n", b"\0asm").unwrap();
        assert_eq!(module, "const PACKED = \"AGFzbQ==\";\nexport {};\n");
        assert!(with_bytes("const BYTES = 1;", b"").is_err());
    }

    #[test]
    fn what_was_in_a_folder_is_gone_when_it_is_emptied() {
        let scratch = Scratch::new();
        scratch.file("npm/old/part.js", "old");
        empty(&scratch.0.join("npm")).unwrap();
        assert!(list(&scratch.0.join("npm")).unwrap().is_empty());
    }
}
