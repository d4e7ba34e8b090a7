//! Finding a toolchain that compiles to wasm32, in this order: the active one, the active one after
//! `rustup target add`, Debian's own.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::install;
use crate::project::{Project, list};
use crate::run::{answer, cargo, command, run, say};
use crate::sysroot;

/// The target of the page's build.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// Debian's packages for route three: a current rustc and cargo, the source of their standard
/// library, and a linker.
const PACKAGES: [&str; 5] = ["rustc-web", "cargo-web", "rust-web-src", "libstd-rust-web-dev", "lld-22"];
const DEBIAN_RUSTC: &str = "/usr/bin/rustc";
const DEBIAN_CARGO: &str = "/usr/bin/cargo";
const DEBIAN_LINKER: &str = "/usr/bin/wasm-ld-22";
const DEBIAN_STD: &str = "/usr/lib/rustlib/src/rust/library/std/Cargo.toml";

/// A cargo that can build for [`TARGET`].
pub(crate) enum Toolchain {
    /// The cargo that runs xtask.
    Active,
    /// Debian's cargo and rustc, with the sysroot that was built for them.
    Debian {
        /// Holds `lib/rustlib/wasm32-unknown-unknown`.
        sysroot: PathBuf,
    },
}

impl Toolchain {
    /// A `cargo` command that builds for wasm32; `flags` are handed to rustc beside the toolchain's own.
    pub(crate) fn cargo(&self, flags: &[OsString]) -> Command {
        let mut flags = flags.to_vec();
        let mut command = match self {
            Self::Active => cargo(),
            Self::Debian { sysroot } => {
                let mut sysroot_flag = OsString::from("--sysroot=");
                sysroot_flag.push(sysroot);
                flags.extend([sysroot_flag, format!("-Clinker={DEBIAN_LINKER}").into()]);
                debian_cargo()
            }
        };
        // The user's flags for native code (a linker, a processor) are wrong for wasm; this variable
        // goes before every other place of flags, and paths in it may hold spaces.
        command.env_remove("RUSTFLAGS").env("CARGO_ENCODED_RUSTFLAGS", flags.join(&OsString::from("\x1f")));
        command
    }
}

/// Debian's cargo with Debian's rustc, whatever rustup or the outer cargo put into the environment.
pub(crate) fn debian_cargo() -> Command {
    let mut command = command(DEBIAN_CARGO);
    for name in [
        "CARGO",
        "CARGO_BUILD_RUSTC",
        "CARGO_BUILD_TARGET",
        "CARGO_ENCODED_RUSTFLAGS",
        "LD_LIBRARY_PATH",
        "RUSTC_WORKSPACE_WRAPPER",
        "RUSTC_WRAPPER",
        "RUSTDOC",
        "RUSTFLAGS",
        "RUSTUP_TOOLCHAIN",
    ] {
        command.env_remove(name);
    }
    command.env("RUSTC", DEBIAN_RUSTC);
    command
}

/// Debian's rustc, free of the environment of another toolchain.
pub(crate) fn debian_rustc() -> Command {
    let mut command = command(DEBIAN_RUSTC);
    command.env_remove("LD_LIBRARY_PATH").env_remove("RUSTUP_TOOLCHAIN");
    command
}

/// What the machine has to offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Facts {
    /// The active toolchain holds a standard library for wasm32.
    active_has_target: bool,
    rustup: Rustup,
    debian: Debian,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rustup {
    Absent,
    /// `RUSTUP_AUTO_INSTALL=0`: the user wants nothing downloaded.
    Forbidden,
    Usable,
    /// It was tried, and did not help.
    Failed,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Debian {
    /// No apt-get.
    Absent,
    /// apt-get, but not as root.
    NotRoot,
    Installable,
    Ready,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Route {
    Active,
    AddTarget,
    InstallDebian,
    Debian,
    Nothing,
}

fn choose(facts: Facts) -> Route {
    match facts {
        Facts { active_has_target: true, .. } => Route::Active,
        Facts { rustup: Rustup::Usable, .. } => Route::AddTarget,
        Facts { debian: Debian::Ready, .. } => Route::Debian,
        Facts { debian: Debian::Installable, .. } => Route::InstallDebian,
        Facts { debian: Debian::Absent | Debian::NotRoot, .. } => Route::Nothing,
    }
}

/// Finds a toolchain for wasm32, installing one where that is allowed.
///
/// # Errors
/// When there is none and none may be installed (the message tells how to get one), or when an
/// installation or the build of the standard library fails.
pub(crate) fn find(project: &Project) -> Result<Toolchain> {
    let mut facts = Facts { active_has_target: active_has_target(), rustup: rustup(), debian: debian() };
    loop {
        match choose(facts) {
            Route::Active => return Ok(Toolchain::Active),
            Route::AddTarget => {
                let added = run(
                    &format!("rustup target add {TARGET}"),
                    command("rustup").args(["target", "add", TARGET]),
                );
                if let Err(error) = added {
                    say(&format!("{error:#}"));
                }
                facts.active_has_target = active_has_target();
                facts.rustup = Rustup::Failed;
            }
            Route::InstallDebian => {
                install::apt("Debian's Rust, for wasm32", &PACKAGES).with_context(|| no_toolchain(facts))?;
                facts.debian = debian();
                if facts.debian != Debian::Ready {
                    bail!(
                        "Debian's Rust was installed, but is too old or incomplete\n{}",
                        no_toolchain(facts)
                    );
                }
            }
            Route::Debian => return Ok(Toolchain::Debian { sysroot: sysroot::ensure(project)? }),
            Route::Nothing => bail!(no_toolchain(facts)),
        }
    }
}

fn no_toolchain(facts: Facts) -> String {
    let rustup = match facts.rustup {
        Rustup::Absent => "rustup is not installed",
        Rustup::Forbidden => "RUSTUP_AUTO_INSTALL=0 forbids xtask to run it",
        Rustup::Usable | Rustup::Failed => "it was tried and did not help",
    };
    let debian = match facts.debian {
        Debian::Absent => "there is no apt-get here",
        Debian::NotRoot => "xtask is not root",
        Debian::Installable | Debian::Ready => "it was tried and did not help",
    };
    format!(
        "no Rust toolchain here compiles to {TARGET}. Install one with either of\n    \
         rustup target add {TARGET}    ({rustup})\n    \
         {}    ({debian})",
        install::apt_line(&PACKAGES)
    )
}

fn active_has_target() -> bool {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let libdir =
        answer(command(rustc.as_ref() as &Path).args(["--print", "target-libdir", "--target", TARGET]));
    libdir.is_some_and(|libdir| holds_std(Path::new(&libdir)))
}

/// Whether a library folder of rustc holds a standard library.
pub(crate) fn holds_std(libdir: &Path) -> bool {
    list(libdir).unwrap_or_default().iter().filter_map(|path| path.file_name()?.to_str()).any(is_std)
}

fn is_std(file: &str) -> bool {
    file.starts_with("libstd-") && file.ends_with(".rlib")
}

fn rustup() -> Rustup {
    if answer(command("rustup").arg("--version")).is_none() {
        Rustup::Absent
    } else if env::var_os("RUSTUP_AUTO_INSTALL").is_some_and(|value| value == "0") {
        Rustup::Forbidden
    } else {
        Rustup::Usable
    }
}

fn debian() -> Debian {
    let complete = [DEBIAN_CARGO, DEBIAN_LINKER, DEBIAN_STD].iter().all(|path| Path::new(path).is_file());
    if complete && debian_rustc_serves() {
        Debian::Ready
    } else if !install::has_apt() {
        Debian::Absent
    } else if install::is_root() {
        Debian::Installable
    } else {
        Debian::NotRoot
    }
}

/// Whether /usr/bin/rustc is a real compiler (Debian also packages rustup, whose rustc is a proxy)
/// and recent enough.
fn debian_rustc_serves() -> bool {
    let sysroot = answer(debian_rustc().args(["--print", "sysroot"]));
    let version = answer(debian_rustc().arg("--version"));
    sysroot.as_deref() == Some("/usr")
        && version.as_deref().and_then(release) >= release(concat!("rustc ", env!("CARGO_PKG_RUST_VERSION")))
}

/// `rustc 1.96.0 (…)` → (1, 96).
fn release(version: &str) -> Option<(u32, u32)> {
    let mut parts = version.split(' ').nth(1)?.split('.').map(str::parse);
    Some((parts.next()?.ok()?, parts.next()?.ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::tests::Scratch;

    const RUSTUPS: [Rustup; 4] = [Rustup::Absent, Rustup::Forbidden, Rustup::Usable, Rustup::Failed];
    const DEBIANS: [Debian; 4] = [Debian::Absent, Debian::NotRoot, Debian::Installable, Debian::Ready];

    #[test]
    fn the_active_toolchain_goes_before_all() {
        for rustup in RUSTUPS {
            for debian in DEBIANS {
                assert_eq!(choose(Facts { active_has_target: true, rustup, debian }), Route::Active);
            }
        }
    }

    #[test]
    fn rustup_adds_the_target_only_where_it_may() {
        for debian in DEBIANS {
            let facts = |rustup| Facts { active_has_target: false, rustup, debian };
            assert_eq!(choose(facts(Rustup::Usable)), Route::AddTarget);
            for rustup in [Rustup::Absent, Rustup::Forbidden, Rustup::Failed] {
                assert_ne!(choose(facts(rustup)), Route::AddTarget, "{rustup:?}");
            }
        }
    }

    #[test]
    fn debian_is_next_and_an_error_the_last() {
        let routes = DEBIANS
            .map(|debian| choose(Facts { active_has_target: false, rustup: Rustup::Forbidden, debian }));
        assert_eq!(routes, [Route::Nothing, Route::Nothing, Route::InstallDebian, Route::Debian]);
    }

    #[test]
    fn the_last_word_holds_both_install_lines_and_why_neither_was_run() {
        let facts = Facts { active_has_target: false, rustup: Rustup::Forbidden, debian: Debian::NotRoot };
        let message = no_toolchain(facts);
        assert!(message.contains("rustup target add wasm32-unknown-unknown"), "{message}");
        assert!(
            message.contains("apt-get install -y --no-install-recommends rustc-web cargo-web"),
            "{message}"
        );
        assert!(message.contains("RUSTUP_AUTO_INSTALL=0"), "{message}");
        assert!(message.contains("not root"), "{message}");
    }

    #[test]
    fn a_library_folder_counts_only_with_std_in_it() {
        let scratch = Scratch::new();
        assert!(!holds_std(&scratch.0.join("missing")));
        scratch.file("libcore-0123.rlib", "");
        scratch.file("libstd-0123.so", "");
        assert!(!holds_std(&scratch.0));
        scratch.file("libstd-0123.rlib", "");
        assert!(holds_std(&scratch.0));
    }

    #[test]
    fn releases_are_compared_as_numbers() {
        assert_eq!(release("rustc 1.96.0 (abc 2026-05-01) (built from a source tarball)"), Some((1, 96)));
        assert!(release("rustc 1.63.0") < release(concat!("rustc ", env!("CARGO_PKG_RUST_VERSION"))));
        assert_eq!(release("nonsense"), None);
    }

    #[test]
    fn debians_toolchain_gets_its_sysroot_and_nothing_of_another() {
        let toolchain = Toolchain::Debian { sysroot: "/a place/sysroot".into() };
        let command = toolchain.cargo(&["--remap-path-prefix=/a=b".into()]);
        let env = |name: &str| command.get_envs().find(|(key, _)| *key == name).map(|(_, value)| value);
        assert_eq!(
            env("CARGO_ENCODED_RUSTFLAGS"),
            Some(Some(
                "--remap-path-prefix=/a=b\x1f--sysroot=/a place/sysroot\x1f-Clinker=/usr/bin/wasm-ld-22"
                    .as_ref()
            ))
        );
        assert_eq!(env("RUSTC"), Some(Some("/usr/bin/rustc".as_ref())));
        for name in ["RUSTUP_TOOLCHAIN", "RUSTFLAGS", "CARGO", "LD_LIBRARY_PATH"] {
            assert_eq!(env(name), Some(None), "{name} must be removed");
        }
    }
}
