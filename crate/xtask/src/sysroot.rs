//! The standard library for wasm32, built once from Debian's source package.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::project::{Project, create, list, write};
use crate::run::{answer, run};
use crate::toolchain::{TARGET, debian_cargo, debian_rustc, holds_std};
use crate::wasm::remap_flags;

/// Counts up when the way of building changes: an older sysroot is then not used again.
const RECIPE: u32 = 1;

/// An empty crate: only its dependency, the standard library, is wanted.
const MANIFEST: &str = "\
[package]
name = \"nothing\"
version = \"0.0.0\"
edition = \"2021\"

[profile.release]
panic = \"abort\"

[workspace]
";

/// The sysroot for Debian's rustc, built if it is not there yet.
///
/// # Errors
/// When the build fails, or the finished folder cannot be put in place.
pub(crate) fn ensure(project: &Project) -> Result<PathBuf> {
    let version = answer(debian_rustc().arg("-vV")).context("/usr/bin/rustc does not tell its version")?;
    let sysroot = project.target("wasm/std").join(key(&version));
    let libdir = sysroot.join("lib/rustlib").join(TARGET).join("lib");
    if !holds_std(&libdir) {
        build(project, &sysroot)?;
        ensure!(holds_std(&libdir), "{} holds no standard library after its build", libdir.display());
    }
    Ok(sysroot)
}

/// The name of the folder: the release, and a hash of all that rustc says of itself (commit, LLVM).
fn key(version: &str) -> String {
    let release = version.lines().find_map(|line| line.strip_prefix("release: ")).unwrap_or("unknown");
    let mut hasher = DefaultHasher::new();
    (RECIPE, version).hash(&mut hasher);
    format!("{release}-{:016x}", hasher.finish())
}

fn build(project: &Project, sysroot: &Path) -> Result<()> {
    // Built aside and renamed at the end: an interrupted build must not pass for a whole one.
    let aside = sysroot.with_extension(format!("building-{}", std::process::id()));
    write(&aside.join("nothing/Cargo.toml"), MANIFEST.as_bytes())?;
    write(&aside.join("nothing/src/lib.rs"), b"#![no_std]\n")?;
    let built = compile(project, &aside).and_then(|()| {
        fs::remove_dir_all(aside.join("nothing"))?;
        let _ = fs::remove_dir_all(sysroot);
        // What was compiled against another build of the library does not fit this one, and cargo
        // would not notice.
        let _ = fs::remove_dir_all(project.target("wasm").join(TARGET));
        fs::rename(&aside, sysroot).with_context(|| format!("cannot put {} in place", sysroot.display()))
    });
    if built.is_err() {
        let _ = fs::remove_dir_all(&aside);
    }
    built
}

fn compile(project: &Project, aside: &Path) -> Result<()> {
    let krate = aside.join("nothing");
    let mut flags = remap_flags(project);
    // The project's release profile links with fat LTO, which needs the library's bitcode.
    flags.push("-Cembed-bitcode=yes".into());
    let mut cargo = debian_cargo();
    cargo
        .current_dir(&krate)
        .args(["build", "--release", "--target", TARGET, "-Zbuild-std=std,panic_abort", "--target-dir"])
        .arg(krate.join("target"))
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_ENCODED_RUSTFLAGS", flags.join(std::ffi::OsStr::new("\x1f")));
    run("building the standard library for wasm32, once", &mut cargo)?;
    let libdir = aside.join("lib/rustlib").join(TARGET).join("lib");
    create(&libdir)?;
    for path in list(&krate.join("target").join(TARGET).join("release/deps"))? {
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
        if name.ends_with(".rlib") && !name.starts_with("libnothing-") {
            fs::copy(&path, libdir.join(name)).with_context(|| format!("cannot copy {}", path.display()))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_commit_of_the_same_release_gets_another_folder() {
        let version = |commit: &str| format!("rustc 1.96.0\ncommit-hash: {commit}\nrelease: 1.96.0");
        let one = key(&version("aaaa"));
        assert!(one.starts_with("1.96.0-"), "{one}");
        assert_eq!(one, key(&version("aaaa")));
        assert_ne!(one, key(&version("bbbb")));
    }
}
