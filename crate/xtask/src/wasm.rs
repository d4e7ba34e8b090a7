//! The engine as wasm: cargo compiles it, wasm-bindgen writes the glue, wasm-opt makes it smaller.
//!
//! The glue is of wasm-bindgen's `bundler` flavour: it is handed the exports of an instance, whoever made it, and so serves
//! the engine's translation to JavaScript (fallback.rs) as well.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use wasm_bindgen_cli_support::Bindgen;

use crate::esbuild;
use crate::fallback;
use crate::project::{Project, Stamp, create, list, read, write};
use crate::run::{command, run};
use crate::toolchain::{self, TARGET};

/// The name of the two files that the page loads, `<NAME>_bg.js` and `<NAME>_bg.wasm`; fallback.rs writes a third.
pub(crate) const NAME: &str = "leitmotif_wasm";

/// The profile of the workspace's Cargo.toml that the engine is compiled with.
const PROFILE: &str = "wasm";

/// What wasm-bindgen is asked for, as far as it can change: part of the stamp of its output.
const SETTINGS: &[u8] =
    b"wasm-bindgen 0.2.130, bundler as a function, one table, single values, no d.ts, no names, no producers, encoder";

/// Compiles the engine, writes its glue and, where Node is, its translation to JavaScript; the folder returned holds the
/// three files.
///
/// # Errors
/// When there is no toolchain for wasm32, or the code does not compile, or a tool fails.
pub(crate) fn build(project: &Project) -> Result<PathBuf> {
    let wasm = compile(project)?;
    let folder = project.target("wasm/bindgen");
    bind(&wasm, &folder)?;
    fallback::build(project, &folder.join(format!("{NAME}_bg.wasm")))?;
    Ok(folder)
}

fn compile(project: &Project) -> Result<PathBuf> {
    let toolchain = toolchain::find(project)?;
    let target = project.target("wasm");
    let mut cargo = toolchain.cargo(&remap_flags(project));
    cargo
        .current_dir(project.root())
        .args(["rustc", "--profile", PROFILE, "-p", "leitmotif", "--lib", "--crate-type", "cdylib"])
        .args(["--no-default-features", "--features", "wasm", "--target", TARGET])
        .arg("--target-dir")
        .arg(&target);
    run("compiling the engine to wasm", &mut cargo)?;
    Ok(target.join(TARGET).join(PROFILE).join("leitmotif.wasm"))
}

/// Panic messages carry file names: without these flags the page would tell where it was built.
pub(crate) fn remap_flags(project: &Project) -> Vec<OsString> {
    let home = env::home_dir().map(|home| home.join(".cargo"));
    let cargo_home = env::var_os("CARGO_HOME").map(PathBuf::from).or(home).unwrap_or_default();
    // A folder a registry, named after its host. They exist: xtask itself was compiled from there.
    let registries = list(&cargo_home.join("registry/src")).unwrap_or_default();
    let mut places = vec![(project.root().to_owned(), "leitmotif"), (cargo_home, "cargo")];
    places.extend(registries.into_iter().map(|folder| (folder, "cargo")));
    let flag = |(from, to): (PathBuf, &str)| {
        let mut flag = OsString::from("--remap-path-prefix=");
        flag.push(from);
        flag.push(format!("={to}"));
        flag
    };
    places.into_iter().map(flag).collect()
}

fn bind(wasm: &Path, folder: &Path) -> Result<()> {
    let mut bytes = read(wasm)?;
    let stamp = Stamp::new(folder.join("stamp"), &[&bytes, SETTINGS]);
    if stamp.is_fresh() {
        return Ok(());
    }
    create(folder)?;
    for feature in UNUSED {
        switch_off(&mut bytes, feature);
    }
    Bindgen::new()
        .input_bytes(NAME, bytes)
        .bundler(true)?
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(folder)
        .with_context(|| format!("wasm-bindgen cannot process {}", wasm.display()))?;
    let written = folder.join(format!("{NAME}_bg.wasm"));
    ensure!(written.is_file(), "wasm-bindgen wrote no {}", written.display());
    let glue = folder.join(format!("{NAME}_bg.js"));
    let module = String::from_utf8(read(&glue)?).context("the glue is not UTF-8")?;
    write(&glue, as_function(&module)?.as_bytes())?;
    stamp.set()
}

/// The glue as one function, `glue()`, that gives what the module exported: a module has one engine, a call of the function
/// one of its own, so that the wasm and its translation may both be at work in a page.
fn as_function(module: &str) -> Result<String> {
    let mut body = String::new();
    let mut names = Vec::new();
    for line in module.lines() {
        let exported = line.strip_prefix("export ");
        if let Some(declared) =
            exported.and_then(|line| line.strip_prefix("class ").or(line.strip_prefix("function ")))
        {
            names.extend(declared.split(['(', ' ']).next());
        }
        let plain = exported.unwrap_or(line);
        ensure!(
            !plain.starts_with("import ") && !plain.starts_with('{'),
            "the glue has a line of another kind: {line}"
        );
        body.push_str(plain);
        body.push('\n');
    }
    ensure!(
        names.contains(&"Engine") && names.contains(&"__wbg_set_wasm"),
        "the glue exports only {names:?}"
    );
    let body = with_encoder(&body)?;
    Ok(format!("export function glue() {{\n{body}return {{ {} }};\n}}\n", names.join(", ")))
}

/// The glue with another way to lay a text out in the engine's memory: wasm-bindgen's goes through ASCII a character at a time;
/// the browser's own encoder takes it at once.
fn with_encoder(glue: &str) -> Result<String> {
    let parts =
        glue.split_once(ENCODER).and_then(|(before, rest)| Some((before, rest.split_once("\n}\n")?.1)));
    let (before, after) = parts.context("the glue lays texts out in another way")?;
    Ok([before, ENCODER, ENCODE, after].concat())
}

const ENCODER: &str = "function passStringToWasm0(arg, malloc, realloc) {\n";
/// Most texts are ASCII: a byte for each code unit is asked for first.
const ENCODE: &str = "\
    let size = arg.length;
    let ptr = malloc(size, 1) >>> 0;
    const encode = (text, at) => cachedTextEncoder.encodeInto(text, getUint8ArrayMemory0().subarray(ptr + at, ptr + size));
    let { read, written } = encode(arg, 0);
    if (read < arg.length) {
        const rest = arg.slice(read);
        ptr = realloc(ptr, size, (size = written + rest.length * 3), 1) >>> 0;
        written += encode(rest, written).written;
        ptr = realloc(ptr, size, written, 1) >>> 0;
    }
    WASM_VECTOR_LEN = written;
    return ptr;
}
";

/// What wasm-bindgen uses where the compiler says that it may, and wasm2js cannot translate: a second table, and functions
/// that return several values.
const UNUSED: [&str; 2] = ["reference-types", "multivalue"];

/// Marks a feature as unused in the list that the linker wrote at the end of the file: `+` before its name becomes `-`. The
/// compiler's own flags do not reach the standard library, which comes compiled.
fn switch_off(wasm: &mut [u8], feature: &str) {
    let length = u8::try_from(feature.len()).unwrap_or_default();
    let entry = [&[b'+', length], feature.as_bytes()].concat();
    let list = wasm.windows(LIST.len()).rposition(|window| window == LIST).unwrap_or(wasm.len());
    let found = wasm[list..].windows(entry.len()).position(|window| window == entry);
    if let Some(place) = found {
        wasm[list + place] = b'-';
    }
}

/// The name of that list.
const LIST: &[u8] = b"target_features";

/// Runs wasm-opt of the npm package binaryen (Debian's own breaks the file) over a wasm file; the
/// result is written beside the other build products and its path returned.
///
/// # Errors
/// When Node or the package is missing, or wasm-opt fails.
pub(crate) fn optimise(project: &Project, wasm: &Path) -> Result<PathBuf> {
    let tool = project.www().join("node_modules/binaryen/bin/wasm-opt");
    let lock = read(&project.www().join("package-lock.json"))?;
    let folder = project.target("wasm/optimised");
    let output = folder.join(format!("{NAME}_bg.wasm"));
    let stamp = Stamp::new(folder.join("stamp"), &[&read(wasm)?, &lock, OPTIMISE.concat().as_bytes()]);
    if stamp.is_fresh() && output.is_file() {
        return Ok(output);
    }
    create(&folder)?;
    let mut wasm_opt = command("node");
    wasm_opt.arg(&tool).args(OPTIMISE).arg(wasm).arg("-o").arg(&output);
    run("optimising the wasm", &mut wasm_opt)?;
    let (before, after) = (size(wasm)?, size(&output)?);
    ensure!(after < before, "wasm-opt made the file no smaller: {before} bytes before, {after} after");
    stamp.set()?;
    Ok(output)
}

/// Writes the glue beside the optimised wasm without its comments and long names; returns its path.
///
/// # Errors
/// When Node or esbuild is missing, or esbuild fails.
pub(crate) fn minify(project: &Project, glue: &Path) -> Result<PathBuf> {
    let output = project.target("wasm/optimised").join(format!("{NAME}_bg.js"));
    let mut esbuild = esbuild::minify(project);
    esbuild.arg(glue).arg(format!("--outfile={}", output.display()));
    run("minifying the glue", &mut esbuild)?;
    Ok(output)
}

/// For speed: `-Oz` makes the engine no smaller. Flattened and laid out anew between two runs it is, by 0.3 %, and as fast.
///
/// `--low-memory-unused`: what stands first in memory is the stack, which grows towards address 0, so that a sound program has
/// nothing in the last kilobyte before its overflow.
const OPTIMISE: [&str; 7] =
    ["--low-memory-unused", "-O3", "--converge", "--flatten", "--rereloop", "-O3", "--converge"];

fn size(path: &Path) -> Result<u64> {
    Ok(fs::metadata(path).with_context(|| format!("cannot read {}", path.display()))?.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panic_messages_name_neither_home_nor_project() {
        let project = Project::at(Path::new("/somewhere/project"));
        let flags = remap_flags(&project);
        assert!(flags.contains(&"--remap-path-prefix=/somewhere/project=leitmotif".into()), "{flags:?}");
        assert!(
            flags.iter().any(|flag| flag.to_string_lossy().ends_with("=cargo")),
            "the registry's folder is mapped too: {flags:?}"
        );
    }

    #[test]
    fn the_glue_is_a_function_that_gives_what_the_module_exported() {
        let module = "export class Engine {\n    static load() { }\n}\nlet wasm;\n\
            export function __wbg_set_wasm(val) {\n    wasm = val;\n}\n\
            function passStringToWasm0(arg, malloc, realloc) {\n    slowly;\n}\nlet last;\n";
        let glue = as_function(module).unwrap();
        assert!(glue.starts_with("export function glue() {\nclass Engine {"), "{glue}");
        assert!(
            glue.ends_with("return ptr;\n}\nlet last;\nreturn { Engine, __wbg_set_wasm };\n}\n"),
            "{glue}"
        );
        assert!(glue.contains("encodeInto") && !glue.contains("slowly"), "{glue}");
        assert_eq!(glue.matches("export ").count(), 1, "{glue}");
        assert!(as_function("export class Engine {}\n").is_err(), "nothing takes the exports");
        assert!(as_function(&format!("import x from \"y\";\n{module}")).is_err(), "a function cannot import");
    }

    #[test]
    fn a_feature_is_switched_off_in_the_list_at_the_end() {
        let mut wasm = b"+\x0amultivalue target_features\x02+\x0amultivalue+\x08sign-ext".to_vec();
        switch_off(&mut wasm, "multivalue");
        assert_eq!(wasm, b"+\x0amultivalue target_features\x02-\x0amultivalue+\x08sign-ext");
        let before = wasm.clone();
        switch_off(&mut wasm, "reference-types");
        assert_eq!(wasm, before, "what is not in the list is off already");
        let mut none = b"no list".to_vec();
        switch_off(&mut none, "multivalue");
        assert_eq!(none, b"no list");
    }

    #[test]
    fn what_is_not_wasm_is_an_error_that_names_the_file() {
        let scratch = crate::project::tests::Scratch::new();
        let file = scratch.file("broken.wasm", "this is no wasm");
        let error = bind(&file, &scratch.0.join("out")).unwrap_err().to_string();
        assert!(error.contains("broken.wasm"), "{error}");
        assert!(!scratch.0.join("out/stamp").exists(), "a failure must not be taken for done");
    }
}
