//! What is delivered: everything in `dist/`.

use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::project::Project;
use crate::{integrity, npm, single_file};

/// Writes everything that is delivered from an assembled, optimised site into `dist/`; returns the paths.
///
/// # Errors
/// When one of them cannot be made.
pub(crate) fn all(project: &Project, site: &Path) -> Result<Vec<PathBuf>> {
    let dist = project.root().join("dist");
    let mut made = vec![single_file::pack(project, site)?];
    made.extend(npm::pack(project, site, &dist)?);
    made.push(integrity::list(&dist)?);
    Ok(made)
}
