//! What is delivered: everything in `dist/`. The names in it stay within a major version.

use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::project::Project;
use crate::workshop::empty;
use crate::{classic, crate_package, integrity, npm, single_file};

/// Writes everything that is delivered from an assembled, optimised site into `dist/`; returns the paths.
///
/// # Errors
/// When one of them cannot be made.
pub(crate) fn all(project: &Project, site: &Path) -> Result<Vec<PathBuf>> {
    let dist = project.root().join("dist");
    empty(&dist)?;
    let mut made = Vec::new();
    made.extend(single_file::pack(project, site, &dist)?);
    made.extend(classic::pack(project, site, &dist)?);
    made.extend(npm::pack(project, site, &dist)?);
    made.push(crate_package::pack(project, &dist)?);
    made.push(integrity::list(&dist)?);
    Ok(made)
}
