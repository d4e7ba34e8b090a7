//! Putting the site together: www/, the wasm, the codebook and the sample articles in one folder.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::codebook;
use crate::project::{Project, create, list, read, write};
use crate::{fallback, precache, wasm};

/// What the site consists of: each file's path in it, with `/`, and where it is copied from.
pub(crate) type Plan = BTreeMap<String, PathBuf>;

/// Assembles `target/site` from www/, the wasm files in `wasm` and the seed articles.
///
/// # Errors
/// When www/ has no page, or a file cannot be copied.
pub(crate) fn assemble(project: &Project, wasm: &Path) -> Result<PathBuf> {
    let plan = plan(project, wasm)?;
    finish(project, plan, "site")
}

/// Assembles `target/site-optimised`: the same site with the `optimised` files in the place of those of the same names.
///
/// # Errors
/// As [`assemble`].
pub(crate) fn assemble_optimised(project: &Project, wasm: &Path, optimised: [PathBuf; 2]) -> Result<PathBuf> {
    let mut plan = plan(project, wasm)?;
    plan.extend(optimised.map(|file| (format!("wasm/{}", name(&file)), file)));
    finish(project, plan, "site-optimised")
}

/// The files of an assembled site.
///
/// # Errors
/// When a folder cannot be listed.
pub(crate) fn files(site: &Path) -> Result<Plan> {
    let mut plan = Plan::new();
    collect(site, "", &mut plan)?;
    Ok(plan)
}

/// Completes the service worker of a plan and lays the plan out in `target/<name>`.
///
/// # Errors
/// When a file cannot be read or written.
pub(crate) fn finish(project: &Project, mut plan: Plan, name: &str) -> Result<PathBuf> {
    precache::complete(&mut plan, &project.target(&format!("worker/{name}.js")))?;
    let site = project.target(name);
    lay_out(&plan, &site)?;
    Ok(site)
}

fn plan(project: &Project, wasm: &Path) -> Result<Plan> {
    let www = project.www();
    let mut plan = Plan::new();
    collect(&www, "", &mut plan)?;
    ensure!(
        plan.contains_key("index.html"),
        "{} holds no index.html: there is no page to serve",
        www.display()
    );
    for file in
        [format!("{}_bg.js", wasm::NAME), format!("{}_bg.wasm", wasm::NAME), fallback::FILE.to_owned()]
    {
        plan.insert(format!("wasm/{file}"), wasm.join(&file));
    }
    for path in list(&project.root().join("seeds/articles"))? {
        if path.extension().is_some_and(|extension| extension == "txt") {
            plan.insert(format!("samples/{}", name(&path)), path);
        }
    }
    if let Some(codebook) = codebook::build(project)? {
        plan.insert("codebook.json".to_owned(), codebook);
    }
    Ok(plan)
}

/// Adds the files below `folder` whose place in the site begins with `prefix`.
fn collect(folder: &Path, prefix: &str, plan: &mut Plan) -> Result<()> {
    for path in list(folder)? {
        let name = name(&path);
        let place = format!("{prefix}{name}");
        if is_workshop(&place, &name) {
            continue;
        }
        if path.is_dir() {
            collect(&path, &format!("{place}/"), plan)?;
        } else {
            plan.insert(place, path);
        }
    }
    Ok(())
}

/// What lies in www/ for those who build it, not for those who read it.
fn is_workshop(place: &str, name: &str) -> bool {
    name.starts_with('.')
        || name == "node_modules"
        || ["test", "npm", "embed", "docs", "examples"].contains(&place)
        || place == "lighthouse"
        || place == "bench"
        || place == "picture.png"
        || place == "tsconfig.json"
        || (place.starts_with("package") && place.ends_with(".json"))
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// Makes `site` hold exactly the plan's files. What is already right stays untouched: a server may be
/// reading it.
fn lay_out(plan: &Plan, site: &Path) -> Result<()> {
    create(site)?;
    prune(site, "", plan)?;
    for (place, source) in plan {
        let bytes = read(source)?;
        let destination = site.join(place);
        if fs::read(&destination).ok().as_ref() != Some(&bytes) {
            write(&destination, &bytes)?;
        }
    }
    Ok(())
}

fn prune(folder: &Path, prefix: &str, plan: &Plan) -> Result<()> {
    for path in list(folder)? {
        let place = format!("{prefix}{}", name(&path));
        let is_folder = path.is_dir() && !path.is_symlink();
        let within = format!("{place}/");
        let removed = if is_folder && plan.keys().any(|file| file.starts_with(&within)) {
            prune(&path, &within, plan)?;
            Ok(())
        } else if is_folder {
            fs::remove_dir_all(&path)
        } else if plan.contains_key(&place) {
            Ok(())
        } else {
            fs::remove_file(&path)
        };
        removed.with_context(|| format!("cannot remove {}", path.display()))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::tests::Scratch;

    fn small_project() -> (Scratch, Project, PathBuf) {
        let scratch = Scratch::new();
        for (path, text) in [
            ("www/index.html", "<!doctype html>"),
            ("www/style/page.css", "body {}"),
            ("www/test/browser/page.test.js", "test"),
            ("www/node_modules/x/index.js", "x"),
            ("www/package.json", "{}"),
            ("www/package-lock.json", "{}"),
            ("www/tsconfig.json", "{}"),
            ("www/.npmrc", ""),
            ("seeds/articles/001.txt", "An article."),
            ("seeds/articles/README.md", "not a sample"),
            ("built/leitmotif_wasm_bg.js", "glue"),
            ("built/leitmotif_wasm.fallback.js", "translated"),
            ("built/leitmotif_wasm_bg.wasm", "raw"),
            ("built/stamp", "0"),
            ("optimised/leitmotif_wasm_bg.js", "short"),
            ("optimised/leitmotif_wasm_bg.wasm", "small"),
        ] {
            scratch.file(path, text);
        }
        let project = Project::at(&scratch.0);
        let wasm = scratch.0.join("built");
        (scratch, project, wasm)
    }

    fn files(folder: &Path) -> Vec<String> {
        let mut plan = Plan::new();
        collect(folder, "", &mut plan).unwrap();
        plan.into_keys().collect()
    }

    const SITE: [&str; 6] = [
        "index.html",
        "samples/001.txt",
        "style/page.css",
        "wasm/leitmotif_wasm.fallback.js",
        "wasm/leitmotif_wasm_bg.js",
        "wasm/leitmotif_wasm_bg.wasm",
    ];

    #[test]
    fn the_site_is_page_wasm_and_samples_and_nothing_else() {
        let (_scratch, project, wasm) = small_project();
        let site = assemble(&project, &wasm).unwrap();
        assert_eq!(files(&site), SITE);
    }

    #[test]
    fn assembling_again_brings_changes_and_takes_what_is_gone() {
        let (scratch, project, wasm) = small_project();
        let site = assemble(&project, &wasm).unwrap();
        scratch.file("target/site/stale.html", "old");
        scratch.file("target/site/old/deep/file.js", "old");
        fs::remove_dir_all(scratch.0.join("www/style")).unwrap();
        scratch.file("www/index.html", "<!doctype html><p>new");
        assemble(&project, &wasm).unwrap();
        let expected: Vec<_> = SITE.into_iter().filter(|file| !file.starts_with("style/")).collect();
        assert_eq!(files(&site), expected);
        assert!(!site.join("old").exists());
        assert_eq!(fs::read_to_string(site.join("index.html")).unwrap(), "<!doctype html><p>new");
    }

    #[test]
    fn a_file_that_did_not_change_is_not_written_again() {
        let (_scratch, project, wasm) = small_project();
        let site = assemble(&project, &wasm).unwrap();
        let modified = || fs::metadata(site.join("index.html")).unwrap().modified().unwrap();
        let before = modified();
        assemble(&project, &wasm).unwrap();
        assert_eq!(modified(), before);
    }

    #[test]
    fn the_optimised_site_differs_in_wasm_and_glue_alone() {
        let (scratch, project, wasm) = small_project();
        let optimised =
            ["js", "wasm"].map(|kind| scratch.0.join(format!("optimised/leitmotif_wasm_bg.{kind}")));
        let site = assemble_optimised(&project, &wasm, optimised).unwrap();
        assert_eq!(files(&site), SITE);
        let written = |kind| fs::read_to_string(site.join(format!("wasm/leitmotif_wasm_bg.{kind}"))).unwrap();
        assert_eq!((written("js"), written("wasm")), ("short".to_owned(), "small".to_owned()));
        let written = fs::read_to_string(site.join("wasm/leitmotif_wasm.fallback.js")).unwrap();
        assert_eq!(written, "translated");
    }

    #[test]
    fn without_a_page_there_is_no_site() {
        let (scratch, project, wasm) = small_project();
        fs::remove_file(scratch.0.join("www/index.html")).unwrap();
        let error = assemble(&project, &wasm).unwrap_err().to_string();
        assert!(error.contains("index.html"), "{error}");
    }
}
