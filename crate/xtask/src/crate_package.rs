//! The Rust library as cargo packs it: `dist/leitmotif-<version>.crate`.

use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::project::{Project, read, write};
use crate::run::{cargo, run};

/// Packs the crate `leitmotif` and copies the file into `dist`; returns its path. That it compiles from there alone is for
/// the tests.
///
/// # Errors
/// When cargo cannot pack it.
pub(crate) fn pack(project: &Project, dist: &Path) -> Result<PathBuf> {
    let mut package = cargo();
    package
        .current_dir(project.root())
        // Work that is not committed yet is packed too: this is no release.
        .args(["package", "-p", "leitmotif", "--no-verify", "--allow-dirty", "--offline", "--quiet"]);
    run("cargo package", &mut package)?;
    let name = format!("leitmotif-{}.crate", env!("CARGO_PKG_VERSION"));
    let file = dist.join(&name);
    write(&file, &read(&project.target("package").join(&name))?)?;
    Ok(file)
}
