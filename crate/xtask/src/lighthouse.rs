//! The page under Lighthouse: a slow phone, a slow network, and floors below which the command fails.

use anyhow::Result;

use crate::project::{Project, create};
use crate::run::{command, run};
use crate::{bundle, install, optimised_site, serve};

/// Measures the bundled page, served as a static host does; prints the scores. Whether all floors are reached.
///
/// # Errors
/// When Node, Lighthouse or Chromium is missing, the page cannot be built, or a score is below its floor.
pub(crate) fn run_all(project: &Project) -> Result<bool> {
    install::npm(project)?;
    let site = bundle::assemble(project, &optimised_site(project)?)?;
    let folder = project.www().join("lighthouse");
    install::npm_in(&folder)?;
    let reports = project.target("lighthouse");
    create(&reports)?;
    let chromium = install::chromium()?;
    let server = serve::start_packed(&site)?;
    let mut node = command("node");
    node.current_dir(&folder)
        .arg("run.js")
        .env("LEITMOTIF_URL", serve::url(&server))
        .env("LEITMOTIF_REPORTS", &reports)
        .env("CHROME_PATH", chromium);
    print!("{}", run("Lighthouse, mobile", &mut node)?);
    Ok(true)
}
