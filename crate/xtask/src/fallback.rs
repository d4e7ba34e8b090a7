//! The engine for browsers that have no WebAssembly, or refuse it: the optimised wasm, translated to JavaScript by
//! binaryen's wasm2js. Loaded only then, and self-contained: where the wasm file is missing, this one works.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

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
        write(&shaped, aligned(&shape(&text)?, &read(&optimised)?)?.as_bytes())?;
        let mut minify = esbuild::minify(project);
        minify.arg(&shaped).arg(format!("--outfile={}", output.display()));
        run("minifying it", &mut minify)?;
        stamp.set()?;
    }
    write(&file, &read(&output)?)
}

/// Part of the stamp: another number when [`shape`] or [`aligned`] changes.
const VERSION: &[u8] = b"wasm2js -O3, shape 2";

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

/// How wasm2js lays data out in memory: an address and the bytes in base64.
const LAID: &str = "base64DecodeToExistingUint8Array(bufferView, ";

/// The same module with its data in the letters that they have in base64 of the whole wasm file: where both engines stand in one
/// file, the second costs nothing once that is compressed. Up to two zeros are put before a piece of data, whose place in memory
/// holds zeros; where it holds something else, the piece stays as it was.
///
/// # Errors
/// When what should be data cannot be read.
fn aligned(module: &str, wasm: &[u8]) -> Result<String> {
    let mut pieces = module.split(LAID);
    let mut text = pieces.next().unwrap_or_default().to_owned();
    let mut end = 0;
    for piece in pieces {
        let data = piece.split_once(", \"").and_then(|(address, rest)| {
            let (packed, rest) = rest.split_once('"')?;
            Some((address.parse::<usize>().ok()?, STANDARD.decode(packed).ok()?, rest))
        });
        let (address, data, rest) = data.context("wasm2js lays data out in another way")?;
        let place = wasm.windows(data.len().max(1)).position(|part| part == data);
        let zeros = place.map_or(0, |place| place % 3);
        let zeros = if end + zeros <= address { zeros } else { 0 };
        let packed = STANDARD.encode([&[0; 2][..zeros], &data].concat());
        text += &format!("{LAID}{}, \"{packed}\"{rest}", address - zeros);
        end = address + data.len();
    }
    Ok(text)
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
    fn data_have_the_letters_that_they_have_in_the_whole_file() {
        let wasm = b"01234first piece of data-second piece of datathird piece of data";
        let laid =
            |address: usize, data: &[u8]| format!("{LAID}{address}, \"{}\");\n", STANDARD.encode(data));
        let (first, second, third) = (&wasm[5..24], &wasm[25..45], &wasm[45..]);
        // The third follows on the second, and there is no room for zeros; of the last nothing is in the file.
        let addresses = [100, 200, 220, 400];
        let data = [first, second, third, b"other"];
        let module =
            addresses.iter().zip(data).fold("start\n".to_owned(), |text, (at, data)| text + &laid(*at, data));
        let expected = [
            laid(98, &[b"\0\0", first].concat()),
            laid(199, &[b"\0", second].concat()),
            laid(220, third),
            laid(400, b"other"),
        ];
        let aligned = aligned(&module, wasm).unwrap();
        assert_eq!(aligned, format!("start\n{}", expected.concat()));
        let letters = STANDARD.encode(wasm);
        assert!(aligned.contains(&letters[8..30]) && !module.contains(&letters[8..30]));
        assert!(super::aligned("base64DecodeToExistingUint8Array(bufferView, x)", wasm).is_err());
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
