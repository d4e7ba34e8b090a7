//! The site as a host should serve it: the page's modules in two files instead of many, without comments.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::esbuild;
use crate::imports;
use crate::project::{Project, create, list, read, write};
use crate::run::run;
use crate::site;
use crate::{fallback, wasm};

/// The module that starts the page.
const ENTRY: &str = "page.js";
/// The thread that reads beside it: a file of its own, so that what the page loads at once is not cut up for what they share.
pub(crate) const WORKER: &str = "reading-worker.js";

/// Assembles `target/site-bundled` from an assembled site: the modules that page.js imports stand in page.js, those that it
/// loads later in files beside it; all else is as it was.
///
/// # Errors
/// When esbuild is missing or fails, or a file cannot be copied.
pub(crate) fn assemble(project: &Project, site: &Path) -> Result<PathBuf> {
    let engine = [format!("wasm/{}_bg.js", wasm::NAME), format!("wasm/{}", fallback::FILE)];
    let bundle = project.target("bundle");
    if bundle.exists() {
        std::fs::remove_dir_all(&bundle)?;
    }
    create(&bundle)?;
    for (entry, further) in [(ENTRY, &["--splitting", "--chunk-names=page-[hash]"][..]), (WORKER, &[])] {
        let mut esbuild = esbuild::bundle(project, site);
        esbuild
            .arg(entry)
            .arg("--format=esm")
            .args(further)
            // The page preloads the glue by its name, and the service worker knows the fallback by its own.
            .args(engine.iter().map(|place| format!("--external:./{place}")))
            .arg(format!("--outdir={}", bundle.display()));
        run(&format!("bundling {entry}"), &mut esbuild)?;
    }

    let mut plan = site::files(site)?;
    plan.retain(|place, _| stays(place, &engine));
    for path in list(&bundle)? {
        plan.insert(path.file_name().unwrap_or_default().to_string_lossy().into_owned(), path);
    }
    let html = project.target("bundle-index.html");
    write(&html, preloading(site, &imports::at_once(&bundle, ENTRY)?)?.as_bytes())?;
    plan.insert("index.html".to_owned(), html);
    // Its list is another one now.
    plan.insert("sw.js".to_owned(), project.www().join("sw.js"));
    site::finish(project, plan, "site-bundled")
}

/// The page, asking at once for all modules that it will need at once: otherwise each is known only when the one before it
/// has arrived.
fn preloading(site: &Path, modules: &[String]) -> Result<String> {
    let html = String::from_utf8(read(&site.join("index.html"))?).context("index.html is not UTF-8")?;
    let script = format!("<script type=\"module\" src=\"{ENTRY}\"></script>");
    ensure!(html.contains(&script), "index.html has no {script}");
    let links: Vec<_> = modules
        .iter()
        .filter(|module| *module != ENTRY)
        .map(|module| format!("<link rel=\"modulepreload\" href=\"{module}\">\n    "))
        .collect();
    Ok(html.replacen(&script, &(links.concat() + &script), 1))
}

/// Whether a file is served as it is: all but the modules that are bundled.
fn stays(place: &str, engine: &[String]) -> bool {
    Path::new(place).extension().is_none_or(|extension| extension != "js")
        || engine.iter().any(|own| own == place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modules_are_bundled_and_all_else_stays() {
        let engine = ["wasm/glue.js".to_owned(), "wasm/fallback.js".to_owned()];
        for place in [
            "index.html",
            "take.css",
            "wasm/leitmotif_wasm_bg.wasm",
            "wasm/glue.js",
            "wasm/fallback.js",
            "samples/001.txt",
            "icons/icon.svg",
        ] {
            assert!(stays(place, &engine), "{place}");
        }
        for place in ["page.js", "export/csv.js", "sw.js", "wasm/other.js"] {
            assert!(!stays(place, &engine), "{place}");
        }
    }
}
