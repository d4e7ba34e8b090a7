//! What other programs the commands need, and how they come onto the machine.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail, ensure};

use crate::project::{Project, Stamp, read};
use crate::run::{answer, command, run, say};

/// The first Node release whose test runner has every option that is used here, and that gives its own modules without an
/// import, which bundlers for browsers would stumble over.
const NODE: (u32, u32) = (20, 16);

/// Whether packages can be installed without asking anybody: Debian's apt-get, as root.
pub(crate) fn has_apt() -> bool {
    answer(command("apt-get").arg("--version")).is_some()
}

/// Whether this process is root's.
pub(crate) fn is_root() -> bool {
    answer(command("id").arg("-u")).as_deref() == Some("0")
}

/// The line a person would type to install Debian packages.
pub(crate) fn apt_line(packages: &[&str]) -> String {
    format!("apt-get install -y --no-install-recommends {}", packages.join(" "))
}

/// Installs Debian packages, saying so; nothing that is installed is ever removed for them.
///
/// # Errors
/// When this is not root or not Debian (the line to type is in the message), or apt-get fails.
pub(crate) fn apt(purpose: &str, packages: &[&str]) -> Result<()> {
    let line = apt_line(packages);
    ensure!(has_apt() && is_root(), "{purpose} is missing: as root, on Debian, run\n    {line}");
    say(&format!("installing {purpose}: {line}"));
    let install = || {
        let mut command = apt_get();
        command.args(["install", "-y", "--no-install-recommends", "--no-remove"]).args(packages);
        command
    };
    if run(&format!("installing {purpose}"), &mut install()).is_ok() {
        return Ok(());
    }
    // Most often the package lists are missing, or so old that the files they name are gone.
    run("apt-get update", apt_get().arg("update"))?;
    run(&format!("installing {purpose}"), &mut install())?;
    Ok(())
}

fn apt_get() -> std::process::Command {
    let mut command = command("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive").args(["-q", "-o", "DPkg::Lock::Timeout=300"]);
    command
}

/// The Chromium to test in: `$CHROMIUM`, else the installed one, else Debian's, installed now.
///
/// # Errors
/// When there is none and it cannot be installed.
pub(crate) fn chromium() -> Result<PathBuf> {
    if let Some(path) = env::var_os("CHROMIUM").map(PathBuf::from) {
        ensure!(path.is_file(), "CHROMIUM={}: there is no such file", path.display());
        return Ok(path);
    }
    if let Some(path) = installed_chromium() {
        return Ok(path);
    }
    apt("Chromium", &["chromium"])?;
    installed_chromium()
        .ok_or_else(|| anyhow!("the package chromium is installed, but brought no `chromium`"))
}

fn installed_chromium() -> Option<PathBuf> {
    on_path(&["chromium", "chromium-browser", "google-chrome"])
}

/// The first of these programs that is on the path.
fn on_path(names: &[&str]) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    let folders: Vec<_> = env::split_paths(&path).collect();
    names
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)))
        .find(|path| path.is_file())
}

/// The Firefox to test in: the installed one, else Debian's long-term release, installed now.
///
/// # Errors
/// When there is none and it cannot be installed.
pub(crate) fn firefox() -> Result<PathBuf> {
    let names = ["firefox-esr", "firefox"];
    if let Some(path) = on_path(&names) {
        return Ok(path);
    }
    apt("Firefox", &["firefox-esr"])?;
    on_path(&names)
        .ok_or_else(|| anyhow!("the package firefox-esr is installed, but brought no `firefox-esr`"))
}

/// What drives WebKitGTK, and the browser that it drives.
#[derive(Debug)]
pub(crate) struct WebKit {
    pub(crate) driver: PathBuf,
    pub(crate) browser: PathBuf,
}

/// WebKitGTK with its driver, and a screen that nobody sees: the installed ones, else Debian's, installed now.
///
/// # Errors
/// When they are missing and cannot be installed.
pub(crate) fn webkit() -> Result<WebKit> {
    if let Some(webkit) = installed_webkit() {
        return Ok(webkit);
    }
    apt("WebKitGTK", &["webkit2gtk-driver", "xvfb", "xauth"])?;
    installed_webkit().ok_or_else(|| {
        anyhow!(
            "webkit2gtk-driver and xvfb are installed, but brought no WebKitWebDriver, MiniBrowser, xvfb-run"
        )
    })
}

fn installed_webkit() -> Option<WebKit> {
    on_path(&["xvfb-run"])?;
    let driver = on_path(&["WebKitWebDriver"])?;
    // Debian: /usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser, by machine and version.
    let folders =
        |folder: PathBuf| fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut browsers: Vec<_> = folders("/usr/lib".into())
        .chain(["/usr/lib".into(), "/usr/libexec".into()])
        .flat_map(folders)
        .map(|folder| folder.join("MiniBrowser"))
        .filter(|path| path.is_file())
        .collect();
    browsers.sort();
    Some(WebKit { driver, browser: browsers.pop()? })
}

/// Makes sure that a recent enough Node is there.
///
/// # Errors
/// When it is missing or too old.
pub(crate) fn node() -> Result<()> {
    let needed = format!("Node {}.{} or newer", NODE.0, NODE.1);
    let Some(version) = answer(command("node").arg("--version")) else {
        bail!("Node is missing: install {needed} with npm (https://nodejs.org)");
    };
    ensure!(node_version(&version) >= Some(NODE), "Node {version} is too old: install {needed}");
    Ok(())
}

/// `v20.20.2` → (20, 20).
fn node_version(text: &str) -> Option<(u32, u32)> {
    let mut parts = text.strip_prefix('v')?.split('.').map(str::parse);
    Some((parts.next()?.ok()?, parts.next()?.ok()?))
}

/// Installs the test tools of www/package.json into www/node_modules, unless that was already done
/// for the same lock file.
///
/// # Errors
/// When Node or npm is missing, npm fails, or the lock file names a registry or a path.
pub(crate) fn npm(project: &Project) -> Result<()> {
    npm_in(&project.www())
}

/// As [`npm`], for the package.json of another folder.
///
/// # Errors
/// As [`npm`].
pub(crate) fn npm_in(folder: &Path) -> Result<()> {
    node()?;
    let package = read(&folder.join("package.json"))?;
    let lock = folder.join("package-lock.json");
    let stamp = |lock: &[u8]| Stamp::new(folder.join("node_modules/.xtask-stamp"), &[&package, lock]);
    if lock.is_file() && stamp(&read(&lock)?).is_fresh() {
        return check_lock(&lock);
    }
    let verb = if lock.is_file() { "ci" } else { "install" };
    let mut npm = command("npm");
    npm.arg(verb).args(["--no-audit", "--no-fund", "--ignore-scripts"]).current_dir(folder);
    run(&format!("npm {verb} in {}", folder.display()), &mut npm)
        .context("the test tools could not be installed with npm")?;
    check_lock(&lock)?;
    stamp(&read(&lock)?).set()
}

/// A lock file must be good on every machine: it may name neither a registry's host nor a local path.
fn check_lock(lock: &Path) -> Result<()> {
    let text = String::from_utf8(read(lock)?).with_context(|| format!("{} is not UTF-8", lock.display()))?;
    if let Some((number, line)) = text.lines().enumerate().find(|(_, line)| names_a_place(line)) {
        bail!(
            "{}:{}: the lock file names where a package came from:\n    {}\n\
             set omit-lockfile-registry-resolved=true in .npmrc beside it, delete the lock file and run this again",
            lock.display(),
            number + 1,
            line.trim()
        );
    }
    Ok(())
}

fn names_a_place(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("\"resolved\":") || line.contains("\"file:") || line.contains("\"/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::tests::Scratch;

    #[test]
    fn versions_of_node_are_compared_as_numbers() {
        assert_eq!(node_version("v20.20.2"), Some((20, 20)));
        assert!(node_version("v20.9.0") < Some(NODE));
        assert!(node_version("v100.0.0") > Some(NODE));
        assert_eq!(node_version("nonsense"), None);
    }

    #[test]
    fn a_lock_file_with_a_host_or_a_path_is_refused() {
        let scratch = Scratch::new();
        let clean = r#"{ "packages": { "node_modules/x": {
            "version": "1.0.0",
            "integrity": "sha512-abc/def==",
            "bin": { "x": "bin/x.js" },
            "funding": { "url": "https://example.org/x" }
        } } }"#;
        assert!(check_lock(&scratch.file("clean.json", clean)).is_ok());
        for bad in [
            "\"resolved\": \"https://registry.example/x.tgz\",",
            "\"version\": \"file:../x\",",
            "\"x\": \"/opt/x\"",
        ] {
            let lock = scratch.file("bad.json", &format!("{{\n    {bad}\n}}"));
            let error = check_lock(&lock).unwrap_err().to_string();
            assert!(error.contains("bad.json:2:"), "{error}");
            assert!(error.contains(bad), "{error}");
        }
    }

    #[test]
    fn the_apt_line_is_what_one_types() {
        assert_eq!(apt_line(&["a", "b"]), "apt-get install -y --no-install-recommends a b");
    }
}
