//! The examples that need an installation: each is built with its own tools, from the packed tarball, and driven in Chromium.
//!
//! Not a part of `test`: the tools weigh hundreds of megabytes.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::install;
use crate::node_tests::node_tests;
use crate::project::{Project, create, list, read, tree, write};
use crate::run::{command, run};

/// Builds and drives the examples named in `only`, or all.
///
/// # Errors
/// When there is no example of such a name, npm or a build fails, or a page does not do what it should.
pub(crate) fn run_all(project: &Project, tarball: &Path, only: &[String]) -> Result<bool> {
    let examples = project.www().join("examples");
    let all: Vec<PathBuf> =
        list(&examples)?.into_iter().filter(|path| path.join("package.json").is_file()).collect();
    let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    for wanted in only {
        ensure!(
            all.iter().any(|path| name(path) == *wanted),
            "{}: there is no example of this name that is built",
            examples.join(wanted).display()
        );
    }
    let chosen: Vec<_> = all.iter().filter(|path| only.is_empty() || only.contains(&name(path))).collect();
    let built = project.target("frameworks");
    for example in &chosen {
        build(example, &built.join(name(example)), tarball)?;
    }
    let names = chosen.iter().map(|path| name(path)).collect::<Vec<_>>().join(" ");
    let further = [
        ("LEITMOTIF_FRAMEWORKS", built),
        ("LEITMOTIF_EXAMPLES", PathBuf::from(names)),
        // The tests serve each example themselves; none asks for the page.
        ("LEITMOTIF_URL", PathBuf::from("http://127.0.0.1/")),
        ("CHROMIUM", install::chromium()?),
    ];
    println!("{}", node_tests(project, "frameworks", &project.target("site-optimised"), &further)?);
    Ok(true)
}

/// Copies an example to `folder`, installs what its lock file says and the package, and builds it.
fn build(example: &Path, folder: &Path, tarball: &Path) -> Result<()> {
    create(folder)?;
    for (place, path) in tree(example)? {
        if !place.starts_with("node_modules/") {
            write(&folder.join(place), &read(&path)?)?;
        }
    }
    // The package is not in a registry yet, and its hash changes with every build: the lock file is for all else.
    let manifest = folder.join("package.json");
    write(&manifest, without_package(&read(&manifest)?)?.as_bytes())?;
    install::npm_in(folder)?;
    let installed = folder.join("node_modules/leitmotif");
    if installed.exists() {
        fs::remove_dir_all(&installed).with_context(|| format!("cannot remove {}", installed.display()))?;
    }
    let mut npm = command("npm");
    npm.current_dir(folder)
        .args(["install", "--no-save", "--offline", "--ignore-scripts"])
        .args(["--no-audit", "--no-fund"])
        .arg(tarball);
    run(&format!("npm install {} in {}", tarball.display(), folder.display()), &mut npm)?;
    let mut npm = command("npm");
    // Astro would tell its makers that it was run.
    npm.current_dir(folder).args(["run", "build"]).env("ASTRO_TELEMETRY_DISABLED", "1");
    run(&format!("npm run build in {}", folder.display()), &mut npm)?;
    Ok(())
}

/// A package.json that does not ask for the package.
fn without_package(manifest: &[u8]) -> Result<String> {
    let mut package: serde_json::Value =
        serde_json::from_slice(manifest).context("package.json is not JSON")?;
    let dependencies = package["dependencies"].as_object_mut().context("package.json has no dependencies")?;
    ensure!(dependencies.remove("leitmotif").is_some(), "package.json does not depend on leitmotif");
    Ok(serde_json::to_string_pretty(&package)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_example_depends_on_the_version_of_the_workspace() {
        let examples = Project::find().unwrap().www().join("examples");
        let mut seen = 0;
        for path in list(&examples).unwrap() {
            if let Ok(manifest) = read(&path.join("package.json")) {
                let package: serde_json::Value = serde_json::from_slice(&manifest).unwrap();
                assert_eq!(
                    package["dependencies"]["leitmotif"],
                    env!("CARGO_PKG_VERSION"),
                    "{}",
                    path.display()
                );
                assert!(path.join("package-lock.json").is_file(), "{} has no lock file", path.display());
                seen += 1;
            }
        }
        assert!(seen >= 7, "only {seen} examples have a package.json");
    }

    #[test]
    fn the_package_is_taken_out_of_what_npm_reads() {
        let manifest = br#"{ "dependencies": { "leitmotif": "0.1.0", "vue": "3.5.45" } }"#;
        let left: serde_json::Value = serde_json::from_str(&without_package(manifest).unwrap()).unwrap();
        assert_eq!(left, serde_json::json!({ "dependencies": { "vue": "3.5.45" } }));
        assert!(without_package(br#"{ "dependencies": {} }"#).is_err());
    }
}
