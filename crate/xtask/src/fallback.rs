//! The engine for browsers that have no WebAssembly, or refuse it: the optimised wasm, translated to JavaScript by
//! binaryen's wasm2js. Loaded only then, and self-contained: where the wasm file is missing, this one works.

use std::path::Path;

use anyhow::{Context, Result, ensure};

use crate::esbuild;
use crate::project::{Project, Stamp, create, read, write};
use crate::run::{answer, command, run};
use crate::wasm;

/// The file's name, beside the wasm file.
pub(crate) const FILE: &str = "leitmotif_wasm.fallback.js";

/// Writes the fallback engine of the wasm file `wasm` into the same folder. Where Node or its packages are missing, a module
/// that says so when it is loaded: the page works without it in every usual browser.
///
/// # Errors
/// When wasm-opt, wasm2js or esbuild fails, or wasm2js writes something else than [`shape`] knows.
pub(crate) fn build(project: &Project, wasm: &Path) -> Result<()> {
    let file = wasm.with_file_name(FILE);
    let tools = project.www().join("node_modules");
    let wasm2js = tools.join("binaryen/bin/wasm2js");
    let node = || answer(command("node").arg("--version")).is_some();
    if !wasm2js.is_file() || !tools.join("esbuild/bin/esbuild").is_file() || !node() {
        return write(&file, NOT_BUILT.as_bytes());
    }
    let optimised = wasm::optimise(project, wasm)?;
    let lock = read(&project.www().join("package-lock.json"))?;
    let folder = project.target("wasm/fallback");
    let shaped = folder.join("shaped.js");
    let output = folder.join(FILE);
    let stamp = Stamp::new(folder.join("stamp"), &[&read(&optimised)?, &lock, VERSION]);
    if !stamp.is_fresh() || !output.is_file() {
        create(&folder)?;
        let translated = folder.join("translated.js");
        let mut translate = command("node");
        translate.arg(&wasm2js).arg("-O3").arg(&optimised).arg("-o").arg(&translated);
        run("translating the engine to JavaScript", &mut translate)?;
        let text = String::from_utf8(read(&translated)?).context("wasm2js wrote no UTF-8")?;
        write(&shaped, shape(&text)?.as_bytes())?;
        let mut minify = esbuild::minify(project);
        minify.arg(&shaped).arg(format!("--outfile={}", output.display()));
        run("minifying it", &mut minify)?;
        stamp.set()?;
    }
    write(&file, &read(&output)?)
}

/// Part of the stamp: another number when [`shape`] changes.
const VERSION: &[u8] = b"wasm2js -O3, shape 1";

const NOT_BUILT: &str = "throw new Error(\"it was not built: that needs Node and its packages (cargo xtask build --optimise)\");\n";

/// What wasm2js writes before and after the engine: an instance made once, on import, of a module given by name.
const HEAD: &str = "import * as $_leitmotif_wasm_bg_js from './leitmotif_wasm_bg.js';\n";
const TAIL: &str = "\nvar retasmFunc = asmFunc(";
/// The line that puts a larger memory in the place of the old one.
const GROWN: &str = "   buffer = newBuffer;\n";

/// The translation as a module that does what `WebAssembly.instantiate` does: `instantiate(imports)` gives the exports of a
/// new instance. Everything stands inside the function, so that two instances share no memory, and nothing is done before.
///
/// # Errors
/// When the text is not of the form that wasm2js 132 writes.
fn shape(text: &str) -> Result<String> {
    for part in [HEAD, TAIL, GROWN] {
        ensure!(
            text.matches(part).count() == 1,
            "wasm2js wrote its JavaScript in another way: {part:?} is not there once"
        );
    }
    let body = text.split(TAIL).next().unwrap_or(text).replacen(HEAD, "", 1);
    // WebAssembly takes the old memory away when a larger one comes, and the glue knows by that that its views are stale.
    let grown = format!("   structuredClone(buffer, {{ transfer: [buffer] }});\n{GROWN}");
    let body = body.replacen(GROWN, &grown, 1);
    Ok(format!("export function instantiate(imports) {{\n{body}\nreturn asmFunc(imports);\n}}\n"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::tests::Scratch;

    #[test]
    fn an_instance_is_made_when_it_is_asked_for_and_not_before() {
        let text = format!(
            "{HEAD}var bufferView;\nfunction asmFunc(imports) {{\n{GROWN} }}\n{TAIL}{{\n}});\nexport var a = 1;\n"
        );
        let shaped = shape(&text).unwrap();
        assert!(shaped.starts_with("export function instantiate(imports) {\nvar bufferView;"), "{shaped}");
        assert!(shaped.ends_with("return asmFunc(imports);\n}\n"), "{shaped}");
        assert!(shaped.contains("transfer: [buffer] });\n   buffer = newBuffer;"), "{shaped}");
        assert!(!shaped.contains("retasmFunc") && !shaped.contains("import *"), "{shaped}");
    }

    #[test]
    fn a_translation_of_another_form_is_an_error() {
        let error = shape("export const memory = 1;").unwrap_err().to_string();
        assert!(error.contains("another way"), "{error}");
    }

    #[test]
    fn without_the_packages_the_file_says_how_to_get_it() {
        let scratch = Scratch::new();
        let wasm = scratch.file("built/leitmotif_wasm_bg.wasm", "");
        build(&Project::at(&scratch.0), &wasm).unwrap();
        let written = std::fs::read_to_string(scratch.0.join("built").join(FILE)).unwrap();
        assert!(written.contains("cargo xtask build --optimise"), "{written}");
    }
}
