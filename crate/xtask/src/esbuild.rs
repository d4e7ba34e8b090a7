//! esbuild, which bundles modules and makes them smaller: what its calls have in common.

use std::path::Path;
use std::process::Command;

use crate::project::Project;
use crate::run::command;

/// Otherwise esbuild follows a tsconfig.json in any folder above the file, and the same source gives other bytes elsewhere.
const NO_TSCONFIG: &str = "--tsconfig-raw={}";

/// A call of esbuild that runs in `folder` and bundles for browsers of 2022, without comments and without anything that was
/// not asked for; entry points, `--format` and the place of the output are the caller's.
pub(crate) fn bundle(project: &Project, folder: &Path) -> Command {
    let mut esbuild = command("node");
    esbuild
        .current_dir(folder)
        .arg(project.www().join("node_modules/esbuild/bin/esbuild"))
        .args(["--bundle", "--platform=browser", "--target=es2022", "--minify", "--charset=utf8"])
        .args(["--legal-comments=none", "--log-level=warning", NO_TSCONFIG])
        // Node's own modules: asked for under Node alone.
        .arg("--external:node:*");
    esbuild
}

/// A call of esbuild that makes one module smaller, as it stands; the file and the place of the output are the caller's.
pub(crate) fn minify(project: &Project) -> Command {
    let mut esbuild = command("node");
    esbuild.arg(project.www().join("node_modules/esbuild/bin/esbuild")).args([
        "--minify",
        "--target=es2022",
        "--legal-comments=none",
        "--log-level=warning",
        NO_TSCONFIG,
    ]);
    esbuild
}
