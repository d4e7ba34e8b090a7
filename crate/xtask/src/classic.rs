//! The classic scripts of `dist/`: `leitmotif.iife.js`, both elements and the engine in one file for pages that take no
//! modules, and `embed.js`, for the page around a frame.

use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::project::{Project, write};
use crate::workshop::Workshop;

/// Writes both from an assembled site into `dist`; returns their paths.
///
/// # Errors
/// When esbuild is missing or fails, or a file cannot be written.
pub(crate) fn pack(project: &Project, site: &Path, dist: &Path) -> Result<[PathBuf; 2]> {
    let workshop = Workshop::new(project, site, "classic")?;
    let write_script = |name: &str, modules: &[&str]| {
        let file = dist.join(name);
        write(&file, workshop.classic(modules)?.as_bytes())?;
        anyhow::Ok(file)
    };
    Ok([
        write_script("leitmotif.iife.js", &["npm/inline.js", "npm/iife.js"])?,
        write_script("embed.js", &["embed/embed.js"])?,
    ])
}
